//! Cells of dates that say that the work is done instead: `done 5 Nov`, `erledigt 5.11.`, `hecho`.

use chrono::NaiveDate;

use super::Record;
use crate::fold::fold;
use crate::tables::Cells as _;

/// Words between "done" and the day.
const SMALL: [&str; 11] = ["on", "am", "le", "el", "em", "the", "il", "op", "den", "dia", "d."];

impl Record<'_, '_> {
    /// Returns the day on which the work was done, or `Some(None)` if its cell names none, where a cell of `field` says
    /// that it is done instead of a date.
    pub(crate) fn done_instead(&self, field: &str) -> Option<Option<NaiveDate>> {
        self.mapping.columns(field).iter().find_map(|&column| self.done_in(column))
    }

    fn done_in(&self, column: usize) -> Option<Option<NaiveDate>> {
        let text = self.row.text(column)?;
        if self.row.is_date(column) {
            return None;
        }
        let is_done = |word: &str| {
            let word = word.trim_matches(|c: char| c.is_whitespace() || matches!(c, ':' | ',' | '-' | '–' | '(' | ')'));
            !word.is_empty() && self.word_for("status", word).as_deref() == Some("done")
        };
        if is_done(&text) {
            return Some(None);
        }
        let day = |rest: &str| {
            let rest = rest.trim_matches(|c: char| c.is_whitespace() || matches!(c, ':' | ',' | '(' | ')'));
            let first = rest.split_whitespace().next().unwrap_or_default();
            let rest = if SMALL.contains(&fold(first).as_str()) { rest[first.len()..].trim_start() } else { rest };
            self.row.day_in(column, rest)
        };
        let parts = text.match_indices(char::is_whitespace).map(|(at, _)| text.split_at(at));
        let mut days = parts.filter_map(|(before, after)| match (is_done(before), is_done(after)) {
            (true, _) => day(after),
            (_, true) => day(before),
            _ => None,
        });
        days.next().map(Some)
    }
}
