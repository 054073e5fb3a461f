//! Text → records of cells: quotes, delimiters and line ends, nothing of what the cells mean.
//!
//! The csv crate reads what RFC 4180 says; this reader is ours because a cell must know its place in the file (a problem
//! underlines it), because blanks before a quote and stray quotes are read as their writers meant them, and because a
//! damaged file must end in a clear error that names the line on which a quote was opened.
//! [`super::survey`] and [`super::Survey::rows`] read through [`Records`].

use std::borrow::Cow;
use std::io::Read;

use crate::problem::{Excerpt, Failure, Place, Problem};

/// A record longer than this is a quote that was never closed, not a cell.
const LONGEST_RECORD: usize = 16 << 20;
const FIRST_READ: usize = 64 * 1024;

/// How cells and records are told apart.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Dialect {
    pub delimiter: u8,
    /// Whether `"` quotes; some tab-separated files have bare quotes in their text.
    pub quotes: bool,
    /// Whether `\"` stands for a quote inside quotes, besides `""`.
    pub backslash: bool,
}

/// Where a cell stands in its record, without its quotes.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
struct Span {
    start: usize,
    end: usize,
    /// Holds quotes that stand for one, or a quote that closed too early: see [`unquote`].
    escaped: bool,
}

/// The cells of one record.
#[derive(Clone, Copy)]
pub struct Record<'a> {
    bytes: &'a [u8],
    spans: &'a [Span],
    /// Physical line on which the record starts, from 1.
    pub line: u64,
    /// Whether blank lines stand before it.
    pub after_gap: bool,
    dialect: Dialect,
}

impl<'a> Record<'a> {
    /// How many cells it has.
    pub fn width(&self) -> usize {
        self.spans.len()
    }

    /// The bytes between the delimiters, without quotes, blanks trimmed; empty past the end of a short record.
    pub fn bytes(&self, column: usize) -> Cow<'a, [u8]> {
        let Some(span) = self.spans.get(column) else { return Cow::Borrowed(b"") };
        let bytes = self.bytes.get(span.start..span.end).unwrap_or_default();
        if span.escaped { Cow::Owned(unquote(bytes, self.dialect)) } else { Cow::Borrowed(bytes) }
    }

    /// Whether the cell holds nothing but blanks.
    pub fn is_blank(&self, column: usize) -> bool {
        match self.spans.get(column) {
            None => true,
            Some(span) if span.start == span.end => true,
            Some(_) => self.cell(column).is_empty(),
        }
    }

    /// The cell as text, blanks trimmed; empty past the end of a short record.
    pub fn cell(&self, column: usize) -> Cow<'a, str> {
        match self.bytes(column) {
            Cow::Borrowed(bytes) => match String::from_utf8_lossy(bytes) {
                Cow::Borrowed(text) => Cow::Borrowed(trim(text)),
                Cow::Owned(text) => Cow::Owned(trim(&text).to_owned()),
            },
            Cow::Owned(bytes) => Cow::Owned(trim(&String::from_utf8_lossy(&bytes)).to_owned()),
        }
    }

    pub fn cells(&self) -> impl Iterator<Item = Cow<'a, str>> {
        let record = *self;
        (0..self.width()).map(move |column| record.cell(column))
    }

    /// The record as it stands in the file, in bytes.
    pub fn raw_bytes(&self) -> &'a [u8] {
        self.bytes
    }

    /// The record as it stands in the file.
    pub fn raw(&self) -> Cow<'a, str> {
        String::from_utf8_lossy(self.bytes)
    }

    /// Where a cell stands; with its line and the part to underline if it may be quoted.
    pub fn place(&self, column: usize, file: &str, quotable: bool) -> Place {
        let end = self.bytes.len();
        let span = self.spans.get(column).copied().unwrap_or(Span { start: end, end, escaped: false });
        let before = &self.bytes[..span.start.min(end)];
        let line = self.line + line_breaks(before);
        let line_start = before.iter().rposition(|b| is_line_end(*b)).map_or(0, |i| i + 1);
        let shown_start = String::from_utf8_lossy(&before[line_start..]).into_owned();
        let column = shown_start.chars().count() as u64 + 1;
        if !quotable {
            return Place::at(file, line, column);
        }
        let line_end = self.bytes[span.start..].iter().position(|b| is_line_end(*b)).map_or(end, |i| span.start + i);
        let cell = String::from_utf8_lossy(&self.bytes[span.start..span.end.min(line_end)]).into_owned();
        let rest = String::from_utf8_lossy(&self.bytes[span.end.min(line_end)..line_end]).into_owned();
        let (start, len) = (shown_start.len(), cell.len());
        Place {
            file: file.to_owned(),
            line,
            column,
            excerpt: Some(Excerpt { text: shown_start + &cell + &rest, start, len }),
        }
    }
}

/// Blanks of every kind, and the byte order marks and zero-width characters that pasted cells carry along.
fn trim(text: &str) -> &str {
    text.trim_matches(|c: char| c.is_whitespace() || matches!(c, '\u{feff}' | '\u{200b}' | '\0'))
}

fn is_line_end(byte: u8) -> bool {
    matches!(byte, b'\n' | b'\r')
}

/// LF, CR and CRLF each end one line.
fn line_breaks(bytes: &[u8]) -> u64 {
    let crs = memchr::memchr_iter(b'\r', bytes).filter(|i| bytes.get(i + 1) != Some(&b'\n')).count();
    (memchr::memchr_iter(b'\n', bytes).count() + crs) as u64
}

/// What stands between the quotes, with each doubled or escaped quote as one. Text after a quote that closed too early
/// is kept as it stands.
fn unquote(bytes: &[u8], dialect: Dialect) -> Vec<u8> {
    let mut text = Vec::with_capacity(bytes.len());
    let mut i = 0;
    let mut inside = true;
    while let Some(&byte) = bytes.get(i) {
        let next = bytes.get(i + 1);
        if inside && byte == b'"' {
            if next == Some(&b'"') {
                text.push(b'"');
                i += 1;
            } else {
                inside = false;
            }
        } else if inside && dialect.backslash && byte == b'\\' && matches!(next, Some(b'"' | b'\\')) {
            text.extend(next);
            i += 1;
        } else {
            text.push(byte);
        }
        i += 1;
    }
    text
}

/// What one step over the text found.
#[derive(Debug, PartialEq, Eq)]
enum Step {
    /// A record of so many bytes, and the bytes of its line end.
    Record { len: usize, line_end: usize },
    /// The text ends inside the record.
    Unfinished,
    /// The text ends inside the quotes that open at this byte.
    Unclosed { at: usize },
}

/// Takes the cells of the record that starts `text`. `last` says that nothing follows.
fn split(text: &[u8], last: bool, dialect: Dialect, spans: &mut Vec<Span>) -> Step {
    spans.clear();
    let mut at = 0;
    loop {
        let start = at;
        let blanks = text[at..].iter().take_while(|b| matches!(b, b' ' | b'\t') && **b != dialect.delimiter).count();
        let mut span = Span { start, end: start, escaped: false };
        let mut closed = None;
        if dialect.quotes && text.get(at + blanks) == Some(&b'"') {
            let open = at + blanks;
            match closing_quote(text, open + 1, last, dialect) {
                Close::At { quote, escaped } => {
                    span = Span { start: open + 1, end: quote, escaped };
                    closed = Some(quote);
                    at = quote + 1;
                }
                Close::Unfinished => return Step::Unfinished,
                Close::Never => return Step::Unclosed { at: open },
            }
        }
        let rest = text.get(at..).unwrap_or_default();
        let end = match memchr::memchr3(dialect.delimiter, b'\n', b'\r', rest) {
            Some(i) => at + i,
            None if last => text.len(),
            None => return Step::Unfinished,
        };
        match closed {
            None => span.end = end,
            // Text after the closing quote belongs to the cell.
            Some(_) if !text[at..end].iter().all(|b| matches!(b, b' ' | b'\t')) => {
                span.end = end;
                span.escaped = true;
            }
            Some(_) => {}
        }
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

enum Close {
    At { quote: usize, escaped: bool },
    Unfinished,
    Never,
}

/// The quote that closes the cell whose text starts at `from`.
fn closing_quote(text: &[u8], from: usize, last: bool, dialect: Dialect) -> Close {
    let mut at = from;
    let mut escaped = false;
    loop {
        let rest = text.get(at..).unwrap_or_default();
        let found = if dialect.backslash { memchr::memchr2(b'"', b'\\', rest) } else { memchr::memchr(b'"', rest) };
        let Some(i) = found.map(|i| at + i) else {
            return if last { Close::Never } else { Close::Unfinished };
        };
        match (text[i], text.get(i + 1)) {
            (_, None) if !last => return Close::Unfinished,
            (b'"', Some(b'"')) | (b'\\', Some(b'"' | b'\\')) => {
                escaped = true;
                at = i + 2;
            }
            (b'\\', _) => at = i + 1,
            _ => return Close::At { quote: i, escaped },
        }
    }
}

/// A stream of records. Memory is bounded by the longest record.
pub struct Records<R> {
    input: R,
    shown: String,
    dialect: Dialect,
    buffer: Vec<u8>,
    /// The part of `buffer` that holds text not split yet.
    start: usize,
    end: usize,
    ended: bool,
    line: u64,
    spans: Vec<Span>,
}

impl<R: Read> Records<R> {
    /// `shown` is the file's name for people.
    pub fn new(input: R, shown: &str, dialect: Dialect) -> Self {
        Self {
            input,
            shown: shown.to_owned(),
            dialect,
            buffer: vec![0; FIRST_READ],
            start: 0,
            end: 0,
            ended: false,
            line: 1,
            spans: Vec::new(),
        }
    }

    /// The next record; blank lines are passed over.
    pub fn next(&mut self) -> Result<Option<Record<'_>>, Failure> {
        let mut after_gap = false;
        loop {
            let text = &self.buffer[self.start..self.end];
            if text.is_empty() && self.ended {
                return Ok(None);
            }
            match split(text, self.ended, self.dialect, &mut self.spans) {
                Step::Record { len, line_end } => {
                    let (start, line) = (self.start, self.line);
                    self.start += len + line_end;
                    self.line += line_breaks(&self.buffer[start..start + len]) + u64::from(line_end > 0);
                    if self.buffer[start..start + len].iter().all(u8::is_ascii_whitespace) && self.spans.len() == 1 {
                        after_gap = true;
                        continue;
                    }
                    let bytes = &self.buffer[start..start + len];
                    let dialect = self.dialect;
                    return Ok(Some(Record { bytes, spans: &self.spans, line, after_gap, dialect }));
                }
                Step::Unfinished => self.fill()?,
                Step::Unclosed { at } => return Err(self.unclosed(at)),
            }
        }
    }

    /// Reads on, so that a record that is cut off at the end of the buffer gets longer.
    fn fill(&mut self) -> Result<(), Failure> {
        self.buffer.copy_within(self.start..self.end, 0);
        self.end -= self.start;
        self.start = 0;
        if self.end * 2 > self.buffer.len() {
            if self.buffer.len() >= LONGEST_RECORD {
                return Err(Problem::error("record-too-long", "the record that starts here is longer than 16 MiB")
                    .at(Place::at(&self.shown, self.line, 1))
                    .mend("look for a quote that is opened here and never closed")
                    .into());
            }
            self.buffer.resize(self.buffer.len() * 2, 0);
        }
        let n = self.input.read(&mut self.buffer[self.end..]).map_err(|e| Failure::read(&self.shown, e))?;
        self.end += n;
        self.ended = n == 0;
        Ok(())
    }

    fn unclosed(&self, at: usize) -> Failure {
        let before = &self.buffer[self.start..self.start + at];
        let line = self.line + line_breaks(before);
        let line_start = before.iter().rposition(|b| is_line_end(*b)).map_or(0, |i| i + 1);
        let column = String::from_utf8_lossy(&before[line_start..]).chars().count() as u64 + 1;
        Problem::error("unclosed-quote", "a quote is opened here and never closed")
            .at(Place::at(&self.shown, line, column))
            .mend("close the quote, or double it (`\"\"`) if it belongs to the text")
            .into()
    }
}
