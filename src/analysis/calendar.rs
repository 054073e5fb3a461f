//! Weeks, months, quarters and years as a team counts them. Every period of the brief is cut here, once:
//! [`super`] and the metrics ask for closing days and spans and never do date arithmetic of their own.

use chrono::{Datelike, Days, Months, NaiveDate, Weekday};

use super::Quarter;
use crate::config::Calendar;

/// A run of days, both ends included.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Span {
    pub start: NaiveDate,
    pub end: NaiveDate,
}

impl Span {
    pub fn contains(&self, date: NaiveDate) -> bool {
        self.start <= date && date <= self.end
    }

    /// Days in it, both ends counted.
    pub fn days(&self) -> i64 {
        (self.end - self.start).num_days() + 1
    }
}

/// The day on which the week that holds `date` closes: `date` itself or one of the six days after it.
pub fn week_ending(date: NaiveDate, week_ends: Weekday) -> NaiveDate {
    date + Days::new(u64::from(week_ends.days_since(date.weekday())))
}

/// Closing days, oldest first, of the weeks from the one that holds `first` to the last that has closed by `through`.
///
/// `through` is the earlier of as-of and what the data reach: a week that is still open is not in the list.
/// Weeks simply follow each other, so a year of 53 of them needs no rule of its own.
pub fn closed_weeks(first: NaiveDate, through: NaiveDate, week_ends: Weekday) -> Vec<NaiveDate> {
    week_ending(first, week_ends).iter_weeks().take_while(|closing| *closing <= through).collect()
}

/// The calendar month that holds `date`.
pub fn month_of(date: NaiveDate) -> Span {
    let start = date - Days::new(u64::from(date.day0()));
    Span { start, end: start + Months::new(1) - Days::new(1) }
}

/// The (fiscal) year that holds `date`: twelve months from the first day of month `starts` (1 to 12).
pub fn year_of(date: NaiveDate, starts: u32) -> Span {
    let start = month_of(date).start - Months::new(months_into_year(date, starts));
    Span { start, end: start + Months::new(12) - Days::new(1) }
}

/// The quarter that holds `date`, of a year that starts in month `starts`.
pub fn quarter_of(date: NaiveDate, starts: u32) -> Span {
    let start = month_of(date).start - Months::new(months_into_year(date, starts) % 3);
    Span { start, end: start + Months::new(3) - Days::new(1) }
}

/// The same day a year before; 28 February for 29 February.
pub fn year_before(date: NaiveDate) -> NaiveDate {
    date - Months::new(12)
}

/// The quarter that a brief is about: `[quarter]` of the config while `as_of` lies in it, else by the calendar.
///
/// Weeks are counted from its first day, so that "week 8 of 13" is the same for every `week_ends`.
pub fn quarter(as_of: NaiveDate, explicit: Option<(NaiveDate, NaiveDate)>, calendar: &Calendar) -> Quarter {
    let explicit = explicit.map(|(start, end)| Span { start, end }).filter(|span| span.contains(as_of));
    let (span, label) = match explicit {
        Some(span) => (span, format!("{} – {}", span.start, span.end)),
        None => {
            let starts = calendar.fiscal_year_starts;
            (quarter_of(as_of, starts), quarter_label(as_of, starts))
        }
    };
    // To the nearest week: a quarter of 89 to 92 days has 13, one of 14 weeks in a 53-week year has 14.
    let weeks = ((span.days() + 3) / 7).max(1);
    let week = ((as_of - span.start).num_days() / 7 + 1).min(weeks);
    Quarter { label, start: span.start, end: span.end, week: week as u32, weeks: weeks as u32 }
}

/// `Q4 2026`; for a fiscal year that does not start in January `Q3 FY2027`, by the year in which it ends.
pub fn quarter_label(date: NaiveDate, starts: u32) -> String {
    let number = months_into_year(date, starts) / 3 + 1;
    let year = year_of(date, starts).end.year();
    if starts == 1 { format!("Q{number} {year}") } else { format!("Q{number} FY{year}") }
}

/// Quarter and year of a label as people write it: `Q4 2026`, `2026-Q4`, `Q3 FY27`, `4Q26`. None of anything else.
pub fn quarter_key(label: &str) -> Option<(u8, i32)> {
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

/// Whole months between the start of the (fiscal) year and the month of `date`: 0 to 11.
fn months_into_year(date: NaiveDate, starts: u32) -> u32 {
    (date.month() + 12 - starts) % 12
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn day(text: &str) -> NaiveDate {
        text.parse().expect("a date")
    }

    fn span(start: &str, end: &str) -> Span {
        Span { start: day(start), end: day(end) }
    }

    #[test]
    fn a_week_closes_on_its_day_or_after() {
        // 20 November 2026 is a Friday.
        assert_eq!(week_ending(day("2026-11-20"), Weekday::Fri), day("2026-11-20"));
        assert_eq!(week_ending(day("2026-11-21"), Weekday::Fri), day("2026-11-27"));
        assert_eq!(week_ending(day("2026-11-20"), Weekday::Sun), day("2026-11-22"));
    }

    #[test]
    fn an_open_week_is_not_among_the_closed() {
        let weeks = closed_weeks(day("2026-11-02"), day("2026-11-20"), Weekday::Sun);
        assert_eq!(weeks, [day("2026-11-08"), day("2026-11-15")]);
        assert!(closed_weeks(day("2026-11-16"), day("2026-11-20"), Weekday::Sun).is_empty());
    }

    #[test]
    fn iso_2026_has_53_weeks() {
        // ISO 8601: 2026 begins on a Thursday, so it has 53 weeks; its first closes on 4 January.
        let weeks = closed_weeks(day("2025-12-29"), day("2027-01-03"), Weekday::Sun);
        assert_eq!(weeks.len(), 53);
        assert_eq!(weeks.last(), Some(&day("2027-01-03")));
    }

    #[test]
    fn quarters_follow_the_fiscal_year() {
        assert_eq!(quarter_of(day("2026-11-20"), 1), span("2026-10-01", "2026-12-31"));
        assert_eq!(quarter_label(day("2026-11-20"), 1), "Q4 2026");
        // A year from April: November lies in its third quarter, and the year is named by its end.
        assert_eq!(quarter_of(day("2026-11-20"), 4), span("2026-10-01", "2026-12-31"));
        assert_eq!(quarter_label(day("2026-11-20"), 4), "Q3 FY2027");
        assert_eq!(year_of(day("2026-11-20"), 4), span("2026-04-01", "2027-03-31"));
        // A year from February: January closes its last quarter.
        assert_eq!(quarter_of(day("2027-01-15"), 2), span("2026-11-01", "2027-01-31"));
        assert_eq!(quarter_label(day("2027-01-15"), 2), "Q4 FY2027");
    }

    #[test]
    fn the_sketch_stands_in_week_8_of_13() {
        let quarter = quarter(day("2026-11-20"), None, &Calendar::default());
        assert_eq!((quarter.week, quarter.weeks), (8, 13));
        // 30 and 31 December would be a 14th week of a 13-week quarter.
        let last = super::quarter(day("2026-12-31"), None, &Calendar::default());
        assert_eq!((last.week, last.weeks), (13, 13));
    }

    #[test]
    fn an_explicit_quarter_holds_while_as_of_lies_in_it() {
        // The 53rd week of the NRF 4-5-4 calendar makes a quarter of 14 weeks.
        let explicit = Some((day("2026-10-25"), day("2027-01-30")));
        let quarter = quarter(day("2026-11-20"), explicit, &Calendar::default());
        assert_eq!((quarter.start, quarter.weeks), (day("2026-10-25"), 14));
        assert_eq!(quarter.label, "2026-10-25 – 2027-01-30");
        let after = super::quarter(day("2027-02-01"), explicit, &Calendar::default());
        assert_eq!(after.label, "Q1 2027");
    }

    #[test]
    fn quarters_are_read_as_people_write_them() {
        for label in ["Q4 2026", "2026-Q4", "q4/26", "4Q26", "FY2026 Q4", "2026 Q4"] {
            assert_eq!(quarter_key(label), Some((4, 2026)), "{label}");
        }
        for label in ["", "2026", "Quality 2026", "Q5 2026", "Q4", "autumn"] {
            assert_eq!(quarter_key(label), None, "{label}");
        }
    }

    #[test]
    fn leap_days_have_a_year_before() {
        assert_eq!(year_before(day("2028-02-29")), day("2027-02-28"));
        assert_eq!(month_of(day("2028-02-10")), span("2028-02-01", "2028-02-29"));
    }

    proptest! {
        #![proptest_config(ProptestConfig { cases: 256, ..crate::analysis::fixtures::few_cases() })]

        #[test]
        fn every_day_lies_in_its_periods(offset in 0u64..40_000, week_ends in 0u8..7, starts in 1u32..=12) {
            let date = day("1970-01-01") + Days::new(offset);
            let week_ends = Weekday::try_from(week_ends).expect("0 to 6");
            let closing = week_ending(date, week_ends);
            prop_assert_eq!(closing.weekday(), week_ends);
            prop_assert!((0..7).contains(&(closing - date).num_days()));
            let (quarter, year) = (quarter_of(date, starts), year_of(date, starts));
            prop_assert!(quarter.contains(date) && year.contains(date));
            prop_assert!(year.contains(quarter.start) && year.contains(quarter.end));
            prop_assert!((89..=92).contains(&quarter.days()));
        }
    }
}
