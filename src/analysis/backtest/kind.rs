//! The question of a forecast.

use schemars::JsonSchema;
use serde::Serialize;

/// The question of a forecast.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize, JsonSchema)]
#[serde(rename_all = "lowercase")]
pub enum Kind {
    /// How many tasks will be finished in the next weeks.
    Count,
    /// When the work that is open now will be done.
    Date,
}

impl Kind {
    pub const BOTH: [Kind; 2] = [Kind::Count, Kind::Date];
}
