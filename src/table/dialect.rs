//! Which character separates the cells: `sep=;` in the first line, or the one that cuts the rows most evenly.

use super::records::Dialect;
use super::sample::{Look, Sample, SampleRow};

/// In the order of preference between equals: a tab is in no text by accident.
const CANDIDATES: [u8; 4] = [b'\t', b';', b'|', b','];

/// The dialect of a file, and the delimiter that its first line names, if that line does nothing else.
pub fn find(sample: &Sample, configured: Option<char>) -> (Dialect, bool) {
    let named = named_delimiter(sample.text().as_bytes());
    let configured = configured.and_then(|c| u8::try_from(c).ok());
    let delimiter = configured.or(named).unwrap_or_else(|| best(sample));
    (
        Dialect {
            delimiter,
            quotes: has_quotes(sample, delimiter),
            backslash: has_backslashes(sample.text().as_bytes()),
        },
        named.is_some(),
    )
}

/// `sep=;`, as Excel writes and reads it.
fn named_delimiter(text: &[u8]) -> Option<u8> {
    let line = text.split(|b| matches!(b, b'\n' | b'\r')).next()?;
    let line = line.strip_prefix(b"\"").and_then(|l| l.strip_suffix(b"\"")).unwrap_or(line);
    match line {
        [s, e, p, b'=', delimiter] if [*s, *e, *p].eq_ignore_ascii_case(b"sep") => Some(*delimiter),
        _ => None,
    }
}

fn best(sample: &Sample) -> u8 {
    let text = sample.text().as_bytes();
    let there: Vec<u8> =
        CANDIDATES.into_iter().filter(|delimiter| memchr::memchr(*delimiter, text).is_some()).collect();
    if let [only] = there[..] {
        return only;
    }
    let mut best = (0.0, b',');
    for delimiter in there {
        let score = evenness(&sample.rows(Dialect { delimiter, quotes: true, backslash: false }));
        if score > best.0 + 1e-9 {
            best = (score, delimiter);
        }
    }
    best.1
}

/// The share of rows that have the commonest number of cells, if that is more than one, times the share of cells that
/// look like a whole value.
fn evenness(rows: &[SampleRow]) -> f64 {
    let rows: Vec<&SampleRow> = rows.iter().filter(|row| row.is_tabular()).collect();
    let mut widths: Vec<usize> = rows.iter().map(|row| row.cells.len()).filter(|n| *n > 1).collect();
    widths.sort_unstable();
    let Some(commonest) = widths.chunk_by(|a, b| a == b).max_by_key(|run| run.len()) else { return 0.0 };
    let even = commonest.len() as f64 / rows.len() as f64;
    let cells = || rows.iter().flat_map(|row| row.cells.iter().zip(&row.looks));
    let whole = cells().filter(|(cell, look)| **look != Look::Text || is_whole(cell)).count() as f64;
    even * whole / cells().count().max(1) as f64
}

/// Text without another delimiter in it: one that a blank follows is punctuation.
fn is_whole(cell: &str) -> bool {
    let bytes = cell.as_bytes();
    !bytes.iter().enumerate().any(|(i, b)| {
        *b == b'\t'
            || (matches!(b, b';' | b'|' | b',') && bytes.get(i + 1).is_some_and(|next| !matches!(next, b' ' | b'\n')))
    })
}

/// Whether quotes quote. Where tabs or bars separate, a cell may start with an inch mark: nothing closes it, and no cell
/// ends with a quote.
fn has_quotes(sample: &Sample, delimiter: u8) -> bool {
    if !matches!(delimiter, b'\t' | b'|') {
        return true;
    }
    let bare = sample.rows(Dialect { delimiter, quotes: false, backslash: false });
    let opened = bare.iter().flat_map(|row| &row.cells).filter(|cell| cell.starts_with('"')).count();
    let closed = bare.iter().flat_map(|row| &row.cells).filter(|cell| cell.ends_with('"')).count();
    opened == 0 || closed > 0
}

/// Whether quotes inside quotes are written `\"`: MySQL does, RFC 4180 has `""`.
fn has_backslashes(text: &[u8]) -> bool {
    let escaped = memchr::memmem::find_iter(text, b"\\\"").any(|i| {
        // `"C:\"` ends a cell; `\"` before a letter is inside one.
        text.get(i + 2).is_some_and(|b| b.is_ascii_alphanumeric() || *b == b' ')
    });
    escaped && memchr::memmem::find(text, b"\\\"\"").is_none()
}
