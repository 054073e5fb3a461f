//! Cases for judging a metric: signals, ranges, and comparable values.

use super::*;

const PLAIN: Nature = Nature {
    by_changes: false,
    resets: false,
    is_count: false,
    recent: 8,
    year: 52,
    floor: None,
    ceiling: None,
    printed: 0.01,
};

fn numbered(values: &[f64]) -> Vec<(usize, f64)> {
    values.iter().copied().enumerate().collect()
}

fn judged(values: &[f64], nature: &Nature) -> Judged {
    judge(&numbered(values), 0, None, nature).expect("enough points")
}

/// Returns twenty-six steady weeks around 10 with σ of about 1, then `recent`.
fn after_steady(recent: &[f64]) -> Vec<f64> {
    let steady = [10.0, 11.2, 9.1, 10.4, 8.9, 10.9, 9.6, 10.1, 11.0, 9.2, 10.3, 8.8, 10.8];
    steady.iter().chain(&steady).chain(recent).copied().collect()
}

#[test]
fn sigma_equals_the_worked_examples() {
    assert!((sigma(&[10.0, 12.0, 11.0, 13.0, 12.0, 14.0], 1) - 1.418).abs() < 1e-3);
    assert!((wider_by(16.0) - 1.175).abs() < 1e-3);
    assert_eq!(median(&[3.0, 1.0, 2.0]), 2.0);
    assert_eq!(median(&[4.0, 1.0, 2.0, 3.0]), 2.5);
}

#[test]
fn limits_are_three_sigma_of_the_baseline_alone() {
    let values = after_steady(&[10.0, 10.0, 10.0, 10.0, 10.0, 10.0, 10.0, 30.0]);
    let range = judged(&values, &PLAIN).range;
    let own = &values[..26];
    assert!((range.centre - mean(own)).abs() < 1e-12);
    assert!((range.upper - range.centre - 3.0 * sigma(own, 1)).abs() < 1e-12);
    assert_eq!((range.points, range.provisional), (26, false));
}

#[test]
fn a_range_needs_six_points_and_is_provisional_until_seventeen() {
    assert_eq!(judge(&numbered(&[1.0, 2.0, 1.0, 2.0, 1.0]), 0, None, &PLAIN), None);
    let alternating: Vec<f64> = (0..25).map(|at| f64::from(at % 3)).collect();
    assert!(judged(&alternating[..24], &PLAIN).range.provisional);
    assert!(!judged(&alternating, &PLAIN).range.provisional);
}

#[test]
fn each_rule_finds_its_signal() {
    let steady = [10.0, 10.5, 9.5, 10.0, 10.5, 9.5];
    let with = |recent: &[f64]| judged(&after_steady(&[&steady[..], recent].concat()), &PLAIN).held;
    assert_eq!(with(&[10.0, 14.5]), [(Rule::OutsideLimit, true)]);
    assert_eq!(with(&[10.0, 5.5]), [(Rule::OutsideLimit, false)]);
    assert_eq!(with(&[12.8, 9.9, 12.7, 12.8]), [(Rule::ThreeOfFour, true)]);
    assert_eq!(with(&[11.4; 8]), [(Rule::EightOneSide, true)]);
    // A run that is hardly off is not news, nor is a value on its limit.
    assert_eq!(with(&[10.3; 8]), []);
    assert_eq!(with(&[12.2, 7.8, 12.2, 7.8]), []);
}

#[test]
fn any_step_of_a_constant_series_is_a_signal() {
    let constant = vec![0.1 + 0.2; 30];
    let found = judged(&constant, &PLAIN);
    assert_eq!((found.held, found.range.upper - found.range.lower), (vec![], 0.0));
    let step = [&constant[..], &[0.4]].concat();
    assert!(judged(&step, &PLAIN).held.contains(&(Rule::OutsideLimit, true)));
}

#[test]
fn an_effect_too_small_to_print_is_not_news() {
    let constant = [vec![100.0; 30], vec![100.4]].concat();
    assert!(!judged(&constant, &Nature { printed: 0.1, ..PLAIN }).held.is_empty());
    assert_eq!(judged(&constant, &Nature { printed: 1.0, ..PLAIN }).held, []);
}

#[test]
fn limits_stay_within_what_the_unit_allows() {
    let incidents = [2.0, 9.0, 3.0, 0.0, 8.0, 1.0, 12.0, 2.0, 0.0, 7.0, 3.0, 1.0, 9.0, 4.0];
    let range = judged(&incidents, &Nature { floor: Some(0.0), ..PLAIN }).range;
    assert_eq!(range.lower, 0.0);
    let uptime: Vec<f64> = incidents.iter().map(|lost| 100.0 - lost / 10.0).collect();
    assert_eq!(judged(&uptime, &Nature { ceiling: Some(100.0), ..PLAIN }).range.upper, 100.0);
}

#[test]
fn small_counts_have_the_limits_of_counts() {
    let incidents = [0.0, 1.0, 0.0, 2.0, 0.0, 0.0, 1.0, 0.0, 0.0, 1.0, 0.0, 1.0];
    let values = [&incidents[..], &incidents, &incidents].concat();
    let nature = Nature { is_count: true, ..PLAIN };
    let range = judged(&values, &nature).range;
    assert_eq!((range.basis, range.lower, range.upper), (Basis::Counts, 0.0, 4.0));
    let burst = [&values[..], &[5.0]].concat();
    assert!(judged(&burst, &nature).held.contains(&(Rule::OutsideLimit, true)));
}

#[test]
fn steady_growth_is_usual_and_its_end_is_not() {
    let grown = |weeks: i32| {
        let at = |week: i32| 100.0 * 1.02f64.powi(week) * (1.0 + 0.01 * f64::from(week * 7 % 5 - 2));
        (0..weeks).map(at).collect::<Vec<f64>>()
    };
    let found = judged(&grown(60), &PLAIN);
    assert_eq!((found.range.basis, found.held), (Basis::Growth, vec![]));
    let stopped = [&grown(60)[..], &[290.0]].concat();
    assert_eq!(judged(&stopped, &PLAIN).held.first(), Some(&(Rule::OutsideLimit, false)));
}

#[test]
fn a_short_trend_that_ended_is_not_carried_on() {
    // Hours that fell for fifteen weeks, and then no more: 19 was the least ever.
    let fell = [30.0, 29.0, 31.0, 28.0, 27.0, 27.0, 26.0, 24.0, 25.0, 22.0, 21.0, 20.0, 19.0];
    let ended = [&fell[..], &[23.0, 22.0, 21.0, 21.0, 21.0, 21.0, 23.0]].concat();
    assert_eq!(judged(&ended, &Nature { printed: 1.0, ..PLAIN }).range.basis, Basis::Level);
    let goes_on = [&fell[..], &[18.5, 18.0, 17.0, 17.0, 16.0, 15.5, 15.0]].concat();
    assert_eq!(judged(&goes_on, &Nature { printed: 1.0, ..PLAIN }).range.basis, Basis::Growth);
}

#[test]
fn a_stock_is_judged_by_its_changes() {
    let stock = |weeks: usize| (0..weeks).map(|at| 1000.0 + 10.0 * at as f64 + (at * 7 % 5) as f64).collect();
    let nature = Nature { by_changes: true, ..PLAIN };
    let usual: Vec<f64> = stock(60);
    assert_eq!(judged(&usual, &nature).held, []);
    let jumped = [&usual[..], &[1700.0]].concat();
    assert_eq!(judged(&jumped, &nature).held, [(Rule::OutsideLimit, true)]);
}

#[test]
fn a_season_is_compared_with_a_year_before() {
    let season = |week: usize| {
        let angle = 2.0 * std::f64::consts::PI * week as f64 / 52.0;
        200.0 * (1.0 + 0.4 * angle.sin()) * (1.0 + 0.02 * ((week * 7 % 5) as f64 - 2.0))
    };
    let usual: Vec<f64> = (0..140).map(season).collect();
    let found = judged(&usual, &PLAIN);
    assert_eq!((found.range.basis, found.held), (Basis::YearOnYear, vec![]));
    let fallen = [&usual[..], &[season(140) * 0.6]].concat();
    assert_eq!(judged(&fallen, &PLAIN).held, [(Rule::OutsideLimit, false)]);
}

#[test]
fn a_step_in_the_baseline_is_not_taken_for_growth() {
    let step: Vec<f64> = (0..60).map(|at| if at < 30 { 50.0 } else { 80.0 } + f64::from(at * 7 % 5)).collect();
    assert_ne!(judged(&step, &PLAIN).range.basis, Basis::Growth);
}
