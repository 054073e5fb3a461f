//! A record: its cells, and the place of each one in the file.

use std::borrow::Cow;
use std::ops::Range;

use super::{Dialect, Span};
use crate::problem::{Excerpt, Place};
use crate::table::text::lines::line_breaks;

/// Most bytes of a cell that a problem shows. Around it, `AROUND` bytes of a long line are shown on each side; with
/// thousands of columns, all examples together show at most `AROUND_ALL` bytes on each side.
pub(crate) const SHOWN: usize = 400;
pub(crate) const AROUND: std::ops::RangeInclusive<usize> = 120..=2000;
const AROUND_ALL: usize = 400_000;

/// The cells of one record.
#[derive(Clone, Copy)]
pub(crate) struct Record<'a> {
    /// The text of the record in the file.
    pub raw: &'a str,
    pub(super) spans: &'a [Span],
    /// Physical line on which the record starts, from 1.
    pub line: u64,
    /// Whether blank lines precede it.
    pub after_gap: bool,
    is_one_line: bool,
    /// Whether the text that contains it is ASCII.
    is_ascii: bool,
    dialect: Dialect,
}

impl<'a> Record<'a> {
    /// Returns the number of cells.
    pub(crate) fn width(&self) -> usize {
        self.spans.len()
    }

    /// Returns the record with the cells of these columns only, as far as it has them.
    pub(crate) fn between(&self, start: usize, end: usize) -> Self {
        let end = end.min(self.spans.len());
        Self { spans: self.spans.get(start..end).unwrap_or_default(), ..*self }
    }

    /// Returns whether the cell is empty or consists of spaces.
    pub(crate) fn is_blank(&self, column: usize) -> bool {
        match self.spans.get(column) {
            None => true,
            Some(span) if span.start == span.end => true,
            Some(span) if span.tidy => false,
            Some(_) => self.cell(column).is_empty(),
        }
    }

    /// Returns the cell as trimmed text. It is empty beyond the end of a short record.
    #[inline]
    pub(crate) fn cell(&self, column: usize) -> Cow<'a, str> {
        self.spans.get(column).map_or(Cow::Borrowed(""), |span| span.cell(self.raw, self.dialect))
    }

    /// Returns the cell if it is not empty and needs no unquoting or trimming, otherwise `None`.
    #[inline]
    pub(crate) fn tidy(&self, column: usize) -> Option<&'a str> {
        let span = self.spans.get(column).filter(|span| span.tidy)?;
        self.raw.get(span.start..span.end)
    }

    /// Returns whether a space precedes the text of an unquoted cell.
    pub(crate) fn begins_blank(&self, column: usize) -> bool {
        self.quoting(column).is_none() && self.indent(column) > 0 && !self.cell(column).is_empty()
    }

    /// Returns the number of spaces before the text of a cell.
    pub(crate) fn indent(&self, column: usize) -> usize {
        let span = self.spans.get(column).filter(|span| !span.tidy);
        let text = span.and_then(|span| self.raw.get(span.start..span.end)).unwrap_or_default();
        text.chars().take_while(|c| c.is_whitespace()).count()
    }

    /// Returns `None` if the cell is not quoted, otherwise whether its closing quote is at its end.
    pub(crate) fn quoting(&self, column: usize) -> Option<bool> {
        let span = self.spans.get(column).filter(|span| span.quoted)?;
        Some(self.raw.as_bytes().get(span.end).copied() == self.dialect.quote)
    }

    /// Returns whether no cell needs unquoting or trimming.
    #[inline]
    pub(crate) fn is_tidy(&self) -> bool {
        self.spans.iter().all(|span| span.tidy)
    }

    pub(crate) fn cells(&self) -> impl Iterator<Item = Cow<'a, str>> {
        let record = *self;
        (0..self.width()).map(move |column| record.cell(column))
    }

    /// Returns the physical line on which the record ends.
    pub(crate) fn last_line(&self) -> u64 {
        if self.is_one_line {
            self.line
        } else {
            self.line + line_breaks(self.raw.trim_end_matches(['\n', '\r']).as_bytes())
        }
    }

    /// Returns the place of a cell, with the part to underline and the text around it in its line if it may be quoted.
    pub(crate) fn place(&self, column: usize, file: &str, quotable: bool) -> Place {
        let end = self.raw.len();
        let (start, stop) = self.spans.get(column).map_or((end, end), |span| (span.start, span.end));
        let part = |from: usize, to: usize| self.raw.get(from..to).unwrap_or_default();
        // This is called for each of thousands of columns, so speed matters.
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
        // If the cell is cut, the text after it does not follow what is shown of it.
        let after = if cell_shown.len() < cell.len() { "" } else { after };
        let text = [before, cell_shown, after].concat();
        let excerpt = Excerpt { start: before.len(), len: cell_shown.len(), text };
        Place { file: file.to_owned(), line, column, excerpt: Some(excerpt) }
    }
}

/// Returns the beginning of a text, up to `most` bytes.
pub(crate) fn first_bytes(text: &str, most: usize) -> &str {
    text.get(..text.floor_char_boundary(most)).unwrap_or_default()
}

/// Returns the end of a text, up to `most` bytes.
pub(crate) fn last_bytes(text: &str, most: usize) -> &str {
    text.get(text.ceil_char_boundary(text.len().saturating_sub(most))..).unwrap_or_default()
}

/// The position of a record.
#[derive(Debug)]
pub(crate) struct Extent {
    /// Byte range in its text.
    pub bytes: Range<usize>,
    pub line: u64,
    pub after_gap: bool,
    pub is_one_line: bool,
}

impl Extent {
    #[inline]
    pub(crate) fn record<'a>(
        &self,
        text: &'a str,
        spans: &'a [Span],
        is_ascii: bool,
        dialect: Dialect,
    ) -> Option<Record<'a>> {
        let Self { line, after_gap, is_one_line, .. } = *self;
        Some(Record { raw: text.get(self.bytes.clone())?, spans, line, after_gap, is_one_line, is_ascii, dialect })
    }
}
