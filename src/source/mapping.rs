//! Maps columns of a file to fields, as the config or the preset says, and words of the export to ours.

use std::collections::{BTreeMap, BTreeSet};

use super::columns::{by_answers, metrics_by_kind};
use super::marks::OwnMarks;
use super::recognise::{self, Reserved};
use super::secrecy;
use crate::config::Source;
use crate::lexicon::folded;
use crate::preset::{GENERIC, Layout, Presets, normal};
use crate::problem::{Problem, Problems, nearest};
use crate::table::{Column, Inspection, Kind, answer};
use crate::tables::FieldKind;
use crate::team::TableKind;

/// The columns of each field of one file.
pub struct Mapping<'a> {
    /// Maps a field to column positions, the best one first; columns with the same header are in the order of the file.
    columns: BTreeMap<&'static str, Vec<usize>>,
    source: &'a Source,
    /// Layout of the tool, if one was recognised.
    layout: Option<&'a Layout>,
    /// Layout with the words of any export.
    generic: Option<&'a Layout>,
    /// Columns whose cells may say how confidential a row is.
    pub levels: Vec<usize>,
    /// Columns by which a tracker restricts who sees a row.
    pub restrictions: Vec<usize>,
    /// Whether the preset is a tracker's, whose ids are unique.
    pub tracker: bool,
    /// Whether an ambiguous column is used, and was read in one of the possible ways.
    pub is_doubtful: bool,
}

impl<'a> Mapping<'a> {
    /// Maps a header. With `is_lenient`, ambiguous columns are only noted. Returns `None`, with the reason among the
    /// problems, if the table cannot be read from the file.
    pub fn new(
        source: &'a Source,
        presets: &'a Presets,
        inspection: &Inspection,
        is_lenient: bool,
        problems: &mut Problems,
    ) -> Option<Mapping<'a>> {
        let header: Vec<&str> = inspection.columns.iter().map(|column| column.name.as_str()).collect();
        let preset = match source.preset.as_deref().filter(|name| *name != GENERIC) {
            Some(name) => match presets.named(name).and_then(|preset| Ok((preset, preset.layout(source.table)?))) {
                Ok(found) => Some(found),
                Err(problem) => {
                    problems.push(problem.at(source.place.clone()));
                    return None;
                }
            },
            None => presets.recognise(&header, Some(source.table)).map(|found| (found.preset, found.layout)),
        };
        let generic = presets.named(GENERIC).ok();
        let mut mapping = Mapping {
            columns: BTreeMap::new(),
            levels: Vec::new(),
            restrictions: Vec::new(),
            source,
            layout: preset.map(|(_, layout)| layout),
            generic: generic.and_then(|preset| preset.layout(source.table).ok()),
            tracker: preset.is_some(),
            is_doubtful: false,
        };
        mapping.configured(inspection, problems);
        let reserved = mapping.reserved();
        let found = match preset {
            Some((preset, layout)) => Some(presets.with(preset, source.table, layout, &header)),
            None => generic.and_then(|generic| {
                let contents = recognise::contents::of(inspection).unwrap_or_default();
                recognise::assigned(generic, source.table, inspection, &contents, &reserved).ok()
            }),
        };
        let mut ranked: BTreeMap<&'static str, Vec<(usize, usize)>> = BTreeMap::new();
        if let Some(found) = found {
            for ((column, field), rank) in inspection.columns.iter().zip(found.fields).zip(found.ranks) {
                let Some(field) = field.and_then(|field| by_answers(source.table, field, column)) else { continue };
                // The user's mapping comes before every guess, and a column is used for one field only.
                if !reserved.fields.contains(field.name) && !reserved.columns.contains(&column.position) {
                    ranked.entry(field.name).or_default().push((rank, column.position));
                }
            }
        }
        for (field, mut positions) in ranked {
            positions.sort_unstable();
            mapping.columns.insert(field, positions.into_iter().map(|(_, position)| position).collect());
        }
        if source.table == TableKind::Metrics {
            for (field, position) in metrics_by_kind(inspection, |field| mapping.has(field)) {
                mapping.columns.insert(field, vec![position]);
            }
        }
        if source.table == TableKind::Tasks {
            mapping.inner_ids(inspection);
        }
        mapping.marks(inspection);
        let is_complete = mapping.complete(inspection, is_lenient, problems);
        is_complete.then_some(mapping)
    }

    /// Finds the columns that mark rows as confidential by their headers.
    fn marks(&mut self, inspection: &Inspection) {
        if self.source.table.field("confidential").is_none() {
            return;
        }
        let found = marks_in(inspection, &self.reserved().columns);
        if !found.confidential.is_empty() {
            self.columns.entry("confidential").or_default().extend(found.confidential);
        }
        (self.levels, self.restrictions) = (found.levels, found.restrictions);
    }

    /// Finds a column `id` beside the keys of tasks: parents may be referred to by it.
    fn inner_ids(&mut self, inspection: &Inspection) {
        let reserved = self.reserved();
        let is_free = |column: &&Column| normal(&column.name) == "id" && !reserved.columns.contains(&column.position);
        if let Some(column) = inspection.columns.iter().find(is_free)
            && !reserved.fields.contains("id")
        {
            self.columns.insert("id", vec![column.position]);
        }
    }

    /// Returns the fields and the columns that the config mentions.
    fn reserved(&self) -> Reserved {
        Reserved {
            fields: self.columns.keys().copied().collect(),
            columns: self.columns.values().flatten().copied().collect(),
        }
    }

    /// Applies the mapping of the config, before anything is inferred.
    fn configured(&mut self, inspection: &Inspection, problems: &mut Problems) {
        for (field, names) in &self.source.columns {
            let Some(field) = self.source.table.field(field) else { continue };
            let mut positions = Vec::new();
            for name in names {
                let found = position(inspection, name);
                if found.is_empty() {
                    let headers = || inspection.columns.iter().map(|column| column.name.as_str());
                    let help = match nearest(name, headers()) {
                        Some(near) => format!("did you mean \"{near}\"?"),
                        None => format!("its header is {}", headers().collect::<Vec<_>>().join(" · ")),
                    };
                    let message = format!("{} has no column \"{name}\" for `{}`", inspection.file, field.name);
                    let place = self.source.column_places.get(field.name).unwrap_or(&self.source.place);
                    problems.push(Problem::error("no-column", message).at(place.clone()).help(help));
                }
                positions.extend(found);
            }
            self.columns.insert(field.name, positions);
        }
    }

    /// Returns whether all required columns exist and can be read.
    fn complete(&mut self, inspection: &Inspection, is_lenient: bool, problems: &mut Problems) -> bool {
        let mut complete = true;
        // Metrics have several shapes: without dates, the periods may be columns.
        let groups = if self.source.table == TableKind::Metrics { &[] } else { self.source.table.required() };
        for group in groups.iter().filter(|group| !group.iter().any(|field| self.has(field))) {
            let headers: Vec<&str> = inspection.columns.iter().map(|column| column.name.as_str()).collect();
            let message = format!(
                "{} has no column for `{}` of {}",
                inspection.file,
                group.join("` or `"),
                self.source.table.name()
            );
            let help = format!(
                "name it in the config, after its [[source]]:\n[source.columns]\n{} = \"…\"\nthe header is {}",
                group.first().unwrap_or(&""),
                headers.join(" · ")
            );
            problems.push(Problem::error("no-column", message).at(self.source.place.clone()).help(help));
            complete = false;
        }
        for (field, positions) in &self.columns {
            let kind = self.source.table.field(field).map(|field| field.kind);
            for column in positions.iter().filter_map(|&position| inspection.columns.get(position)) {
                let read = match kind {
                    Some(FieldKind::Date) => column.kind != Kind::Text,
                    Some(FieldKind::Number | FieldKind::Share) => true,
                    _ => false,
                };
                // In a file of names and values each name may have its own unit.
                let has_names = self.has("metric") || self.has("current_value");
                let is_of_names = matches!(*field, "value" | "target" | "start_value" | "current_value")
                    && has_names
                    && column.has_mixed_units();
                if let (true, Some(doubt)) = (read && !is_of_names, &column.doubt) {
                    problems.push(doubt.clone());
                    self.is_doubtful |= is_lenient;
                    complete &= is_lenient;
                }
            }
        }
        complete
    }

    pub fn layout(&self) -> Option<&'a Layout> {
        self.layout
    }

    pub fn has(&self, field: &str) -> bool {
        self.columns.get(field).is_some_and(|positions| !positions.is_empty())
    }

    /// Returns the columns of a field, without recording the request.
    pub fn columns_unnoted(&self, field: &str) -> &[usize] {
        self.columns.get(field).map_or(&[], Vec::as_slice)
    }

    /// Returns the columns of a field, the best one first.
    pub fn columns(&self, field: &str) -> &[usize] {
        #[cfg(debug_assertions)]
        super::asked::note(self.source.table, field);
        self.columns_unnoted(field)
    }

    /// Returns the positions of all columns that are read.
    pub fn all_columns(&self) -> std::collections::BTreeSet<usize> {
        self.columns.values().flatten().copied().collect()
    }

    /// Returns whether the tool exports sub-tasks as rows that name a parent.
    pub fn subtasks_have_parent(&self) -> bool {
        self.layout.is_some_and(|layout| layout.subtasks_have_parent)
    }

    /// Translates a word of the export to ours: as the config says, otherwise as the tool's preset, the generic words
    /// or our own words do. `None` if the word is unknown.
    pub fn word(&self, field: &str, theirs: &str) -> Option<String> {
        let bare = folded(theirs);
        let configured = self.source.values.get(field).and_then(|words| {
            words
                .iter()
                .find(|(_, theirs)| theirs.iter().any(|word| folded(word) == bare))
                .map(|(ours, _)| ours.as_str())
        });
        let known = || self.layout.and_then(|layout| layout.word(field, theirs));
        let common = || self.generic.and_then(|layout| layout.word(field, theirs));
        let words = || self.source.table.field(field).map_or(&[][..], |field| field.words());
        let own = || words().iter().copied().find(|word| folded(word) == bare);
        configured.or_else(known).or_else(common).or_else(own).map(str::to_owned)
    }
}

/// Finds columns whose header may mean confidentiality and where a cell says yes or no; in doubt, their cells mark
/// rows as confidential. A column of levels (`Visibility`, `Classification`) marks only the rows whose cell has a
/// word for confidentiality.
pub(crate) fn marks_in(inspection: &Inspection, taken: &BTreeSet<usize>) -> OwnMarks {
    let free = inspection.columns.iter().filter(|column| !taken.contains(&column.position));
    let is_named = |column: &&Column| secrecy::is_named_by(&column.name);
    // A single odd cell must not take the marks of the others away.
    let mixed: Vec<usize> = (free.clone().filter(is_named))
        .filter(|column| !column.is_answered && column.kind != Kind::Number)
        .map(|column| column.position)
        .collect();
    let mut answered: BTreeSet<usize> = BTreeSet::new();
    if !mixed.is_empty() {
        // A file that cannot be read again is reported by its reader.
        _ = inspection.rows(&mut |row| {
            let is_answer = |column: &usize| row.text(*column).is_some_and(|cell| answer(&cell).is_some());
            answered.extend(mixed.iter().copied().filter(is_answer));
        });
    }
    let is_mark = |column: &&Column| is_named(column) && (column.is_answered || answered.contains(&column.position));
    let (marks, others): (Vec<&Column>, Vec<&Column>) = free.partition(is_mark);
    let positions = |columns: &[&Column]| -> Vec<usize> { columns.iter().map(|column| column.position).collect() };
    let levels: Vec<&Column> = (others.iter().copied())
        .filter(|column| secrecy::is_named_by(&column.name) || secrecy::is_level(&column.name))
        .collect();
    let restrictions: Vec<&Column> =
        others.into_iter().filter(|column| secrecy::is_restriction(&column.name)).collect();
    OwnMarks {
        confidential: positions(&marks),
        levels: positions(&levels),
        restrictions: positions(&restrictions),
        ..OwnMarks::default()
    }
}

/// Returns the columns that a user means: by header, by header without punctuation, or by position from 1.
pub(crate) fn position(inspection: &Inspection, name: &str) -> Vec<usize> {
    let exact = inspection.positions(name.trim());
    if !exact.is_empty() {
        return exact;
    }
    let alike: Vec<usize> = inspection
        .columns
        .iter()
        .filter(|column| normal(&column.name) == normal(name))
        .map(|column| column.position)
        .collect();
    if !alike.is_empty() {
        return alike;
    }
    match name.trim().parse::<usize>() {
        Ok(number) if (1..=inspection.columns.len()).contains(&number) => vec![number - 1],
        _ => Vec::new(),
    }
}
