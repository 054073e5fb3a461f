//! Tests of metrics against numbers computed independently with pandas, by the rules of the Working Backwards WBR app.

use chrono::{Days, NaiveDate, Weekday};
use headsup::analysis::metric::{self, MetricInputs};
use headsup::analysis::{Basis, MetricState, Point};
use headsup::config::Calendar;
use headsup::team::{Aggregate, Day, Grain, Metric};

use crate::program::{peer, tool};

pub(super) fn day(text: &str) -> NaiveDate {
    text.parse().expect("a date")
}

/// Returns nine hundred days from 1 December 2021: a row for each day, empty on every 97th, and a second row on every
/// third day.
pub(super) fn made(aggregate: Aggregate) -> Metric {
    let mut metric = Metric { name: "Made".into(), kind: Some(aggregate.kind()), aggregate, ..blank() };
    let value = |i: u64, k: u64| ((i * 7919 + 104_729 * k) % 1000) as f64 / 10.0 + i as f64 * 0.05;
    for i in 0..900u64 {
        let first = (i % 97 != 13).then(|| value(i, 1));
        let second = (i % 3 == 0).then(|| value(i, 2));
        let rows: Vec<f64> = first.into_iter().chain(second).collect();
        let folded = Day {
            sum: rows.iter().sum(),
            count: rows.len() as u64,
            min: rows.iter().copied().fold(f64::INFINITY, f64::min),
            max: rows.iter().copied().fold(f64::NEG_INFINITY, f64::max),
            last: rows.last().copied().unwrap_or_default(),
            denominator: (50 + (i * 31) % 17) as f64,
        };
        metric.days.insert(day("2021-12-01") + Days::new(i), if rows.is_empty() { Day::default() } else { folded });
    }
    metric
}

fn blank() -> Metric {
    Metric {
        name: String::new(),
        kind: Some(Aggregate::Sum.kind()),
        aggregate: Aggregate::Sum,
        better: None,
        unit: None,
        targets: Vec::new(),
        baseline: Default::default(),
        bps: false,
        grain: Grain::Day,
        days: Default::default(),
        stated: None,
    }
}

pub(super) fn calendar(week_ends: Weekday, fiscal_year_starts: u32) -> Calendar {
    Calendar { week_ends, fiscal_year_starts, ..Calendar::default() }
}

fn state(aggregate: Aggregate, week_ends: Weekday, as_of: &str, year_starts: u32) -> MetricState {
    metric::state(&made(aggregate), &MetricInputs::at(&calendar(week_ends, year_starts), None, day(as_of)))
}

/// Returns a metric with a row for each day, all with the same value.
pub(super) fn daily(values: impl IntoIterator<Item = (&'static str, f64)>, aggregate: Aggregate) -> Metric {
    let one = |value: f64| Day { sum: value, count: 1, min: value, max: value, last: value, denominator: 0.0 };
    Metric {
        kind: Some(aggregate.kind()),
        aggregate,
        days: values.into_iter().map(|(on, value)| (day(on), one(value))).collect(),
        ..blank()
    }
}

#[track_caller]
fn same(what: &str, ours: Option<f64>, theirs: Option<f64>) {
    match (ours, theirs) {
        (Some(a), Some(b)) if (a - b).abs() <= 1e-7 * b.abs().max(1e-6) => {}
        (None, None) => {}
        _ => panic!("{what}: {ours:?} should be {theirs:?}"),
    }
}

/// Compares with the results of pandas: latest, wow, yoy, mtd, mtd_yoy, qtd, qtd_yoy, ytd, ytd_yoy, mom.
#[track_caller]
fn figures(state: &MetricState, expected: [Option<f64>; 10]) {
    let ours = [
        ("latest", state.latest),
        ("wow", state.wow),
        ("yoy", state.yoy),
        ("mtd", state.mtd),
        ("mtd_yoy", state.mtd_yoy),
        ("qtd", state.qtd),
        ("qtd_yoy", state.qtd_yoy),
        ("ytd", state.ytd),
        ("ytd_yoy", state.ytd_yoy),
        ("mom", state.mom),
    ];
    ours.into_iter().zip(expected).for_each(|((what, ours), theirs)| same(what, ours, theirs));
}

#[track_caller]
fn points(what: &str, ours: &[Point], theirs: &[Option<f64>]) {
    let ours = &ours[ours.len() - theirs.len()..];
    ours.iter().zip(theirs).for_each(|(ours, theirs)| same(&format!("{what} {}", ours.ending), ours.value, *theirs));
}

#[test]
fn sums_in_weeks_to_saturday_around_a_leap_day() {
    let state = state(Aggregate::Sum, Weekday::Sat, "2024-03-02", 1);
    let some = Some;
    figures(
        &state,
        [
            some(818.2),
            some(-0.070_808_017_7),
            some(0.097_960_279_1),
            some(248.35),
            some(-0.135_422_106),
            some(7134.9),
            // A cell in the same quarter a year before is empty, so its sum is unknown.
            None,
            some(7134.9),
            None,
            some(-0.042_425_879_1),
        ],
    );
    let months = [3034.65, 2800.5, 3432.6, 2961.5, f64::NAN, 3237.0, 3598.5, f64::NAN, 3495.5, 3590.4, 3517.9, 3368.65];
    points("month", &state.months, &months.map(|value| some(value).filter(|v| !v.is_nan())));
    points("week", &state.weeks, &[693.05, 780.55, 808.7, 771.6, 880.55, 818.2].map(Some));
    points("week a year before", &state.weeks_prior_year, &[837.7, 657.7, 666.65, 747.2, 536.25, 745.2].map(Some));
    assert_eq!(state.weeks_prior_year.last().map(|week| week.ending), Some(day("2023-03-04")));
    assert_eq!(state.months.last().map(|month| month.ending), Some(day("2024-02-29")));
}

#[test]
fn sums_in_weeks_to_wednesday_of_a_year_that_ends_in_may() {
    let state = state(Aggregate::Sum, Weekday::Wed, "2024-02-29", 6);
    figures(
        &state,
        [
            Some(959.7),
            Some(0.375_125_376),
            Some(0.705_981_691),
            Some(3296.75),
            Some(0.261_069_14),
            Some(10405.05),
            None,
            None,
            None,
            Some(-0.020_192_736_2),
        ],
    );
    points("week", &state.weeks, &[710.4, 797.9, 750.2, 888.95, 697.9, 959.7].map(Some));
    // The last week ended on 28 February, so February is not complete.
    assert_eq!(state.months.last().map(|month| month.ending), Some(day("2024-01-31")));
}

#[test]
fn means_that_close_on_the_leap_day_itself() {
    let state = state(Aggregate::Mean, Weekday::Thu, "2024-02-29", 1);
    figures(
        &state,
        [
            92.178_571_4,
            0.119_934_045,
            0.308_558_102,
            86.824_137_9,
            0.227_475_127,
            88.799_166_7,
            0.277_527_388,
            88.799_166_7,
            0.277_527_388,
            -0.042_170_681_7,
        ]
        .map(Some),
    );
    points(
        "week",
        &state.weeks,
        &[73.928_571_4, 106.564_286, 68.371_428_6, 104.878_571, 82.307_142_9, 92.178_571_4].map(Some),
    );
    points("month", &state.months[10..], &[90.646_774_2, 86.824_137_9].map(Some));
}

#[test]
fn means_of_a_year_that_ends_in_march_across_new_year() {
    let state = state(Aggregate::Mean, Weekday::Sun, "2023-01-04", 4);
    figures(
        &state,
        [
            Some(82.014_285_7),
            Some(0.328_627_632),
            Some(1.305_159_61),
            Some(71.55),
            Some(2.064_239_83),
            Some(71.55),
            Some(2.064_239_83),
            Some(63.633_636_4),
            // Of the year before, four of the nine months are known.
            None,
            Some(0.039_526_122_6),
        ],
    );
    // Before the data begin, values are missing and not zero.
    let before = [f64::NAN, 51.38, 47.485_714_3, 42.691_666_7, 56.214_285_7, 35.578_571_4];
    points("week a year before", &state.weeks_prior_year, &before.map(|value| Some(value).filter(|v| !v.is_nan())));
    // The values grow by a third each year, so the range follows the growth of the weeks up to eight weeks ago.
    let range = state.range.expect("57 weeks make a range");
    assert_eq!((range.points, range.provisional, range.basis), (49, false, Basis::Growth));
    assert!(range.lower < range.centre && range.centre < range.upper);
}

#[test]
fn least_greatest_and_last_values() {
    let least = state(Aggregate::Min, Weekday::Mon, "2023-10-02", 3);
    figures(
        &least,
        [
            Some(60.35),
            Some(0.688_111_888),
            Some(2.419_263_46),
            Some(60.35),
            // One of the two days of October 2022 has no value.
            None,
            Some(35.75),
            Some(1.025_495_75),
            Some(25.0),
            Some(2.623_188_41),
            Some(0.063_988_095_2),
        ],
    );
    let most = state(Aggregate::Max, Weekday::Fri, "2024-05-18", 10);
    figures(
        &most,
        [
            144.0,
            0.086_382_497_2,
            0.175_510_204,
            144.0,
            0.175_510_204,
            144.0,
            0.163_636_364,
            144.0,
            0.163_636_364,
            0.018_611_309_9,
        ]
        .map(Some),
    );
    let last = state(Aggregate::Last, Weekday::Tue, "2024-03-05", 1);
    figures(
        &last,
        [
            104.55,
            0.188_068_182,
            0.690_379_951,
            104.55,
            1.056_047_2,
            104.55,
            1.056_047_2,
            104.55,
            1.056_047_2,
            -0.317_513_052,
        ]
        .map(Some),
    );
}

#[test]
fn a_ratio_divides_sums_and_changes_in_points() {
    let metric = Metric { unit: Some("%".into()), ..made(Aggregate::Ratio) };
    let state = metric::state(&metric, &MetricInputs::at(&calendar(Weekday::Fri, 1), None, day("2024-02-29")));
    assert!(state.is_rate);
    same("latest", state.latest, Some(207.153_465_346_534_7));
    same("wow", state.wow, Some(-0.159_067_756_173_207));
    same("yoy", state.yoy, Some(0.471_052_725_754_503));
    same("mtd", state.mtd, Some(201.549_137_284_321_1));
    same("mtd_yoy", state.mtd_yoy, Some(0.359_786_674_856_633));
}

#[test]
fn nothing_to_compare_with_is_null() {
    let metric = daily([("2026-11-06", 0.0), ("2026-11-13", 5.0), ("2026-11-20", 0.0)], Aggregate::Sum);
    let at = |as_of: &str| metric::state(&metric, &MetricInputs::at(&calendar(Weekday::Fri, 1), None, day(as_of)));
    // Changes from zero and to zero have no percentage, only a difference.
    assert_eq!(
        (at("2026-11-13").latest, at("2026-11-13").wow, at("2026-11-13").wow_diff),
        (Some(5.0), None, Some(5.0))
    );
    assert_eq!(
        (at("2026-11-20").latest, at("2026-11-20").wow, at("2026-11-20").wow_diff),
        (Some(0.0), None, Some(-5.0))
    );
    assert_eq!((at("2026-11-20").yoy, at("2026-11-20").ytd_yoy), (None, None));
    let nothing = metric::state(
        &daily([], Aggregate::Sum),
        &MetricInputs::at(&calendar(Weekday::Fri, 1), None, day("2026-11-20")),
    );
    assert_eq!((nothing.latest, nothing.mtd, nothing.weeks.len(), nothing.range), (None, None, 0, None));
}

#[test]
fn an_open_week_is_partial() {
    let rows = ["2026-11-09", "2026-11-10", "2026-11-11", "2026-11-12", "2026-11-13", "2026-11-16", "2026-11-17"];
    let metric = daily(rows.map(|on| (on, 1.0)), Aggregate::Sum);
    let at = |as_of: &str| metric::state(&metric, &MetricInputs::at(&calendar(Weekday::Sun, 1), None, day(as_of)));
    // The week ended on Sunday, 15 November, although a metric of working days has no value on it.
    assert_eq!((at("2026-11-18").latest, at("2026-11-18").weeks.len()), (Some(5.0), 1));
    assert_eq!(at("2026-11-18").partial, Some(Point { ending: day("2026-11-22"), value: Some(2.0) }));
    // By the calendar the week has ended, but the data do not reach its end.
    assert_eq!((at("2026-11-22").latest, at("2026-11-22").weeks.len()), (Some(5.0), 1));
    assert!(at("2026-11-22").partial.is_some());
}

#[test]
fn an_empty_cell_is_missing_only_where_a_value_is_usual() {
    // A weekly value in a file of days: the other days are empty, and nothing is missing.
    let mut weekly = daily([("2026-11-06", 4.0), ("2026-11-13", 6.0), ("2026-11-20", 8.0)], Aggregate::Sum);
    for back in 0..20u64 {
        weekly.days.entry(day("2026-11-20") - Days::new(back)).or_default();
    }
    let state = metric::state(&weekly, &MetricInputs::at(&calendar(Weekday::Sun, 1), None, day("2026-11-22")));
    assert_eq!((state.latest, state.mtd), (Some(8.0), Some(18.0)));
    // A day of a daily metric is missing, so its week and its month have no sum.
    let mut days = daily([], Aggregate::Sum);
    for back in 0..40u64 {
        let row = if back == 9 { Day::default() } else { Day { sum: 1.0, count: 1, ..Day::default() } };
        days.days.insert(day("2026-11-22") - Days::new(back), row);
    }
    let state = metric::state(&days, &MetricInputs::at(&calendar(Weekday::Sun, 1), None, day("2026-11-22")));
    assert_eq!((state.latest, state.wow, state.mtd), (Some(7.0), None, None));
}

#[test]
fn an_incomplete_first_week_is_left_out() {
    let mut metric = daily([], Aggregate::Sum);
    for ahead in 0..32u64 {
        metric.days.insert(day("2026-10-22") + Days::new(ahead), Day { sum: 1.0, count: 1, ..Day::default() });
    }
    let weeks = metric::state(&metric, &MetricInputs::at(&calendar(Weekday::Sun, 1), None, day("2026-11-22"))).weeks;
    assert_eq!(weeks.iter().map(|week| week.value).collect::<Vec<_>>(), [Some(7.0); 4]);
}

#[test]
fn a_configured_quarter_changes_only_quarter_to_date() {
    let metric = made(Aggregate::Mean);
    let quarter = Some((day("2024-02-04"), day("2024-05-04")));
    let moved = metric::state(&metric, &MetricInputs::at(&calendar(Weekday::Thu, 1), quarter, day("2024-02-29")));
    let usual = metric::state(&metric, &MetricInputs::at(&calendar(Weekday::Thu, 1), None, day("2024-02-29")));
    assert_ne!(moved.qtd, usual.qtd);
    assert_eq!((moved.mtd, moved.ytd), (usual.mtd, usual.ytd));
}

#[test]
#[ignore = "needs .ci/tools"]
fn figures_of_random_data_equal_those_of_an_independent_script() {
    let (program, script) = (env!("CARGO_BIN_EXE_headsup"), "tests/check/metrics.py");
    let (content, said) = peer(tool("python/bin/python"), &[script, program, "12"]);
    assert!(content && said.contains("1776 figures of 12 teams compared, 0 differ"), "{said}");
}
