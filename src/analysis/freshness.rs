//! How old the data are: a source that was not exported again must not look like a team that stood still.
//!
//! A source is as old as the newest date in its data. A sheet of milestones without a date of its own is as old as the
//! progress typed into it: what stands there as it stood at the last 1:1s was not touched since the first of them.

use chrono::NaiveDate;
use serde::Serialize;

use super::inputs::Inputs;
use super::snapshot_index::SnapshotIndex;
use crate::team::{Milestone, SourceRead, Status, TableKind};

#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Stale {
    pub file: String,
    pub newest: NaiveDate,
    pub days: i64,
    pub cadence: u32,
}

/// Sources whose newest date is more than their cadence before as-of, with that date.
pub(super) fn stale<'a>(inputs: &'a Inputs) -> impl Iterator<Item = (&'a SourceRead, NaiveDate)> {
    inputs.team.sources.iter().filter_map(|source| {
        let newest = source.newest.or_else(|| unchanged_since(inputs, source.table))?;
        ((inputs.as_of() - newest).num_days() > i64::from(source.cadence)).then_some((source, newest))
    })
}

/// The stale sources as the banner names them.
pub(super) fn stale_sources(inputs: &Inputs) -> Vec<Stale> {
    stale(inputs)
        .map(|(source, newest)| Stale {
            file: source.file.clone(),
            newest,
            days: (inputs.as_of() - newest).num_days(),
            cadence: source.cadence,
        })
        .collect()
}

/// The oldest 1:1 since which no progress that was typed into the milestones has changed. None where none is typed, or
/// the last 1:1 saw other progress.
fn unchanged_since(inputs: &Inputs, table: TableKind) -> Option<NaiveDate> {
    let team = inputs.team;
    let has_tasks = |milestone: &Milestone| {
        team.tasks.iter().any(|task| task.counts && task.milestone.as_ref() == Some(&milestone.id))
    };
    let is_typed = |milestone: &&Milestone| {
        let open = milestone.done_on.is_none() && !matches!(milestone.stated, Some(Status::Done | Status::Dropped));
        open && milestone.progress.is_some() && !has_tasks(milestone)
    };
    let typed: Vec<&Milestone> = team.milestones.iter().filter(is_typed).collect();
    if table != TableKind::Milestones || typed.is_empty() {
        return None;
    }
    let stood_so = |then: &SnapshotIndex| {
        typed.iter().all(|milestone| then.milestone(&milestone.id).is_some_and(|at| at.progress == milestone.progress))
    };
    let recorded = inputs.recorded.iter().rev().map(|then| SnapshotIndex::new(then, &team.tasks));
    recorded.take_while(stood_so).map(|then| then.snapshot.as_of).last()
}
