//! What the columns of a file hold, whoever asks: a mapping by the config, or the recognition of a file without one.

use super::recognise::contents;
use crate::lexicon::{self, folded};
use crate::preset::normal;
use crate::table::{Column, Inspection, Kind};
use crate::tables::Field;
use crate::team::TableKind;

/// The field of a column of yes and no: boxes to tick under `Completed` say that a thing is done, not when, and are its
/// status; `Milestone: Yes` says that the row is one, and not what it is called.
pub(crate) fn by_answers(table: TableKind, field: Field, column: &Column) -> Option<Field> {
    match table.field("status") {
        Some(status) if field.name == "done_on" && column.is_answered => Some(status),
        _ if field.name == "milestone" && column.is_answered => None,
        _ => Some(field),
    }
}

/// What the kinds of its columns tell of a metrics file whose header does not: the one column of dates beside numbers, and
/// the one column of words that names the one column of values. `has` says which fields are known. The config and
/// `headsup inspect` read by the same rule.
pub(crate) fn metrics_by_kind(inspection: &Inspection, has: impl Fn(&str) -> bool) -> Vec<(&'static str, usize)> {
    let contents = contents::of(inspection).unwrap_or_default();
    // Who did it is no metric, and nor is the number of the row.
    let is_other = |column: &Column| {
        let persons = || contents.get(column.position).is_some_and(|content| content.is_of_persons());
        REMARKS.contains(&normal(&column.name).as_str())
            || lexicon::is_id(&column.name)
            || (column.kind == Kind::Text && is_person_header(&column.name) && persons())
    };
    let of = |kind: Kind| {
        let is_other = &is_other;
        let columns = inspection.columns.iter().filter(move |column| column.kind == kind && !is_other(column));
        columns.map(|column| column.position).collect::<Vec<_>>()
    };
    let (dates, numbers, words) = (of(Kind::Date), of(Kind::Number), of(Kind::Text));
    match (dates.as_slice(), numbers.as_slice(), words.as_slice()) {
        // Without a header the user says what is what.
        _ if inspection.header_line == 0 => Vec::new(),
        ([_], _, [name]) if has("date") && has("value") && !has("metric") => vec![("metric", *name)],
        ([date], [_, ..], []) if !has("date") => vec![("date", *date)],
        ([date], [value], [name]) if !has("date") => vec![("date", *date), ("metric", *name), ("value", *value)],
        _ => Vec::new(),
    }
}

/// The columns of a wide metrics file that are metrics: those of numbers, but for the dates and for what numbers the rows.
pub(crate) fn number_columns<'a>(inspection: &'a Inspection, dates: &'a [usize]) -> impl Iterator<Item = String> + 'a {
    let is_metric = |column: &&Column| column.kind == Kind::Number && !lexicon::is_id(&column.name);
    let numbers = inspection.columns.iter().filter(is_metric);
    numbers.filter(|column| !dates.contains(&column.position)).map(|column| column.name.clone())
}

/// Whether a header promises persons, in any language.
fn is_person_header(header: &str) -> bool {
    let bare = folded(header);
    let of = |language: &lexicon::Language, table: &str, field: &str| {
        let words = language.tables.get(table).and_then(|words| words.columns.get(field));
        words.is_some_and(|words| words.iter().any(|word| folded(word) == bare))
    };
    matches!(bare.as_str(), "user" | "users" | "username" | "benutzer" | "usuario" | "utilisateur")
        || lexicon::languages().iter().any(|one| of(one, "tasks", "assignee") || of(one, "people", "person"))
}

/// Headers of what is said about a number, which name no metric.
const REMARKS: [&str; 10] =
    ["note", "notes", "comment", "comments", "remark", "remarks", "description", "unit", "source", "status"];
