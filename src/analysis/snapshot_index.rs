//! A recorded 1:1 as the analysis asks it: where did this task, this milestone, this ask stand then?
//!
//! A snapshot holds the veiled key of what some copy may not name, so a key is found whether it is veiled here,
//! there, or in neither.

use std::collections::BTreeMap;

use crate::history::{MilestoneAt, Snapshot, TaskAt};
use crate::redact::{is_pseudonym, pseudonym, same_id};
use crate::team::{Ask, MilestoneId, Task, TaskKey};

pub(super) struct SnapshotIndex<'a> {
    pub snapshot: &'a Snapshot,
    /// Tasks by veiled key; only filled where the team holds such keys.
    by_pseudonym: BTreeMap<String, &'a TaskAt>,
}

impl<'a> SnapshotIndex<'a> {
    pub fn new(snapshot: &'a Snapshot, tasks: &[Task]) -> Self {
        let any_pseudonym = tasks.iter().any(|task| is_pseudonym(task.key.as_str()));
        let by_pseudonym = || snapshot.tasks.iter().map(|(key, at)| (pseudonym(key.as_str()), at)).collect();
        Self { snapshot, by_pseudonym: if any_pseudonym { by_pseudonym() } else { BTreeMap::new() } }
    }

    pub fn task(&self, key: &TaskKey) -> Option<&'a TaskAt> {
        let tasks = &self.snapshot.tasks;
        tasks.get(key).or_else(|| match is_pseudonym(key.as_str()) {
            true => self.by_pseudonym.get(key.as_str()).copied(),
            false => tasks.get(&TaskKey(pseudonym(key.as_str()))),
        })
    }

    pub fn milestone(&self, id: &MilestoneId) -> Option<&'a MilestoneAt> {
        let found = self.snapshot.milestones.iter().find(|(then, _)| same_id(then.as_str(), id.as_str()));
        found.map(|(_, at)| at)
    }

    pub fn has_ask(&self, ask: &Ask) -> bool {
        self.snapshot.asks.iter().any(|then| same_id(then.as_str(), ask.id.as_str()))
    }
}

/// Whether a key of a snapshot is one of `tasks`, veiled or not.
pub(super) struct TaskIndex<'a> {
    keys: BTreeMap<std::borrow::Cow<'a, str>, &'a Task>,
}

impl<'a> TaskIndex<'a> {
    pub fn new(tasks: &'a [Task]) -> Self {
        let plain = tasks.iter().map(|task| (task.key.as_str().into(), task));
        let marked =
            tasks.iter().filter(|task| task.confidential).map(|task| (pseudonym(task.key.as_str()).into(), task));
        Self { keys: plain.chain(marked).collect() }
    }

    pub fn get(&self, key: &TaskKey) -> Option<&'a Task> {
        self.keys.get(key.as_str()).or_else(|| self.keys.get(pseudonym(key.as_str()).as_str())).copied()
    }
}
