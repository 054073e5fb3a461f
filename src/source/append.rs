//! Appends rows to logs for `headsup record` and `headsup add`.
//!
//! Columns are found in the same way as for reading. The new row is read back before the file is replaced, which rules
//! out a date in a format that the file does not use, or a row that the reader would skip. A lock on the team's
//! headsup.toml makes two writers wait for each other. If a table has no log yet, one is made.

mod lock;
mod new_log;

use std::path::{Path, PathBuf};

use chrono::NaiveDate;

use super::files::{self, Opened};
use super::hidden::Look;
use crate::config::Config;
use crate::output::{self, Mode};
use crate::preset::Presets;
use crate::problem::{Failure, Place, Problem, Problems};
use crate::table::{append, infer};
use crate::team::TableKind;
pub use lock::lock;

/// Date formats. The first one that is read back with the right meaning is used for a file.
const DATE_FORMATS: [&str; 14] = [
    "%Y-%m-%d",
    "%d/%m/%Y",
    "%m/%d/%Y",
    "%d.%m.%Y",
    "%d-%m-%Y",
    "%Y/%m/%d",
    "%d/%b/%y",
    "%d-%b-%y",
    "%d %b %Y",
    "%b %d, %Y",
    "%d/%m/%y",
    "%m/%d/%y",
    "%d.%m.%y",
    "%Y%m%d",
];

/// The value of a field in the new row.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Value {
    Text(String),
    /// A value for a column that the log need not have.
    Optional(String),
    Date(NaiveDate),
    /// The id after the newest one in the table's logs: `A-08` is followed by `A-09`. The text is the first id of an
    /// empty log. The id is chosen under the lock, so that two writers never take the same one.
    NextId(&'static str),
}

impl From<&str> for Value {
    fn from(text: &str) -> Self {
        Value::Text(text.to_owned())
    }
}

impl From<NaiveDate> for Value {
    fn from(date: NaiveDate) -> Self {
        Value::Date(date)
    }
}

/// A field and its value.
pub type Field<'a> = (&'a str, Value);

/// A row that was appended.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Appended {
    pub file: PathBuf,
    /// The id of the row, if it was chosen automatically.
    pub id: Option<String>,
    /// Whether the log was made for this row.
    pub is_new_log: bool,
    /// Offset in the file and written bytes, so that the row can be removed again.
    pub offset: u64,
    pub bytes: Vec<u8>,
}

/// Selects the row to amend.
#[derive(Debug, Clone, Copy)]
pub enum Which<'a> {
    Id(&'a str),
    /// The row in which these fields have these values, in a log without ids.
    Says(&'a [(&'static str, &'a str)]),
}

/// Appends a row to the log of `table`. `private` selects the file in `private/`. If the team has no log yet, one is
/// made and added to headsup.toml.
pub fn add(config: &Config, table: TableKind, private: bool, fields: &[Field<'_>]) -> Result<Appended, Failure> {
    let _lock = lock(&config.dir)?;
    // A row before this one may have made the log.
    let (now, _) = Config::load(&config.dir)?;
    let is_new_log = new_log::make(&now, table, private)?;
    let remade = if is_new_log { Config::load(&config.dir)?.0 } else { now };
    let config = &remade;
    let presets = Presets::load(&config.dir)?;
    let only = of_table(config, table);
    let opened = opened(&only, &presets)?;
    let Some(log) = opened.iter().rev().find(|it| it.is_private == private && is_log(config, it)) else {
        return Err(new_log::none(table, private).into());
    };
    let cells = vec![String::new(); log.inspection.columns.len()];
    let mut settled = Vec::with_capacity(fields.len());
    let mut id = None;
    for (field, value) in fields {
        match value {
            // A log without a column for ids needs no id.
            Value::NextId(_) | Value::Optional(_) if log.mapping.columns(field).is_empty() => {}
            Value::Optional(text) => settled.push((*field, Value::Text(text.clone()))),
            Value::NextId(first) => {
                let next = next_id(&opened, field)?.unwrap_or_else(|| (*first).to_owned());
                settled.push((*field, Value::Text(next.clone())));
                id = Some(next);
            }
            other => settled.push((*field, other.clone())),
        }
    }
    Ok(Appended { id, is_new_log, ..write(config, log, cells, &settled)? })
}

/// Returns the id after the newest one, or `None` if there are no ids yet.
fn next_id(opened: &[Opened<'_>], field: &str) -> Result<Option<String>, Failure> {
    let mut newest: Option<(String, usize, u64)> = None;
    for log in opened {
        let columns = log.mapping.columns(field);
        log.inspection.rows(&mut |row| {
            for id in columns.iter().filter_map(|column| row.text(*column)) {
                let digits = id.chars().rev().take_while(char::is_ascii_digit).count();
                let (prefix, number) = id.split_at(id.len() - digits);
                if let Ok(number) = number.parse::<u64>()
                    && newest.as_ref().is_none_or(|(_, _, most)| number >= *most)
                {
                    newest = Some((prefix.to_owned(), digits, number));
                }
            }
        })?;
    }
    Ok(newest.map(|(prefix, digits, number)| format!("{prefix}{:0digits$}", number.saturating_add(1))))
}

/// Appends a copy of the newest row of an item with some fields changed, in the same file: the newest row of an id wins
/// in a log.
pub fn amend(config: &Config, table: TableKind, which: Which<'_>, changes: &[Field<'_>]) -> Result<Appended, Failure> {
    let _lock = lock(&config.dir)?;
    let presets = Presets::load(&config.dir)?;
    let only = of_table(config, table);
    let opened = opened(&only, &presets)?;
    for log in opened.iter().rev() {
        let mut newest = None;
        let columns = log.inspection.columns.len();
        let columns_of = |field: &str| log.mapping.columns(field).to_vec();
        let wanted: Vec<(Vec<usize>, &str)> = match which {
            Which::Id(id) => vec![(columns_of("id"), id)],
            Which::Says(fields) => fields.iter().map(|(field, text)| (columns_of(field), *text)).collect(),
        };
        log.inspection.rows(&mut |row| {
            let says = |(columns, text): &(Vec<usize>, &str)| {
                columns.iter().any(|&column| row.text(column).is_some_and(|cell| visible(&cell).eq(visible(text))))
            };
            if wanted.iter().all(says) {
                newest = Some((0..columns).map(|column| row.text(column).unwrap_or_default()).collect());
            }
        })?;
        if let Some(cells) = newest {
            if !is_log(config, log) {
                return Err(new_log::of_a_tracker(&log.source.file).into());
            }
            let lacks = |field: &str| log.mapping.columns(field).is_empty();
            let kept = |(field, value): &&Field<'_>| !(matches!(value, Value::Optional(_)) && lacks(field));
            let changes: Vec<Field<'_>> = changes.iter().filter(kept).cloned().collect();
            return write(config, log, cells, &changes);
        }
    }
    let message = match which {
        Which::Id(id) => format!("no row of {} has the id \"{id}\"", table.name()),
        Which::Says(_) => format!("no row of {} says this", table.name()),
    };
    Err(Problem::error("no-such-id", message).help("give the row an id in its file").into())
}

/// Returns whether a file is one that the team writes itself: neither a tracker's export, nor a file that several
/// tables are read from.
fn is_log(config: &Config, log: &Opened) -> bool {
    !log.mapping.tracker && new_log::is_kept_by_hand(config, log.source)
}

/// Returns whether a milestone's row is in a log of the team that has a column for `field`. A list with a foreign
/// header may be an export, which the next export replaces.
pub fn takes(config: &Config, which: Which<'_>, field: &str) -> Result<bool, Failure> {
    let presets = Presets::load(&config.dir)?;
    let only = of_table(config, TableKind::Milestones);
    let (column, wanted) = match which {
        Which::Id(id) => ("id", id),
        Which::Says(fields) => fields.first().copied().unwrap_or(("milestone", "")),
    };
    for log in opened(&only, &presets)?.iter().rev() {
        let (mut holds, columns) = (false, log.mapping.columns(column));
        log.inspection.rows(&mut |row| {
            holds |= columns.iter().any(|&column| row.text(column).as_deref() == Some(wanted));
        })?;
        if holds && log.source.file != new_log::REASONS {
            let has = |field: &str| !log.mapping.columns(field).is_empty();
            let is_ours =
                ["as_of", "agreed_due"].iter().any(|name| log.inspection.header_names().any(|own| own == *name));
            return Ok(is_log(config, log) && is_ours && has(field));
        }
    }
    Ok(false)
}

/// Writes what no file of a milestone has a column for, its reason or its date, to `data/reasons.csv`, a log of
/// milestones that contains nothing else.
pub fn add_remark(
    config: &Config,
    (id, name): (&str, &str),
    (field, value): (&'static str, Value),
    on: NaiveDate,
) -> Result<Appended, Failure> {
    let _lock = lock(&config.dir)?;
    // An answer before this one may have made the log.
    let (config, _) = Config::load(&config.dir)?;
    let is_new_log = new_log::make_reasons(&config)?;
    let (config, _) = Config::load(&config.dir)?;
    let presets = Presets::load(&config.dir)?;
    let mut only = of_table(&config, TableKind::Milestones);
    only.sources.retain(|source| source.file == new_log::REASONS);
    let opened = opened(&only, &presets)?;
    let Some(log) = opened.first() else { return Err(new_log::none(TableKind::Milestones, false).into()) };
    let cells = vec![String::new(); log.inspection.columns.len()];
    let fields: [Field<'_>; 4] = [("id", id.into()), ("milestone", name.into()), (field, value), ("as_of", on.into())];
    Ok(Appended { is_new_log, ..write(&config, log, cells, &fields)? })
}

fn of_table(config: &Config, table: TableKind) -> Config {
    let mut only = config.clone();
    only.sources.retain(|source| source.table == table);
    only
}

fn opened<'a>(config: &'a Config, presets: &'a Presets) -> Result<Vec<Opened<'a>>, Failure> {
    let mut problems = Problems::default();
    let opened = files::open(config, presets, None, &Look::default(), Vec::new(), &mut problems)?;
    if problems.has_errors() { Err(problems.into()) } else { Ok(opened) }
}

/// Writes the row with the first date format that is read back as it was meant.
fn write(config: &Config, log: &Opened, cells: Vec<String>, fields: &[Field]) -> Result<Appended, Failure> {
    let mut placed: Vec<(usize, &Value)> = Vec::new();
    let mut problems = Problems::default();
    for (field, value) in fields {
        match log.mapping.columns(field).first() {
            Some(column) => placed.push((*column, value)),
            None => problems.push(
                Problem::error("no-column", format!("there is no column for `{field}` of {}", log.source.table.name()))
                    .at(Place::file(&log.source.file))
                    .help(format!("add a column `{field}` to the file's header")),
            ),
        }
    }
    if !problems.is_empty() {
        return Err(problems.into());
    }
    let path = log.path.canonicalize().map_err(|e| Failure::read(&log.path, e))?;
    let old = std::fs::read(&path).map_err(|e| Failure::read(&path, e))?;
    for format in formats(log)? {
        let mut cells = cells.clone();
        for (column, value) in &placed {
            if let Some(cell) = cells.get_mut(*column) {
                *cell = written(value, format);
            }
        }
        let new = append::with_row(old.clone(), &log.inspection, &cells)?;
        if reads_back(config, log, &path, &new, &placed)? {
            output::write(&path, &new, Mode::Normal)?;
            return Ok(Appended {
                file: log.path.clone(),
                id: None,
                is_new_log: false,
                offset: old.len() as u64,
                bytes: new.get(old.len()..).unwrap_or_default().to_vec(),
            });
        }
    }
    let message = "a new row would not be read back as it was meant";
    Err(Problem::error("not-appendable", message)
        .at(Place::file(&log.source.file))
        .help("write the row by hand")
        .into())
}

/// Returns the date formats to try, starting with those of the file's own dates.
fn formats(log: &Opened) -> Result<Vec<&'static str>, Failure> {
    let is_date = |column: &&crate::table::Column| column.kind == crate::table::Kind::Date;
    let columns: Vec<usize> = log.inspection.columns.iter().filter(is_date).map(|column| column.position).collect();
    let mut fits = [true; DATE_FORMATS.len()];
    log.inspection.rows(&mut |row| {
        for &column in &columns {
            let (Some(text), Ok(Some(date))) = (row.text(column), row.date(column)) else { continue };
            for (format, fits) in DATE_FORMATS.iter().zip(&mut fits) {
                *fits &= NaiveDate::parse_from_str(&text, format).is_ok_and(|read| read == date);
            }
        }
    })?;
    let (mut formats, others): (Vec<_>, Vec<_>) = DATE_FORMATS.into_iter().zip(fits).partition(|(_, fits)| *fits);
    formats.extend(others);
    Ok(formats.into_iter().map(|(format, _)| format).collect())
}

fn written(value: &Value, date_format: &str) -> String {
    match value {
        // Characters that the reader removes must not be written.
        Value::Text(text) | Value::Optional(text) => {
            text.trim().chars().filter(|c| !c.is_control() || *c == '\n').collect()
        }
        Value::Date(date) => date.format(date_format).to_string(),
        Value::NextId(_) => String::new(),
    }
}

/// Returns whether the file with the new row contains exactly one more row, with the right values, and all other rows
/// unchanged.
fn reads_back(
    config: &Config,
    log: &Opened,
    path: &Path,
    new: &[u8],
    placed: &[(usize, &Value)],
) -> Result<bool, Failure> {
    let folder = path.parent().unwrap_or(&config.dir);
    let trial = output::scratch_file(folder, new)?;
    let Ok(again) = infer(trial.path(), &log.inspection.file, &log.source.reading, false) else { return Ok(false) };
    let (before, after) = (rows(&log.inspection, placed)?, rows(&again, placed)?);
    let Some((last, others)) = after.split_last() else { return Ok(false) };
    let as_meant = placed.iter().zip(last).all(|((_, value), (text, date))| match value {
        Value::Date(meant) => *date == Some(*meant),
        Value::Text(meant) | Value::Optional(meant) => visible(meant).eq(visible(text)),
        Value::NextId(_) => false,
    });
    Ok(again.records == log.inspection.records + 1 && others == before.as_slice() && as_meant)
}

/// Returns the visible characters: line endings and spaces may be read back as each other.
fn visible(text: &str) -> impl Iterator<Item = char> {
    text.chars().filter(|c| !c.is_whitespace() && !c.is_control())
}

/// The values of each row in the written columns, as text, and also as a date for date fields.
type Said = Vec<(String, Option<NaiveDate>)>;

fn rows(inspection: &crate::table::Inspection, placed: &[(usize, &Value)]) -> Result<Vec<Said>, Failure> {
    let mut rows = Vec::new();
    inspection.rows(&mut |row| {
        let cell = |(column, value): &(usize, &Value)| {
            let date = matches!(value, Value::Date(_)).then(|| row.date(*column).ok().flatten()).flatten();
            (row.text(*column).unwrap_or_default(), date)
        };
        rows.push(placed.iter().map(cell).collect());
    })?;
    Ok(rows)
}
