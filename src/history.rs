//! Snapshots: the numbers as they stood at each recorded 1:1, and what the next brief compares with.
//!
//! `render` writes one beside the brief; `record` promotes that one to `history/`. A snapshot holds ids, dates and
//! numbers only, never a sentence about anybody. [`crate::analysis`] makes and reads them; files are read here.
//!
//! [`History::load`] is called by every run, [`Snapshot::parse`] by `headsup record`, which promotes a snapshot.

pub mod files;

use std::collections::BTreeMap;

use chrono::NaiveDate;
use serde::{Deserialize, Serialize};

use crate::team::{AskId, MilestoneId, ObjectiveId, Status, TaskKey};

/// What a snapshot of this version is called.
pub const SCHEMA: &str = "headsup.snapshot/1";
pub const VERSION: u32 = 1;

/// The numbers at one 1:1. `schema` is `headsup.snapshot/1`. Fields that this release does not know are ignored.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Snapshot {
    pub schema: String,
    pub version: u32,
    pub as_of: NaiveDate,
    pub on: NaiveDate,
    pub quarter_start: NaiveDate,
    pub objectives: BTreeMap<ObjectiveId, ObjectiveAt>,
    pub milestones: BTreeMap<MilestoneId, MilestoneAt>,
    /// Every task that counted: key → where it stood. Keys of tasks that this copy may not name are hashed.
    pub tasks: BTreeMap<TaskKey, TaskAt>,
    /// Asks that were open.
    pub asks: Vec<AskId>,
    /// The two-week plan: what was said.
    pub next: Vec<TaskKey>,
    /// Latest weekly value by metric.
    pub metrics: BTreeMap<String, f64>,
    /// Sections that were shown, by lower-case title.
    pub shown: Vec<String>,
}

#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct ObjectiveAt {
    pub status: Status,
    pub progress: Option<f64>,
}

#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct MilestoneAt {
    pub objective: Option<ObjectiveId>,
    pub agreed: Option<NaiveDate>,
    pub due: Option<NaiveDate>,
    pub p50: Option<NaiveDate>,
    pub done_on: Option<NaiveDate>,
    pub slip_days: Option<i64>,
    pub progress: Option<f64>,
    pub status: Status,
}

#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct TaskAt {
    pub milestone: Option<MilestoneId>,
    /// Where it builds up to an objective and to no milestone of it.
    #[serde(skip_serializing_if = "Option::is_none", default)]
    pub objective: Option<ObjectiveId>,
    pub done: bool,
    #[serde(skip_serializing_if = "Option::is_none", default)]
    pub estimate: Option<f64>,
}

/// All recorded 1:1s before as-of, oldest first.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct History {
    pub snapshots: Vec<Snapshot>,
}

impl History {
    /// The last recorded 1:1.
    pub fn last(&self) -> Option<&Snapshot> {
        self.snapshots.last()
    }
}
