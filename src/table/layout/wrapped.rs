//! Lines that stand in quotes whole, as `"a;b;""c"""`: what a spreadsheet writes that took each line of another dialect
//! for one cell, and behind it the delimiters of the columns that it left empty.
//!
//! [`crate::table::infer`] asks for a [`Wrapping`]; every pass over the file then reads through [`Unwrapped`].

use std::io::{self, Read};

use crate::table::layout::dialect;
use crate::table::layout::sample::{Sample, SampleRow};
use crate::table::text::records::line_breaks;

/// Bytes that are read at a time.
const STEP: usize = 64 << 10;

/// How the lines of a file are wrapped.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Wrapping {
    /// What stands behind the lines once for each empty column; also behind those that needed no quotes.
    filler: Option<u8>,
    /// Also those that needed no quotes stand in them.
    all: bool,
}

impl Wrapping {
    /// How the lines are wrapped, if what is inside of them makes rows as wide as one another and as the lines without
    /// quotes. A list of quoted texts with commas does not.
    pub fn of(sample: &Sample, delimiter: Option<char>) -> Option<Self> {
        let (wrapped, fillers) = wrapped_lines(sample.text().as_bytes())?;
        let filler = match fillers.as_slice() {
            [] => None,
            [filler] => Some(*filler),
            _ => return None,
        };
        let wrapping = Self { filler, all: false };
        let inner = sample.unwrapped(wrapping);
        let dialect = dialect::find(&inner, delimiter, "").ok()?.dialect;
        let rows = inner.rows(dialect);
        let rows: Vec<&SampleRow> = rows.iter().filter(|row| row.is_tabular()).collect();
        let mut widths: Vec<usize> = rows.iter().map(|row| row.cells.len()).collect();
        widths.sort_unstable();
        let run = widths.chunk_by(|a, b| a == b).max_by_key(|run| run.len()).filter(|run| run[0] > 1)?;
        let own: Vec<bool> =
            rows.iter().filter(|row| wrapped.contains(&row.line)).map(|row| row.cells.len() == run[0]).collect();
        let is_even =
            |of: &[bool]| of.first() == Some(&true) && of.iter().filter(|own| **own).count() * 10 >= of.len() * 9;
        // Names of groups are quoted too, and have the table's delimiters behind them.
        let are_groups = filler == Some(dialect.delimiter) && own.len() * 2 < rows.len();
        // `"Reyes, Dana"` is one name.
        let text = inner.text().as_bytes();
        let is_prose = memchr::memchr_iter(dialect.delimiter, text).all(|i| text.get(i + 1) == Some(&b' '));
        // A header may stand without quotes above lines that all have them.
        let all = rows.iter().skip(1).all(|row| wrapped.contains(&row.line));
        (is_even(&own) && run.len() * 2 > rows.len() && !are_groups && !is_prose).then_some(Self { filler, all })
    }

    /// How many signs were taken away in a record before what stands `before` a cell in its line; `is_first`: that is
    /// the record's first line. A line that needed no quotes has some only where all have.
    pub fn taken(self, record: &str, before: &str, is_first: bool) -> usize {
        let needs = |text: &str| text.bytes().any(|b| matches!(b, b'"' | b'\n' | b'\r') || Some(b) == self.filler);
        let doubled = before.bytes().filter(|b| *b == b'"').count();
        if self.all || needs(record) { doubled + usize::from(is_first) } else { 0 }
    }
}

/// The numbers of the lines that stand in quotes whole, and what stands behind them; None if another line starts with a
/// quote, or none does. A last line that may be cut off is left out.
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

/// The first quote that is not doubled.
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

/// The end of the line; that of the text, if it is not cut off.
fn line_end(text: &[u8], from: usize) -> Option<usize> {
    memchr::memchr2(b'\n', b'\r', &text[from..]).map(|i| from + i)
}

/// Where the reading stands in a line.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum At {
    Start,
    /// In a line, or the rest of one, that has no quotes around it.
    Bare,
    Inside,
    /// Behind a quote inside: a second one makes it a sign, anything else closes the line.
    Quote,
}

/// Takes the quotes away, and what stands behind them.
#[derive(Debug)]
pub struct Unwrapper {
    wrapping: Wrapping,
    at: At,
    /// Fillers that nothing but the line's end has followed yet.
    fillers: usize,
}

impl Unwrapper {
    pub fn new(wrapping: Wrapping) -> Self {
        Self { wrapping, at: At::Start, fillers: 0 }
    }

    /// Adds what is inside of `bytes` to `text`.
    pub fn unwrap(&mut self, bytes: &[u8], text: &mut Vec<u8>) {
        for &byte in bytes {
            self.at = match (self.at, byte) {
                (At::Inside, b'"') => At::Quote,
                (At::Inside, _) | (At::Quote, b'"') => {
                    text.push(byte);
                    At::Inside
                }
                (_, b'\n' | b'\r') => {
                    self.fillers = 0;
                    text.push(byte);
                    At::Start
                }
                (At::Start, b'"') => At::Inside,
                (..) if Some(byte) == self.wrapping.filler => {
                    self.fillers += 1;
                    At::Bare
                }
                (..) => {
                    self.put_fillers(text);
                    text.push(byte);
                    At::Bare
                }
            };
        }
    }

    /// Fillers that something follows are none.
    fn put_fillers(&mut self, text: &mut Vec<u8>) {
        if let Some(filler) = self.wrapping.filler {
            text.resize(text.len() + std::mem::take(&mut self.fillers), filler);
        }
    }
}

/// A stream of text whose lines stand in quotes, or do not.
pub struct Unwrapped<R> {
    input: R,
    unwrapper: Option<Unwrapper>,
    /// What is unwrapped and not handed out.
    text: Vec<u8>,
    given: usize,
}

impl<R: Read> Unwrapped<R> {
    pub fn new(input: R, wrapping: Option<Wrapping>) -> Self {
        Self { input, unwrapper: wrapping.map(Unwrapper::new), text: Vec::new(), given: 0 }
    }
}

impl<R: Read> Read for Unwrapped<R> {
    fn read(&mut self, out: &mut [u8]) -> io::Result<usize> {
        let Some(unwrapper) = &mut self.unwrapper else { return self.input.read(out) };
        while self.given == self.text.len() {
            let mut bytes = vec![0; STEP];
            let n = self.input.read(&mut bytes)?;
            if n == 0 {
                return Ok(0);
            }
            self.text.clear();
            self.given = 0;
            unwrapper.unwrap(&bytes[..n], &mut self.text);
        }
        let n = out.len().min(self.text.len() - self.given);
        out[..n].copy_from_slice(&self.text[self.given..self.given + n]);
        self.given += n;
        Ok(n)
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn unwrapped(text: &str) -> Option<String> {
        let sample = Sample::read(text.as_bytes()).unwrap();
        Wrapping::of(&sample, None).map(|wrapping| sample.unwrapped(wrapping).text().to_owned())
    }

    #[test]
    fn lines_in_quotes_are_told_from_cells_in_quotes() {
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
        fn what_was_wrapped_comes_back(
            rows in prop::collection::vec("[a-z0-9]{1,4},(\"[a-z ,\n\"\"]{0,6}\"|[a-z]{0,3}),[0-9]{1,3}", 1..20),
            fillers in 0..4_usize,
        ) {
            // A quote inside quotes stands twice.
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
