//! The state of one objective: progress against plan, status, outcome, scope, and whether the boss should confirm it.

use chrono::NaiveDate;

use super::burnup::{self};
use super::inputs::Inputs;
use super::metric::ByName;
use super::milestone;
use super::scope::{self};
use super::sizes::Sizes;
use super::snapshot_index::{SnapshotIndex, TaskIndex};
use super::states::{ObjectiveState, Outcome, OutcomeMove, OutcomeVerdict};
use super::status::ObjectiveStatus;
use super::work::{Work, is_queued};
use super::workload::Expected;
use super::{drift, progress, status};
use crate::team::{About, Better, TaskStatus};

/// Days after which an objective must be confirmed again.
const CONFIRMATION_DAYS: i64 = 28;
/// Maximum number of objectives for which burn-ups are computed: nobody reads that many charts.
const MAX_BURNUPS: usize = 1_000;

/// The inputs for the states of a quarter's objectives.
pub(super) struct ObjectiveInputs<'a> {
    pub sizes: &'a Sizes,
    pub metrics: &'a ByName<'a>,
    pub task_index: &'a TaskIndex<'a>,
    pub last: Option<&'a SnapshotIndex<'a>>,
}

pub(super) fn state(inputs: &Inputs, work: &Work, expected: Expected, given: &ObjectiveInputs) -> ObjectiveState {
    let (objective, sizes) = (&work.objective, given.sizes);
    let progress = progress::of_objective(work, sizes);
    let plan = work.plan(sizes, inputs.quarter.start);
    let spi =
        progress.and_then(|progress| plan.spi(progress, inputs.quarter.start, measured_on(inputs, work, progress)));
    let milestones = milestone::states(inputs, work, sizes, &expected.milestones, given.metrics, given.last);
    let confirmed_on = confirmed_on(inputs, work);
    let stated = (objective.stated, objective.stated_as);
    let ObjectiveStatus { status, because, word } = status::of_objective(&milestones, progress, stated, inputs.as_of());
    let tasks = || work.scope().filter(|task| task.status == TaskStatus::Done);
    ObjectiveState {
        id: objective.id.clone(),
        name: objective.name.clone(),
        wording: drift::agreed_wording(inputs, objective).or(objective.wording.as_deref()).map(str::to_owned),
        confirmed_on,
        // An objective that the team did not name cannot be confirmed.
        confirm_due: !objective.id.as_str().is_empty()
            && confirmed_on.is_none_or(|on| {
                on < inputs.quarter.start
                    || (inputs.as_of() - on).num_days() >= CONFIRMATION_DAYS
                    || inputs.team.boss_since.is_some_and(|since| on < since)
            }),
        status,
        because,
        status_as: word,
        stated: objective.stated,
        stated_as: objective.stated_as,
        reason: objective.reason.clone(),
        strategy: objective.strategy.clone(),
        outcome: outcome(inputs, work, given.metrics),
        progress,
        planned: plan.share(inputs.as_of()),
        unreported: progress::unreported(work, sizes),
        spi,
        done: tasks().count() as u32,
        of: work.scope().count() as u32,
        paused: work.scope().filter(|task| task.status == TaskStatus::Paused).count() as u32,
        loose: work.loose.iter().filter(|task| is_queued(task)).count() as u32,
        done_since: tasks().filter(|task| inputs.is_newly_done(task)).count() as u32,
        undated: tasks().filter(|task| task.done_on.is_none()).count() as u32,
        scope: scope::of_objective(inputs, work, given.task_index),
        milestones,
        weight: objective.weight.unwrap_or(1.0),
        burnup: (inputs.team.objectives.len() <= MAX_BURNUPS)
            .then(|| burnup::of_objective(inputs, work, sizes, &plan, expected.band))
            .flatten(),
    }
}

/// Returns the day up to which elapsed time is measured: as-of, or the day on which all of the work was done.
fn measured_on(inputs: &Inputs, work: &Work, progress: f64) -> NaiveDate {
    let ended = || work.counted().filter_map(|milestone| milestone.done_on()).max();
    if progress >= 1.0 { ended().unwrap_or(inputs.as_of()) } else { inputs.as_of() }
}

/// Returns the last day on which the boss agreed to the objective's wording.
fn confirmed_on(inputs: &Inputs, work: &Work) -> Option<NaiveDate> {
    let of_objective = inputs.index.agreements_of_objective(&work.objective.id).iter();
    of_objective
        .filter(|agreement| matches!(agreement.what, About::Confirm | About::Wording))
        .map(|agreement| agreement.date)
        .chain(inputs.index.all_confirmed_on)
        .chain(work.objective.agreed_on)
        .max()
        .filter(|on| *on <= inputs.as_of())
}

/// Compares an objective's metric with its target: met, on its path, or whether it moved by a signal since the quarter
/// began, because a single week says nothing.
fn outcome(inputs: &Inputs, work: &Work, metrics: &ByName) -> Option<Outcome> {
    let name = work.objective.metric.as_deref()?;
    let Some(metric) = metrics.get(name) else {
        return Some(Outcome {
            metric: name.to_owned(),
            unit: None,
            latest: None,
            target: work.objective.target,
            met: None,
            moving: OutcomeMove::Unknown,
            verdict: OutcomeVerdict::Unknown,
        });
    };
    let target = work.objective.target.or(metric.target);
    let recent = metric.signals.iter().filter(|signal| signal.week >= inputs.quarter.start);
    let moving = match (metric.range, recent.max_by_key(|signal| signal.week).map(|signal| signal.favourable)) {
        (None, _) => OutcomeMove::Unknown,
        (Some(_), None) => OutcomeMove::Still,
        (Some(_), Some(Some(true))) => OutcomeMove::Better,
        (Some(_), Some(Some(false))) => OutcomeMove::Worse,
        // There is a signal, but the metric does not state whether up or down is good.
        (Some(_), Some(None)) => OutcomeMove::Unknown,
    };
    let met = if target == metric.target {
        metric.target_met
    } else {
        metric.latest.zip(target).zip(metric.better).map(|((latest, target), better)| match better {
            Better::Up => latest >= target,
            Better::Down => latest <= target,
        })
    };
    let verdict = match (met, metric.path.filter(|path| target == Some(path.to)), moving) {
        (Some(true), ..) => OutcomeVerdict::Meets,
        (_, Some(path), _) if path.on_path => OutcomeVerdict::OnPath,
        (_, Some(_), _) => OutcomeVerdict::BehindPath,
        (_, None, OutcomeMove::Better) => OutcomeVerdict::Improving,
        (_, None, OutcomeMove::Worse) => OutcomeVerdict::Worse,
        (_, None, OutcomeMove::Still) => OutcomeVerdict::NotMoving,
        (_, None, OutcomeMove::Unknown) => OutcomeVerdict::Unknown,
    };
    let (name, unit) = (metric.name.clone(), metric.unit.clone());
    Some(Outcome { metric: name, unit, latest: metric.latest, target, met, moving, verdict })
}
