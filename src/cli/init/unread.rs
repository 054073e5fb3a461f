//! Questions about columns that no field of a new team folder reads, where they may say what the brief else gets wrong:
//! dates, the status of tasks, and times that can be of hours or of minutes.

use std::collections::BTreeMap;

use super::export::Export;
use super::new_file::quoted;
use crate::table::{Column, Kind};
use crate::team::TableKind;

/// Maximum number of different words in a column that may be a status.
const MAX_STATUS_WORDS: usize = 12;

/// Returns the questions about the columns of `file` that are not read.
pub(super) fn questions(
    export: &Export<'_>,
    file: &str,
    fields: &BTreeMap<&'static str, Vec<&str>>,
    unread: &[&Column],
) -> Vec<String> {
    let table = export.found.table;
    let is_of_work = matches!(table, TableKind::Tasks | TableKind::Milestones);
    let names = |is_of: &dyn Fn(&Column) -> bool| -> String {
        unread.iter().filter(|column| is_of(column)).map(|column| quoted(&column.name)).collect::<Vec<_>>().join(", ")
    };
    let mut questions = Vec::new();
    let dates = names(&|column| is_of_work && column.kind == Kind::Date);
    if !dates.is_empty() && (table == TableKind::Milestones || !fields.contains_key("due")) {
        questions.push(format!(
            "what are the dates in {dates} of {file}? they are not read: `due = …` under [source.columns]"
        ));
    }
    let periods = names(&|column| is_of_work && column.period.is_some());
    if !periods.is_empty() {
        questions.push(format!(
            "what stands in {periods} of {file} is not read: write a row for each step, with its quarter or month as `due`"
        ));
    }
    let is_status = |column: &Column| {
        let Some(content) = export.contents.get(column.position) else { return false };
        column.kind == Kind::Text
            && content.filled > 2
            && content.distinct <= MAX_STATUS_WORDS
            && (content.distinct < content.filled || content.answers == content.filled)
            && !content.is_of_persons()
            && !export.found.layout.is_usual(export.found.preset, &column.name)
    };
    let words = names(&|column| is_of_work && is_status(column));
    let says_status = ["status", "done_on", "progress", "percent_complete"];
    if !words.is_empty() && !says_status.iter().any(|field| fields.contains_key(field)) {
        questions.push(format!(
            "does one of {words} in {file} say what is done? until then all count as open: `status = …` under [source.columns]"
        ));
    }
    let is_clock = |column: &Column| {
        let content = export.contents.get(column.position);
        content.is_some_and(|content| content.clocks > 0 && 10 * content.clocks >= 9 * content.filled)
    };
    let clocks = names(&|column| table == TableKind::Metrics && is_clock(column));
    if !clocks.is_empty() {
        questions.push(format!(
            "are the times in {clocks} of {file} hours and minutes? they are not read: if so, `formats = {{ … = \"duration\" }}` in its [[source]]"
        ));
    }
    questions
}
