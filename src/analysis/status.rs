//! The computed status of a milestone and of an objective: the first rule of the list that holds. It stands beside
//! what the team states and accuses nobody.

use chrono::{Days, NaiveDate};
use serde::Serialize;

use super::Forecast;
use super::milestone::MilestoneState;
use super::progress;
use crate::team::Status;

/// Odds below this are at risk.
const LOW_ODDS: f64 = 0.70;
/// SPI(t) below this is at risk where there are no odds.
const LOW_PACE: f64 = 0.9;
/// P85 this long before the agreed date is ahead.
const AHEAD: Days = Days::new(7);

#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum StatusCause {
    Finished,
    Dropped,
    NothingKnown,
    StaleSource,
    AgreedDatePassed,
    MedianAfterAgreed,
    ProjectionAfterAgreed,
    LowOdds,
    LowPace,
    NothingStarted,
    EarlyByAWeek,
    AsPlanned,
}

/// What the status of a milestone is computed from.
pub(super) struct Facts<'a> {
    pub as_of: NaiveDate,
    pub quarter_start: NaiveDate,
    pub agreed: Option<NaiveDate>,
    pub dropped: bool,
    pub done: bool,
    /// Its tasks, or where it has none its own table, were not exported for too long.
    pub stale: bool,
    /// None: no tasks and no progress.
    pub progress: Option<f64>,
    /// A task was begun, or some progress made.
    pub started: bool,
    pub forecast: Option<&'a Forecast>,
    /// SPI(t) of its objective.
    pub spi: Option<f64>,
}

/// The first rule that holds.
pub(super) fn of_milestone(facts: &Facts) -> (Status, StatusCause) {
    let passed = facts.agreed.is_some_and(|agreed| agreed < facts.as_of);
    let median_late = late_by(facts.agreed, facts.forecast.map(|forecast| forecast.p50));
    // At no pace at all the projection is further away than any date.
    let projection_late = facts.forecast.is_none()
        && facts.agreed.zip(facts.spi).is_some_and(|(agreed, spi)| {
            progress::projected(facts.quarter_start, agreed, spi).is_none_or(|date| date > agreed)
        });
    let odds = facts.forecast.and_then(|forecast| forecast.odds);
    let early = facts.forecast.and_then(|forecast| forecast.p85).zip(facts.agreed);
    match () {
        () if facts.dropped => (Status::Dropped, StatusCause::Dropped),
        () if facts.done => (Status::Done, StatusCause::Finished),
        () if facts.progress.is_none() => (Status::Unknown, StatusCause::NothingKnown),
        () if facts.stale => (Status::Unknown, StatusCause::StaleSource),
        () if passed => (Status::Late, StatusCause::AgreedDatePassed),
        () if median_late => (Status::Late, StatusCause::MedianAfterAgreed),
        () if projection_late => (Status::Late, StatusCause::ProjectionAfterAgreed),
        () if odds.is_some_and(|odds| odds < LOW_ODDS) => (Status::AtRisk, StatusCause::LowOdds),
        () if odds.is_none() && facts.spi.is_some_and(|spi| spi < LOW_PACE) => (Status::AtRisk, StatusCause::LowPace),
        () if !facts.started => (Status::NotStarted, StatusCause::NothingStarted),
        () if early.is_some_and(|(p85, agreed)| p85 + AHEAD <= agreed) => (Status::Ahead, StatusCause::EarlyByAWeek),
        () => (Status::OnPace, StatusCause::AsPlanned),
    }
}

fn late_by(agreed: Option<NaiveDate>, p50: Option<NaiveDate>) -> bool {
    agreed.zip(p50).is_some_and(|(agreed, p50)| p50 > agreed)
}

/// That of its last open milestone; `milestones` are in agreed order. Other teams' milestones do not decide.
pub(super) fn of_objective(milestones: &[MilestoneState], progress: Option<f64>) -> Status {
    let ours = || milestones.iter().filter(|milestone| milestone.owner_team.is_none());
    let open = ours().rev().find(|milestone| !matches!(milestone.status, Status::Done | Status::Dropped));
    match open {
        Some(milestone) => milestone.status,
        None if ours().any(|milestone| milestone.status == Status::Done) => Status::Done,
        None if ours().next().is_some() => Status::Dropped,
        None if progress.is_some_and(|progress| progress >= 1.0) => Status::Done,
        None => Status::Unknown,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::analysis::ForecastMethod;
    use crate::analysis::fixtures::day;

    fn forecast(p50: &str, p85: &str, odds: Option<f64>) -> Forecast {
        Forecast {
            p50: day(p50),
            p85: Some(day(p85)),
            odds,
            method: ForecastMethod::MonteCarlo,
            weeks: 8,
            known_tasks_only: false,
            grows: false,
        }
    }

    /// Agreed for 4 December, as of 20 November, half done, no forecast.
    fn facts() -> Facts<'static> {
        Facts {
            as_of: day("2026-11-20"),
            quarter_start: day("2026-10-01"),
            agreed: Some(day("2026-12-04")),
            dropped: false,
            done: false,
            stale: false,
            progress: Some(0.5),
            started: true,
            forecast: None,
            spi: None,
        }
    }

    fn status(facts: Facts) -> (Status, StatusCause) {
        of_milestone(&facts)
    }

    #[test]
    fn the_first_rule_that_holds() {
        use StatusCause as Cause;
        let late = forecast("2026-12-13", "2026-12-22", Some(0.31));
        let risky = forecast("2026-12-02", "2026-12-11", Some(0.65));
        let early = forecast("2026-11-24", "2026-11-27", Some(0.99));
        let fine = forecast("2026-11-25", "2026-11-28", Some(0.95));
        let by_pace = Forecast { p85: None, odds: None, ..fine };
        let cases = [
            (Facts { dropped: true, done: true, ..facts() }, (Status::Dropped, Cause::Dropped)),
            (Facts { done: true, stale: true, ..facts() }, (Status::Done, Cause::Finished)),
            (Facts { progress: None, ..facts() }, (Status::Unknown, Cause::NothingKnown)),
            // Old data are never green, and never late either.
            (Facts { stale: true, forecast: Some(&late), ..facts() }, (Status::Unknown, Cause::StaleSource)),
            (Facts { agreed: Some(day("2026-11-19")), ..facts() }, (Status::Late, Cause::AgreedDatePassed)),
            (Facts { agreed: Some(day("2026-11-20")), ..facts() }, (Status::OnPace, Cause::AsPlanned)),
            (Facts { forecast: Some(&late), ..facts() }, (Status::Late, Cause::MedianAfterAgreed)),
            // 64 days planned take 71 at 0.9.
            (Facts { spi: Some(0.9), ..facts() }, (Status::Late, Cause::ProjectionAfterAgreed)),
            (Facts { spi: Some(0.0), ..facts() }, (Status::Late, Cause::ProjectionAfterAgreed)),
            (Facts { spi: Some(1.1), ..facts() }, (Status::OnPace, Cause::AsPlanned)),
            (Facts { forecast: Some(&risky), spi: Some(0.5), ..facts() }, (Status::AtRisk, Cause::LowOdds)),
            (Facts { forecast: Some(&by_pace), spi: Some(0.89), ..facts() }, (Status::AtRisk, Cause::LowPace)),
            (Facts { progress: Some(0.0), started: false, ..facts() }, (Status::NotStarted, Cause::NothingStarted)),
            (Facts { forecast: Some(&early), ..facts() }, (Status::Ahead, Cause::EarlyByAWeek)),
            (Facts { forecast: Some(&fine), ..facts() }, (Status::OnPace, Cause::AsPlanned)),
            (Facts { agreed: None, ..facts() }, (Status::OnPace, Cause::AsPlanned)),
        ];
        for (index, (facts, expected)) in cases.into_iter().enumerate() {
            assert_eq!(status(facts), expected, "case {index}");
        }
    }
}
