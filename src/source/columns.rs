//! Interprets the contents of columns, both for a mapping from the config and for recognising a file without one.

use std::cell::LazyCell;

use super::metrics::kind;
use super::recognise::contents;
use crate::lexicon::{self, folded};
use crate::preset::{GENERIC, Presets, normal};
use crate::table::{Column, Inspection, Kind};
use crate::tables::Field;
use crate::team::TableKind;

/// Returns the field of a column of yes and no. Checkboxes under `Completed` show that a task is done but not when, so
/// they are its status; `Milestone: Yes` says that the row is a milestone, not what it is called. `None` if the column
/// means nothing to the table.
pub(crate) fn by_answers(table: TableKind, field: Field, column: &Column) -> Option<Field> {
    match table.field("status") {
        Some(status) if field.name == "done_on" && column.is_answered => Some(status),
        _ if field.name == "milestone" && column.is_answered => None,
        _ => Some(field),
    }
}

/// Derives the columns of a metrics file from their kinds if its header does not name them: the only column of dates
/// beside numbers, and the only column of words that names the only column of values. `has` tells which fields are
/// already known. The config and `headsup inspect` use the same rule.
pub(crate) fn metrics_by_kind(inspection: &Inspection, has: impl Fn(&str) -> bool) -> Vec<(&'static str, usize)> {
    // Without a header, the user has to map the columns.
    if inspection.header_line == 0 || (has("date") && (has("metric") || !has("value"))) {
        return Vec::new();
    }
    let contents = LazyCell::new(|| contents::of(inspection).unwrap_or_default());
    // Persons and row numbers are not metrics.
    let is_other = |column: &Column| {
        let persons = || contents.get(column.position).is_some_and(|content| content.is_of_persons());
        REMARKS.contains(&normal(&column.name).as_str())
            || (column.kind == Kind::Text && is_said_of_metrics(&column.name))
            || lexicon::is_id(&column.name)
            || (column.kind == Kind::Text && is_person_header(&column.name) && persons())
    };
    let of = |kind: Kind| {
        let is_other = &is_other;
        let columns = inspection.columns.iter().filter(move |column| column.kind == kind && !is_other(column));
        columns.map(|column| column.position).collect::<Vec<_>>()
    };
    let is_of_time = |at: usize| inspection.columns.get(at).is_some_and(|column| kind::is_time_spent(&column.name));
    let (dates, numbers, words) = (of(Kind::Date), of(Kind::Number), of(Kind::Text));
    match (dates.as_slice(), numbers.as_slice(), words.as_slice()) {
        ([_], _, [name]) if has("date") => vec![("metric", *name)],
        ([date], [_, ..], []) if !has("date") => vec![("date", *date)],
        // Rows of sprints and of work have a first and a last day.
        ([_, _], [_, ..], words) if !has("date") && (words.len() < 2 || numbers.iter().any(|at| is_of_time(*at))) => {
            let is_end = |column: &&usize| inspection.columns.get(**column).is_some_and(|it| lexicon::is_end(&it.name));
            let mut ends = dates.iter().filter(is_end);
            ends.next().filter(|_| ends.next().is_none()).map(|end| ("date", *end)).into_iter().collect()
        }
        ([date], [value], [name]) if !has("date") => vec![("date", *date), ("metric", *name), ("value", *value)],
        _ => Vec::new(),
    }
}

/// Returns the columns of a wide metrics file that are metrics: columns of numbers, without dates and row numbers.
pub(crate) fn number_columns<'a>(inspection: &'a Inspection, dates: &'a [usize]) -> impl Iterator<Item = String> + 'a {
    let is_metric = |column: &&Column| column.kind == Kind::Number && !lexicon::is_id(&column.name);
    let numbers = inspection.columns.iter().filter(is_metric);
    numbers.filter(|column| !dates.contains(&column.position)).map(|column| column.name.clone())
}

/// Returns whether a header means persons, in any language.
fn is_person_header(header: &str) -> bool {
    let bare = folded(header);
    let of = |language: &lexicon::Language, table: &str, field: &str| {
        let words = language.tables.get(table).and_then(|words| words.columns.get(field));
        words.is_some_and(|words| words.iter().any(|word| folded(word) == bare))
    };
    matches!(bare.as_str(), "user" | "users" | "username" | "benutzer" | "usuario" | "utilisateur")
        || lexicon::languages().iter().any(|one| of(one, "tasks", "assignee") || of(one, "people", "person"))
}

/// Whether a header is that of what rows say of a metric in words, in any language: its unit, how it stands, why.
fn is_said_of_metrics(header: &str) -> bool {
    let field = Presets::embedded().ok().and_then(|presets| {
        let generic = presets.named(GENERIC).ok()?;
        generic.layout(TableKind::Metrics).ok()?.field_of(generic, header)
    });
    field.is_some_and(|(_, field)| matches!(field.name, "unit" | "better" | "status" | "reason"))
}

/// Headers of columns that comment on a number instead of naming a metric.
const REMARKS: [&str; 2] = ["description", "source"];
