//! The effect of an ask on a milestone, and the minimum size from which it is stated. [`super`] computes it.

use chrono::NaiveDate;
use serde::Serialize;

use crate::analysis::Forecast;
use crate::team::MilestoneId;

/// Minimum number of days by which a date must move.
const MIN_DAYS: i64 = 3;
/// Minimum change of the odds.
pub(super) const MIN_ODDS_CHANGE: f64 = 0.10;

/// Effect of granting an ask on one milestone. Pairs that are not stated are null.
#[derive(Debug, Clone, PartialEq, Serialize, schemars::JsonSchema)]
pub struct Effect {
    pub milestone: MilestoneId,
    pub p50_from: Option<NaiveDate>,
    pub p50_to: Option<NaiveDate>,
    pub p85_from: Option<NaiveDate>,
    pub p85_to: Option<NaiveDate>,
    pub odds_from: Option<f64>,
    pub odds_to: Option<f64>,
    /// Number of open tasks that are left out.
    pub without: u32,
    /// Number of tasks that it brings, by the manager's estimate.
    pub brings: Option<f64>,
    /// The later date that it agrees to, with its odds.
    pub moved: Option<Moved>,
}

/// An agreed date that moves, with the odds of both dates.
#[derive(Debug, Clone, PartialEq, Serialize, schemars::JsonSchema)]
pub struct Moved {
    pub from: NaiveDate,
    pub to: NaiveDate,
    /// Null if `from` has passed.
    pub odds_from: Option<f64>,
    pub odds_to: f64,
}

impl Effect {
    /// Returns by how many days P50 becomes earlier, if that is stated.
    pub fn days(&self) -> Option<i64> {
        self.p50_from.zip(self.p50_to).map(|(from, to)| (from - to).num_days())
    }
}

/// Returns the effect with dates if they move by at least three days, and with odds; `None` if it is smaller, or
/// negative.
pub(super) fn said(
    milestone: &MilestoneId,
    agreed: Option<NaiveDate>,
    as_of: NaiveDate,
    before: &Forecast,
    after: &Forecast,
) -> Option<Effect> {
    let days = (before.p50 - after.p50).num_days();
    let odds = before.odds.zip(after.odds).filter(|_| agreed.is_some_and(|agreed| agreed >= as_of));
    let gain = odds.map_or(0.0, |(from, to)| to - from);
    if days < 0 || gain < 0.0 || (days < MIN_DAYS && gain < MIN_ODDS_CHANGE) {
        return None;
    }
    let dated = days >= MIN_DAYS;
    Some(Effect {
        milestone: milestone.clone(),
        p50_from: dated.then_some(before.p50),
        p50_to: dated.then_some(after.p50),
        p85_from: before.p85.filter(|_| dated),
        p85_to: after.p85.filter(|_| dated),
        odds_from: odds.map(|(from, _)| from),
        odds_to: odds.map(|(_, to)| to),
        without: 0,
        brings: None,
        moved: None,
    })
}

#[cfg(test)]
mod tests {
    use chrono::Days;

    use super::*;
    use crate::analysis::ForecastMethod;
    use crate::analysis::fixtures::day;

    fn forecast(p50: &str, odds: Option<f64>) -> Forecast {
        let p50 = day(p50);
        Forecast {
            p50,
            p85: Some(p50 + Days::new(10)),
            odds,
            method: ForecastMethod::MonteCarlo,
            weeks: 20,
            known_tasks_only: false,
            grows: false,
        }
    }

    fn effect(before: Forecast, after: Forecast, agreed: &str) -> Option<Effect> {
        said(&"M".into(), Some(day(agreed)), day("2026-11-20"), &before, &after)
    }

    #[test]
    fn an_effect_is_stated_if_it_is_large_enough() {
        let late = forecast("2026-12-13", Some(0.20));
        let both = effect(late, forecast("2026-12-02", Some(0.61)), "2026-12-04").expect("an effect");
        assert_eq!((both.days(), both.odds_from, both.odds_to), (Some(11), Some(0.20), Some(0.61)));
        assert_eq!((both.p85_from, both.p85_to), (Some(day("2026-12-23")), Some(day("2026-12-12"))));
        // Two days: only the odds are stated.
        let odds = effect(late, forecast("2026-12-11", Some(0.31)), "2026-12-04").expect("an effect");
        assert_eq!((odds.days(), odds.p85_from, odds.odds_to), (None, None, Some(0.31)));
        // The agreed date has passed: only the date is stated.
        let passed = effect(late, forecast("2026-12-02", Some(0.61)), "2026-11-19").expect("an effect");
        assert_eq!((passed.days(), passed.odds_from, passed.odds_to), (Some(11), None, None));
        let no_odds = effect(forecast("2026-12-13", None), forecast("2026-12-10", None), "2026-12-04");
        assert_eq!(no_odds.and_then(|effect| effect.days()), Some(3));
        assert_eq!(effect(late, forecast("2026-12-11", Some(0.29)), "2026-12-04"), None);
        assert_eq!(effect(late, forecast("2026-12-14", Some(0.50)), "2026-12-04"), None);
    }
}
