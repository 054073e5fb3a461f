//! Text → records of cells: quotes, delimiters and line ends, nothing of what the cells mean.
//!
//! The csv crate reads what RFC 4180 says; this reader is ours because a cell must know its place in the file (a problem
//! underlines it), because blanks before a quote and stray quotes are read as their writers meant them, and because a
//! damaged file must end in a clear error that names the line on which a quote was opened.
//! [`crate::table::infer`] and [`crate::table::Inspection::rows`] read through [`Blocks`] of whole [`Records`].

mod blocks;
mod index;
mod scanner;
mod split;

use std::borrow::Cow;
use std::ops::Range;

use crate::problem::{Excerpt, Place};
use crate::table::layout::wrapped::Wrapping;
pub use blocks::{Block, Blocks, valid};
pub use index::RecordIndex;
use scanner::SeparatorScanner;
use split::{Step, split, split_plain};

/// Of a long line a problem shows so much of the cell, and of what stands on each side of it so much, or less where the
/// examples of thousands of columns are kept: all of them together show no more than so many bytes of either side.
const SHOWN: usize = 400;
const AROUND: std::ops::RangeInclusive<usize> = 120..=2000;
const AROUND_ALL: usize = 400_000;

/// How cells and records are told apart.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Dialect {
    pub delimiter: u8,
    /// What quotes, mostly `"`. None where it is a sign like any other: some tab-separated files have inch marks.
    pub quote: Option<u8>,
    /// Whether `\` takes its meaning from a quote inside quotes, and from a delimiter or a line end outside of them.
    pub backslash: bool,
    /// How the lines stand in quotes whole, which are taken away before anything else is read.
    pub wrapping: Option<Wrapping>,
}

impl Dialect {
    /// What RFC 4180 says, with this delimiter.
    pub const fn of(delimiter: u8) -> Self {
        Self { delimiter, quote: Some(b'"'), backslash: false, wrapping: None }
    }

    /// Whether every delimiter and every line end of the text is one: nothing in it is quoted or escaped.
    pub fn is_plain(&self, text: &[u8]) -> bool {
        self.quote.is_none_or(|quote| memchr::memchr(quote, text).is_none())
            && !(self.backslash && memchr::memchr(b'\\', text).is_some())
    }

    /// Whether a `\` before this sign, inside quotes or outside, is no sign of its own.
    fn is_escapable(&self, sign: u8, inside: bool) -> bool {
        sign == b'\\' || is_line_end(sign) || Some(sign) == self.quote || (!inside && sign == self.delimiter)
    }
}

/// Where a cell stands in its record, without its quotes.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
struct Span {
    start: usize,
    end: usize,
    quoted: bool,
    /// Holds quotes that stand for one, a quote that closed too early, or a backslash: see [`unescape`].
    escaped: bool,
    /// What stands there is the cell: nothing to unquote, no blanks to trim, not empty.
    tidy: bool,
}

impl Span {
    fn of(text: &[u8], start: usize, end: usize) -> Self {
        let tidy = match text.get(start..end) {
            Some([first, .., last]) => first.is_ascii_graphic() && last.is_ascii_graphic(),
            Some([only]) => only.is_ascii_graphic(),
            _ => false,
        };
        Self { start, end, quoted: false, escaped: false, tidy }
    }

    /// The cell as text, blanks trimmed.
    #[inline]
    fn cell<'t>(&self, raw: &'t str, dialect: Dialect) -> Cow<'t, str> {
        let text = raw.get(self.start..self.end).unwrap_or_default();
        match self {
            Self { tidy: true, .. } => Cow::Borrowed(text),
            _ if text.is_empty() => Cow::Borrowed(""),
            Self { escaped: true, quoted, .. } => Cow::Owned(trim(&unescape(text, *quoted, dialect)).to_owned()),
            _ => Cow::Borrowed(trim(text)),
        }
    }
}

/// The cells of one record.
#[derive(Clone, Copy)]
pub struct Record<'a> {
    /// As it stands in the file.
    pub raw: &'a str,
    spans: &'a [Span],
    /// Physical line on which the record starts, from 1.
    pub line: u64,
    /// Whether blank lines stand before it.
    pub after_gap: bool,
    is_one_line: bool,
    /// Of the text that it is a part of.
    is_ascii: bool,
    dialect: Dialect,
}

impl<'a> Record<'a> {
    /// How many cells it has.
    pub fn width(&self) -> usize {
        self.spans.len()
    }

    /// The same record with the cells of these columns alone, as far as it has them.
    pub fn between(&self, start: usize, end: usize) -> Self {
        let end = end.min(self.spans.len());
        Self { spans: self.spans.get(start..end).unwrap_or_default(), ..*self }
    }

    /// Whether the cell holds nothing but blanks.
    pub fn is_blank(&self, column: usize) -> bool {
        match self.spans.get(column) {
            None => true,
            Some(span) if span.start == span.end => true,
            Some(span) if span.tidy => false,
            Some(_) => self.cell(column).is_empty(),
        }
    }

    /// The cell as text, blanks trimmed; empty past the end of a short record.
    #[inline]
    pub fn cell(&self, column: usize) -> Cow<'a, str> {
        self.spans.get(column).map_or(Cow::Borrowed(""), |span| span.cell(self.raw, self.dialect))
    }

    /// The cell where it is told at one look: not empty, nothing to unquote, no blanks to trim.
    #[inline]
    pub fn tidy(&self, column: usize) -> Option<&'a str> {
        let span = self.spans.get(column).filter(|span| span.tidy)?;
        self.raw.get(span.start..span.end)
    }

    /// Whether a blank stands before the text of a cell that is not quoted.
    pub fn begins_blank(&self, column: usize) -> bool {
        self.quoting(column).is_none() && self.indent(column) > 0 && !self.cell(column).is_empty()
    }

    /// How many blanks stand before the text of a cell.
    pub fn indent(&self, column: usize) -> usize {
        let span = self.spans.get(column).filter(|span| !span.tidy);
        let text = span.and_then(|span| self.raw.get(span.start..span.end)).unwrap_or_default();
        text.chars().take_while(|c| c.is_whitespace()).count()
    }

    /// Whether the cell is quoted; and if so, whether its closing quote ends it.
    pub fn quoting(&self, column: usize) -> Option<bool> {
        let span = self.spans.get(column).filter(|span| span.quoted)?;
        Some(self.raw.as_bytes().get(span.end).copied() == self.dialect.quote)
    }

    /// Whether all cells are such.
    #[inline]
    pub fn is_tidy(&self) -> bool {
        self.spans.iter().all(|span| span.tidy)
    }

    pub fn cells(&self) -> impl Iterator<Item = Cow<'a, str>> {
        let record = *self;
        (0..self.width()).map(move |column| record.cell(column))
    }

    /// Where a cell stands; with the part to underline, and what stands around it in its line, if it may be quoted.
    pub fn place(&self, column: usize, file: &str, quotable: bool) -> Place {
        let end = self.raw.len();
        let (start, stop) = self.spans.get(column).map_or((end, end), |span| (span.start, span.end));
        let part = |from: usize, to: usize| self.raw.get(from..to).unwrap_or_default();
        // Asked for each of thousands of columns, so that the quick ways count.
        let (line_start, line_end, breaks) = if self.is_one_line {
            (0, end, 0)
        } else {
            let line_start = memchr::memrchr2(b'\n', b'\r', part(0, start).as_bytes()).map_or(0, |i| i + 1);
            let line_end = memchr::memchr2(b'\n', b'\r', part(start, end).as_bytes()).map_or(end, |i| start + i);
            (line_start, line_end, line_breaks(part(0, start).as_bytes()))
        };
        let before = part(line_start, start);
        let characters = if self.is_ascii { before.len() } else { before.chars().count() };
        let taken = self.dialect.wrapping.map_or(0, |wrapping| wrapping.taken(self.raw, before, breaks == 0));
        let (line, column) = (self.line + breaks, (characters + taken) as u64 + 1);
        if !quotable {
            return Place::at(file, line, column);
        }
        let cell = part(start, stop.min(line_end));
        let around = (AROUND_ALL / self.width().max(1)).clamp(*AROUND.start(), *AROUND.end());
        let (before, cell_shown) = (last_bytes(before, around), first_bytes(cell, SHOWN));
        let after = first_bytes(part(start + cell.len(), line_end), around);
        // What stands behind a cell that is cut does not stand behind what is shown of it.
        let after = if cell_shown.len() < cell.len() { "" } else { after };
        let text = [before, cell_shown, after].concat();
        let excerpt = Excerpt { start: before.len(), len: cell_shown.len(), text };
        Place { file: file.to_owned(), line, column, excerpt: Some(excerpt) }
    }
}

/// The beginning of a text, up to so many bytes.
fn first_bytes(text: &str, most: usize) -> &str {
    text.get(..text.floor_char_boundary(most)).unwrap_or_default()
}

/// The end of a text, up to so many bytes.
fn last_bytes(text: &str, most: usize) -> &str {
    text.get(text.ceil_char_boundary(text.len().saturating_sub(most))..).unwrap_or_default()
}

/// Blanks of every kind, and the byte order marks and zero-width characters that pasted cells carry along.
fn trim(text: &str) -> &str {
    text.trim_matches(|c: char| c.is_whitespace() || matches!(c, '\u{feff}' | '\u{200b}' | '\0'))
}

fn is_line_end(byte: u8) -> bool {
    matches!(byte, b'\n' | b'\r')
}

/// LF, CR and CRLF each end one line.
pub fn line_breaks(bytes: &[u8]) -> u64 {
    let crs = memchr::memchr_iter(b'\r', bytes).filter(|i| bytes.get(i + 1) != Some(&b'\n')).count();
    (memchr::memchr_iter(b'\n', bytes).count() + crs) as u64
}

/// The text of a cell that has quotes in its quotes, or escapes: each doubled or escaped sign stands there once. Text
/// after a quote that closed too early is kept as it stands. `quoted`: it starts inside quotes.
fn unescape(cell: &str, quoted: bool, dialect: Dialect) -> String {
    let bytes = cell.as_bytes();
    let mut text = Vec::with_capacity(bytes.len());
    let mut i = 0;
    let mut inside = quoted;
    while let Some(&byte) = bytes.get(i) {
        let next = bytes.get(i + 1).copied();
        if inside && Some(byte) == dialect.quote {
            if next == dialect.quote {
                text.push(byte);
                i += 1;
            } else {
                inside = false;
            }
        } else if dialect.backslash && byte == b'\\' && next.is_some_and(|next| dialect.is_escapable(next, inside)) {
            text.extend(next);
            i += 1;
        } else {
            text.push(byte);
        }
        i += 1;
    }
    // Only ASCII was taken out, so that this is what it was: UTF-8.
    String::from_utf8(text).unwrap_or_default()
}

/// The records of a text that holds whole ones.
pub struct Records<'t> {
    text: &'t str,
    at: usize,
    line: u64,
    dialect: Dialect,
    spans: Vec<Span>,
    /// The delimiters and line ends that are left.
    ends: SeparatorScanner<'t>,
    /// Each of them ends a cell.
    is_plain: bool,
    is_ascii: bool,
}

impl<'t> Records<'t> {
    pub fn new(text: &'t str, line: u64, dialect: Dialect) -> Self {
        let ends = SeparatorScanner::of(text.as_bytes(), dialect.delimiter);
        let is_plain = dialect.is_plain(text.as_bytes());
        Self { text, at: 0, line, dialect, spans: Vec::new(), ends, is_plain, is_ascii: text.is_ascii() }
    }

    /// Whether all of the text was read: no quote was left open.
    pub fn is_at_end(&self) -> bool {
        self.at >= self.text.len()
    }

    /// The next record; blank lines are passed over. A quote that is never closed ends the records.
    pub fn next(&mut self) -> Option<Record<'_>> {
        self.step()?.record(self.text, &self.spans, self.is_ascii, self.dialect)
    }

    /// Where the next record is; its cells are in the spans.
    fn step(&mut self) -> Option<Extent> {
        let mut after_gap = false;
        loop {
            let text = self.text.get(self.at..).filter(|text| !text.is_empty())?;
            let step = match self.is_plain {
                true => split_plain(self.at, &mut self.ends, &mut self.spans),
                false => split(self.at, &mut self.ends, true, self.dialect, &mut self.spans),
            };
            let Step::Record { len, line_end } = step else { return None };
            let (raw, line, bytes) = (text.get(..len)?, self.line, self.at..self.at + len);
            self.at += len + line_end;
            self.line += u64::from(line_end > 0);
            let mut breaks = 0;
            if !self.is_plain && self.spans.iter().any(|span| span.quoted || span.escaped) {
                breaks = line_breaks(raw.as_bytes());
                self.line += breaks;
            }
            if self.spans.len() == 1 && raw.bytes().all(|b| b.is_ascii_whitespace()) {
                after_gap = true;
                continue;
            }
            return Some(Extent { bytes, line, after_gap, is_one_line: breaks == 0 });
        }
    }
}

/// Where a record is.
#[derive(Debug)]
struct Extent {
    /// Of its text.
    bytes: Range<usize>,
    line: u64,
    after_gap: bool,
    is_one_line: bool,
}

impl Extent {
    #[inline]
    fn record<'a>(&self, text: &'a str, spans: &'a [Span], is_ascii: bool, dialect: Dialect) -> Option<Record<'a>> {
        let Self { line, after_gap, is_one_line, .. } = *self;
        Some(Record { raw: text.get(self.bytes.clone())?, spans, line, after_gap, is_one_line, is_ascii, dialect })
    }
}

#[cfg(test)]
mod tests;
