//! Reads the rows of a metrics file of any shape into the series of its metrics.

use std::collections::{BTreeMap, BTreeSet};

use chrono::{Datelike as _, Days};

use super::long::SAID_OF_METRICS;
use super::pick;
use super::series::MetricRows;
use super::shape::Shape;
use super::units::{self, Units};
use crate::preset::normal;
use crate::problem::{Failure, Place, Problem};
use crate::source::columns::number_columns;
use crate::source::recognise;
use crate::source::record::{Record, read};
use crate::source::{Loading, Opened};
use crate::tables::Cells as _;

impl Loading<'_> {
    /// Reads the rows of a file into the series.
    pub(super) fn fold(
        &mut self,
        file: &mut Opened<'_>,
        shape: &Shape,
        series: &mut [MetricRows],
    ) -> Result<(), Failure> {
        let picks = self.picks(file, shape, series);
        self.problems.0.extend(pick::doubts(file, shape, &picks));
        let target = file.mapping.columns("target").first().copied();
        let has_words = SAID_OF_METRICS.iter().any(|field| file.mapping.has(field));
        // With several numbers in a row, its status belongs to none of them in particular.
        let is_of_one =
            file.mapping.has("status") && number_columns(&file.inspection, file.mapping.columns("date")).count() == 1;
        let as_of = self.as_of;
        // Values without a date count for the last closed week, the newest one that a brief shows.
        let undated = as_of - Days::new(u64::from(as_of.weekday().days_since(self.config.calendar.week_ends)));
        if let Shape::Undated { .. } = shape {
            let first = |field: &str| file.mapping.columns(field).first().copied();
            self.problems.0.extend(recognise::undated(&file.inspection, first));
        }
        let mut to_come = None;
        let mut named: BTreeSet<(String, usize)> = BTreeSet::new();
        if let Some(folded) = &file.folded {
            file.counts.read += folded.read;
            file.counts.newest = file.counts.newest.max(folded.newest);
            for pick in &picks {
                if let (Some(part), Some(one)) = (folded.part(&pick.name), series.get_mut(pick.series)) {
                    one.found = true;
                    part.days.iter().for_each(|(on, day)| one.merge(*on, day));
                    part.targets.iter().for_each(|(on, target)| one.target(*on, Some(*target)));
                }
            }
            return Ok(());
        }
        let mut numbers = Vec::new();
        let mut units: BTreeMap<String, Units> = BTreeMap::new();
        read(file, as_of, self.problems, |record| {
            match shape {
                Shape::Long { date, name, value } => {
                    let Some((on, name)) = record.date_at(*date).zip(record.cell(*name)) else {
                        if record.cell(*value).is_some() {
                            pick::lacking(record, &[(*date, "date"), (*name, "name")]);
                        }
                        return None;
                    };
                    let name = normal(&name);
                    for pick in picks.iter().filter(|pick| pick.name == name) {
                        let Some(one) = series.get_mut(pick.series) else { continue };
                        one.found = true;
                        if on <= as_of && pick.keeps(record) {
                            let units = units.entry(name.clone()).or_default();
                            if has_words {
                                one.say(record, on);
                                units.say(record.text("unit").and_then(|unit| units::stated(&unit)));
                            }
                            let number = units.read(record, *value);
                            one.target(on, target.and_then(|target| units.read(record, target)));
                            match number {
                                Some(number) => one.add(on, pick.role, number),
                                None => one.blank(on),
                            }
                            one.unit_of_cells(units);
                        }
                    }
                }
                Shape::Wide { date } => {
                    let Some(on) = record.date_at(*date) else {
                        if picks.iter().any(|pick| pick.has_cell(record)) {
                            pick::lacking(record, &[(*date, "date")]);
                        }
                        return None;
                    };
                    for pick in picks.iter().filter(|_| on <= as_of) {
                        let Some(one) = series.get_mut(pick.series) else { continue };
                        if pick.keeps(record) {
                            if is_of_one {
                                one.say(record, on);
                            }
                            let found =
                                pick.columns.iter().map_while(|(role, at)| Some((*role, record.number_at(*at)?)));
                            numbers.clear();
                            numbers.extend(found);
                            // A row of a ratio counts only if it has both numerator and denominator.
                            if numbers.len() == pick.columns.len() {
                                numbers.iter().for_each(|(role, number)| one.add(on, *role, *number));
                            } else {
                                one.blank(on);
                            }
                        }
                    }
                }
                Shape::Undated { name, value } => {
                    let name = name_of(record, *name, std::iter::once(*value))?;
                    for pick in picks.iter().filter(|pick| pick.name == name) {
                        let Some(one) = series.get_mut(pick.series) else { continue };
                        one.found = true;
                        if pick.keeps(record) {
                            record.seen(undated);
                            let stated = record.text("unit").and_then(|unit| units::stated(&unit));
                            let mut units = Units::of_row(record, std::iter::once(*value), stated);
                            one.target(undated, target.and_then(|target| units.read(record, target)));
                            if let Some(number) = units.read(record, *value) {
                                one.add(undated, pick.role, number);
                            }
                            one.say(record, undated);
                            one.unit_of_cells(&units);
                        }
                    }
                }
                Shape::Periods { name, periods } => {
                    let name = name_of(record, *name, periods.iter().map(|(column, _)| *column))?;
                    for pick in picks.iter().filter(|pick| pick.name == name) {
                        let Some(one) = series.get_mut(pick.series) else { continue };
                        one.found = true;
                        if pick.keeps(record) {
                            let stated = record.text("unit").and_then(|unit| units::stated(&unit));
                            let mut units = Units::of_row(record, periods.iter().map(|(column, _)| *column), stated);
                            // A row has one target, for all of its periods.
                            if let (Some(target), Some(&(_, first))) = (target, periods.first()) {
                                one.target(first, units.read(record, target));
                            }
                            let later =
                                periods.iter().find(|(column, on)| *on > as_of && record.cell(*column).is_some());
                            to_come = to_come.or(later.map(|(column, _)| *column));
                            if !named.insert((name.clone(), pick.series)) {
                                record.repeats_metric();
                            }
                            let mut newest = None;
                            for &(column, on) in periods.iter().filter(|(_, on)| *on <= as_of) {
                                if let Some(number) = units.read(record, column) {
                                    record.seen(on);
                                    one.add(on, pick.role, number);
                                    newest = newest.max(Some(on));
                                }
                            }
                            if let (true, Some(on)) = (has_words, newest) {
                                one.say(record, on);
                            }
                            one.unit_of_cells(&units);
                        }
                    }
                }
            }
            None::<()>
        })?;
        if let Some(column) = to_come.and_then(|column| file.inspection.columns.get(column)) {
            let message = format!("the values below `{}` are of a time to come; they are not read", column.name);
            let help = "nothing is to be done if they are a plan; if quarters are of a fiscal year, write fiscal_year_starts into [calendar]";
            let place = Place::at(&file.inspection.file, file.inspection.header_line.max(1), 1);
            self.problems.push(Problem::note("future-value", message).at(place).help(help));
        }
        Ok(())
    }
}

/// Returns the metric that a row of a sheet is about. Returns `None`, after saying so, if a row has values but no name,
/// or a name and nothing else.
fn name_of(record: &mut Record<'_, '_>, name: usize, mut values: impl Iterator<Item = usize>) -> Option<String> {
    let Some(text) = record.cell(name) else {
        if values.any(|column| record.cell(column).is_some()) {
            pick::lacking(record, &[(name, "name")]);
        }
        return None;
    };
    if record.is_bare(name) {
        let help = "fill its cells in, or delete the row";
        record.leave_out(name, "this row has a name and nothing else; it is not read", help);
        return None;
    }
    Some(normal(&text))
}
