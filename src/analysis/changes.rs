//! What changed since the last 1:1, in at most six facts: the strip below the headline. [`super::analyse`] asks for it.

use chrono::{Days, NaiveDate};
use schemars::JsonSchema;
use serde::Serialize;

use super::inputs::Inputs;
use super::metric::ByName;
use super::{AskState, MetricState, MilestoneState, ObjectiveState};
use crate::team::{MetricKind, Status, TableKind};

/// The largest number of changes listed.
const MOST: usize = 6;
/// Milestones that moved by fewer days held their dates.
const LEAST_DAYS: i64 = 3;

#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum ChangeKind {
    TasksDone,
    MilestonesReached,
    /// The milestone whose expected date moved on by most days.
    Slipped,
    /// The one that moved back by most.
    Recovered,
    /// An objective's metric, where it is a stock or a running total, or its change is a signal.
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

/// One thing that changed.
#[derive(Debug, Clone, PartialEq, Serialize, JsonSchema)]
pub struct ChangeSince {
    pub kind: ChangeKind,
    /// The milestone or metric that it is about; of milestones reached, where it is one.
    pub subject: Option<String>,
    /// At the last 1:1; null of what is counted.
    pub from: Option<ChangeValue>,
    pub to: ChangeValue,
}

/// None at all in a first brief: there is nothing to compare with. `may_count`: this copy may count the team's work.
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
            let newly = milestone.done_on.is_some_and(|done| done > since && done <= inputs.as_of());
            milestone.status == Status::Done && newly
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
        if changes.len() < MOST - usize::from(new_asks > 0) && !changes.contains(&outcome) {
            changes.push(outcome);
        }
    }
    changes.extend((new_asks > 0).then(|| count(ChangeKind::NewAsks, new_asks)));
    changes
}

/// The milestone that slipped by most, and the one that recovered by most.
fn moved(milestones: &[&MilestoneState]) -> Vec<ChangeSince> {
    let open = milestones.iter().filter(|milestone| !matches!(milestone.status, Status::Done | Status::Dropped));
    let moves: Vec<(i64, &MilestoneState)> =
        open.filter_map(|milestone| Some((milestone.slip_since_days?, *milestone))).collect();
    let slipped = moves.iter().filter(|(days, _)| *days >= LEAST_DAYS).max_by_key(|(days, _)| *days);
    let recovered = moves.iter().filter(|(days, _)| *days <= -LEAST_DAYS).min_by_key(|(days, _)| *days);
    let change = |kind, (days, milestone): &(i64, &MilestoneState)| {
        let to = milestone.agreed? + chrono::TimeDelta::days(milestone.slip_days?);
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

/// The value of a metric's last closed period beside that of the last one before the 1:1. A move
/// within its usual range does not count as a change.
fn outcome_moved(metric: &MetricState, since: NaiveDate) -> Option<ChangeSince> {
    let then = metric.points().iter().rfind(|point| point.ending <= since)?.value?;
    let now = metric.points().last().filter(|point| point.ending > since)?.value?;
    let tells = matches!(metric.kind, Some(MetricKind::Stock | MetricKind::Cumulative))
        || metric.signals.iter().any(|signal| signal.is_news && signal.week > since);
    (tells && then != now).then(|| ChangeSince {
        kind: ChangeKind::Outcome,
        subject: Some(metric.name.clone()),
        from: Some(ChangeValue::Value(then)),
        to: ChangeValue::Value(now),
    })
}
