//! Detects the dialect of a file: the delimiter that `sep=;` in the first line names, otherwise the one that splits the
//! rows most evenly; and the quotes and escapes with which the cells come out most evenly.

use std::borrow::Cow;

use crate::problem::{Place, Problem};
use crate::table::layout::naming;
use crate::table::layout::sample::{CellType, Sample, SampleRow, cell_type};
use crate::table::text::records::{Dialect, RecordIndex, Records};

/// The possible delimiters in order of preference: a tab never occurs in text by accident.
const CANDIDATES: [u8; 4] = [b'\t', b';', b'|', b','];

/// Scores that differ by less than this count as equal.
const EQUAL_WITHIN: f64 = 1e-9;

/// Number of lines that are examined to detect a table aligned with spaces.
const SAMPLED_LINES: usize = 200;
/// Fewest rows that distinguish a table aligned with spaces from prose.
const MIN_ROWS: usize = 3;

/// The detected dialect of a file.
pub(crate) struct Found<'t> {
    pub dialect: Dialect,
    /// Positions of the sample's records.
    pub index: RecordIndex,
    /// Rows of the sample, split with this dialect.
    pub rows: Vec<SampleRow<'t>>,
    /// Whether the first line only names the delimiter.
    pub is_named: bool,
    /// Notes on unusual properties of the dialect.
    pub notes: Vec<Problem>,
}

/// Detects the dialect of a file. `shown` is its name for people.
///
/// # Errors
/// Fails if columns are aligned with spaces alone: empty cells cannot be recognised there.
pub(crate) fn find<'t>(sample: &'t Sample, configured: Option<char>, shown: &str) -> Result<Found<'t>, Problem> {
    let named = named_delimiter(sample.text().as_bytes());
    let given = configured.and_then(|c| u8::try_from(c).ok()).or(named);
    let mut cut = match given {
        Some(delimiter) => Trial::of(sample, with_its_quotes(sample, delimiter)),
        None => best(sample),
    };
    let mut words = None;
    if given.is_none() && cut.is_unsure() {
        match by_blanks(sample) {
            Blanks::One => cut = Trial::of(sample, Dialect::of(b' ')),
            Blanks::Many => {
                return Err(Problem::error(
                    "aligned-by-blanks",
                    "the columns of this file are told apart by blanks alone",
                )
                .at(Place::file(shown))
                .help("export it again as CSV"));
            }
            Blanks::No => words = words_a_line(sample, &cut.rows),
        }
    }
    let mut notes = notes(cut.dialect, shown);
    if let Some(words) = words {
        let message =
            format!("no sign tells columns apart: each line is read as one cell, though nearly all have {words} words");
        let help = "if each word is a cell, say `delimiter = \" \"` in this [[source]]";
        notes.push(Problem::note("one-column", message).at(Place::file(shown)).help(help));
    }
    Ok(Found { dialect: cut.dialect, index: cut.index, rows: cut.rows, is_named: named.is_some(), notes })
}

/// The rows of a sample as a dialect splits them.
struct Trial<'t> {
    dialect: Dialect,
    index: RecordIndex,
    rows: Vec<SampleRow<'t>>,
    evenness: f64,
}

impl<'t> Trial<'t> {
    fn of(sample: &'t Sample, dialect: Dialect) -> Self {
        let index = sample.index(dialect);
        let rows = sample.rows_of(&index, dialect);
        Self { dialect, index, evenness: evenness(&rows), rows }
    }

    /// Splits the rows with another dialect.
    fn by(self, sample: &'t Sample, dialect: Dialect) -> Self {
        if dialect == self.dialect { self } else { Self::of(sample, dialect) }
    }

    /// Returns whether the rows are so uneven, or have so few cells, that spaces may separate them.
    fn is_unsure(&self) -> bool {
        self.evenness < 0.7
    }
}

fn notes(dialect: Dialect, shown: &str) -> Vec<Problem> {
    let note = |code, message: &str| Problem::note(code, message).at(Place::file(shown));
    let mut notes = Vec::new();
    if dialect.quote == Some(b'\'') {
        notes.push(note("single-quotes", "cells are quoted with `'`; the quotes are not read"));
    }
    if dialect.backslash {
        notes.push(note("backslashes", "`\\` takes its meaning from the sign behind it, and is not read"));
    }
    notes
}

/// Returns the delimiter of a first line such as `sep=;`, which Excel writes and reads.
fn named_delimiter(text: &[u8]) -> Option<u8> {
    let line = text.split(|b| matches!(b, b'\n' | b'\r')).next()?;
    let line = line.strip_prefix(b"\"").and_then(|l| l.strip_suffix(b"\"")).unwrap_or(line);
    match line {
        [s, e, p, b'=', delimiter] if [*s, *e, *p].eq_ignore_ascii_case(b"sep") => Some(*delimiter),
        _ => None,
    }
}

/// Returns the delimiter that splits the rows most evenly, with its quotes.
fn best(sample: &Sample) -> Trial<'_> {
    let text = sample.text().as_bytes();
    let there: Vec<u8> =
        CANDIDATES.into_iter().filter(|delimiter| memchr::memchr(*delimiter, text).is_some()).collect();
    if let [only] = there[..] {
        return Trial::of(sample, with_its_quotes(sample, only));
    }
    let mut found: Vec<Trial<'_>> = Vec::new();
    for delimiter in there {
        let plain = Dialect::of(delimiter);
        let dialect = match has_single_quotes(text, delimiter) || has_escapes(text, plain) {
            true => with_its_quotes(sample, delimiter),
            false => plain,
        };
        let cut = Trial::of(sample, dialect);
        // Of equal candidates, the first one stays in front.
        let place = found.iter().position(|other| cut.evenness > other.evenness + EQUAL_WITHIN).unwrap_or(found.len());
        found.insert(place, cut);
    }
    found.retain(|cut| cut.evenness > 0.0);
    let mut cuts = found.into_iter().map(|cut| {
        let dialect = with_its_quotes(sample, cut.dialect.delimiter);
        cut.by(sample, dialect)
    });
    let Some(first) = cuts.next() else { return Trial::of(sample, Dialect::of(b',')) };
    // A quote that is never closed produces few rows, which are then even.
    let closes = |cut: &Trial<'_>| !sample.is_whole() || cut.index.are_all();
    if closes(&first) { first } else { cuts.find(closes).unwrap_or(first) }
}

/// Returns the quotes and escapes with which the cells between these delimiters come out most evenly.
fn with_its_quotes(sample: &Sample, delimiter: u8) -> Dialect {
    let text = sample.text().as_bytes();
    let mut dialect = Dialect::of(delimiter);
    if !has_quotes(sample, delimiter) {
        dialect.quote = None;
    }
    let single = Dialect { quote: Some(b'\''), ..dialect };
    if has_single_quotes(text, delimiter) {
        let (fit, own) = (Fit::of(sample, single), Fit::of(sample, dialect));
        let quotes = fit.quoted > 1 && fit.loose == 0 && fit.reaches_end && fit.evenness >= own.evenness - EQUAL_WITHIN;
        if quotes && (fit.evenness > own.evenness + EQUAL_WITHIN || fit.has_quoted_column) {
            dialect = single;
        }
    }
    let escaping = Dialect { backslash: true, ..dialect };
    if has_escapes(text, dialect) {
        let (fit, own) = (Fit::of(sample, escaping), Fit::of(sample, dialect));
        let no_worse = fit.evenness >= own.evenness - EQUAL_WITHIN && fit.loose <= own.loose;
        let better = fit.evenness > own.evenness + EQUAL_WITHIN || fit.loose < own.loose;
        let closes = fit.reaches_end && !own.reaches_end;
        if closes || (fit.reaches_end == own.reaches_end && no_worse && better) {
            dialect = escaping;
        }
    }
    dialect
}

/// How well a dialect fits a file.
struct Fit {
    evenness: f64,
    quoted: usize,
    /// Number of quoted cells with text after the closing quote.
    loose: usize,
    /// Whether all quotes are closed.
    reaches_end: bool,
    /// Whether all cells of a column are quoted, except for its name.
    has_quoted_column: bool,
}

impl Fit {
    fn of(sample: &Sample, dialect: Dialect) -> Self {
        let (mut quoted, mut loose, mut rows) = (0, 0, 0);
        // For each column, the number of filled cells, and the number of those that are quoted.
        let mut columns: Vec<(usize, usize)> = Vec::new();
        let mut records = Records::new(sample.text(), 1, dialect);
        while let Some(record) = records.next() {
            rows += 1;
            columns.resize(columns.len().max(record.width()), (0, 0));
            for (column, (filled, quotes)) in columns.iter_mut().enumerate().take(record.width()) {
                let quoting = record.quoting(column);
                quoted += usize::from(quoting.is_some());
                loose += usize::from(quoting == Some(false));
                if rows > 1 {
                    *filled += usize::from(quoting.is_some() || cell_type(&record.cell(column)) != CellType::Blank);
                    *quotes += usize::from(quoting.is_some());
                }
            }
        }
        Self {
            evenness: evenness(&sample.rows(dialect)),
            quoted,
            loose,
            reaches_end: reaches_end(sample, &records),
            has_quoted_column: columns.iter().any(|(filled, quotes)| filled == quotes && *quotes > 1),
        }
    }
}

/// Returns whether all quotes are closed, as far as the sample shows.
fn reaches_end(sample: &Sample, records: &Records<'_>) -> bool {
    !sample.is_whole() || records.is_at_end()
}

/// Returns the share of rows that have the most frequent number of cells, if that is more than one, multiplied by the
/// share of cells that look like a whole value.
fn evenness(rows: &[SampleRow]) -> f64 {
    let rows: Vec<&SampleRow> = rows.iter().filter(|row| row.is_tabular()).collect();
    let mut widths: Vec<usize> = rows.iter().map(|row| row.cells.len()).filter(|n| *n > 1).collect();
    widths.sort_unstable();
    let Some(commonest) = widths.chunk_by(|a, b| a == b).max_by_key(|run| run.len()) else { return 0.0 };
    let even = commonest.len() as f64 / rows.len() as f64;
    let cells = || rows.iter().flat_map(|row| &row.cells);
    let is_value = |cell: &&Cow<'_, str>| cell.len() < 2 || is_whole(cell) || cell_type(cell) != CellType::Text;
    let whole = cells().filter(is_value).count() as f64;
    even * whole / cells().count().max(1) as f64
}

/// Returns whether a cell contains no other delimiter. A delimiter followed by a space is punctuation and does not
/// count.
fn is_whole(cell: &str) -> bool {
    let bytes = cell.as_bytes();
    !bytes.iter().enumerate().any(|(i, b)| {
        *b == b'\t'
            || (matches!(b, b';' | b'|' | b',') && bytes.get(i + 1).is_some_and(|next| !matches!(next, b' ' | b'\n')))
    })
}

/// Returns whether `"` is a quote. In files with tabs or bars, a cell may start with an inch mark: then nothing closes
/// it, and no cell ends with a quote.
fn has_quotes(sample: &Sample, delimiter: u8) -> bool {
    if !matches!(delimiter, b'\t' | b'|') || !sample.text().contains('"') {
        return true;
    }
    let bare = sample.rows(Dialect { quote: None, ..Dialect::of(delimiter) });
    let opened = bare.iter().flat_map(|row| &row.cells).filter(|cell| cell.starts_with('"')).count();
    let closed = bare.iter().flat_map(|row| &row.cells).filter(|cell| cell.ends_with('"')).count();
    opened == 0 || closed > 0
}

/// Returns whether `'` may be a quote: some cells start with it, and more than with `"`.
fn has_single_quotes(text: &[u8], delimiter: u8) -> bool {
    let starts_cell = |quote: u8| {
        memchr::memchr_iter(quote, text).filter(move |i| {
            let before = text[..*i].iter().rev().find(|b| **b != b' ');
            before.is_none_or(|b| *b == delimiter || matches!(b, b'\n' | b'\r'))
        })
    };
    starts_cell(b'\'').nth(1).is_some() && starts_cell(b'\'').count() > starts_cell(b'"').count()
}

/// Returns whether a `\` occurs before a character that it may escape.
fn has_escapes(text: &[u8], dialect: Dialect) -> bool {
    let is_sign = |b: &u8| *b == dialect.delimiter || Some(*b) == dialect.quote;
    memchr::memchr_iter(b'\\', text).any(|i| text.get(i + 1).is_some_and(is_sign))
}

/// How spaces separate the cells of a file.
enum Blanks {
    No,
    /// One space between two cells.
    One,
    /// As many spaces as needed to align columns.
    Many,
}

/// Detects cells separated by spaces: every line has the same number of words, and one column consists of numbers or
/// dates or there are many columns, which does not happen in prose.
fn by_blanks(sample: &Sample) -> Blanks {
    let one = sample.rows(Dialect::of(b' '));
    let one: Vec<&SampleRow> = one.iter().filter(|row| row.is_tabular()).collect();
    let is_full = |row: &&SampleRow| row.filled() == row.cells.len();
    let width = one.first().map_or(0, |row| row.cells.len());
    let is_wide = |row: &&SampleRow| width > 3 && row.cells.len() == width;
    if is_even(&one) && one.iter().all(is_full) && (is_typed(&one) || one.iter().all(is_wide)) {
        return Blanks::One;
    }
    let lines: Vec<&str> = sample.text().lines().filter(|line| !line.trim().is_empty()).take(SAMPLED_LINES).collect();
    // If most lines are a single value, such as `20 November 2026` or `1 234`, they are not rows of words.
    if lines.iter().filter(|line| cell_type(line.trim()) != CellType::Text).count() * 2 > lines.len() {
        return Blanks::No;
    }
    let words: Vec<SampleRow> = lines.iter().map(|line| SampleRow::of_cells(line.split_whitespace())).collect();
    let words: Vec<&SampleRow> = words.iter().collect();
    if (is_even(&words) && is_typed(&words)) || have_gaps(&lines) { Blanks::Many } else { Blanks::No }
}

/// Returns how many words nearly every line has, if each line is one cell and not a value.
fn words_a_line(sample: &Sample, cells: &[SampleRow]) -> Option<usize> {
    let rows: Vec<SampleRow> = sample.rows(Dialect::of(b' ')).into_iter().filter(SampleRow::is_tabular).collect();
    let rows: Vec<&SampleRow> = rows.iter().collect();
    let is_text = |row: &SampleRow| row.cells.len() == 1 && row.cell_type(0) == CellType::Text;
    let texts = cells.iter().filter(|row| is_text(row)).count();
    let words = rows.first()?.cells.len();
    (is_even(&rows) && words > 1 && texts * 10 >= cells.len() * 9).then_some(words)
}

/// Returns whether all lines have two or more spaces at the same position between words.
fn have_gaps(lines: &[&str]) -> bool {
    let lines: Vec<Vec<bool>> = lines.iter().map(|line| line.trim_end().chars().map(|c| c == ' ').collect()).collect();
    let width = lines.iter().map(Vec::len).max().unwrap_or(0);
    let is_gap = |at: usize| lines.iter().all(|line| line.get(at).is_none_or(|blank| *blank));
    let reach = |at: usize| lines.iter().filter(|line| line.len() > at).count() * 2 >= lines.len();
    let gaps: Vec<bool> = (0..width).map(is_gap).collect();
    let words = gaps.iter().position(|gap| !gap).unwrap_or(width);
    let mut between = gaps.windows(2).enumerate().skip(words);
    lines.len() >= MIN_ROWS && between.any(|(at, pair)| pair == [true, true] && reach(at + 2))
}

/// Returns whether nine of ten rows have the same number of cells, and more than one.
fn is_even(rows: &[&SampleRow]) -> bool {
    let mut widths: Vec<usize> = rows.iter().map(|row| row.cells.len()).collect();
    widths.sort_unstable();
    let commonest = widths.chunk_by(|a, b| a == b).max_by_key(|run| run.len());
    rows.len() >= MIN_ROWS && commonest.is_some_and(|run| run[0] > 1 && run.len() * 10 >= rows.len() * 9)
}

fn is_typed(rows: &[&SampleRow]) -> bool {
    naming::typed_columns(rows.get(1..).unwrap_or_default()).iter().any(Option::is_some)
}
