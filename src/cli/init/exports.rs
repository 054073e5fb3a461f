//! What a new team folder takes from exports: the source and mapping lines of each, its metrics, and the milestones
//! that its tasks build up to.

use std::collections::{BTreeMap, BTreeSet};
use std::path::{Path, PathBuf};

use super::export::Export;
use super::new_file::{NewFile, quoted};
use super::team::{self, TeamFacts};
use super::{metrics, plan};
use crate::cli::report::as_typed;
use crate::input;
use crate::lexicon;
use crate::preset::{GENERIC, Presets, Recognised};
use crate::problem::{Failure, Place, Problem, Problems};
use crate::source::recognise::{self, Hints};
use crate::table::Inspection;
use crate::team::TableKind;

/// A guess that is not so sure is asked about.
const SURE: i32 = 60;

/// What was found in the exports.
#[derive(Default)]
pub struct Exports {
    tables: Vec<TableKind>,
    /// The `[[source]]` of each.
    pub sources: Vec<String>,
    /// What only the user can say before the files can be read, as steps.
    pub to_settle: Vec<String>,
    /// The `[[metric]]` sections.
    pub metrics: Vec<String>,
    /// The files themselves, byte by byte.
    pub copies: Vec<NewFile>,
    /// Rows of a milestones table, by field.
    pub milestones: Vec<Vec<(&'static str, String)>>,
    pub facts: TeamFacts,
}

impl Exports {
    pub fn has(&self, table: TableKind) -> bool {
        self.tables.contains(&table)
    }

    /// Whether nothing was given.
    pub fn is_empty(&self) -> bool {
        self.tables.is_empty()
    }
}

/// Reads the exports. Those whose table cannot be told are problems, all of them said. `tables` are those that the user
/// named by `--table FILE=T`.
pub fn read(paths: &[PathBuf], tables: &[(PathBuf, TableKind)]) -> Result<Exports, Failure> {
    let presets = Presets::embedded()?;
    let mut list: Vec<Export<'_>> = Vec::new();
    let mut problems = Problems::default();
    for path in paths {
        let table = tables.iter().find(|(named, _)| named == path || path.file_name() == Some(named.as_os_str()));
        match read_one(path, &presets, table.map(|(_, table)| *table), &list) {
            Ok(export) => list.push(export),
            Err(Failure::Input(found)) => problems.extend(found),
            Err(other) => return Err(other),
        }
    }
    if problems.has_errors() { Err(problems.into()) } else { exports(list, &presets) }
}

fn read_one<'a>(
    path: &Path,
    presets: &'a Presets,
    table: Option<TableKind>,
    list: &[Export<'_>],
) -> Result<Export<'a>, Failure> {
    let shown = path.display().to_string();
    let bytes = input::whole(path, &shown, u64::MAX)?;
    let (inspection, found) = recognise::infer(path, &shown, presets, Hints { table, ..Hints::default() }, false)?;
    let Some(found) = found else {
        let header: Vec<&str> = inspection.columns.iter().map(|column| column.name.as_str()).collect();
        let message = format!("it cannot be told what {shown} holds");
        let help = format!(
            "its header is {}\n`headsup inspect {}` says what it may be; if you know it, say so: `--table {}=tasks`",
            header.join(" · "),
            as_typed(path),
            as_typed(path)
        );
        return Err(Problem::error("unknown-table", message).at(Place::file(&shown)).help(help).into());
    };
    let contents = recognise::contents::of(&inspection)?;
    Ok(Export { path: path.to_owned(), target: target(path, list), inspection, found, contents, bytes })
}

/// Where an export is copied to: its own name, numbered where it is taken.
fn target(path: &Path, list: &[Export<'_>]) -> String {
    let name = path.file_name().map_or("export.csv".into(), |name| name.to_string_lossy().into_owned());
    let (stem, end) = name.rsplit_once('.').unwrap_or((&name, "csv"));
    let names = (1..).map(|number| match number {
        1 => format!("data/{stem}.{end}"),
        number => format!("data/{stem}-{number}.{end}"),
    });
    let free = |name: &String| !list.iter().any(|export| export.target == *name);
    names.into_iter().find(free).unwrap_or(name.clone())
}

/// All exports together: one team.
fn exports(list: Vec<Export<'_>>, presets: &Presets) -> Result<Exports, Failure> {
    let mut exports = Exports { facts: team::of(&list)?, ..Exports::default() };
    let listed = plan::listed(&list)?;
    let mut taken = listed.clone();
    for export in &list {
        let table = export.found.table;
        exports.tables.push(table);
        let milestones = match table {
            TableKind::Tasks => plan::of(export, presets, &listed, &mut taken)?,
            _ => plan::Milestones::default(),
        };
        let (source, questions) = source(export, &milestones, presets)?;
        exports.to_settle.extend(to_settle(&export.target, &export.inspection, &export.found));
        exports.to_settle.extend(questions);
        exports.sources.push(source);
        exports.to_settle.extend(milestones.questions);
        exports.milestones.extend(milestones.rows);
        if let Some(source) = milestones.source {
            exports.tables.push(TableKind::Milestones);
            exports.sources.push(source);
        }
        if table == TableKind::Metrics {
            let (sections, open) = metrics::of(export)?;
            exports.metrics.extend(sections);
            if !open.is_empty() {
                let names: Vec<String> = open.iter().map(|name| format!("\"{name}\"")).collect();
                exports.to_settle.push(format!(
                    "do these add up over a week, or not? {}: their `kind` in headsup.toml",
                    names.join(", ")
                ));
            }
        }
    }
    exports.copies = list.into_iter().map(|export| NewFile::new(export.target, export.bytes)).collect();
    Ok(exports)
}

/// The columns of each field, the best first.
fn fields<'a>(inspection: &'a Inspection, found: &Recognised<'_>) -> BTreeMap<&'static str, Vec<&'a str>> {
    let mut ranked: BTreeMap<&'static str, Vec<(usize, usize, &str)>> = BTreeMap::new();
    for ((column, field), rank) in inspection.columns.iter().zip(&found.fields).zip(&found.ranks) {
        let (Some(field), rank) = (field, *rank) else { continue };
        let columns = ranked.entry(field.name).or_default();
        if !columns.iter().any(|(_, _, name)| *name == column.name) {
            columns.push((rank, column.position, &column.name));
        }
    }
    let sorted = ranked.into_iter().map(|(field, mut columns)| {
        columns.sort_unstable();
        (field, columns.into_iter().map(|(_, _, name)| name).collect())
    });
    sorted.collect()
}

/// The `[[source]]` of a file, with its mapping written out and what is not read named; and what only the user can say.
fn source(
    export: &Export<'_>,
    milestones: &plan::Milestones,
    presets: &Presets,
) -> Result<(String, Vec<String>), Failure> {
    let (inspection, found) = (&export.inspection, &export.found);
    let mut questions = Vec::new();
    let mut lines = vec![match found.preset.name == GENERIC {
        true => format!("# {}, by its columns: {} % sure{}", found.table.name(), found.confidence, alternatives(found)),
        false => format!("# {}", found.preset.title),
    }];
    if found.preset.name == GENERIC && found.confidence < SURE {
        let path = as_typed(&export.path);
        questions.push(format!("is {path} a table of {}? if not: `--table {path}=…`", found.table.name()));
    }
    lines.extend([
        "[[source]]".to_owned(),
        format!("table = \"{}\"", found.table.name()),
        format!("file = {}", quoted(&export.target)),
    ]);
    if found.preset.name != GENERIC {
        lines.push(format!("preset = \"{}\"", found.preset.name));
    }
    let grain = recognise::grain(inspection, found)?;
    if let Some(said) = recognise::said_of_grain(grain) {
        lines.push(format!("cadence = {:<21} # {said}", grain.cadence()));
    }
    lines.extend(doubts(inspection, found).map(|(_, line)| line.to_owned()));
    let mut fields = fields(inspection, found);
    if let Some(column) = &milestones.column {
        // Of two names a task would build up to two milestones.
        fields.insert("milestone", vec![column]);
    }
    if milestones.by_parent {
        // What the tracker calls a version is no milestone where its epics are.
        fields.insert("milestone", Vec::new());
    }
    if found.table == TableKind::Tasks
        && !fields.contains_key("objective")
        && let Some(project) = plan::project(export, presets)?
    {
        fields.insert("objective", vec![export.header(project)]);
    }
    if !fields.is_empty() {
        lines.push("[source.columns]".to_owned());
    }
    for (field, names) in &fields {
        let names: Vec<String> = names.iter().map(|name| quoted(name)).collect();
        lines.push(match names.as_slice() {
            [one] => format!("{field} = {one}"),
            names => format!("{field} = [{}]", names.join(", ")),
        });
    }
    let mut unread: Vec<String> = Vec::new();
    let is_read = |name: &str| fields.values().flatten().any(|read| *read == name);
    for column in inspection.columns.iter().filter(|column| !is_read(&column.name)) {
        let name = quoted(&column.name);
        if !unread.contains(&name) && found.table != TableKind::Metrics {
            unread.push(name);
        }
    }
    if !unread.is_empty() {
        lines.push(format!("# not read: {}", unread.join(", ")));
    }
    if found.table == TableKind::Tasks {
        let (status, question) = statuses(export)?;
        lines.extend(status);
        questions.extend(question);
    }
    Ok((lines.join("\n") + "\n", questions))
}

/// What else a file may be.
fn alternatives(found: &Recognised<'_>) -> String {
    let others: Vec<String> =
        found.alternatives.iter().map(|(table, points)| format!("{} {points} %", table.name())).collect();
    if others.is_empty() { String::new() } else { format!("; it may also be {}", others.join(", ")) }
}

/// The words of the status column: those known as lines, those unknown as a comment to be settled.
fn statuses(export: &Export<'_>) -> Result<(Vec<String>, Option<String>), Failure> {
    let (inspection, found) = (&export.inspection, &export.found);
    let Some(column) = export.at("status") else { return Ok((Vec::new(), None)) };
    let mut words: BTreeMap<String, u64> = BTreeMap::new();
    inspection.rows(&mut |row| {
        if let Some(word) = row.text(column) {
            *words.entry(word).or_default() += 1;
        }
    })?;
    let presets = Presets::embedded()?;
    let generic = presets.named(GENERIC)?.layout(TableKind::Tasks)?;
    let mut known: BTreeMap<String, Vec<String>> = BTreeMap::new();
    let mut unknown = Vec::new();
    for (word, count) in words {
        match found.layout.word("status", &word).or_else(|| generic.word("status", &word)) {
            Some(ours) => known.entry(ours.to_owned()).or_default().push(quoted(&word)),
            // A traffic light says how the plan is kept: the dates say how far the work is.
            None if lexicon::is_of_plan(&word) => {}
            None => unknown.push(format!("{} ({count})", quoted(&word))),
        }
    }
    let mut lines = vec!["[source.values.status]".to_owned()];
    for ours in ["todo", "doing", "paused", "done", "dropped"] {
        if let Some(theirs) = known.get(ours) {
            lines.push(format!("{ours} = [{}]", theirs.join(", ")));
        }
    }
    let question = (!unknown.is_empty()).then(|| {
        format!(
            "what do these statuses mean (todo, doing, paused, done, dropped)? {}: under [source.values.status]",
            unknown.join(", ")
        )
    });
    if !unknown.is_empty() {
        lines.push(format!("# say what these mean, until then they count as open: {}", unknown.join(", ")));
    }
    Ok((lines, question))
}

/// The questions that the columns in use leave open: their code, and the line of the config that answers them.
fn doubts(inspection: &Inspection, found: &Recognised<'_>) -> impl Iterator<Item = (&'static str, &'static str)> {
    let columns = inspection.columns.iter().zip(&found.fields);
    let used = columns.filter(|(_, field)| field.is_some() || found.table == TableKind::Metrics);
    let codes: BTreeSet<&'static str> = used.filter_map(|(column, _)| Some(column.doubt.as_ref()?.code)).collect();
    [
        ("date-order", "# date_order = \"dmy\"            # the dates can be read both ways: \"dmy\" or \"mdy\""),
        ("decimal-sign", "# decimal = \".\"                 # the numbers can be read both ways: \".\" or \",\""),
    ]
    .into_iter()
    .filter(move |(code, _)| codes.contains(code))
}

/// The same as steps for the user.
fn to_settle(target: &str, inspection: &Inspection, found: &Recognised<'_>) -> Vec<String> {
    let step = |(code, _): (&str, &str)| match code {
        "date-order" => format!("say whether day or month comes first in {target}: its `date_order` in headsup.toml"),
        _ => format!("say which decimal sign {target} has: its `decimal` in headsup.toml"),
    };
    doubts(inspection, found).map(step).collect()
}
