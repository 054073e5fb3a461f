//! Dates in the format of a language, and the names of months and weekdays: for chart labels, and to recognise dates in
//! a user's text.

use chrono::{Datelike as _, NaiveDate};

use super::Words;

impl Words {
    /// Returns a date such as `20 Nov`.
    pub fn day_month(&self, date: NaiveDate) -> String {
        self.date(&self.form.day_month, date)
    }

    /// Returns a date such as `Fri 20 Nov`.
    pub fn weekday_day(&self, date: NaiveDate) -> String {
        self.date(&self.form.weekday_day, date)
    }

    /// Returns a date such as `20 November`.
    pub fn day_month_long(&self, date: NaiveDate) -> String {
        self.date(&self.form.day_month_long, date)
    }

    /// Returns a date such as `20 Nov 2026`.
    pub fn day_month_year(&self, date: NaiveDate) -> String {
        self.date(&self.form.day_month_year, date)
    }

    /// Returns a date such as `20 November 2026`; a no-break space keeps the day with its month.
    ///
    /// ```
    /// use headsup::words::Words;
    ///
    /// let day = "2026-11-20".parse().unwrap();
    /// let written = |language| Words::of(language).unwrap().day_month_year_long(day);
    /// assert_eq!(written("en"), "20\u{a0}November 2026");
    /// assert_eq!(written("de"), "20.\u{a0}November 2026");
    /// ```
    pub fn day_month_year_long(&self, date: NaiveDate) -> String {
        self.date(&self.form.day_month_year_long, date)
    }

    /// Returns a date such as `Friday 20 November 2026`.
    pub fn full_date(&self, date: NaiveDate) -> String {
        self.date(&self.form.full_date, date)
    }

    /// Returns the short name of a month, such as `Nov`.
    pub(crate) fn month_short(&self, date: NaiveDate) -> &str {
        &self.form.months_short[date.month0() as usize]
    }

    /// Returns the name of a month, such as `November`.
    pub(crate) fn month(&self, date: NaiveDate) -> &str {
        &self.form.months[date.month0() as usize]
    }

    /// Whether a word is the full or short name of a month; full stops do not count.
    pub(crate) fn is_month(&self, word: &str) -> bool {
        self.form.months.iter().chain(&self.form.months_short).any(|month| month.trim_end_matches('.') == word)
    }

    /// Returns the weekday of a date in the coming week, such as `Friday`.
    pub(crate) fn weekday_soon(&self, date: NaiveDate) -> String {
        self.date(&self.form.weekday_soon, date)
    }

    /// Returns the day of a date whose month is written next to it, such as `20`.
    pub(crate) fn day_alone(&self, date: NaiveDate) -> String {
        self.date(&self.form.day, date)
    }

    fn date(&self, pattern: &str, date: NaiveDate) -> String {
        let (month, weekday) = (date.month0() as usize, date.weekday().num_days_from_monday() as usize);
        let day = if date.day() == 1 { self.form.first_day.clone() } else { date.day().to_string() };
        self.fill(
            pattern,
            &[
                ("day", &day),
                ("month", &self.form.months[month]),
                ("mon", &self.form.months_short[month]),
                ("weekday", &self.form.weekdays[weekday]),
                ("wd", &self.form.weekdays_short[weekday]),
                ("year", &date.year().to_string()),
            ],
        )
    }
}
