//! Worked examples for periods and their changes.

use super::*;
use crate::team::BaselineWindow;
use proptest::prelude::*;

fn metric(aggregate: Aggregate, unit: Option<&str>) -> Metric {
    Metric {
        name: "Made".into(),
        kind: Some(aggregate.kind()),
        aggregate,
        better: None,
        unit: unit.map(str::to_owned),
        targets: Vec::new(),
        baseline: BaselineWindow::default(),
        bps: false,
        grain: Default::default(),
        days: Default::default(),
        stated: None,
    }
}

#[test]
fn a_ratio_is_the_ratio_of_the_sums() {
    let mut errors = metric(Aggregate::Ratio, None);
    let day = |sum, denominator| Day { sum, denominator, count: 1, ..Day::default() };
    let monday: NaiveDate = "2026-11-16".parse().expect("a date");
    // 1 of 10 and 9 of 10,000: 0.1 %; the mean of both shares would be 5 %.
    errors.days.extend([(monday, day(1.0, 10.0)), (monday + Days::new(1), day(9.0, 9990.0))]);
    let span = Span { start: monday, end: monday + Days::new(6) };
    let value = |metric: &Metric| Series::new(metric, span.end, Weekday::Sun).and_then(|series| series.value(span));
    assert_eq!(value(&errors), Some(0.001));
    // A ratio without a denominator has no value.
    errors.days = [(monday, day(1.0, 0.0))].into();
    assert_eq!(value(&errors), None);
}

fn sums(of: &[(&str, f64)], grain: Grain) -> Metric {
    let day = |(on, sum): &(&str, f64)| {
        let day = Day { sum: *sum, count: 1, last: *sum, min: *sum, max: *sum, denominator: 0.0 };
        (on.parse().expect("a date"), day)
    };
    Metric { grain, days: of.iter().map(day).collect(), ..metric(Aggregate::Sum, None) }
}

fn span(start: &str, end: &str) -> Span {
    Span { start: start.parse().expect("a date"), end: end.parse().expect("a date") }
}

#[test]
fn weekly_rows_count_by_their_days_in_a_month() {
    let weekly =
        sums(&[("2026-10-25", 70.0), ("2026-11-01", 70.0), ("2026-11-08", 70.0), ("2026-11-15", 70.0)], Grain::Week);
    let series = Series::new(&weekly, span("2026-11-15", "2026-11-15").end, Weekday::Sun).expect("values");
    assert_eq!(series.over(span("2026-11-01", "2026-11-15")), Some(150.0));
    // A week is missing, so there is no sum.
    let gap = sums(&[("2026-11-01", 70.0), ("2026-11-15", 70.0)], Grain::Week);
    let series = Series::new(&gap, span("2026-11-15", "2026-11-15").end, Weekday::Sun).expect("values");
    assert_eq!(series.over(span("2026-11-01", "2026-11-15")), None);
    // A mean weights its weeks by their days: (1 × 10 + 7 × 20) ÷ 8.
    let mean =
        Metric { aggregate: Aggregate::Mean, ..sums(&[("2026-11-01", 10.0), ("2026-11-08", 20.0)], Grain::Week) };
    let series = Series::new(&mean, span("2026-11-08", "2026-11-08").end, Weekday::Sun).expect("values");
    assert_eq!(series.over(span("2026-11-01", "2026-11-08")), Some(18.75));
}

#[test]
fn a_quarterly_row_has_no_monthly_value() {
    let quarters = sums(&[("2026-04-01", 30.0), ("2026-07-01", 33.0)], Grain::Quarter);
    let series = Series::new(&quarters, span("2026-10-02", "2026-10-02").end, Weekday::Sun).expect("values");
    assert_eq!(series.over(span("2026-09-01", "2026-09-30")), None);
    assert_eq!(series.over(span("2026-04-01", "2026-09-30")), Some(63.0));
}

#[test]
fn an_incomplete_week_is_compared_by_the_days_it_has() {
    let first: NaiveDate = "2026-09-07".parse().expect("a Monday");
    let mut daily = sums(&[], Grain::Day);
    let one = |sum| Day { sum, count: 1, ..Day::default() };
    daily.days.extend((0..70).filter(|at| *at != 66).map(|at| (first + Days::new(at), one(10.0))));
    let series = Series::new(&daily, first + Days::new(69), Weekday::Sun).expect("values");
    let last = series.last_closed().expect("a closed week");
    assert_eq!((series.value(last), series.lacks_days(last)), (Some(60.0), true));
    let change = series.compare(last, series.periods_before(last, 1));
    assert_eq!((change.share, change.difference), (Some(0.0), Some(0.0)));
}

#[test]
fn a_year_that_is_mostly_unknown_is_not_compared() {
    let first: NaiveDate = "2025-09-01".parse().expect("a date");
    let mut daily = sums(&[], Grain::Day);
    let one = |sum| Day { sum, count: 1, ..Day::default() };
    daily.days.extend((0..440).map(|at| (first + Days::new(at), one(10.0))));
    let series = Series::new(&daily, first + Days::new(439), Weekday::Sun).expect("values");
    let year = series.compare_covered(span("2026-01-01", "2026-11-08"), span("2025-01-01", "2025-11-08"));
    assert_eq!(year, Change::default());
    let month = series.compare_covered(span("2026-11-01", "2026-11-08"), span("2025-11-01", "2025-11-08"));
    assert_eq!(month.share, Some(0.0));
}

proptest! {
    #[test]
    fn a_month_of_a_sum_is_the_sum_of_its_parts(values in proptest::collection::vec(-1e3..1e3f64, 31), cut in 1u64..30) {
        let first: NaiveDate = "2026-10-01".parse().expect("a date");
        let mut sum = metric(Aggregate::Sum, None);
        let day = |value: &f64| Day { sum: *value, count: 1, ..Day::default() };
        sum.days.extend((0u64..).zip(&values).map(|(at, value)| (first + Days::new(at), day(value))));
        let last = first + Days::new(30);
        let series = Series::new(&sum, last, Weekday::Sun).expect("values");
        let part = |start, end| series.value(Span { start, end }).unwrap_or_default();
        let (middle, all) = (first + Days::new(cut), part(first, last));
        prop_assert!((part(first, middle - Days::new(1)) + part(middle, last) - all).abs() < 1e-6);
    }
}
