//! Sheets with one metric per row: how they are distinguished from lists of work, and the names of their metrics.
//! Used by [`super`].

use crate::preset::{Preset, Recognised, normal};
use crate::problem::{Failure, Place, Problem};
use crate::source::columns::number_columns;
use crate::source::recognise::Content;
use crate::table::{Column, Inspection, Row};
use crate::team::TableKind;

/// Whether a header calls its rows metrics and nothing else, with a number that they have or are to reach: a sheet of
/// metrics, whatever else it says of them.
pub(super) fn is_metric_sheet(generic: &Preset, inspection: &Inspection, contents: &[Content]) -> bool {
    let numbers = |column: &Column| {
        contents
            .get(column.position)
            .is_some_and(|content| content.amounts > 0 && 2 * content.amounts >= content.filled)
    };
    let of = |table: TableKind| generic.layout(table).ok();
    let is_own = |table: TableKind, column: &Column| of(table).is_some_and(|own| own.is_own(generic, &column.name));
    let field = |column: &Column| of(TableKind::Metrics)?.field_of(generic, &column.name).map(|(_, field)| field.name);
    let words = || inspection.columns.iter().filter(|column| !numbers(column));
    let is_called = |column: &Column| is_own(TableKind::Metrics, column) && field(column) == Some("metric");
    let others = [TableKind::Tasks, TableKind::Milestones, TableKind::Objectives, TableKind::Risks];
    let is_other = |column: &&Column| !is_called(column) && others.iter().any(|table| is_own(*table, column));
    inspection.header_line > 0
        && words().any(is_called)
        && words().filter(is_other).count() == 0
        && inspection.columns.iter().any(|column| numbers(column) && field(column) == Some("value"))
}

/// The columns of a date that is written in two: the year, and a part of it.
pub struct DateParts<'a> {
    pub year: &'a Column,
    pub part: &'a Column,
    /// How the two are written in one cell.
    pub example: &'static str,
}

/// Returns the columns of years and of months, quarters or weeks, as their headers call them, if there are both.
pub fn date_parts(columns: &[Column]) -> Option<DateParts<'_>> {
    const YEAR: &[&str] = &["year", "jahr", "année", "año", "ano"];
    const PARTS: [(&[&str], &str); 3] = [
        (&["month", "monat", "mois", "mes", "mês"], "`2026-11`"),
        (&["quarter", "quartal", "trimestre"], "`Q4 2026`"),
        (&["week", "woche", "kw", "semaine", "semana"], "`2026-W47`"),
    ];
    let named = |names: &[&str]| columns.iter().find(|column| names.contains(&normal(&column.name).as_str()));
    let (part, example) = PARTS.iter().find_map(|(names, example)| Some((named(names)?, *example)))?;
    Some(DateParts { year: named(YEAR)?, part, example })
}

/// That nothing says of which day the values of a sheet are.
pub fn undated(inspection: &Inspection, found: impl Fn(&str) -> Option<usize>) -> Option<Problem> {
    let periods = inspection.columns.iter().filter(|column| column.period.is_some()).count();
    let value = found("value").filter(|_| found("date").is_none() && found("metric").is_some() && periods < 2)?;
    let name = inspection.columns.get(value).map_or("", |column| column.name.as_str());
    let message = format!("nothing says of which day the values in `{name}` are; they count as those of today");
    let help = "add a column with the date, the week or the month of each row: values of several weeks make a trend";
    let place = Place::at(&inspection.file, inspection.header_line.max(1), 1);
    Some(Problem::warning("undated", message).at(place).help(help))
}

/// Whether a row has its name and nothing else: a heading, or a total without numbers.
pub(crate) fn is_bare(row: &Row<'_>, name: usize) -> bool {
    row.filled().all(|column| column == name)
}

/// The metrics of a recognised file, in the order of their first row or column.
pub fn metric_names(inspection: &Inspection, found: &Recognised<'_>) -> Result<Vec<String>, Failure> {
    let mut names: Vec<String> = Vec::new();
    let is_named_by_row = found.positions("value").next().is_some() || found.positions("date").next().is_none();
    match found.positions("metric").next().filter(|_| is_named_by_row) {
        Some(column) => inspection.rows(&mut |row| {
            if let Some(name) = row.text(column).filter(|_| !is_bare(row, column))
                && !names.contains(&name)
            {
                names.push(name);
            }
        })?,
        None => {
            let own: Vec<usize> = found.positions("date").collect();
            names.extend(number_columns(inspection, &own));
        }
    }
    Ok(names)
}
