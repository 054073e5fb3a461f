//! Cases for weeks, quarters and years.

use super::*;
use proptest::prelude::*;

fn day(text: &str) -> NaiveDate {
    text.parse().expect("a date")
}

fn span(start: &str, end: &str) -> Span {
    Span { start: day(start), end: day(end) }
}

#[test]
fn a_week_closes_on_its_closing_day() {
    // 20 November 2026 is a Friday.
    assert_eq!(week_ending(day("2026-11-20"), Weekday::Fri), day("2026-11-20"));
    assert_eq!(week_ending(day("2026-11-21"), Weekday::Fri), day("2026-11-27"));
    assert_eq!(week_ending(day("2026-11-20"), Weekday::Sun), day("2026-11-22"));
}

#[test]
fn an_unfinished_week_is_not_closed() {
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
    // In a year from April, November is in the third quarter, and the year is named after its end.
    assert_eq!(quarter_of(day("2026-11-20"), 4), span("2026-10-01", "2026-12-31"));
    assert_eq!(quarter_label(day("2026-11-20"), 4), "Q3 FY2027");
    assert_eq!(year_of(day("2026-11-20"), 4), span("2026-04-01", "2027-03-31"));
    // In a year from February, January is in the last quarter.
    assert_eq!(quarter_of(day("2027-01-15"), 2), span("2026-11-01", "2027-01-31"));
    assert_eq!(quarter_label(day("2027-01-15"), 2), "Q4 FY2027");
}

#[test]
fn november_20_is_in_week_8_of_13() {
    let quarter = quarter(day("2026-11-20"), None, &Calendar::default());
    assert_eq!((quarter.week, quarter.weeks), (8, 13));
    // 30 and 31 December would be in a 14th week of a 13-week quarter.
    let last = super::quarter(day("2026-12-31"), None, &Calendar::default());
    assert_eq!((last.week, last.weeks), (13, 13));
}

#[test]
fn a_configured_quarter_is_used_if_it_contains_as_of() {
    // The 53rd week of the NRF 4-5-4 calendar makes a quarter of 14 weeks.
    let explicit = Some((day("2026-10-25"), day("2027-01-30")));
    let quarter = quarter(day("2026-11-20"), explicit, &Calendar::default());
    assert_eq!((quarter.start, quarter.weeks), (day("2026-10-25"), 14));
    assert_eq!(quarter.label, "2026-10-25 – 2027-01-30");
    let after = super::quarter(day("2027-02-01"), explicit, &Calendar::default());
    assert_eq!(after.label, "Q1 2027");
}

#[test]
fn quarter_labels_are_parsed_in_all_common_forms() {
    for label in ["Q4 2026", "2026-Q4", "q4/26", "4Q26", "FY2026 Q4", "2026 Q4"] {
        assert_eq!(quarter_key(label), Some((4, 2026)), "{label}");
    }
    for label in ["", "2026", "Quality 2026", "Q5 2026", "Q4", "autumn"] {
        assert_eq!(quarter_key(label), None, "{label}");
    }
}

#[test]
fn a_leap_day_has_a_day_a_year_before() {
    assert_eq!(year_before(day("2028-02-29")), day("2027-02-28"));
    assert_eq!(month_of(day("2028-02-10")), span("2028-02-01", "2028-02-29"));
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 256, ..crate::analysis::fixtures::few_cases() })]

    #[test]
    fn every_day_is_within_its_periods(offset in 0u64..40_000, week_ends in 0u8..7, starts in 1u32..=12) {
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
