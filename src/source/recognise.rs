//! Recognises a file that no config describes: the table and the tool from its header, or the periods in its columns.
//! `headsup inspect` and `headsup init --from` use it, so that both propose the same.

pub mod contents;
mod fields;
mod judge;
pub mod lacking;
mod sheet;

use std::collections::BTreeSet;
use std::path::Path;

use chrono::{Datelike as _, NaiveDate};

use super::columns;
use super::metrics::rhythm::Rhythm;
pub use contents::Content;
pub use fields::Reserved;
use fields::title_of;
pub(crate) use sheet::is_bare;
use sheet::is_metric_sheet;
pub use sheet::{DateParts, date_parts, metric_names, undated};

use crate::lexicon;
use crate::preset::{GENERIC, Preset, Presets, Recognised};
use crate::problem::Failure;
use crate::table::{self, Column, Inspection, Kind, ReadingOptions};
use crate::tables::{Field, FieldKind};
use crate::team::{Grain, TableKind};

/// What is known in advance.
#[derive(Debug, Clone, Default)]
pub struct Hints<'a> {
    pub table: Option<TableKind>,
    pub preset: Option<&'a str>,
    /// Day to which dates without a year are resolved.
    pub near: Option<NaiveDate>,
    /// The tables that the file name suggests.
    pub named: BTreeSet<&'static str>,
}

/// Rows that show whether dates are written as months.
const MONTHS_READ: usize = 50;

/// Returns the name of a file without its extension.
fn stem(path: &Path) -> String {
    path.file_stem().map(|stem| stem.to_string_lossy().into_owned()).unwrap_or_default()
}

/// Infers the file at `path`, with the conventions of the tool that wrote it if it is recognised. `shown` is its name
/// for people; `quotable` says whether a problem may show a cell.
pub fn infer<'a>(
    path: &Path,
    shown: &str,
    presets: &'a Presets,
    known: Hints<'_>,
    quotable: bool,
) -> Result<(Inspection, Option<Recognised<'a>>), Failure> {
    let mut options = ReadingOptions { near: known.near, ..ReadingOptions::default() };
    let inspection = table::infer(path, shown, &options, quotable)?;
    if let Some(decimal) = inspection.decimal_of_rows() {
        options.decimal = Some(decimal);
    }
    let inspection =
        if options.decimal.is_some() { table::infer(path, shown, &options, quotable)? } else { inspection };
    let known = Hints { named: lexicon::tables_named(&stem(path)), ..known };
    let recognised = recognise(presets, &inspection, &known)?;
    let Some(found) = &recognised else { return Ok((inspection, None)) };
    let before = options.clone();
    // The tool's way of writing dates and missing values, and the required columns.
    options.usual_date_order = found.layout.date_order;
    options.missing.clone_from(&found.layout.missing);
    if inspection.skipped_rows > 0 {
        options.required = required(found.table, |field| found.positions(field).collect());
    }
    if options == before {
        return Ok((inspection, recognised));
    }
    Ok((table::infer(path, shown, &options, quotable)?, recognised))
}

/// Returns the required columns: a row of this table fills at least one of each list. The list is empty for metrics,
/// since a total has a date and a value too, and if the file lacks a required column.
pub fn required(table: TableKind, at: impl Fn(&str) -> Vec<usize>) -> Vec<Vec<usize>> {
    if table == TableKind::Metrics {
        return Vec::new();
    }
    let columns = |group: &&[&str]| -> Vec<usize> {
        // The key of a task replaces its title only if there is no title.
        match group.iter().find(|field| title_of(table) == Some(**field)).map(|title| at(title)) {
            Some(title) if !title.is_empty() => title,
            _ => group.iter().flat_map(|field| at(field)).collect(),
        }
    };
    let groups: Vec<Vec<usize>> = table.required().iter().map(|group| columns(&group)).collect();
    if groups.iter().any(Vec::is_empty) { Vec::new() } else { groups }
}

fn recognise<'a>(
    presets: &'a Presets,
    inspection: &Inspection,
    known: &Hints<'_>,
) -> Result<Option<Recognised<'a>>, Failure> {
    let mut found = by_header(presets, inspection, known)?;
    if let Some(found) = &mut found {
        for (field, column) in found.fields.iter_mut().zip(&inspection.columns) {
            *field = field.and_then(|field| columns::by_answers(found.table, field, column));
        }
    }
    Ok(found)
}

fn by_header<'a>(
    presets: &'a Presets,
    inspection: &Inspection,
    known: &Hints<'_>,
) -> Result<Option<Recognised<'a>>, Failure> {
    let header: Vec<&str> = inspection.columns.iter().map(|column| column.name.as_str()).collect();
    if let Some(name) = known.preset.filter(|name| *name != GENERIC) {
        let preset = presets.named(name)?;
        let Some(table) = known.table.or_else(|| preset.tables.keys().next().copied()) else { return Ok(None) };
        return Ok(Some(presets.with(preset, table, preset.layout(table)?, &header)));
    }
    if known.preset.is_none()
        && let Some(found) = presets.recognise(&header, known.table)
    {
        return Ok(Some(found));
    }
    let generic = presets.named(GENERIC)?;
    let contents = contents::of(inspection)?;
    if let Some(table) = known.table.filter(|table| *table != TableKind::Metrics) {
        return Ok(Some(assigned(generic, table, inspection, &contents, &Reserved::default())?));
    }
    // Columns of numbers that are periods mean metrics, whatever else a row contains.
    let numbers = |column: &Column| contents.get(column.position).is_some_and(|content| content.numbers > 0);
    let has_periods = periods(inspection).filter(|column| numbers(column)).count() > 1;
    let is_sheet = known.table.is_none() && is_metric_sheet(generic, inspection, &contents);
    let mut found = match known.table {
        None if !has_periods && !is_sheet => by_kinds(generic, inspection, &contents, &known.named)?,
        _ => None,
    };
    // A log whose columns are all known is that log, unless it could be a list of work as well.
    let log = presets.recognise_log(&header).filter(|_| known.table.is_none());
    let is_whole = |log: &Recognised<'_>| log.fields.iter().all(Option::is_some) && log.fields.len() > 3;
    let is_better = |log: &Recognised<'_>| is_whole(log) && !found.as_ref().is_some_and(is_whole);
    if let Some(log) = log
        && (is_better(&log) || (found.is_none() && inspection.records == 0))
        && let Some(log) = by_cells(log, inspection, &contents)
    {
        return Ok(Some(log));
    }
    found = match found {
        None => metrics(presets, generic, inspection, &contents, known.table)?,
        found => found,
    };
    // Key results without a date or a status are not goals, and values without a date are not metrics.
    let is_undated = || {
        let own =
            |table| generic.layout(table).is_ok_and(|layout| header.iter().any(|name| layout.is_own(generic, name)));
        inspection.records > 0 && (own(TableKind::Milestones) || own(TableKind::Metrics))
    };
    if found.is_none() && known.table.is_none() && !is_undated() {
        found = presets.recognise_log(&header).and_then(|found| by_cells(found, inspection, &contents));
    }
    if found.is_none()
        && let Some(table) = known.table
    {
        found = Some(assigned(generic, table, inspection, &contents, &Reserved::default())?);
    }
    Ok(found)
}

/// Assigns the fields of a known table, from the lexicon and the cells.
pub fn assigned<'a>(
    generic: &'a Preset,
    table: TableKind,
    inspection: &Inspection,
    contents: &[Content],
    reserved: &Reserved,
) -> Result<Recognised<'a>, Failure> {
    let layout = generic.layout(table)?;
    let ranked = fields::assign(inspection, contents, (generic, layout), table, reserved);
    let fields = ranked.iter().map(|field| field.map(|(_, field)| field)).collect();
    Ok(Recognised { ranks: ranks(&ranked), ..Recognised::of(generic, layout, table, fields) })
}

fn ranks(ranked: &[Option<(usize, Field)>]) -> Vec<usize> {
    ranked.iter().map(|field| field.map_or(usize::MAX, |(rank, _)| rank)).collect()
}

/// Recognises tasks, milestones, objectives or risks from the columns.
fn by_kinds<'a>(
    generic: &'a Preset,
    inspection: &Inspection,
    contents: &[Content],
    named: &BTreeSet<&str>,
) -> Result<Option<Recognised<'a>>, Failure> {
    if inspection.header_line == 0 {
        return Ok(None);
    }
    let candidates = judge::candidates(inspection, contents, generic, named);
    let Some(best) = candidates.first() else { return Ok(None) };
    let mut found = assigned(generic, best.table, inspection, contents, &Reserved::default())?;
    found.confidence = best.points;
    found.alternatives = candidates.iter().skip(1).map(|other| (other.table, other.points)).collect();
    Ok(Some(found))
}

/// Recognises metrics from the header, the periods or the kinds of the columns.
fn metrics<'a>(
    presets: &'a Presets,
    generic: &'a Preset,
    inspection: &Inspection,
    contents: &[Content],
    table: Option<TableKind>,
) -> Result<Option<Recognised<'a>>, Failure> {
    let header: Vec<&str> = inspection.columns.iter().map(|column| column.name.as_str()).collect();
    // A list of items that are open or done is not a table of metrics, whatever numbers it contains.
    let tasks = generic.layout(TableKind::Tasks)?;
    let is_status = |content: &Content| content.answers < content.filled && content.known(tasks, "status") >= 0.6;
    let layout = generic.layout(TableKind::Metrics)?;
    let is_told = header.iter().any(|name| layout.is_own(generic, name));
    if table.is_none() && !is_told && contents.iter().any(is_status) {
        return Ok(None);
    }
    let named = assigned(generic, TableKind::Metrics, inspection, contents, &Reserved::default())?;
    let by_name = by_cells(named, inspection, contents);
    let by_periods = || periods_as_columns(generic, inspection, contents, table);
    let found = by_name.or_else(by_periods).or_else(|| numbers_by_date(presets, inspection, &header, table));
    // A quarter is not of the year nearest to today if another column has its year.
    let parts = date_parts(&inspection.columns).map(|parts| parts.part.position);
    Ok(found.filter(|found| parts.is_none_or(|part| found.positions("date").all(|date| date != part))))
}

/// Checks the fields that a header suggests against the cells below it, if the header does not belong to a tool: a
/// column of words named "Target" is not a number, and a list of "Tag" and "Time" is not metrics. Returns `None` if
/// required fields are then missing.
fn by_cells<'a>(mut found: Recognised<'a>, inspection: &Inspection, contents: &[Content]) -> Option<Recognised<'a>> {
    if inspection.records == 0 {
        return Some(found)
            .filter(|found| found.table != TableKind::Metrics || found.positions("date").next().is_some());
    }
    // An event has no number of its own: counts of events are metrics.
    if found.table == TableKind::Events && inspection.columns.iter().any(|column| column.kind == Kind::Number) {
        return None;
    }
    for (field, column) in found.fields.iter_mut().zip(&inspection.columns) {
        // Numbers in several units make a column of text.
        let amounts = || contents.get(column.position).is_some_and(|content| 2 * content.amounts > content.filled);
        let is_other = |kind: FieldKind| match kind {
            FieldKind::Number | FieldKind::Share => column.kind == Kind::Text && !amounts(),
            FieldKind::Date => column.kind == Kind::Text || column.kind == Kind::Number,
            _ => false,
        };
        if found.table == TableKind::Metrics && field.is_some_and(|field| is_other(field.kind)) {
            *field = None;
        }
    }
    complete(&mut found, inspection);
    let is_number = |column: &Column| {
        column.kind == Kind::Number || contents.get(column.position).is_some_and(|content| content.amounts > 0)
    };
    let has = |name: &str| found.positions(name).next().is_some();
    // A sheet whose values are of today has no dates; a list with dates of other things is no sheet of metrics.
    let has_dates = || inspection.columns.iter().any(|column| column.kind == Kind::Date);
    let is_undated = || has("metric") && has("value") && periods(inspection).count() < 2 && !has_dates();
    let is_whole = found.table != TableKind::Metrics
        || ((has("date") || is_undated()) && inspection.columns.iter().any(is_number));
    is_whole.then_some(found)
}

/// Recognises metrics with arbitrary names from the kinds of the columns.
fn numbers_by_date<'a>(
    presets: &'a Presets,
    inspection: &Inspection,
    header: &[&str],
    table: Option<TableKind>,
) -> Option<Recognised<'a>> {
    if table.is_some_and(|table| table != TableKind::Metrics) {
        return None;
    }
    let preset = presets.named(GENERIC).ok()?;
    let mut found = presets.with(preset, TableKind::Metrics, preset.layout(TableKind::Metrics).ok()?, header);
    found.fields.fill(None);
    complete(&mut found, inspection);
    let is_told = found.positions("date").next().is_some();
    is_told.then_some(found)
}

/// Adds the fields of metrics that the kinds of the columns show.
fn complete(found: &mut Recognised<'_>, inspection: &Inspection) {
    if found.table == TableKind::Metrics {
        let fields = &found.fields;
        let told = columns::metrics_by_kind(inspection, |name| fields.iter().flatten().any(|field| field.name == name));
        for (name, position) in told {
            if let Some(field) = found.fields.get_mut(position) {
                *field = TableKind::Metrics.field(name);
            }
        }
    }
}

/// Recognises metrics with periods as columns and a row for each metric, named in the first column of text.
fn periods_as_columns<'a>(
    generic: &'a Preset,
    inspection: &Inspection,
    contents: &[Content],
    table: Option<TableKind>,
) -> Option<Recognised<'a>> {
    if periods(inspection).count() < 2 || table.is_some_and(|table| table != TableKind::Metrics) {
        return None;
    }
    // Words below quarters are the steps of a plan.
    let is_of_words = |column: &Column| {
        contents.get(column.position).is_some_and(|content| content.filled > 0 && content.amounts == 0)
    };
    if periods(inspection).all(is_of_words) {
        return None;
    }
    let name = inspection.columns.iter().position(|column| column.kind == Kind::Text && column.period.is_none())?;
    let mut found = assigned(generic, TableKind::Metrics, inspection, contents, &Reserved::default()).ok()?;
    for (field, column) in found.fields.iter_mut().zip(&inspection.columns) {
        // A number beside periods is none of them: a total, or what is to be reached.
        let is_other = column.period.is_some() || field.is_some_and(|field| field.name == "value");
        *field = field.filter(|_| !is_other);
    }
    if found.positions("date").next().is_some() {
        return None;
    }
    if found.positions("metric").next().is_none() {
        *found.fields.get_mut(name)? = TableKind::Metrics.field("metric");
    }
    Some(found)
}

/// Returns the columns that are periods.
pub fn periods(inspection: &Inspection) -> impl Iterator<Item = &Column> {
    inspection.columns.iter().filter(|column| column.period.is_some())
}

/// Returns what a row of a recognised file of metrics stands for, from all of its dates.
pub fn grain(inspection: &Inspection, found: &Recognised<'_>) -> Result<Grain, Failure> {
    let mut dates: BTreeSet<NaiveDate> = BTreeSet::new();
    match found.positions("date").next() {
        _ if found.table != TableKind::Metrics => {}
        None => dates.extend(periods(inspection).filter_map(|column| column.period)),
        Some(date) => inspection.rows(&mut |row| {
            dates.extend(row.measured_on(date).ok().flatten());
        })?,
    }
    let are_months = match found.positions("date").next().filter(|_| found.table == TableKind::Metrics) {
        Some(date) => are_months(inspection, date)?,
        None => false,
    };
    Ok(Rhythm::of_cells(dates.iter().copied(), are_months).grain)
}

/// Returns whether the first dates of a column are written as months: `10/2026`, `Oct 2026`.
pub fn are_months(inspection: &Inspection, date: usize) -> Result<bool, Failure> {
    let (mut all, mut months) = (0, 0);
    inspection.first_rows(MONTHS_READ, false, &mut |row| {
        let days = row.span(date).filter(|span| span.first.day() == 1).map(|span| (span.last - span.first).num_days());
        all += usize::from(row.text(date).is_some());
        months += usize::from(days.is_some_and(|days| (27..31).contains(&days)));
    })?;
    Ok(all > 0 && months == all)
}

/// Describes rows that stand for more than a week. Returns `None` for other rows.
pub fn said_of_grain(grain: Grain) -> Option<String> {
    let name = match grain {
        Grain::Day | Grain::Week => return None,
        Grain::Month => "month",
        Grain::Quarter => "quarter",
        Grain::Year => "year",
    };
    Some(format!("one row a {name}, which stands for the whole {name}"))
}
