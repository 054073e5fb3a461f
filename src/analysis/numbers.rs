//! The numbers that several parts of the analysis share.

use chrono::NaiveDate;
use schemars::JsonSchema;
use serde::Serialize;

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
    /// Full weeks of history that it rests on.
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
    /// Of an outcome without tasks: the weeks that its metric still has to hold.
    Hold,
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
