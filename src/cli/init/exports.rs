//! What a new team folder takes from exports: the source and mapping lines of each one, its metrics, and the milestones
//! of its tasks.

use std::collections::BTreeSet;
use std::path::{Path, PathBuf};

use chrono::NaiveDate;

use super::conversation::Conversation;
use super::export::{Export, SURE};
use super::new_file::{NewFile, quoted};
use super::source_lines::{source, to_settle};
use super::team::{self, TeamFacts};
use super::{alike, editions, kinds_of_rows, metrics, plan, wide};
use crate::cli::report::as_typed;
use crate::cli::surroundings::is_managers;
use crate::config::is_private;
use crate::input;
use crate::preset::{GENERIC, Presets, Recognised};
use crate::problem::{Failure, Place, Problem, Problems};
use crate::source::recognise::{self, Hints, Reserved};
use crate::team::TableKind;

/// What was found in the exports.
#[derive(Default)]
pub(crate) struct Exports {
    tables: Vec<TableKind>,
    /// The `[[source]]` section of each export.
    pub sources: Vec<String>,
    /// Steps that only the user can take before the files can be read.
    pub to_settle: Vec<String>,
    /// The `[[metric]]` sections.
    pub metrics: Vec<String>,
    /// Copies of the export files, byte for byte.
    pub copies: Vec<NewFile>,
    /// Rows of a milestones table, as pairs of field and cell.
    pub milestones: Vec<Vec<(&'static str, String)>>,
    pub facts: TeamFacts,
}

impl Exports {
    pub(crate) fn has(&self, table: TableKind) -> bool {
        self.tables.contains(&table)
    }

    /// Returns whether no exports were given.
    pub(crate) fn is_empty(&self) -> bool {
        self.tables.is_empty()
    }
}

/// Reads the exports. Each export whose table cannot be recognised is a problem; all of them are reported. `tables` are
/// those that the user named with `--table FILE=T`.
pub(crate) fn read(
    paths: &[PathBuf],
    tables: &[(PathBuf, TableKind)],
    as_of: NaiveDate,
    conversation: Conversation,
) -> Result<Exports, Failure> {
    let presets = Presets::embedded()?;
    let hints = |table| Hints { table, near: Some(as_of), ..Hints::default() };
    let mut list: Vec<Export<'_>> = Vec::new();
    let mut problems = Problems::default();
    for path in paths {
        let table = tables.iter().find(|(named, _)| named == path || path.file_name() == Some(named.as_os_str()));
        match read_one(path, &presets, &hints(table.map(|(_, table)| *table)), &list, conversation) {
            Ok(export) => list.push(export),
            Err(Failure::Input(found)) => problems.extend(found),
            Err(other) => return Err(other),
        }
    }
    if problems.has_errors() { Err(problems.into()) } else { exports(list, &presets, conversation) }
}

fn read_one<'a>(
    path: &Path,
    presets: &'a Presets,
    hints: &Hints<'_>,
    list: &[Export<'a>],
    conversation: Conversation,
) -> Result<Export<'a>, Failure> {
    let shown = path.display().to_string();
    let bytes = input::read_whole(path, &shown, u64::MAX)?;
    let infer = |table| recognise::infer(path, &shown, presets, Hints { table, ..hints.clone() }, false);
    let (mut inspection, mut found) = infer(hints.table)?;
    if let (None, Some(table)) = (hints.table, table_asked(&shown, found.as_ref(), conversation)?) {
        (inspection, found) = infer(Some(table))?;
    }
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
    let mut export = Export { path: path.to_owned(), target: target(path, list), inspection, found, contents, bytes };
    // An export with the same header has the same columns as the earlier one.
    if let Some(first) = list.iter().find(|other| hints.table.is_none() && editions::have_one_header(other, &export)) {
        export.found = first.found.clone();
    }
    Ok(export)
}

/// Asks the user which table a file holds, if this is in doubt.
fn table_asked(
    shown: &str,
    found: Option<&Recognised<'_>>,
    conversation: Conversation,
) -> Result<Option<TableKind>, Failure> {
    if found.is_some_and(|found| found.preset.name != GENERIC || found.confidence >= SURE) {
        return Ok(None);
    }
    let guesses = found
        .iter()
        .flat_map(|found| [(found.table, found.confidence)].into_iter().chain(found.alternatives.iter().copied()));
    let mut tables: Vec<TableKind> = guesses.map(|(table, _)| table).collect();
    tables.extend(TableKind::ALL.iter().filter(|table| !tables.contains(table)).copied().collect::<Vec<_>>());
    let answers: Vec<String> =
        tables.iter().map(|table| format!("{}: {}", table.name(), table.table().about)).collect();
    let answer = conversation.choose(&format!("What does {shown} hold?"), &answers)?;
    Ok(answer.and_then(|answer| tables.get(answer).copied()))
}

/// Returns the name of an export's copy: its own name, with a number if that is taken. A private file stays private.
fn target(path: &Path, list: &[Export<'_>]) -> String {
    let name = path.file_name().map_or("export.csv".into(), |name| name.to_string_lossy().into_owned());
    let (stem, end) = name.rsplit_once('.').unwrap_or((&name, "csv"));
    let above = path.parent().and_then(Path::file_name).map(|name| name.to_string_lossy());
    let is_private = above.is_some_and(|name| is_private(&name)) || is_managers(path);
    let folder = if is_private { "private" } else { "data" };
    let names = (1..).map(|number| match number {
        1 => format!("{folder}/{stem}.{end}"),
        number => format!("{folder}/{stem}-{number}.{end}"),
    });
    let free = |name: &String| !list.iter().any(|export| export.target == *name);
    names.into_iter().find(free).unwrap_or(name.clone())
}

/// Combines all exports into one team.
fn exports<'a>(
    mut list: Vec<Export<'a>>,
    presets: &'a Presets,
    conversation: Conversation,
) -> Result<Exports, Failure> {
    let mut exports = Exports { facts: team::of(&list)?, ..Exports::default() };
    if exports.facts.week_ends.is_none() && !list.is_empty() {
        exports.facts.week_ends = team::week_end_asked(conversation)?;
    }
    let listed = plan::listed(&list)?;
    let mut taken = listed.clone();
    for group in editions::groups(&list)? {
        let Some(export) = list.get_mut(group.newest) else { continue };
        match kinds_of_rows::of(export) {
            None => exports.add(export, &group.file, None, presets, (&listed, &mut taken), conversation)?,
            Some(kinds) => {
                let header = export.header(kinds.column).to_owned();
                for (table, words) in &kinds.tables {
                    let own = recognise::assigned(
                        presets.named(GENERIC)?,
                        *table,
                        &export.inspection,
                        &export.contents,
                        &Reserved::default(),
                    )?;
                    let whole = std::mem::replace(&mut export.found, Recognised { confidence: 100, ..own });
                    let words: Vec<String> = words.iter().map(|word| quoted(word)).collect();
                    let filter = format!("where = {{ {} = [{}] }}", quoted(&header), words.join(", "));
                    exports.add(export, &group.file, Some(filter), presets, (&listed, &mut taken), conversation)?;
                    export.found = whole;
                }
                if !kinds.others.is_empty() {
                    exports.to_settle.push(format!(
                        "rows of {} whose {header} is {} are not read",
                        group.file,
                        kinds.others.join(", ")
                    ));
                }
            }
        }
    }
    exports.to_settle.extend(alike::questions(&list)?);
    let copy = |export: Export<'_>| match is_private(&export.target) {
        true => NewFile::private(export.target, export.bytes),
        false => NewFile::new(export.target, export.bytes),
    };
    exports.copies = list.into_iter().map(copy).collect();
    Ok(exports)
}

impl Exports {
    /// Adds the lines of one export, or of several that share a pattern. `filter` selects its rows.
    fn add(
        &mut self,
        export: &Export<'_>,
        file: &str,
        filter: Option<String>,
        presets: &Presets,
        (listed, taken): (&BTreeSet<String>, &mut BTreeSet<String>),
        conversation: Conversation,
    ) -> Result<(), Failure> {
        let (table, is_private) = (export.found.table, is_private(&export.target));
        self.tables.push(table);
        let milestones = match table {
            TableKind::Tasks if !is_private => plan::of(export, file, presets, listed, taken, conversation)?,
            _ => plan::Milestones::default(),
        };
        let filter = match filter {
            None if table == TableKind::Metrics => wide::totals(export)?,
            filter => filter,
        };
        let (source, questions) = source(export, file, filter, &milestones, presets, conversation)?;
        // What a private file holds is not printed, nor written where others read it.
        if !is_private {
            self.to_settle.extend(to_settle(file, &export.inspection, &export.found));
            self.to_settle.extend(questions);
        }
        self.sources.push(source);
        self.to_settle.extend(milestones.questions);
        self.milestones.extend(milestones.rows);
        if let Some(source) = milestones.source {
            self.tables.push(TableKind::Milestones);
            self.sources.push(source);
        }
        if table == TableKind::Metrics && !is_private {
            let (sections, open) = metrics::of(export)?;
            self.metrics.extend(sections);
            if !open.is_empty() {
                let names: Vec<String> = open.iter().map(|name| format!("\"{name}\"")).collect();
                self.to_settle.push(format!(
                    "do these add up over a week, or not? {}: their `kind` in headsup.toml",
                    names.join(", ")
                ));
            }
        }
        Ok(())
    }
}
