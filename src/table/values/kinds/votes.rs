//! What is counted of the cells that are open to two readings, and a cell to show.

use crate::problem::Place;

/// A cell to show when a column is in doubt.
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

/// Numbers whose order of day and month, or whose decimal sign, the cell alone does not tell.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub(crate) struct OrderVotes {
    pub dmy_only: u64,
    pub mdy_only: u64,
    pub ymd_only: u64,
    pub open: u64,
}

#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub(crate) struct DecimalVotes {
    pub point_only: u64,
    pub comma_only: u64,
    /// `1,234` and `1.234`: could be either; which sign they have.
    pub open_comma: u64,
    pub open_point: u64,
    /// Whole numbers of four digits and more without a sign between them, and shorter ones, but for zero.
    pub long_plain: u64,
    pub short_plain: u64,
}
