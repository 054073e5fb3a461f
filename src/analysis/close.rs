//! How the objectives of the last quarter ended. The first brief of a quarter opens with it.

use std::collections::HashSet;

use schemars::JsonSchema;
use serde::Serialize;

use super::inputs::Inputs;
use super::work::{MilestoneWork, Work, Works};
use crate::team::MilestoneId;

/// A team without history says it in the first weeks of a quarter only.
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

/// Empty unless this is the first brief of its quarter.
pub(super) fn of_last_quarter(inputs: &Inputs, works: &Works) -> Vec<ObjectiveClose> {
    let shown = inputs.recorded.iter().any(|then| then.as_of >= inputs.quarter.start);
    let in_time = !inputs.recorded.is_empty() || inputs.quarter.week <= FIRST_WEEKS;
    if shown || !in_time {
        return Vec::new();
    }
    let later = works.now.iter().flat_map(|work| &work.milestones);
    let carried: HashSet<&MilestoneId> = later.filter_map(|later| later.milestone.carried_from.as_ref()).collect();
    works.before.iter().map(|work| close(work, &carried)).collect()
}

/// Met: every milestone was done. Carried: this quarter takes one of them up. Part: some were done.
fn close(work: &Work, carried: &HashSet<&MilestoneId>) -> ObjectiveClose {
    let counted: Vec<&MilestoneWork> = work.counted().collect();
    let done = counted.iter().filter(|milestone| milestone.is_done()).count();
    let is_carried = |milestone: &MilestoneWork| carried.contains(&milestone.milestone.id);
    let carried = counted.iter().any(|milestone| milestone.is_open() && is_carried(milestone));
    let outcome = match () {
        () if !counted.is_empty() && done == counted.len() => CloseOutcome::Met,
        () if carried => CloseOutcome::Carried,
        () if done > 0 => CloseOutcome::Part,
        () => CloseOutcome::Not,
    };
    ObjectiveClose { name: work.objective.name.clone(), outcome, done: done as u32, of: counted.len() as u32 }
}
