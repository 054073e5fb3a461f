//! Options that a user can set for reading a file. [`crate::config`] fills them from a `[[source]]`; `inspect` and
//! `init` start from the default.

use std::collections::{BTreeMap, HashSet};
use std::sync::Arc;

/// Options for reading a file. An option that is `None` is inferred.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct ReadingOptions {
    pub delimiter: Option<char>,
    pub encoding: Option<String>,
    /// Physical line of the header, from 1. 0 means that there is none.
    pub header_line: Option<u64>,
    /// Header names that are wanted: of tables side by side, the one that has them is read.
    pub columns: Vec<String>,
    pub date_order: Option<DateOrder>,
    /// Date order that the tool is known to use, for dates whose own cells leave it open.
    pub usual_date_order: Option<DateOrder>,
    pub decimal: Option<char>,
    /// Date format or order by field or header, for columns that differ from the others.
    pub formats: BTreeMap<String, String>,
    /// Additional words that mean "missing".
    pub missing: Vec<String>,
    /// First character of comment lines.
    pub comment: Option<char>,
    /// Day to which weeks, months and quarters without a year are resolved. If it is `None`, they are not read as
    /// dates.
    pub near: Option<chrono::NaiveDate>,
    /// Month in which the fiscal year starts, for quarters and halves. `None` means January.
    pub fiscal_year_starts: Option<u32>,
    /// Required columns: a row of the table fills at least one of each list, and is then not a total, a group or a
    /// note.
    pub required: Vec<Vec<usize>>,
    /// Whether every row below the header is data.
    pub all_rows: bool,
    /// Time zone for date-times with an offset.
    pub timezone: Option<chrono_tz::Tz>,
    /// Rows that not everybody may see.
    pub hidden: Hidden,
}

/// The lines of rows that a copy may leave out. Their cells do not influence how a column is read, unless no other row
/// has a cell in it.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Hidden {
    pub lines: Arc<HashSet<u64>>,
    /// Lines of confidential rows, whatever their own cells say.
    pub marked: Arc<HashSet<u64>>,
}

/// Order of day, month and year in a date written with numbers alone.
#[derive(
    Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, serde::Serialize, serde::Deserialize, schemars::JsonSchema,
)]
#[serde(rename_all = "lowercase")]
pub enum DateOrder {
    Dmy,
    Mdy,
    Ymd,
}
