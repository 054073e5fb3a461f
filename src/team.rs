//! The typed model of a team: what [`crate::source`] makes of the exports and [`crate::redact`] filters. The rows of logs
//! are types of [`crate::tables`], beside their declarations.
//!
//! Values in here are checked: a date is a date, a reference names something that is there, a list keeps the
//! order of the files. Texts are as the user wrote them, trimmed, without control characters.

mod metric;
mod plan;
pub(crate) mod starter;

use std::collections::BTreeMap;

use chrono::NaiveDate;
use schemars::JsonSchema;
use serde::Serialize;

use crate::tables::Marked;
pub use crate::tables::{
    About, Agreement, Ask, AskId, AskKind, AskStatus, Drives, Event, EventKind, Goal, GoalOf, Level, MilestoneId,
    NoteKind, ObjectiveId, PersonNote, Rating, Risk, RiskStatus, Stage, Stated, StatedAs, Status, TableKind, TaskKey,
    TaskStatus, Win, WinKind,
};
pub use metric::{Aggregate, BaselineWindow, Better, Day, Grain, Metric, MetricKind, StatedOfMetric, TargetFrom};
pub use plan::{KeyResult, Milestone, Objective, ProgressAt, Task};

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

impl Team {
    /// Keeps of every log the rows that `keep` says yes to; it may change them.
    pub fn retain_logged(&mut self, keep: &dyn Fn(&mut dyn Marked) -> bool) {
        self.wins.retain_mut(|row| keep(row));
        self.people.retain_mut(|row| keep(row));
        self.asks.retain_mut(|row| keep(row));
        self.goals.retain_mut(|row| keep(row));
        self.agreements.retain_mut(|row| keep(row));
        self.events.retain_mut(|row| keep(row));
        self.risks.retain_mut(|row| keep(row));
    }
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
    /// Of the rows read: those that are left out of the copy that may be forwarded, and not counted in it.
    #[serde(skip)]
    pub confidential: u64,
    /// Of the rows skipped likewise.
    #[serde(skip)]
    pub withheld_skipped: u64,
    /// The newest date in the other rows.
    #[serde(skip)]
    pub newest_open: Option<NaiveDate>,
}
