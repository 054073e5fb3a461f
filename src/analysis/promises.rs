//! What each open milestone was expected on at the last recorded 1:1s: a date that slips a little every week shows
//! here. [`super::analyse`] fills [`MilestoneState::history`](super::MilestoneState::history) with it.

use super::inputs::Inputs;
use super::states::{ObjectiveState, Promise};
use crate::team::Status;

/// The last 1:1s that are looked back on.
const MEETINGS: usize = 5;

/// Fills the history of each milestone that is open, oldest 1:1 first; a 1:1 at which it was not known adds nothing.
pub(super) fn fill(inputs: &Inputs, objectives: &mut [ObjectiveState]) {
    let meetings = &inputs.meetings[inputs.meetings.len().saturating_sub(MEETINGS)..];
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
