//! Open tasks that a boss asks about: overdue ones, blocked ones, and those that are red according to their team.
//! [`super::analyse`] calls it.

use chrono::NaiveDate;
use schemars::JsonSchema;
use serde::Serialize;

use super::inputs::Inputs;
use super::work::{is_open, is_queued};
use crate::redact::Audience;
use crate::team::{StatedAs, Status, Task, TaskKey};

/// Maximum number of tasks of each kind that are named.
const MAX_NAMED: usize = 5;

/// The open tasks that do not go well.
#[derive(Debug, Clone, Default, PartialEq, Serialize, JsonSchema)]
pub struct Pressing {
    /// Tasks that were due before as-of and were not put aside. Blocked and waiting tasks count.
    pub overdue: u32,
    /// Those overdue longest that this copy may name.
    pub overdue_tasks: Vec<DueTask>,
    pub blocked: u32,
    /// The number of blocked tasks that are overdue.
    pub blocked_overdue: u32,
    /// Those due first that are not overdue and that this copy may name.
    pub blocked_tasks: Vec<DueTask>,
    /// Tasks that are red, at risk or late according to their team, but neither overdue nor blocked.
    pub stated: u32,
    /// Those due first that this copy may name.
    pub stated_tasks: Vec<DueTask>,
}

#[derive(Debug, Clone, PartialEq, Eq, Serialize, JsonSchema)]
pub struct DueTask {
    pub key: TaskKey,
    pub title: String,
    pub due: Option<NaiveDate>,
    /// `due` as written, if it is a week, a month or a quarter.
    #[serde(skip)]
    pub due_period: Option<String>,
    pub blocked: bool,
    /// Whether it waits for others.
    #[serde(skip)]
    pub waiting: bool,
    pub stated: Option<Status>,
    pub stated_as: Option<StatedAs>,
    /// Not in a forwardable copy.
    pub reason: Option<String>,
}

pub(super) fn of(inputs: &Inputs) -> Pressing {
    let tasks = || inputs.team.tasks.iter().filter(|task| task.counts);
    let overdue: Vec<&Task> = tasks().filter(|task| is_overdue(task, inputs.as_of())).collect();
    let blocked = || tasks().filter(|task| task.blocked && is_open(task));
    let only_blocked: Vec<&Task> = blocked().filter(|task| !is_overdue(task, inputs.as_of())).collect();
    let is_listed = |task: &Task| task.blocked || is_overdue(task, inputs.as_of());
    let stated: Vec<&Task> =
        tasks().filter(|task| task.stated.is_some() && is_open(task) && !is_listed(task)).collect();
    let named = |tasks| named(tasks, inputs.audience != Audience::Shared);
    Pressing {
        stated: stated.len() as u32,
        stated_tasks: named(stated),
        overdue: overdue.len() as u32,
        overdue_tasks: named(overdue),
        blocked: blocked().count() as u32,
        blocked_overdue: (blocked().count() - only_blocked.len()) as u32,
        blocked_tasks: named(only_blocked),
    }
}

/// Whether a task was due before as-of and was not put aside: what is blocked, or waits for others, is still due.
pub(super) fn is_overdue(task: &Task, as_of: NaiveDate) -> bool {
    (is_queued(task) || (is_open(task) && (task.blocked || task.waiting))) && task.due.is_some_and(|due| due < as_of)
}

fn named(tasks: Vec<&Task>, with_reason: bool) -> Vec<DueTask> {
    let mut named: Vec<DueTask> = tasks
        .into_iter()
        .filter(|task| !task.withheld)
        .map(|task| DueTask {
            key: task.key.clone(),
            title: task.name().to_owned(),
            due: task.due,
            due_period: task.due_period.clone(),
            blocked: task.blocked,
            waiting: task.waiting,
            stated: task.stated,
            stated_as: task.stated_as,
            reason: task.reason.clone().filter(|_| with_reason),
        })
        .collect();
    named.sort_by(|one, other| {
        (one.due.is_none(), one.due, &one.key).cmp(&(other.due.is_none(), other.due, &other.key))
    });
    named.truncate(MAX_NAMED);
    named
}
