//! Snapshots: the numbers at each recorded 1:1, which the next brief compares with.
//!
//! `render` writes a snapshot beside the brief; `record` moves it to `history/`. A snapshot contains only ids, dates
//! and numbers, never a sentence about anybody. Snapshots in `history/` contain nothing that a forwarded copy
//! withholds, nor anything derived from it; what else the boss saw is in `private/shown.json` ([`shown`]).
//! [`crate::analysis`] makes and compares snapshots; this module reads and writes their files.
//!
//! Every run calls [`Recorded::load`]; `headsup record` calls [`Snapshot::parse`].

pub(crate) mod files;
mod pseudonym;
pub(crate) mod shown;

use std::collections::{BTreeMap, BTreeSet, HashMap, HashSet};

use chrono::NaiveDate;
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use crate::team::{AskId, MilestoneId, ObjectiveId, Status, TableKind, TaskKey};

/// Value of `schema` in snapshots of this version.
pub const SCHEMA: &str = "headsup.snapshot/1";
pub const VERSION: u32 = 1;

/// The numbers at one 1:1. `schema` is `headsup.snapshot/1`. Unknown fields are ignored.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct Snapshot {
    pub schema: String,
    pub version: u32,
    pub as_of: NaiveDate,
    pub on: NaiveDate,
    pub quarter_start: NaiveDate,
    pub objectives: BTreeMap<ObjectiveId, ObjectiveAt>,
    pub milestones: BTreeMap<MilestoneId, MilestoneAt>,
    /// Every task that counted and that this copy may name, with its state.
    pub tasks: BTreeMap<TaskKey, TaskAt>,
    /// Ids of the open asks.
    pub asks: Vec<AskId>,
    /// The tasks of the two-week plan.
    pub next: Vec<TaskKey>,
    /// Latest weekly value by metric.
    pub metrics: BTreeMap<String, f64>,
    /// Lower-case titles of the sections that were shown.
    pub shown: Vec<String>,
    /// Everything else that the copy could show; any other item is new to the reader. `None` in snapshots of earlier
    /// versions.
    #[serde(skip_serializing_if = "Option::is_none", default)]
    pub items: Option<BTreeSet<ItemId>>,
}

/// Identifies a row of a log without any of its text: a hash of its id, or of its date and first words.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize, schemars::JsonSchema)]
#[serde(transparent)]
pub struct ItemId(String);

impl ItemId {
    /// Number of words of a text that are hashed. Words added at the end of a text do not make it a new item.
    const FIRST_WORDS: usize = 6;

    /// Returns the id of a row of `table` that has an id of its own.
    pub fn of_id(table: TableKind, id: &str) -> Self {
        Self::hashed(table, &[id])
    }

    /// Returns the id of a row of `table` without one, from its date, its subject and its first words.
    pub fn of_text(table: TableKind, date: Option<NaiveDate>, about: &str, text: &str) -> Self {
        let words: Vec<String> = text.split_whitespace().take(Self::FIRST_WORDS).map(str::to_lowercase).collect();
        let date = date.map(|date| date.to_string()).unwrap_or_default();
        Self::hashed(table, &[&date, &about.to_lowercase(), &words.join(" ")])
    }

    /// Hashes with FNV-1a, 64 bits: short, and equal on every machine.
    fn hashed(table: TableKind, parts: &[&str]) -> Self {
        let bytes = parts.iter().flat_map(|part| part.bytes().chain([0]));
        let hash = bytes
            .fold(0xcbf2_9ce4_8422_2325u64, |hash, byte| (hash ^ u64::from(byte)).wrapping_mul(0x0000_0100_0000_01b3));
        Self(format!("{}-{hash:016x}", table.name()))
    }
}

#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct ObjectiveAt {
    pub status: Status,
    pub progress: Option<f64>,
}

#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
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

#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct TaskAt {
    pub milestone: Option<MilestoneId>,
    /// The objective, if the task belongs to one but to none of its milestones.
    #[serde(skip_serializing_if = "Option::is_none", default)]
    pub objective: Option<ObjectiveId>,
    pub done: bool,
    #[serde(skip_serializing_if = "Option::is_none", default)]
    pub estimate: Option<f64>,
}

/// The recorded 1:1s before as-of, oldest first, with only what one copy may know.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct History {
    pub snapshots: Vec<Snapshot>,
}

/// All recorded 1:1s of a team folder: what forwarded copies showed, and what else the boss saw.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Recorded {
    open: Vec<Snapshot>,
    shown: BTreeMap<NaiveDate, Snapshot>,
}

impl Recorded {
    /// Returns the 1:1s for one copy; with `sees_private`, including what only the boss saw.
    pub fn history(&self, sees_private: bool) -> History {
        let seen = |open: &Snapshot| self.shown.get(&open.as_of).filter(|_| sees_private).unwrap_or(open).clone();
        History { snapshots: self.open.iter().map(seen).collect() }
    }

    /// Returns for each milestone the day of the first 1:1 that had an agreed date for it, and that date.
    pub(crate) fn first_agreed(&self) -> HashMap<&MilestoneId, (NaiveDate, NaiveDate)> {
        let shown = self.open.iter().filter_map(|open| self.shown.get(&open.as_of));
        let mut first = HashMap::new();
        for then in self.open.iter().chain(shown) {
            for (id, at) in &then.milestones {
                if let Some(agreed) = at.agreed {
                    first.entry(id).or_insert((then.as_of, agreed));
                }
            }
        }
        first
    }
}

/// Keys, ids and names of things that a copy may not know.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Withheld {
    pub tasks: HashSet<TaskKey>,
    pub milestones: HashSet<MilestoneId>,
    pub objectives: HashSet<ObjectiveId>,
    pub asks: HashSet<AskId>,
    pub metrics: HashSet<String>,
}

impl Withheld {
    pub fn is_empty(&self) -> bool {
        let Self { tasks, milestones, objectives, asks, metrics } = self;
        tasks.is_empty() && milestones.is_empty() && objectives.is_empty() && asks.is_empty() && metrics.is_empty()
    }
}

impl Snapshot {
    /// Removes everything that is withheld today, even if it was not yet withheld at that 1:1.
    pub fn forget(&mut self, withheld: &Withheld) {
        if withheld.is_empty() {
            return;
        }
        let of_hidden = |id: &Option<MilestoneId>| id.as_ref().is_some_and(|id| withheld.milestones.contains(id));
        let of_none = |id: &Option<ObjectiveId>| id.as_ref().is_some_and(|id| withheld.objectives.contains(id));
        self.objectives.retain(|id, _| !withheld.objectives.contains(id));
        self.milestones.retain(|id, at| !withheld.milestones.contains(id) && !of_none(&at.objective));
        self.tasks
            .retain(|key, at| !withheld.tasks.contains(key) && !of_hidden(&at.milestone) && !of_none(&at.objective));
        self.next.retain(|key| !withheld.tasks.contains(key));
        self.asks.retain(|id| !withheld.asks.contains(id));
        self.metrics.retain(|name, _| !withheld.metrics.contains(name));
    }
}

impl Snapshot {
    /// Removes items of logs, such as those about a person who has left.
    pub fn forget_items(&mut self, items: &BTreeSet<ItemId>) {
        self.items.iter_mut().for_each(|known| known.retain(|item| !items.contains(item)));
    }
}

impl History {
    /// Returns the last recorded 1:1.
    pub fn last(&self) -> Option<&Snapshot> {
        self.snapshots.last()
    }
}
