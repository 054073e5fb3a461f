//! Computes every number of the brief from a redacted team and its history. Pure: it uses no clock, no file and no
//! randomness.
//!
//! The types in this module are also the JSON that `render --format json` writes (`headsup.brief/2`): fields have their
//! public names, numbers are unrounded, shares are 0 to 1 and changes are fractions (or points ÷ 100 for a metric in
//! percent). [`crate::pipeline`] calls [`analyse_after`]; [`crate::brief`] puts the numbers into sentences. A new
//! number needs a file in `analysis/` and a field in [`Analysis`].

mod asks;
mod backlog;
pub mod backtest;
mod burnup;
mod cadence;
pub(crate) mod calendar;
mod changes;
mod close;
mod drift;
mod effect;
pub mod forecast;
mod fortnight;
mod freshness;
mod index;
mod inputs;
mod key_result;
mod known;
pub mod metric;
mod milestone;
mod news;
mod numbers;
mod objective;
mod outcome_hold;
mod people;
mod pressing;
mod progress;
mod promises;
mod risks;
mod scope;
mod sizes;
mod snapshot;
mod snapshot_index;
mod states;
mod status;
mod throughput;
mod timeframe;
mod wins;
mod work;
mod workload;

pub use asks::{AskState, Decided, DecidedOutcome};
pub use backlog::{Backlog, Flow, GroupedBy, OldTask, TaskGroup};
pub use burnup::{Burnup, BurnupUnit};
pub use changes::{ChangeKind, ChangeSince, ChangeValue};
pub use close::{CloseOutcome, ObjectiveClose};
pub use drift::{Change, Drift, DriftDetail, WordChange};
pub use effect::{Effect, Moved};
pub use fortnight::{Next, NextGroup, PlanReview, ReviewedTask, TaskBrief};
pub use freshness::Stale;
pub use known::KnownTeam;
pub use metric::{Basis, EventMark, MetricState, Path, Range, Rule, Signal};
pub(crate) use news::note_id;
pub use numbers::{Forecast, ForecastMethod, Point, Quarter, Since, TrackRecord};
pub use outcome_hold::OutcomeHold;
pub use people::{ConcernState, Coverage, ForMe, GoalState, PersonState};
pub use pressing::{DueTask, Pressing};
pub use progress::{PlannedWork, Ramp};
pub use risks::{RiskChange, RiskState};
pub use scope::Scope;
pub use states::{
    KeyResultState, MilestoneState, MovedTo, ObjectiveState, Outcome, OutcomeMove, OutcomeVerdict, Promise,
    StatusCause, Trend,
};
pub use status::severity;
pub use throughput::{FinishedWeek, Throughput, UsualWeek};
pub use timeframe::Timeframe;
pub use wins::WinState;
pub use workload::Trials;

use chrono::NaiveDate;
use schemars::JsonSchema;
use serde::Serialize;

use crate::history::History;
use crate::redact::{Audience, Redacted};
use crate::team::{Milestone, TableKind, TaskKey, Team};
use effect::Effects;
use inputs::Inputs;
use objective::ObjectiveInputs;
use sizes::Sizes;
use snapshot_index::{SnapshotIndex, TaskIndex};
use work::Works;

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
    /// Whether no 1:1 was ever recorded, so that nothing can be said "since the last 1:1".
    pub first_brief: bool,
    /// Nothing says that the boss agreed to an objective or a date: the page says "planned" instead of "agreed".
    #[serde(skip)]
    pub nothing_agreed: bool,
    /// How the last quarter's objectives ended; only in the first brief of a quarter.
    pub last_quarter: Vec<ObjectiveClose>,
    pub decided: Vec<Decided>,
    /// The main changes since the last 1:1; empty in a first brief.
    pub changes: Vec<ChangeSince>,
    pub asks: Vec<AskState>,
    /// The joint effect of several asks; null if fewer than two have an effect.
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
    /// Members without a highlight for some weeks; only in the `me` copy.
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
    /// All tasks together, if there are neither objectives nor milestones.
    pub backlog: Option<Backlog>,
    /// Open tasks that are overdue or blocked.
    pub pressing: Pressing,
    /// Whether asks were logged and this copy shows all of them, so that "no ask is open" can be said. An empty log
    /// says nothing.
    #[serde(skip)]
    pub has_asks_log: bool,
    /// Whether a task was finished on an unknown day, so that "no task was finished" cannot be said.
    #[serde(skip)]
    pub is_finish_unknown: bool,
    /// Whether there is a log of wins.
    #[serde(skip)]
    pub has_wins_log: bool,
    /// Tasks of the last snapshot that are missing from the exports.
    pub vanished: Vec<TaskKey>,
    /// Tasks that belong to no milestone, open or finished since the last 1:1.
    pub unattached: Vec<TaskBrief>,
    /// Share of the tasks finished since the last 1:1 that belong to no objective; null if none was finished.
    pub outside_share: Option<f64>,
    /// Number of finished tasks that belong to no objective, and of all finished tasks, since the last 1:1.
    #[serde(skip)]
    pub outside: Option<(u32, u32)>,
    /// Sources whose newest date is older than their cadence.
    pub stale: Vec<Stale>,
    /// Tasks finished each week, with the usual range; null if the copy may not count them.
    pub throughput: Option<Throughput>,
    /// How well past forecasts for this team held; null if there are too few weeks.
    pub track_record: Option<TrackRecord>,
    /// Lower-case titles of the sections that are not due this week by `[brief.every]`.
    pub resting: Vec<String>,
}

/// Computes all numbers of a brief.
pub fn analyse(redacted: &Redacted, history: &History, frame: &Timeframe) -> Analysis {
    analyse_after(&KnownTeam::at(redacted.clone(), frame.as_of), history, frame, &mut Trials::default())
}

/// Computes the numbers of one of several copies of a brief, as known at as-of. `trials` caches forecasts, so that
/// copies with equal work share them.
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
    let track_record = trials.record(history_of_work.reaching(workload::reach(&inputs)), frame.calendar.week_ends);
    let question = workload::question(&inputs, &works.now, &sizes);
    let forecasts = workload::forecasts(&inputs, &works.now, &question, trials);
    let by_name = metric::ByName::of(&metrics);
    let given = ObjectiveInputs { sizes: &sizes, metrics: &by_name, task_index: &task_index, last };
    let mut objectives: Vec<ObjectiveState> = (works.now.iter().zip(forecasts))
        .map(|(work, expected)| objective::state(&inputs, work, expected, &given))
        .collect();
    promises::fill(&inputs, &mut objectives);
    let effects = Effects::new(&inputs, &works.now, &sizes, &objectives, &question);
    let (asks, cross_team) = asks::open(&inputs, last, &effects, trials);
    let all_granted = asks::all_granted(&inputs, &asks, &effects, trials);
    let numbered: Vec<&AskState> = asks.iter().chain(&cross_team).collect();
    let (value, beyond) = wins::since_last(&inputs);
    let backlog = backlog::of_tasks(&inputs, &works, &sizes, trials);
    let throughput = throughput::of_team(&inputs);
    let elsewhere = milestone::elsewhere(&inputs, &works, &sizes, last);
    let may_count = throughput.is_some() || inputs.audience == Audience::Me;
    // `init` writes empty logs, which do not mean that there is nothing to log.
    let has_log = |table| team.sources.iter().any(|source| source.table == table && source.records > 0);

    Analysis {
        team: team.name.clone(),
        manager: team.manager.clone(),
        boss: team.boss.clone(),
        as_of: frame.as_of,
        on: frame.on,
        since: inputs.since,
        first_brief: inputs.first_brief,
        nothing_agreed: is_nothing_agreed(team, &objectives),
        last_quarter: close::of_last_quarter(&inputs, &works),
        decided: asks::decided(&inputs),
        changes: changes::since_last(&inputs, &objectives, &by_name, &asks, may_count),
        drift: drift::drifts(&inputs, &works.now, (&objectives, &elsewhere), &numbered, last),
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
        elsewhere,
        backlog,
        pressing: pressing::of(&inputs),
        has_asks_log: inputs.audience != Audience::Shared && !team.asks.is_empty(),
        is_finish_unknown: fortnight::is_finish_unknown(&inputs),
        has_wins_log: has_log(TableKind::Wins),
        vanished: fortnight::vanished(&inputs, &task_index),
        unattached: fortnight::unattached(&inputs),
        outside_share: fortnight::outside(&inputs).map(|(outside, all)| f64::from(outside) / f64::from(all)),
        outside: fortnight::outside(&inputs),
        stale: freshness::stale_sources(&inputs),
        throughput,
        track_record,
        resting: cadence::resting(&inputs),
        quarter: inputs.quarter.clone(),
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

/// Returns whether no agreement, no confirmed objective and no column of agreed dates says that anything was agreed.
fn is_nothing_agreed(team: &Team, objectives: &[ObjectiveState]) -> bool {
    let has_agreed_date = |milestone: &Milestone| milestone.original.is_some() && !milestone.original_is_due;
    team.agreements.is_empty()
        && objectives.iter().all(|objective| objective.confirmed_on.is_none())
        && !team.milestones.iter().any(has_agreed_date)
}
