//! Numbers that several parts of the analysis share.

use chrono::NaiveDate;
use schemars::JsonSchema;
use serde::Serialize;

/// The date from which news is counted.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, JsonSchema)]
pub struct Since {
    pub date: NaiveDate,
    /// True for the last recorded 1:1, or `--since`; false for "in the last 7 days".
    pub recorded: bool,
}

#[derive(Debug, Clone, PartialEq, Eq, Serialize, JsonSchema)]
pub struct Quarter {
    /// For example `Q4 2026`, `Q3 FY2027`, or the two dates.
    pub label: String,
    pub start: NaiveDate,
    /// The last day.
    pub end: NaiveDate,
    /// The week of the quarter that contains as-of, from 1.
    pub week: u32,
    pub weeks: u32,
}

/// Odds and dates of one milestone.
#[derive(Debug, Clone, Copy, PartialEq, Serialize, JsonSchema)]
pub struct Forecast {
    pub p50: NaiveDate,
    /// Null if fewer than 85 % of the trials finish within two years, or the method has no distribution.
    pub p85: Option<NaiveDate>,
    /// Share of trials finished by the agreed date.
    pub odds: Option<f64>,
    pub method: ForecastMethod,
    /// Complete weeks of history that it uses.
    pub weeks: u32,
    /// Whether the scope is not agreed yet, so that only known tasks count.
    pub known_tasks_only: bool,
    /// Whether the scope kept growing, so that added tasks were simulated too.
    pub grows: bool,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum ForecastMethod {
    MonteCarlo,
    /// Too few closed weeks: the rate so far, extrapolated.
    Pace,
    /// For an outcome without tasks: the weeks that its metric still has to hold.
    Hold,
}

/// A value of one closed period; null if there are no data.
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
