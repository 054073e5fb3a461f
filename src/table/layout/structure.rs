//! Decides which rows below the header are data, and which are totals, groups, notes, repeated headers, or another
//! table.
//!
//! The rules are derived from the sample before the rows are read, so that each row can be judged in a stream, from
//! itself and the rows before it.

mod again;
mod groups;
mod totals;
mod verdict;
mod whole;

use crate::table::layout::inner::HeaderWords;
use crate::table::layout::sample::{self, CellType, SampleRow};
use crate::table::layout::totals::{add_up, is_total};
use crate::table::layout::typed_columns::TypedColumns;
use crate::table::layout::window::Window;
use crate::table::layout::{header, naming};
use crate::table::options::ReadingOptions;
use crate::table::text::records::Record;
pub(crate) use verdict::{Reason, Verdict};

/// Number of full rows that a table must have before rows with one filled cell count as groups.
const FULL_ROWS: usize = 5;

/// The rules of one file.
#[derive(Debug, Clone)]
pub(crate) struct Structure {
    header: Option<Vec<String>>,
    /// Names of the header, to recognise them in another order.
    names: HeaderWords,
    /// Last line of the header, which may have several lines.
    header_end: u64,
    /// Line of another table's header in the sample, directly below the rows of this table.
    next_table: Option<u64>,
    /// Whether a row of numbers without a name is a total. It is not if such rows follow each other.
    has_unnamed_totals: bool,
    /// Whether a row named "Total" is a total: some tables have "Total" among their categories.
    has_totals: bool,
    /// Number of columns of the table.
    width: usize,
    comment: Option<char>,
    /// Columns that are filled in nearly every full row of the sample.
    always: Vec<bool>,
    /// Columns that no full row of the sample fills: a single cell there is the name of a group.
    never: Vec<bool>,
    /// Column of group names: the only one that is filled directly above repeated headers, or above blocks of rows with
    /// a total.
    group: Option<usize>,
    typed: Vec<Option<CellType>>,
    /// Columns of numbers and dates, to recognise another header.
    typed_columns: TypedColumns,
    /// Whether the first column has a different cell in each row of the sample.
    starts_with_ids: bool,
    full_rows: usize,
    /// Whether every full row of the sample has more than one cell.
    rows_have_delimiters: bool,
    /// Whether neither the header nor a comment starts with a digit.
    digits_are_data: bool,
    /// The columns of this table, if there are others beside it.
    window: Option<Window>,
    /// Required columns: a row of the table fills at least one column of each list.
    required: Vec<Vec<usize>>,
    /// Whether the user has configured that every row is data.
    all_rows: bool,
}

/// What has been read before a row.
#[derive(Debug, Clone, Copy, Default)]
pub(crate) struct RowContext {
    other_table: Option<u64>,
    /// Whether only a note precedes the row: if it has this table's numbers and dates, it continues the table.
    is_note: bool,
    /// Header of a table inside this one, whose rows have a blank first cell.
    inner_table: Option<u64>,
    /// Whether a blank row, a ruling or a comment directly precedes the row.
    gap: bool,
    /// The previous line, if it has names where this table has numbers and dates.
    words: Option<u64>,
}

impl RowContext {
    /// Returns whether the start or continuation of a table was found that `other` does not contain.
    pub(crate) fn knows_more_than(&self, other: &RowContext) -> bool {
        let known = |progress: &RowContext| (progress.other_table, progress.inner_table, progress.words);
        known(self) != known(other)
    }

    /// Records whether the line before the next row is a gap.
    pub(crate) fn follow(&mut self, gap: bool) {
        self.gap = gap;
    }
}

impl Structure {
    /// Derives the rules of the table whose header is `rows[header]`.
    pub(crate) fn of(rows: &[SampleRow], header: Option<usize>, options: &ReadingOptions) -> Self {
        let body: Vec<&SampleRow> =
            rows.iter().skip(header.map_or(0, |i| i + 1)).filter(|row| row.is_tabular()).collect();
        let continued = header.map_or(0, |i| header::continued(rows, i, &options.required));
        let header_end = header.and_then(|i| rows.get(i + continued)).map_or(0, |row| row.line);
        let names = header.map_or_else(HeaderWords::default, |i| HeaderWords::of(&rows[i].cells));
        let body: Vec<&SampleRow> = body.into_iter().filter(|row| row.line > header_end).collect();
        let mut body = names.without_inner_tables(&body);
        let next = header::next_below(&body);
        let next_table = next.map(|i| body[i].line);
        body.truncate(next.unwrap_or(body.len()));
        let full: Vec<&SampleRow> = body.iter().copied().filter(|row| row.filled() > 1 && !is_total(row)).collect();
        let widths = full.iter().map(|row| row.cells.len()).max().unwrap_or(0);
        let has_totals = add_up(&body);
        let group =
            header.and_then(|i| groups::column(&rows[i].cells, &rows[i + 1..])).or_else(|| groups::of_totals(&body));
        let header: Option<Vec<String>> =
            header.map(|i| rows[i].cells.iter().map(|name| name.clone().into_owned()).collect());
        let width = header.as_ref().map_or(widths, Vec::len).max(usual_width(&body));
        // A total or a second table may be in the sample, so "nearly always" counts as always.
        let filled = |column: usize| {
            full.iter().filter(|row| row.cells.get(column).is_some_and(|cell| !cell.is_empty())).count()
        };
        let columns = || 0..widths.max(width);
        let first_name = header.as_ref().and_then(|names| names.first()).and_then(|name| name.chars().next());
        let digits_are_data = continued == 0
            && next_table.is_none()
            && [first_name, options.comment]
                .into_iter()
                .flatten()
                .all(|c| !c.is_ascii_digit() && !c.is_whitespace() && c != '"');
        let always = columns().map(|column| !full.is_empty() && filled(column) * 5 >= full.len() * 4).collect();
        let never = columns().map(|column| full.len() > 1 && filled(column) == 0).collect();
        let mut structure = Self {
            header,
            names,
            header_end,
            next_table,
            has_totals,
            has_unnamed_totals: true,
            width,
            comment: options.comment,
            always,
            never,
            group,
            typed: naming::typed_columns(&full),
            typed_columns: TypedColumns::of(&full),
            starts_with_ids: starts_with_ids(&full),
            full_rows: full.len(),
            rows_have_delimiters: width > 1 && !full.is_empty(),
            digits_are_data,
            window: None,
            required: options.required.clone(),
            all_rows: options.all_rows,
        };
        let unnamed: Vec<bool> = body.iter().map(|row| structure.is_unnamed(&row.cells)).collect();
        structure.has_unnamed_totals = !unnamed.windows(2).any(|pair| pair == [true, true]);
        structure
    }

    /// Returns the rules for a table whose rows also contain cells of other tables.
    pub(crate) fn within(self, window: Option<Window>) -> Self {
        Self { window, ..self }
    }

    pub(crate) fn width(&self) -> usize {
        self.width
    }

    /// Returns the cells of a record that belong to this table.
    #[inline]
    pub(crate) fn own<'a>(&self, record: &Record<'a>) -> Record<'a> {
        match &self.window {
            None => *record,
            Some(window) => window.of(record),
        }
    }

    /// Judges a row below the header, and records what matters for later rows.
    #[inline]
    pub(crate) fn judge(&self, record: &Record<'_>, progress: &mut RowContext) -> Verdict {
        if self.window.is_some() {
            return self.judge_own(record, progress);
        }
        if self.is_plain(record, progress) { Verdict::Data } else { self.judge_carefully(record, progress) }
    }

    #[inline(never)]
    fn judge_own(&self, record: &Record<'_>, progress: &mut RowContext) -> Verdict {
        match self.judge_carefully(&self.own(record), progress) {
            Verdict::Nothing if !self.is_nothing(record) => Verdict::Skip(Reason::Beside),
            verdict => verdict,
        }
    }

    #[inline(never)]
    fn judge_carefully(&self, record: &Record<'_>, progress: &mut RowContext) -> Verdict {
        let verdict = self.verdict(record, progress);
        progress.gap = matches!(verdict, Verdict::Nothing | Verdict::Skip(Reason::Comment));
        if !progress.gap {
            progress.words = None;
        }
        match verdict {
            Verdict::Skip(Reason::Words(line)) => progress.words = Some(line),
            Verdict::Skip(Reason::OtherTable(line)) => {
                if progress.other_table.is_none() {
                    progress.is_note = self.is_note(record);
                }
                progress.other_table = Some(line);
            }
            Verdict::Skip(Reason::InnerTable(line)) => {
                progress.inner_table = Some(line);
                progress.words = (line == record.line).then_some(line);
            }
            Verdict::Nothing | Verdict::Skip(Reason::Comment) => {}
            _ => (progress.inner_table, progress.other_table) = (None, None),
        }
        verdict
    }

    /// Returns whether a row is full and starts with a digit, which excludes everything that [`Self::verdict`] looks
    /// for. In the largest files, this decides for most rows.
    #[inline]
    fn is_plain(&self, record: &Record<'_>, progress: &RowContext) -> bool {
        let no_table = progress.other_table.is_none() && progress.inner_table.is_none() && progress.words.is_none();
        let nothing_before = no_table && !progress.gap && !record.after_gap;
        nothing_before
            && self.digits_are_data
            && record.width() >= self.always.len().max(2)
            && record.is_tidy()
            && record.tidy(0).is_some_and(|cell| cell.starts_with(|c: char| c.is_ascii_digit()))
    }

    /// Returns whether a record is not a row of this table.
    pub(crate) fn is_gap(&self, record: &Record<'_>) -> bool {
        let own = self.own(record);
        self.is_nothing(&own) || (!self.all_rows && self.is_comment(&own))
    }

    /// Returns whether a record is a blank row, a ruling, or a comment.
    fn is_nothing(&self, record: &Record<'_>) -> bool {
        (self.is_comment(record) && !self.is_like_a_row(record))
            || (is_drawn(record) && sample::is_ruling(record.raw))
            || (0..record.width()).all(|column| record.is_blank(column))
    }

    fn verdict(&self, record: &Record<'_>, progress: &RowContext) -> Verdict {
        if self.is_nothing(record) {
            return Verdict::Nothing;
        }
        if !self.all_rows && self.is_comment(record) {
            return Verdict::Skip(Reason::Comment);
        }
        let mut filled = (0..record.width()).filter(|column| !record.is_blank(*column));
        let (first, second) = (filled.next().unwrap_or(0), filled.next());
        if self.all_rows {
            return if self.is_header(record) { Verdict::Skip(Reason::RepeatedHeader) } else { Verdict::Data };
        }
        let right_below = self.next_table.filter(|line| record.line >= *line);
        if let Some(line) = right_below.or(progress.other_table.filter(|_| !self.goes_on(record, progress))) {
            return Verdict::Skip(Reason::OtherTable(line));
        }
        if let Some(line) = progress.words {
            // The rows of an inner table are indented.
            let is_inner = progress.inner_table == Some(line);
            if (is_inner && first == 0) || (!is_inner && self.goes_on_otherwise(record)) {
                return Verdict::Skip(Reason::OtherTable(line));
            }
        }
        if record.line <= self.header_end {
            return Verdict::Skip(Reason::ContinuedHeader);
        }
        if self.is_header(record) {
            return Verdict::Skip(Reason::RepeatedHeader);
        }
        if self.is_inner_header(record, second) {
            return Verdict::Skip(Reason::InnerTable(record.line));
        }
        if let Some(line) = progress.inner_table.filter(|_| first > 0) {
            return Verdict::Skip(Reason::InnerTable(line));
        }
        // A row with a name and all required cells is data, however few other cells it has.
        if self.is_whole(record) {
            return self.doubt_of_whole(record, first, second, progress).map_or(Verdict::Data, Verdict::Skip);
        }
        if second.is_none() && self.is_alone(record, first) {
            return Verdict::Skip(Reason::GroupOrNote);
        }
        if (progress.gap || record.after_gap) && self.starts_another_table(record) {
            return Verdict::Skip(Reason::OtherTable(record.line));
        }
        self.header_below(record).or_else(|| self.total(record, first)).map_or(Verdict::Data, Verdict::Skip)
    }

    fn is_comment(&self, record: &Record<'_>) -> bool {
        match self.comment {
            Some(comment) => record.raw.starts_with(comment),
            None => sample::is_comment(record.raw),
        }
    }

    /// Returns whether a line that begins like a comment has as many cells as a row. Skipping it is reported, unless
    /// comments are configured.
    fn is_like_a_row(&self, record: &Record<'_>) -> bool {
        self.comment.is_none() && self.width > 1 && record.width() >= self.width
    }

    fn is_header(&self, record: &Record<'_>) -> bool {
        let Some(header) = &self.header else { return false };
        record.width() >= header.len()
            && header.iter().enumerate().all(|(column, name)| record.cell(column) == name.as_str())
    }

    /// Returns whether a record has this table's column names in another order. The second filled cell decides for most
    /// rows.
    fn is_inner_header(&self, record: &Record<'_>, second: Option<usize>) -> bool {
        second.is_some_and(|column| self.names.have(record.cell(column).as_ref()))
            && self.names.head(&record.cells().collect::<Vec<_>>())
    }

    /// Returns whether a row has only this cell, in a table whose rows have more.
    fn is_alone(&self, record: &Record<'_>, column: usize) -> bool {
        if record.width() == 1 {
            return self.rows_have_delimiters;
        }
        let others = self.always.iter().enumerate().filter(|(other, always)| **always && *other != column).count();
        let names_groups = self.group == Some(column) || self.never.get(column).is_some_and(|never| *never);
        let is_first = self.never.iter().take(column).all(|never| *never);
        // A single date or number in its own column is a row whose other cells have no value yet.
        let cell_type = sample::cell_type(&record.cell(column));
        let is_value = cell_type != CellType::Text && self.typed.get(column) == Some(&Some(cell_type));
        (names_groups || (is_first && !is_value && self.full_rows >= FULL_ROWS)) && others > 0 && self.width > 2
    }

    /// Returns whether a row after a gap has names where this table has numbers or dates, or has another width.
    fn starts_another_table(&self, record: &Record<'_>) -> bool {
        let types: Vec<CellType> = record.cells().map(|cell| sample::cell_type(&cell)).collect();
        let filled = types.iter().filter(|cell_type| **cell_type != CellType::Blank).count();
        let names = filled > 1 && types.iter().all(|cell_type| matches!(cell_type, CellType::Blank | CellType::Text));
        let breaks_types = || {
            let mut pairs = types.iter().zip(&self.typed);
            pairs.any(|(cell_type, typed)| typed.is_some() && *cell_type == CellType::Text)
        };
        let usual = self.always.iter().filter(|always| **always).count();
        names && (breaks_types() || filled > self.width || filled * 2 < usual)
    }
}

/// Returns whether all cells of the first column are different.
fn starts_with_ids(rows: &[&SampleRow]) -> bool {
    let mut first: Vec<&str> = rows.iter().filter_map(|row| row.cells.first()).map(AsRef::as_ref).collect();
    first.sort_unstable();
    first.windows(2).all(|pair| pair[0] != pair[1])
}

/// Returns whether a record starts like a ruling.
fn is_drawn(record: &Record<'_>) -> bool {
    matches!(record.raw.as_bytes(), [b'-' | b'=' | b'_' | b'*' | b'+' | b'|' | b' ', ..])
}

/// Returns the number of cells that more than half of the rows have, or 0 if there is no such number.
fn usual_width(rows: &[&SampleRow]) -> usize {
    let mut widths: Vec<usize> = rows.iter().map(|row| row.cells.len()).collect();
    widths.sort_unstable();
    let usual = widths.chunk_by(|a, b| a == b).find(|run| run.len() * 2 > rows.len());
    usual.and_then(|run| run.first().copied()).unwrap_or(0)
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;
    use crate::table::layout::sample::Sample;
    use crate::table::text::records::{Dialect, Records};

    proptest! {
        #![proptest_config(ProptestConfig { cases: 300, failure_persistence: None, ..ProptestConfig::default() })]

        #[test]
        fn a_row_on_the_fast_path_gets_the_same_verdict(
            text in "(date|2026|#|7),(name|),(value|12)\n(([1-9]|2026-11-20|\"3\"| 4|total|#|---|),([1-9]|ann|total|),([0-9]|x|\"\")(,[1-9])?\n|\n|total,7,8\n|5\n){0,20}",
            comment in prop_oneof![Just(None), Just(Some('#')), Just(Some('2'))],
            has_header in any::<bool>(),
        ) {
            let dialect = Dialect::of(b',');
            let sample = Sample::read(text.as_bytes()).unwrap();
            let rows = sample.rows(dialect);
            let options = ReadingOptions { comment, ..ReadingOptions::default() };
            let structure = Structure::of(&rows, has_header.then_some(0), &options);
            let (mut short, mut long) = (RowContext::default(), RowContext::default());
            let mut records = Records::new(&text, 1, dialect);
            while let Some(record) = records.next() {
                let careful = structure.judge_carefully(&record, &mut long);
                prop_assert_eq!(structure.judge(&record, &mut short), careful, "line {}", record.line);
            }
        }
    }
}
