//! Folds a plain long metrics file (date, metric, value, without a filter) while it is inspected, on all cores, so that
//! millions of rows are read only once. If a row is not plain, the whole file is read by the general pass instead.

use std::collections::{BTreeMap, HashMap};

use chrono::NaiveDate;

use super::series::{self, Role};
use super::shape::Shape;
use crate::config::MetricSection;
use crate::preset::normal;
use crate::source::mapping::Mapping;
use crate::table::{Fold, Inspection, Memo, Row};
use crate::team::Day;

/// The columns that are read from a plain long file.
pub struct FoldPlan {
    date: usize,
    name: usize,
    value: usize,
    target: Option<usize>,
    as_of: NaiveDate,
    /// Normalised names of the metrics that are followed. Empty for all of them.
    wanted: Vec<String>,
}

/// Fields of a metric that its rows may fill in, besides its numbers.
pub(super) const SAID_OF_METRICS: [&str; 4] = ["unit", "better", "status", "reason"];
/// Number of repeated dates and names that are remembered: the days of some years, in any order.
const REMEMBERED: usize = 2048;
/// Maximum number of metrics in a file that is folded if the config names none.
const MAX_FOLDED_METRICS: usize = 300;

/// The days of one metric, in a block of the file or in the whole file.
#[derive(Default)]
pub struct Part {
    /// Name as in its first row.
    pub name: String,
    normal: String,
    /// Days in the order of their first rows.
    pub days: Vec<(NaiveDate, Day)>,
    /// Index of each day in `days`.
    positions: HashMap<NaiveDate, usize>,
    /// Index of the last row's day: rows are usually sorted by date.
    last: usize,
    pub targets: BTreeMap<NaiveDate, f64>,
}

impl Part {
    fn day(&mut self, on: NaiveDate) -> &mut Day {
        if self.days.get(self.last).is_none_or(|(last, _)| *last != on) {
            self.last = *self.positions.entry(on).or_insert(self.days.len());
            if self.last == self.days.len() {
                self.days.push((on, Day::default()));
            }
        }
        &mut self.days[self.last].1
    }

    /// Adds the result of the next block.
    fn merge(&mut self, next: Part) {
        next.days.iter().for_each(|(on, day)| self.day(*on).merge(day));
        self.targets.extend(next.targets);
    }
}

/// The values of a file's rows, or of a block.
pub struct Folded {
    /// The metrics in the order of their first rows.
    parts: Vec<Part>,
    pub read: u64,
    pub newest: Option<NaiveDate>,
    /// Whether a row was not plain.
    odd: bool,
    /// Meaning of each cell in the date column: a day, or a missing value. `None` if it is not a date.
    dates: Memo<Option<Option<NaiveDate>>>,
    /// Index of the part of each name. `None` if the metric is not followed.
    names: Memo<Option<usize>>,
}

impl Folded {
    /// Returns whether every row was plain.
    pub fn is_plain(&self) -> bool {
        !self.odd
    }

    /// Returns the metrics of the file, in the order of their first rows.
    pub fn names(&self) -> impl Iterator<Item = &str> {
        self.parts.iter().map(|part| part.name.as_str())
    }

    /// Returns the values of a metric in the file.
    pub fn part(&self, name: &str) -> Option<&Part> {
        self.parts.iter().find(|part| part.normal == name)
    }

    /// Returns the index of a name's part, or `None` if there are too many metrics.
    fn position(&mut self, name: String, normal: String) -> Option<usize> {
        let known = self.parts.iter().position(|part| part.normal == normal);
        if known.is_none() {
            if self.parts.len() >= MAX_FOLDED_METRICS {
                self.odd = true;
                return None;
            }
            self.parts.push(Part { name, normal, ..Part::default() });
        }
        known.or(Some(self.parts.len() - 1))
    }
}

impl FoldPlan {
    /// Returns the plan for a metrics file, or `None` if the file is not plain or the config asks for more than the
    /// values of its metrics.
    pub fn of(
        inspection: &Inspection,
        mapping: &Mapping<'_>,
        metrics: &[MetricSection],
        as_of: NaiveDate,
    ) -> Option<Self> {
        let Some(Shape::Long { date, name, value }) = Shape::of(inspection, mapping) else { return None };
        let mut wanted = Vec::new();
        for section in metrics {
            for (role, name) in series::parts(section) {
                if role != Role::Value || !section.filter.is_empty() {
                    return None;
                }
                wanted.push(normal(&name));
            }
        }
        if SAID_OF_METRICS.iter().any(|field| mapping.has(field)) {
            return None;
        }
        // Units of several kinds need the general pass.
        let target = mapping.columns("target").first().copied();
        let is_mixed = |at: usize| inspection.columns.get(at).is_none_or(|column| column.has_mixed_units());
        if is_mixed(value) || target.is_some_and(is_mixed) {
            return None;
        }
        Some(Self { date, name, value, target, as_of, wanted })
    }

    /// Adds a row. Returns `None` if it is not plain.
    fn add_plain(&self, into: &mut Folded, row: &Row<'_>) -> Option<()> {
        let date = into.dates.get_or_make(row.tidy(self.date), || row.measured_on(self.date).ok());
        into.read += 1;
        // The general pass reports values without a date or a name.
        let Some(on) = date? else { return row.text(self.value).is_none().then_some(()) };
        let known = on <= self.as_of;
        if known {
            into.newest = into.newest.max(Some(on));
        }
        let part = match row.tidy(self.name).and_then(|cell| into.names.get(cell)) {
            Some(part) => *part,
            None => self.part_of(into, row),
        };
        let Some(part) = part.and_then(|part| into.parts.get_mut(part)) else {
            return (row.text(self.name).is_some() || row.text(self.value).is_none()).then_some(());
        };
        if known {
            if let Some(target) = self.target
                && let Some(target) = row.number(target).ok()?
            {
                part.targets.insert(on, target);
            }
            let value = row.number(self.value).ok()?;
            let day = part.day(on);
            if let Some(value) = value {
                day.add(value);
            }
        }
        Some(())
    }

    /// Returns the index of the row's part, which is created if necessary.
    fn part_of(&self, into: &mut Folded, row: &Row<'_>) -> Option<usize> {
        let name = row.text(self.name);
        let bare = name.as_deref().map(normal);
        let part = name.zip(bare).and_then(|(name, bare)| {
            let is_wanted = self.wanted.is_empty() || self.wanted.contains(&bare);
            is_wanted.then(|| into.position(name, bare)).flatten()
        });
        if let Some(cell) = row.tidy(self.name) {
            into.names.put(cell, part, |_, _| {});
        }
        part
    }
}

impl Fold for FoldPlan {
    type Part = Folded;

    fn columns(&self) -> Vec<usize> {
        [self.date, self.name, self.value].into_iter().chain(self.target).collect()
    }

    fn start(&self) -> Folded {
        Folded {
            parts: Vec::new(),
            read: 0,
            newest: None,
            odd: false,
            dates: Memo::new(REMEMBERED),
            names: Memo::new(REMEMBERED),
        }
    }

    fn add(&self, into: &mut Folded, row: &Row<'_>) {
        into.odd = into.odd || self.add_plain(into, row).is_none();
    }

    fn merge(&self, whole: &mut Folded, next: Folded) {
        whole.odd |= next.odd;
        whole.read += next.read;
        whole.newest = whole.newest.max(next.newest);
        for mut part in next.parts {
            if let Some(index) = whole.position(std::mem::take(&mut part.name), std::mem::take(&mut part.normal))
                && let Some(own) = whole.parts.get_mut(index)
            {
                own.merge(part);
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn later_rows_of_a_day_are_taken_in_their_order() {
        let mut part = Part::default();
        let day = |n| NaiveDate::from_ymd_opt(2026, 11, n).unwrap();
        for (on, value) in [(day(1), 4.0), (day(2), 1.0), (day(1), 6.0)] {
            part.day(on).add(value);
        }
        let first = Day { sum: 10.0, count: 2, min: 4.0, max: 6.0, last: 6.0, denominator: 0.0 };
        assert_eq!(part.days[0], (day(1), first));
        assert_eq!(part.days.len(), 2);
    }
}
