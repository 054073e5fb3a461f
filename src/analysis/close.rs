//! How the objectives of the last quarter ended, for the first brief of a quarter.

use std::collections::{HashMap, HashSet};

use schemars::JsonSchema;
use serde::Serialize;

use super::inputs::Inputs;
use super::work::{MilestoneWork, Works};
use crate::team::{MilestoneId, ObjectiveId};

/// Without recorded 1:1s, the close is shown only in this many weeks of a quarter.
const FIRST_WEEKS: u32 = 3;

#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, JsonSchema)]
#[serde(rename_all = "lowercase")]
pub enum CloseOutcome {
    Met,
    Part,
    Not,
    Carried,
}

/// How an objective of the last quarter ended.
#[derive(Debug, Clone, PartialEq, Serialize, JsonSchema)]
pub struct ObjectiveClose {
    pub name: String,
    pub outcome: CloseOutcome,
    pub done: u32,
    pub of: u32,
}

/// Returns nothing unless this is the first brief of its quarter.
pub(super) fn of_last_quarter(inputs: &Inputs, works: &Works) -> Vec<ObjectiveClose> {
    let shown = inputs.recorded.iter().any(|then| then.as_of >= inputs.quarter.start);
    let in_time = !inputs.recorded.is_empty() || inputs.quarter.week <= FIRST_WEEKS;
    if shown || !in_time {
        return Vec::new();
    }
    let later = works.now.iter().flat_map(|work| &work.milestones);
    let carried: HashSet<&MilestoneId> = later.filter_map(|later| later.milestone.carried_from.as_ref()).collect();
    let before = works.before.iter().map(|work| {
        let is_carried = |milestone: &MilestoneWork| milestone.is_open() && carried.contains(&milestone.milestone.id);
        close(&work.objective.name, work.counted(), |it| it.is_done(), is_carried)
    });
    before.chain(gone_on(inputs, works)).collect()
}

/// Objectives without a quarter continue from one to the next: those of their milestones that were agreed for the last
/// quarter belong to it, also if they were moved out of it, and open ones count as carried over. If neither a 1:1 nor a
/// done date of that quarter is known, its outcome is unknown.
fn gone_on(inputs: &Inputs, works: &Works) -> Vec<ObjectiveClose> {
    let last = works.last_quarter;
    let met_in_it = inputs.recorded.iter().any(|then| last.contains(then.as_of));
    let mut elsewhere: HashMap<Option<&ObjectiveId>, Vec<&MilestoneWork>> = HashMap::new();
    for milestone in works.elsewhere().filter(|it| it.ours && !it.is_dropped()) {
        elsewhere.entry(milestone.milestone.objective.as_ref()).or_default().push(milestone);
    }
    // A milestone that was moved to a later quarter during this one belongs to this one too.
    let was_moved = |milestone: &MilestoneWork| {
        let is_of_it = milestone.milestone.original.is_some_and(|on| last.contains(on));
        is_of_it && milestone.moved.iter().any(|(on, _)| *on >= last.start)
    };
    let of_last = |milestone: &&MilestoneWork| {
        milestone.agreed.or(milestone.done_on()).is_some_and(|on| last.contains(on)) || was_moved(milestone)
    };
    let is_done =
        |milestone: &MilestoneWork| milestone.is_done() && milestone.done_on().is_none_or(|on| on <= last.end);
    let closed = works.now.iter().filter(|work| work.objective.quarter.is_none()).filter_map(|work| {
        let id = Some(&work.objective.id).filter(|id| !id.as_str().is_empty());
        let others = elsewhere.get(&id).into_iter().flatten().copied();
        let milestones: Vec<&MilestoneWork> = work.counted().chain(others).filter(of_last).collect();
        let is_known = met_in_it || milestones.iter().any(|it| it.done_on().is_some_and(|on| last.contains(on)));
        (is_known && !milestones.is_empty())
            .then(|| close(&work.objective.name, milestones.into_iter(), is_done, |it| !is_done(it)))
    });
    closed.collect()
}

/// Met: all milestones were done. Carried: this quarter continues one of them. Part: some were done.
fn close<'w, 'a: 'w>(
    name: &str,
    milestones: impl Iterator<Item = &'w MilestoneWork<'a>>,
    is_done: impl Fn(&MilestoneWork) -> bool,
    is_carried: impl Fn(&MilestoneWork) -> bool,
) -> ObjectiveClose {
    let counted: Vec<&MilestoneWork> = milestones.collect();
    let done = counted.iter().filter(|milestone| is_done(milestone)).count();
    let outcome = match () {
        () if !counted.is_empty() && done == counted.len() => CloseOutcome::Met,
        () if counted.iter().any(|milestone| is_carried(milestone)) => CloseOutcome::Carried,
        () if done > 0 => CloseOutcome::Part,
        () => CloseOutcome::Not,
    };
    ObjectiveClose { name: name.to_owned(), outcome, done: done as u32, of: counted.len() as u32 }
}
