//! What the forecast must know of each objective, and its answer put back beside the milestones.

use chrono::{NaiveDate, Weekday};

use super::backtest::{self, WorkHistory};
use super::calibrate::Calibration;
use super::forecast::{self, Outlook, Remaining, Workload};
use super::inputs::Inputs;
use super::scope;
use super::work::{MilestoneWork, Sizes, Work};
use super::{Forecast, TrackRecord};
use crate::team::TaskStatus;

/// The forecast of one objective.
pub(super) struct Expected {
    /// One a milestone of the work, in its order.
    pub milestones: Vec<Option<Forecast>>,
    /// From as-of on: date, done at 85 %, 50 % and 15 % of the trials.
    pub band: Vec<(NaiveDate, f64, f64, f64)>,
}

/// Forecasts all objectives at once, because a trial lives through the same weeks for all of them.
pub(super) fn forecasts(
    inputs: &Inputs,
    works: &[Work],
    sizes: &Sizes,
    calibration: &Calibration,
    trials: &mut Trials,
) -> Vec<Expected> {
    let question = Question {
        objectives: works.iter().map(|work| workload(work, sizes)).collect(),
        calibration: calibration.clone(),
        week_ends: inputs.frame.calendar.week_ends,
        as_of: inputs.as_of(),
        until: inputs.quarter.end,
    };
    works.iter().zip(trials.of(question)).map(|(work, outlook)| expected(inputs, work, outlook)).collect()
}

/// The trials that were run last. A copy of a brief that leaves out words has the work and the past of the one before.
#[derive(Default)]
pub struct Trials {
    known: Option<(Question, Vec<Outlook>)>,
    learned: Option<(Past, Learned)>,
}

/// All that a calibration rests on.
type Past = (WorkHistory, NaiveDate, Weekday);
type Learned = (Calibration, Option<TrackRecord>);

/// All that an answer rests on.
#[derive(PartialEq)]
struct Question {
    objectives: Vec<Workload>,
    calibration: Calibration,
    week_ends: Weekday,
    as_of: NaiveDate,
    until: NaiveDate,
}

impl Trials {
    /// What a team's own past teaches.
    pub(super) fn learn(&mut self, series: WorkHistory, as_of: NaiveDate, week_ends: Weekday) -> Learned {
        let past = (series, as_of, week_ends);
        let known = self.learned.take().filter(|(before, _)| *before == past);
        let learn = || backtest::learn(&past.0, as_of, week_ends);
        let learned = known.map_or_else(learn, |(_, learned)| learned);
        self.learned = Some((past, learned.clone()));
        learned
    }

    fn of(&mut self, asked: Question) -> &[Outlook] {
        let known = self.known.take().filter(|(question, _)| *question == asked);
        let (_, answer) = self.known.insert(known.unwrap_or_else(|| {
            let Question { objectives, calibration, week_ends, as_of, until } = &asked;
            let answer = forecast::outlook(objectives, calibration, *week_ends, *as_of, *until);
            (asked, answer)
        }));
        answer
    }
}

fn workload(work: &Work, sizes: &Sizes) -> Workload {
    let in_plan = || work.counted().flat_map(MilestoneWork::scope);
    let done = || in_plan().filter(|task| task.status == TaskStatus::Done);
    let remaining = |milestone: &MilestoneWork| Remaining {
        open: open_work(milestone, sizes),
        agreed: milestone.agreed,
        added: added(work, milestone, sizes),
    };
    Workload {
        milestones: work.counted().map(remaining).collect(),
        finished: done().filter_map(|task| Some((task.done_on?, sizes.of(task)))).collect(),
        done: done().map(|task| sizes.of(task)).sum(),
        started: in_plan().filter_map(|task| task.started).min(),
        scope_agreed: work.counted().all(|milestone| scope::agreed_on(work, milestone).is_some()),
    }
}

/// What a milestone that is stated done left open holds nobody up, nor does what is paused.
fn open_work(milestone: &MilestoneWork, sizes: &Sizes) -> f64 {
    if milestone.is_done() { 0.0 } else { milestone.queued_tasks().map(|task| sizes.of(task)).sum() }
}

/// Day and size of the tasks added since the scope was agreed.
fn added(work: &Work, milestone: &MilestoneWork, sizes: &Sizes) -> Vec<(NaiveDate, f64)> {
    let Some(agreed_on) = scope::agreed_on(work, milestone) else { return Vec::new() };
    let created = milestone.scope().filter_map(|task| Some((task.created?, sizes.of(task))));
    created.filter(|(created, _)| *created > agreed_on).collect()
}

fn expected(inputs: &Inputs, work: &Work, outlook: &Outlook) -> Expected {
    let mut of_counted = outlook.milestones.iter().cloned();
    let of = |(milestone, planned_from): (&MilestoneWork, NaiveDate)| {
        let counted = milestone.ours && !milestone.is_dropped();
        let forecast = if counted { of_counted.next().flatten() } else { None };
        // Where no tasks tell, the progress column does.
        let by_progress = || {
            let progress =
                milestone.milestone.progress.filter(|_| milestone.is_open() && milestone.tasks.is_empty())?;
            forecast::pace(progress, begun_on(milestone, planned_from), inputs.as_of())
        };
        forecast.or_else(by_progress)
    };
    let planned_from = work.planned_from(inputs.quarter.start);
    Expected { milestones: work.milestones.iter().zip(planned_from).map(of).collect(), band: outlook.band.clone() }
}

/// The day that its progress is measured from: its own start, else the first day of its progress log, else the day from
/// which it is planned.
fn begun_on(milestone: &MilestoneWork, planned_from: NaiveDate) -> NaiveDate {
    let logged = milestone.milestone.log.iter().map(|row| row.on).min();
    milestone.own_start().or(logged).unwrap_or(planned_from)
}
