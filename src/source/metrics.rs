//! The metrics tables: rows of any shape → one [`Day`] for each metric and date, in a stream, so that the rows of a
//! day take no more memory than one.

use std::collections::BTreeMap;

use super::mapping::position;
use super::{Loading, Opened, of};
use crate::config::MetricSection;
use crate::problem::Failure;
use crate::team::{BaselineWindow, Day, Metric, TableKind, TargetFrom};

impl Loading<'_> {
    pub(super) fn metrics(&mut self, opened: &mut [Opened<'_>]) -> Result<Vec<Metric>, Failure> {
        let mut metrics: Vec<Metric> = self.config.metrics.iter().map(metric).collect();
        for file in of(opened, TableKind::Metrics) {
            let (survey, mapping) = (&file.survey, &file.mapping);
            let Some(&date) = mapping.columns("date").first() else { continue };
            let columns: Vec<Vec<usize>> = self.config.metrics.iter().map(|m| position(survey, &m.column)).collect();
            let mut bad = Vec::new();
            let (counts, as_of) = (&mut file.counts, self.as_of);
            survey.rows(&mut |row| {
                counts.read += 1;
                let on = match row.date(date) {
                    Ok(Some(on)) if on <= as_of => on,
                    Ok(_) => return,
                    Err(problem) => return bad.push(*problem),
                };
                counts.newest = counts.newest.max(Some(on));
                for (metric, columns) in metrics.iter_mut().zip(&columns) {
                    for &column in columns {
                        match row.number(column) {
                            Ok(Some(value)) => add(metric.days.entry(on).or_default(), value),
                            Ok(None) => {}
                            Err(problem) => bad.push(*problem),
                        }
                    }
                }
            })?;
            self.problems.0.extend(bad);
        }
        Ok(metrics)
    }
}

fn add(day: &mut Day, value: f64) {
    let first = day.count == 0;
    *day = Day {
        sum: day.sum + value,
        count: day.count + 1,
        min: if first { value } else { day.min.min(value) },
        max: if first { value } else { day.max.max(value) },
        last: value,
        denominator: day.denominator,
    };
}

fn metric(section: &MetricSection) -> Metric {
    let first = section.target.map(|value| TargetFrom { from: None, value });
    let later = section.targets.iter().map(|&(from, value)| TargetFrom { from: Some(from), value });
    Metric {
        name: section.name.clone(),
        aggregate: section.aggregate,
        better: section.better,
        unit: section.unit.clone(),
        targets: first.into_iter().chain(later).collect(),
        baseline: BaselineWindow { from: section.baseline_from, until: section.baseline_until },
        bps: section.bps,
        days: BTreeMap::new(),
    }
}
