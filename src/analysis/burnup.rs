//! The burn-up of one objective: work done and scope by day, the plan, and the forecast band.

use chrono::NaiveDate;
use schemars::JsonSchema;
use serde::Serialize;

use super::inputs::Inputs;
use super::progress::PlannedWork;
use super::sizes::Sizes;
use super::snapshot_index::SnapshotIndex;
use super::work::Work;
use crate::team::{Task, TaskStatus};

/// A burn-up; all amounts have the same unit (tasks, or estimate points).
#[derive(Debug, Clone, PartialEq, Serialize, JsonSchema)]
pub struct Burnup {
    pub unit: BurnupUnit,
    /// One point for each day from the quarter's start to as-of: date, done, scope.
    pub days: Vec<(NaiveDate, f64, f64)>,
    /// The plan: date, and the amount that should be done by then.
    pub plan: Vec<(NaiveDate, f64)>,
    /// The forecast from as-of on: date, and the amounts done in 85 %, 50 % and 15 % of the trials.
    pub band: Vec<(NaiveDate, f64, f64, f64)>,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, JsonSchema)]
#[serde(rename_all = "lowercase")]
pub enum BurnupUnit {
    Tasks,
    Points,
}

/// Largest share of the finished work without a known day with which a burn-up is drawn.
const MAX_UNDATED_SHARE: f64 = 0.1;

/// Returns `None` if the objective has no tasks, or if the days on which they were finished are not known.
pub(super) fn of_objective(
    inputs: &Inputs,
    work: &Work,
    sizes: &Sizes,
    plan: &PlannedWork,
    band: Vec<(NaiveDate, f64, f64, f64)>,
) -> Option<Burnup> {
    work.scope().next()?;
    let dropped = work.tasks().filter(|task| task.status == TaskStatus::Dropped);
    let lives: Vec<Life> =
        work.scope().chain(dropped).map(|task| Life::of(task, sizes, &inputs.meetings, inputs.as_of())).collect();
    let sum = |counts: fn(&Life) -> bool| lives.iter().filter(|life| counts(life)).map(|life| life.size).sum::<f64>();
    if sum(|life| life.is_undated) > MAX_UNDATED_SHARE * sum(|life| life.done.is_some()) {
        return None;
    }
    let at = |day: NaiveDate| {
        let (mut done, mut scope) = (0.0, 0.0);
        for life in &lives {
            done += if life.done.is_some_and(|done| done <= day) { life.size } else { 0.0 };
            scope += if life.is_in_scope(day) { life.size } else { 0.0 };
        }
        (day, done, scope)
    };
    let days = inputs.quarter.start.iter_days().take_while(|day| *day <= inputs.as_of());
    // A plan in milestone weights does not fit a chart of tasks.
    let mut planned = if work.is_in_tasks() && plan.total() > 0.0 { plan.points.clone() } else { Vec::new() };
    planned.retain(|(day, _)| *day >= inputs.quarter.start);
    if let Some((_, all)) = planned.last().copied().filter(|(last, _)| *last < inputs.quarter.end) {
        planned.push((inputs.quarter.end, all));
    }
    Some(Burnup {
        unit: if sizes.are_estimates() { BurnupUnit::Points } else { BurnupUnit::Tasks },
        days: days.map(at).collect(),
        plan: planned,
        band,
    })
}

/// When a task entered the scope, was done, and left the scope. Dates come from the export, else from the snapshots.
/// Without either, a task was always in scope, was done when that was first seen, and was never in scope if it is
/// dropped.
struct Life {
    size: f64,
    /// Whether it is done on an unknown day and no snapshot has seen it open.
    is_undated: bool,
    /// First day in scope; `None`: from the beginning.
    from: Option<NaiveDate>,
    done: Option<NaiveDate>,
    /// First day out of scope again.
    until: Option<NaiveDate>,
}

impl Life {
    fn of(task: &Task, sizes: &Sizes, recorded: &[SnapshotIndex], as_of: NaiveDate) -> Self {
        let seen = || recorded.iter().filter_map(|then| Some((then.snapshot.as_of, then.task(&task.key)?)));
        let first_seen_done = || seen().find(|(_, at)| at.done).map_or(as_of, |(date, _)| date);
        let was_open = seen().any(|(_, at)| !at.done);
        let done = (task.status == TaskStatus::Done).then(|| task.done_on.unwrap_or_else(first_seen_done));
        let dropped = task.status == TaskStatus::Dropped;
        let last_seen = || seen().next_back().map(|(date, _)| date + chrono::Days::new(1));
        let until = dropped.then(|| task.done_on.or_else(last_seen).unwrap_or(NaiveDate::MIN));
        let is_undated = done.is_some() && task.done_on.is_none() && !was_open;
        Self { size: sizes.of(task), is_undated, from: task.created.min(done.or(task.created)), done, until }
    }

    fn is_in_scope(&self, day: NaiveDate) -> bool {
        self.from.is_none_or(|from| from <= day) && self.until.is_none_or(|until| day < until)
    }
}
