//! Finds things of the analysis by their ids and names. [`super::Context`] uses it for every section.

use std::collections::HashMap;

use crate::analysis::{Analysis, Drift, MetricState, MilestoneState, ObjectiveState};
use crate::team::{AskId, MilestoneId, ObjectiveId};

/// Maps from ids and names to the analysis, so that sections need not search its lists.
pub(super) struct Lookup<'a> {
    pub(super) objectives: HashMap<&'a ObjectiveId, &'a ObjectiveState>,
    /// Mean weight of the objectives.
    pub(super) average_weight: f64,
    /// Milestones of this quarter, with their objectives.
    pub(super) milestones: HashMap<&'a MilestoneId, (&'a ObjectiveState, &'a MilestoneState)>,
    /// Milestones of other quarters.
    pub(super) elsewhere: HashMap<&'a MilestoneId, &'a MilestoneState>,
    pub(super) metrics: HashMap<&'a str, &'a MetricState>,
    /// Objectives by their outcome metric.
    pub(super) of_metrics: HashMap<&'a str, &'a ObjectiveState>,
    /// Ids that this copy prints, by number of the ask.
    pub(super) ask_ids: HashMap<u32, &'a AskId>,
    /// Drift by the number of the ask that is about it.
    pub(super) drifts: HashMap<u32, Vec<&'a Drift>>,
}

impl<'a> Lookup<'a> {
    pub(super) fn of(analysis: &'a Analysis) -> Self {
        let mut lookup = Self {
            objectives: HashMap::new(),
            average_weight: analysis.objectives.iter().map(|objective| objective.weight).sum::<f64>()
                / analysis.objectives.len().max(1) as f64,
            milestones: HashMap::new(),
            elsewhere: analysis.elsewhere.iter().map(|milestone| (&milestone.id, milestone)).collect(),
            metrics: HashMap::new(),
            of_metrics: HashMap::new(),
            ask_ids: HashMap::new(),
            drifts: HashMap::new(),
        };
        for objective in &analysis.objectives {
            lookup.objectives.entry(&objective.id).or_insert(objective);
            if let Some(outcome) = &objective.outcome {
                lookup.of_metrics.entry(&outcome.metric).or_insert(objective);
            }
            for milestone in &objective.milestones {
                lookup.milestones.entry(&milestone.id).or_insert((objective, milestone));
            }
        }
        for metric in &analysis.metrics {
            lookup.metrics.entry(&metric.name).or_insert(metric);
        }
        let asks = analysis.asks.iter().chain(&analysis.cross_team);
        for (drift, ask) in analysis.drift.iter().filter_map(|drift| Some((drift, drift.ask?))) {
            lookup.drifts.entry(ask).or_default().push(drift);
        }
        lookup.ask_ids.extend(asks.filter_map(|ask| Some((ask.number, ask.shown_id.as_ref()?))));
        lookup
    }
}
