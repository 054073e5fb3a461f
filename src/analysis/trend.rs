//! Milestones as they were promised at each recorded 1:1: a date that slips a little every week shows here.

use chrono::NaiveDate;
use serde::Serialize;

use super::inputs::Inputs;
use super::objective::ObjectiveState;
use super::snapshot_index::SnapshotIndex;
use crate::team::MilestoneId;

/// Fewer 1:1s make no trend.
const LEAST_SNAPSHOTS: usize = 4;

#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct MilestoneTrend {
    pub id: MilestoneId,
    pub name: String,
    /// The day of the 1:1, and the date promised then (the later of due and P50, or done).
    pub points: Vec<(NaiveDate, NaiveDate)>,
    pub agreed: Option<NaiveDate>,
}

/// One trend a milestone, from the 1:1s at which it was known to today.
pub(super) fn trends(inputs: &Inputs, objectives: &[ObjectiveState]) -> Vec<MilestoneTrend> {
    if inputs.recorded.len() < LEAST_SNAPSHOTS {
        return Vec::new();
    }
    let recorded: Vec<SnapshotIndex> = inputs.recorded.iter().map(|then| SnapshotIndex::new(then, &[])).collect();
    let milestones = objectives.iter().flat_map(|objective| &objective.milestones);
    milestones
        .filter_map(|milestone| {
            let then = recorded.iter().filter_map(|then| {
                let at = then.milestone(&milestone.id)?;
                Some((then.snapshot.as_of, at.done_on.or(at.due.max(at.p50))?))
            });
            let p50 = milestone.forecast.map(|forecast| forecast.p50);
            let now = milestone.done_on.or(milestone.due.max(p50)).map(|date| (inputs.as_of(), date));
            let points: Vec<(NaiveDate, NaiveDate)> = then.chain(now).collect();
            (points.len() > 1).then(|| MilestoneTrend {
                id: milestone.id.clone(),
                name: milestone.name.clone(),
                points,
                agreed: milestone.agreed,
            })
        })
        .collect()
}
