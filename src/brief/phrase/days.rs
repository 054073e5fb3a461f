//! Dates in the form in which a manager speaks of them: with the year if it is another, with the weekday if they are
//! near.

use chrono::{Datelike as _, NaiveDate};

use super::Context;

/// A date is printed with its weekday if it is at most this many days from the meeting.
const NEAR_DAYS: i64 = 14;

impl Context<'_> {
    /// `20 Nov`, with the year if it is not the as-of date's.
    pub(crate) fn day(&self, date: NaiveDate) -> String {
        if self.far(date) { self.words.day_month_year(date) } else { self.words.day_month(date) }
    }

    /// `20 November`, with the year if it is not the as-of date's.
    pub(crate) fn day_long(&self, date: NaiveDate) -> String {
        if self.far(date) { self.words.day_month_year_long(date) } else { self.words.day_month_long(date) }
    }

    /// `Fri 20 Nov` within two weeks of the meeting, when the weekday helps; else [`Self::day`].
    pub(crate) fn near_day(&self, date: NaiveDate) -> String {
        let is_near = (date - self.analysis.on).num_days().abs() <= NEAR_DAYS;
        if is_near && !self.far(date) { self.words.weekday_day(date) } else { self.day(date) }
    }

    /// A day in the coming week by its name, `Tuesday`; else [`Self::day_long`].
    pub(crate) fn soon(&self, date: NaiveDate) -> String {
        let is_soon = (1..7).contains(&(date - self.analysis.on).num_days());
        if is_soon { self.words.weekday_soon(date) } else { self.day_long(date) }
    }

    /// The first of two adjacent dates, without the month if they share it: the `14` of `14 → 20 Dec`.
    pub(crate) fn day_before(&self, date: NaiveDate, next: NaiveDate) -> Option<String> {
        let shared = (date.year(), date.month()) == (next.year(), next.month());
        shared.then(|| self.words.day_alone(date))
    }

    /// `5 days later than a week ago`, `… than on 13 November`: how much the expected date moved since the last 1:1.
    pub(crate) fn moved_since(&self, days: i64) -> String {
        let since = self.analysis.since.date;
        let then = match (self.analysis.as_of - since).num_days() {
            7 => self.say("slip.a_week_ago", &[]),
            14 => self.say("slip.two_weeks_ago", &[]),
            _ => self.say("slip.on_date", &[("date", &self.day_long(since))]),
        };
        let key = if days < 0 { "slip.shrank" } else { "slip.grew" };
        self.count(key, days.unsigned_abs(), &[("then", &then)])
    }

    fn far(&self, date: NaiveDate) -> bool {
        date.year() != self.analysis.as_of.year()
    }
}
