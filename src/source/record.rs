//! One row by the names of its fields. What cannot be read is kept as a problem, so that a reader asks for all fields
//! of a row and the user sees all that is wrong with it.

mod answers;
mod cells;
mod reading;
mod stated;

use std::collections::BTreeMap;

use chrono::NaiveDate;

pub(crate) use reading::{read, read_with};
pub(crate) use stated::Stated;

use super::mapping::Mapping;
use super::names::Names;
use crate::problem::{Problem, Severity};
use crate::table::Row;
use crate::tables::{Cells as _, Lines, TableKind};

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

impl Record<'_, '_> {
    pub(crate) fn line(&self) -> u64 {
        self.row.line()
    }

    /// The physical lines that the row takes.
    pub(crate) fn lines(&self) -> Lines {
        Lines { first: self.row.line(), last: self.row.last_line() }
    }

    /// Whether a copy may leave it out, as far as is known.
    pub(crate) fn is_hidden(&self) -> bool {
        self.confidential || self.row.is_hidden()
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
