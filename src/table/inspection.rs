//! How a file is read, as it was inferred: what `headsup inspect` prints and every reader of its rows goes by.

use std::path::PathBuf;
use std::sync::Arc;

use chrono::{Datelike as _, NaiveDate};

use super::column::Column;
use super::layout::structure::Structure;
use super::options::ReadingOptions;
use super::text::encoding::{Decoded, Encoding};
use super::text::file_stamp::FileStamp;
use super::text::progress::ReadProgress;
use super::text::records::{Block, Blocks, Dialect};
use super::text::unwrap::Unwrapped;
use crate::problem::{Failure, Problems};

/// Skipped rows are listed up to this many; the rest is counted.
pub(crate) const MAX_LISTED_SKIPS: usize = 100_000;
/// Problems of one code are told up to this many times; the rest is counted.
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
    /// The file's name for people.
    pub file: String,
    /// `utf-8`, `utf-16le`, `utf-16be`, `windows-1252`, another that its letters tell, or as configured.
    pub encoding: String,
    /// Whether the file starts with a byte order mark.
    pub bom: bool,
    pub delimiter: char,
    /// 1-based physical line; 0: no header.
    pub header_line: u64,
    pub columns: Vec<Column>,
    /// Data rows after the header, read or skipped.
    pub records: u64,
    /// How many of them are skipped.
    pub skipped_rows: u64,
    /// The skipped ones, in the order of the file; the first hundred thousand of them.
    pub skipped: Vec<Skipped>,
    /// What is wrong with the file as a whole, and notes. A column's doubt stands at the column.
    pub problems: Problems,
    pub(super) path: PathBuf,
    pub(super) stamp: FileStamp,
    pub(super) quotable: bool,
    pub(super) options: ReadingOptions,
    pub(super) found: Encoding,
    pub(super) dialect: Dialect,
    pub(super) structure: Structure,
    /// The year that the title above the table or the name of the file speaks of.
    pub(super) year: Option<i32>,
    /// All of a small file, so that it is read and taken apart once.
    pub(super) whole: Option<Arc<Block>>,
}

impl Inspection {
    /// The names of the header; those that it lacks are blank.
    pub fn header_names(&self) -> impl Iterator<Item = &str> {
        let unnamed = |column: &Column| column.name == format!("column {}", column.position + 1);
        self.columns.iter().map(move |column| if unnamed(column) { "" } else { column.name.as_str() })
    }

    /// The columns of a header name, in the order of the file: several where the header repeats it. Exact matches come
    /// before those that differ only in case.
    pub fn positions(&self, name: &str) -> Vec<usize> {
        let exact: Vec<usize> = self.columns.iter().filter(|c| c.name == name).map(|c| c.position).collect();
        if !exact.is_empty() {
            return exact;
        }
        let lower = name.to_lowercase();
        self.columns.iter().filter(|c| c.name.to_lowercase() == lower).map(|c| c.position).collect()
    }

    /// Lets go of the text of a small file: it is read anew for each pass.
    pub fn let_go(&mut self) {
        self.whole = None;
    }

    /// The day that periods of values without a year are before: that of the data, or the end of the year that the file
    /// speaks of.
    pub(super) fn near(&self) -> Option<NaiveDate> {
        let near = self.options.near?;
        let said = self.year.filter(|year| *year != near.year());
        said.and_then(|year| NaiveDate::from_ymd_opt(year, 12, 31)).or(Some(near))
    }

    /// Whether the row of that line is one that a copy may leave out.
    pub(crate) fn is_hidden(&self, line: u64) -> bool {
        self.options.hidden.lines.contains(&line)
    }

    /// Whether it is known to be confidential.
    pub(crate) fn is_marked(&self, line: u64) -> bool {
        self.options.hidden.marked.contains(&line)
    }

    /// Whether there are such rows.
    pub(crate) fn has_hidden(&self) -> bool {
        !self.options.hidden.lines.is_empty()
    }

    pub(super) fn is_missing(&self, cell: &str) -> bool {
        !self.options.missing.is_empty() && self.options.missing.iter().any(|word| word.trim() == cell)
    }

    /// The file from its beginning, for one pass over it.
    pub(super) fn blocks(&self) -> Result<Blocks<Unwrapped<Decoded>>, Failure> {
        if let Some(whole) = &self.whole {
            return Ok(Blocks::of_one(Arc::clone(whole), &self.file, self.dialect, self.quotable));
        }
        let decoded = Decoded::open(&self.path, self.found).map_err(|e| Failure::read(&self.path, e))?;
        let decoded = decoded.telling(ReadProgress::of(&self.file, self.stamp.length()));
        Ok(Blocks::new(Unwrapped::new(decoded, self.dialect.wrapping), &self.file, self.dialect, self.quotable))
    }
}
