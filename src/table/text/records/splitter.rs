//! Iterates over the records of a text that consists of whole records.

use super::record::Extent;
use super::scanner::SeparatorScanner;
use super::split::{Step, split, split_plain};
use super::{Dialect, Record, Span};
use crate::table::text::lines::line_breaks;

/// The records of a text that consists of whole records.
pub(crate) struct Records<'t> {
    text: &'t str,
    at: usize,
    line: u64,
    dialect: Dialect,
    pub(super) spans: Vec<Span>,
    /// The remaining delimiters and line endings, or only those outside quotes.
    ends: SeparatorScanner<'t>,
    /// Whether every one of them ends a cell.
    is_plain: bool,
    is_ascii: bool,
}

impl<'t> Records<'t> {
    pub(crate) fn new(text: &'t str, line: u64, dialect: Dialect) -> Self {
        let ends = SeparatorScanner::of(text.as_bytes(), dialect.delimiter);
        let is_plain = dialect.is_plain(text.as_bytes());
        let quote = dialect.quote.filter(|_| !is_plain && dialect.is_well_quoted(text.as_bytes()));
        let (is_plain, ends) = match quote {
            Some(quote) => (true, ends.outside(quote)),
            None => (is_plain, ends),
        };
        Self { text, at: 0, line, dialect, spans: Vec::new(), ends, is_plain, is_ascii: text.is_ascii() }
    }

    /// Splits every record on the general path, as if quotes were anywhere.
    #[cfg(test)]
    pub(super) fn carefully(self) -> Self {
        let ends = SeparatorScanner::of(self.text.as_bytes(), self.dialect.delimiter);
        Self { is_plain: false, ends, ..self }
    }

    /// Returns whether all of the text was read, so that no quote was left open.
    pub(crate) fn is_at_end(&self) -> bool {
        self.at >= self.text.len()
    }

    /// Returns the next record. Blank lines are skipped. A quote that is never closed ends the records.
    pub(crate) fn next(&mut self) -> Option<Record<'_>> {
        self.step()?.record(self.text, &self.spans, self.is_ascii, self.dialect)
    }

    /// Returns the position of the next record; its cells are in `spans`.
    pub(super) fn step(&mut self) -> Option<Extent> {
        let mut after_gap = false;
        loop {
            let text = self.text.get(self.at..).filter(|text| !text.is_empty())?;
            let step = match self.is_plain {
                true => split_plain(self.at, &mut self.ends, self.dialect.quote, &mut self.spans),
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
