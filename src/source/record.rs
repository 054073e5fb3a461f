//! One row by the names of its fields. What cannot be read is kept as a problem, so that a reader asks for all fields
//! of a row and the user sees all that is wrong with it.

mod answers;
mod cells;
mod stated;

use std::collections::{BTreeMap, BTreeSet};

use chrono::NaiveDate;

pub(crate) use stated::Stated;

use super::files::Opened;
use super::mapping::Mapping;
use super::names::Names;
use crate::preset::normal;
use crate::problem::{Failure, Place, Problem, Problems, Severity};
use crate::table::{Inspection, Row};
use crate::tables::{Cells as _, FieldKind, Lines, Marked, TableKind};

/// After so many problems of one kind in one column the rest is counted.
const MOST_ALIKE: u64 = 10;

/// One row.
pub(crate) struct Record<'a, 'r> {
    row: &'a Row<'r>,
    mapping: &'a Mapping<'a>,
    table: TableKind,
    as_of: NaiveDate,
    scale: &'a BTreeMap<&'static str, f64>,
    /// What its references may name.
    names: &'a mut Names,
    problems: Vec<Problem>,
    newest: Option<NaiveDate>,
    /// Only some may see it: its file is private, it is marked, or it has a label that says so.
    confidential: bool,
    is_private: bool,
    /// Fields whose cells cannot be read.
    unread: Vec<String>,
    /// It is not read, which its problems say.
    left_out: bool,
}

/// Reads every row of a file by `each`; what it returns None for is left out, without a word.
pub(crate) fn read<T: Marked>(
    opened: &mut Opened<'_>,
    as_of: NaiveDate,
    problems: &mut Problems,
    each: impl FnMut(&mut Record<'_, '_>) -> Option<T>,
) -> Result<Vec<T>, Failure> {
    read_with(opened, as_of, problems, &mut Names::default(), each)
}

/// Reads every row of a file by `each`, which may ask what of `names` a row refers to.
pub(crate) fn read_with<T: Marked>(
    opened: &mut Opened<'_>,
    as_of: NaiveDate,
    problems: &mut Problems,
    names: &mut Names,
    mut each: impl FnMut(&mut Record<'_, '_>) -> Option<T>,
) -> Result<Vec<T>, Failure> {
    let scale = scales(opened.source.table, &opened.inspection, &opened.mapping)?;
    let (mapping, source, counts) = (&opened.mapping, opened.source, &mut opened.counts);
    let is_private = opened.is_private;
    let outline = &opened.outline;
    let passed = &outline.passed;
    let mut list = Vec::new();
    let mut alike: BTreeMap<(&'static str, String), (u64, Option<Place>)> = BTreeMap::new();
    let filter = &opened.filter;
    opened.inspection.rows(&mut |row| {
        if !filter.iter().all(|(column, words)| row.text(*column).is_some_and(|text| words.contains(&normal(&text)))) {
            // Another [[source]] may read it; of this one it is no row.
            counts.records = counts.records.saturating_sub(1);
            return;
        }
        let is_passed = passed.contains_key(&row.line());
        let mut record = Record {
            row,
            mapping,
            table: source.table,
            as_of,
            scale: &scale,
            names: &mut *names,
            problems: Vec::new(),
            newest: None,
            confidential: is_private,
            is_private,
            unread: Vec::new(),
            left_out: false,
        };
        record.confidential |= record.is_marked() || outline.hidden.contains(&record.row.line());
        if is_passed {
            counts.skipped += 1;
            if !record.confidential {
                return;
            }
        }
        let mut item = each(&mut record);
        if is_passed {
            // It is there for its mark alone.
            if let Some(mut item) = item {
                item.mark();
                if item.fail(true) {
                    list.push(item);
                }
            }
            return;
        }
        if record.confidential {
            item.iter_mut().for_each(Marked::mark);
        }
        let failed = record.problems.iter().any(|problem| problem.severity == Severity::Error);
        let is_skipped = record.left_out || (failed && source.skip_bad_rows);
        if is_skipped {
            counts.skipped += 1;
        } else {
            counts.read += 1;
            counts.newest = counts.newest.max(record.newest);
            match record.confidential {
                true => counts.confidential += 1,
                false => counts.newest_open = counts.newest_open.max(record.newest),
            }
        }
        for mut problem in record.problems {
            if record.confidential {
                problem = problem.concealed();
            }
            if source.skip_bad_rows && problem.severity == Severity::Error {
                problem.severity = Severity::Warning;
                problem.message += "; the row is skipped";
            }
            let (count, last) = alike.entry((problem.code, problem.message.clone())).or_default();
            *count += 1;
            if *count <= MOST_ALIKE {
                problems.push(problem);
            } else {
                *last = problem.place;
            }
        }
        if let Some(mut item) = item
            && (!failed || item.fail(is_skipped))
        {
            list.push(item);
        }
    })?;
    for why in passed.values().collect::<BTreeSet<_>>() {
        let mut lines = passed.iter().filter(|(_, other)| *other == why).map(|(line, _)| *line);
        if let Some(first) = lines.next() {
            let message = format!("rows that are not read: {why}; {} in all, this is the first", lines.count() + 1);
            problems.push(Problem::note("no-work", message).at(Place::at(&opened.inspection.file, first, 1)));
        }
    }
    for ((code, message), (count, last)) in alike {
        if let Some(place) = last {
            let message = format!("{} more: {message}; this is the last", count - MOST_ALIKE);
            problems.push(Problem::note(code, message).at(place.unquoted()));
        }
    }
    Ok(list)
}

/// For each share (progress) what its numbers are divided by: 100 where the column is written in percent.
fn scales(
    table: TableKind,
    inspection: &Inspection,
    mapping: &Mapping<'_>,
) -> Result<BTreeMap<&'static str, f64>, Failure> {
    let mut scales = BTreeMap::new();
    let shares = table.fields().iter().filter(|field| field.kind == FieldKind::Share).map(|field| field.name);
    for (field, &column) in shares.flat_map(|field| mapping.columns(field).iter().map(move |column| (field, column))) {
        let mut percent = false;
        inspection.rows(&mut |row| {
            let sign = row.text(column).is_some_and(|text| text.contains('%'));
            percent |= sign || row.number(column).is_ok_and(|number| number.is_some_and(|number| number > 1.0));
        })?;
        if percent {
            scales.insert(field, 100.0);
        }
    }
    Ok(scales)
}

impl Record<'_, '_> {
    pub(crate) fn line(&self) -> u64 {
        self.row.line()
    }

    /// The physical lines that the row takes.
    pub(crate) fn lines(&self) -> Lines {
        Lines { first: self.row.line(), last: self.row.last_line() }
    }

    /// Notes a cell that cannot be read: where the field is one that the row can do without, the cell is missing.
    fn unread(&mut self, field: &str, mut problem: Problem) {
        // Of a date or a status one that can be read is enough.
        let is_read = |other: &str| {
            other != field && self.text(other).is_some() && !self.unread.iter().any(|unread| unread == other)
        };
        let is_only = |group: &&[&str]| !group.iter().any(|other| is_read(other));
        let is_needed = self.table.required().iter().any(|group| group.contains(&field) && is_only(group));
        if !is_needed {
            problem.severity = Severity::Warning;
            problem.message += "; it is left out";
            self.unread.push(field.to_owned());
        }
        self.problems.push(problem);
    }

    /// The cell of a column, whatever field it is.
    pub(crate) fn cell(&self, column: usize) -> Option<String> {
        self.row.text(column)
    }

    /// The date of a column, which tells how fresh the file is.
    pub(crate) fn date_at(&mut self, column: usize) -> Option<NaiveDate> {
        let date = self.row.measured_on(column).unwrap_or_else(|problem| {
            self.problems.push(*problem);
            None
        });
        date.inspect(|date| self.seen(*date))
    }

    /// The number of a column.
    pub(crate) fn number_at(&mut self, column: usize) -> Option<f64> {
        self.row.number(column).unwrap_or_else(|problem| {
            self.problems.push(*problem);
            None
        })
    }

    /// The number of a column and its unit, where units belong to the cells of a row.
    pub(crate) fn amount_at(&self, column: usize) -> Option<(f64, String)> {
        self.row.amount(column)
    }

    /// Notes that a cell is in a unit that does not go together with those beside it.
    pub(crate) fn odd_unit(&mut self, column: usize, usual: &str, odd: &str) {
        let message = format!("this number is in `{odd}`, the others of its metric are in `{usual}`");
        let help = "write all of them in one unit, or make two metrics of it";
        self.problems.push(Problem::error("mixed-units", message).at(self.row.place(column)).help(help));
    }

    /// Notes a date of the data.
    pub(crate) fn seen(&mut self, date: NaiveDate) {
        if date <= self.as_of {
            self.newest = self.newest.max(Some(date));
        }
    }

    pub(crate) fn number(&mut self, field: &str) -> Option<f64> {
        for &column in self.mapping.columns(field) {
            match self.row.number(column) {
                Ok(None) => {}
                Ok(number) => return number,
                Err(problem) => {
                    self.unread(field, *problem);
                    return None;
                }
            }
        }
        None
    }

    /// The newest of its dates that were read so far.
    pub(crate) fn newest(&self) -> Option<NaiveDate> {
        self.newest
    }

    /// The row is not read, for a reason that a warning says at a column.
    pub(crate) fn leave_out(&mut self, column: usize, message: &str, help: &str) {
        self.left_out = true;
        let place = self.row.place(column);
        self.problems.push(Problem::warning("row-left-out", message).at(place).help(help));
    }

    pub(crate) fn has(&self, field: &str) -> bool {
        self.mapping.has(field)
    }

    pub(crate) fn mapping(&self) -> &Mapping<'_> {
        self.mapping
    }
}
