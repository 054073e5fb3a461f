//! Weeks, months, quarters and years as a team counts them. All periods are computed here; [`super`] and the metrics do
//! no date arithmetic of their own.

use chrono::{Datelike, Days, Months, NaiveDate, Weekday};

use super::Quarter;
use crate::config::Calendar;

/// A range of days that includes both ends.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Span {
    pub start: NaiveDate,
    pub end: NaiveDate,
}

impl Span {
    pub fn contains(&self, date: NaiveDate) -> bool {
        self.start <= date && date <= self.end
    }

    /// Number of days, including both ends.
    pub fn days(&self) -> i64 {
        (self.end - self.start).num_days() + 1
    }
}

/// Returns the last day of the week that contains `date`: `date` itself or one of the six days after it.
pub(crate) fn week_ending(date: NaiveDate, week_ends: Weekday) -> NaiveDate {
    date + Days::new(u64::from(week_ends.days_since(date.weekday())))
}

/// Returns the last days, oldest first, of the weeks from the one that contains `first` to the last that ended by
/// `through`.
///
/// `through` is the earlier of as-of and the last day of the data: an unfinished week is not in the list. Weeks simply
/// follow each other, so a year with 53 weeks needs no special rule.
pub(crate) fn closed_weeks(first: NaiveDate, through: NaiveDate, week_ends: Weekday) -> Vec<NaiveDate> {
    week_ending(first, week_ends).iter_weeks().take_while(|closing| *closing <= through).collect()
}

/// Returns the calendar month that contains `date`.
pub(crate) fn month_of(date: NaiveDate) -> Span {
    let start = date - Days::new(u64::from(date.day0()));
    Span { start, end: start + Months::new(1) - Days::new(1) }
}

/// Returns the (fiscal) year that contains `date`: twelve months from the first day of month `starts` (1 to 12).
pub(crate) fn year_of(date: NaiveDate, starts: u32) -> Span {
    let start = month_of(date).start - Months::new(months_into_year(date, starts));
    Span { start, end: start + Months::new(12) - Days::new(1) }
}

/// Returns the quarter that contains `date`, of a year that starts in month `starts`.
pub(crate) fn quarter_of(date: NaiveDate, starts: u32) -> Span {
    let start = month_of(date).start - Months::new(months_into_year(date, starts) % 3);
    Span { start, end: start + Months::new(3) - Days::new(1) }
}

/// Returns the same day a year before; 28 February for 29 February.
pub(crate) fn year_before(date: NaiveDate) -> NaiveDate {
    date - Months::new(12)
}

/// Returns the quarter of a brief: the config's `[quarter]` if it contains `as_of`, else the calendar's.
///
/// Weeks are counted from its first day, so that "week 8 of 13" does not depend on `week_ends`.
pub(crate) fn quarter(as_of: NaiveDate, explicit: Option<(NaiveDate, NaiveDate)>, calendar: &Calendar) -> Quarter {
    let explicit = explicit.map(|(start, end)| Span { start, end }).filter(|span| span.contains(as_of));
    let (span, label) = match explicit {
        Some(span) => (span, format!("{} – {}", span.start, span.end)),
        None => {
            let starts = calendar.fiscal_year_starts;
            (quarter_of(as_of, starts), quarter_label(as_of, starts))
        }
    };
    // Rounded to the nearest week: a quarter of 89 to 92 days has 13 weeks, one in a year of 53 weeks may have 14.
    let weeks = ((span.days() + 3) / 7).max(1);
    let week = ((as_of - span.start).num_days() / 7 + 1).min(weeks);
    Quarter { label, start: span.start, end: span.end, week: week as u32, weeks: weeks as u32 }
}

/// Returns `Q4 2026`; for a fiscal year that does not start in January `Q3 FY2027`, with the year in which it ends.
pub(crate) fn quarter_label(date: NaiveDate, starts: u32) -> String {
    let number = months_into_year(date, starts) / 3 + 1;
    let year = year_of(date, starts).end.year();
    if starts == 1 { format!("Q{number} {year}") } else { format!("Q{number} FY{year}") }
}

/// Returns quarter and year of a label as people write it: `Q4 2026`, `2026-Q4`, `Q3 FY27`, `4Q26`. `None` for anything
/// else.
pub(crate) fn quarter_key(label: &str) -> Option<(u8, i32)> {
    let chars: Vec<char> = label.to_uppercase().chars().collect();
    let at = chars.iter().position(|c| *c == 'Q')?;
    let digit = |index: usize| chars.get(index).and_then(|c| c.to_digit(10));
    let is_quarter = |n: &u32| (1..=4).contains(n);
    let (quarter, number_at) = match digit(at + 1).filter(is_quarter) {
        Some(quarter) if digit(at + 2).is_none() => (quarter, at + 1),
        _ => (digit(at.checked_sub(1)?).filter(is_quarter)?, at - 1),
    };
    let rest: String = chars.iter().enumerate().map(|(at, c)| if at == number_at { ' ' } else { *c }).collect();
    let year = rest.split(|c: char| !c.is_ascii_digit()).find(|digits| matches!(digits.len(), 2 | 4))?;
    let number: i32 = year.parse().ok()?;
    Some((quarter as u8, if year.len() == 2 { 2000 + number } else { number }))
}

/// Returns the whole months between the start of the (fiscal) year and the month of `date`: 0 to 11.
fn months_into_year(date: NaiveDate, starts: u32) -> u32 {
    (date.month() + 12 - starts) % 12
}

#[cfg(test)]
#[path = "calendar_tests.rs"]
mod tests;
