//! One milestone as it stands: its five dates, its slip, its status beside what is stated.

use chrono::NaiveDate;
use serde::Serialize;

use super::inputs::Inputs;
use super::snapshot_index::SnapshotIndex;
use super::status::{self, Facts, StatusCause};
use super::work::{MilestoneWork, Sizes, Work};
use super::{Forecast, Promise, progress};
use crate::team::{MilestoneId, Status, TableKind, TaskStatus};

#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct MilestoneState {
    pub id: MilestoneId,
    pub name: String,
    pub original: Option<NaiveDate>,
    pub agreed: Option<NaiveDate>,
    pub due: Option<NaiveDate>,
    pub forecast: Option<Forecast>,
    /// Without a forecast, where the pace of the objective brings it after the agreed date: when.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub projected: Option<NaiveDate>,
    pub done_on: Option<NaiveDate>,
    /// (done, else the later of due and P50) − agreed, in days; positive is late.
    pub slip_days: Option<i64>,
    /// The same now − in the last snapshot.
    pub slip_since_days: Option<i64>,
    pub progress: Option<f64>,
    pub planned: Option<f64>,
    pub status: Status,
    /// Why the computed status is what it is, as data for a sentence.
    pub because: StatusCause,
    pub stated: Option<Status>,
    pub reason: Option<String>,
    pub tasks_done: u32,
    pub tasks_all: u32,
    /// Open tasks of milestones agreed for earlier; the forecast takes them first.
    pub tasks_before: u32,
    pub weight: f64,
    pub owner_team: Option<String>,
    pub carried_from: Option<MilestoneId>,
    /// Date moves that were agreed, oldest first: agreed on, to.
    pub moved: Vec<(NaiveDate, NaiveDate)>,
    /// New since the last snapshot.
    pub new: bool,
    /// What it was expected on at the last five 1:1s, oldest first; empty for what is done.
    pub history: Vec<Promise>,
}

/// The milestones of one objective that this copy may name, in agreed order.
pub(super) fn states(
    inputs: &Inputs,
    work: &Work,
    sizes: &Sizes,
    forecasts: &[Option<Forecast>],
    spi: Option<f64>,
    last: Option<&SnapshotIndex>,
) -> Vec<MilestoneState> {
    let starts = planned_from(inputs, work);
    let mut before = 0;
    let mut states = Vec::new();
    for ((milestone, forecast), from) in work.milestones.iter().zip(forecasts).zip(starts) {
        if !milestone.milestone.withheld {
            let state = state(inputs, milestone, sizes, *forecast, from, spi, last);
            states.push(MilestoneState { tasks_before: if milestone.ours { before } else { 0 }, ..state });
        }
        if milestone.ours && milestone.is_open() {
            before += milestone.open_tasks().count() as u32;
        }
    }
    states
}

/// For each milestone the day from which it accrues: the agreed date of the one before it, or the quarter's start.
fn planned_from(inputs: &Inputs, work: &Work) -> Vec<NaiveDate> {
    let start = inputs.quarter.start;
    let before = |milestone: &MilestoneWork| {
        work.counted().filter_map(|other| other.agreed).filter(|other| Some(*other) < milestone.agreed).max()
    };
    work.milestones.iter().map(|milestone| before(milestone).unwrap_or(start).max(start)).collect()
}

fn state(
    inputs: &Inputs,
    work: &MilestoneWork,
    sizes: &Sizes,
    forecast: Option<Forecast>,
    planned_from: NaiveDate,
    spi: Option<f64>,
    last: Option<&SnapshotIndex>,
) -> MilestoneState {
    let milestone = work.milestone;
    let progress = progress::of_milestone(work, sizes);
    let (done, dropped) = (work.is_done(), work.is_dropped());
    let (status, because) = status::of_milestone(&Facts {
        as_of: inputs.as_of(),
        quarter_start: inputs.quarter.start,
        agreed: work.agreed,
        dropped,
        done,
        stale: inputs.is_stale(if work.tasks.is_empty() { TableKind::Milestones } else { TableKind::Tasks }),
        progress,
        started: milestone.begun
            || progress.is_some_and(|progress| progress > 0.0)
            || work.tasks.iter().any(|task| matches!(task.status, TaskStatus::Doing | TaskStatus::Done)),
        forecast: forecast.as_ref(),
        // A milestone of another team is not on our schedule.
        spi: spi.filter(|_| work.ours),
    });
    let projection = || progress::projected(inputs.quarter.start, work.agreed?, spi?);
    let projected = (because == StatusCause::ProjectionAfterAgreed).then(projection).flatten();
    let done_on = work.done_on();
    let slip_days = if dropped || (done && done_on.is_none()) {
        None
    } else {
        slip(work.agreed, done_on, milestone.due, forecast.map(|forecast| forecast.p50), inputs.as_of())
    };
    let then = last.and_then(|last| last.milestone(&milestone.id));
    MilestoneState {
        id: milestone.id.clone(),
        name: milestone.name.clone(),
        original: work.original(&inputs.team.milestones),
        agreed: work.agreed,
        due: milestone.due,
        forecast,
        projected,
        done_on,
        slip_days,
        slip_since_days: slip_days
            .zip(then.and_then(|then| then.slip_days))
            .map(|(now, then)| now.saturating_sub(then)),
        progress,
        planned: work.agreed.map(|agreed| progress::planned_share(planned_from, agreed, inputs.as_of())),
        status,
        because,
        stated: milestone.stated,
        reason: milestone.reason.clone(),
        tasks_done: work.tasks.iter().filter(|task| task.status == TaskStatus::Done).count() as u32,
        tasks_all: work.scope().count() as u32,
        tasks_before: 0,
        weight: milestone.weight.unwrap_or(1.0),
        owner_team: milestone.owner_team.clone().filter(|_| !work.ours),
        carried_from: milestone.carried_from.clone(),
        moved: work.moved.clone(),
        new: last.is_some() && then.is_none(),
        history: Vec::new(),
    }
}

/// Slip in days = (done, else the later of due and P50) − agreed.
///
/// What is still open cannot be done before as-of: a promise that has passed counts from there.
fn slip(
    agreed: Option<NaiveDate>,
    done_on: Option<NaiveDate>,
    due: Option<NaiveDate>,
    p50: Option<NaiveDate>,
    as_of: NaiveDate,
) -> Option<i64> {
    let expected = done_on.or_else(|| due.max(p50).map(|expected| expected.max(as_of)))?;
    Some((expected - agreed?).num_days())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::analysis::fixtures::day;

    #[test]
    fn slip_is_from_agreed_to_what_is_expected() {
        let (agreed, as_of) = (Some(day("2026-12-04")), day("2026-11-20"));
        let on = |text: &str| Some(day(text));
        // The sketch: agreed for 4 December, half of the trials end by 13 December: 9 days.
        assert_eq!(slip(agreed, None, on("2026-12-08"), on("2026-12-13"), as_of), Some(9));
        assert_eq!(slip(agreed, None, on("2026-12-18"), on("2026-12-13"), as_of), Some(14));
        assert_eq!(slip(agreed, None, on("2026-12-08"), None, as_of), Some(4));
        assert_eq!(slip(agreed, on("2026-12-02"), on("2026-12-08"), None, as_of), Some(-2));
        assert_eq!(slip(None, None, on("2026-12-08"), None, as_of), None);
        assert_eq!(slip(agreed, None, None, None, as_of), None);
        // Promised for 10 November and still open on the 20th: at least 10 days.
        assert_eq!(slip(on("2026-11-10"), None, on("2026-11-10"), None, as_of), Some(10));
    }
}
