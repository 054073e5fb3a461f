//! The computed status of a milestone and of an objective: that of the first rule that holds. It is shown beside the
//! team's stated status; if nothing can be computed, the stated status is used.

use chrono::{Days, NaiveDate};

use super::Forecast;
use super::OutcomeVerdict;
use super::states::{MilestoneState, StatusCause};
use crate::team::{StatedAs, Status};

/// Odds below this are late.
const LATE_ODDS: f64 = 0.30;
/// Odds below this are at risk.
const LOW_ODDS: f64 = 0.70;
/// Without odds, an SPI(t) below this is late.
const LATE_PACE: f64 = 0.90;
/// Without odds, an SPI(t) below this is at risk. It is less than 1 because typed progress is rounded.
const LOW_PACE: f64 = 0.97;
/// If P85 is at least this long before the agreed date, the milestone is ahead.
const AHEAD: Days = Days::new(7);

/// The inputs for the status of a milestone.
pub(super) struct Facts<'a> {
    pub as_of: NaiveDate,
    pub agreed: Option<NaiveDate>,
    /// The current due date by its team or owner.
    pub due: Option<NaiveDate>,
    pub dropped: bool,
    pub done: bool,
    /// Whether the export of its tasks is too old.
    pub stale: bool,
    /// `None` without tasks and progress.
    pub progress: Option<f64>,
    /// Whether a task was started, or there is some progress.
    pub started: bool,
    pub forecast: Option<&'a Forecast>,
    /// SPI(t) of its own plan, if there is enough evidence for a pace.
    pub spi: Option<f64>,
    /// Whether pace alone may make it late: not in the first weeks.
    pub pace_says_late: bool,
    /// Verdict and status by the numbers of a key result.
    pub key_result: Option<(OutcomeVerdict, Option<Status>)>,
    /// Whether the start of its work is known.
    pub has_plan: bool,
    /// Whether less is done than planned, but of too few tasks to call it a pace.
    pub is_behind: bool,
    pub stated: Option<Status>,
    /// Whether its team says that it is on hold; then no pace applies.
    pub on_hold: bool,
    /// Whether its row states any status, even just that work continues.
    pub says_anything: bool,
}

/// Returns the status of the first rule that holds, and its reason.
pub(super) fn of_milestone(facts: &Facts) -> (Status, StatusCause) {
    let passed = facts.agreed.is_some_and(|agreed| agreed < facts.as_of);
    let own_date_later = facts.agreed.zip(facts.due).is_some_and(|(agreed, due)| due > agreed);
    let meets = facts.key_result.is_some_and(|(verdict, _)| verdict == OutcomeVerdict::Meets);
    let by_numbers = facts.key_result.and_then(|(_, status)| status);
    let nothing_known = facts.progress.is_none() && !own_date_later;
    let odds = facts.forecast.filter(|_| !facts.stale).and_then(|forecast| forecast.odds);
    let spi = facts.spi.filter(|_| odds.is_none() && !facts.stale);
    let early = facts.forecast.filter(|_| odds.is_some()).and_then(|forecast| forecast.p85).zip(facts.agreed);
    // If nothing can be computed, or only from old data, the team's stated status is used.
    let stated = |cause| match facts.stated {
        Some(stated) => (stated, StatusCause::Stated),
        None if facts.says_anything => (Status::NotReported, StatusCause::Stated),
        None => (Status::NotReported, cause),
    };
    match () {
        () if facts.dropped => (Status::Dropped, StatusCause::Dropped),
        () if facts.done => (Status::Done, StatusCause::Finished),
        () if passed && !meets => (Status::Late, StatusCause::AgreedDatePassed),
        () if by_numbers.is_some() => (by_numbers.unwrap_or(Status::NotReported), StatusCause::KeyResult),
        () if facts.key_result.is_some() => stated(StatusCause::NoPlan),
        () if nothing_known => stated(StatusCause::NothingKnown),
        () if odds.is_some_and(|odds| odds < LATE_ODDS) => (Status::Late, StatusCause::LowOdds),
        () if odds.is_some_and(|odds| odds < LOW_ODDS) => (Status::AtRisk, StatusCause::LowOdds),
        () if facts.pace_says_late && spi.is_some_and(|spi| spi < LATE_PACE) => (Status::Late, StatusCause::LowPace),
        () if own_date_later => (Status::AtRisk, StatusCause::OwnDateAfterAgreed),
        () if facts.stale => stated(StatusCause::StaleSource),
        () if spi.is_some_and(|spi| spi < LOW_PACE) => (Status::AtRisk, StatusCause::LowPace),
        () if facts.on_hold => stated(StatusCause::NothingKnown),
        () if !facts.started => (Status::NotStarted, StatusCause::NothingStarted),
        () if facts.agreed.is_none() => stated(StatusCause::NoDate),
        () if !facts.has_plan && odds.is_none() => stated(StatusCause::NoPlan),
        () if facts.is_behind && odds.is_none() => stated(StatusCause::TooFewTasks),
        () if early.is_some_and(|(p85, agreed)| p85 + AHEAD <= agreed) => (Status::Ahead, StatusCause::EarlyByAWeek),
        () => (Status::OnPace, StatusCause::AsPlanned),
    }
}

/// Whether an SPI(t) is low enough for "at risk".
pub(super) fn is_low_pace(spi: f64) -> bool {
    spi < LOW_PACE
}

/// Returns the sort key of a status, worst first. "Not reported" is worse than anything that goes well.
pub fn severity(status: Status) -> u8 {
    match status {
        Status::Late => 0,
        Status::AtRisk => 1,
        Status::NotReported => 2,
        Status::NotStarted => 3,
        Status::OnPace => 4,
        Status::Ahead => 5,
        Status::Done => 6,
        Status::Dropped => 7,
    }
}

/// The status of an objective.
pub(super) struct ObjectiveStatus {
    pub status: Status,
    pub because: StatusCause,
    /// The stated word, if the status is a stated one.
    pub word: Option<StatedAs>,
}

/// Returns the worst status of its overdue milestones, its next one and its last one; `milestones` are in agreed order.
/// Other teams' milestones do not count. If none decides, the objective's stated status is used.
pub(super) fn of_objective(
    milestones: &[MilestoneState],
    progress: Option<f64>,
    stated: (Option<Status>, Option<StatedAs>),
    as_of: NaiveDate,
) -> ObjectiveStatus {
    let (stated, word) = stated;
    let ours = || milestones.iter().filter(|milestone| milestone.owner_team.is_none());
    let open: Vec<&MilestoneState> =
        ours().filter(|milestone| !matches!(milestone.status, Status::Done | Status::Dropped)).collect();
    let is_overdue = |milestone: &&MilestoneState| milestone.agreed.is_some_and(|agreed| agreed < as_of);
    let overdue = open.iter().copied().filter(is_overdue);
    let next = open.iter().copied().find(|milestone| !is_overdue(milestone));
    // Key results have no order, so all of them count.
    let key_results = open.iter().copied().filter(|milestone| milestone.key_result.is_some());
    // Nor have milestones without a date: what goes badly decides.
    let undated =
        open.iter().copied().filter(|it| it.agreed.is_none() && matches!(it.status, Status::Late | Status::AtRisk));
    let deciding = overdue.chain(next).chain(open.last().copied()).chain(key_results).chain(undated);
    let of = |status, because, word| ObjectiveStatus { status, because, word };
    let own = |cause| match stated {
        Some(stated) => of(stated, StatusCause::Stated, word),
        None if word.is_some() => of(Status::NotReported, StatusCause::Stated, word),
        None => of(Status::NotReported, cause, None),
    };
    match deciding.min_by_key(|milestone| severity(milestone.status)) {
        Some(worst) if worst.status == Status::NotReported && (stated.is_some() || word.is_some()) => {
            own(StatusCause::NothingKnown)
        }
        // Both are stated by the team: the worse one is used.
        Some(worst)
            if worst.because == StatusCause::Stated
                && stated.is_some_and(|own| severity(own) < severity(worst.status)) =>
        {
            own(StatusCause::NothingKnown)
        }
        Some(worst) => {
            of(worst.status, worst.because, worst.stated_as.filter(|_| worst.because == StatusCause::Stated))
        }
        None if ours().any(|milestone| milestone.status == Status::Done) => {
            of(Status::Done, StatusCause::Finished, None)
        }
        None if ours().next().is_some() => of(Status::Dropped, StatusCause::Dropped, None),
        None if matches!(stated, Some(Status::Done | Status::Dropped)) => own(StatusCause::NothingKnown),
        None if progress.is_some_and(|progress| progress >= 1.0) => of(Status::Done, StatusCause::Finished, None),
        None => own(StatusCause::NothingKnown),
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

    /// Facts agreed for 4 December, as of 20 November, half done, without a forecast.
    fn facts() -> Facts<'static> {
        Facts {
            as_of: day("2026-11-20"),
            agreed: Some(day("2026-12-04")),
            due: Some(day("2026-12-04")),
            dropped: false,
            done: false,
            stale: false,
            progress: Some(0.5),
            started: true,
            forecast: None,
            spi: None,
            pace_says_late: true,
            key_result: None,
            has_plan: true,
            is_behind: false,
            stated: None,
            on_hold: false,
            says_anything: false,
        }
    }

    #[test]
    fn the_first_rule_that_holds_gives_the_status() {
        use StatusCause as Cause;
        let late = forecast("2026-12-13", "2026-12-22", Some(0.29));
        let slow = forecast("2026-12-07", "2026-12-22", Some(0.31));
        let risky = forecast("2026-12-02", "2026-12-11", Some(0.65));
        let early = forecast("2026-11-24", "2026-11-27", Some(0.99));
        let fine = forecast("2026-11-25", "2026-11-28", Some(0.95));
        let by_pace = Forecast { p50: day("2026-12-06"), p85: None, odds: None, ..fine };
        let passed = Some(day("2026-11-19"));
        let later = Some(day("2027-01-22"));
        let cases = [
            (Facts { dropped: true, done: true, ..facts() }, (Status::Dropped, Cause::Dropped)),
            (Facts { done: true, stale: true, ..facts() }, (Status::Done, Cause::Finished)),
            // An overdue milestone is late, whatever else is unknown or stated.
            (Facts { agreed: passed, ..facts() }, (Status::Late, Cause::AgreedDatePassed)),
            (Facts { agreed: passed, progress: None, ..facts() }, (Status::Late, Cause::AgreedDatePassed)),
            (
                Facts { agreed: passed, stale: true, stated: Some(Status::OnPace), ..facts() },
                (Status::Late, Cause::AgreedDatePassed),
            ),
            (Facts { agreed: Some(day("2026-11-20")), due: None, ..facts() }, (Status::OnPace, Cause::AsPlanned)),
            // Nothing to compute from: the stated status is used.
            (Facts { progress: None, ..facts() }, (Status::NotReported, Cause::NothingKnown)),
            (Facts { progress: None, stated: Some(Status::AtRisk), ..facts() }, (Status::AtRisk, Cause::Stated)),
            (Facts { progress: None, says_anything: true, ..facts() }, (Status::NotReported, Cause::Stated)),
            // A later due date of the team's own is something to compute from.
            (
                Facts { progress: None, due: later, stated: Some(Status::OnPace), ..facts() },
                (Status::AtRisk, Cause::OwnDateAfterAgreed),
            ),
            (Facts { forecast: Some(&early), due: later, ..facts() }, (Status::AtRisk, Cause::OwnDateAfterAgreed)),
            (Facts { forecast: Some(&late), ..facts() }, (Status::Late, Cause::LowOdds)),
            (Facts { forecast: Some(&slow), ..facts() }, (Status::AtRisk, Cause::LowOdds)),
            (Facts { forecast: Some(&risky), spi: Some(0.5), ..facts() }, (Status::AtRisk, Cause::LowOdds)),
            // Old data are never green, and never late either.
            (Facts { stale: true, forecast: Some(&late), ..facts() }, (Status::NotReported, Cause::StaleSource)),
            (Facts { stale: true, stated: Some(Status::AtRisk), ..facts() }, (Status::AtRisk, Cause::Stated)),
            (Facts { spi: Some(0.89), ..facts() }, (Status::Late, Cause::LowPace)),
            (Facts { spi: Some(0.0), ..facts() }, (Status::Late, Cause::LowPace)),
            (Facts { spi: Some(0.0), pace_says_late: false, ..facts() }, (Status::AtRisk, Cause::LowPace)),
            (Facts { forecast: Some(&by_pace), spi: Some(0.96), ..facts() }, (Status::AtRisk, Cause::LowPace)),
            (Facts { forecast: Some(&by_pace), spi: Some(0.98), ..facts() }, (Status::OnPace, Cause::AsPlanned)),
            (Facts { progress: Some(0.0), started: false, ..facts() }, (Status::NotStarted, Cause::NothingStarted)),
            (Facts { forecast: Some(&early), ..facts() }, (Status::Ahead, Cause::EarlyByAWeek)),
            (Facts { forecast: Some(&fine), ..facts() }, (Status::OnPace, Cause::AsPlanned)),
            (Facts { agreed: None, ..facts() }, (Status::NotReported, Cause::NoDate)),
            // The numbers of a key result take precedence over the team's stated status.
            (
                Facts { key_result: Some((OutcomeVerdict::NotMoving, Some(Status::AtRisk))), agreed: None, ..facts() },
                (Status::AtRisk, Cause::KeyResult),
            ),
            (
                Facts { key_result: Some((OutcomeVerdict::Meets, Some(Status::OnPace))), agreed: passed, ..facts() },
                (Status::OnPace, Cause::KeyResult),
            ),
            // A share done is no evidence of pace without a start.
            (Facts { has_plan: false, ..facts() }, (Status::NotReported, Cause::NoPlan)),
            (Facts { has_plan: false, stated: Some(Status::OnPace), ..facts() }, (Status::OnPace, Cause::Stated)),
            // Two of four tasks are not a pace, and not on pace either.
            (Facts { is_behind: true, ..facts() }, (Status::NotReported, Cause::TooFewTasks)),
            (Facts { is_behind: true, forecast: Some(&fine), ..facts() }, (Status::OnPace, Cause::AsPlanned)),
        ];
        for (index, (facts, expected)) in cases.into_iter().enumerate() {
            assert_eq!(of_milestone(&facts), expected, "case {index}");
        }
    }
}
