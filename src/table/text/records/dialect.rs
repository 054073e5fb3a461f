//! How cells and records are told apart. [`crate::table::layout::delimiter`] finds it.

use crate::table::text::lines::is_line_end;
use crate::table::text::unwrap::Wrapping;

/// How cells and records are told apart.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Dialect {
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
    pub(crate) const fn of(delimiter: u8) -> Self {
        Self { delimiter, quote: Some(b'"'), backslash: false, wrapping: None }
    }

    /// Whether every delimiter and every line end of the text is one: nothing in it is quoted or escaped.
    pub(crate) fn is_plain(&self, text: &[u8]) -> bool {
        self.quote.is_none_or(|quote| memchr::memchr(quote, text).is_none())
            && !(self.backslash && memchr::memchr(b'\\', text).is_some())
    }

    /// Whether a `\` before this sign, inside quotes or outside, is no sign of its own.
    pub(crate) fn is_escapable(&self, sign: u8, inside: bool) -> bool {
        sign == b'\\' || is_line_end(sign) || Some(sign) == self.quote || (!inside && sign == self.delimiter)
    }
}
