//! One record: its cells, and where each of them stands in the file.

use std::borrow::Cow;
use std::ops::Range;

use super::{Dialect, Span};
use crate::problem::{Excerpt, Place};
use crate::table::text::lines::line_breaks;

/// Of a long line a problem shows so much of the cell, and of what stands on each side of it so much, or less where the
/// examples of thousands of columns are kept: all of them together show no more than so many bytes of either side.
pub(crate) const SHOWN: usize = 400;
pub(crate) const AROUND: std::ops::RangeInclusive<usize> = 120..=2000;
const AROUND_ALL: usize = 400_000;

/// The cells of one record.
#[derive(Clone, Copy)]
pub(crate) struct Record<'a> {
    /// As it stands in the file.
    pub raw: &'a str,
    pub(super) spans: &'a [Span],
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
    pub(crate) fn width(&self) -> usize {
        self.spans.len()
    }

    /// The same record with the cells of these columns alone, as far as it has them.
    pub(crate) fn between(&self, start: usize, end: usize) -> Self {
        let end = end.min(self.spans.len());
        Self { spans: self.spans.get(start..end).unwrap_or_default(), ..*self }
    }

    /// Whether the cell holds nothing but blanks.
    pub(crate) fn is_blank(&self, column: usize) -> bool {
        match self.spans.get(column) {
            None => true,
            Some(span) if span.start == span.end => true,
            Some(span) if span.tidy => false,
            Some(_) => self.cell(column).is_empty(),
        }
    }

    /// The cell as text, blanks trimmed; empty past the end of a short record.
    #[inline]
    pub(crate) fn cell(&self, column: usize) -> Cow<'a, str> {
        self.spans.get(column).map_or(Cow::Borrowed(""), |span| span.cell(self.raw, self.dialect))
    }

    /// The cell where it is told at one look: not empty, nothing to unquote, no blanks to trim.
    #[inline]
    pub(crate) fn tidy(&self, column: usize) -> Option<&'a str> {
        let span = self.spans.get(column).filter(|span| span.tidy)?;
        self.raw.get(span.start..span.end)
    }

    /// Whether a blank stands before the text of a cell that is not quoted.
    pub(crate) fn begins_blank(&self, column: usize) -> bool {
        self.quoting(column).is_none() && self.indent(column) > 0 && !self.cell(column).is_empty()
    }

    /// How many blanks stand before the text of a cell.
    pub(crate) fn indent(&self, column: usize) -> usize {
        let span = self.spans.get(column).filter(|span| !span.tidy);
        let text = span.and_then(|span| self.raw.get(span.start..span.end)).unwrap_or_default();
        text.chars().take_while(|c| c.is_whitespace()).count()
    }

    /// Whether the cell is quoted; and if so, whether its closing quote ends it.
    pub(crate) fn quoting(&self, column: usize) -> Option<bool> {
        let span = self.spans.get(column).filter(|span| span.quoted)?;
        Some(self.raw.as_bytes().get(span.end).copied() == self.dialect.quote)
    }

    /// Whether all cells are such.
    #[inline]
    pub(crate) fn is_tidy(&self) -> bool {
        self.spans.iter().all(|span| span.tidy)
    }

    pub(crate) fn cells(&self) -> impl Iterator<Item = Cow<'a, str>> {
        let record = *self;
        (0..self.width()).map(move |column| record.cell(column))
    }

    /// Where a cell stands; with the part to underline, and what stands around it in its line, if it may be quoted.
    /// Physical line on which it ends.
    pub(crate) fn last_line(&self) -> u64 {
        if self.is_one_line {
            self.line
        } else {
            self.line + line_breaks(self.raw.trim_end_matches(['\n', '\r']).as_bytes())
        }
    }

    pub(crate) fn place(&self, column: usize, file: &str, quotable: bool) -> Place {
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
pub(crate) fn first_bytes(text: &str, most: usize) -> &str {
    text.get(..text.floor_char_boundary(most)).unwrap_or_default()
}

/// The end of a text, up to so many bytes.
pub(crate) fn last_bytes(text: &str, most: usize) -> &str {
    text.get(text.ceil_char_boundary(text.len().saturating_sub(most))..).unwrap_or_default()
}

/// Where a record is.
#[derive(Debug)]
pub(crate) struct Extent {
    /// Of its text.
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
