//! Counts of the cells with two possible readings, each with an example.

use crate::problem::Place;

/// An example to show if a column is ambiguous.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Example {
    pub text: String,
    pub place: Place,
}

impl Example {
    pub(crate) fn of(cell: &str, place: Place) -> Self {
        Self { text: cell.chars().take(80).collect(), place }
    }
}

/// Counts of cells that do not show the order of day and month, or the decimal sign, by themselves.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub(crate) struct OrderVotes {
    pub dmy_only: u64,
    pub mdy_only: u64,
    pub ymd_only: u64,
    pub open: u64,
}

impl OrderVotes {
    /// Counts a date that can have the day first, the month first, or both.
    pub(super) fn add(&mut self, dmy: bool, mdy: bool, n: u64) {
        *match (dmy, mdy) {
            (true, true) => &mut self.open,
            (true, false) => &mut self.dmy_only,
            (false, true) => &mut self.mdy_only,
            (false, false) => &mut self.ymd_only,
        } += n;
    }
}

#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub(crate) struct DecimalVotes {
    pub point_only: u64,
    pub comma_only: u64,
    /// Numbers such as `1,234` and `1.234`, by their sign, which may separate groups or decimals.
    pub open_comma: u64,
    pub open_point: u64,
    /// Whole numbers of at least four digits without a separator, and shorter ones except zero.
    pub long_plain: u64,
    pub short_plain: u64,
}
