//! Inputs of a forecast: the work of each objective, and which forecasts are asked for.

use chrono::{NaiveDate, Weekday};

use super::workweek::WorkWeek;

/// Which forecasts are asked for, and for which days.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Asked {
    /// Last day of the data.
    pub now: NaiveDate,
    pub week_ends: Weekday,
    /// Last day of the bands.
    pub until: NaiveDate,
    /// Indices of the objective and the milestone to forecast. None: all of them.
    pub only: Option<(usize, usize)>,
}

impl Asked {
    pub(super) fn is_of(&self, milestone: (usize, usize)) -> bool {
        self.only.is_none_or(|only| only == milestone)
    }
}

/// Work of one objective. All amounts are in one unit: tasks, or estimate points.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Workload {
    /// In the order of their agreed dates.
    pub milestones: Vec<Remaining>,
    /// Day and size of each finished task, up to the last day of the data. The rate is learned from these.
    pub finished: Vec<(NaiveDate, f64)>,
    /// All work done, also where the day is not known. Bands start at this amount.
    pub done: f64,
    /// Day on which work on the objective began: its first finish minus the median cycle time. None: nothing was
    /// finished.
    pub began: Option<NaiveDate>,
    /// Whether the scope is agreed. Without agreed scope a forecast is for known tasks only.
    pub scope_agreed: bool,
    /// Size of one task, in the unit of the amounts.
    pub unit: f64,
    /// Share of tasks (0 to 1) that go to any open milestone, in proportion to what is left of each, instead of the
    /// earliest: 0 is strict order, 1 all milestones in parallel.
    pub in_parallel: f64,
    /// Objectives whose people also work on this one and go on here when theirs is done: index in the team, and share
    /// of its work that these people do. In ascending order of the index.
    pub takes_over: Vec<(usize, f64)>,
    /// Whether there is too much work to run trials: the forecast carries on the pace, without odds.
    pub by_pace: bool,
    pub week: WorkWeek,
}

/// The open work of one milestone.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Remaining {
    pub open: f64,
    /// Date whose odds are asked for.
    pub agreed: Option<NaiveDate>,
    /// Day and size of each task that was added to the milestone since its scope was agreed, done or not.
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
