//! Units that belong to a metric and not to a column: in a table with a row for each metric, or with names and values.

use crate::source::record::Record;
use crate::table::{conversion, scale};

/// From this size of plain numbers on, `1.2m` among them means a million.
const AMOUNTS: f64 = 100_000.0;

/// The unit in which the numbers of one metric are written.
#[derive(Debug, Default)]
pub(crate) struct Units {
    usual: Option<String>,
    largest: f64,
}

impl Units {
    /// Returns the most frequent unit in these columns of a row, or the first of equally frequent ones.
    pub(crate) fn of_row(record: &Record<'_, '_>, columns: impl Iterator<Item = usize>) -> Self {
        let mut counts: Vec<(String, usize)> = Vec::new();
        let mut units = Self::default();
        for (value, unit) in columns.filter_map(|column| record.amount_at(column)) {
            units.note(value, &unit);
            match counts.iter_mut().find(|(known, _)| *known == unit) {
                Some((_, count)) => *count += 1,
                None => counts.push((unit, 1)),
            }
        }
        let named = counts.into_iter().rev().filter(|(unit, _)| !unit.is_empty() && scale(unit).is_none());
        units.usual =
            named.max_by_key(|(_, count)| *count).map(|(unit, _)| unit).filter(|unit| !units.is_million(unit));
        units
    }

    fn note(&mut self, value: f64, unit: &str) {
        let scaled = scale(unit).unwrap_or(1.0) * value;
        self.largest = self.largest.max(scaled.abs());
    }

    fn is_million(&self, unit: &str) -> bool {
        unit == "m" && self.largest >= AMOUNTS
    }

    /// Returns the number of a column in the metric's unit, which the first number with a unit sets. A unit of another
    /// kind is a problem.
    pub(crate) fn read(&mut self, record: &mut Record<'_, '_>, column: usize) -> Option<f64> {
        let Some((value, unit)) = record.amount_at(column) else { return record.number_at(column) };
        self.note(value, &unit);
        if let Some(scale) = scale(&unit) {
            return Some(value * scale);
        }
        if self.is_million(&unit) {
            return Some(value * 1e6);
        }
        match &self.usual {
            _ if unit.is_empty() => Some(value),
            Some(usual) if *usual != unit => {
                let factor = conversion(&unit, usual);
                if factor.is_none() {
                    record.odd_unit(column, &usual.clone(), &unit);
                }
                factor.map(|factor| value * factor)
            }
            Some(_) => Some(value),
            None => {
                self.usual = Some(unit);
                Some(value)
            }
        }
    }
}
