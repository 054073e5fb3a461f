//! One objective as it stands: progress against plan, status, outcome, scope, and whether the boss should confirm it.

use chrono::NaiveDate;
use schemars::JsonSchema;
use serde::Serialize;

use super::burnup::{self, Burnup};
use super::inputs::Inputs;
use super::milestone::{self, MilestoneState};
use super::scope::{self, Scope};
use super::snapshot_index::{SnapshotIndex, TaskIndex};
use super::status::{ObjectiveStatus, StatusCause};
use super::work::{Sizes, Work};
use super::workload::Expected;
use super::{MetricState, drift, progress, status};
use crate::team::{About, Better, ObjectiveId, StatedAs, Status, TaskStatus};

/// An objective is confirmed every four weeks.
const CONFIRMED_FOR_DAYS: i64 = 28;

#[derive(Debug, Clone, PartialEq, Serialize, JsonSchema)]
pub struct ObjectiveState {
    pub id: ObjectiveId,
    pub name: String,
    /// The agreed sentence.
    pub wording: Option<String>,
    pub confirmed_on: Option<NaiveDate>,
    /// The boss should be asked to confirm it.
    pub confirm_due: bool,
    pub status: Status,
    /// Why the computed status is what it is; `stated`: it is the team's own.
    pub because: StatusCause,
    /// Of a status as stated the word that was used, of the objective or of the milestone that decides.
    pub status_as: Option<StatedAs>,
    pub stated: Option<Status>,
    /// The word that the team used for `stated`, where it is not the status itself: `red`.
    pub stated_as: Option<StatedAs>,
    pub reason: Option<String>,
    pub strategy: Option<String>,
    pub outcome: Option<Outcome>,
    pub progress: Option<f64>,
    pub planned: Option<f64>,
    /// SPI(t); null in the first four full weeks of a quarter.
    pub spi: Option<f64>,
    pub done: u32,
    pub of: u32,
    /// Finished since the last 1:1.
    pub done_since: u32,
    /// Finished on a day that no export says: whether that was since the last 1:1 cannot be told.
    #[serde(skip)]
    pub undated: u32,
    pub scope: Option<Scope>,
    pub milestones: Vec<MilestoneState>,
    pub weight: f64,
    pub burnup: Option<Burnup>,
}

/// Whether an objective's outcome metric moves.
#[derive(Debug, Clone, PartialEq, Serialize, JsonSchema)]
pub struct Outcome {
    pub metric: String,
    pub unit: Option<String>,
    pub latest: Option<f64>,
    pub target: Option<f64>,
    pub met: Option<bool>,
    pub moving: OutcomeMove,
    /// What the lane, the tile and the table say.
    pub verdict: OutcomeVerdict,
}

/// How an outcome stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum OutcomeVerdict {
    Meets,
    /// A stock or a running total has kept up with the straight line to its target.
    OnPath,
    BehindPath,
    /// A signal for the better since the quarter began.
    Improving,
    /// A signal for the worse since the quarter began.
    Worse,
    NotMoving,
    /// No values, no usual range yet, or nobody says which way is better.
    Unknown,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, JsonSchema)]
#[serde(rename_all = "lowercase")]
pub enum OutcomeMove {
    Better,
    Worse,
    Still,
    Unknown,
}

/// All that the objectives of a quarter are measured with.
pub(super) struct ObjectiveInputs<'a> {
    pub sizes: &'a Sizes,
    pub metrics: &'a [MetricState],
    pub task_index: &'a TaskIndex<'a>,
    pub last: Option<&'a SnapshotIndex<'a>>,
}

pub(super) fn state(inputs: &Inputs, work: &Work, expected: Expected, given: &ObjectiveInputs) -> ObjectiveState {
    let (objective, sizes) = (&work.objective, given.sizes);
    let progress = progress::of_objective(work, sizes);
    let plan = work.plan(sizes, inputs.quarter.start);
    let spi =
        progress.and_then(|progress| plan.spi(progress, inputs.quarter.start, measured_on(inputs, work, progress)));
    let milestones = milestone::states(inputs, work, sizes, &expected.milestones, given.last);
    let confirmed_on = confirmed_on(inputs, work);
    let stated = (objective.stated, objective.stated_as);
    let ObjectiveStatus { status, because, word } = status::of_objective(&milestones, progress, stated, inputs.as_of());
    let tasks = || work.scope().filter(|task| task.status == TaskStatus::Done);
    ObjectiveState {
        id: objective.id.clone(),
        name: objective.name.clone(),
        wording: drift::agreed_wording(inputs, objective).or(objective.wording.as_deref()).map(str::to_owned),
        confirmed_on,
        confirm_due: confirmed_on.is_none_or(|on| {
            on < inputs.quarter.start
                || (inputs.as_of() - on).num_days() >= CONFIRMED_FOR_DAYS
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
        spi,
        done: tasks().count() as u32,
        of: work.scope().count() as u32,
        done_since: tasks().filter(|task| inputs.is_newly_done(task)).count() as u32,
        undated: tasks().filter(|task| task.done_on.is_none()).count() as u32,
        scope: scope::of_objective(inputs, work, given.task_index),
        milestones,
        weight: objective.weight.unwrap_or(1.0),
        burnup: burnup::of_objective(inputs, work, sizes, &plan, expected.band),
    }
}

/// The day on which time elapsed is read: as-of, or the day on which all of the work was done.
fn measured_on(inputs: &Inputs, work: &Work, progress: f64) -> NaiveDate {
    let ended = || work.counted().filter_map(|milestone| milestone.done_on()).max();
    if progress >= 1.0 { ended().unwrap_or(inputs.as_of()) } else { inputs.as_of() }
}

/// The last day on which the boss agreed to the objective as it is worded.
fn confirmed_on(inputs: &Inputs, work: &Work) -> Option<NaiveDate> {
    let of_objective = inputs.team.agreements.iter().filter(|agreement| {
        let about_all = agreement.objective.is_none() && agreement.milestone.is_none();
        match agreement.what {
            About::Confirm => about_all || agreement.objective.as_ref() == Some(&work.objective.id),
            About::Wording => agreement.objective.as_ref() == Some(&work.objective.id),
            About::Date | About::Scope => false,
        }
    });
    of_objective
        .map(|agreement| agreement.date)
        .chain(work.objective.agreed_on)
        .max()
        .filter(|on| *on <= inputs.as_of())
}

/// An objective's metric against its target: met, on its path, or whether it moves by a signal since the quarter began,
/// for a single week tells nothing.
fn outcome(inputs: &Inputs, work: &Work, metrics: &[MetricState]) -> Option<Outcome> {
    let name = work.objective.metric.as_deref()?;
    let Some(metric) = metrics.iter().find(|metric| metric.name.eq_ignore_ascii_case(name)) else {
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
        // A signal whose good side nobody named.
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
