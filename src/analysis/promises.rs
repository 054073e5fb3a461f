//! What each open milestone was expected on at the last recorded 1:1s: a date that slips a little every week shows
//! here. [`super::analyse`] fills [`MilestoneState::history`](super::MilestoneState::history) with it.

use chrono::NaiveDate;
use schemars::JsonSchema;
use serde::Serialize;

use super::inputs::Inputs;
use super::objective::ObjectiveState;
use super::snapshot_index::SnapshotIndex;
use crate::team::Status;

/// The last 1:1s that are looked back on.
const MEETINGS: usize = 5;

/// The date that a milestone was expected on at a 1:1.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, JsonSchema)]
pub struct Promise {
    /// The day of the 1:1.
    pub on: NaiveDate,
    /// The later of due and P50 as they stood then.
    pub expected: NaiveDate,
}

/// Fills the history of each milestone that is open, oldest 1:1 first; a 1:1 at which it was not known adds nothing.
pub(super) fn fill(inputs: &Inputs, objectives: &mut [ObjectiveState]) {
    let last = inputs.recorded.iter().rev().take(MEETINGS).rev();
    let meetings: Vec<SnapshotIndex> = last.map(|snapshot| SnapshotIndex::new(snapshot)).collect();
    for milestone in objectives.iter_mut().flat_map(|objective| &mut objective.milestones) {
        if milestone.status == Status::Done || milestone.done_on.is_some() {
            continue;
        }
        let promises = meetings.iter().filter_map(|meeting| {
            let then = meeting.milestone(&milestone.id)?;
            Some(Promise { on: meeting.snapshot.as_of, expected: then.due.max(then.p50)? })
        });
        milestone.history = promises.collect();
    }
}
