//! The path of a stock or a running total to its target: where it should be today. [`super::state`] uses it.

use chrono::NaiveDate;

use super::period::Series;
use crate::analysis::{Path, Quarter};
use crate::team::{Better, Metric, MetricKind};

/// Returns the straight line from the last value before the quarter (else the first in it) to `target` on the quarter's
/// last day, up or down, and whether `latest`, the value of `on`, has kept up with it; a gap of less than half of
/// `unit`, the smallest difference that is visible in print, does not count. `None` if the metric is neither a stock nor
/// a running total, or if its start already meets the target.
///
/// Worked example: from 0 on 1 October to 3 on 31 December; on 20 November, day 50 of 91, the path is at 1.65.
pub(crate) fn path(
    metric: &Metric,
    series: &Series,
    target: f64,
    quarter: &Quarter,
    (on, latest): (NaiveDate, f64),
    unit: f64,
) -> Option<Path> {
    let reset = match metric.kind? {
        MetricKind::Stock => None,
        MetricKind::Cumulative => series.last_reset(quarter.start).filter(|(reset, _)| *reset <= on),
        MetricKind::Rate | MetricKind::Flow | MetricKind::Ratio => return None,
    };
    let (dated, from) = reset.or_else(|| series.last_before(quarter.start))?;
    let start = dated.max(quarter.start);
    let rises = match metric.better {
        Some(better) => better == Better::Up,
        None => target > from,
    };
    let is_met_from_the_start = if rises { from >= target } else { from <= target };
    // A value is not held against itself.
    if is_met_from_the_start || start >= quarter.end || on <= start {
        return None;
    }
    let share = (on - start).num_days() as f64 / (quarter.end - start).num_days() as f64;
    let today = from + (target - from) * share.min(1.0);
    let rounding = 1e-9 * (target - from).abs();
    let lacks = if rises { today - latest } else { latest - today };
    let on_path = lacks <= rounding || lacks < unit / 2.0;
    Some(Path { from, to: target, today, on_path, start, end: quarter.end })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::analysis::calendar;
    use crate::config::Calendar;
    use crate::team::{Aggregate, BaselineWindow, Day};

    fn found(kind: MetricKind, values: &[(&str, f64)], target: f64, better: Option<Better>) -> Option<Path> {
        let day = |text: &str| text.parse::<NaiveDate>().expect("a date");
        let one = |value: f64| Day { sum: value, count: 1, min: value, max: value, last: value, denominator: 0.0 };
        let metric = Metric {
            name: "Made".into(),
            kind: Some(kind),
            aggregate: Aggregate::Last,
            better,
            unit: None,
            targets: Vec::new(),
            baseline: BaselineWindow::default(),
            bps: false,
            grain: Default::default(),
            days: values.iter().map(|(on, value)| (day(on), one(*value))).collect(),
            stated: None,
        };
        let as_of = day("2026-11-20");
        let quarter = calendar::quarter(as_of, None, &Calendar::default());
        let series = Series::new(&metric, as_of, chrono::Weekday::Fri)?;
        path(&metric, &series, target, &quarter, (as_of, values.last()?.1), 0.1)
    }

    #[test]
    fn a_path_equals_the_worked_example() {
        let signed = [("2026-09-25", 0.0), ("2026-10-20", 1.0), ("2026-11-20", 2.0)];
        let path = found(MetricKind::Cumulative, &signed, 3.0, Some(Better::Up)).expect("a path");
        assert!((path.today - 1.648).abs() < 1e-3 && path.on_path);
        assert_eq!((path.from, path.to), (0.0, 3.0));
    }

    #[test]
    fn a_gap_that_is_not_visible_in_print_is_on_the_path() {
        // The path is at 23.1.
        let at = |latest: f64| {
            let path =
                found(MetricKind::Stock, &[("2026-09-30", 22.0), ("2026-11-20", latest)], 24.0, Some(Better::Up));
            path.map(|path| path.on_path)
        };
        assert_eq!([23.0, 23.08].map(at), [Some(false), Some(true)]);
    }

    #[test]
    fn a_backlog_has_a_downward_path_and_a_rate_has_none() {
        let backlog = [("2026-09-30", 100.0), ("2026-11-20", 90.0)];
        let path = found(MetricKind::Stock, &backlog, 40.0, Some(Better::Down)).expect("a path");
        assert!((path.today - 67.03).abs() < 0.01 && !path.on_path);
        assert_eq!(found(MetricKind::Rate, &backlog, 40.0, Some(Better::Down)), None);
        // A target met from the start needs no path.
        assert_eq!(found(MetricKind::Stock, &backlog, 120.0, Some(Better::Down)), None);
    }

    #[test]
    fn a_total_that_restarts_has_a_new_path() {
        let calls = [("2026-09-30", 480.0), ("2026-11-01", 0.0), ("2026-11-20", 60.0)];
        let path = found(MetricKind::Cumulative, &calls, 300.0, Some(Better::Up)).expect("a path");
        assert_eq!((path.from, path.start), (0.0, "2026-11-01".parse().expect("a date")));
        assert!(!path.on_path);
    }
}
