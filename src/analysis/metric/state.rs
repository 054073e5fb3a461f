//! The numbers of a metric in the brief.

use chrono::NaiveDate;
use serde::Serialize;

use crate::analysis::{Point, Quarter};
use crate::config::Calendar;
use crate::team::{Better, Event, Grain, MetricKind, StatedOfMetric, TargetFrom};

#[derive(Debug, Clone, PartialEq, Serialize, schemars::JsonSchema)]
pub struct MetricState {
    pub name: String,
    /// `None` if it is neither configured nor clear from its name.
    pub kind: Option<MetricKind>,
    pub unit: Option<String>,
    pub better: Option<Better>,
    /// Whether changes are differences (points ÷ 100), not ratios.
    pub is_rate: bool,
    pub bps: bool,
    /// The time that a row covers. Days and weeks are reported by week; months, quarters and years as they are.
    pub grain: Grain,
    /// The value of the last closed week, or of the last closed month, quarter or year.
    pub latest: Option<f64>,
    pub wow: Option<f64>,
    pub yoy: Option<f64>,
    pub mom: Option<f64>,
    /// Differences in units, if a ratio makes no sense: from zero, or with a negative value.
    pub wow_diff: Option<f64>,
    pub yoy_diff: Option<f64>,
    pub mom_diff: Option<f64>,
    pub mtd: Option<f64>,
    pub mtd_yoy: Option<f64>,
    /// The first day that the figure to date includes, if the data begin later than the period; null if they cover it
    /// from its beginning.
    pub mtd_since: Option<NaiveDate>,
    pub qtd: Option<f64>,
    pub qtd_yoy: Option<f64>,
    pub qtd_since: Option<NaiveDate>,
    pub ytd: Option<f64>,
    pub ytd_yoy: Option<f64>,
    pub ytd_since: Option<NaiveDate>,
    /// Closed weeks, oldest first; empty for a metric of months, quarters or years.
    pub weeks: Vec<Point>,
    /// The weeks that closed 364 days before each of `weeks`.
    pub weeks_prior_year: Vec<Point>,
    /// Up to twelve complete months, oldest first.
    pub months: Vec<Point>,
    pub months_prior_year: Vec<Point>,
    /// Closed months, quarters or years, oldest first; empty for a metric of days or weeks.
    pub periods: Vec<Point>,
    pub range: Option<Range>,
    pub signals: Vec<Signal>,
    /// The first period of the level that the range is computed from, if an older level was left and the config sets no
    /// `baseline` since then: `headsup check` suggests one.
    pub level_since: Option<NaiveDate>,
    /// The path of a stock or a running total to its target; such a metric has no range.
    pub path: Option<Path>,
    /// The target in force at as-of.
    pub target: Option<f64>,
    pub targets: Vec<TargetFrom>,
    /// How many days of the last closed week have a value, and how many are expected, if it is incomplete: its sum is
    /// compared by the days it has, and not judged.
    pub lacks: Option<(usize, usize)>,
    /// Whether `latest` meets `target`, by `better` or the path's direction; null without them.
    pub target_met: Option<bool>,
    /// The status that the team itself states.
    pub stated: Option<StatedOfMetric>,
    pub events: Vec<EventMark>,
    /// The unfinished week (or month, quarter, year), if there are data for it: it is neither compared nor judged.
    pub partial: Option<Point>,
}

/// The usual range (XmR) of the newest period: its centre and natural process limits.
#[derive(Debug, Clone, Copy, PartialEq, Serialize, schemars::JsonSchema)]
pub struct Range {
    pub centre: f64,
    pub lower: f64,
    pub upper: f64,
    /// Whether it is computed from fewer than 17 points.
    pub provisional: bool,
    pub points: u32,
    /// What is compared with what.
    pub basis: Basis,
}

/// How the values of a metric were made comparable.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, schemars::JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum Basis {
    /// As they are.
    Level,
    /// Small counts, by a count distribution.
    Counts,
    /// By the distance from steady growth.
    Growth,
    /// By the distance from a year before.
    YearOnYear,
    /// By their changes.
    Changes,
}

/// The path to a target: where a stock or a running total should be today.
#[derive(Debug, Clone, Copy, PartialEq, Serialize, schemars::JsonSchema)]
pub struct Path {
    pub from: f64,
    pub to: f64,
    /// Where the path is on the day of `latest`.
    pub today: f64,
    pub on_path: bool,
    pub start: NaiveDate,
    pub end: NaiveDate,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, schemars::JsonSchema)]
pub struct Signal {
    /// The closing day of the week (or month, quarter, year) at which the rule holds.
    pub week: NaiveDate,
    pub rule: Rule,
    /// Whether it is on the better side, by the metric's `better`; null if that is unknown.
    pub favourable: Option<bool>,
    /// Whether it is above the usual range or average, rather than below.
    pub above: bool,
    /// The first period since which all have been on this side.
    pub since: NaiveDate,
    /// Whether it was first reported in this brief or in the last one.
    pub is_news: bool,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize, schemars::JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum Rule {
    /// A point outside a limit.
    OutsideLimit,
    /// Eight in a row on one side of the centre; one of them may be on the other side.
    EightOneSide,
    /// Three of four in a row nearer to a limit than to the centre, on the same side.
    ThreeOfFour,
}

#[derive(Debug, Clone, PartialEq, Eq, Serialize, schemars::JsonSchema)]
pub struct EventMark {
    pub date: NaiveDate,
    pub text: String,
}

/// The inputs for the numbers of a metric besides its values.
#[derive(Debug, Clone)]
pub struct MetricInputs<'a> {
    pub events: &'a [Event],
    pub calendar: &'a Calendar,
    /// `[quarter]` of the config: if the last closed week is in it, quarter to date counts from its first day.
    pub given_quarter: Option<(NaiveDate, NaiveDate)>,
    /// The quarter of as-of.
    pub quarter: Quarter,
    /// The target of the objective whose outcome the metric is.
    pub objective_target: Option<f64>,
    /// Signals first found after this day are news: the day of the brief before the last.
    pub news_after: NaiveDate,
    pub as_of: NaiveDate,
}

impl MetricState {
    /// Returns the values that it is judged by: closed weeks, or the closed periods that its rows cover.
    pub fn points(&self) -> &[Point] {
        if self.grain.months().is_some() { &self.periods } else { &self.weeks }
    }
}
