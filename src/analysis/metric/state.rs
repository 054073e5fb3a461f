//! A metric as the brief shows it.

use chrono::NaiveDate;
use serde::Serialize;

use crate::analysis::{Point, Quarter};
use crate::config::Calendar;
use crate::team::{Better, Event, Grain, MetricKind, StatedOfMetric, TargetFrom};

#[derive(Debug, Clone, PartialEq, Serialize, schemars::JsonSchema)]
pub struct MetricState {
    pub name: String,
    /// None: neither given nor plain from its name.
    pub kind: Option<MetricKind>,
    pub unit: Option<String>,
    pub better: Option<Better>,
    /// Changes are differences (points ÷ 100), not ratios.
    pub is_rate: bool,
    pub bps: bool,
    /// What a row stands for. Days and weeks are told by the week; months, quarters and years by themselves.
    pub grain: Grain,
    /// The value of the last closed week, or of the last closed month, quarter or year.
    pub latest: Option<f64>,
    pub wow: Option<f64>,
    pub yoy: Option<f64>,
    pub mom: Option<f64>,
    /// Differences in units, where a ratio makes no sense: from zero, or with a value below it.
    pub wow_diff: Option<f64>,
    pub yoy_diff: Option<f64>,
    pub mom_diff: Option<f64>,
    pub mtd: Option<f64>,
    pub mtd_yoy: Option<f64>,
    /// The first day that the figure to date counts, where the data begin later than the period does; null where they
    /// hold it from its beginning.
    pub mtd_since: Option<NaiveDate>,
    pub qtd: Option<f64>,
    pub qtd_yoy: Option<f64>,
    pub qtd_since: Option<NaiveDate>,
    pub ytd: Option<f64>,
    pub ytd_yoy: Option<f64>,
    pub ytd_since: Option<NaiveDate>,
    /// Closed weeks, oldest first; none of a metric of months, quarters or years.
    pub weeks: Vec<Point>,
    /// The weeks that closed 364 days before each of `weeks`.
    pub weeks_prior_year: Vec<Point>,
    /// Full months, oldest first, last twelve.
    pub months: Vec<Point>,
    pub months_prior_year: Vec<Point>,
    /// Closed months, quarters or years of a metric of such, oldest first.
    pub periods: Vec<Point>,
    pub range: Option<Range>,
    pub signals: Vec<Signal>,
    /// The first period of the level that the range counts from, where an older level was left for good and the config
    /// gives no `baseline` since: `headsup check` suggests one.
    pub level_since: Option<NaiveDate>,
    /// Of a stock or a running total with a target: it has no range.
    pub path: Option<Path>,
    /// The target in force at as-of.
    pub target: Option<f64>,
    pub targets: Vec<TargetFrom>,
    /// Days of the last closed week that have a value, and that one usually has, where it lacks some: its sum is
    /// compared by the days it has, and not judged.
    pub lacks: Option<(usize, usize)>,
    /// `latest` against `target`, by `better` or the path's direction; null without them.
    pub target_met: Option<bool>,
    /// How the team itself says that it stands.
    pub stated: Option<StatedOfMetric>,
    pub events: Vec<EventMark>,
    /// The open week (or month, quarter, year), if data reach into it: never compared, never in limits.
    pub partial: Option<Point>,
}

/// The usual range (XmR) of the newest period: its centre and natural process limits.
#[derive(Debug, Clone, Copy, PartialEq, Serialize, schemars::JsonSchema)]
pub struct Range {
    pub centre: f64,
    pub lower: f64,
    pub upper: f64,
    /// Rests on fewer than 17 points.
    pub provisional: bool,
    pub points: u32,
    /// What is compared with what.
    pub basis: Basis,
}

/// How the values of a metric were made comparable before they were judged.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, schemars::JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum Basis {
    /// As they are.
    Level,
    /// Small counts, by a count distribution.
    Counts,
    /// By their distance from steady growth.
    Growth,
    /// By their distance from a year before.
    YearOnYear,
    /// By their changes.
    Changes,
}

/// The way to a target: where a stock or a running total should be today.
#[derive(Debug, Clone, Copy, PartialEq, Serialize, schemars::JsonSchema)]
pub struct Path {
    pub from: f64,
    pub to: f64,
    /// Of the day of `latest`.
    pub today: f64,
    pub on_path: bool,
    pub start: NaiveDate,
    pub end: NaiveDate,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, schemars::JsonSchema)]
pub struct Signal {
    /// The closing day of the week (or month, quarter, year) that completed the rule.
    pub week: NaiveDate,
    pub rule: Rule,
    /// On the better side, by the metric's `better`; null where that is unknown.
    pub favourable: Option<bool>,
    /// Above what is usual, not below.
    pub above: bool,
    /// The first period of the run that the rule found.
    pub since: NaiveDate,
    /// First told in this brief or in the last one.
    pub is_news: bool,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize, schemars::JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum Rule {
    /// A point outside a limit.
    OutsideLimit,
    /// Eight in a row on one side of the centre.
    EightOneSide,
    /// Three of four in a row nearer a limit than the centre, same side.
    ThreeOfFour,
}

#[derive(Debug, Clone, PartialEq, Eq, Serialize, schemars::JsonSchema)]
pub struct EventMark {
    pub date: NaiveDate,
    pub text: String,
}

/// What a metric is looked at with.
#[derive(Debug, Clone)]
pub struct MetricInputs<'a> {
    pub events: &'a [Event],
    pub calendar: &'a Calendar,
    /// `[quarter]` of the config: while the last closed week lies in it, quarter to date counts from its first day.
    pub given_quarter: Option<(NaiveDate, NaiveDate)>,
    /// The quarter of as-of.
    pub quarter: Quarter,
    /// The target of the objective whose outcome the metric is.
    pub objective_target: Option<f64>,
    /// What was first told after this day is news: the day of the brief before the last.
    pub news_after: NaiveDate,
    pub as_of: NaiveDate,
}

impl MetricState {
    /// The values that it is judged by: closed weeks, or the closed periods that its rows stand for.
    pub fn points(&self) -> &[Point] {
        if self.grain.months().is_some() { &self.periods } else { &self.weeks }
    }
}
