//! A metric while its rows are read.

use std::collections::BTreeMap;

use chrono::NaiveDate;

use super::kind;
use super::rhythm::Rhythm;
use super::units::{self, Units};
use crate::config::MetricSection;
use crate::problem::Place;
use crate::source::record::{Record, Stated};
use crate::tables::Cells as _;
use crate::team::{Aggregate, BaselineWindow, Better, Day, Grain, Metric, MetricKind, StatedOfMetric, TargetFrom};

/// The role of a number in its series.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Role {
    Value,
    Numerator,
    Denominator,
}

/// Returns the columns, or the names in a long file, that make up a metric.
pub(crate) fn parts(section: &MetricSection) -> Vec<(Role, String)> {
    match section.aggregate {
        Some(Aggregate::Ratio) => vec![
            (Role::Numerator, section.numerator.clone().unwrap_or_default()),
            (Role::Denominator, section.denominator.clone().unwrap_or_default()),
        ],
        _ => vec![(Role::Value, section.column.clone())],
    }
}

/// The values of days. Rows are usually sorted by date: then each new day is appended.
#[derive(Debug, Clone, Default)]
struct Days {
    in_order: Vec<(NaiveDate, Day)>,
    /// All values, as soon as a row was out of order.
    mixed: BTreeMap<NaiveDate, Day>,
}

impl Days {
    fn of(&mut self, on: NaiveDate) -> &mut Day {
        let last = self.in_order.last().map(|(last, _)| *last);
        if !self.mixed.is_empty() || last > Some(on) {
            self.mixed.extend(self.in_order.drain(..));
            return self.mixed.entry(on).or_default();
        }
        if last < Some(on) {
            self.in_order.push((on, Day::default()));
        }
        let at = self.in_order.len() - 1;
        &mut self.in_order[at].1
    }

    fn by_date(self) -> BTreeMap<NaiveDate, Day> {
        // One of the two is empty.
        self.in_order.into_iter().chain(self.mixed).collect()
    }
}

/// The rows of a metric, folded by day.
#[derive(Debug, Clone)]
pub(crate) struct MetricRows {
    pub section: MetricSection,
    /// Days of the file that is being read.
    reading: Days,
    /// Days of all files, each day once.
    pub days: BTreeMap<NaiveDate, Day>,
    /// Targets in the rows.
    targets: BTreeMap<NaiveDate, f64>,
    /// Which way is better, as the rows say it.
    better: Option<Better>,
    /// Status and reason of the newest row that has one of them, with its day.
    stated: Option<(NaiveDate, StatedOfMetric)>,
    /// Whether any file contains the metric.
    pub found: bool,
    /// Whether the dates of its rows are written as months.
    pub is_of_months: bool,
}

impl MetricRows {
    pub(crate) fn configured(section: &MetricSection) -> Self {
        let section = section.clone();
        Self {
            section,
            reading: Days::default(),
            days: BTreeMap::new(),
            targets: BTreeMap::new(),
            better: None,
            stated: None,
            found: false,
            is_of_months: false,
        }
    }

    /// Creates a metric that is in a file but not in the config.
    pub(crate) fn unnamed(name: &str, place: Place) -> Self {
        Self::configured(&MetricSection {
            name: name.to_owned(),
            place,
            column: name.to_owned(),
            kind: None,
            aggregate: None,
            numerator: None,
            denominator: None,
            filter: BTreeMap::new(),
            better: None,
            unit: None,
            target: None,
            targets: Vec::new(),
            bps: false,
            baseline_from: None,
            baseline_until: None,
        })
    }

    /// Describes that no file contains the metric.
    pub(crate) fn missing(&self) -> String {
        parts(&self.section).into_iter().map(|(_, name)| name).next().unwrap_or_default()
    }

    pub(crate) fn add(&mut self, on: NaiveDate, role: Role, value: f64) {
        self.found = true;
        let day = self.reading.of(on);
        if role == Role::Denominator {
            day.denominator += value;
            return;
        }
        day.add(value);
    }

    /// Adds the values of later rows of the same day.
    pub(crate) fn merge(&mut self, on: NaiveDate, later: &Day) {
        self.found = true;
        self.reading.of(on).merge(later);
    }

    /// Records a row without a value: the day is missing, which differs from zero.
    pub(crate) fn blank(&mut self, on: NaiveDate) {
        self.reading.of(on);
    }

    pub(crate) fn target(&mut self, on: NaiveDate, target: Option<f64>) {
        if let Some(target) = target {
            self.targets.insert(on, target);
        }
    }

    /// Reads the fields of a row besides its numbers: unit and better direction, if the config has none, and status and
    /// reason on a day. Fields of a hidden row are not used, because every copy shows them.
    pub(crate) fn say(&mut self, record: &mut Record<'_, '_>, on: NaiveDate) {
        if record.is_hidden() && !record.is_of_private_file() {
            return;
        }
        if self.section.unit.is_none() {
            self.section.unit = record.text("unit").and_then(|unit| units::stated(&unit));
        }
        self.better = self.better.or_else(|| record.word("better").known()).or_else(|| record.bound_of("target"));
        let stated = record.word::<Stated>("status").known();
        let status = stated.and_then(Stated::status);
        let reason = record.text("reason");
        if (status.is_some() || reason.is_some()) && self.stated.as_ref().is_none_or(|(newest, _)| *newest <= on) {
            let stated_as = stated.and_then(Stated::word);
            self.stated = Some((on, StatedOfMetric { status, stated_as, reason }));
        }
    }

    /// Uses the most frequent unit of the cells if neither the config nor a row names one.
    pub(crate) fn unit_of_cells(&mut self, units: &Units) {
        if self.section.unit.is_none() {
            self.section.unit = units.usual().and_then(units::stated);
        }
    }

    /// Returns the days of the file that has been read, and starts the next one.
    pub(crate) fn of_file(&mut self) -> BTreeMap<NaiveDate, Day> {
        std::mem::take(&mut self.reading).by_date()
    }

    pub(crate) fn into_metric(self) -> Metric {
        let section = self.section;
        let first = section.target.map(|value| TargetFrom { from: None, value });
        let later = section.targets.iter().map(|&(from, value)| TargetFrom { from: Some(from), value });
        let mut targets: Vec<TargetFrom> = first.into_iter().chain(later).collect();
        if targets.is_empty() {
            for (from, value) in self.targets {
                if targets.last().is_none_or(|last| last.value != value) {
                    targets.push(TargetFrom { from: Some(from), value });
                }
            }
        }
        // In a file of daily rows, a metric may have weekly values: empty cells do not count for its rhythm.
        let dates = self.days.iter().filter(|(_, day)| day.count > 0).map(|(on, _)| *on);
        let rhythm = Rhythm::of_cells(dates, self.is_of_months);
        let days = rhythm.days_of(self.days);
        let kind = kind_of(&section, &days, rhythm.grain);
        let aggregate = section.aggregate.unwrap_or(match kind {
            None => Aggregate::Last,
            // A ratio without its parts is a rate.
            Some(MetricKind::Ratio) => Aggregate::Mean,
            Some(kind) => kind.aggregate(),
        });
        let better = section.better.or(self.better).or_else(|| kind::better(&section.name));
        let unit = section.unit.or_else(|| {
            // Bare numbers of a name with the sign; those up to 1 may be shares.
            let is_percent = section.name.contains('%') && section.denominator.is_none() && !section.bps;
            (is_percent && days.values().any(|day| day.max > 1.0)).then(|| "%".to_owned())
        });
        Metric {
            name: section.name,
            kind,
            aggregate,
            better,
            unit,
            targets,
            baseline: BaselineWindow { from: section.baseline_from, until: section.baseline_until },
            bps: section.bps,
            grain: rhythm.grain,
            days,
            stated: self.stated.map(|(_, stated)| stated),
        }
    }
}

/// Returns what a metric measures: as the config says, as its `aggregate` implies, or as its values or its name show
/// unambiguously.
fn kind_of(section: &MetricSection, days: &BTreeMap<NaiveDate, Day>, grain: Grain) -> Option<MetricKind> {
    let by_shape = || kind::is_running_total(days, grain).then_some(MetricKind::Cumulative);
    section.kind.or_else(|| match section.aggregate {
        Some(Aggregate::Last) => by_shape().or(Some(MetricKind::Stock)),
        Some(aggregate) => Some(aggregate.kind()),
        None => match kind::named(&section.name, section.unit.as_deref()) {
            // A metric named after completed work may still be a running total.
            named @ (None | Some(MetricKind::Flow)) => by_shape().or(named),
            named => named,
        },
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn days_come_in_any_order() {
        let day = |n| NaiveDate::from_ymd_opt(2026, 11, n).unwrap();
        for order in [vec![1, 1, 2, 3], vec![3, 1, 2, 1], vec![2, 3, 1, 1]] {
            let mut days = Days::default();
            order.iter().for_each(|n| days.of(day(*n)).add(f64::from(*n)));
            let sums: Vec<_> = days.by_date().into_iter().map(|(on, day)| (on, day.sum, day.count)).collect();
            assert_eq!(sums, [(day(1), 2.0, 2), (day(2), 2.0, 1), (day(3), 3.0, 1)], "{order:?}");
        }
    }
}
