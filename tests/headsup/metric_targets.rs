//! Targets that change over time, events, and usual ranges that are locked or begin later.

use chrono::{Days, Weekday};
use headsup::analysis::metric::{self, MetricInputs};
use headsup::team::{Aggregate, Better, Day, Event, Metric, TargetFrom};

use super::metrics::{calendar, daily, day, made};

#[test]
fn targets_change_over_time_and_events_mark_their_metric() {
    let mut metric = made(Aggregate::Mean);
    metric.better = Some(Better::Down);
    metric.targets = vec![
        TargetFrom { from: None, value: 50.0 },
        TargetFrom { from: Some(day("2024-01-01")), value: 95.0 },
        TargetFrom { from: Some(day("2024-03-01")), value: 10.0 },
    ];
    let event = |on: &str, metric: Option<&str>| Event {
        date: day(on),
        until: None,
        kind: None,
        metric: metric.map(Into::into),
        text: on.into(),
        confidential: false,
    };
    let events = [
        event("2024-02-20", None),
        event("2023-05-01", Some("Made")),
        event("2023-06-01", Some("Other")),
        event("2024-03-05", None),
    ];
    let state = metric::state(
        &metric,
        &MetricInputs { events: &events, ..MetricInputs::at(&calendar(Weekday::Thu, 1), None, day("2024-02-29")) },
    );
    assert_eq!((state.target, state.target_met), (Some(95.0), Some(true)));
    assert_eq!(state.events.iter().map(|mark| mark.text.as_str()).collect::<Vec<_>>(), ["2023-05-01", "2024-02-20"]);
}

#[test]
fn a_locked_range_does_not_move_and_a_split_one_ignores_older_values() {
    let mut metric = daily([], Aggregate::Mean);
    let first = day("2026-01-02");
    for week in 0..40u64 {
        // The values alternate between 10 and 12; from week 20 on between 30 and 32.
        let value = if week < 20 { 10.0 } else { 30.0 } + 2.0 * (week % 2) as f64;
        metric.days.insert(first + Days::new(7 * week), Day { sum: value, count: 1, last: value, ..Day::default() });
    }
    let at = |metric: &Metric| {
        metric::state(metric, &MetricInputs::at(&calendar(Weekday::Fri, 1), None, first + Days::new(7 * 39)))
    };
    metric.baseline.until = Some(first + Days::new(7 * 19));
    let locked = at(&metric);
    assert_eq!(locked.range.map(|range| (range.centre, range.points)), Some((11.0, 20)));
    assert!(locked.signals.iter().any(|signal| signal.week == first + Days::new(7 * 39)));
    metric.baseline = headsup::team::BaselineWindow { from: Some(first + Days::new(7 * 20)), until: None };
    let split = at(&metric);
    assert_eq!(split.range.map(|range| (range.centre, range.points)), Some((31.0, 12)));
    assert_eq!(split.signals, []);
}
