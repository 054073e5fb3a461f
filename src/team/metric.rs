//! Metrics: their values by day, how days become periods, and what is aimed at.

use std::collections::BTreeMap;

use chrono::{Datelike as _, Days, Months, NaiveDate, Weekday};
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use crate::tables::{StatedAs, Status};

/// How rows of a metric become one value of a period.
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
    /// As it is written in headsup.toml.
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

    /// The kind of a metric whose rows become periods like this: what `aggregate` in headsup.toml implies.
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
    /// A level at any moment whose periods are means: a share, a duration, a score.
    Rate,
    /// What happens in a period; periods add up: tickets closed, revenue.
    Flow,
    /// What there is at a moment; a period has its last value: a backlog, MRR.
    Stock,
    /// A running total: accounts signed so far.
    Cumulative,
    /// One sum divided by another.
    Ratio,
}

impl MetricKind {
    /// As it is written in headsup.toml.
    pub fn name(self) -> &'static str {
        match self {
            MetricKind::Rate => "rate",
            MetricKind::Flow => "flow",
            MetricKind::Stock => "stock",
            MetricKind::Cumulative => "cumulative",
            MetricKind::Ratio => "ratio",
        }
    }

    /// How rows of such a metric become one value of a period.
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

/// How much time one row of a metric stands for.
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
    /// The length in whole months. Returns `None` for days and weeks.
    pub fn months(self) -> Option<u32> {
        match self {
            Grain::Day | Grain::Week => None,
            Grain::Month => Some(1),
            Grain::Quarter => Some(3),
            Grain::Year => Some(12),
        }
    }

    /// The last day of what a row stands for: its own, the last of the week that holds it, or the last of the months
    /// that begin on it.
    pub fn last_day(self, date: NaiveDate, week_ends: Weekday) -> NaiveDate {
        match (self, self.months()) {
            (_, Some(months)) => date + Months::new(months) - Days::new(1),
            (Grain::Week, None) => date + Days::new(u64::from(week_ends.days_since(date.weekday()))),
            (_, None) => date,
        }
    }

    /// Days after which an export counts as stale where the config says nothing: eight, in which a weekly export comes
    /// again; where a row stands for more than a week, until the next one has ended and eight days have passed.
    pub fn cadence(self) -> u32 {
        8 + match self {
            Grain::Day | Grain::Week => 0,
            Grain::Month => 31,
            Grain::Quarter => 92,
            Grain::Year => 366,
        }
    }
}

/// All rows of one day, folded. For a ratio, `sum` is the numerator's and `denominator` the denominator's.
///
/// A day whose rows have no value has a `count` of 0: its value is missing, where a day without rows is no day at all.
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

    /// Adds what later rows of the day came to.
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

/// A target from a date on.
#[derive(Debug, Clone, Copy, PartialEq, Serialize, JsonSchema)]
pub struct TargetFrom {
    /// None: from the beginning.
    pub from: Option<NaiveDate>,
    pub value: f64,
}

/// Which weeks make the usual range.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize, JsonSchema)]
pub struct BaselineWindow {
    /// The range is made anew from this date (a process that changed).
    pub from: Option<NaiveDate>,
    /// Later weeks do not move the limits.
    pub until: Option<NaiveDate>,
}

#[derive(Debug, Clone, PartialEq, Serialize, JsonSchema)]
pub struct Metric {
    pub name: String,
    /// None: neither given nor plain from its name, so only the latest value is said.
    pub kind: Option<MetricKind>,
    pub aggregate: Aggregate,
    pub better: Option<Better>,
    /// `%` means that the values are percentages: changes are in points, and a bare 0.5 prints as 0.5 %.
    pub unit: Option<String>,
    /// Oldest first.
    pub targets: Vec<TargetFrom>,
    pub baseline: BaselineWindow,
    /// Points are said in basis points.
    pub bps: bool,
    /// What each of `days` stands for; of months, quarters and years it is the first day.
    pub grain: Grain,
    pub days: BTreeMap<NaiveDate, Day>,
    /// What the team itself says of it.
    pub stated: Option<StatedOfMetric>,
}

/// What the newest row of a metric says of how it stands, in the manager's words.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, JsonSchema)]
pub struct StatedOfMetric {
    /// Null where there is only a reason.
    pub status: Option<Status>,
    /// The word itself, where it is not the status: red.
    pub stated_as: Option<StatedAs>,
    pub reason: Option<String>,
}
