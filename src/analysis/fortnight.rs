//! Two-week plans: the last plan against what was done, the next plan, and work that belongs to no milestone.

use std::collections::{BTreeMap, BTreeSet};

use chrono::{Days, NaiveDate};
use schemars::JsonSchema;
use serde::Serialize;

use super::inputs::Inputs;
use super::snapshot_index::TaskIndex;
use super::work::{MilestoneWork, Works, is_open, is_queued};
use crate::config::NextRule;
use crate::history::Snapshot;
use crate::team::{MilestoneId, ObjectiveId, TableKind, Task, TaskKey, TaskStatus};

/// Two weeks, in days.
const FORTNIGHT: u32 = 14;
/// Number of open tasks in the plan if no task is in progress, due or marked.
const FIRST_OPEN: usize = 10;

/// A task in a list.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, JsonSchema)]
pub struct TaskBrief {
    pub key: TaskKey,
    pub title: String,
}

#[derive(Debug, Clone, PartialEq, Serialize, JsonSchema)]
pub struct ReviewedTask {
    pub key: TaskKey,
    pub title: String,
    pub done: bool,
    pub dropped: bool,
    /// The milestone's reason, if the task is not done.
    pub reason: Option<String>,
    /// Whether the date of its milestone was moved with agreement.
    pub moved: bool,
}

/// The last plan against what happened.
#[derive(Debug, Clone, PartialEq, Serialize, JsonSchema)]
pub struct PlanReview {
    /// The day of the 1:1 at which the plan was made.
    pub on: NaiveDate,
    /// Whether the plan is less than 14 days old.
    pub so_far: bool,
    pub tasks: Vec<ReviewedTask>,
    /// Number of finished tasks; null if the export is too old to tell.
    pub done: Option<u32>,
    pub of: u32,
    /// Tasks finished since then that were not planned.
    pub unplanned: Vec<TaskBrief>,
}

#[derive(Debug, Clone, PartialEq, Serialize, JsonSchema)]
pub struct NextGroup {
    pub objective: Option<ObjectiveId>,
    pub objective_name: Option<String>,
    pub milestone: Option<MilestoneId>,
    pub milestone_name: Option<String>,
    pub tasks: Vec<TaskBrief>,
}

/// The plan for the next two weeks.
#[derive(Debug, Clone, PartialEq, Serialize, JsonSchema)]
pub struct Next {
    /// The last day of the plan.
    pub until: NaiveDate,
    pub groups: Vec<NextGroup>,
    /// All task keys, for `record` to store.
    pub keys: Vec<TaskKey>,
    /// Open milestones of this quarter without tasks.
    pub milestones_without_tasks: Vec<String>,
}

impl TaskBrief {
    fn of(task: &Task) -> Self {
        Self { key: task.key.clone(), title: task.name().to_owned() }
    }
}

/// Returns the newest plan that is at least 14 days old; without one, the oldest plan.
pub(super) fn plan_review(inputs: &Inputs, task_index: &TaskIndex) -> Option<PlanReview> {
    let plans: Vec<&Snapshot> = inputs.recorded.iter().filter(|then| !then.next.is_empty()).copied().collect();
    let age = |then: &Snapshot| (inputs.as_of() - then.as_of).num_days();
    let due = plans.iter().rev().find(|then| age(then) >= i64::from(FORTNIGHT));
    let plan = due.or(plans.first())?;
    let planned: Vec<(&TaskKey, Option<&Task>)> = plan.next.iter().map(|key| (key, task_index.get(key))).collect();
    let keys: BTreeSet<&TaskKey> = planned.iter().filter_map(|(_, task)| Some(&(*task)?.key)).collect();
    let finished_since = |task: &&Task| {
        // Snapshots do not name confidential tasks, so it is unknown whether one was planned.
        let may_be_planned = task.counts && !task.confidential;
        may_be_planned && task.status == TaskStatus::Done && task.done_on.is_some_and(|done| done > plan.as_of)
    };
    let mut unplanned: Vec<&Task> =
        inputs.team.tasks.iter().filter(finished_since).filter(|task| !keys.contains(&task.key)).collect();
    unplanned.sort_by_key(|task| (task.done_on, &task.key));
    let done = keys.iter().filter_map(|key| task_index.get(key)).filter(|task| task.status == TaskStatus::Done).count();
    // A task that an old export shows as open may be done by now.
    let is_known = done == planned.len() || !inputs.is_stale(TableKind::Tasks);
    Some(PlanReview {
        on: plan.as_of,
        so_far: age(plan) < i64::from(FORTNIGHT),
        tasks: planned.iter().copied().map(|(key, task)| reviewed_task(inputs, plan.as_of, key, task)).collect(),
        done: is_known.then_some(done as u32),
        of: planned.len() as u32,
        unplanned: unplanned.iter().map(|task| TaskBrief::of(task)).collect(),
    })
}

/// A task that is missing from the export is named by its key.
fn reviewed_task(inputs: &Inputs, said_on: NaiveDate, key: &TaskKey, task: Option<&Task>) -> ReviewedTask {
    let milestone = task.and_then(|task| task.milestone.as_ref());
    let done = task.is_some_and(|task| task.status == TaskStatus::Done);
    let of_milestone = milestone.and_then(|id| inputs.index.milestone(id)).filter(|it| !it.withheld);
    let moved = milestone.and_then(|id| inputs.index.moved_on(id)).is_some_and(|on| on >= said_on);
    ReviewedTask {
        key: key.clone(),
        title: task.map_or_else(|| key.0.clone(), |task| task.name().to_owned()),
        done,
        dropped: task.is_some_and(|task| task.status == TaskStatus::Dropped),
        reason: of_milestone.and_then(|milestone| milestone.reason.clone()).filter(|_| !done),
        moved,
    }
}

/// Returns the tasks in progress, due by the end of the two weeks, or in the configured sprint or label; if there are
/// none, the first open ones by due date. They are grouped by milestone or objective.
pub(super) fn next(inputs: &Inputs, works: &Works) -> Next {
    let days = if let NextRule::DueWithin { days } = inputs.frame.next { days } else { FORTNIGHT };
    let until = inputs.as_of().checked_add_days(Days::new(u64::from(days))).unwrap_or(NaiveDate::MAX);
    let matches = |task: &Task| match &inputs.frame.next {
        NextRule::DueWithin { .. } => task.due.is_some_and(|due| due <= until),
        NextRule::Sprint(sprint) => task.sprints.iter().any(|one| is_word(one, sprint)),
        NextRule::Label(label) => task.labels.iter().any(|one| is_word(one, label)),
    };
    // Open tasks of a done or dropped milestone are not planned, unless they are in progress.
    let is_closed = |task: &Task| {
        let milestone = task.milestone.as_ref().and_then(|id| works.milestone(id));
        task.status != TaskStatus::Doing && milestone.is_some_and(|(_, milestone)| !milestone.is_open())
    };
    let is_next = |task: &&Task| task.counts && !task.withheld && is_queued(task) && !is_closed(task);
    let mut open: Vec<&Task> = inputs.team.tasks.iter().filter(is_next).collect();
    let agreed = |task: &Task| works.milestone(task.milestone.as_ref()?)?.1.agreed;
    let due = |task: &Task| task.due.or_else(|| agreed(task));
    open.sort_by_cached_key(|task| (due(task).is_none(), due(task), task.key.clone()));
    let mut chosen: Vec<&Task> =
        open.iter().copied().filter(|task| task.status == TaskStatus::Doing || matches(task)).collect();
    if chosen.is_empty() {
        chosen = open.into_iter().take(FIRST_OPEN).collect();
    }
    Next {
        until,
        groups: groups(inputs, works, &chosen),
        keys: chosen.iter().map(|task| task.key.clone()).collect(),
        milestones_without_tasks: without_tasks(inputs, works),
    }
}

fn is_word(one: &str, other: &str) -> bool {
    one.eq_ignore_ascii_case(other)
}

/// Groups tasks by objective and milestone in agreed order; those without either come last.
fn groups(inputs: &Inputs, works: &Works, chosen: &[&Task]) -> Vec<NextGroup> {
    let mut groups: BTreeMap<_, NextGroup> = BTreeMap::new();
    for task in chosen {
        let objective = task.objective.as_ref().filter(|_| task.milestone.is_none());
        let place = (works.place(task), &task.milestone, objective);
        groups.entry(place).or_insert_with(|| group(inputs, works, task)).tasks.push(TaskBrief::of(task));
    }
    groups.into_values().collect()
}

fn group(inputs: &Inputs, works: &Works, task: &Task) -> NextGroup {
    let id = task.milestone.as_ref();
    let of_now = id.and_then(|id| works.milestone(id)).map(|(_, work)| work.milestone);
    let milestone = of_now.or_else(|| inputs.index.milestone(id?));
    let objective = milestone.map_or(task.objective.as_ref(), |milestone| milestone.objective.as_ref());
    let name = |id: &ObjectiveId| match inputs.has_only_tasks {
        true => Some(id.to_string()),
        false => works.objective(id).map(|work| work.objective.name.clone()),
    };
    NextGroup {
        objective: objective.cloned(),
        objective_name: objective.and_then(name),
        milestone: milestone.map(|milestone| milestone.id.clone()),
        milestone_name: milestone.map(|milestone| milestone.name.clone()),
        tasks: Vec::new(),
    }
}

/// Returns the open milestones of this quarter without tasks; none if there are no tasks at all.
fn without_tasks(inputs: &Inputs, works: &Works) -> Vec<String> {
    if !inputs.team.tasks.iter().any(|task| task.counts) {
        return Vec::new();
    }
    let is_bare = |it: &&MilestoneWork| it.ours && it.is_open() && it.tasks.is_empty() && !it.milestone.withheld;
    let bare = works.now.iter().flat_map(|work| &work.milestones).filter(is_bare);
    bare.map(|milestone| milestone.milestone.name.clone()).collect()
}

/// Returns the tasks without milestone and objective that are open or were finished since the last 1:1.
pub(super) fn unattached(inputs: &Inputs) -> Vec<TaskBrief> {
    let mut tasks: Vec<&Task> = (inputs.team.tasks.iter())
        .filter(|task| task.counts && !task.withheld && is_loose(inputs, task))
        .filter(|task| is_open(task) || inputs.is_newly_done(task))
        .collect();
    // Finished tasks and those in progress come first.
    tasks.sort_by_key(|task| (std::cmp::Reverse(task.status), &task.key));
    tasks.into_iter().map(TaskBrief::of).collect()
}

/// Returns how many tasks finished since the last 1:1 belong to no objective, and the number of all finished tasks;
/// `None` if none was finished.
pub(super) fn outside(inputs: &Inputs) -> Option<(u32, u32)> {
    let finished = inputs.team.tasks.iter().filter(|task| task.counts && inputs.is_newly_done(task));
    let (outside, all) =
        finished.fold((0u32, 0u32), |(outside, all), task| (outside + u32::from(is_loose(inputs, task)), all + 1));
    (all > 0).then_some((outside, all))
}

/// Whether it is unknown what was finished since the last 1:1: the exports do not cover the time after it, or a task is
/// done on an unknown day and was not done at the last 1:1.
pub(super) fn is_finish_unknown(inputs: &Inputs) -> bool {
    if super::workload::reach(inputs) <= inputs.since.date {
        return true;
    }
    let then = |task: &Task| inputs.last().and_then(|last| last.tasks.get(&task.key)).is_some_and(|then| then.done);
    let mut undated = inputs.team.tasks.iter().filter(|task| task.counts && task.done_on.is_none());
    undated.any(|task| task.status == TaskStatus::Done && !then(task))
}

fn is_loose(inputs: &Inputs, task: &Task) -> bool {
    task.milestone.is_none() && (task.objective.is_none() || inputs.has_only_tasks)
}

/// Returns the tasks of the last snapshot that are missing from the exports.
pub(super) fn vanished(inputs: &Inputs, task_index: &TaskIndex) -> Vec<TaskKey> {
    let then = inputs.last().map(|last| last.tasks.keys()).into_iter().flatten();
    then.filter(|key| task_index.get(key).is_none()).cloned().collect()
}

impl Works<'_> {
    /// Returns the sort key of a task's group.
    fn place(&self, task: &Task) -> (usize, usize) {
        let last = usize::MAX;
        match (&task.milestone, &task.objective) {
            (Some(milestone), _) => self.milestone(milestone).map_or((last - 1, last), |(place, _)| place),
            (None, Some(objective)) => (self.place_of(objective).unwrap_or(last - 1), last),
            (None, None) => (last, last),
        }
    }
}
