//! The typed model of a team: what [`crate::source`] makes of the exports and [`crate::redact`] filters.
//!
//! Values in here are checked: a date is a date, a reference names something that is there, a list keeps the
//! order of the files. Texts are as the user wrote them, trimmed, without control characters.

mod ledgers;
mod metric;
mod plan;
pub(crate) mod starter;

use std::collections::BTreeMap;
use std::fmt;

use chrono::NaiveDate;
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

pub use crate::tables::{
    About, AskKind, AskStatus, Drives, EventKind, GoalOf, Level, NoteKind, RiskStatus, Stage, StatedAs, Status,
    TableKind, TaskStatus, WinKind,
};
pub use ledgers::{Agreement, Ask, Goal, PersonNote, Rating, Risk, Stated, Win};
pub use metric::{Aggregate, BaselineWindow, Better, Day, Event, Grain, Metric, MetricKind, TargetFrom};
pub use plan::{Milestone, Objective, ProgressAt, Task};

macro_rules! ids {
    ($($(#[$doc:meta])* $name:ident),+ $(,)?) => {$(
        $(#[$doc])*
        #[derive(Debug, Clone, Default, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize, JsonSchema)]
        #[serde(transparent)]
        pub struct $name(pub String);

        impl $name {
            pub fn as_str(&self) -> &str {
                &self.0
            }
        }

        impl From<&str> for $name {
            fn from(text: &str) -> Self {
                Self(text.to_owned())
            }
        }

        impl fmt::Display for $name {
            fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.write_str(&self.0)
            }
        }
    )+};
}

ids! {
    /// An objective's `id`, or its name where it has none.
    ObjectiveId,
    /// A milestone's `id`, or its name where it has none.
    MilestoneId,
    /// A task's key, or `row N` where the export has none.
    TaskKey,
    /// An ask's `id`, or its position where it has none.
    AskId,
}

/// A team with everything known about it, nothing filtered.
#[derive(Debug, Clone, Default, PartialEq, Serialize, JsonSchema)]
pub struct Team {
    pub name: String,
    pub manager: String,
    pub boss: String,
    pub boss_since: Option<NaiveDate>,
    pub members: Vec<String>,
    pub objectives: Vec<Objective>,
    pub milestones: Vec<Milestone>,
    pub tasks: Vec<Task>,
    pub metrics: Vec<Metric>,
    /// The metrics as they are without private files; None where no private file has any.
    #[serde(skip)]
    pub open_metrics: Option<Vec<Metric>>,
    pub wins: Vec<Win>,
    pub people: Vec<PersonNote>,
    pub asks: Vec<Ask>,
    pub goals: Vec<Goal>,
    pub agreements: Vec<Agreement>,
    pub events: Vec<Event>,
    pub risks: Vec<Risk>,
    /// Values in the tasks that name no milestone: value, how many tasks.
    pub unmatched: BTreeMap<String, u64>,
    pub sources: Vec<SourceRead>,
}

/// What was read of one configured source; the brief's footer adds these up.
#[derive(Debug, Clone, PartialEq, Serialize, JsonSchema)]
pub struct SourceRead {
    /// As configured, relative to the team folder.
    pub file: String,
    pub table: TableKind,
    pub records: u64,
    pub read: u64,
    pub skipped: u64,
    /// The newest date in its data (not in its promises: due dates do not count), for staleness.
    pub newest: Option<NaiveDate>,
    /// Days before it counts as stale.
    pub cadence: u32,
    /// Its files are private: no copy but `me` tells that they are there.
    #[serde(skip)]
    pub is_private: bool,
    /// Of the rows read: those that are marked as confidential.
    #[serde(skip)]
    pub confidential: u64,
    /// The newest date in the other rows.
    #[serde(skip)]
    pub newest_open: Option<NaiveDate>,
}
