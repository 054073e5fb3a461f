//! The objectives and milestones as they stand. [`super::objective`], [`super::milestone`] and [`super::status`] work
//! them out; every later part of the analysis, and the brief, reads them.

use chrono::NaiveDate;
use schemars::JsonSchema;
use serde::Serialize;

use super::Forecast;
use super::burnup::Burnup;
use super::outcome_hold::OutcomeHold;
use super::scope::Scope;
use crate::team::{MilestoneId, ObjectiveId, StatedAs, Status};

/// Why a status is what it is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum StatusCause {
    Finished,
    Dropped,
    AgreedDatePassed,
    /// Nothing can be computed: the status is the team's own.
    Stated,
    NothingKnown,
    /// It is under way, and nobody gave a date that it could be held against.
    NoDate,
    /// It is under way, and nothing says since when: a share done by now is no pace.
    NoPlan,
    /// Its numbers say it: start, target and where it is now.
    KeyResult,
    StaleSource,
    /// It is behind its plan by too few tasks to say more.
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
    /// It is under way, and cannot be held against any plan.
    pub fn lacks_plan(self) -> bool {
        matches!(self, StatusCause::NoDate | StatusCause::NoPlan)
    }
}

/// The date that a milestone was expected on at a 1:1.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, JsonSchema)]
pub struct Promise {
    /// The day of the 1:1.
    pub on: NaiveDate,
    /// The later of due and P50 as they stood then.
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
    /// Of an outcome milestone: for how long its metric holds.
    pub hold: Option<OutcomeHold>,
    /// Where it is late by its pace: when that brings it.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub projected: Option<NaiveDate>,
    /// Some of its tasks are finished, and too few to tell where its pace leads.
    #[serde(skip)]
    pub has_few_finished: bool,
    pub done_on: Option<NaiveDate>,
    /// Its due date, else the agreed one, as it is written, where that is a week, a month or a quarter: "Q4".
    pub period: Option<String>,
    /// Of a key result: its numbers, and what they say.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub key_result: Option<KeyResultState>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub confidence: Option<String>,
    /// Which of its dates are written as periods, and how.
    #[serde(skip)]
    pub periods: Vec<(NaiveDate, String)>,
    /// (done, else the later of due and P50) − agreed, in days; positive is late.
    pub slip_days: Option<i64>,
    /// The same now − in the last snapshot.
    pub slip_since_days: Option<i64>,
    pub progress: Option<f64>,
    pub planned: Option<f64>,
    pub status: Status,
    /// Why the computed status is what it is, as data for a sentence.
    pub because: StatusCause,
    pub stated: Option<Status>,
    /// The word that the team used for `stated`, where it is not the status itself: `red`.
    pub stated_as: Option<StatedAs>,
    /// Its status as it is written, where nobody knows what it means.
    #[serde(skip)]
    pub stated_text: Option<String>,
    pub reason: Option<String>,
    pub tasks_done: u32,
    pub tasks_all: u32,
    /// Of its open tasks, those put aside.
    pub tasks_paused: u32,
    /// Tasks that an earlier brief knew here and that now build up to another milestone, by that milestone's name.
    pub moved_to: Vec<MovedTo>,
    /// Tasks that it ever had.
    pub tasks_ever: u32,
    /// Open tasks of milestones agreed for earlier; the forecast takes them first.
    pub tasks_before: u32,
    pub weight: f64,
    pub owner_team: Option<String>,
    pub carried_from: Option<MilestoneId>,
    /// Date moves that were agreed, oldest first: agreed on, to.
    pub moved: Vec<(NaiveDate, NaiveDate)>,
    /// New since the last snapshot.
    pub new: bool,
    /// What it was expected on at the last five 1:1s, oldest first; empty for what is done.
    pub history: Vec<Promise>,
}

impl MilestoneState {
    /// Whether it is open and something of it is still to be done: one whose tasks are all done waits to be reported.
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
    /// Milestones whose progress nobody reports: `progress` and `planned` are those of the others.
    pub unreported: u32,
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

/// How a key result stands.
#[derive(Debug, Clone, PartialEq, Serialize, JsonSchema)]
pub struct KeyResultState {
    pub from: Option<f64>,
    pub now: f64,
    pub target: f64,
    pub unit: Option<String>,
    /// Where the straight line is today.
    pub path_today: Option<f64>,
    pub verdict: OutcomeVerdict,
}

/// Where tasks of a milestone went.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, JsonSchema)]
pub struct MovedTo {
    /// Empty where this copy may not name it, or the tasks build up to no milestone now.
    pub milestone: String,
    pub tasks: u32,
}
