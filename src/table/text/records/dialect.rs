//! The characters that separate cells and records. [`crate::table::layout::delimiter`] detects them.

use super::scanner;
use crate::table::text::lines::is_line_end;
use crate::table::text::unwrap::Wrapping;

/// The characters that separate cells and records.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Dialect {
    pub delimiter: u8,
    /// Quote character, usually `"`. `None` if quotes have no special meaning: some tab-separated files contain inch
    /// marks.
    pub quote: Option<u8>,
    /// Whether `\` escapes a quote inside quotes, and a delimiter or a line ending outside of them.
    pub backslash: bool,
    /// How whole lines are quoted. These quotes are removed before anything else is read.
    pub wrapping: Option<Wrapping>,
}

impl Dialect {
    /// Returns the dialect of RFC 4180 with this delimiter.
    pub(crate) const fn of(delimiter: u8) -> Self {
        Self { delimiter, quote: Some(b'"'), backslash: false, wrapping: None }
    }

    /// Returns whether nothing in the text is quoted or escaped, so that every delimiter and line ending counts.
    pub(crate) fn is_plain(&self, text: &[u8]) -> bool {
        self.quote.is_none_or(|quote| memchr::memchr(quote, text).is_none())
            && !(self.backslash && memchr::memchr(b'\\', text).is_some())
    }

    /// Returns whether every line ending of the text ends a record, and every delimiter outside quotes a cell.
    pub(crate) fn is_well_quoted(&self, text: &[u8]) -> bool {
        let has_escapes = self.backslash && memchr::memchr(b'\\', text).is_some();
        !has_escapes && self.quote.is_some_and(|quote| scanner::is_well_quoted(text, self.delimiter, quote))
    }

    /// Returns whether `\` escapes this character, inside quotes or outside.
    pub(crate) fn is_escapable(&self, sign: u8, inside: bool) -> bool {
        sign == b'\\' || is_line_end(sign) || Some(sign) == self.quote || (!inside && sign == self.delimiter)
    }
}
