//! Lines that are quoted as a whole, such as `"a;b;""c"""`. A spreadsheet writes them if it took each line of another
//! dialect for one cell; after the quotes it adds the delimiters of the empty columns.
//!
//! [`crate::table::infer`] looks for a [`Wrapping`]; every pass over the file then unwraps the lines as they are read.

use crate::table::layout::delimiter;
use crate::table::layout::sample::{Sample, SampleRow};
use crate::table::text::lines::line_breaks;
use crate::table::text::unwrap::Wrapping;

impl Wrapping {
    /// Detects how the lines are wrapped. Their contents must form rows as wide as each other and as the lines without
    /// quotes, which a list of quoted texts with commas does not. Returns `None` if they are not wrapped.
    pub(crate) fn of(sample: &Sample, delimiter: Option<char>) -> Option<Self> {
        let (wrapped, fillers) = wrapped_lines(sample.text().as_bytes())?;
        let filler = match fillers.as_slice() {
            [] => None,
            [filler] => Some(*filler),
            _ => return None,
        };
        let wrapping = Self { filler, all: false };
        let inner = sample.unwrapped(wrapping);
        let dialect = delimiter::find(&inner, delimiter, "").ok()?.dialect;
        let rows = inner.rows(dialect);
        let rows: Vec<&SampleRow> = rows.iter().filter(|row| row.is_tabular()).collect();
        let mut widths: Vec<usize> = rows.iter().map(|row| row.cells.len()).collect();
        widths.sort_unstable();
        let run = widths.chunk_by(|a, b| a == b).max_by_key(|run| run.len()).filter(|run| run[0] > 1)?;
        let own: Vec<bool> =
            rows.iter().filter(|row| wrapped.contains(&row.line)).map(|row| row.cells.len() == run[0]).collect();
        let is_even =
            |of: &[bool]| of.first() == Some(&true) && of.iter().filter(|own| **own).count() * 10 >= of.len() * 9;
        // Names of groups are quoted too, followed by the delimiters of the table.
        let are_groups = filler == Some(dialect.delimiter) && own.len() * 2 < rows.len();
        // `"Reyes, Dana"` is one name.
        let text = inner.text().as_bytes();
        let is_prose = memchr::memchr_iter(dialect.delimiter, text).all(|i| text.get(i + 1) == Some(&b' '));
        // The header may be unquoted although all other lines are quoted.
        let all = rows.iter().skip(1).all(|row| wrapped.contains(&row.line));
        (is_even(&own) && run.len() * 2 > rows.len() && !are_groups && !is_prose).then_some(Self { filler, all })
    }
}

/// Returns the numbers of the lines that are quoted as a whole, and the text after their quotes. Returns `None` if
/// another line starts with a quote, or if no line is quoted. A last line that may be incomplete is ignored.
fn wrapped_lines(text: &[u8]) -> Option<(Vec<u64>, Vec<u8>)> {
    let (mut lines, mut fillers) = (Vec::new(), Vec::new());
    let (mut at, mut number) = (0, 1);
    while at < text.len() {
        let closing = if text[at] == b'"' { closing_quote(text, at + 1) } else { Some(at) };
        let Some((start, end)) = closing.and_then(|start| Some((start, line_end(text, start)?))) else { break };
        if text[at] == b'"' {
            for &byte in &text[start + 1..end] {
                match byte {
                    b';' | b',' | b'\t' | b'|' if !fillers.contains(&byte) => fillers.push(byte),
                    b';' | b',' | b'\t' | b'|' | b' ' => {}
                    _ => return None,
                }
            }
            lines.push(number);
        }
        number += 1 + line_breaks(&text[at..end]);
        at = end + if text[end..].starts_with(b"\r\n") { 2 } else { 1 };
    }
    (!lines.is_empty()).then_some((lines, fillers))
}

/// Returns the position of the first quote that is not doubled.
fn closing_quote(text: &[u8], from: usize) -> Option<usize> {
    let mut at = from;
    loop {
        let quote = at + memchr::memchr(b'"', text.get(at..)?)?;
        if text.get(quote + 1) != Some(&b'"') {
            return Some(quote);
        }
        at = quote + 2;
    }
}

/// Returns the end of the line, or of the text if that is complete. `None` if the line is incomplete.
fn line_end(text: &[u8], from: usize) -> Option<usize> {
    memchr::memchr2(b'\n', b'\r', &text[from..]).map(|i| from + i)
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use std::io::Read as _;

    use super::*;
    use crate::table::text::unwrap::Unwrapped;

    fn unwrapped(text: &str) -> Option<String> {
        let sample = Sample::read(text.as_bytes()).unwrap();
        Wrapping::of(&sample, None).map(|wrapping| sample.unwrapped(wrapping).text().to_owned())
    }

    #[test]
    fn quoted_lines_are_distinguished_from_quoted_cells() {
        let lines = "key,title,note\n\"1,\"\"x, y\"\",\"\"two\nlines\"\"\"\n2,z,w\n";
        assert_eq!(unwrapped(lines).as_deref(), Some("key,title,note\n1,\"x, y\",\"two\nlines\"\n2,z,w\n"));
        let filled = "key,title,note;;\r\n\"1,\"\"x; y\"\",b\";;\r\n2,z,w;;\r\n";
        assert_eq!(unwrapped(filled).as_deref(), Some("key,title,note\r\n1,\"x; y\",b\r\n2,z,w\r\n"));
        for cells in [
            "key,title\n\"1\",\"x\"\n\"2\",\"y\"\n",
            "note\n\"a, b\"\n\"c, d, e\"\nf\n",
            "author\n\"Reyes, Dana\"\n\"Kim, Alex\"\n",
            "team,n,m\n\"North, East\",,\na,1,2\nb,3,4\n",
            "key;title\n1;x\n",
        ] {
            assert_eq!(unwrapped(cells), None, "{cells}");
        }
    }

    proptest! {
        #![proptest_config(ProptestConfig { cases: 200, failure_persistence: None, ..ProptestConfig::default() })]

        #[test]
        fn wrapped_lines_are_read_back(
            rows in prop::collection::vec("[a-z0-9]{1,4},(\"[a-z ,\n\"\"]{0,6}\"|[a-z]{0,3}),[0-9]{1,3}", 1..20),
            fillers in 0..4_usize,
        ) {
            // A quote inside quotes is doubled.
            let rows: Vec<String> = rows.into_iter().map(|row| row.replace("\"\"\"", "\"\"")).collect();
            let wrapping = Wrapping { filler: (fillers > 0).then_some(b';'), all: true };
            let line = |row: &String| format!("\"{}\"{}\n", row.replace('"', "\"\""), ";".repeat(fillers));
            let written: String = rows.iter().map(line).collect();
            let mut read = String::new();
            Unwrapped::new(written.as_bytes(), Some(wrapping)).read_to_string(&mut read).unwrap();
            prop_assert_eq!(read, rows.iter().map(|row| format!("{row}\n")).collect::<String>());
        }
    }
}
