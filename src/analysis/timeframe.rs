//! The inputs of the analysis besides the data.

use chrono::NaiveDate;

use crate::config::Config;

/// The inputs of the analysis besides the data: dates, and the parts of the config that change a number.
#[derive(Debug, Clone)]
pub struct Timeframe {
    pub as_of: NaiveDate,
    /// The date of the meeting (`--on`), default `as_of`.
    pub on: NaiveDate,
    /// `--since`, if given.
    pub since: Option<NaiveDate>,
    pub calendar: crate::config::Calendar,
    /// First and last days of periods without work, from `[calendar] off`.
    pub off: Vec<(NaiveDate, NaiveDate)>,
    /// `[quarter]` start and end, if given.
    pub quarter: Option<(NaiveDate, NaiveDate)>,
    pub weigh_by: crate::config::WeighBy,
    pub next: crate::config::NextRule,
    /// Weeks between showings, by section.
    pub every: std::collections::BTreeMap<String, u32>,
}

impl Timeframe {
    /// Returns the timeframe of a run with the team's config.
    pub fn of(config: &Config, as_of: NaiveDate, on: NaiveDate, since: Option<NaiveDate>) -> Self {
        Self {
            as_of,
            on,
            since,
            calendar: config.calendar,
            off: config.off.clone(),
            quarter: config.quarter,
            weigh_by: config.brief.weigh_by,
            next: config.brief.next.clone(),
            every: config.brief.every.clone(),
        }
    }
}
