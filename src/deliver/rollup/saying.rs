//! Phrases of the roll-up: dates, odds and names, as the brief has them.

use chrono::{Datelike as _, NaiveDate};

use super::made::Made;
use crate::words::Words;

/// The words, and the date of the data.
pub(crate) struct Saying<'a> {
    pub words: &'a Words,
    pub as_of: NaiveDate,
    /// Whether the copies are those that may be forwarded.
    pub is_shared: bool,
}

/// A day has its weekday within so many days.
const NEAR_DAYS: i64 = 14;

impl Saying<'_> {
    /// `20 Nov`, with its year where that is not as-of's.
    pub(crate) fn day(&self, date: NaiveDate) -> String {
        let same = date.year() == self.as_of.year();
        if same { self.words.day_month(date) } else { self.words.day_month_year(date) }
    }

    pub(crate) fn day_long(&self, date: NaiveDate) -> String {
        let same = date.year() == self.as_of.year();
        if same { self.words.day_month_long(date) } else { self.words.day_month_year_long(date) }
    }

    /// `Fri 27 Nov` within two weeks.
    pub(crate) fn near_day(&self, date: NaiveDate) -> String {
        let is_near = (date - self.as_of).num_days().abs() <= NEAR_DAYS && date.year() == self.as_of.year();
        if is_near { self.words.weekday_day(date) } else { self.day(date) }
    }

    /// Never certain: `<1%`, `>99%`; of fewer than twelve weeks `<5%`, `>95%`.
    pub(crate) fn odds(&self, odds: f64, weeks: u32) -> String {
        let least = if weeks < 12 { 0.05 } else { 0.01 };
        let percent = |share: f64| self.words.percent(share, 0);
        match odds {
            odds if odds < least => format!("<{}", percent(least)),
            odds if odds > 1.0 - least => format!(">{}", percent(1.0 - least)),
            odds => percent(odds),
        }
    }

    /// `+6 days`, `−3 days`.
    pub(crate) fn days_moved(&self, days: i64) -> String {
        let sign = if days < 0 { "−" } else { "+" };
        self.words.count("quarter.days_moved", days.unsigned_abs(), &[("sign", sign)])
    }

    pub(crate) fn say(&self, key: &str, places: &[(&str, &str)]) -> String {
        self.words.say(key, places)
    }

    /// The day of the last 1:1, where it is the same for all teams that have had one.
    pub(crate) fn common_since(&self, made: &[Made]) -> Option<NaiveDate> {
        let mut dates = made.iter().filter_map(|made| made.card.since);
        let first = dates.next()?;
        dates.all(|date| date == first).then_some(first)
    }

    /// With a capital at its start.
    pub(crate) fn capital(&self, text: &str) -> String {
        let mut letters = text.chars();
        letters.next().map_or_else(String::new, |first| first.to_uppercase().chain(letters).collect())
    }
}

/// A user's text on one line and without its final stop.
pub(crate) fn flat(text: &str) -> String {
    let line = text.split_whitespace().collect::<Vec<_>>().join(" ");
    line.strip_suffix('.').filter(|rest| !rest.ends_with('.')).map_or(line.clone(), str::to_owned)
}
