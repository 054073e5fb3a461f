//! Reads all rows of a file: decides which ones are rows of the table and which are kept only for their mark, and
//! counts them.

use std::collections::{BTreeMap, BTreeSet};

use chrono::NaiveDate;

use super::Record;
use super::cells::MAX_FRACTION;
use crate::preset::normal;
use crate::problem::{Failure, Place, Problem, Problems, Severity};
use crate::source::files::Opened;
use crate::source::mapping::Mapping;
use crate::source::marks::OwnMarks;
use crate::source::names::Names;
use crate::source::outline::PlanOutline;
use crate::table::{Inspection, Row};
use crate::tables::{FieldKind, Marked, TableKind};

/// Most characters of a cell, as in a spreadsheet. A longer one is a whole file, or a quote that was closed at the
/// wrong place.
const LONGEST_CELL: usize = 32_767;
/// Maximum number of problems of the same kind that are reported for a column; the others are counted.
const MAX_ALIKE_PROBLEMS: u64 = 10;

/// Reads every row of a file with `each`. Rows for which it returns `None` are skipped silently.
pub(crate) fn read<T: Marked>(
    opened: &mut Opened<'_>,
    as_of: NaiveDate,
    problems: &mut Problems,
    each: impl FnMut(&mut Record<'_, '_>) -> Option<T>,
) -> Result<Vec<T>, Failure> {
    read_with(opened, as_of, problems, &mut Names::default(), each)
}

/// Reads every row of a file with `each`, which may look up in `names` what a row refers to.
pub(crate) fn read_with<T: Marked>(
    opened: &mut Opened<'_>,
    as_of: NaiveDate,
    problems: &mut Problems,
    names: &mut Names,
    mut each: impl FnMut(&mut Record<'_, '_>) -> Option<T>,
) -> Result<Vec<T>, Failure> {
    let scale = scales(opened.source.table, &opened.inspection, &opened.mapping)?;
    let (mapping, source, counts) = (&opened.mapping, opened.source, &mut opened.counts);
    let is_private = opened.is_private;
    let outline = &opened.outline;
    let passed = &outline.passed;
    let mut list = Vec::new();
    // Hidden rows are counted separately, so that no number in a copy depends on them.
    let mut alike: BTreeMap<(&'static str, String, bool), (u64, Option<Place>)> = BTreeMap::new();
    let columns = mapping.all_columns();
    let (filter, inspection) = (&opened.filter, &opened.inspection);
    let marks = &opened.marks;
    let given = Given { mapping, table: source.table, as_of, scale: &scale, is_private, outline, marks };
    // A row that does not belong to this table is kept only for its mark.
    let mark_alone = |item: Option<T>, list: &mut Vec<T>| {
        if let Some(mut item) = item {
            item.mark();
            if item.fail(false) {
                list.push(item);
            }
        }
    };
    inspection.rows(&mut |row| {
        if !filter.iter().all(|(column, words)| row.text(*column).is_some_and(|text| words.contains(&normal(&text)))) {
            // Another [[source]] may read this row; for this one it does not count.
            counts.records = counts.records.saturating_sub(1);
            if opened.marks.hold_for(row) {
                mark_alone(each(&mut given.record(row, names)), &mut list);
            }
            return;
        }
        let mut record = given.record(row, names);
        let is_hidden = record.confidential || inspection.is_hidden(row.line());
        if passed.contains_key(&row.line()) {
            counts.skipped += 1;
            counts.withheld_skipped += u64::from(is_hidden);
            if record.confidential {
                mark_alone(each(&mut record), &mut list);
            }
            return;
        }
        record.check_length(&columns);
        let mut item = each(&mut record);
        // The table may have its own reason to hide the row.
        let is_hidden = is_hidden || record.confidential;
        if record.confidential {
            item.iter_mut().for_each(Marked::mark);
        }
        let failed = record.problems.iter().any(|problem| problem.severity == Severity::Error);
        let is_skipped = record.left_out || (failed && source.skip_bad_rows);
        if is_skipped {
            counts.skipped += 1;
            counts.withheld_skipped += u64::from(is_hidden);
        } else {
            counts.read += 1;
            counts.newest = counts.newest.max(record.newest);
            match is_hidden {
                true => counts.confidential += 1,
                false => counts.newest_open = counts.newest_open.max(record.newest),
            }
        }
        for mut problem in record.problems {
            if record.confidential {
                problem = problem.concealed();
            }
            if source.skip_bad_rows && problem.severity == Severity::Error {
                problem.severity = Severity::Warning;
                problem.message += "; the row is skipped";
            }
            let (count, last) = alike.entry((problem.code, problem.message.clone(), is_hidden)).or_default();
            *count += 1;
            if *count <= MAX_ALIKE_PROBLEMS {
                problems.push(problem);
            } else {
                *last = problem.place;
            }
        }
        if let Some(mut item) = item
            && (!failed || item.fail(!is_skipped))
        {
            list.push(item);
        }
    })?;
    if opened.marks.may_hold() && inspection.skipped_rows > 0 {
        inspection.skipped_rows(&mut |row| {
            if opened.marks.hold_for(row) {
                counts.withheld_skipped += 1;
                mark_alone(each(&mut given.record(row, names)), &mut list);
            }
        })?;
    }
    for why in passed.values().collect::<BTreeSet<_>>() {
        let is_shown = |line: &u64| !outline.hidden.contains(line) && !inspection.is_hidden(*line);
        let lines = passed.iter().filter(|(_, other)| *other == why).map(|(line, _)| *line);
        let mut lines = lines.filter(is_shown);
        if let Some(first) = lines.next() {
            let message = format!("rows that are not read: {why}; {} in all, this is the first", lines.count() + 1);
            let problem = Problem::note("no-work", message).at(Place::at(&inspection.file, first, 1));
            problems.push(match PlanOutline::is_by_shape(why) {
                true => problem.help(
                    "if every row below the header is one of the table, say `all_rows = true` in this [[source]]",
                ),
                false => problem,
            });
        }
    }
    for ((code, message, is_hidden), (count, last)) in alike {
        if let Some(place) = last {
            let message = format!("{} more: {message}; this is the last", count - MAX_ALIKE_PROBLEMS);
            let problem = Problem::note(code, message).at(place.unquoted());
            problems.push(Problem { withheld: is_hidden, ..problem });
        }
    }
    Ok(list)
}

/// What all rows of a file have in common.
struct Given<'a> {
    mapping: &'a Mapping<'a>,
    table: TableKind,
    as_of: NaiveDate,
    scale: &'a BTreeMap<&'static str, f64>,
    is_private: bool,
    outline: &'a PlanOutline,
    marks: &'a OwnMarks,
}

impl Given<'_> {
    /// Creates a record, which is confidential because of its file, its own cells or the rows above it.
    fn record<'s, 'r>(&'s self, row: &'s Row<'r>, names: &'s mut Names) -> Record<'s, 'r> {
        let mut record = Record {
            row,
            mapping: self.mapping,
            table: self.table,
            as_of: self.as_of,
            scale: self.scale,
            names,
            problems: Vec::new(),
            newest: None,
            confidential: self.is_private,
            is_private: self.is_private,
            unread: Vec::new(),
            left_out: false,
        };
        record.confidential |= record.is_marked() || self.outline.hidden.contains(&row.line()) || row.is_marked();
        record.confidential |= self.marks.hold_for(row);
        record
    }
}

impl Record<'_, '_> {
    /// Checks that no cell that is read is too long.
    fn check_length(&mut self, columns: &BTreeSet<usize>) {
        if let Some((column, letters)) = self.row.longer_than(LONGEST_CELL, columns.iter().copied()) {
            let message = format!("this cell has {letters} letters; {LONGEST_CELL} are the most");
            let help = "shorten it, or map another column to this field";
            let place = self.row.place(column).unquoted();
            self.problems.push(Problem::error("cell-too-long", message).at(place).help(help));
        }
    }
}

/// Returns the divisor for the numbers of each share (progress): 100 if the column is in percent.
fn scales(
    table: TableKind,
    inspection: &Inspection,
    mapping: &Mapping<'_>,
) -> Result<BTreeMap<&'static str, f64>, Failure> {
    let mut scales = BTreeMap::new();
    let shares = table.fields().iter().filter(|field| field.kind == FieldKind::Share).map(|field| field.name);
    for (field, &column) in shares.flat_map(|field| mapping.columns(field).iter().map(move |column| (field, column))) {
        // Determined from the rows that everybody may see, if any of them has a cell there.
        let (mut shown, mut hidden) = (ShareCells::default(), ShareCells::default());
        inspection.rows(&mut |row| {
            let Some(text) = row.text(column) else { return };
            let cells = if inspection.is_hidden(row.line()) { &mut hidden } else { &mut shown };
            cells.count(&text, row.as_number(column));
        })?;
        if (if shown.all > 0 { shown } else { hidden }).are_percent() {
            scales.insert(field, 100.0);
        }
    }
    Ok(scales)
}

/// The cells of a column of shares, which are percentages or fractions of 1.
#[derive(Default)]
struct ShareCells {
    all: u64,
    /// Cells with the sign.
    with_sign: u64,
    /// Numbers between 0 and 1, which few percentages are.
    between: u64,
    /// Numbers above 1, and those that are far above it.
    above: u64,
    far: u64,
}

impl ShareCells {
    fn count(&mut self, text: &str, number: Option<f64>) {
        self.all += 1;
        self.with_sign += u64::from(text.contains('%'));
        let Some(number) = number else { return };
        self.between += u64::from(0.0 < number && number < 1.0);
        self.above += u64::from(number > 1.0);
        self.far += u64::from(number > MAX_FRACTION);
    }

    /// A single odd cell, such as 1.2 for more than all, does not decide for the others.
    fn are_percent(&self) -> bool {
        self.with_sign > 0 || if self.between == 0 { self.above > 0 } else { self.far >= self.between }
    }
}
