//! What the analysis must know besides the data.

use chrono::NaiveDate;

use crate::config::Config;

/// What the analysis must know besides the data: dates and the parts of the config that change a number.
#[derive(Debug, Clone)]
pub struct Timeframe {
    pub as_of: NaiveDate,
    /// The date of the meeting (`--on`), default `as_of`.
    pub on: NaiveDate,
    /// `--since`, if given.
    pub since: Option<NaiveDate>,
    pub calendar: crate::config::Calendar,
    /// `[calendar] off`: first and last days of the times without work.
    pub off: Vec<(NaiveDate, NaiveDate)>,
    /// `[quarter]` start and end, if given.
    pub quarter: Option<(NaiveDate, NaiveDate)>,
    pub weigh_by: crate::config::WeighBy,
    pub next: crate::config::NextRule,
    /// Weeks between showings, by section.
    pub every: std::collections::BTreeMap<String, u32>,
}

impl Timeframe {
    /// The frame of a run by the team's config.
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
