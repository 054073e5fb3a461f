//! Every number of the brief, worked out from a cleared team and its history. Pure: no clock, no file, no randomness.
//!
//! The types in here are also the JSON that `render --format json` writes (`headsup.brief/2`), so a field is named
//! as the contract names it, numbers are unrounded, shares are 0 to 1 and changes are fractions
//! (or points ÷ 100 for a metric in percent). [`crate::brief`] calls [`analyse`] and says these numbers in sentences.

mod asks;
pub mod backtest;
mod burnup;
mod cadence;
pub mod calendar;
mod close;
mod drift;
mod effect;
pub mod forecast;
mod fortnight;
mod freshness;
mod inputs;
mod known;
pub mod metric;
mod milestone;
mod objective;
mod people;
mod progress;
mod promises;
mod risks;
mod scope;
mod snapshot;
mod snapshot_index;
mod status;
mod wins;
mod work;
mod workload;

use chrono::NaiveDate;
use schemars::JsonSchema;
use serde::Serialize;

use crate::config::Config;
use crate::history::History;
use crate::redact::Redacted;
use crate::team::TaskKey;

pub use asks::{AskState, Decided, DecidedOutcome};
pub use burnup::{Burnup, BurnupUnit};
pub use close::{CloseOutcome, ObjectiveClose};
pub use effect::Effect;
pub use drift::{Change, Drift, DriftDetail, WordChange};
pub use fortnight::{Next, NextGroup, PlanReview, ReviewedTask, TaskBrief};
pub use freshness::Stale;
pub use known::KnownTeam;
pub use metric::{Basis, EventMark, MetricState, Path, Range, Rule, Signal};
pub use milestone::MilestoneState;
pub use objective::{ObjectiveState, Outcome, OutcomeMove, OutcomeVerdict};
pub use people::{ConcernState, Coverage, ForMe, GoalState, PersonState};
pub use promises::Promise;
pub use risks::{RiskChange, RiskState};
pub use scope::Scope;
pub use status::{StatusCause, severity};
pub use wins::WinState;
pub use workload::Trials;

use effect::Effects;
use inputs::Inputs;
use objective::ObjectiveInputs;
use snapshot_index::{SnapshotIndex, TaskIndex};
use work::{Sizes, Works};

/// What the analysis must know besides the data: dates and the parts of the config that change a number.
#[derive(Debug, Clone)]
pub struct Timeframe {
    pub as_of: NaiveDate,
    /// The date of the meeting (`--on`), default `as_of`.
    pub on: NaiveDate,
    /// `--since`, if given.
    pub since: Option<NaiveDate>,
    pub calendar: crate::config::Calendar,
    /// `[calendar] off`: first and last days of the times without work.
    pub off: Vec<(NaiveDate, NaiveDate)>,
    /// `[quarter]` start and end, if given.
    pub quarter: Option<(NaiveDate, NaiveDate)>,
    pub weigh_by: crate::config::WeighBy,
    pub next: crate::config::NextRule,
    /// Weeks between showings, by section.
    pub every: std::collections::BTreeMap<String, u32>,
}

impl Timeframe {
    /// The frame of a run by the team's config.
    pub fn of(config: &Config, as_of: NaiveDate, on: NaiveDate, since: Option<NaiveDate>) -> Self {
        Self {
            as_of,
            on,
            since,
            calendar: config.calendar,
            off: config.off.clone(),
            quarter: config.quarter,
            weigh_by: config.brief.weigh_by,
            next: config.brief.next.clone(),
            every: config.brief.every.clone(),
        }
    }
}

/// All numbers of one brief.
#[derive(Debug, Clone, PartialEq, Serialize, JsonSchema)]
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
    /// What several asks buy that are granted together; null where fewer than two have an effect.
    pub all_granted: Option<Effect>,
    pub objectives: Vec<ObjectiveState>,
    pub drift: Vec<Drift>,
    /// Wins since the last 1:1 that drive revenue or retention.
    pub value: Vec<WinState>,
    pub metrics: Vec<MetricState>,
    #[serde(rename = "said")]
    pub plan_review: Option<PlanReview>,
    pub next: Next,
    pub people: Vec<PersonState>,
    /// Members with no highlight for some weeks; only in the `me` copy.
    pub coverage: Vec<Coverage>,
    pub cross_team: Vec<AskState>,
    /// Wins since the last 1:1 beyond revenue and retention.
    pub beyond: Vec<WinState>,
    pub risks: Vec<RiskState>,
    pub goals: Vec<GoalState>,
    pub for_me: Option<ForMe>,
    pub concerns: Vec<ConcernState>,
    /// Milestones of other quarters, which have no lane in this one, the next due first.
    pub elsewhere: Vec<MilestoneState>,
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
}

/// The date that news counts from.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, JsonSchema)]
pub struct Since {
    pub date: NaiveDate,
    /// True: the last recorded 1:1, or `--since`. False: "in the last 7 days".
    pub recorded: bool,
}

#[derive(Debug, Clone, PartialEq, Eq, Serialize, JsonSchema)]
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

/// Odds and dates of one milestone.
#[derive(Debug, Clone, Copy, PartialEq, Serialize, JsonSchema)]
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

#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum ForecastMethod {
    MonteCarlo,
    /// Too few closed weeks: the rate so far, carried on.
    Pace,
}

/// A value of one closed period; null where the data have none.
#[derive(Debug, Clone, Copy, PartialEq, Serialize, JsonSchema)]
pub struct Point {
    pub ending: NaiveDate,
    pub value: Option<f64>,
}

#[derive(Debug, Clone, Copy, PartialEq, Serialize, JsonSchema)]
pub struct TrackRecord {
    pub n: u32,
    pub p50_held: f64,
    pub p85_held: f64,
}

/// Works out every number of a brief.
pub fn analyse(redacted: &Redacted, history: &History, frame: &Timeframe) -> Analysis {
    analyse_after(&KnownTeam::at(redacted.clone(), frame.as_of), history, frame, &mut Trials::default())
}

/// The same for one of several copies of a brief, as known at as-of: where it has the work of the one before, so it has
/// its forecast.
pub fn analyse_after(known: &KnownTeam, history: &History, frame: &Timeframe, trials: &mut Trials) -> Analysis {
    let team = known.team();
    let inputs = Inputs::new(team, known.audience(), history, frame);
    let task_index = TaskIndex::new(&team.tasks);
    let last = inputs.last().map(|last| SnapshotIndex::new(last));
    let last = last.as_ref();

    let metrics = metric::states(&inputs);
    let sizes = Sizes::of_team(&team.tasks, frame.weigh_by);
    let works = Works::of(&inputs);
    let history_of_work = backtest::WorkHistory::of_tasks(&team.name, &team.tasks, workload::days_off(&inputs));
    let track_record =
        trials.record(history_of_work.reaching(workload::reach(&inputs)), frame.calendar.week_ends);
    let question = workload::question(&inputs, &works.now, &sizes);
    let forecasts = workload::forecasts(&inputs, &works.now, &question, trials);
    let given = ObjectiveInputs { sizes: &sizes, metrics: &metrics, task_index: &task_index, last };
    let mut objectives: Vec<ObjectiveState> = (works.now.iter().zip(forecasts))
        .map(|(work, expected)| objective::state(&inputs, work, expected, &given))
        .collect();
    promises::fill(&inputs, &mut objectives);
    let effects = Effects {
        inputs: &inputs,
        works: &works.now,
        sizes: &sizes,
        objectives: &objectives,
        question: &question,
    };
    let (asks, cross_team) = asks::open(&inputs, last, &effects, trials);
    let all_granted = asks::all_granted(&inputs, &asks, &effects, trials);
    let numbered: Vec<&AskState> = asks.iter().chain(&cross_team).collect();
    let (value, beyond) = wins::since_last(&inputs);

    Analysis {
        team: team.name.clone(),
        manager: team.manager.clone(),
        boss: team.boss.clone(),
        as_of: frame.as_of,
        on: frame.on,
        since: inputs.since,
        first_brief: inputs.first_brief,
        last_quarter: close::of_last_quarter(&inputs, &works),
        decided: asks::decided(&inputs),
        drift: drift::drifts(&inputs, &works.now, &objectives, &numbered, last),
        value,
        plan_review: fortnight::plan_review(&inputs, &task_index),
        next: fortnight::next(&inputs, &works),
        people: people::notes(&inputs, &numbered),
        coverage: people::coverage(&inputs),
        beyond,
        risks: risks::states(&inputs),
        goals: people::goals(&inputs),
        for_me: people::for_me(&inputs),
        concerns: people::concerns(&inputs),
        elsewhere: milestone::elsewhere(&inputs, &works, &sizes, last),
        vanished: fortnight::vanished(&inputs, &task_index),
        unattached: fortnight::unattached(&inputs),
        outside_share: fortnight::outside_share(&inputs),
        stale: freshness::stale_sources(&inputs),
        track_record,
        resting: cadence::resting(&inputs),
        quarter: inputs.quarter,
        asks,
        all_granted,
        cross_team,
        objectives,
        metrics,
    }
}

#[cfg(test)]
pub(crate) mod fixtures;
#[cfg(test)]
mod tests;
