//! Formats dates, odds and names in the roll-up as they are in the brief.

use chrono::{Datelike as _, NaiveDate};

use super::made::Made;
use crate::words::{AS_WRITTEN, Words};

/// The texts, and the date of the data.
pub(crate) struct Saying<'a> {
    pub words: &'a Words,
    pub as_of: NaiveDate,
    /// Whether the copies may be forwarded.
    pub is_shared: bool,
}

/// Dates within this many days are shown with their weekday.
const NEAR_DAYS: i64 = 14;

impl Saying<'_> {
    /// Formats a date: `20 Nov`, with its year if that differs from the year of as-of.
    pub(crate) fn day(&self, date: NaiveDate) -> String {
        let same = date.year() == self.as_of.year();
        if same { self.words.day_month(date) } else { self.words.day_month_year(date) }
    }

    pub(crate) fn day_long(&self, date: NaiveDate) -> String {
        let same = date.year() == self.as_of.year();
        if same { self.words.day_month_long(date) } else { self.words.day_month_year_long(date) }
    }

    /// Returns the first of two adjacent dates, by its day alone if they share the month: the `13` of `13 → 2 Dec`.
    pub(crate) fn day_before(&self, date: NaiveDate, next: NaiveDate, day: String) -> String {
        let shared = (date.year(), date.month()) == (next.year(), next.month());
        if shared { self.words.day_alone(date) } else { day }
    }

    /// Formats a date, with its weekday if it is within two weeks: `Fri 27 Nov`.
    pub(crate) fn near_day(&self, date: NaiveDate) -> String {
        let is_near = (date - self.as_of).num_days().abs() <= NEAR_DAYS && date.year() == self.as_of.year();
        if is_near { self.words.weekday_day(date) } else { self.day(date) }
    }

    /// Returns a date as it was typed if it is a period, for a placeholder: words such as "on" before it are for days.
    pub(crate) fn typed(&self, period: Option<&str>, day: String) -> String {
        period.map_or(day, |period| format!("{AS_WRITTEN}{}", flat(period)))
    }

    /// Formats odds, which are never shown as certain: `<1%`, `>99%`; with less than twelve weeks of history `<5%`,
    /// `>95%`.
    pub(crate) fn odds(&self, odds: f64, weeks: u32) -> String {
        let least = if weeks < 12 { 0.05 } else { 0.01 };
        let percent = |share: f64| self.words.percent(share, 0);
        match odds {
            odds if odds < least => format!("<{}", percent(least)),
            odds if odds > 1.0 - least => format!(">{}", percent(1.0 - least)),
            odds => percent(odds),
        }
    }

    /// Formats a change in days: `+6 days`, `−3 days`.
    pub(crate) fn days_moved(&self, days: i64) -> String {
        let sign = if days < 0 { "−" } else { "+" };
        self.words.count("quarter.days_moved", days.unsigned_abs(), &[("sign", sign)])
    }

    pub(crate) fn say(&self, key: &str, places: &[(&str, &str)]) -> String {
        self.words.say(key, places)
    }

    /// Returns the day of the last 1:1 if it is the same for all teams that have had one, otherwise `None`.
    pub(crate) fn common_since(&self, made: &[Made]) -> Option<NaiveDate> {
        let mut dates = made.iter().filter_map(|made| made.card.since);
        let first = dates.next()?;
        dates.all(|date| date == first).then_some(first)
    }

    /// Capitalises the first letter.
    pub(crate) fn capital(&self, text: &str) -> String {
        let mut letters = text.chars();
        letters.next().map_or_else(String::new, |first| first.to_uppercase().chain(letters).collect())
    }
}

/// Returns a user's text on one line and without its final full stop.
pub(crate) fn flat(text: &str) -> String {
    let line = text.split_whitespace().collect::<Vec<_>>().join(" ");
    line.strip_suffix('.').filter(|rest| !rest.ends_with('.')).map_or(line.clone(), str::to_owned)
}
