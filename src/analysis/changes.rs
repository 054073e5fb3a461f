//! What changed since the last 1:1, in at most six facts: the strip below the headline. [`super::analyse`] calls it.

use chrono::{Days, NaiveDate};
use schemars::JsonSchema;
use serde::Serialize;

use super::inputs::Inputs;
use super::metric::ByName;
use super::states::MIN_MOVE_DAYS;
use super::{AskState, MetricState, MilestoneState, ObjectiveState};
use crate::team::{MetricKind, Status, TableKind};

/// Maximum number of changes.
const MAX_CHANGES: usize = 6;
/// What was done longer ago is not news, even if it is reported only now.
const NEWS_FOR_DAYS: i64 = 35;

#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum ChangeKind {
    TasksDone,
    MilestonesReached,
    /// The milestone whose expected date moved later by the most days.
    Slipped,
    /// The milestone whose expected date moved earlier by the most days.
    Recovered,
    /// An objective's metric that is a stock or a running total, or whose change is a signal.
    Outcome,
    NewAsks,
}

/// A count, a value of a metric, or a day.
#[derive(Debug, Clone, Copy, PartialEq, Serialize, JsonSchema)]
#[serde(untagged)]
pub enum ChangeValue {
    Count(u32),
    Value(f64),
    Day(NaiveDate),
}

/// One change.
#[derive(Debug, Clone, PartialEq, Serialize, JsonSchema)]
pub struct ChangeSince {
    pub kind: ChangeKind,
    /// Name of the milestone or metric; for reached milestones only if it is a single one.
    pub subject: Option<String>,
    /// Value at the last 1:1; null for counts.
    pub from: Option<ChangeValue>,
    pub to: ChangeValue,
}

/// Returns the changes; none in a first brief, which has nothing to compare with. `may_count`: whether this copy may
/// count the team's work.
pub(super) fn since_last(
    inputs: &Inputs,
    objectives: &[ObjectiveState],
    metrics: &ByName,
    asks: &[AskState],
    may_count: bool,
) -> Vec<ChangeSince> {
    if inputs.first_brief {
        return Vec::new();
    }
    let since = inputs.since.date;
    let count = |kind, n: usize| ChangeSince { kind, subject: None, from: None, to: ChangeValue::Count(n as u32) };
    let milestones: Vec<&MilestoneState> = objectives.iter().flat_map(|objective| &objective.milestones).collect();
    let mut changes = Vec::new();
    let has_tasks = inputs.team.tasks.iter().any(|task| task.counts);
    if may_count && has_tasks && !inputs.is_stale(TableKind::Tasks) {
        let done = inputs.team.tasks.iter().filter(|task| task.counts && inputs.is_newly_done(task));
        changes.push(count(ChangeKind::TasksDone, done.count()));
    }
    if !milestones.is_empty() {
        let reached = milestones.iter().filter(|milestone| {
            let by_date = milestone.done_on.is_some_and(|done| done > since && done <= inputs.as_of());
            // What was done before and is reported only now is news too, where it is not old.
            let is_old = milestone.done_on.is_some_and(|done| (inputs.as_of() - done).num_days() > NEWS_FOR_DAYS);
            milestone.status == Status::Done && (by_date || (milestone.newly_done && !is_old))
        });
        let reached: Vec<&&MilestoneState> = reached.collect();
        let only = if let [one] = reached[..] { Some(one.name.clone()) } else { None };
        changes.push(ChangeSince { subject: only, ..count(ChangeKind::MilestonesReached, reached.len()) });
    }
    changes.extend(moved(&milestones));
    let new_asks = asks.iter().filter(|ask| ask.new).count();
    let outcomes = objectives.iter().filter_map(|objective| {
        let outcome = objective.outcome.as_ref()?;
        outcome_moved(metrics.get(&outcome.metric)?, since)
    });
    for outcome in outcomes {
        if changes.len() < MAX_CHANGES - usize::from(new_asks > 0) && !changes.contains(&outcome) {
            changes.push(outcome);
        }
    }
    changes.extend((new_asks > 0).then(|| count(ChangeKind::NewAsks, new_asks)));
    changes
}

/// Returns the milestone that slipped most, and the one that recovered most.
fn moved(milestones: &[&MilestoneState]) -> Vec<ChangeSince> {
    let open = milestones.iter().filter(|milestone| !matches!(milestone.status, Status::Done | Status::Dropped));
    let moves: Vec<(i64, &MilestoneState)> =
        open.filter_map(|milestone| Some((milestone.slip_since_days?, *milestone))).collect();
    let slipped = moves.iter().filter(|(days, _)| *days >= MIN_MOVE_DAYS).max_by_key(|(days, _)| *days);
    let recovered = moves.iter().filter(|(days, _)| *days <= -MIN_MOVE_DAYS).min_by_key(|(days, _)| *days);
    let change = |kind, (days, milestone): &(i64, &MilestoneState)| {
        let to = milestone.expected()?;
        let from = match days {
            0.. => to - Days::new(days.unsigned_abs()),
            _ => to + Days::new(days.unsigned_abs()),
        };
        let (from, to) = (Some(ChangeValue::Day(from)), ChangeValue::Day(to));
        Some(ChangeSince { kind, subject: Some(milestone.name.clone()), from, to })
    };
    let slipped = slipped.and_then(|it| change(ChangeKind::Slipped, it));
    slipped.into_iter().chain(recovered.and_then(|it| change(ChangeKind::Recovered, it))).collect()
}

/// Returns the change from the metric's last period before the 1:1 to its last one now. A flow or rate that moved
/// within its usual range has not changed.
fn outcome_moved(metric: &MetricState, since: NaiveDate) -> Option<ChangeSince> {
    let then = metric.points().iter().rfind(|point| point.ending <= since)?.value?;
    let now = metric.points().last().filter(|point| point.ending > since)?.value?;
    let is_change = matches!(metric.kind, Some(MetricKind::Stock | MetricKind::Cumulative))
        || metric.signals.iter().any(|signal| signal.is_news && signal.week > since);
    (is_change && then != now).then(|| ChangeSince {
        kind: ChangeKind::Outcome,
        subject: Some(metric.name.clone()),
        from: Some(ChangeValue::Value(then)),
        to: ChangeValue::Value(now),
    })
}
