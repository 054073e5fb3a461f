//! Every number of the brief, worked out from a cleared team and its history. Pure: no clock, no file, no randomness.
//!
//! The types in here are also the JSON that `render --format json` writes (`headsup.brief/1`), so a field is named
//! as the contract names it, numbers are unrounded, shares are 0 to 1 and changes are fractions
//! (or points ÷ 100 for a metric in percent). [`crate::brief`] calls [`analyse`] and says these numbers in sentences.

pub mod calendar;
pub mod forecast;
pub mod metric;
pub mod period;
pub mod range;
pub mod signal;

use chrono::NaiveDate;
use serde::Serialize;

use crate::clearance::Cleared;
use crate::history::History;
use crate::team::{
    About, AskId, AskKind, AskStatus, Better, Drives, GoalOf, MilestoneId, NoteKind, ObjectiveId, Stage, Status,
    TargetFrom, TaskKey, WinKind,
};

/// What the analysis must know besides the data: dates and the parts of the config that change a number.
#[derive(Debug, Clone)]
pub struct Frame {
    pub as_of: NaiveDate,
    /// The date of the meeting (`--on`), default `as_of`.
    pub on: NaiveDate,
    /// `--since`, if given.
    pub since: Option<NaiveDate>,
    pub calendar: crate::config::Calendar,
    /// `[quarter]` start and end, if given.
    pub quarter: Option<(NaiveDate, NaiveDate)>,
    pub weigh_by: crate::config::WeighBy,
    pub next: crate::config::NextRule,
    /// Weeks between showings, by section.
    pub every: std::collections::BTreeMap<String, u32>,
}

/// All numbers of one brief.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Analysis {
    pub team: String,
    pub manager: String,
    pub boss: String,
    pub as_of: NaiveDate,
    pub on: NaiveDate,
    pub since: Since,
    pub quarter: Quarter,
    /// No 1:1 was ever recorded: nothing is said "since the last 1:1".
    pub first_brief: bool,
    /// The first brief of this quarter opens with the last quarter's close.
    pub last_quarter: Vec<ObjectiveClose>,
    pub decided: Vec<Decided>,
    pub asks: Vec<AskState>,
    pub objectives: Vec<ObjectiveState>,
    pub drift: Vec<Drift>,
    /// Wins since the last 1:1 that drive revenue or retention.
    pub value: Vec<WinState>,
    pub metrics: Vec<MetricState>,
    pub said: Option<Said>,
    pub next: Next,
    pub people: Vec<PersonState>,
    /// Members with no highlight for some weeks; only in the `me` copy.
    pub coverage: Vec<Coverage>,
    pub cross_team: Vec<AskState>,
    /// Wins since the last 1:1 beyond revenue and retention.
    pub beyond: Vec<WinState>,
    pub goals: Vec<GoalState>,
    pub for_me: Option<ForMe>,
    pub concerns: Vec<ConcernState>,
    /// Tasks of the last snapshot that the exports no longer hold.
    pub vanished: Vec<TaskKey>,
    /// Tasks that build up to no milestone, open or finished since the last 1:1.
    pub unattached: Vec<TaskBrief>,
    /// Share of the tasks finished since the last 1:1 that lay outside the objectives; null where none finished.
    pub outside_share: Option<f64>,
    /// Sources whose newest date is older than their cadence.
    pub stale: Vec<Stale>,
    /// The forecast's own track record on this team's past, where there are enough weeks.
    pub track_record: Option<TrackRecord>,
    /// Sections that are not due this week by `[brief.every]`, by lower-case title.
    pub resting: Vec<String>,
    /// Milestones as they were promised at each recorded 1:1, for the slip chart; filled from four snapshots on.
    pub trend: Vec<MilestoneTrend>,
}

/// The date that news counts from.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
pub struct Since {
    pub date: NaiveDate,
    /// True: the last recorded 1:1, or `--since`. False: "in the last 7 days".
    pub recorded: bool,
}

#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Quarter {
    /// `Q4 2026`, `Q3 FY2027`, or the two dates.
    pub label: String,
    pub start: NaiveDate,
    /// The last day.
    pub end: NaiveDate,
    /// Which week of the quarter as-of lies in, from 1.
    pub week: u32,
    pub weeks: u32,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[serde(rename_all = "lowercase")]
pub enum CloseOutcome {
    Met,
    Part,
    Not,
    Carried,
}

/// How an objective of the last quarter ended.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct ObjectiveClose {
    pub name: String,
    pub outcome: CloseOutcome,
    pub done: u32,
    pub of: u32,
}

/// What the boss decided, and what came of it.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Decided {
    /// The ask's text, or the name of the milestone or objective that something was agreed about.
    pub text: String,
    pub date: NaiveDate,
    pub outcome: DecidedOutcome,
    /// The boss's words, if kept.
    pub answer: Option<String>,
    pub delivered_on: Option<NaiveDate>,
    pub ask: Option<AskId>,
    /// What an agreement was about.
    pub about: Option<About>,
    /// The date that was agreed, for an agreement about a date.
    pub to: Option<NaiveDate>,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[serde(rename_all = "lowercase")]
pub enum DecidedOutcome {
    Granted,
    Declined,
    Agreed,
}

#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct AskState {
    /// Its number in this copy, from 1, in the order of urgency.
    pub number: u32,
    pub id: AskId,
    pub kind: Option<AskKind>,
    pub text: String,
    pub why: Option<String>,
    pub recommendation: Option<String>,
    pub alternative: Option<String>,
    pub if_not: Option<String>,
    pub about: Vec<About>,
    pub objective: Option<ObjectiveId>,
    pub milestone: Option<MilestoneId>,
    pub from_team: Option<String>,
    pub to_team: Option<String>,
    pub needed_by: Option<NaiveDate>,
    pub stage: Stage,
    pub status: AskStatus,
    pub asked_on: Option<NaiveDate>,
    /// Days open at as-of; null without `asked_on`.
    pub age_days: Option<i64>,
    /// Not yet in the last snapshot.
    pub new: bool,
    /// `needed_by` has passed.
    pub overdue: bool,
}

/// Odds and dates of one milestone.
#[derive(Debug, Clone, Copy, PartialEq, Serialize)]
pub struct Forecast {
    pub p50: NaiveDate,
    /// Null where fewer than 85 % of the trials finish within two years, or the method gives no band.
    pub p85: Option<NaiveDate>,
    /// Share of trials finished by the agreed date.
    pub odds: Option<f64>,
    pub method: ForecastMethod,
    /// Closed weeks of throughput resampled, or that the pace rests on.
    pub weeks: u32,
    /// Scope is not agreed yet: known tasks only.
    pub known_tasks_only: bool,
    /// Scope kept growing, so arrivals were resampled too.
    pub grows: bool,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum ForecastMethod {
    MonteCarlo,
    /// Too few closed weeks: the rate so far, carried on.
    Pace,
}

#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct MilestoneState {
    pub id: MilestoneId,
    pub name: String,
    pub original: Option<NaiveDate>,
    pub agreed: Option<NaiveDate>,
    pub due: Option<NaiveDate>,
    pub forecast: Option<Forecast>,
    pub done_on: Option<NaiveDate>,
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
    pub reason: Option<String>,
    pub tasks_done: u32,
    pub tasks_all: u32,
    pub weight: f64,
    pub owner_team: Option<String>,
    pub carried_from: Option<MilestoneId>,
    /// Date moves that were agreed, oldest first: agreed on, to.
    pub moved: Vec<(NaiveDate, NaiveDate)>,
    /// New since the last snapshot.
    pub new: bool,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum StatusCause {
    Finished,
    Dropped,
    NothingKnown,
    StaleSource,
    AgreedDatePassed,
    MedianAfterAgreed,
    ProjectionAfterAgreed,
    LowOdds,
    LowPace,
    NothingStarted,
    EarlyByAWeek,
    AsPlanned,
}

#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Scope {
    pub agreed_on: NaiveDate,
    pub baseline: u32,
    pub added: u32,
    pub dropped: u32,
    pub now: u32,
    /// Of all added, not covered by an agreement.
    pub unagreed: u32,
    /// The baseline was rebuilt from creation dates, not read from a snapshot.
    pub estimated: bool,
    /// Labels, or parents, under which the added tasks gather: name, count; most first.
    pub added_under: Vec<(String, u32)>,
    pub moved: Vec<TaskKey>,
    pub reestimated: Vec<TaskKey>,
    pub reopened: Vec<TaskKey>,
}

/// Whether an objective's outcome metric moves.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Outcome {
    pub metric: String,
    pub unit: Option<String>,
    pub latest: Option<f64>,
    pub target: Option<f64>,
    pub met: Option<bool>,
    pub moving: OutcomeMove,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[serde(rename_all = "lowercase")]
pub enum OutcomeMove {
    Better,
    Worse,
    Still,
    Unknown,
}

#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct ObjectiveState {
    pub id: ObjectiveId,
    pub name: String,
    /// The agreed sentence.
    pub wording: Option<String>,
    pub confirmed_on: Option<NaiveDate>,
    /// The boss should be asked to confirm it.
    pub confirm_due: bool,
    pub status: Status,
    pub stated: Option<Status>,
    pub reason: Option<String>,
    pub strategy: Option<String>,
    pub outcome: Option<Outcome>,
    pub progress: Option<f64>,
    pub planned: Option<f64>,
    /// SPI(t); null in the first two weeks of a quarter.
    pub spi: Option<f64>,
    pub done: u32,
    pub of: u32,
    /// Finished since the last 1:1.
    pub done_since: u32,
    pub scope: Option<Scope>,
    pub milestones: Vec<MilestoneState>,
    pub weight: f64,
    pub burnup: Option<Burnup>,
}

/// A burn-up: the same unit throughout (tasks, or estimate points).
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Burnup {
    pub unit: BurnupUnit,
    /// One point a day from the quarter's start to as-of: date, done, scope.
    pub days: Vec<(NaiveDate, f64, f64)>,
    /// Plan: date, what should be done by then.
    pub plan: Vec<(NaiveDate, f64)>,
    /// From as-of on: date, done at 85 %, 50 % and 15 % of the trials.
    pub band: Vec<(NaiveDate, f64, f64, f64)>,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[serde(rename_all = "lowercase")]
pub enum BurnupUnit {
    Tasks,
    Points,
}

/// One move away from what was agreed.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Drift {
    pub about: About,
    pub objective: ObjectiveId,
    pub objective_name: String,
    pub milestone: Option<MilestoneId>,
    pub milestone_name: Option<String>,
    pub detail: DriftDetail,
    /// Agreed again on this date; none: not yet.
    pub agreed_on: Option<NaiveDate>,
    /// The open ask that is about it.
    pub ask: Option<u32>,
    pub new: bool,
}

#[derive(Debug, Clone, PartialEq, Serialize)]
#[serde(tag = "kind", rename_all = "lowercase")]
pub enum DriftDetail {
    /// A date that moved, from what was agreed to what is promised or agreed today.
    Date {
        from: NaiveDate,
        to: NaiveDate,
    },
    Scope(Scope),
    /// By word: the agreed wording against today's.
    Wording {
        words: Vec<WordChange>,
    },
}

#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct WordChange {
    pub change: Change,
    pub text: String,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[serde(rename_all = "lowercase")]
pub enum Change {
    Same,
    Inserted,
    Deleted,
}

#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct WinState {
    pub date: Option<NaiveDate>,
    pub text: String,
    pub kind: Option<WinKind>,
    pub drives: Drives,
    pub amount: Option<String>,
    pub evidence: Option<String>,
    pub link: Option<String>,
    pub validated_by: Option<String>,
    pub with_team: Option<String>,
    pub people: Vec<String>,
    pub objective: Option<ObjectiveId>,
}

/// A value of one closed period; null where the data have none.
#[derive(Debug, Clone, Copy, PartialEq, Serialize)]
pub struct Point {
    pub ending: NaiveDate,
    pub value: Option<f64>,
}

#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct MetricState {
    pub name: String,
    pub unit: Option<String>,
    pub better: Option<Better>,
    /// Changes are differences (points ÷ 100), not ratios.
    pub is_rate: bool,
    pub bps: bool,
    /// The value of the last closed week.
    pub latest: Option<f64>,
    pub wow: Option<f64>,
    pub yoy: Option<f64>,
    pub mom: Option<f64>,
    pub mtd: Option<f64>,
    pub mtd_yoy: Option<f64>,
    pub qtd: Option<f64>,
    pub qtd_yoy: Option<f64>,
    pub ytd: Option<f64>,
    pub ytd_yoy: Option<f64>,
    /// Closed weeks, oldest first.
    pub weeks: Vec<Point>,
    /// The weeks that closed 364 days before each of `weeks`.
    pub weeks_prior_year: Vec<Point>,
    /// Full months, oldest first, last twelve.
    pub months: Vec<Point>,
    pub months_prior_year: Vec<Point>,
    pub range: Option<Range>,
    pub signals: Vec<Signal>,
    /// The target in force at as-of.
    pub target: Option<f64>,
    pub targets: Vec<TargetFrom>,
    /// `latest` against `target`, by `better`; null without one of them.
    pub target_met: Option<bool>,
    pub events: Vec<EventMark>,
    /// The open week, if data reach into it: never compared, never in limits.
    pub partial: Option<Point>,
}

/// The usual range (XmR): centre and natural process limits of the weekly values.
#[derive(Debug, Clone, Copy, PartialEq, Serialize)]
pub struct Range {
    pub centre: f64,
    pub lower: f64,
    pub upper: f64,
    /// Rests on fewer than 17 points.
    pub provisional: bool,
    pub points: u32,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
pub struct Signal {
    /// The closing day of the week that completed the rule.
    pub week: NaiveDate,
    pub rule: Rule,
    /// On the better side, by the metric's `better`; null where that is unknown.
    pub favourable: Option<bool>,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Rule {
    /// A point outside a limit.
    OutsideLimit,
    /// Eight in a row on one side of the centre.
    EightOneSide,
    /// Three of four in a row nearer a limit than the centre, same side.
    ThreeOfFour,
}

#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct EventMark {
    pub date: NaiveDate,
    pub text: String,
}

/// A task as a list shows it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct TaskBrief {
    pub key: TaskKey,
    pub title: String,
}

#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct SaidTask {
    pub key: TaskKey,
    pub title: String,
    pub done: bool,
    pub dropped: bool,
    /// The milestone's reason, where it is not done.
    pub reason: Option<String>,
    /// Its milestone's date was moved with agreement.
    pub moved: bool,
}

/// Last time's plan against what happened.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Said {
    /// The day of the 1:1 at which it was said.
    pub on: NaiveDate,
    /// Fewer than 14 days ago: "so far".
    pub so_far: bool,
    pub tasks: Vec<SaidTask>,
    pub done: u32,
    pub of: u32,
    /// Finished since then and not said.
    pub unplanned: Vec<TaskBrief>,
    /// Of `of` and `unplanned`, tasks that this copy may count and not name.
    pub unnamed: u32,
}

#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct NextGroup {
    pub objective: Option<ObjectiveId>,
    pub objective_name: Option<String>,
    pub milestone: Option<MilestoneId>,
    pub milestone_name: Option<String>,
    pub tasks: Vec<TaskBrief>,
}

/// The plan for the next two weeks.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Next {
    /// The last day it covers.
    pub until: NaiveDate,
    pub groups: Vec<NextGroup>,
    /// All keys, to be frozen by `record`.
    pub keys: Vec<TaskKey>,
    /// Milestones of this quarter, still open, that no task builds up to.
    pub milestones_without_tasks: Vec<String>,
}

#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct PersonState {
    pub date: Option<NaiveDate>,
    pub person: String,
    pub kind: NoteKind,
    pub text: String,
    /// The number of the ask that goes with it.
    pub ask: Option<u32>,
    /// Or the wish itself.
    pub wish: Option<String>,
}

#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Coverage {
    pub person: String,
    pub last_highlight: Option<NaiveDate>,
    pub weeks: Option<i64>,
}

#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct GoalState {
    pub goal: String,
    pub who: GoalOf,
    pub horizon: Option<String>,
    pub target: Option<String>,
    pub progress: Option<f64>,
    /// Progress of the row before the newest.
    pub progress_before: Option<f64>,
    pub note: Option<String>,
    pub date: Option<NaiveDate>,
}

#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct ForMe {
    pub goals: Vec<GoalState>,
    /// Date and words, newest first.
    pub feedback: Vec<(Option<NaiveDate>, String)>,
}

#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct ConcernState {
    pub person: String,
    pub kind: NoteKind,
    pub text: String,
    pub hypothesis: Option<String>,
    pub next_step: Option<String>,
    pub date: Option<NaiveDate>,
    pub age_days: Option<i64>,
    pub raised_on: Option<NaiveDate>,
}

#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Stale {
    pub file: String,
    pub newest: NaiveDate,
    pub days: i64,
    pub cadence: u32,
}

#[derive(Debug, Clone, Copy, PartialEq, Serialize)]
pub struct TrackRecord {
    pub n: u32,
    pub p50_held: f64,
    pub p85_held: f64,
}

#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct MilestoneTrend {
    pub id: MilestoneId,
    pub name: String,
    /// The day of the 1:1, and the date promised then (the later of due and P50, or done).
    pub points: Vec<(NaiveDate, NaiveDate)>,
    pub agreed: Option<NaiveDate>,
}

/// Works out every number of a brief.
pub fn analyse(_team: &Cleared, _history: &History, _frame: &Frame) -> Analysis {
    todo!()
}
