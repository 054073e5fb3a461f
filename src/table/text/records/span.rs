//! The position of a cell in its record, and its text without quotes, escapes and surrounding spaces.

use std::borrow::Cow;

use super::Dialect;

/// The position of a cell in its record, without its quotes.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Span {
    pub start: usize,
    pub end: usize,
    pub quoted: bool,
    /// Whether it contains doubled quotes, a quote that closed too early, or a backslash: see [`unescape`].
    pub escaped: bool,
    /// Whether the bytes are the cell itself: not empty, and without anything to unquote or trim.
    pub tidy: bool,
}

impl Span {
    pub(crate) fn of(text: &[u8], start: usize, end: usize) -> Self {
        let tidy = match text.get(start..end) {
            Some([first, .., last]) => first.is_ascii_graphic() && last.is_ascii_graphic(),
            Some([only]) => only.is_ascii_graphic(),
            _ => false,
        };
        Self { start, end, quoted: false, escaped: false, tidy }
    }

    /// Returns the cell as trimmed text.
    #[inline]
    pub(crate) fn cell<'t>(&self, raw: &'t str, dialect: Dialect) -> Cow<'t, str> {
        let text = raw.get(self.start..self.end).unwrap_or_default();
        match self {
            Self { tidy: true, .. } => Cow::Borrowed(text),
            _ if text.is_empty() => Cow::Borrowed(""),
            Self { escaped: true, quoted, .. } => Cow::Owned(trim(&unescape(text, *quoted, dialect)).to_owned()),
            _ => Cow::Borrowed(trim(text)),
        }
    }
}

/// Removes surrounding spaces of every kind, and byte order marks and zero-width characters, which pasted cells may
/// contain.
pub(crate) fn trim(text: &str) -> &str {
    text.trim_matches(|c: char| c.is_whitespace() || matches!(c, '\u{feff}' | '\u{200b}' | '\0'))
}

/// Returns the text of a cell with doubled quotes or escapes, where each of them becomes a single character. Text after
/// a quote that closed too early is kept unchanged. `quoted` says that the cell starts inside quotes.
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
    // Only ASCII characters were removed, so the text is still valid UTF-8.
    String::from_utf8(text).unwrap_or_default()
}
