//! What granting an ask does to a milestone, and how large that must be to be said. [`super`] computes it.

use chrono::NaiveDate;
use serde::Serialize;

use crate::analysis::Forecast;
use crate::team::MilestoneId;

/// A date that moves by less is not said.
const LEAST_DAYS: i64 = 3;
/// Odds that change by less are not said.
pub(super) const LEAST_ODDS: f64 = 0.10;

/// What granting an ask does to one milestone. A pair is null where it is not said.
#[derive(Debug, Clone, PartialEq, Serialize, schemars::JsonSchema)]
pub struct Effect {
    pub milestone: MilestoneId,
    pub p50_from: Option<NaiveDate>,
    pub p50_to: Option<NaiveDate>,
    pub p85_from: Option<NaiveDate>,
    pub p85_to: Option<NaiveDate>,
    pub odds_from: Option<f64>,
    pub odds_to: Option<f64>,
    /// Open tasks that are left out.
    pub without: u32,
    /// Tasks that the manager expects it to bring.
    pub brings: Option<f64>,
    /// Where it agrees to a later date: that date, and the odds of it.
    pub moved: Option<Moved>,
}

/// An agreed date that moves, with the odds of each.
#[derive(Debug, Clone, PartialEq, Serialize, schemars::JsonSchema)]
pub struct Moved {
    pub from: NaiveDate,
    pub to: NaiveDate,
    /// Null where `from` has passed.
    pub odds_from: Option<f64>,
    pub odds_to: f64,
}

impl Effect {
    /// Days by which P50 comes earlier, where that is said.
    pub fn days(&self) -> Option<i64> {
        self.p50_from.zip(self.p50_to).map(|(from, to)| (from - to).num_days())
    }
}

/// Dates from three days on, odds from ten points on; nothing where it makes things worse.
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
    if days < 0 || gain < 0.0 || (days < LEAST_DAYS && gain < LEAST_ODDS) {
        return None;
    }
    let dated = days >= LEAST_DAYS;
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
    fn what_is_said_of_an_effect() {
        let late = forecast("2026-12-13", Some(0.20));
        let both = effect(late, forecast("2026-12-02", Some(0.61)), "2026-12-04").expect("an effect");
        assert_eq!((both.days(), both.odds_from, both.odds_to), (Some(11), Some(0.20), Some(0.61)));
        assert_eq!((both.p85_from, both.p85_to), (Some(day("2026-12-23")), Some(day("2026-12-12"))));
        // Two days: the odds alone.
        let odds = effect(late, forecast("2026-12-11", Some(0.31)), "2026-12-04").expect("an effect");
        assert_eq!((odds.days(), odds.p85_from, odds.odds_to), (None, None, Some(0.31)));
        // The agreed date has passed: the date alone.
        let passed = effect(late, forecast("2026-12-02", Some(0.61)), "2026-11-19").expect("an effect");
        assert_eq!((passed.days(), passed.odds_from, passed.odds_to), (Some(11), None, None));
        let no_odds = effect(forecast("2026-12-13", None), forecast("2026-12-10", None), "2026-12-04");
        assert_eq!(no_odds.and_then(|effect| effect.days()), Some(3));
        assert_eq!(effect(late, forecast("2026-12-11", Some(0.29)), "2026-12-04"), None);
        assert_eq!(effect(late, forecast("2026-12-14", Some(0.50)), "2026-12-04"), None);
    }
}
