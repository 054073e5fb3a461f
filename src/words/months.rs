//! The names of months: as labels of charts, and to tell a date in a user's text.

use chrono::{Datelike as _, NaiveDate};

use super::Words;

impl Words {
    /// `Nov`.
    pub fn month_short(&self, date: NaiveDate) -> &str {
        &self.form.months_short[date.month0() as usize]
    }

    /// `November`.
    pub fn month(&self, date: NaiveDate) -> &str {
        &self.form.months[date.month0() as usize]
    }

    /// Whether a word is the name of a month, in full or short, without its stop.
    pub fn is_month(&self, word: &str) -> bool {
        self.form.months.iter().chain(&self.form.months_short).any(|month| month.trim_end_matches('.') == word)
    }
}
