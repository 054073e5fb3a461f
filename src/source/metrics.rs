//! Reads the metrics tables: rows of any shape become one [`Day`] for each metric and date. They are read in a stream,
//! so that the memory depends on the number of days and not of rows.
//!
//! Three shapes are read: long (date, metric, value), wide (a date and a column for each metric), and periods as
//! columns (a row for each metric). The shape of each file is inferred from its columns.

pub mod kind;
pub mod long;
mod overlap;
mod pick;
pub mod rhythm;
mod rows;
mod series;
mod shape;
pub mod units;

use std::collections::{BTreeMap, BTreeSet, HashSet};

use chrono::NaiveDate;

use super::columns::number_columns;
use super::mapping::position;
use super::marks::Key;
use super::recognise::{self, is_bare};
use super::{Loading, NameIndex, Opened, of};
use crate::config::MetricSection;
use crate::preset::normal;
use crate::problem::{Failure, PRIVATE_FILE, Place, Problem, Problems, nearest};
use crate::table::{Column, Kind, Row};
use crate::team::{Day, Metric, TableKind};
use overlap::{Differing, Export};
use pick::Pick;
pub use pick::lacks;
use rhythm::Rhythm;
use series::{MetricRows, Role};
use shape::Shape;

/// Maximum number of metrics that are followed if the config names none: a brief with more is not readable.
const MAX_UNNAMED_METRICS: usize = 30;

impl Loading<'_> {
    /// Returns the metrics. If there are private files with metrics, it also returns the metrics without them.
    pub(super) fn metrics(&mut self, opened: &mut [Opened<'_>]) -> Result<(Vec<Metric>, Option<Vec<Metric>>), Failure> {
        let named = !self.config.metrics.is_empty();
        let mut series: Vec<MetricRows> = self.config.metrics.iter().map(MetricRows::configured).collect();
        let mut exports = Vec::new();
        // Private files are read last and do not change what the others say.
        self.read_files(opened, false, &mut series, &mut exports)?;
        let open_only = (series.clone(), exports.clone());
        let found = exports.len();
        self.read_files(opened, true, &mut series, &mut exports)?;
        let hidden = self.hidden_metrics(opened)?;
        let any_file = of(opened, TableKind::Metrics).next().is_some();
        let open_metrics = (exports.len() > found).then(|| {
            let (mut series, exports) = open_only;
            let is_open = |one: &MetricRows| {
                let parts = series::parts(&one.section).into_iter().map(|(_, name)| name);
                let mut names = parts.chain([one.section.name.clone()]);
                one.found && !names.any(|name| Key::of("metric", &name).is_some_and(|name| hidden.contains(&name)))
            };
            let found: Vec<bool> = series.iter().map(is_open).collect();
            overlap::join(exports, &mut series, &mut Problems::default());
            let metrics = series.into_iter().zip(found).filter(|(_, found)| *found);
            metrics.map(|(one, _)| one.into_metric()).collect()
        });
        for differing in overlap::join(exports, &mut series, self.problems) {
            self.differing(differing, opened, &mut series)?;
        }
        let missing: Vec<&MetricRows> = series.iter().filter(|one| named && any_file && !one.found).collect();
        let mut offered: Vec<String> = Vec::new();
        if !missing.is_empty() && !self.problems.has_errors() {
            for file in of(opened, TableKind::Metrics) {
                if let Some(shape) = self.shape(file) {
                    offered.extend(shape.names(file)?);
                }
            }
        }
        for one in missing {
            let wanted = one.missing();
            let help = match nearest(&wanted, offered.iter().map(String::as_str)) {
                Some(near) => format!("did you mean \"{near}\"?"),
                None => format!("the metrics files have {}", offered.join(" · ")),
            };
            let message = format!("no metrics file has \"{wanted}\"");
            self.problems.push(Problem::error("no-column", message).at(one.section.place.clone()).help(help));
        }
        for section in self.config.metrics.iter().filter(|_| !any_file) {
            let message = format!("there is no metrics file for \"{}\"", section.name);
            let help = "add its export:\n[[source]]\ntable = \"metrics\"\nfile = \"data/metrics.csv\"";
            self.problems.push(Problem::error("no-column", message).at(section.place.clone()).help(help));
        }
        Ok((series.into_iter().map(MetricRows::into_metric).collect(), open_metrics))
    }

    /// Returns the names of confidential metrics: those of private files, and those of marked rows. A mark applies to a
    /// metric in every file.
    fn hidden_metrics(&mut self, opened: &mut [Opened<'_>]) -> Result<HashSet<Key>, Failure> {
        let mut hidden = HashSet::new();
        for file in of(opened, TableKind::Metrics).filter(|file| file.is_private) {
            let Some(shape) = Shape::of(&file.inspection, &file.mapping) else { continue };
            let is_private_file = file.inspection.file.starts_with(PRIVATE_FILE);
            let names = match shape {
                Shape::Long { name, .. } | Shape::Undated { name, .. } | Shape::Periods { name, .. }
                    if !is_private_file =>
                {
                    let mut names = Vec::new();
                    let marks = &file.marks;
                    file.inspection.rows(&mut |row| names.extend(row.text(name).filter(|_| marks.hold_for(row))))?;
                    names
                }
                _ => shape.names(file)?,
            };
            hidden.extend(names.iter().filter_map(|name| Key::of("metric", name)));
        }
        Ok(hidden)
    }

    /// Reads either the private files or the others into the series.
    fn read_files(
        &mut self,
        opened: &mut [Opened<'_>],
        is_private: bool,
        series: &mut Vec<MetricRows>,
        exports: &mut Vec<Export>,
    ) -> Result<(), Failure> {
        let before = series.len();
        for file in of(opened, TableKind::Metrics).filter(|file| file.is_private == is_private) {
            let Some(shape) = self.shape(file) else { continue };
            if self.config.metrics.is_empty() {
                let mut known: BTreeSet<String> = series.iter().map(|one| normal(&one.section.name)).collect();
                for name in shape.names(file)? {
                    if series.len() - before < MAX_UNNAMED_METRICS && known.insert(normal(&name)) {
                        series.push(MetricRows::unnamed(&name, file.source.place.clone()));
                    }
                }
            }
            if let Shape::Wide { .. } = shape {
                self.repeated_columns(file, series);
            }
            self.fold(file, &shape, series)?;
            let days: Vec<BTreeMap<NaiveDate, Day>> = series.iter_mut().map(MetricRows::of_file).collect();
            let are_months = match &shape {
                Shape::Long { date, .. } | Shape::Wide { date } => recognise::are_months(&file.inspection, *date)?,
                _ => false,
            };
            series.iter_mut().zip(&days).for_each(|(one, days)| one.is_of_months |= are_months && !days.is_empty());
            self.reach(file, &days, are_months);
            exports.push(Export { file: file.inspection.file.clone(), newest: file.counts.newest, days });
        }
        Ok(())
    }

    /// Returns the day that a file reaches to: as-of, but if its rows stand for weeks or months, the last day of the
    /// newest one.
    fn reach(&self, file: &mut Opened<'_>, days: &[BTreeMap<NaiveDate, Day>], are_months: bool) {
        // Most files have daily values, which the first few dates of one metric show.
        let is_by_day =
            |one: &BTreeMap<NaiveDate, Day>| one.len() > 2 && Rhythm::of(one.keys().copied()) == Rhythm::default();
        if days.iter().any(is_by_day) {
            return;
        }
        let dates: BTreeSet<NaiveDate> = days.iter().flat_map(BTreeMap::keys).copied().collect();
        let rhythm = Rhythm::of_cells(dates.iter().copied(), are_months);
        file.counts.grain = rhythm.grain;
        let reached = |on| rhythm.grain.last_day(rhythm.day_of(on), self.config.calendar.week_ends).min(self.as_of);
        file.counts.newest = file.counts.newest.max(dates.last().copied().map(reached));
    }

    /// Returns the names of the metrics in the config. The list is empty if every metric of the files is followed.
    pub(super) fn metric_names(&self) -> NameIndex<String> {
        let mut names = NameIndex::default();
        for section in &self.config.metrics {
            names.add(&section.name, &section.column, section.name.clone());
        }
        names.defined = !self.config.metrics.is_empty();
        names
    }

    /// Returns the shape of a file. A file without a shape is a problem.
    fn shape(&mut self, file: &Opened<'_>) -> Option<Shape> {
        let inspection = &file.inspection;
        let shape = Shape::of(inspection, &file.mapping);
        if shape.is_none() {
            let dates = inspection.columns.iter().filter(|column| column.kind == Kind::Date);
            let headers: Vec<&str> = inspection.columns.iter().map(|column| column.name.as_str()).collect();
            let help = match dates.map(|column| &column.name).next() {
                Some(near) => {
                    format!("say which it is, after its [[source]]:\n[source.columns]\ndate = \"{near}\"")
                }
                None => format!("its header is {}", headers.join(" · ")),
            };
            let message = format!("{} has no column for `date` of metrics", inspection.file);
            self.problems.push(Problem::error("no-column", message).at(file.source.place.clone()).help(help));
        }
        shape
    }

    /// If several columns have the same name, the first one is the metric; the others are reported.
    fn repeated_columns(&mut self, file: &Opened<'_>, series: &[MetricRows]) {
        let inspection = &file.inspection;
        for (_, name) in series.iter().flat_map(|one| series::parts(&one.section)) {
            if let [first, second, ..] = position(inspection, &name)[..]
                && inspection.columns.get(second).is_some_and(|column| column.kind == Kind::Number)
            {
                let (first, second) = (first + 1, second + 1);
                let message =
                    format!("{} has two columns \"{name}\"; column {first} is read, {second} is not", inspection.file);
                let help = format!("say in its [[metric]] which is meant, by its place: column = \"{second}\"");
                let place = Place::at(&inspection.file, inspection.header_line.max(1), 1);
                self.problems.push(Problem::warning("repeated-column", message).at(place).help(help));
            }
        }
    }

    /// Reports where a value differs from that of another export.
    fn differing(&mut self, found: Differing, opened: &[Opened<'_>], series: &mut [MetricRows]) -> Result<(), Failure> {
        let mut place = Place::file(&found.file);
        if let Some(file) = opened.iter().find(|file| file.inspection.file == found.file)
            && let Some(shape) = Shape::of(&file.inspection, &file.mapping)
        {
            let picks = self.picks(file, &shape, series);
            if let Some(pick) = picks.iter().find(|pick| pick.series == found.series) {
                file.inspection.rows(&mut |row| {
                    if place.line == 0
                        && let Some(column) = shape.column_of(pick, found.on, row)
                    {
                        place = row.place(column);
                    }
                })?;
            }
        }
        self.problems.push(found.problem.at(place));
        Ok(())
    }

    /// Finds the columns of each series in the file.
    fn picks(&mut self, file: &Opened<'_>, shape: &Shape, series: &mut [MetricRows]) -> Vec<Pick> {
        let mut picks = Vec::new();
        for (index, one) in series.iter_mut().enumerate() {
            let Some(filter) = self.filter(file, &one.section) else { continue };
            let parts = series::parts(&one.section);
            match shape {
                Shape::Wide { .. } => {
                    let columns: Vec<(Role, usize)> = parts
                        .iter()
                        .filter_map(|(role, name)| Some((*role, *position(&file.inspection, name).first()?)))
                        .collect();
                    if columns.len() == parts.len() {
                        one.found = true;
                        let in_percent = |(role, column): &(Role, usize)| {
                            *role == Role::Value
                                && file.inspection.columns.get(*column).is_some_and(Column::is_in_percent)
                        };
                        if one.section.unit.is_none() && columns.iter().all(in_percent) {
                            // The unit of the file applies if the config does not set one.
                            one.section.unit = Some("%".to_owned());
                        }
                        one.section.aggregate = one.section.aggregate.or_else(|| {
                            let layout = file.mapping.layout()?;
                            layout.aggregate_of(&one.section.column)
                        });
                        picks.push(Pick { series: index, role: Role::Value, name: String::new(), columns, filter });
                    }
                }
                Shape::Long { .. } | Shape::Undated { .. } | Shape::Periods { .. } => {
                    for (role, name) in parts {
                        let name = normal(&name);
                        picks.push(Pick { series: index, role, name, columns: Vec::new(), filter: filter.clone() });
                    }
                }
            }
        }
        picks
    }

    /// Returns the columns and words of `where`. If the file lacks a column, this is reported and `None` is returned.
    fn filter(&mut self, file: &Opened<'_>, section: &MetricSection) -> Option<Vec<(usize, Vec<String>)>> {
        let mut filter = Vec::new();
        for (name, words) in &section.filter {
            let Some(&column) = position(&file.inspection, name).first() else {
                let headers = || file.inspection.columns.iter().map(|column| column.name.as_str());
                let help = nearest(name, headers()).map(|near| format!("did you mean \"{near}\"?")).unwrap_or_default();
                let message =
                    format!("{} has no column \"{name}\" for `where` of \"{}\"", file.inspection.file, section.name);
                self.problems.push(Problem::error("no-column", message).at(section.place.clone()).help(help));
                return None;
            };
            filter.push((column, words.iter().map(|word| normal(word)).collect()));
        }
        Some(filter)
    }
}

impl Shape {
    /// Returns the column of the row that has the series' value of a day.
    fn column_of(&self, pick: &Pick, day: NaiveDate, row: &Row<'_>) -> Option<usize> {
        let is_named = |name: usize| row.text(name).is_some_and(|text| normal(&text) == pick.name);
        let is_of_day = |date: usize| row.measured_on(date).is_ok_and(|on| on == Some(day));
        match self {
            Shape::Long { date, name, value } => (is_named(*name) && is_of_day(*date)).then_some(*value),
            Shape::Wide { date } => pick.columns.first().filter(|_| is_of_day(*date)).map(|(_, column)| *column),
            Shape::Undated { name, value } => is_named(*name).then_some(*value),
            Shape::Periods { name, periods } => {
                periods.iter().find(|(_, on)| *on == day && is_named(*name)).map(|(column, _)| *column)
            }
        }
    }

    /// Returns the metrics of the file, in the order of their first row or column.
    fn names(&self, file: &Opened<'_>) -> Result<Vec<String>, Failure> {
        if let Some(folded) = &file.folded {
            return Ok(folded.names().map(str::to_owned).collect());
        }
        let mut names: Vec<String> = Vec::new();
        match self {
            Shape::Wide { .. } => names.extend(number_columns(&file.inspection, file.mapping.columns("date"))),
            Shape::Long { name, .. } | Shape::Undated { name, .. } | Shape::Periods { name, .. } => {
                let mut seen = BTreeSet::new();
                file.inspection.rows(&mut |row| {
                    if let Some(name) = row.text(*name).filter(|_| !is_bare(row, *name))
                        && !seen.contains(&name)
                    {
                        names.push(name.clone());
                        seen.insert(name);
                    }
                })?;
            }
        }
        Ok(names)
    }
}

/// The columns whose numbers a file of metrics is read for, and those that its metrics are filtered by.
pub(super) fn columns_of_numbers(file: &Opened<'_>, metrics: &[MetricSection]) -> Vec<usize> {
    let columns = || file.inspection.columns.iter();
    let filters = metrics.iter().flat_map(|one| one.filter.keys()).flat_map(|name| position(&file.inspection, name));
    let numbers: Vec<usize> = match Shape::of(&file.inspection, &file.mapping) {
        Some(Shape::Wide { .. }) => {
            columns().filter(|column| column.kind == Kind::Number).map(|column| column.position).collect()
        }
        Some(Shape::Periods { periods, name }) => {
            periods.into_iter().map(|(at, _)| at).chain(std::iter::once(name)).collect()
        }
        _ => Vec::new(),
    };
    numbers.into_iter().chain(filters).collect()
}
