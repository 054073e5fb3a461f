//! Outcome milestones: those whose metric must stay at its target for some closed weeks (`metric`, `target`,
//! `hold_weeks`). Computes the earliest date on which such a milestone can be reached; [`super::milestone`] combines it
//! with the forecast of its tasks.

use chrono::{Days, NaiveDate};
use serde::Serialize;

use super::metric::ByName;
use super::{Forecast, ForecastMethod, Point};
use crate::team::{Better, Milestone};

/// How long an outcome has held. It has no odds, because the future values of a metric cannot be simulated.
#[derive(Debug, Clone, PartialEq, Serialize, schemars::JsonSchema)]
pub struct OutcomeHold {
    pub metric: String,
    pub target: f64,
    /// Number of consecutive closed weeks up to the last one that meet the target.
    pub good_weeks: u32,
    /// Number of weeks that it must hold.
    pub of: u32,
    /// The earliest closing day of a week by which it can have held that long.
    pub not_before: NaiveDate,
}

impl OutcomeHold {
    /// Returns `None` if the milestone names no metric or number of weeks, or if the weeks cannot be judged.
    ///
    /// Worked example: as of Friday 20 November no week met the target; four good weeks end on 18 December.
    pub(super) fn of(milestone: &Milestone, metrics: &ByName) -> Option<Self> {
        let (name, of) = (milestone.metric.as_deref()?, milestone.hold_weeks?);
        let metric = metrics.get(name)?;
        let target = milestone.target.or(metric.target)?;
        let better = metric.better?;
        let (good_weeks, not_before) = held(&metric.weeks, target, better, of)?;
        Some(Self { metric: metric.name.clone(), target, good_weeks, of, not_before })
    }

    /// Returns the expected date of the milestone: the later of its tasks' P50 and the earliest date, without odds.
    pub fn expected(&self, tasks: Option<Forecast>, as_of: NaiveDate) -> Forecast {
        let earliest = self.not_before.max(as_of);
        match tasks {
            Some(tasks) => Forecast { p50: tasks.p50.max(earliest), p85: None, odds: None, ..tasks },
            None => Forecast {
                p50: earliest,
                p85: None,
                odds: None,
                method: ForecastMethod::Hold,
                weeks: self.good_weeks,
                known_tasks_only: false,
                grows: false,
            },
        }
    }
}

/// Returns how many of the last closed weeks meet a target consecutively, at most `of`, and the closing day of the week
/// by which `of` weeks can have met it. `None` without weeks.
fn held(weeks: &[Point], target: f64, better: Better, of: u32) -> Option<(u32, NaiveDate)> {
    let meets = |value: f64| match better {
        Better::Up => value >= target,
        Better::Down => value <= target,
    };
    let good = weeks.iter().rev().take_while(|week| week.value.is_some_and(meets)).count() as u32;
    let good = good.min(of);
    Some((good, weeks.last()?.ending + Days::new(7 * u64::from(of - good))))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::analysis::fixtures::day;

    /// Weeks that close on Fridays up to 20 November, the newest value last.
    fn of(values: &[Option<f64>]) -> Option<(u32, NaiveDate)> {
        let point = |(back, value): (usize, &Option<f64>)| Point {
            ending: day("2026-11-20") - Days::new(7 * back as u64),
            value: *value,
        };
        let mut weeks: Vec<Point> = values.iter().rev().enumerate().map(point).collect();
        weeks.reverse();
        held(&weeks, 0.5, Better::Down, 4)
    }

    #[test]
    fn good_weeks_are_counted_backwards_from_the_last() {
        assert_eq!(of(&[Some(0.4), Some(0.6)]), Some((0, day("2026-12-18"))));
        assert_eq!(of(&[Some(0.6), Some(0.5), Some(0.4)]), Some((2, day("2026-12-04"))));
        // A week without a value is not a good one.
        assert_eq!(of(&[Some(0.4), None, Some(0.4)]), Some((1, day("2026-12-11"))));
        assert_eq!(of(&[Some(0.4); 9]), Some((4, day("2026-11-20"))));
        assert_eq!(of(&[]), None);
    }

    #[test]
    fn the_later_of_tasks_and_weeks_is_expected() {
        let hold =
            OutcomeHold { metric: "Errors".into(), target: 0.5, good_weeks: 0, of: 4, not_before: day("2026-12-18") };
        let tasks = |p50: &str| Forecast {
            p50: day(p50),
            p85: Some(day("2026-12-30")),
            odds: Some(0.9),
            method: ForecastMethod::MonteCarlo,
            weeks: 8,
            known_tasks_only: false,
            grows: false,
        };
        let expected = |forecast| {
            let expected = hold.expected(forecast, day("2026-11-20"));
            (expected.p50, expected.p85, expected.odds)
        };
        assert_eq!(expected(Some(tasks("2026-12-01"))), (day("2026-12-18"), None, None));
        assert_eq!(expected(Some(tasks("2026-12-22"))), (day("2026-12-22"), None, None));
        assert_eq!(expected(None), (day("2026-12-18"), None, None));
    }
}
