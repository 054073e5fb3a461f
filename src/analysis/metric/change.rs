//! The change of a metric between two periods: a ratio, points, or a difference in units. [`super::period`] uses it.

use crate::team::{Aggregate, Metric};

/// A change in one of two forms; neither if a value is missing.
#[derive(Debug, Clone, Copy, PartialEq, Default)]
pub(crate) struct Change {
    /// Now ÷ then − 1; for a percentage or share the difference, so that 0.01 is one point.
    pub share: Option<f64>,
    /// Now − then, in the metric's unit.
    pub difference: Option<f64>,
}

impl Change {
    /// Returns the difference if no share makes sense: a change from zero, or from or to a negative value.
    pub(crate) fn only_difference(self) -> Option<f64> {
        self.difference.filter(|_| self.share.is_none())
    }
}

/// Returns the change of `metric` from `then` to `now`.
///
/// Worked examples: from 100 to 120 records is +20 %; from 2 % to 2.5 % is half a point; from −950 to 1,250 is only the
/// difference, 2,200, since a percentage of a loss would have the wrong sign.
pub(crate) fn change(metric: &Metric, now: Option<f64>, then: Option<f64>) -> Change {
    let (Some(now), Some(then)) = (now, then) else { return Change::default() };
    let difference = now - then;
    let share = match is_in_points(metric) {
        true if in_percent(metric) => Some(difference / 100.0),
        true => Some(difference),
        false => (now > 0.0 && then > 0.0).then(|| now / then - 1.0),
    };
    let finite = |value: &f64| value.is_finite();
    Change { share: share.filter(finite), difference: Some(difference).filter(finite) }
}

/// Whether changes of `metric` are in points: a percentage, a metric in basis points, or a ratio that is a share of 1.
pub(crate) fn is_in_points(metric: &Metric) -> bool {
    metric.bps || in_percent(metric) || is_share(metric)
}

/// Whether the values are percentages.
pub(crate) fn in_percent(metric: &Metric) -> bool {
    metric.unit.as_deref().is_some_and(|unit| unit.trim() == "%")
}

/// Whether a metric is a ratio without a unit whose parts never exceed their whole. ($ per order is not a share.)
fn is_share(metric: &Metric) -> bool {
    metric.aggregate == Aggregate::Ratio
        && metric.unit.is_none()
        && metric.days.values().all(|day| 0.0 <= day.sum && day.sum <= day.denominator)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::team::{BaselineWindow, Day};

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
    fn a_volume_changes_by_a_ratio_and_a_percentage_by_points() {
        let (volume, percentage) = (metric(Aggregate::Sum, None), metric(Aggregate::Mean, Some("%")));
        let basis_points = Metric { bps: true, ..metric(Aggregate::Mean, None) };
        let near = |change: Change, expected: f64| change.share.is_some_and(|share| (share - expected).abs() < 1e-12);
        assert!(near(change(&volume, Some(120.0), Some(100.0)), 0.2));
        // 2.5 % after 2 % is half a point; so is 0.025 after 0.02.
        assert!(near(change(&percentage, Some(2.5), Some(2.0)), 0.005));
        assert!(near(change(&basis_points, Some(0.025), Some(0.02)), 0.005));
        assert!(near(change(&percentage, Some(0.5), Some(0.0)), 0.005));
        assert_eq!(change(&volume, None, Some(1.0)), Change::default());
    }

    #[test]
    fn without_two_positive_values_there_is_only_a_difference() {
        let volume = metric(Aggregate::Sum, None);
        for (now, then) in [(5.0, 0.0), (0.0, 5.0), (1250.5, -950.0), (-99.0, -100.0)] {
            let found = change(&volume, Some(now), Some(then));
            assert_eq!((found.share, found.only_difference()), (None, Some(now - then)));
        }
        assert_eq!(change(&volume, Some(2.0), Some(1.0)).only_difference(), None);
    }

    #[test]
    fn money_per_order_changes_in_percent_and_a_share_in_points() {
        let with = |sum, denominator| {
            let mut ratio = metric(Aggregate::Ratio, None);
            ratio
                .days
                .insert("2026-11-16".parse().expect("a date"), Day { sum, denominator, count: 1, ..Day::default() });
            ratio
        };
        let money = change(&with(1250.0, 100.0), Some(13.0), Some(12.5));
        assert!(money.share.is_some_and(|share| (share - 0.04).abs() < 1e-12));
        let share = change(&with(1.0, 100.0), Some(0.02), Some(0.01));
        assert!(share.share.is_some_and(|share| (share - 0.01).abs() < 1e-12));
    }
}
