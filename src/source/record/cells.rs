//! Gives tables access to the fields of a row, by means of the file's mapping and the names that can be referred to.

use chrono::NaiveDate;

use super::Record;
use crate::problem::{Place, Problem};
use crate::source::names::Names;
use crate::tables::{Cells, MilestoneId, ObjectiveId, Table};

/// Largest number that can be a share in a column of fractions: a larger one has another unit.
pub(super) const MAX_FRACTION: f64 = 2.0;

impl Record<'_, '_> {
    /// Calls `find` with the names that a row may refer to.
    fn refer<T>(&mut self, find: impl Fn(&mut Names, &mut Self) -> T) -> T {
        let mut names = std::mem::take(self.names);
        let found = find(&mut names, self);
        *self.names = names;
        found
    }
}

impl Cells for Record<'_, '_> {
    fn table(&self) -> &'static Table {
        self.table.table()
    }

    fn cells(&self, field: &str) -> Vec<String> {
        self.mapping.columns(field).iter().filter_map(|&column| self.row.text(column)).collect()
    }

    fn word_for(&self, field: &str, said: &str) -> Option<String> {
        self.mapping.word(field, said)
    }

    fn text(&self, field: &str) -> Option<String> {
        self.mapping.columns(field).iter().find_map(|&column| self.row.text(column))
    }

    fn date(&mut self, field: &str) -> Option<NaiveDate> {
        let planned = self.table.field(field).is_some_and(|field| field.is_planned);
        let starts = matches!(field, "start" | "started");
        for &column in self.mapping.columns(field) {
            // A date that is a quarter, a month or a week means its last day; a start means its first day.
            let span = if planned || starts { self.row.span(column) } else { None };
            let day = span.map(|span| if starts { span.first } else { span.last });
            match day.map_or_else(|| self.row.date(column), |day| Ok(Some(day))) {
                Ok(None) => {}
                Ok(Some(date)) => {
                    // In a plan, start dates may be in the future: the reader of the table calls [`Record::seen`]
                    // itself.
                    if !planned && field != "started" {
                        self.seen(date);
                    }
                    return Some(date);
                }
                Err(problem) => {
                    self.unread(field, *problem);
                    return None;
                }
            }
        }
        None
    }

    fn any_date(&self, field: &str) -> Option<NaiveDate> {
        self.mapping.columns(field).iter().find_map(|&column| self.row.date(column).ok().flatten())
    }

    fn period(&self, field: &str) -> Option<String> {
        let column = self.mapping.columns(field).iter().copied().find(|&column| self.row.text(column).is_some())?;
        // A day is a day, however it is written.
        self.row.span(column).filter(|span| span.first != span.last)?;
        self.row.text(column)
    }

    fn known(&self, date: Option<NaiveDate>) -> Option<NaiveDate> {
        date.filter(|date| *date <= self.as_of)
    }

    fn share(&mut self, field: &'static str) -> Option<f64> {
        let scale = self.scale.get(field).copied();
        let share = self.number(field)? / scale.unwrap_or(1.0);
        if (0.0..=1.0).contains(&share) {
            return Some(share);
        }
        // Nobody has done less than nothing, and 85 among fractions may be 85 % or 8.5.
        let is_read = share > 1.0 && (scale.is_some() || share <= MAX_FRACTION);
        let (what, then) = match (share < 0.0, is_read) {
            (true, _) => ("less than 0 %", "it is left out"),
            (false, true) => ("more than 100 %", "it is read as 100 %"),
            (false, false) => ("far more than 1 in a column of fractions", "it is left out"),
        };
        let problem = Problem::warning("bad-share", format!("`{field}` is {what}; {then}"));
        self.problems.push(problem.at(self.place(field)).help("write a share from 0 to 100 %"));
        is_read.then_some(1.0)
    }

    fn objective(&mut self) -> Option<ObjectiveId> {
        self.refer(|names, record| names.objectives.logged(record))
    }

    fn milestone(&mut self) -> Option<MilestoneId> {
        self.refer(|names, record| names.milestones.refer(record, "milestone"))
    }

    fn metric(&mut self) -> Option<String> {
        self.refer(|names, record| names.metrics.metric(record))
    }

    fn place(&self, field: &str) -> Place {
        let filled = self.mapping.columns(field).iter().find(|&&column| self.row.text(column).is_some());
        let place = match filled.or(self.mapping.columns(field).first()) {
            Some(&column) => self.row.place(column),
            None => Place { column: 1, ..self.row.place(0).unquoted() },
        };
        if self.confidential { place.unquoted() } else { place }
    }

    fn problem(&mut self, problem: Problem) {
        self.problems.push(problem);
    }

    fn lacks(&mut self, field: &str) {
        if self.problems.iter().any(|problem| matches!(problem.code, "bad-date" | "bad-number"))
            && self.text(field).is_some()
        {
            return;
        }
        let message = format!("`{field}` is empty, and {} cannot do without it", self.table.name());
        let place = self.place(field);
        self.problems.push(Problem::error("empty-cell", message).at(place).help("fill it in, or delete the row"));
    }

    fn conceal(&mut self) {
        self.confidential = true;
    }

    fn is_confidential(&self) -> bool {
        self.confidential
    }

    fn is_of_private_file(&self) -> bool {
        self.is_private
    }
}
