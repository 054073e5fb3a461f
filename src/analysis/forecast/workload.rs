//! What a forecast must know of the work.

use chrono::{NaiveDate, Weekday};

use super::workweek::WorkWeek;

/// Which forecasts are wanted.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Asked {
    /// Last day of the data.
    pub now: NaiveDate,
    pub week_ends: Weekday,
    /// Last day of the bands.
    pub until: NaiveDate,
    /// Indices of the objective and of the milestone to forecast; `None`: all.
    pub only: Option<(usize, usize)>,
}

impl Asked {
    pub(super) fn is_of(&self, milestone: (usize, usize)) -> bool {
        self.only.is_none_or(|only| only == milestone)
    }
}

/// What the forecast must know of one objective. Work is counted in one measure throughout: tasks, or estimate points.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Workload {
    /// In agreed order.
    pub milestones: Vec<Remaining>,
    /// Day and size of each task finished by the day that the data reach; the rate is learned from these.
    pub finished: Vec<(NaiveDate, f64)>,
    /// All work done, finished on a known day or not; bands start here.
    pub done: f64,
    /// When work on it began: its first finish, minus the median cycle time. None: nothing was finished.
    pub began: Option<NaiveDate>,
    /// The scope is agreed; without it a forecast is of known tasks only.
    pub scope_agreed: bool,
    /// The size of one task.
    pub unit: f64,
    /// How often a task of any open milestone is finished, in proportion to what is left of each, rather than one of
    /// the earliest: 0 in strict order, 1 all in parallel.
    pub in_parallel: f64,
    /// Objectives of the team by their place, in order: the share of their work that is done by people who work on this
    /// one as well, and go on here when they are done. Those that share nobody are left out.
    pub takes_over: Vec<(usize, f64)>,
    /// There is more work than trials can be run for: it is forecast by its pace, without odds.
    pub by_pace: bool,
    pub week: WorkWeek,
}

/// The open work of one milestone.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Remaining {
    pub open: f64,
    /// The date that its odds are asked for.
    pub agreed: Option<NaiveDate>,
    /// Day and size of each task that was added to it since its scope was agreed, whatever became of it.
    pub added: Vec<(NaiveDate, f64)>,
    pub gift: Option<Gift>,
}

/// Work that somebody else does for a milestone, spread over some days.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Gift {
    pub work: f64,
    pub from: NaiveDate,
    /// The last day.
    pub until: NaiveDate,
}
