//! How a file is read, as it was inferred. `headsup inspect` prints it, and every reader of the rows uses it.

use std::path::PathBuf;
use std::sync::Arc;

use chrono::{Datelike as _, NaiveDate};

use super::column::Column;
use super::layout::structure::Structure;
use super::options::{Hidden, ReadingOptions};
use super::text::encoding::{Decoded, Encoding};
use super::text::file_stamp::FileStamp;
use super::text::progress::ReadProgress;
use super::text::records::{Block, Blocks, Dialect};
use super::text::unwrap::Unwrapped;
use crate::problem::{Failure, Problems};

/// Most skipped rows that are listed; the others are counted.
pub(crate) const MAX_LISTED_SKIPS: usize = 100_000;
/// Most problems with the same code that are reported; the others are counted.
pub(crate) const MAX_PROBLEMS_OF_A_CODE: u64 = 10;

/// A row that was not read as data, and why.
#[derive(Debug, Clone, PartialEq, Eq, serde::Serialize, schemars::JsonSchema)]
pub struct Skipped {
    pub line: u64,
    pub reason: String,
    /// How the row begins, where it may be quoted.
    #[serde(skip)]
    pub text: String,
    /// It may be a row like the others: only its shape speaks against it.
    #[serde(skip)]
    pub is_doubtful: bool,
}

/// How a file is read.
#[derive(Debug)]
pub struct Inspection {
    /// Name of the file for people.
    pub file: String,
    /// Encoding: `utf-8`, `utf-16le`, `utf-16be`, `windows-1252`, another one that was detected from the letters, or
    /// the configured one.
    pub encoding: String,
    /// Whether the file starts with a byte order mark.
    pub bom: bool,
    pub delimiter: char,
    /// Physical line of the header, from 1. 0 means that there is none.
    pub header_line: u64,
    pub columns: Vec<Column>,
    /// Number of data rows after the header, read or skipped.
    pub records: u64,
    /// Number of skipped rows.
    pub skipped_rows: u64,
    /// The skipped rows in the order of the file, up to the first hundred thousand.
    pub skipped: Vec<Skipped>,
    /// Problems of the file as a whole, and notes. Ambiguities of a column are stored in the column.
    pub problems: Problems,
    pub(super) path: PathBuf,
    pub(super) stamp: FileStamp,
    pub(super) quotable: bool,
    pub(super) options: ReadingOptions,
    pub(super) found: Encoding,
    pub(super) dialect: Dialect,
    pub(super) structure: Structure,
    /// Year in the title above the table or in the name of the file.
    pub(super) year: Option<i32>,
    /// The contents of a small file, so that it is read and split only once.
    pub(super) whole: Option<Arc<Block>>,
}

impl Inspection {
    /// Returns the names of the header. Missing names are blank.
    pub fn header_names(&self) -> impl Iterator<Item = &str> {
        let unnamed = |column: &Column| column.name == format!("column {}", column.position + 1);
        self.columns.iter().map(move |column| if unnamed(column) { "" } else { column.name.as_str() })
    }

    /// Returns the columns with a header name, in the order of the file. A header may repeat a name. Exact matches come
    /// before those that differ only in case.
    pub fn positions(&self, name: &str) -> Vec<usize> {
        let exact: Vec<usize> = self.columns.iter().filter(|c| c.name == name).map(|c| c.position).collect();
        if !exact.is_empty() {
            return exact;
        }
        let lower = name.to_lowercase();
        self.columns.iter().filter(|c| c.name.to_lowercase() == lower).map(|c| c.position).collect()
    }

    /// Releases the contents of a small file: it is then read again for each pass.
    pub fn let_go(&mut self) {
        self.whole = None;
    }

    /// Returns whether the user said that every row is one of the table.
    pub(crate) fn reads_all_rows(&self) -> bool {
        self.options.all_rows
    }

    /// Returns the day before which periods without a year lie: the day of the data, or the end of the year that the
    /// file mentions. `None` if neither is known.
    pub(crate) fn near(&self) -> Option<NaiveDate> {
        let near = self.options.near?;
        let said = self.year.filter(|year| *year != near.year());
        said.and_then(|year| NaiveDate::from_ymd_opt(year, 12, 31)).or(Some(near))
    }

    /// Returns whether a copy may leave out the row at this line.
    pub(crate) fn is_hidden(&self, line: u64) -> bool {
        self.options.hidden.lines.contains(&line)
    }

    /// Returns whether the row at this line is known to be confidential.
    pub(crate) fn is_marked(&self, line: u64) -> bool {
        self.options.hidden.marked.contains(&line)
    }

    /// Returns the rows that a copy may leave out.
    pub(crate) fn hidden(&self) -> &Hidden {
        &self.options.hidden
    }

    /// Returns whether there are rows that a copy may leave out.
    pub(crate) fn has_hidden(&self) -> bool {
        !self.options.hidden.lines.is_empty()
    }

    pub(super) fn is_missing(&self, cell: &str) -> bool {
        !self.options.missing.is_empty() && self.options.missing.iter().any(|word| word.trim() == cell)
    }

    /// Returns the blocks of the file from its beginning, for one pass.
    pub(super) fn blocks(&self) -> Result<Blocks<Unwrapped<Decoded>>, Failure> {
        if let Some(whole) = &self.whole {
            return Ok(Blocks::of_one(Arc::clone(whole), &self.file, self.dialect, self.quotable));
        }
        let decoded = Decoded::open(&self.path, self.found).map_err(|e| Failure::read(&self.path, e))?;
        let decoded = decoded.telling(ReadProgress::of(&self.file, self.stamp.length()));
        Ok(Blocks::new(Unwrapped::new(decoded, self.dialect.wrapping), &self.file, self.dialect, self.quotable))
    }
}
