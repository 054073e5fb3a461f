//! Derives the columns of a file from the names in the header and the counts of their cells. [`crate::table::infer`]
//! does this after all cells have been counted.

use std::collections::BTreeMap;

use chrono::NaiveDate;

use crate::problem::{Place, Problem};
use crate::table::column::Column;
use crate::table::inspection::Inspection;
use crate::table::values::kinds::{self, Tally};
use crate::table::values::periods;

impl Inspection {
    /// Returns the problem that columns between others have neither a name nor cells, or `None` if there are none.
    pub(super) fn blank_columns(&self, names: &[String], tallies: &[Tally]) -> Option<Problem> {
        let blank: Vec<bool> =
            names.iter().zip(tallies).map(|(name, tally)| name.is_empty() && tally.is_blank()).collect();
        let last = blank.iter().rposition(|blank| !blank)?;
        let between: Vec<String> =
            (0..last).filter(|column| blank[*column]).map(|column| (column + 1).to_string()).collect();
        let (columns, verb) = if between.len() == 1 { ("column", "is") } else { ("columns", "are") };
        let message = format!(
            "{columns} {} {verb} blank, name and all; what stands on both sides is read as one table",
            between.join(", ")
        );
        let place = Place::at(&self.file, self.header_line.max(1), 1);
        (!between.is_empty()).then(|| Problem::note("blank-column", message).at(place))
    }

    /// Reports which years were assumed for periods whose headers do not contain one.
    fn without_years(&self, names: &[String], periods: &[Option<NaiveDate>]) -> Option<Problem> {
        let mut found = names.iter().zip(periods).filter_map(|(name, period)| Some((name, (*period)?)));
        let ((first, from), (last, to)) = (found.next()?, found.next_back()?);
        let message = format!(
            "the columns from `{first}` to `{last}` have no year; they are read as those from {} to {}",
            from.format("%B %Y"),
            to.format("%B %Y")
        );
        let help = "write the year into the header, as \"2026-11\", if they are of other years";
        let place = Place::at(&self.file, self.header_line.max(1), 1);
        Some(Problem::warning("no-year", message).at(place).help(help))
    }

    /// Says which periods those are that a header names from the day on which it is read.
    fn of_today(&self, names: &[String], periods: &[Option<NaiveDate>]) -> Option<Problem> {
        let found = names.iter().zip(periods).filter_map(|(name, period)| Some((name, (*period)?)));
        let said: Vec<String> =
            found.map(|(name, first)| format!("`{name}` from {}", first.format("%-d %B %Y"))).collect();
        let message = format!("the header says no dates; its columns are read from today on: {}", said.join(", "));
        let help = "write the period into the header, as \"2026-11\" or \"2026-W46\", if the file is older";
        let place = Place::at(&self.file, self.header_line.max(1), 1);
        (!said.is_empty()).then(|| Problem::warning("relative-period", message).at(place).help(help))
    }

    /// Returns the columns, and notes on them, from the names in the header and the counts of the cells below.
    pub(super) fn columns_of(&self, names: &[String], tallies: &[Tally]) -> (Vec<Column>, Vec<Problem>) {
        let mut times: BTreeMap<&str, usize> = BTreeMap::new();
        for name in names.iter().filter(|name| !name.is_empty()) {
            *times.entry(name).or_default() += 1;
        }
        let repeated: Vec<bool> = names.iter().map(|name| times.get(name.as_str()).is_some_and(|n| *n > 1)).collect();
        let fiscal = self.options.fiscal_year_starts.unwrap_or(1);
        let mut periods: Vec<Option<NaiveDate>> = periods::of(names, fiscal);
        let mut notes = Vec::new();
        if let (0 | 1, Some(near)) = (periods.iter().flatten().count(), self.near()) {
            let filled: Vec<bool> = tallies.iter().map(|tally| tally.filled > tally.no_value).collect();
            let without = periods::without_years(names, &filled, near, fiscal);
            notes.extend(self.without_years(names, &without));
            if without.iter().any(Option::is_some) {
                periods = without;
            } else {
                let relative = periods::relative(names, near);
                notes.extend(self.of_today(names, &relative));
                if relative.iter().any(Option::is_some) {
                    periods = relative;
                }
            }
        }
        let place =
            |(i, name): (usize, &String)| if name.is_empty() { format!("column {}", i + 1) } else { name.clone() };
        let names: Vec<String> = names.iter().enumerate().map(place).collect();
        let decisions = kinds::decide(&names, &repeated, tallies, &self.options, self.delimiter);
        // If each column is a period, each row is a metric with its own unit and range.
        let are_periods = periods.iter().flatten().count() > 1;
        let mut columns = Vec::new();
        let named = names.into_iter().zip(periods).zip(decisions).zip(tallies);
        for (position, (((name, period), decision), tally)) in named.enumerate() {
            if !are_periods {
                notes.extend(decision.notes.into_iter().map(|note| told(tally, note)));
            }
            columns.push(Column {
                period,
                name,
                position,
                kind: decision.format.kind(),
                is_answered: tally.is_answered(),
                has_days_of_month: tally.days_of_month > 0,
                has_weeks_by_letter: tally.weeks_by_letter > 0,
                format: kinds::describe(&decision.format, tally),
                doubt: decision.doubt.map(|doubt| told(tally, doubt)),
                reading: decision.format,
            });
        }
        (columns, notes)
    }
}

/// Adapts the problem of a column: if only hidden rows have cells in it, the problem must not quote them.
fn told(tally: &Tally, problem: Problem) -> Problem {
    if tally.is_of_hidden { problem.concealed() } else { problem }
}
