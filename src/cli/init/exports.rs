//! What a new team folder takes from exports: the source and mapping lines of each, its metrics, and the milestones
//! that its tasks name.

use std::collections::{BTreeMap, BTreeSet};
use std::path::{Path, PathBuf};

use chrono::NaiveDate;

use super::new_file::{NewFile, quoted};
use crate::cli::report::as_typed;
use crate::input;
use crate::preset::{GENERIC, Presets, Recognised};
use crate::problem::{Failure, Place, Problem, Problems};
use crate::source::recognise::{self, Hints};
use crate::table::Inspection;
use crate::team::TableKind;

/// A new plan holds no more milestones than a boss can follow.
const MOST_MILESTONES: usize = 12;

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
}

impl Exports {
    pub fn has(&self, table: TableKind) -> bool {
        self.tables.contains(&table)
    }
}

/// Reads the exports. Those whose table cannot be told are problems, all of them said.
pub fn read(paths: &[PathBuf]) -> Result<Exports, Failure> {
    let presets = Presets::embedded()?;
    let mut exports = Exports::default();
    let mut problems = Problems::default();
    for path in paths {
        match read_one(path, &presets, &mut exports) {
            Ok(()) => {}
            Err(Failure::Input(found)) => problems.extend(found),
            Err(other) => return Err(other),
        }
    }
    if problems.has_errors() { Err(problems.into()) } else { Ok(exports) }
}

fn read_one(path: &Path, presets: &Presets, exports: &mut Exports) -> Result<(), Failure> {
    let shown = path.display().to_string();
    let bytes = input::whole(path, &shown, u64::MAX)?;
    let (inspection, found) = recognise::infer(path, &shown, presets, Hints::default(), false)?;
    let Some(found) = found else {
        let header: Vec<&str> = inspection.columns.iter().map(|column| column.name.as_str()).collect();
        let message = format!("it cannot be told what {shown} holds");
        let help = format!(
            "its header is {}\n`headsup inspect {}` says what it may be, and what to export instead",
            header.join(" · "),
            as_typed(path)
        );
        return Err(Problem::error("unknown-table", message).at(Place::file(&shown)).help(help).into());
    };
    let target = exports.target(path);
    exports.tables.push(found.table);
    exports.sources.push(source(&target, &inspection, &found)?);
    exports.to_settle.extend(to_settle(&target, &inspection, &found));
    match found.table {
        TableKind::Metrics => exports.metrics.extend(metrics(&inspection, &found)?),
        TableKind::Tasks => exports.milestones.extend(milestones(&inspection, &found)?),
        _ => {}
    }
    exports.copies.push(NewFile::new(target, bytes));
    Ok(())
}

impl Exports {
    /// Where an export is copied to: its own name, numbered where it is taken.
    fn target(&self, path: &Path) -> String {
        let name = path.file_name().map_or("export.csv".into(), |name| name.to_string_lossy().into_owned());
        let (stem, end) = name.rsplit_once('.').unwrap_or((&name, "csv"));
        let names = (1..).map(|number| match number {
            1 => format!("data/{stem}.{end}"),
            number => format!("data/{stem}-{number}.{end}"),
        });
        let free = |name: &String| !self.copies.iter().any(|copy| copy.path == *name);
        names.into_iter().find(free).unwrap_or(name.clone())
    }
}

/// The columns of each field, the best first.
fn fields<'a>(inspection: &'a Inspection, found: &Recognised<'_>) -> BTreeMap<&'static str, Vec<&'a str>> {
    let mut ranked: BTreeMap<&'static str, Vec<(usize, usize, &str)>> = BTreeMap::new();
    for (column, field) in inspection.columns.iter().zip(&found.fields) {
        let Some(field) = field else { continue };
        // One that was found by its place, not by its header, is the best there is.
        let rank = found.layout.field_of(found.preset, &column.name).map_or(0, |(rank, _)| rank);
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

/// The `[[source]]` of a file, with its mapping written out and what is not read named.
fn source(target: &str, inspection: &Inspection, found: &Recognised<'_>) -> Result<String, Failure> {
    let mut lines = vec![
        format!("# {}", found.preset.title),
        "[[source]]".to_owned(),
        format!("table = \"{}\"", found.table.name()),
        format!("file = {}", quoted(target)),
    ];
    if found.preset.name != GENERIC {
        lines.push(format!("preset = \"{}\"", found.preset.name));
    }
    let grain = recognise::grain(inspection, found)?;
    if let Some(said) = recognise::said_of_grain(grain) {
        lines.push(format!("cadence = {:<21} # {said}", grain.cadence()));
    }
    lines.extend(doubts(inspection, found).map(|(_, line)| line.to_owned()));
    let fields = fields(inspection, found);
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
    for column in inspection.columns.iter().filter(|column| found.layout.field_of(found.preset, &column.name).is_none())
    {
        let name = quoted(&column.name);
        if !unread.contains(&name) && found.table != TableKind::Metrics {
            unread.push(name);
        }
    }
    if !unread.is_empty() {
        lines.push(format!("# not read: {}", unread.join(", ")));
    }
    if found.table == TableKind::Tasks {
        lines.extend(statuses(inspection, found)?);
    }
    Ok(lines.join("\n") + "\n")
}

/// The words of the status column: those known as lines, those unknown as a comment to be settled.
fn statuses(inspection: &Inspection, found: &Recognised<'_>) -> Result<Vec<String>, Failure> {
    let Some(column) = found.positions("status").next() else { return Ok(Vec::new()) };
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
            None => unknown.push(format!("{} ({count})", quoted(&word))),
        }
    }
    let mut lines = vec!["[source.values.status]".to_owned()];
    for ours in ["todo", "doing", "done", "dropped"] {
        if let Some(theirs) = known.get(ours) {
            lines.push(format!("{ours} = [{}]", theirs.join(", ")));
        }
    }
    if !unknown.is_empty() {
        lines.push(format!("# say what these mean, until then they count as open: {}", unknown.join(", ")));
    }
    Ok(lines)
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

/// A `[[metric]]` for each metric of the file.
fn metrics(inspection: &Inspection, found: &Recognised<'_>) -> Result<Vec<String>, Failure> {
    let section = |name: &String| {
        let aggregate = found.layout.aggregate_of(name).unwrap_or_default().name();
        format!(
            "[[metric]]\nname = {}\n{:<25} # sum mean min max last, or ratio\n# better = \"up\"\n# target = 0\n",
            quoted(name),
            format!("aggregate = \"{aggregate}\"")
        )
    };
    Ok(recognise::metric_names(inspection, found)?.iter().map(section).collect())
}

/// What is known of a value that tasks name as their milestone.
#[derive(Default)]
struct Named {
    tasks: u64,
    /// When the last of them is due or done.
    last: Option<NaiveDate>,
    /// Which value it is in the order of the file.
    order: usize,
    /// Values that stand beside it in a row; a task builds up to one milestone, so only one of them can be it.
    beside: BTreeSet<String>,
}

/// The milestones that the tasks name most, each due when the last of its tasks is.
fn milestones(inspection: &Inspection, found: &Recognised<'_>) -> Result<Vec<Vec<(&'static str, String)>>, Failure> {
    let columns: Vec<usize> = found.positions("milestone").collect();
    let (due, done) = (found.positions("due").next(), found.positions("done_on").next());
    let mut named: BTreeMap<String, Named> = BTreeMap::new();
    inspection.rows(&mut |row| {
        let date = |column: Option<usize>| row.date(column?).ok().flatten();
        let names: Vec<String> = columns.iter().filter_map(|&column| row.text(column)).collect();
        for name in &names {
            let order = named.len();
            let named = named.entry(name.clone()).or_insert_with(|| Named { order, ..Named::default() });
            named.tasks += 1;
            named.last = named.last.max(date(due)).max(date(done));
            named.beside.extend(names.iter().filter(|other| *other != name).cloned());
        }
    })?;
    let mut named: Vec<(String, Named)> = named.into_iter().filter(|(_, named)| named.last.is_some()).collect();
    named.sort_by(|a, b| b.1.tasks.cmp(&a.1.tasks).then_with(|| a.1.order.cmp(&b.1.order)));
    let mut chosen: Vec<(String, Named)> = Vec::new();
    for (name, one) in named {
        if chosen.len() < MOST_MILESTONES && !chosen.iter().any(|(other, _)| one.beside.contains(other)) {
            chosen.push((name, one));
        }
    }
    chosen.sort_by_key(|(_, named)| named.last);
    let rows = chosen.into_iter().enumerate().map(|(index, (name, named))| {
        vec![
            ("id", format!("M{}", index + 1)),
            ("objective", "This quarter".to_owned()),
            ("milestone", name),
            ("due", named.last.map(|last| last.to_string()).unwrap_or_default()),
        ]
    });
    Ok(rows.collect())
}
