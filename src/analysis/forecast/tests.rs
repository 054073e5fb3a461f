//! Forecasts computed by hand, and properties that hold for all forecasts.

use super::*;
use crate::analysis::calendar::Span;
use crate::analysis::fixtures::{day, few_cases};
use proptest::prelude::*;

const AS_OF: &str = "2026-11-22";

/// Work as of Sunday 22 November 2026, with `finished` tasks on the working days of the last closed weeks, the newest
/// week last.
fn work(finished: &[u32], open: &[f64]) -> Workload {
    let as_of = day(AS_OF);
    let on = |back: usize, n: u32| as_of - Days::new(7 * back as u64 + 2 + u64::from((3 * n + back as u32) % 5));
    let weeks = finished.iter().rev().enumerate();
    let finished: Vec<_> = weeks.flat_map(|(back, n)| (0..*n).map(move |n| (on(back, n), 1.0))).collect();
    let agreed = Some(day("2026-12-27"));
    let remaining = |open: &f64| Remaining { open: *open, agreed, ..Remaining::default() };
    Workload {
        milestones: open.iter().map(remaining).collect(),
        done: finished.len() as f64,
        began: finished.iter().map(|(day, _)| *day - Days::new(3)).min(),
        scope_agreed: true,
        unit: 1.0,
        week: WorkWeek::learned(finished.iter().map(|(day, _)| *day), Vec::new(), as_of),
        finished,
        ..Workload::default()
    }
}

fn asked() -> Asked {
    Asked { now: day(AS_OF), week_ends: Weekday::Sun, until: day("2026-12-31"), only: None }
}

fn look(works: &[Workload]) -> Vec<Outlook> {
    outlook(works, &asked())
}

fn last(work: &Workload) -> Forecast {
    let outlook = look(std::slice::from_ref(work)).pop().expect("an objective");
    outlook.milestones.last().copied().flatten().expect("a forecast")
}

#[test]
fn a_steady_team_is_done_at_the_pace_of_its_past() {
    // Four tasks a week, 20 left: five weeks. The odds of the Sunday that closes the fifth week are about even.
    let steady = last(&work(&[4; 30], &[20.0]));
    assert!((day("2026-12-22")..=day("2026-12-31")).contains(&steady.p50), "{steady:?}");
    assert!(steady.p85.is_some_and(|p85| (day("2026-12-31")..=day("2027-01-14")).contains(&p85)), "{steady:?}");
    assert!(steady.odds.is_some_and(|odds| (0.35..0.65).contains(&odds)), "{steady:?}");
    assert_eq!((steady.method, steady.weeks), (ForecastMethod::MonteCarlo, 30));
}

#[test]
fn an_uneven_team_needs_a_later_date_to_be_sure() {
    let even = last(&work(&[4; 12], &[24.0]));
    // 48 tasks as well. The empty weeks follow each other: weeks that balance each other, as within sprints, would not
    // count as uneven.
    let uneven = last(&work(&[0, 0, 12, 12, 0, 0, 0, 12, 0, 0, 4, 8], &[24.0]));
    let width = |forecast: Forecast| (forecast.p85.expect("a date") - forecast.p50).num_days();
    assert!(width(uneven) > width(even) + 5, "{even:?} {uneven:?}");
}

#[test]
fn an_agreed_date_counts_at_the_close_of_its_week() {
    let mut work = work(&[4; 30], &[20.0]);
    let sunday = last(&work).odds;
    work.milestones[0].agreed = Some(day("2026-12-22"));
    assert_eq!(last(&work).odds, sunday);
    work.milestones[0].agreed = Some(day("2026-12-28"));
    assert!(last(&work).odds > sunday);
}

#[test]
fn days_off_move_a_date_and_are_not_a_slow_week() {
    let plain = work(&[4; 30], &[20.0]);
    let off = Span { start: day("2026-12-07"), end: day("2026-12-20") };
    let days = plain.finished.iter().map(|(day, _)| *day);
    let ahead = Workload { week: WorkWeek::learned(days.clone(), vec![off], day(AS_OF)), ..plain.clone() };
    assert!((12..=16).contains(&(last(&ahead).p50 - last(&plain).p50).num_days()));

    // Two weeks off in the past: the rate is that of the weeks worked.
    let mut weeks = vec![4; 28];
    weeks.extend([0, 0]);
    let behind = work(&weeks, &[20.0]);
    let off = Span { start: day("2026-11-09"), end: day("2026-11-22") };
    let off = Workload { week: WorkWeek::learned(days, vec![off], day(AS_OF)), ..behind.clone() };
    assert!((last(&off).p50 - last(&plain).p50).num_days().abs() <= 2);
    assert!(last(&behind).p50 > last(&off).p50 + Days::new(7));
}

#[test]
fn two_empty_weeks_halve_the_odds() {
    for (left, weeks) in [(20.0, 6), (40.0, 12), (12.0, 4)] {
        let odds = |finished: &[u32], weeks: u64| {
            let mut work = work(finished, &[left]);
            work.milestones[0].agreed = Some(day(AS_OF) + Days::new(7 * weeks));
            last(&work).odds.expect("odds")
        };
        let mut stopped = vec![4; 30];
        let before = odds(&stopped, weeks);
        // Seen two weeks later, the agreed date is two weeks nearer.
        stopped.extend([0, 0]);
        let after = odds(&stopped, weeks - 2);
        assert!(before > 0.6 && after <= before / 2.0, "{left}: {before} {after}");
    }
}

#[test]
fn a_usual_week_moves_a_date_by_five_days_at_most() {
    // First a week with as many tasks as usual, then weeks that differ by one task, which moves a date by some working
    // days.
    for (pattern, max_days) in [([4, 4, 4, 4], 4), ([4, 5, 3, 4], 5)] {
        let weeks: Vec<u32> = (0..40).map(|week| pattern[week % 4]).collect();
        for history in 24..40 {
            let before = last(&work(&weeks[..history], &[24.0])).p50;
            let after = last(&work(&weeks[..=history], &[24.0 - f64::from(weeks[history])])).p50;
            // Both forecasts are counted from the same Sunday; the second is made a week later, so seven days are
            // added.
            let moved = (after - before).num_days() + 7;
            assert!(moved.abs() <= max_days, "after {history} weeks: {moved}");
        }
    }
}

#[test]
fn another_objective_moves_nothing_unless_it_shares_people() {
    let ours = work(&[4; 20], &[20.0]);
    let theirs = work(&[9, 1, 3, 0, 7, 2, 5, 1, 9, 3], &[6.0]);
    let alone = look(std::slice::from_ref(&ours));
    let beside = look(&[theirs.clone(), ours.clone()]);
    assert_eq!(alone[0], beside[1]);

    // Half of their work is done by people who go on with our work afterwards.
    let sharing = Workload { takes_over: vec![(0, 0.5)], ..ours };
    let helped = look(&[theirs, sharing]);
    let p50 = |outlook: &Outlook| outlook.milestones[0].expect("a forecast").p50;
    assert!(p50(&helped[1]) < p50(&alone[0]) - Days::new(2), "{:?}", helped[1].milestones);
}

#[test]
fn in_order_the_first_is_done_first_and_in_parallel_nearly_together() {
    let ordered = work(&[4; 30], &[12.0, 12.0]);
    let parallel = Workload { in_parallel: 1.0, ..ordered.clone() };
    let dates = |work: &Workload| {
        let outlook = look(std::slice::from_ref(work)).remove(0);
        outlook.milestones.into_iter().map(|forecast| forecast.expect("a forecast").p50).collect::<Vec<_>>()
    };
    let (one, other) = (dates(&ordered), dates(&parallel));
    assert!((18..=26).contains(&(one[1] - one[0]).num_days()), "{one:?}");
    assert!((other[1] - other[0]).num_days().abs() <= 2, "{other:?}");
    // The whole work takes equally long: the last dates differ by a few days.
    assert!((0..=5).contains(&(one[1] - other[1]).num_days()), "{one:?} {other:?}");
}

#[test]
fn a_gift_brings_a_date_forward() {
    let alone = work(&[4; 30], &[20.0]);
    let mut helped = alone.clone();
    helped.milestones[0].gift = Some(Gift { work: 8.0, from: day("2026-11-23"), until: day("2026-12-06") });
    // Eight of twenty tasks are the work of two weeks.
    assert!((11..=17).contains(&(last(&alone).p50 - last(&helped).p50).num_days()));
}

#[test]
fn scope_that_keeps_growing_is_expected_to_grow() {
    let fixed = work(&[4; 20], &[20.0]);
    let mut growing = fixed.clone();
    growing.milestones[0].added = (0..10).map(|week| (day("2026-11-20") - Days::new(7 * week), 1.0)).collect();
    let forecast = last(&growing);
    assert!(forecast.grows && forecast.p50 > last(&fixed).p50 + Days::new(5), "{forecast:?}");
    // Without an agreed scope nothing is known about growth.
    let unagreed = Workload { scope_agreed: false, ..growing };
    assert!(last(&unagreed).known_tasks_only && last(&unagreed).p50 == last(&fixed).p50);
}

#[test]
fn few_weeks_give_a_date_without_odds() {
    // Nine tasks were finished in about three weeks, and nine are open: about three weeks more.
    let young = last(&work(&[3, 3, 3], &[9.0]));
    assert_eq!((young.method, young.p85, young.odds), (ForecastMethod::Pace, None, None));
    assert!((day("2026-12-10")..=day("2026-12-16")).contains(&young.p50), "{young:?}");
    let nothing = look(&[work(&[], &[9.0])]);
    assert_eq!(nothing[0].milestones, [None]);
}

#[test]
fn estimates_are_counted_in_their_own_unit() {
    let tasks = work(&[4; 20], &[20.0]);
    let mut points = tasks.clone();
    points.finished.iter_mut().for_each(|(_, size)| *size = 3.0);
    (points.unit, points.milestones[0].open, points.done) = (3.0, 60.0, 240.0);
    assert_eq!(last(&points), last(&tasks));
    assert_eq!(look(&[points])[0].band.last().map(|band| band.2 > 280.0), Some(true));
}

#[test]
fn the_band_begins_with_what_is_done_and_ends_with_the_quarter() {
    let band = look(&[work(&[4; 20], &[60.0])]).remove(0).band;
    assert_eq!(band.len(), 6);
    assert_eq!((band[0].0, band[5].0), (day("2026-11-29"), day("2026-12-31")));
    assert!(band.iter().all(|(_, low, middle, high)| low <= middle && middle <= high));
    assert!((band[0].2 - 84.0).abs() <= 1.0, "{band:?}");
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 12, ..few_cases() })]

    #[test]
    fn more_work_is_never_done_earlier(finished in proptest::collection::vec(0u32..9, 6..30), open in 1.0..40.0f64, more in 0.0..20.0f64) {
        let (open, more) = (open.floor(), more.floor());
        let few = look(&[work(&finished, &[open])]).remove(0).milestones[0];
        let many = look(&[work(&finished, &[open + more])]).remove(0).milestones[0];
        if let Some((few, many)) = few.zip(many) {
            prop_assert!(few.p50 <= many.p50 && few.odds >= many.odds);
            prop_assert!(few.p85.is_none_or(|p85| p85 >= few.p50));
        }
    }
}

#[test]
fn a_milestone_forecast_alone_has_the_same_dates_as_with_all_others() {
    let mut works = [work(&[4; 30], &[6.0, 10.0, 30.0]), work(&[3; 20], &[8.0, 20.0]), work(&[2; 20], &[5.0])];
    works[0].takes_over = vec![(1, 0.5)];
    works[1].takes_over = vec![(0, 0.5)];
    works[1].in_parallel = 0.5;
    works[0].milestones[1].agreed = Some(day("2027-09-01"));
    works[1].milestones[1].agreed = None;
    let all = look(&works);
    for (objective, outlook) in all.iter().enumerate() {
        for (place, forecast) in outlook.milestones.iter().enumerate() {
            let asked = Asked { until: day(AS_OF), only: Some((objective, place)), ..asked() };
            let one = self::outlook(&works, &asked);
            assert!(forecast.is_some());
            assert_eq!(one[objective].milestones[place], *forecast, "{objective} {place}");
            assert_eq!(one.iter().flat_map(|outlook| &outlook.milestones).flatten().count(), 1);
        }
    }
}
