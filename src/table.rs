//! The only CSV reader. Bytes of any export → rows whose cells know their place and kind.
//!
//! A file is surveyed first — encoding, dialect, header line, kind and format of each column over all of its cells —
//! and then read in a stream, so that a file of any size takes bounded memory. `inspect` prints the survey,
//! [`crate::source`] reads the rows. Nothing is guessed in silence: what two readings fit is a [`Problem`].

use std::path::Path;

use chrono::NaiveDate;

use crate::config::ReadingOptions;
use crate::problem::{Failure, Place, Problem, Problems};

/// What a column holds.
#[derive(Debug, Clone, Copy, PartialEq, Eq, serde::Serialize)]
#[serde(rename_all = "lowercase")]
pub enum Kind {
    Date,
    Number,
    Text,
    List,
}

/// One column as it was found.
#[derive(Debug, Clone)]
pub struct Column {
    /// As it stands in the header, trimmed; `column 3` where there is none.
    pub name: String,
    /// 0-based.
    pub position: usize,
    pub kind: Kind,
    /// For people: `06/Jan/26 9:29 AM`, `1.234,5`, `45 %`.
    pub format: String,
}

/// A row that was not read as data, and why.
#[derive(Debug, Clone, PartialEq, Eq, serde::Serialize)]
pub struct Skipped {
    pub line: u64,
    pub reason: String,
}

/// How a file is read.
#[derive(Debug)]
pub struct Survey {
    pub columns: Vec<Column>,
    pub records: u64,
    pub skipped: Vec<Skipped>,
    pub problems: Problems,
}

/// Finds out how `path` is read. `shown` is its name for people; `quotable` whether a problem may show a cell.
pub fn survey(_path: &Path, _shown: &str, _options: &ReadingOptions, _quotable: bool) -> Result<Survey, Failure> {
    todo!()
}

impl Survey {
    /// Reads every data row in the order of the file.
    pub fn rows(&self, _each: &mut dyn FnMut(&Row<'_>)) -> Result<(), Failure> {
        todo!()
    }
}

/// One data row. Columns are addressed by their 0-based position.
pub struct Row<'a> {
    _cells: &'a (),
}

impl Row<'_> {
    /// Physical line on which the row starts, from 1.
    pub fn line(&self) -> u64 {
        todo!()
    }

    /// The cell as text, trimmed, without control characters; None where it is missing.
    pub fn text(&self, _column: usize) -> Option<String> {
        todo!()
    }

    /// The cell as a date, by the format found for its column.
    pub fn date(&self, _column: usize) -> Result<Option<NaiveDate>, Box<Problem>> {
        todo!()
    }

    /// The cell as a number, in the unit of the file (`45%` is 45).
    pub fn number(&self, _column: usize) -> Result<Option<f64>, Box<Problem>> {
        todo!()
    }

    /// Where the cell stands, with the line and the part to underline if it may be quoted.
    pub fn place(&self, _column: usize) -> Place {
        todo!()
    }
}
