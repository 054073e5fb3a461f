//! The typed model of a team: [`crate::source`] builds it from the exports and [`crate::redact`] filters it. The rows
//! of logs are types of [`crate::tables`], beside their declarations.
//!
//! Values are checked: dates are valid, references point to something that exists, and lists keep the order of the
//! files. Texts are the user's, trimmed and without control characters.

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

/// A team with everything that is known about it, before redaction.
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
    /// The metrics without the rows of private files; `None` if no private file has metrics.
    #[serde(skip)]
    pub open_metrics: Option<Vec<Metric>>,
    pub wins: Vec<Win>,
    pub people: Vec<PersonNote>,
    pub asks: Vec<Ask>,
    pub goals: Vec<Goal>,
    pub agreements: Vec<Agreement>,
    pub events: Vec<Event>,
    pub risks: Vec<Risk>,
    /// How many tasks have each value that names no known milestone.
    pub unmatched: BTreeMap<String, u64>,
    pub sources: Vec<SourceRead>,
}

impl Team {
    /// Keeps the rows of all logs for which `keep` returns true; `keep` may change them.
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

/// What was read from one configured source; the brief's footer adds these up.
#[derive(Debug, Clone, PartialEq, Serialize, JsonSchema)]
pub struct SourceRead {
    /// As configured, relative to the team folder.
    pub file: String,
    pub table: TableKind,
    pub records: u64,
    pub read: u64,
    pub skipped: u64,
    /// The newest date in its data, for staleness; due dates do not count.
    pub newest: Option<NaiveDate>,
    /// Days after which it counts as stale.
    pub cadence: u32,
    /// Its files are private: only the `me` copy mentions them.
    #[serde(skip)]
    pub is_private: bool,
    /// Rows that were read but that the forwardable copy leaves out and does not count.
    #[serde(skip)]
    pub confidential: u64,
    /// Rows that were skipped and that the forwardable copy does not count.
    #[serde(skip)]
    pub withheld_skipped: u64,
    /// The newest date in the rows that are not confidential.
    #[serde(skip)]
    pub newest_open: Option<NaiveDate>,
}
