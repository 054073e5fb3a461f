//! The names of months and weekdays: as labels of charts, to tell a date in a user's text, and where they stand for a day.

use chrono::{Datelike as _, NaiveDate};

use super::Words;

impl Words {
    /// `Nov`.
    pub(crate) fn month_short(&self, date: NaiveDate) -> &str {
        &self.form.months_short[date.month0() as usize]
    }

    /// `November`.
    pub(crate) fn month(&self, date: NaiveDate) -> &str {
        &self.form.months[date.month0() as usize]
    }

    /// Whether a word is the name of a month, in full or short, without its stop.
    pub(crate) fn is_month(&self, word: &str) -> bool {
        self.form.months.iter().chain(&self.form.months_short).any(|month| month.trim_end_matches('.') == word)
    }

    /// `Friday`, for a day of the next week.
    pub(crate) fn weekday_soon(&self, date: NaiveDate) -> String {
        self.date(&self.form.weekday_soon, date)
    }

    /// `20`, where its month stands beside it.
    pub(crate) fn day_alone(&self, date: NaiveDate) -> String {
        self.date(&self.form.day, date)
    }
}
