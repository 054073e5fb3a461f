//! A stream of text, divided into blocks of whole records. One thread processes a block at a time, and blocks keep
//! memory bounded. The passes of [`crate::table`] over a file read through it.

use std::io::Read;
use std::sync::Arc;

use super::record::{AROUND, SHOWN, first_bytes, last_bytes};
use super::scanner::SeparatorScanner;
use super::split::{Step, split};
use super::{Dialect, Record, RecordIndex, Records};
use crate::problem::{Excerpt, Failure, Place, Problem};
use crate::table::text::lines::{is_line_end, line_breaks};

/// Longest record, in bytes: a longer one is a quote that was never closed.
const MAX_RECORD_BYTES: usize = 16 << 20;
/// Approximate size of a block, in bytes. Changing it changes the last digits of sums, since they are added block by
/// block.
const BLOCK_BYTES: usize = 1 << 20;
/// Bytes that are read at a time.
const READ_BYTES: usize = 64 << 10;
/// Bytes that a decoder needs for a whole character.
const CHAR_BYTES: usize = 4;

/// Whole records that are read together and processed by one thread.
#[derive(Debug)]
pub(crate) struct Block {
    text: String,
    /// Physical line on which the block starts.
    line: u64,
    /// The line before the block, which its first record may follow.
    before: Option<String>,
    /// Positions of the records, if they are known.
    index: Option<RecordIndex>,
}

impl Block {
    /// Creates a block from a whole file and the positions of its records.
    pub(crate) fn whole(text: String, index: RecordIndex) -> Self {
        Self { text, line: 1, before: None, index: Some(index) }
    }

    /// Returns the number of records, or `None` if it is not known.
    pub(crate) fn count(&self) -> Option<usize> {
        self.index.as_ref().map(RecordIndex::count)
    }

    /// Passes the records to `each`, in their order.
    #[inline]
    pub(crate) fn each_record(&self, dialect: Dialect, mut each: impl FnMut(Record<'_>)) {
        if let Some(index) = &self.index {
            return index.records(&self.text, dialect).for_each(each);
        }
        let mut records = Records::new(&self.text, self.line, dialect);
        while let Some(record) = records.next() {
            each(record);
        }
    }

    /// Returns the line before the block as a record.
    pub(crate) fn before(&self, dialect: Dialect) -> Option<Records<'_>> {
        self.before.as_ref().map(|text| Records::new(text, self.line.saturating_sub(1), dialect))
    }
}

/// A stream of blocks. The text alone decides where blocks end; memory is bounded by the longest record.
pub(crate) struct Blocks<R> {
    /// `None` when everything has been read.
    input: Option<R>,
    /// A block that is returned before the input is read.
    whole: Option<Arc<Block>>,
    shown: String,
    dialect: Dialect,
    /// Text that has been read but not returned: the beginning of a record.
    rest: Vec<u8>,
    line: u64,
    before: Option<String>,
    quotable: bool,
}

impl<R: Read> Blocks<R> {
    /// Creates a stream. `shown` is the name of the file for people; `quotable` says whether a problem may show a cell.
    pub(crate) fn new(input: R, shown: &str, dialect: Dialect, quotable: bool) -> Self {
        let shown = shown.to_owned();
        Self { input: Some(input), whole: None, shown, dialect, rest: Vec::new(), line: 1, before: None, quotable }
    }

    /// Creates a stream of one block, for a file that has been read already.
    pub(crate) fn of_one(whole: Arc<Block>, shown: &str, dialect: Dialect, quotable: bool) -> Self {
        let shown = shown.to_owned();
        Self { input: None, whole: Some(whole), shown, dialect, rest: Vec::new(), line: 1, before: None, quotable }
    }

    pub(crate) fn next(&mut self) -> Result<Option<Arc<Block>>, Failure> {
        if let Some(whole) = self.whole.take() {
            return Ok(Some(whole));
        }
        let mut text = std::mem::take(&mut self.rest);
        let mut wanted = BLOCK_BYTES;
        loop {
            self.fill(&mut text, wanted)?;
            if text.is_empty() {
                return Ok(None);
            }
            let whole = self.whole_records(&text)?;
            if whole > 0 {
                self.rest = text.split_off(whole);
                let block = Block { line: self.line, before: self.before.take(), text: valid(text), index: None };
                self.line += line_breaks(block.text.as_bytes());
                self.before = Some(last_line(&block.text).to_owned());
                return Ok(Some(Arc::new(block)));
            }
            if text.len() >= MAX_RECORD_BYTES {
                return Err(Problem::error("record-too-long", "the record that starts here is longer than 16 MiB")
                    .at(Place::at(&self.shown, self.line, 1))
                    .help("look for a quote that is opened here and never closed")
                    .into());
            }
            wanted = text.len() * 2;
        }
    }

    /// Reads until `text` has `wanted` bytes, or the input ends.
    fn fill(&mut self, text: &mut Vec<u8>, wanted: usize) -> Result<(), Failure> {
        let mut filled = text.len();
        let wanted = wanted.max(filled + CHAR_BYTES);
        text.reserve(wanted - filled);
        while let Some(input) = self.input.as_mut().filter(|_| wanted - filled >= CHAR_BYTES) {
            // The buffer grows in steps: most files are small, and untouched memory costs nothing.
            text.resize(wanted.min(filled + READ_BYTES), 0);
            let n = input.read(&mut text[filled..]).map_err(|e| Failure::read(&self.shown, e))?;
            filled += n;
            if n == 0 {
                self.input = None;
            }
        }
        text.truncate(filled);
        Ok(())
    }

    /// Returns how many bytes of the text are whole records.
    fn whole_records(&self, text: &[u8]) -> Result<usize, Failure> {
        // Usually every line ending ends a record, but a CR at the end may be the first half of a CRLF.
        let head = if text.ends_with(b"\r") { &text[..text.len() - 1] } else { text };
        let whole = match memchr::memrchr2(b'\n', b'\r', head) {
            _ if self.input.is_none() => text.len(),
            Some(at) => at + 1,
            None => 0,
        };
        if self.dialect.is_plain(text) || (whole > 0 && self.dialect.is_well_quoted(&text[..whole])) {
            return Ok(whole);
        }
        let (mut ends, mut spans) = (SeparatorScanner::of(text, self.dialect.delimiter), Vec::new());
        let mut at = 0;
        while at < text.len() {
            match split(at, &mut ends, self.input.is_none(), self.dialect, &mut spans) {
                Step::Record { len, line_end } => at += len + line_end,
                Step::Unfinished => break,
                Step::Unclosed { at: quote } => return Err(self.unclosed(text, at + quote)),
            }
        }
        Ok(at)
    }

    /// Returns the error for a quote that opens at this byte and is never closed.
    fn unclosed(&self, text: &[u8], quote: usize) -> Failure {
        let before = &text[..quote];
        let line_start = before.iter().rposition(|b| is_line_end(*b)).map_or(0, |i| i + 1);
        let line_end = text[quote..].iter().position(|b| is_line_end(*b)).map_or(text.len(), |i| quote + i);
        let (left, right) =
            (String::from_utf8_lossy(&text[line_start..quote]), String::from_utf8_lossy(&text[quote..line_end]));
        let place = Place::at(&self.shown, self.line + line_breaks(before), left.chars().count() as u64 + 1);
        let (left, right) = (last_bytes(&left, *AROUND.start()), first_bytes(&right, SHOWN));
        let excerpt = Excerpt { text: [left, right].concat(), start: left.len(), len: right.len() };
        Problem::error("unclosed-quote", "a quote is opened here and never closed")
            .at(Place { excerpt: self.quotable.then_some(excerpt), ..place })
            .help("close the quote, or double it (`\"\"`) if it belongs to the text")
            .into()
    }
}

/// Converts bytes to text; broken sequences become �.
pub(crate) fn valid(text: Vec<u8>) -> String {
    String::from_utf8(text).unwrap_or_else(|damaged| String::from_utf8_lossy(damaged.as_bytes()).into_owned())
}

/// Returns the last line of a text, which ends with a line ending, without that ending.
fn last_line(text: &str) -> &str {
    let text = text.strip_suffix('\n').unwrap_or(text);
    let text = text.strip_suffix('\r').unwrap_or(text);
    text.rsplit(['\n', '\r']).next().unwrap_or(text)
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Endless rows, as in a file of a billion of them.
    struct Rows {
        made: u64,
        of: u64,
        rest: Vec<u8>,
    }

    impl Read for Rows {
        fn read(&mut self, out: &mut [u8]) -> std::io::Result<usize> {
            while self.rest.len() < out.len() && self.made < self.of {
                self.made += 1;
                self.rest
                    .extend_from_slice(format!("2026-11-20,\"metric {}\",{}.5\n", self.made % 7, self.made).as_bytes());
            }
            let n = out.len().min(self.rest.len());
            out[..n].copy_from_slice(&self.rest[..n]);
            self.rest.drain(..n);
            Ok(n)
        }
    }

    #[test]
    fn endless_rows_are_read_in_the_memory_of_a_block() {
        let dialect = Dialect::of(b',');
        let mut blocks = Blocks::new(Rows { made: 0, of: 400_000, rest: Vec::new() }, "endless.csv", dialect, true);
        let (mut rows, mut lines) = (0, 0);
        while let Some(block) = blocks.next().unwrap() {
            assert!(block.text.capacity() <= BLOCK_BYTES + CHAR_BYTES && blocks.rest.capacity() <= BLOCK_BYTES);
            block.each_record(dialect, |record| (rows, lines) = (rows + 1, record.line));
        }
        assert_eq!((rows, lines), (400_000, 400_000));
    }
}
