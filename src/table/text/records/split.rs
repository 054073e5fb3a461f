//! Splits a record of a text into its cells at the quotes, escapes and line endings of its dialect. [`super::Records`]
//! and [`super::Blocks`] use it.

use super::scanner::SeparatorScanner;
use super::{Dialect, Span};
use crate::table::text::lines::is_line_end;

/// The result of one step through the text.
#[derive(Debug, PartialEq, Eq)]
pub(crate) enum Step {
    /// A record of `len` bytes, followed by a line ending of `line_end` bytes.
    Record { len: usize, line_end: usize },
    /// The text ends inside the record.
    Unfinished,
    /// The text ends inside the quotes that open at this byte.
    Unclosed { at: usize },
}

/// Does the same as [`split`] for the end of a text in which each of `ends` ends a cell, and each cell that begins with
/// a quote also ends with one.
#[inline]
pub(crate) fn split_plain(
    from: usize,
    ends: &mut SeparatorScanner<'_>,
    quote: Option<u8>,
    spans: &mut Vec<Span>,
) -> Step {
    let text = ends.text_from(from);
    spans.clear();
    let mut start = 0;
    loop {
        let end = ends.next().map_or(text.len(), |end| end - from);
        let is_quoted = start < end && quote.is_some_and(|quote| text.get(start) == Some(&quote));
        spans.push(if is_quoted {
            Span { quoted: true, ..Span::of(text, start + 1, end - 1) }
        } else {
            Span::of(text, start, end)
        });
        let line_end = match (text.get(end), text.get(end + 1)) {
            (None, _) => 0,
            (Some(b'\r'), Some(b'\n')) => {
                // The LF of a CRLF.
                ends.next();
                2
            }
            (Some(b'\n' | b'\r'), _) => 1,
            _ => {
                start = end + 1;
                continue;
            }
        };
        return Step::Record { len: end, line_end };
    }
}

/// Finds the cells of the record that starts at `from` in the text of `ends`. `last` says that nothing follows the
/// text.
pub(crate) fn split(
    from: usize,
    ends: &mut SeparatorScanner<'_>,
    last: bool,
    dialect: Dialect,
    spans: &mut Vec<Span>,
) -> Step {
    let text = ends.text_from(from);
    spans.clear();
    let mut at = 0;
    loop {
        let start = at;
        let mut open = at;
        while text.get(open).is_some_and(|b| matches!(b, b' ' | b'\t') && *b != dialect.delimiter) {
            open += 1;
        }
        let mut quoted = None;
        if let Some(quote) = dialect.quote.filter(|quote| text.get(open) == Some(quote)) {
            match closing_quote(text, open + 1, last, quote, dialect.backslash) {
                Close::At { quote, escaped } => {
                    quoted = Some((quote, escaped));
                    at = quote + 1;
                }
                Close::Unfinished => return Step::Unfinished,
                Close::Never => return Step::Unclosed { at: open },
            }
        }
        let end = match cell_end(from + at, ends, dialect) {
            Some(end) => end - from,
            None if last => text.len(),
            None => return Step::Unfinished,
        };
        let span = match quoted {
            None if dialect.backslash && memchr::memchr(b'\\', &text[start..end]).is_some() => {
                Span { escaped: true, tidy: false, ..Span::of(text, start, end) }
            }
            None => Span::of(text, start, end),
            Some((quote, escaped)) => {
                // Text after the closing quote belongs to the cell.
                let more = !text[at..end].iter().all(|b| matches!(b, b' ' | b'\t'));
                let span = Span::of(text, open + 1, if more { end } else { quote });
                let escaped = escaped || more;
                Span { quoted: true, escaped, tidy: span.tidy && !escaped, ..span }
            }
        };
        spans.push(span);
        match text.get(end) {
            Some(b'\r') => match text.get(end + 1) {
                Some(b'\n') => return Step::Record { len: end, line_end: 2 },
                None if !last => return Step::Unfinished,
                _ => return Step::Record { len: end, line_end: 1 },
            },
            Some(b'\n') => return Step::Record { len: end, line_end: 1 },
            Some(_) => at = end + 1,
            None => return Step::Record { len: end, line_end: 0 },
        }
    }
}

/// Returns the end of the unquoted part of a cell that starts at `from` in the text of `ends`, or `None` if the text
/// ends before it.
fn cell_end(from: usize, ends: &mut SeparatorScanner<'_>, dialect: Dialect) -> Option<usize> {
    let mut end = ends.next_from(from)?;
    if dialect.backslash {
        let text = ends.text_from(from);
        let is_escaped = |end: usize| text[..end - from].iter().rev().take_while(|b| **b == b'\\').count() % 2 == 1;
        while is_escaped(end) {
            end = ends.next_from(end + if text[end - from..].starts_with(b"\r\n") { 2 } else { 1 })?;
        }
    }
    Some(end)
}

enum Close {
    At { quote: usize, escaped: bool },
    Unfinished,
    Never,
}

/// Finds the quote that closes the cell whose text starts at `from`.
fn closing_quote(text: &[u8], from: usize, last: bool, quote: u8, backslash: bool) -> Close {
    let mut at = from;
    let mut escaped = false;
    loop {
        let rest = text.get(at..).unwrap_or_default();
        let found = if backslash { memchr::memchr2(quote, b'\\', rest) } else { memchr::memchr(quote, rest) };
        let Some(i) = found.map(|i| at + i) else {
            return if last { Close::Never } else { Close::Unfinished };
        };
        let (sign, next) = (text[i], text.get(i + 1).copied());
        if next.is_none() && !last {
            return Close::Unfinished;
        }
        let is_escape = sign == b'\\' && next.is_some_and(|next| next == b'\\' || is_line_end(next));
        if next == Some(quote) || is_escape {
            escaped = true;
            at = i + 2;
        } else if sign == quote {
            return Close::At { quote: i, escaped };
        } else {
            at = i + 1;
        }
    }
}
