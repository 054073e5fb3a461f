//! A row with its cells by field. Cells that cannot be read are collected as problems, so that a reader can ask for all
//! fields of a row and the user sees everything that is wrong with it.

mod answers;
mod cells;
mod done;
mod reading;
mod stated;

use std::collections::BTreeMap;

use chrono::NaiveDate;

pub(crate) use reading::{read, read_with};
pub(crate) use stated::{Stated, unknown_status};

use super::mapping::Mapping;
use super::names::Names;
use super::recognise::is_bare;
use crate::problem::{Problem, Severity};
use crate::table::Row;
use crate::tables::{Cells as _, Lines, TableKind};
use crate::team::Better;

/// A row of a table.
pub(crate) struct Record<'a, 'r> {
    row: &'a Row<'r>,
    mapping: &'a Mapping<'a>,
    table: TableKind,
    as_of: NaiveDate,
    scale: &'a BTreeMap<&'static str, f64>,
    /// The names that its references may use.
    names: &'a mut Names,
    problems: Vec<Problem>,
    newest: Option<NaiveDate>,
    /// Whether only some may see it: its file is private, it is marked, or it has a confidential label.
    confidential: bool,
    is_private: bool,
    /// Fields whose cells cannot be read.
    unread: Vec<String>,
    /// Whether the row is skipped, for the reason in its problems.
    left_out: bool,
}

impl Record<'_, '_> {
    pub(crate) fn line(&self) -> u64 {
        self.row.line()
    }

    /// Returns the physical lines of the row.
    pub(crate) fn lines(&self) -> Lines {
        Lines { first: self.row.line(), last: self.row.last_line() }
    }

    /// Returns whether a copy may leave out the row, as far as is known.
    pub(crate) fn is_hidden(&self) -> bool {
        self.confidential || self.row.is_hidden()
    }

    /// Records a cell that cannot be read. In an optional field, the cell counts as missing.
    fn unread(&mut self, field: &str, mut problem: Problem) {
        // One readable date, or one readable status, is enough.
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

    /// Returns the cells of a field as they stand in the file.
    pub(crate) fn raw_cells(&self, field: &str) -> Vec<String> {
        let cells = self.mapping.columns(field).iter().map(|&column| self.row.raw(column).into_owned());
        cells.filter(|cell| !cell.is_empty()).collect()
    }

    /// Returns the cell of a column, whatever its field.
    pub(crate) fn cell(&self, column: usize) -> Option<String> {
        self.row.text(column)
    }

    /// Returns the date of a column, which also counts for how recent the file is.
    pub(crate) fn date_at(&mut self, column: usize) -> Option<NaiveDate> {
        let date = self.row.measured_on(column).unwrap_or_else(|problem| {
            self.problems.push(*problem);
            None
        });
        date.inspect(|date| self.seen(*date))
    }

    /// Returns the number of a column.
    pub(crate) fn number_at(&mut self, column: usize) -> Option<f64> {
        self.row.number(column).unwrap_or_else(|problem| {
            self.problems.push(*problem);
            None
        })
    }

    /// Returns the number of a column with its unit, in tables where units belong to the cells of a row.
    pub(crate) fn amount_at(&self, column: usize) -> Option<(f64, String)> {
        self.row.amount(column)
    }

    /// Which way is better, as the bound in a cell says it: `≥ 95 %` up, `max. 4 h` down.
    pub(crate) fn bound_of(&self, field: &str) -> Option<Better> {
        let text = self.text(field)?.to_lowercase();
        let starts = |with: &[&str]| with.iter().any(|sign| text.starts_with(sign));
        match (starts(&["≥", ">", "=>", "min"]), starts(&["≤", "<", "=<", "max"])) {
            (true, false) => Some(Better::Up),
            (false, true) => Some(Better::Down),
            _ => None,
        }
    }

    /// The number of a field and its unit, where units belong to the cells of a row.
    pub(crate) fn amount(&self, field: &str) -> Option<(f64, String)> {
        self.mapping.columns(field).iter().find_map(|&column| self.row.amount(column))
    }

    /// Records that the unit of a cell cannot be combined with those beside it.
    pub(crate) fn odd_unit(&mut self, column: usize, usual: &str, odd: &str) {
        let message = format!("this number is in `{odd}`, the others of its metric are in `{usual}`");
        let help = "write all of them in one unit, or make two metrics of it";
        self.problems.push(Problem::error("mixed-units", message).at(self.row.place(column)).help(help));
    }

    /// Whether the row has this cell and no other.
    pub(crate) fn is_bare(&self, column: usize) -> bool {
        is_bare(self.row, column)
    }

    /// Notes that another row of its metric was read before.
    pub(crate) fn repeats_metric(&mut self) {
        let message = "this row has the metric of another one; what both have is taken together";
        let help = "where another column tells them apart, make a [[metric]] of each, with where = { … }";
        self.problems.push(Problem::warning("repeated-metric", message).at(self.row.place(0).unquoted()).help(help));
    }

    /// Records a date of the data.
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

    /// Returns the newest date of the row that has been read so far.
    pub(crate) fn newest(&self) -> Option<NaiveDate> {
        self.newest
    }

    /// Skips the row, with a warning at a column that gives the reason.
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
