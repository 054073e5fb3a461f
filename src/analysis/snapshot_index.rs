//! Looks up the state of tasks, milestones and asks at a recorded 1:1. A snapshot does not name what its copy
//! withholds, so withheld things are never found.

use std::cell::OnceCell;
use std::collections::{HashMap, HashSet};

use crate::history::{MilestoneAt, Snapshot, TaskAt};
use crate::team::{Ask, MilestoneId, ObjectiveId, Task, TaskKey};

pub(super) struct SnapshotIndex<'a> {
    pub snapshot: &'a Snapshot,
    asks: OnceCell<HashSet<&'a str>>,
    tasks: OnceCell<TasksAt<'a>>,
}

/// The tasks of a snapshot by the milestone, or else the objective, that they belonged to then.
#[derive(Default)]
struct TasksAt<'a> {
    of_milestones: HashMap<&'a MilestoneId, Vec<&'a TaskKey>>,
    of_objectives: HashMap<&'a ObjectiveId, Vec<&'a TaskKey>>,
}

impl<'a> SnapshotIndex<'a> {
    pub(crate) fn new(snapshot: &'a Snapshot) -> Self {
        Self { snapshot, asks: OnceCell::new(), tasks: OnceCell::new() }
    }

    pub(crate) fn task(&self, key: &TaskKey) -> Option<&'a TaskAt> {
        self.snapshot.tasks.get(key)
    }

    pub(crate) fn milestone(&self, id: &MilestoneId) -> Option<&'a MilestoneAt> {
        self.snapshot.milestones.get(id)
    }

    pub(crate) fn has_ask(&self, ask: &Ask) -> bool {
        let asks = || self.snapshot.asks.iter().map(|id| id.as_str()).collect();
        self.asks.get_or_init(asks).contains(ask.id.as_str())
    }

    /// Returns the tasks that belonged to a milestone then.
    pub(crate) fn tasks_of_milestone(&self, id: &MilestoneId) -> &[&'a TaskKey] {
        self.tasks_at().of_milestones.get(id).map_or(&[], Vec::as_slice)
    }

    /// Returns the tasks that belonged to an objective and no milestone then.
    pub(crate) fn tasks_of_objective(&self, id: &ObjectiveId) -> &[&'a TaskKey] {
        self.tasks_at().of_objectives.get(id).map_or(&[], Vec::as_slice)
    }

    fn tasks_at(&self) -> &TasksAt<'a> {
        self.tasks.get_or_init(|| {
            let mut tasks = TasksAt::default();
            for (key, at) in &self.snapshot.tasks {
                match (&at.milestone, &at.objective) {
                    (Some(id), _) => tasks.of_milestones.entry(id).or_default().push(key),
                    (None, Some(id)) => tasks.of_objectives.entry(id).or_default().push(key),
                    (None, None) => {}
                }
            }
            tasks
        })
    }
}

/// The current tasks by key.
pub(super) struct TaskIndex<'a> {
    keys: HashMap<&'a TaskKey, &'a Task>,
}

impl<'a> TaskIndex<'a> {
    pub(crate) fn new(tasks: &'a [Task]) -> Self {
        Self { keys: tasks.iter().filter(|task| !task.withheld).map(|task| (&task.key, task)).collect() }
    }

    pub(crate) fn get(&self, key: &TaskKey) -> Option<&'a Task> {
        self.keys.get(key).copied()
    }
}
