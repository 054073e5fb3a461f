//! What a user can fix about how a file is read. [`crate::config`] fills it from a `[[source]]`; `inspect` and `init`
//! start from the default.

use std::collections::{BTreeMap, HashSet};
use std::sync::Arc;

/// What a user can fix about how a file is read; what is None is inferred.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct ReadingOptions {
    pub delimiter: Option<char>,
    pub encoding: Option<String>,
    /// 1-based physical line; 0: no header.
    pub header_line: Option<u64>,
    /// Header names that are asked for: of tables side by side the one is read that has them.
    pub columns: Vec<String>,
    pub date_order: Option<DateOrder>,
    /// The order that the tool is known to write: of dates whose own cells leave it open.
    pub usual_date_order: Option<DateOrder>,
    pub decimal: Option<char>,
    /// field or header → date format or order, where one column differs from the rest.
    pub formats: BTreeMap<String, String>,
    /// Words that mean "missing", besides those known.
    pub missing: Vec<String>,
    /// Lines that start with this are comments.
    pub comment: Option<char>,
    /// Weeks, months and quarters without a year are those nearest to this day; without it they are no dates.
    pub near: Option<chrono::NaiveDate>,
    /// The month in which the fiscal year starts, for quarters and halves; None: January.
    pub fiscal_year_starts: Option<u32>,
    /// Columns of which a row of the table fills at least one of each list: such a row is no total, no group and no note.
    pub required: Vec<Vec<usize>>,
    /// Every row below the header is data.
    pub all_rows: bool,
    /// For date-times with an offset.
    pub timezone: Option<chrono_tz::Tz>,
    /// Rows that not everybody may see.
    pub hidden: Hidden,
}

/// The lines of rows that a copy may leave out: nothing about a column is decided by their cells, unless no other row has
/// one there.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Hidden {
    pub lines: Arc<HashSet<u64>>,
    /// Those of them that are confidential, whatever else they say.
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
