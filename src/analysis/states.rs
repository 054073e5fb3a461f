//! The states of objectives and milestones. [`super::objective`], [`super::milestone`] and [`super::status`] compute
//! them; later parts of the analysis, and the brief, read them.

use chrono::NaiveDate;
use schemars::JsonSchema;
use serde::Serialize;

use super::Forecast;
use super::burnup::Burnup;
use super::outcome_hold::OutcomeHold;
use super::scope::Scope;
use crate::team::{MilestoneId, ObjectiveId, StatedAs, Status};

/// The reason for a status.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum StatusCause {
    Finished,
    Dropped,
    AgreedDatePassed,
    /// Nothing can be computed: the status is the team's own.
    Stated,
    NothingKnown,
    /// It is in progress but has no date that it could be compared with.
    NoDate,
    /// It is in progress but has no start, so its progress has no pace.
    NoPlan,
    /// Its own numbers: start, target and current value.
    KeyResult,
    StaleSource,
    /// It is behind its plan, but has too few tasks to conclude more.
    TooFewTasks,
    LowOdds,
    /// The team itself names a date after the agreed one.
    OwnDateAfterAgreed,
    LowPace,
    NothingStarted,
    EarlyByAWeek,
    AsPlanned,
}

impl StatusCause {
    /// Whether it is in progress and cannot be compared with any plan.
    pub fn lacks_plan(self) -> bool {
        matches!(self, StatusCause::NoDate | StatusCause::NoPlan)
    }
}

/// The date on which a milestone was expected at a 1:1.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, JsonSchema)]
pub struct Promise {
    /// The day of the 1:1.
    pub on: NaiveDate,
    /// The later of due date and P50 at that time.
    pub expected: NaiveDate,
}

#[derive(Debug, Clone, PartialEq, Serialize, JsonSchema)]
pub struct MilestoneState {
    pub id: MilestoneId,
    pub name: String,
    pub start: Option<NaiveDate>,
    pub original: Option<NaiveDate>,
    pub agreed: Option<NaiveDate>,
    pub due: Option<NaiveDate>,
    pub forecast: Option<Forecast>,
    /// For an outcome milestone: how long its metric has held.
    pub hold: Option<OutcomeHold>,
    /// The projected date, if it is late because of its pace.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub projected: Option<NaiveDate>,
    /// Whether some of its tasks are finished, but too few for a projection.
    #[serde(skip)]
    pub has_few_finished: bool,
    pub done_on: Option<NaiveDate>,
    /// Its due date, else the agreed one, as written, if that is a week, a month or a quarter: "Q4".
    pub period: Option<String>,
    /// The numbers of a key result, with their verdict.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub key_result: Option<KeyResultState>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub confidence: Option<String>,
    /// Those of its dates that are written as periods, with the text.
    #[serde(skip)]
    pub periods: Vec<(NaiveDate, String)>,
    /// (done, else the later of due and P50) − agreed, in days; positive is late.
    pub slip_days: Option<i64>,
    /// Days by which the date that it is done or expected moved since the last snapshot; positive is later.
    pub slip_since_days: Option<i64>,
    /// Done now, and open in the last snapshot.
    #[serde(skip)]
    pub newly_done: bool,
    pub progress: Option<f64>,
    pub planned: Option<f64>,
    pub status: Status,
    /// The reason for the computed status, as data for a sentence.
    pub because: StatusCause,
    pub stated: Option<Status>,
    /// The stated word, if it is not the status itself: `red`.
    pub stated_as: Option<StatedAs>,
    /// The status as written, if its meaning is unknown.
    #[serde(skip)]
    pub stated_text: Option<String>,
    pub reason: Option<String>,
    pub tasks_done: u32,
    pub tasks_all: u32,
    /// Open tasks that are paused.
    pub tasks_paused: u32,
    /// Tasks that an earlier brief knew here and that now belong to another milestone, by that milestone's name.
    pub moved_to: Vec<MovedTo>,
    /// Number of tasks that it ever had.
    pub tasks_ever: u32,
    /// Open tasks of milestones agreed for earlier dates; the forecast assumes that they are done first.
    pub tasks_before: u32,
    pub weight: f64,
    pub owner_team: Option<String>,
    pub carried_from: Option<MilestoneId>,
    /// Agreed date changes, oldest first: agreed on, new date.
    pub moved: Vec<(NaiveDate, NaiveDate)>,
    /// Whether the last snapshot does not contain it.
    pub new: bool,
    /// Its expected dates at the last five 1:1s, oldest first; empty if it is done.
    pub history: Vec<Promise>,
}

/// The direction in which a milestone's date moves.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Trend {
    Slipping,
    Recovering,
}

/// A date that moves by fewer days has held.
pub(super) const MIN_MOVE_DAYS: i64 = 5;

/// Returns a move in days, 0 if it is too small to be one.
fn moved(days: i64) -> i64 {
    if days.abs() < MIN_MOVE_DAYS { 0 } else { days }
}

impl MilestoneState {
    /// Days by which its date moved since the last 1:1; 0 if it held.
    pub fn moved_days(&self) -> Option<i64> {
        self.slip_since_days.map(moved)
    }

    /// Returns the direction of its last two moves, if both are the same.
    ///
    /// Worked example: expected on 1, 8 and 13 December at the last two 1:1s and now, it moved by 7 and 5 days and is
    /// slipping; on 1, 4 and 13 December it moved once.
    pub fn trend(&self) -> Option<Trend> {
        let [.., before, last] = &self.history[..] else { return None };
        match (moved((last.expected - before.expected).num_days()), self.moved_days()?) {
            (1.., 1..) => Some(Trend::Slipping),
            (..=-1, ..=-1) => Some(Trend::Recovering),
            _ => None,
        }
    }

    /// The day it was done, else the later of today's promise and P50.
    pub(super) fn expected(&self) -> Option<NaiveDate> {
        self.done_on.or(self.due.max(self.forecast.map(|forecast| forecast.p50)))
    }

    /// Whether it is open and has work left; a milestone whose tasks are all done only waits to be reported.
    pub fn has_work_left(&self) -> bool {
        let tasks_done = self.tasks_all > 0 && self.tasks_done == self.tasks_all;
        !matches!(self.status, Status::Done | Status::Dropped) && !tasks_done
    }
}

#[derive(Debug, Clone, PartialEq, Serialize, JsonSchema)]
pub struct ObjectiveState {
    pub id: ObjectiveId,
    pub name: String,
    /// The agreed sentence.
    pub wording: Option<String>,
    pub confirmed_on: Option<NaiveDate>,
    /// Whether the boss should be asked to confirm it.
    pub confirm_due: bool,
    pub status: Status,
    /// The reason for the computed status; `stated` if it is the team's own.
    pub because: StatusCause,
    /// The stated word of the objective or of its deciding milestone, if the status is a stated one.
    pub status_as: Option<StatedAs>,
    pub stated: Option<Status>,
    /// The stated word, if it is not the status itself: `red`.
    pub stated_as: Option<StatedAs>,
    pub reason: Option<String>,
    pub strategy: Option<String>,
    pub outcome: Option<Outcome>,
    pub progress: Option<f64>,
    pub planned: Option<f64>,
    /// Number of milestones without reported progress: `progress` and `planned` are those of the others.
    pub unreported: u32,
    /// SPI(t); null in the first four full weeks of a quarter.
    pub spi: Option<f64>,
    pub done: u32,
    pub of: u32,
    /// Open tasks that are paused, and those that are not and belong to no milestone.
    #[serde(skip)]
    pub paused: u32,
    #[serde(skip)]
    pub loose: u32,
    /// Tasks finished since the last 1:1.
    pub done_since: u32,
    /// Tasks finished on an unknown day, which may be since the last 1:1.
    #[serde(skip)]
    pub undated: u32,
    pub scope: Option<Scope>,
    pub milestones: Vec<MilestoneState>,
    pub weight: f64,
    pub burnup: Option<Burnup>,
}

/// The outcome metric of an objective.
#[derive(Debug, Clone, PartialEq, Serialize, JsonSchema)]
pub struct Outcome {
    pub metric: String,
    pub unit: Option<String>,
    pub latest: Option<f64>,
    pub target: Option<f64>,
    pub met: Option<bool>,
    pub moving: OutcomeMove,
    /// The verdict that lane, tile and table show.
    pub verdict: OutcomeVerdict,
}

/// The state of an outcome.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum OutcomeVerdict {
    Meets,
    /// A stock or a running total that has kept up with the straight line to its target.
    OnPath,
    BehindPath,
    /// There is a favourable signal since the quarter began.
    Improving,
    /// There is an unfavourable signal since the quarter began.
    Worse,
    NotMoving,
    /// There are no values, no usual range yet, or no known better direction.
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

/// The state of a key result.
#[derive(Debug, Clone, PartialEq, Serialize, JsonSchema)]
pub struct KeyResultState {
    pub from: Option<f64>,
    pub now: f64,
    pub target: f64,
    pub unit: Option<String>,
    /// The value of the straight line today.
    pub path_today: Option<f64>,
    pub verdict: OutcomeVerdict,
}

/// A milestone that tasks were moved to.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, JsonSchema)]
pub struct MovedTo {
    /// Empty if this copy may not name it, or the tasks belong to no milestone now.
    pub milestone: String,
    pub tasks: u32,
}
