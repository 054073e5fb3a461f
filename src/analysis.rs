//! Every number of the brief, worked out from a redacted team and its history. Pure: no clock, no file, no randomness.
//!
//! The types in here are also the JSON that `render --format json` writes (`headsup.brief/2`), so a field is named
//! as the contract names it, numbers are unrounded, shares are 0 to 1 and changes are fractions
//! (or points ÷ 100 for a metric in percent). [`crate::brief`] calls [`analyse`] and says these numbers in sentences.

mod analyse;
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
mod known;
pub mod metric;
mod milestone;
mod news;
mod numbers;
mod objective;
mod outcome_hold;
mod people;
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

pub use analyse::{Analysis, analyse, analyse_after};
pub use asks::{AskState, Decided, DecidedOutcome};
pub use backlog::{Backlog, DueTask, Flow, GroupedBy, OldTask, TaskGroup};
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
pub use outcome_hold::OutcomeHold;
pub use people::{ConcernState, Coverage, ForMe, GoalState, PersonState};
pub use risks::{RiskChange, RiskState};
pub use scope::Scope;
pub use states::{MilestoneState, MovedTo, ObjectiveState, Outcome, OutcomeMove, OutcomeVerdict, Promise, StatusCause};
pub use status::severity;
pub use throughput::{FinishedWeek, Throughput, UsualWeek};
pub use wins::WinState;
pub use workload::Trials;

pub use numbers::{Forecast, ForecastMethod, Point, Quarter, Since, TrackRecord};
pub use timeframe::Timeframe;

#[cfg(test)]
pub(crate) mod fixtures;
#[cfg(test)]
mod tests;
