//! What forecasts come to, worked by hand, and what always holds of them.

use super::*;
use proptest::prelude::*;

fn day(text: &str) -> NaiveDate {
    text.parse().expect("a date")
}

/// As of Sunday 22 November 2026: `throughput` tasks finished in each of the last closed weeks, newest last.
fn work(throughput: &[u32], open: &[f64]) -> Workload {
    let as_of = day("2026-11-22");
    let week = |back: usize| as_of - Days::new(7 * back as u64 + 3);
    let weeks = throughput.iter().rev().enumerate();
    let finished: Vec<_> = weeks.flat_map(|(back, n)| vec![(week(back), 1.0); *n as usize]).collect();
    Workload {
        milestones: open.iter().map(|open| Remaining { open: *open, ..Remaining::default() }).collect(),
        done: finished.len() as f64,
        started: Some(week(throughput.len() - 1)),
        finished,
        scope_agreed: true,
    }
}

fn look(work: &Workload) -> Outlook {
    let one = std::slice::from_ref(work);
    let (as_of, until) = (day("2026-11-22"), day("2026-12-31"));
    outlook(one, &Calibration::plain(), Weekday::Sun, as_of, until).pop().expect("one objective")
}

#[test]
fn a_steady_team_finishes_on_its_day() {
    // 7 a week: 14 open are two weeks' work, 17 are 3/7 of a week more, 3 days.
    let outlook = look(&work(&[7; 8], &[14.0, 3.0]));
    let dates: Vec<_> = outlook.milestones.iter().flatten().map(|f| (f.p50, f.p85)).collect();
    let expected = [day("2026-12-06"), day("2026-12-09")];
    assert_eq!(dates, expected.map(|date| (date, Some(date))));
    assert_eq!(outlook.band[1], (day("2026-12-06"), 56.0 + 14.0, 70.0, 70.0));
    assert_eq!(outlook.band.last(), Some(&(day("2026-12-31"), 73.0, 73.0, 73.0)));
}

#[test]
fn three_closed_weeks_give_pace() {
    let outlook = look(&work(&[7, 7, 7], &[7.0]));
    let forecast = outlook.milestones[0].expect("a forecast");
    assert_eq!((forecast.method, forecast.p85, forecast.odds), (ForecastMethod::Pace, None, None));
    assert!(outlook.band.is_empty());
}

#[test]
fn nothing_finished_gives_no_forecast() {
    assert_eq!(look(&work(&[0; 12], &[5.0])).milestones, [None]);
    assert_eq!(
        look(&Workload { milestones: vec![Remaining { open: 5.0, ..Remaining::default() }], ..Workload::default() })
            .milestones,
        [None]
    );
}

#[test]
fn half_done_in_thirty_days_leaves_thirty_more() {
    let forecast = pace(0.5, day("2026-10-23"), day("2026-11-22")).expect("a pace");
    assert_eq!(forecast.p50, day("2026-12-22"));
    assert_eq!(pace(0.0, day("2026-10-23"), day("2026-11-22")), None);
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(24))]
    #[test]
    fn odds_rise_with_a_later_date(throughput in proptest::collection::vec(0u32..6, 4..12), open in 1u32..30, days in 0u64..120) {
        let mut work = work(&throughput, &[f64::from(open)]);
        let mut odds = |days: u64| {
            work.milestones[0].agreed = Some(day("2026-11-22") + Days::new(days));
            look(&work).milestones[0].and_then(|f| f.odds).unwrap_or(0.0)
        };
        prop_assert!(odds(days) <= odds(days + 7));
    }

    #[test]
    fn a_milestone_waits_for_those_before_it(throughput in proptest::collection::vec(1u32..6, 4..12), open in proptest::collection::vec(1u32..9, 1..5)) {
        let open: Vec<f64> = open.into_iter().map(f64::from).collect();
        let dates: Vec<_> = look(&work(&throughput, &open)).milestones.iter().flatten().map(|f| (f.p50, f.p85)).collect();
        prop_assert!(dates.is_sorted());
        prop_assert!(dates.iter().all(|(p50, p85)| p85.is_none_or(|p85| *p50 <= p85)));
    }
}
