//! Metrics: their values by day, how days are aggregated to periods, and their targets.

use std::collections::BTreeMap;

use chrono::{Datelike as _, Days, Months, NaiveDate, Weekday};
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use crate::tables::{StatedAs, Status};

/// How the rows of a metric are aggregated to one value of a period.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize, schemars::JsonSchema, Default)]
#[serde(rename_all = "lowercase")]
pub enum Aggregate {
    Sum,
    #[default]
    Mean,
    Min,
    Max,
    /// The value of the newest row: for stocks.
    Last,
    /// Aggregated numerator ÷ aggregated denominator.
    Ratio,
}

impl Aggregate {
    /// Returns its name in headsup.toml.
    pub fn name(self) -> &'static str {
        match self {
            Aggregate::Sum => "sum",
            Aggregate::Mean => "mean",
            Aggregate::Min => "min",
            Aggregate::Max => "max",
            Aggregate::Last => "last",
            Aggregate::Ratio => "ratio",
        }
    }

    /// Returns the kind of metric that `aggregate` in headsup.toml implies.
    pub fn kind(self) -> MetricKind {
        match self {
            Aggregate::Sum => MetricKind::Flow,
            Aggregate::Mean | Aggregate::Min | Aggregate::Max => MetricKind::Rate,
            Aggregate::Last => MetricKind::Stock,
            Aggregate::Ratio => MetricKind::Ratio,
        }
    }
}

/// What a metric measures, which decides how it is aggregated, compared and judged.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "lowercase")]
pub enum MetricKind {
    /// A level whose periods are means: a share, a duration, a score.
    Rate,
    /// A quantity that happens in a period, so that periods add up: tickets closed, revenue.
    Flow,
    /// A level whose periods have their last value: a backlog, MRR.
    Stock,
    /// A running total: accounts signed so far.
    Cumulative,
    /// One sum divided by another.
    Ratio,
}

impl MetricKind {
    /// Returns its name in headsup.toml.
    pub fn name(self) -> &'static str {
        match self {
            MetricKind::Rate => "rate",
            MetricKind::Flow => "flow",
            MetricKind::Stock => "stock",
            MetricKind::Cumulative => "cumulative",
            MetricKind::Ratio => "ratio",
        }
    }

    /// Returns how the rows of such a metric are aggregated to one value of a period.
    pub fn aggregate(self) -> Aggregate {
        match self {
            MetricKind::Rate => Aggregate::Mean,
            MetricKind::Flow => Aggregate::Sum,
            MetricKind::Stock | MetricKind::Cumulative => Aggregate::Last,
            MetricKind::Ratio => Aggregate::Ratio,
        }
    }
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "lowercase")]
pub enum Better {
    Up,
    Down,
}

/// How much time one row of a metric covers.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Default, Serialize, JsonSchema)]
#[serde(rename_all = "lowercase")]
pub enum Grain {
    #[default]
    Day,
    Week,
    Month,
    Quarter,
    Year,
}

impl Grain {
    /// Returns the length in whole months, or `None` for days and weeks.
    pub fn months(self) -> Option<u32> {
        match self {
            Grain::Day | Grain::Week => None,
            Grain::Month => Some(1),
            Grain::Quarter => Some(3),
            Grain::Year => Some(12),
        }
    }

    /// Returns the last day that a row covers: its own date, the end of the week that contains it, or the end of the
    /// months that begin on it.
    pub fn last_day(self, date: NaiveDate, week_ends: Weekday) -> NaiveDate {
        match (self, self.months()) {
            (_, Some(months)) => date + Months::new(months) - Days::new(1),
            (Grain::Week, None) => date + Days::new(u64::from(week_ends.days_since(date.weekday()))),
            (_, None) => date,
        }
    }

    /// Returns the days after which an export counts as stale by default: eight, enough for a weekly export; for longer
    /// rows, eight days after the next row's period has ended.
    pub fn cadence(self) -> u32 {
        8 + match self {
            Grain::Day | Grain::Week => 0,
            Grain::Month => 31,
            Grain::Quarter => 92,
            Grain::Year => 366,
        }
    }
}

/// All rows of one day, merged. For a ratio, `sum` is the numerator and `denominator` the denominator.
///
/// A day whose rows have no value has a `count` of 0: its value is missing. A day without rows is not in the metric at
/// all.
#[derive(Debug, Clone, Copy, PartialEq, Default, Serialize, JsonSchema)]
pub struct Day {
    pub sum: f64,
    pub count: u64,
    pub min: f64,
    pub max: f64,
    pub last: f64,
    pub denominator: f64,
}

impl Day {
    /// Adds a row.
    pub fn add(&mut self, value: f64) {
        self.merge(&Day { sum: value, count: 1, min: value, max: value, last: value, denominator: 0.0 });
    }

    /// Merges later rows of the same day into this one.
    pub fn merge(&mut self, later: &Day) {
        self.denominator += later.denominator;
        if later.count == 0 {
            return;
        }
        let first = self.count == 0;
        self.sum += later.sum;
        self.count += later.count;
        self.min = if first { later.min } else { self.min.min(later.min) };
        self.max = if first { later.max } else { self.max.max(later.max) };
        self.last = later.last;
    }
}

/// A target that holds from a date on.
#[derive(Debug, Clone, Copy, PartialEq, Serialize, JsonSchema)]
pub struct TargetFrom {
    /// `None`: from the beginning.
    pub from: Option<NaiveDate>,
    pub value: f64,
}

/// Which weeks define the usual range.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize, JsonSchema)]
pub struct BaselineWindow {
    /// The range starts from this date, because the process changed.
    pub from: Option<NaiveDate>,
    /// Weeks after this date do not move the limits.
    pub until: Option<NaiveDate>,
}

#[derive(Debug, Clone, PartialEq, Serialize, JsonSchema)]
pub struct Metric {
    pub name: String,
    /// `None` if it is neither configured nor clear from the name; then only the latest value is shown.
    pub kind: Option<MetricKind>,
    pub aggregate: Aggregate,
    pub better: Option<Better>,
    /// `%` means that the values are percentages: changes are in points, and a bare 0.5 prints as 0.5 %.
    pub unit: Option<String>,
    /// Targets, oldest first.
    pub targets: Vec<TargetFrom>,
    pub baseline: BaselineWindow,
    /// Changes are shown in basis points.
    pub bps: bool,
    /// The time that each of `days` covers. A month, a quarter or a year is keyed by its first day.
    pub grain: Grain,
    pub days: BTreeMap<NaiveDate, Day>,
    /// The status and reason that the team itself states.
    pub stated: Option<StatedOfMetric>,
}

/// The status that the newest row of a metric states, in the manager's words.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, JsonSchema)]
pub struct StatedOfMetric {
    /// Null if only a reason is stated.
    pub status: Option<Status>,
    /// The stated word, if it is not the status itself: red.
    pub stated_as: Option<StatedAs>,
    pub reason: Option<String>,
}
