//! Snapshots: the numbers as they stood at each recorded 1:1, and what the next brief compares with.
//!
//! `render` writes one beside the brief; `record` promotes that one to `history/`. A snapshot holds ids, dates and
//! numbers only, never a sentence about anybody. One in `history/` holds nothing of, or derived from, what a forwarded
//! copy withholds; what the boss saw besides stands in `private/shown.json` ([`shown`]). [`crate::analysis`] makes and reads them; files are read here.
//!
//! [`Recorded::load`] is called by every run, [`Snapshot::parse`] by `headsup record`, which promotes a snapshot.

pub(crate) mod files;
mod pseudonym;
pub(crate) mod shown;

use std::collections::{BTreeMap, BTreeSet, HashMap, HashSet};

use chrono::NaiveDate;
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use crate::team::{AskId, MilestoneId, ObjectiveId, Status, TableKind, TaskKey};

/// What a snapshot of this version is called.
pub const SCHEMA: &str = "headsup.snapshot/1";
pub const VERSION: u32 = 1;

/// The numbers at one 1:1. `schema` is `headsup.snapshot/1`. Fields that this release does not know are ignored.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct Snapshot {
    pub schema: String,
    pub version: u32,
    pub as_of: NaiveDate,
    pub on: NaiveDate,
    pub quarter_start: NaiveDate,
    pub objectives: BTreeMap<ObjectiveId, ObjectiveAt>,
    pub milestones: BTreeMap<MilestoneId, MilestoneAt>,
    /// Every task that counted and that this copy may name: key → where it stood.
    pub tasks: BTreeMap<TaskKey, TaskAt>,
    /// Asks that were open.
    pub asks: Vec<AskId>,
    /// The two-week plan: what was said.
    pub next: Vec<TaskKey>,
    /// Latest weekly value by metric.
    pub metrics: BTreeMap<String, f64>,
    /// Sections that were shown, by lower-case title.
    pub shown: Vec<String>,
    /// What the copy could show besides, as [`ItemId`]s: what is not among them is new. None: an earlier version kept none.
    #[serde(skip_serializing_if = "Option::is_none", default)]
    pub items: Option<BTreeSet<ItemId>>,
}

/// What tells a row of a log from the others, without a word of it: its id, else its date and first words, hashed.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize, schemars::JsonSchema)]
#[serde(transparent)]
pub struct ItemId(String);

impl ItemId {
    /// So many words of a text tell it apart: what is added at its end does not make it another.
    const FIRST_WORDS: usize = 6;

    /// A row of `table` with an id of its own.
    pub fn of_id(table: TableKind, id: &str) -> Self {
        Self::hashed(table, &[id])
    }

    /// A row of `table` without one: its date, what it is about, its first words.
    pub fn of_text(table: TableKind, date: Option<NaiveDate>, about: &str, text: &str) -> Self {
        let words: Vec<String> = text.split_whitespace().take(Self::FIRST_WORDS).map(str::to_lowercase).collect();
        let date = date.map(|date| date.to_string()).unwrap_or_default();
        Self::hashed(table, &[&date, &about.to_lowercase(), &words.join(" ")])
    }

    /// FNV-1a, 64 bits: short, and the same on every machine.
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
    /// Where it builds up to an objective and to no milestone of it.
    #[serde(skip_serializing_if = "Option::is_none", default)]
    pub objective: Option<ObjectiveId>,
    pub done: bool,
    #[serde(skip_serializing_if = "Option::is_none", default)]
    pub estimate: Option<f64>,
}

/// All recorded 1:1s before as-of, oldest first, as one copy may know them.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct History {
    pub snapshots: Vec<Snapshot>,
}

/// All recorded 1:1s as the team folder has them: what a forwarded copy showed, and what the boss saw besides.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Recorded {
    open: Vec<Snapshot>,
    shown: BTreeMap<NaiveDate, Snapshot>,
}

impl Recorded {
    /// The 1:1s as a copy knows them. `sees_private`: with what the boss saw and a forwarded copy did not show.
    pub fn history(&self, sees_private: bool) -> History {
        let seen = |open: &Snapshot| self.shown.get(&open.as_of).filter(|_| sees_private).unwrap_or(open).clone();
        History { snapshots: self.open.iter().map(seen).collect() }
    }

    /// The day of the first 1:1 that knew an agreed date of a milestone, and that date.
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

/// Keys of tasks, and ids and names of other things, that a copy may not know.
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
    /// Forgets what is withheld today, also where it was not yet at that 1:1.
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
    /// Forgets items of logs, as those of a person who left.
    pub fn forget_items(&mut self, items: &BTreeSet<ItemId>) {
        self.items.iter_mut().for_each(|known| known.retain(|item| !items.contains(item)));
    }
}

impl History {
    /// The last recorded 1:1.
    pub fn last(&self) -> Option<&Snapshot> {
        self.snapshots.last()
    }
}
