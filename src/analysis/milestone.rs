//! The state of one milestone: its five dates, its slip, and its computed and stated status.

use std::collections::{BTreeMap, BTreeSet};

use chrono::NaiveDate;

use super::forecast::MAX_PACE_DAYS;
use super::inputs::Inputs;
use super::metric::ByName;
use super::outcome_hold::OutcomeHold;
use super::sizes::Sizes;
use super::snapshot_index::SnapshotIndex;
use super::states::{KeyResultState, MilestoneState, StatusCause};
use super::status::{self, Facts};
use super::work::{MilestoneWork, Work, Works};
use super::{Forecast, ForecastMethod, MovedTo, calendar, progress};
use crate::team::{StatedAs, Status, TableKind, TaskKey, TaskStatus};

/// Returns how many tasks that any recorded brief knew in this milestone now belong to each other milestone, most
/// first; and how many tasks it ever had.
fn moved_to(inputs: &Inputs, work: &MilestoneWork) -> (Vec<MovedTo>, u32) {
    let id = &work.milestone.id;
    let none = BTreeSet::new();
    let ever: &BTreeSet<&TaskKey> = inputs.ever.in_milestone(id).unwrap_or(&none);
    let mut to: BTreeMap<String, u32> = BTreeMap::new();
    let gone = ever.iter().filter_map(|key| inputs.index.task(key)).filter(|task| task.milestone.as_ref() != Some(id));
    for task in gone.filter(|task| task.counts && task.status != TaskStatus::Dropped) {
        let now = task.milestone.as_ref().and_then(|id| inputs.index.milestone(id));
        *to.entry(now.map(|it| it.name.clone()).unwrap_or_default()).or_default() += 1;
    }
    let new = work.tasks.iter().filter(|task| !ever.contains(&task.key)).count();
    let mut to: Vec<MovedTo> = to.into_iter().map(|(milestone, tasks)| MovedTo { milestone, tasks }).collect();
    to.sort_by_key(|moved| std::cmp::Reverse(moved.tasks));
    (to, (ever.len() + new) as u32)
}

/// Returns the milestones of one objective that this copy may name, in agreed order.
pub(super) fn states(
    inputs: &Inputs,
    work: &Work,
    sizes: &Sizes,
    forecasts: &[Option<Forecast>],
    metrics: &ByName,
    last: Option<&SnapshotIndex>,
) -> Vec<MilestoneState> {
    let starts = work.planned_from(inputs.quarter.start);
    let mut before = 0;
    let mut states = Vec::new();
    for ((milestone, forecast), from) in work.milestones.iter().zip(forecasts).zip(starts) {
        if !milestone.milestone.withheld {
            let hold = OutcomeHold::of(milestone.milestone, metrics).filter(|_| milestone.is_open());
            let state = state(inputs, milestone, sizes, (*forecast, hold), from, last);
            states.push(MilestoneState { tasks_before: if milestone.ours { before } else { 0 }, ..state });
        }
        if milestone.ours && milestone.is_open() {
            before += milestone.queued_tasks().count() as u32;
        }
    }
    states
}

/// Returns the milestones without a lane in this quarter that this copy may name, the next due first.
pub(super) fn elsewhere(
    inputs: &Inputs,
    works: &Works,
    sizes: &Sizes,
    last: Option<&SnapshotIndex>,
) -> Vec<MilestoneState> {
    let shown = works.elsewhere().filter(|milestone| !milestone.milestone.withheld);
    let from = |milestone: &MilestoneWork| milestone.own_start().unwrap_or(inputs.quarter.start);
    let mut states: Vec<MilestoneState> =
        shown.map(|milestone| state(inputs, milestone, sizes, (None, None), from(milestone), last)).collect();
    states.sort_by(|a, b| (a.agreed.is_none(), a.agreed, &a.id).cmp(&(b.agreed.is_none(), b.agreed, &b.id)));
    states
}

/// Minimum number of tasks whose share done is evidence of the pace.
const MIN_TASKS: usize = 5;
/// Minimum number of days of work for a pace.
const MIN_DAYS: i64 = 14;

/// Minimum number of weeks, and of finished tasks, for a date by pace.
const MIN_PACE_WEEKS: u32 = 2;
const MIN_FINISHED: usize = 5;

/// Returns the state of one milestone. `planned_from` is the day from which its work is planned.
pub(super) fn state(
    inputs: &Inputs,
    work: &MilestoneWork,
    sizes: &Sizes,
    (forecast, hold): (Option<Forecast>, Option<OutcomeHold>),
    planned_from: NaiveDate,
    last: Option<&SnapshotIndex>,
) -> MilestoneState {
    let milestone = work.milestone;
    let progress = progress::of_milestone(work, sizes);
    let (done, dropped) = (work.is_done(), work.is_dropped());
    // The forecast is about tasks, so it does not apply if all are done.
    let stale = !work.tasks.is_empty() && inputs.is_stale(TableKind::Tasks);
    let has_enough_weeks =
        |forecast: &Forecast| forecast.method != ForecastMethod::Pace || forecast.weeks >= MIN_PACE_WEEKS;
    // A milestone on hold will not be done when its tasks could be.
    let on_hold = milestone.stated_as == Some(StatedAs::OnHold);
    let forecast = forecast.filter(|_| !work.is_only_done_by_tasks() && !stale && !on_hold).filter(has_enough_weeks);
    let forecast = match &hold {
        Some(hold) => Some(hold.expected(forecast, inputs.as_of())),
        None => forecast,
    };
    // Nobody asks for the odds of a day that has passed.
    let has_passed = work.agreed.is_some_and(|agreed| agreed < inputs.as_of());
    let forecast = forecast.map(|forecast| Forecast { odds: forecast.odds.filter(|_| !has_passed), ..forecast });
    // An outcome that cannot hold by the agreed date will be late; the odds are 0.
    let too_late = hold
        .as_ref()
        .zip(work.agreed)
        .is_some_and(|(hold, agreed)| hold.not_before > calendar::week_ending(agreed, inputs.frame.calendar.week_ends));
    let judged = forecast.map(|forecast| Forecast { odds: forecast.odds.or(too_late.then_some(0.0)), ..forecast });
    let elapsed = (inputs.as_of() - planned_from).num_days();
    let in_first_weeks = ((inputs.as_of() - inputs.quarter.start).num_days() as f64) < progress::FIRST_WEEKS_DAYS;
    let has_pace = work.ours
        && elapsed >= MIN_DAYS
        && (work.scope().count() >= MIN_TASKS || (work.tasks.is_empty() && milestone.progress.is_some()));
    let pace = work.agreed.zip(progress).filter(|_| work.has_plan());
    let pace = pace.and_then(|(agreed, share)| progress::own_spi(planned_from, agreed, share, inputs.as_of()));
    let spi = pace.filter(|_| has_pace);
    let is_behind = !has_pace && work.ours && elapsed >= MIN_DAYS && pace.is_some_and(status::is_low_pace);
    let key_result = KeyResultState::of(work, inputs);
    let (status, because) = status::of_milestone(&Facts {
        as_of: inputs.as_of(),
        agreed: work.agreed,
        due: milestone.due,
        dropped,
        done,
        stale,
        progress,
        started: milestone.begun
            || progress.is_some_and(|progress| progress > 0.0)
            || work.tasks.iter().any(|task| matches!(task.status, TaskStatus::Doing | TaskStatus::Done)),
        forecast: judged.as_ref(),
        spi,
        key_result: key_result.as_ref().map(|it| (it.verdict, it.status())),
        has_plan: work.has_plan(),
        is_behind,
        pace_says_late: !in_first_weeks && elapsed as f64 >= progress::FIRST_WEEKS_DAYS,
        stated: milestone.stated,
        on_hold,
        says_anything: milestone.stated.is_some() || milestone.stated_as.is_some(),
    });
    let projection = || progress::projected(planned_from, work.agreed?, spi?);
    let is_near = |date: &NaiveDate| (*date - inputs.as_of()).num_days() as f64 <= MAX_PACE_DAYS;
    let late_by_pace = (status, because) == (Status::Late, StatusCause::LowPace);
    let finished = work.tasks.iter().filter(|task| task.status == TaskStatus::Done).count();
    let has_few_finished = finished > 0 && finished < MIN_FINISHED;
    let projected = (late_by_pace && !has_few_finished).then(projection).flatten().filter(is_near);
    let (moved_to, tasks_ever) = moved_to(inputs, work);
    let done_on = work.done_on();
    let slip_days = if dropped || (done && done_on.is_none()) {
        None
    } else {
        slip(work.agreed, done_on, milestone.due, forecast.map(|forecast| forecast.p50), inputs.as_of())
    };
    let then = last.and_then(|last| last.milestone(&milestone.id));
    let expected = done_on.or(milestone.due.max(forecast.map(|forecast| forecast.p50)));
    let expected_then = then.and_then(|then| then.done_on.or(then.due.max(then.p50)));
    // An overdue milestone without an expected date is late by at least this; that is not comparable with an earlier
    // forecast.
    let is_open_ended = forecast.is_none() && milestone.due.is_none_or(|due| due < inputs.as_of()) && !done;
    MilestoneState {
        id: milestone.id.clone(),
        name: milestone.name.clone(),
        start: work.own_start(),
        original: inputs.index.first_original(milestone),
        agreed: work.agreed,
        due: milestone.due,
        forecast,
        hold,
        projected,
        has_few_finished,
        done_on,
        key_result,
        confidence: milestone.confidence.clone(),
        period: (milestone.due.map_or(&milestone.agreed_period, |_| &milestone.period)).clone(),
        periods: [(milestone.original, &milestone.agreed_period), (milestone.due, &milestone.period)]
            .into_iter()
            .filter_map(|(date, period)| date.zip(period.clone()))
            .collect(),
        slip_days,
        // Dates are compared, not slips: a new agreed date moves nothing.
        slip_since_days: expected
            .filter(|_| !is_open_ended && !dropped && !(done && done_on.is_none()))
            .zip(expected_then)
            .map(|(now, then)| (now - then).num_days()),
        newly_done: done && then.is_some_and(|then| !matches!(then.status, Status::Done | Status::Dropped)),
        progress,
        planned: work
            .agreed
            .filter(|_| work.has_plan())
            .map(|agreed| progress::planned_share(planned_from, agreed, inputs.as_of())),
        status,
        because,
        stated: milestone.stated,
        stated_as: milestone.stated_as,
        stated_text: milestone.stated_text.clone(),
        reason: milestone.reason.clone(),
        tasks_done: finished as u32,
        tasks_all: work.scope().count() as u32,
        moved_to,
        tasks_ever,
        tasks_paused: work.scope().filter(|task| task.status == TaskStatus::Paused).count() as u32,
        tasks_before: 0,
        weight: milestone.weight.unwrap_or(1.0),
        owner_team: milestone.owner_team.clone().filter(|_| !work.ours),
        carried_from: milestone.carried_from.clone(),
        moved: work.moved.clone(),
        new: last.is_some() && then.is_none(),
        history: Vec::new(),
    }
}

/// Returns the slip in days: done − agreed; for an open milestone the latest of due, P50 and as-of, − agreed. `None` if
/// it is open, has neither due date nor forecast, and is not overdue.
fn slip(
    agreed: Option<NaiveDate>,
    done_on: Option<NaiveDate>,
    due: Option<NaiveDate>,
    p50: Option<NaiveDate>,
    as_of: NaiveDate,
) -> Option<i64> {
    let agreed = agreed?;
    let overdue = Some(as_of).filter(|as_of| *as_of > agreed);
    let expected = done_on.or_else(|| due.max(p50).map(|expected| expected.max(as_of)).max(overdue))?;
    Some((expected - agreed).num_days())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::analysis::fixtures::day;

    #[test]
    fn slip_is_the_expected_minus_the_agreed_date() {
        let (agreed, as_of) = (Some(day("2026-12-04")), day("2026-11-20"));
        let on = |text: &str| Some(day(text));
        // Agreed for 4 December, half of the trials done by 13 December: 9 days.
        assert_eq!(slip(agreed, None, on("2026-12-08"), on("2026-12-13"), as_of), Some(9));
        assert_eq!(slip(agreed, None, on("2026-12-18"), on("2026-12-13"), as_of), Some(14));
        assert_eq!(slip(agreed, None, on("2026-12-08"), None, as_of), Some(4));
        assert_eq!(slip(agreed, on("2026-12-02"), on("2026-12-08"), None, as_of), Some(-2));
        assert_eq!(slip(None, None, on("2026-12-08"), None, as_of), None);
        assert_eq!(slip(agreed, None, None, None, as_of), None);
        // Agreed for 30 October, without due date and forecast: at least 21 days.
        assert_eq!(slip(on("2026-10-30"), None, None, None, as_of), Some(21));
        // Due on 10 November and still open on the 20th: at least 10 days.
        assert_eq!(slip(on("2026-11-10"), None, on("2026-11-10"), None, as_of), Some(10));
    }
}
