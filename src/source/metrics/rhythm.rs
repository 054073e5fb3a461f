//! Infers the period that a row of a metric stands for from the dates of its rows: nothing else in a file of monthly
//! numbers shows it.
//!
//! Rows that are all dated on the first or all on the last day of a month, at most one in each month, stand for months;
//! if no two are nearer than a quarter or a year, they stand for quarters or years. Rows on the same day of different
//! weeks stand for weeks. All other rows stand for days.

use std::collections::BTreeMap;

use chrono::{Datelike, Days, Months, NaiveDate};

use crate::team::Grain;

/// Fewest rows on the same day of the week that are not an accident.
const WEEKS: usize = 3;

/// How the rows of a metric are dated.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Rhythm {
    pub grain: Grain,
    /// Whether rows have the last day of their period as their date, instead of the first.
    is_dated_last: bool,
}

impl Rhythm {
    /// Infers the rhythm from the dates of all rows, oldest first. A single row stands for a day.
    pub fn of(dates: impl Iterator<Item = NaiveDate> + Clone) -> Self {
        let by_day = Self::default();
        let (Some(first), count) = (dates.clone().next(), dates.clone().take(WEEKS).count()) else { return by_day };
        if count < 2 {
            return by_day;
        }
        let is_last = |on: NaiveDate| (on + Days::new(1)).day() == 1;
        let is_dated_last = is_last(first);
        if dates.clone().all(|on| on.day() == 1) || dates.clone().all(is_last) {
            let month = |on: NaiveDate| on.year() * 12 + on.month0() as i32;
            let apart = |months: i32| dates.clone().all(|on| (month(on) - month(first)) % months == 0);
            let grain = [(12, Grain::Year), (3, Grain::Quarter)].into_iter().find(|(months, _)| apart(*months));
            return Self { grain: grain.map_or(Grain::Month, |(_, grain)| grain), is_dated_last };
        }
        let is_weekly = count == WEEKS && dates.clone().all(|on| (on - first).num_days() % 7 == 0);
        if is_weekly { Self { grain: Grain::Week, ..by_day } } else { by_day }
    }

    /// Infers the rhythm of rows whose dates are written as months: a single one stands for its month.
    pub fn of_cells(dates: impl Iterator<Item = NaiveDate> + Clone, are_months: bool) -> Self {
        match are_months && dates.clone().take(2).count() == 1 {
            true => Self { grain: Grain::Month, ..Self::default() },
            false => Self::of(dates),
        }
    }

    /// Returns the day that represents a row: for months, quarters and years always the first day.
    pub fn day_of(self, dated: NaiveDate) -> NaiveDate {
        match self.grain.months().filter(|_| self.is_dated_last) {
            Some(months) => dated + Days::new(1) - Months::new(months),
            None => dated,
        }
    }

    /// Converts the dates of all rows with [`Self::day_of`].
    pub fn days_of<T>(self, dated: BTreeMap<NaiveDate, T>) -> BTreeMap<NaiveDate, T> {
        if !self.is_dated_last {
            return dated;
        }
        dated.into_iter().map(|(on, day)| (self.day_of(on), day)).collect()
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use chrono::Weekday;

    /// Returns what rows with these dates stand for, and the day that the newest one reaches to if weeks end on Sunday.
    fn told(dates: &[&str]) -> (Grain, String) {
        let dates: Vec<NaiveDate> = dates.iter().map(|date| date.parse().expect("a date")).collect();
        let rhythm = Rhythm::of(dates.iter().copied());
        let newest = rhythm.day_of(*dates.last().expect("a date"));
        (rhythm.grain, rhythm.grain.last_day(newest, Weekday::Sun).to_string())
    }

    #[test]
    fn rows_of_months_stand_for_months_whichever_end_they_are_dated_with() {
        let october = (Grain::Month, "2026-10-31".to_owned());
        assert_eq!(told(&["2026-08-01", "2026-09-01", "2026-10-01"]), october);
        assert_eq!(told(&["2026-08-31", "2026-09-30", "2026-10-31"]), october);
        // A month may have no row, and February is shorter.
        assert_eq!(told(&["2025-12-01", "2026-01-01", "2026-10-01"]), october);
        assert_eq!(told(&["2026-01-31", "2026-02-28"]), (Grain::Month, "2026-02-28".to_owned()));
    }

    #[test]
    fn rows_of_quarters_and_years_are_told_by_their_distance() {
        let quarter = (Grain::Quarter, "2026-09-30".to_owned());
        assert_eq!(told(&["2026-01-01", "2026-04-01", "2026-07-01"]), quarter);
        assert_eq!(told(&["2026-03-31", "2026-06-30", "2026-09-30"]), quarter);
        assert_eq!(told(&["2024-01-01", "2025-01-01"]), (Grain::Year, "2025-12-31".to_owned()));
        assert_eq!(told(&["2024-12-31", "2025-12-31"]), (Grain::Year, "2025-12-31".to_owned()));
    }

    #[test]
    fn rows_of_weeks_reach_to_the_end_of_their_week() {
        // 16 November 2026 is a Monday, the 15th a Sunday.
        assert_eq!(told(&["2026-11-02", "2026-11-09", "2026-11-16"]), (Grain::Week, "2026-11-22".to_owned()));
        assert_eq!(told(&["2026-11-01", "2026-11-08", "2026-11-15"]), (Grain::Week, "2026-11-15".to_owned()));
    }

    #[test]
    fn all_else_is_by_the_day() {
        for dates in [
            ["2026-09-01", "2026-10-01", "2026-10-02"],
            ["2026-09-30", "2026-10-01", "2026-11-01"],
            ["2026-11-16", "2026-11-17", "2026-11-18"],
        ] {
            assert_eq!(told(&dates), (Grain::Day, dates[2].to_owned()));
        }
        assert_eq!(told(&["2026-10-01"]).0, Grain::Day);
        assert_eq!(told(&["2026-11-02", "2026-11-09"]).0, Grain::Day);
    }
}
