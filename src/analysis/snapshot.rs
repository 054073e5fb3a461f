//! The numbers of a brief as the next one will need them. `render` writes the snapshot beside the brief, `record`
//! promotes that very file.
//!
//! It holds ids, dates and numbers. What a forwarded copy may not name is veiled here for every copy, so that
//! snapshots of all copies compare, and a snapshot that gets lost tells nobody anything.

use std::collections::BTreeSet;

use super::{Analysis, KnownTeam};
use crate::history::{MilestoneAt, ObjectiveAt, SCHEMA, Snapshot, TaskAt, VERSION};
use crate::redact::pseudonym;
use crate::team::{Ask, AskId, AskStatus, Milestone, MilestoneId, Stage, Task, TaskKey, TaskStatus};

impl Snapshot {
    /// The snapshot of one run. `shown` are the sections that the brief holds, by lower-case title.
    pub fn of(analysis: &Analysis, known: &KnownTeam, shown: &[&str]) -> Snapshot {
        let team = known.team();
        let milestones = &team.milestones;
        let objectives = analysis.objectives.iter();
        let next: BTreeSet<&TaskKey> = analysis.next.keys.iter().collect();
        Snapshot {
            schema: SCHEMA.to_owned(),
            version: VERSION,
            as_of: analysis.as_of,
            on: analysis.on,
            quarter_start: analysis.quarter.start,
            objectives: objectives
                .clone()
                .map(|state| (state.id.clone(), ObjectiveAt { status: state.status, progress: state.progress }))
                .collect(),
            milestones: objectives
                .flat_map(|objective| objective.milestones.iter().map(move |state| (objective, state)))
                .map(|(objective, state)| {
                    let at = MilestoneAt {
                        objective: Some(objective.id.clone()),
                        agreed: state.agreed,
                        due: state.due,
                        p50: state.forecast.map(|forecast| forecast.p50),
                        done_on: state.done_on,
                        slip_days: state.slip_days,
                        progress: state.progress,
                        status: state.status,
                    };
                    (milestone_id(&state.id, milestones), at)
                })
                .collect(),
            tasks: (team.tasks.iter())
                .filter(|task| task.counts && task.status != TaskStatus::Dropped)
                .map(|task| (task_key(task), task_at(task, milestones)))
                .collect(),
            asks: sorted(team.asks.iter().filter(|ask| ask.status == AskStatus::Open).map(ask_id)),
            next: sorted(team.tasks.iter().filter(|task| next.contains(&task.key)).map(task_key)),
            metrics: (analysis.metrics.iter())
                .filter_map(|metric| Some((metric.name.clone(), metric.latest.filter(|value| value.is_finite())?)))
                .collect(),
            shown: shown.iter().map(|section| (*section).to_owned()).collect(),
        }
    }
}

/// In the order of ids, whatever the order of the rows.
fn sorted<T: Ord>(ids: impl Iterator<Item = T>) -> Vec<T> {
    ids.collect::<BTreeSet<T>>().into_iter().collect()
}

/// An ask that was not raised yet is between the manager and the boss.
fn ask_id(ask: &Ask) -> AskId {
    let may_be_forwarded = ask.stage == Stage::Raised && !ask.confidential;
    if may_be_forwarded { ask.id.clone() } else { AskId(pseudonym(ask.id.as_str())) }
}

fn task_key(task: &Task) -> TaskKey {
    if task.confidential { TaskKey(pseudonym(task.key.as_str())) } else { task.key.clone() }
}

fn task_at(task: &Task, milestones: &[Milestone]) -> TaskAt {
    TaskAt {
        milestone: task.milestone.as_ref().map(|id| milestone_id(id, milestones)),
        objective: task.objective.clone().filter(|_| task.milestone.is_none()),
        done: task.status == TaskStatus::Done,
        estimate: task.estimate,
    }
}

fn milestone_id(id: &MilestoneId, milestones: &[Milestone]) -> MilestoneId {
    let marked = milestones.iter().any(|milestone| milestone.id == *id && milestone.confidential);
    if marked { MilestoneId(pseudonym(id.as_str())) } else { id.clone() }
}
