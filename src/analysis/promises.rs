//! The expected dates of each open milestone at the last recorded 1:1s, which show a date that slips a little every
//! week. [`super::analyse`] stores them in [`MilestoneState::history`](super::MilestoneState::history).

use super::inputs::Inputs;
use super::states::{ObjectiveState, Promise};
use crate::team::Status;

/// Number of 1:1s in the history.
const MEETINGS: usize = 5;

/// Fills the history of each open milestone, oldest 1:1 first. A 1:1 without an expected date is left out.
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
