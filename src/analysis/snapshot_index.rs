//! A recorded 1:1 as the analysis asks it: where did this task, this milestone, this ask stand then? A snapshot names
//! nothing that its copy may not show, so what is withheld here is found in none.

use std::collections::{HashMap, HashSet};

use crate::history::{MilestoneAt, Snapshot, TaskAt};
use crate::team::{Ask, MilestoneId, Task, TaskKey};

pub(super) struct SnapshotIndex<'a> {
    pub snapshot: &'a Snapshot,
    asks: HashSet<&'a str>,
}

impl<'a> SnapshotIndex<'a> {
    pub fn new(snapshot: &'a Snapshot) -> Self {
        Self { snapshot, asks: snapshot.asks.iter().map(|id| id.as_str()).collect() }
    }

    pub fn task(&self, key: &TaskKey) -> Option<&'a TaskAt> {
        self.snapshot.tasks.get(key)
    }

    pub fn milestone(&self, id: &MilestoneId) -> Option<&'a MilestoneAt> {
        self.snapshot.milestones.get(id)
    }

    pub fn has_ask(&self, ask: &Ask) -> bool {
        self.asks.contains(ask.id.as_str())
    }
}

/// The tasks of today by key.
pub(super) struct TaskIndex<'a> {
    keys: HashMap<&'a TaskKey, &'a Task>,
}

impl<'a> TaskIndex<'a> {
    pub fn new(tasks: &'a [Task]) -> Self {
        Self { keys: tasks.iter().filter(|task| !task.withheld).map(|task| (&task.key, task)).collect() }
    }

    pub fn get(&self, key: &TaskKey) -> Option<&'a Task> {
        self.keys.get(key).copied()
    }
}
