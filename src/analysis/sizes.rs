//! The size of each task in progress, plan and forecast, computed once for the whole team.

use crate::config::WeighBy;
use crate::team::Task;

/// The size of each task: one, or its estimate; a missing estimate is replaced by the median.
pub(super) struct Sizes {
    /// `None` if tasks are counted.
    median: Option<f64>,
}

impl Sizes {
    pub(crate) fn of_team(tasks: &[Task], weigh_by: WeighBy) -> Self {
        if weigh_by == WeighBy::Count {
            return Self { median: None };
        }
        let mut known: Vec<f64> = tasks.iter().filter(|task| task.counts).filter_map(|task| task.estimate).collect();
        known.sort_by(f64::total_cmp);
        let middle = |index: usize| known.get(index).copied().unwrap_or(1.0);
        Self { median: Some((middle(known.len() / 2) + middle(known.len().saturating_sub(1) / 2)) / 2.0) }
    }

    pub(crate) fn of(&self, task: &Task) -> f64 {
        match self.median {
            None => 1.0,
            Some(median) => task.estimate.unwrap_or(median),
        }
    }

    /// Returns the size of a typical task.
    pub(crate) fn unit(&self) -> f64 {
        self.median.filter(|median| *median > 0.0).unwrap_or(1.0)
    }

    pub(crate) fn are_estimates(&self) -> bool {
        self.median.is_some()
    }
}
