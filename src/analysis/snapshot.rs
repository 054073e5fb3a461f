//! The numbers of a brief that the next one needs. `render` writes the snapshot beside the brief, and `record` moves
//! that file to the history.
//!
//! A snapshot has ids, dates and numbers of one copy, and nothing that the copy withholds. Two are stored for each 1:1:
//! what a forwarded copy shows, in `history/`, and what else the boss saw, in `private/`.

use std::collections::{BTreeSet, HashMap};

use super::{Analysis, KnownTeam, news};
use crate::history::{MilestoneAt, ObjectiveAt, SCHEMA, Snapshot, TaskAt, VERSION};
use crate::team::{AskStatus, MilestoneId, ObjectiveId, Task, TaskKey, TaskStatus};

impl Snapshot {
    /// Returns the snapshot of one run. `shown` are the lower-case titles of the brief's sections.
    pub fn of(analysis: &Analysis, known: &KnownTeam, shown: &[&str]) -> Snapshot {
        let team = known.team();
        let objectives = analysis.objectives.iter();
        let next: BTreeSet<&TaskKey> = analysis.next.keys.iter().collect();
        let named = team.milestones.iter().filter_map(|milestone| Some((&milestone.id, milestone.objective.as_ref()?)));
        let objective_of: HashMap<&MilestoneId, &ObjectiveId> = named.collect();
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
                .flat_map(|objective| objective.milestones.iter().map(move |state| (Some(&objective.id), state)))
                .chain(analysis.elsewhere.iter().map(|state| (objective_of.get(&state.id).copied(), state)))
                .map(|(objective, state)| {
                    let at = MilestoneAt {
                        objective: objective.cloned(),
                        agreed: state.agreed,
                        due: state.due,
                        p50: state.forecast.map(|forecast| forecast.p50),
                        done_on: state.done_on,
                        slip_days: state.slip_days,
                        progress: state.progress,
                        status: state.status,
                    };
                    (state.id.clone(), at)
                })
                .collect(),
            tasks: (team.tasks.iter())
                .filter(|task| task.counts && !task.confidential && task.status != TaskStatus::Dropped)
                .map(|task| (task.key.clone(), task_at(task)))
                .collect(),
            asks: sorted(team.asks.iter().filter(|ask| ask.status == AskStatus::Open).map(|ask| ask.id.clone())),
            next: sorted(
                team.tasks
                    .iter()
                    .filter(|task| !task.confidential && next.contains(&task.key))
                    .map(|task| task.key.clone()),
            ),
            metrics: (analysis.metrics.iter())
                .filter_map(|metric| Some((metric.name.clone(), metric.latest.filter(|value| value.is_finite())?)))
                .collect(),
            shown: shown.iter().map(|section| (*section).to_owned()).collect(),
            items: Some(news::items(team)),
        }
    }
}

/// Returns the ids sorted and without duplicates, whatever the order of the rows.
fn sorted<T: Ord>(ids: impl Iterator<Item = T>) -> Vec<T> {
    ids.collect::<BTreeSet<T>>().into_iter().collect()
}

fn task_at(task: &Task) -> TaskAt {
    TaskAt {
        milestone: task.milestone.clone(),
        objective: task.objective.clone().filter(|_| task.milestone.is_none()),
        done: task.status == TaskStatus::Done,
        estimate: task.estimate,
    }
}
