//! The beginning of a file, split into rows. Dialect, header and structure are inferred from it.

use std::borrow::Cow;
use std::cell::OnceCell;
use std::io::{self, Read};
use std::ops::Range;

use crate::table::text::records::{Block, Dialect, Record, RecordIndex, valid};
use crate::table::text::unwrap::{Unwrapper, Wrapping};
use crate::table::values::dates;
use crate::table::values::kinds;
use crate::table::values::numbers::{self, Decimal};

const BYTES: usize = 256 * 1024;
const MAX_BYTES: usize = 16 << 20;
/// Number of bytes in the first read, which is doubled each time: most files are small.
const FIRST_READ_BYTES: usize = 8 * 1024;
const ROWS: usize = 1000;

/// The first part of a file's text.
pub(crate) struct Sample {
    text: String,
    /// Whether the sample is the whole file.
    whole: bool,
}

impl Sample {
    /// Reads the beginning of `input`, and more of it if lines are very long.
    pub(crate) fn read(mut input: impl Read) -> io::Result<Self> {
        let mut text = Vec::new();
        let mut wanted = BYTES;
        loop {
            let n = read_up_to(&mut input, &mut text, wanted)?;
            let whole = n < wanted;
            let lines = memchr::memchr2_iter(b'\n', b'\r', &text).take(4).count();
            if whole || lines >= 4 || text.len() >= MAX_BYTES {
                return Ok(Self { text: valid(text), whole });
            }
            wanted = text.len();
        }
    }

    pub(crate) fn text(&self) -> &str {
        &self.text
    }

    /// Returns whether the sample is the whole file.
    pub(crate) fn is_whole(&self) -> bool {
        self.whole
    }

    /// Returns the sample without the quotes around its lines.
    pub(crate) fn unwrapped(&self, wrapping: Wrapping) -> Self {
        let mut text = Vec::with_capacity(self.text.len());
        Unwrapper::new(wrapping).unwrap(self.text.as_bytes(), &mut text);
        Self { text: String::from_utf8(text).unwrap_or_default(), whole: self.whole }
    }

    /// Returns the positions of the records as `dialect` splits them: all of them for a whole file, otherwise as many
    /// as are needed.
    pub(crate) fn index(&self, dialect: Dialect) -> RecordIndex {
        RecordIndex::of(&self.text, dialect, if self.whole { usize::MAX } else { ROWS })
    }

    /// Returns the rows of the sample as `dialect` splits them, without a last row that may be incomplete.
    pub(crate) fn rows(&self, dialect: Dialect) -> Vec<SampleRow<'_>> {
        self.rows_of(&self.index(dialect), dialect)
    }

    /// Returns the rows of the sample at positions that are known already.
    pub(crate) fn rows_of(&self, index: &RecordIndex, dialect: Dialect) -> Vec<SampleRow<'_>> {
        let mut rows: Vec<SampleRow<'_>> = Vec::new();
        let records = index.records(&self.text, dialect).zip(index.cells(&self.text, dialect));
        for (record, cells) in records.take(ROWS) {
            let after_blank = rows.last().is_some_and(SampleRow::is_blank);
            let row = SampleRow::of(&record, cells);
            rows.push(SampleRow { after_gap: row.after_gap || after_blank, ..row });
        }
        if !self.whole && (2..ROWS).contains(&rows.len()) {
            rows.pop();
        }
        rows
    }

    /// Returns the whole file as one block, or `None` if the sample is only its beginning.
    pub(crate) fn into_block(self, index: RecordIndex) -> Option<Block> {
        (self.whole && index.are_all()).then(|| Block::whole(self.text, index))
    }
}

/// Reads up to `wanted` bytes, ending at a whole character. Returns `wanted`, or the number of bytes read before the
/// input ended.
fn read_up_to(input: &mut impl Read, text: &mut Vec<u8>, wanted: usize) -> io::Result<usize> {
    let before = text.len();
    let mut filled = before;
    // A decoder needs room for a whole character.
    while before + wanted - filled >= 4 {
        text.resize((before + wanted).min(filled + filled.max(FIRST_READ_BYTES)), 0);
        let n = input.read(&mut text[filled..])?;
        filled += n;
        if n == 0 {
            text.truncate(filled);
            return Ok(filled - before);
        }
    }
    text.truncate(filled);
    Ok(wanted)
}

/// The type of a cell judged by itself.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum CellType {
    Blank,
    Number,
    Date,
    /// An address, which is never the name of a column.
    Address,
    Text,
}

/// A row of the sample.
#[derive(Debug, Clone)]
pub(crate) struct SampleRow<'t> {
    pub line: u64,
    pub cells: Vec<Cow<'t, str>>,
    /// Types of the cells, computed on first use: most rows are only counted.
    types: OnceCell<Vec<CellType>>,
    /// Whether a blank line or a row of blank cells precedes it.
    pub after_gap: bool,
    pub is_ruling: bool,
    pub is_comment: bool,
}

impl<'t> SampleRow<'t> {
    fn of(record: &Record<'_>, cells: Vec<Cow<'t, str>>) -> Self {
        Self {
            line: record.line,
            cells,
            types: OnceCell::new(),
            after_gap: record.after_gap,
            is_ruling: is_ruling(record.raw),
            is_comment: is_comment(record.raw),
        }
    }

    /// Creates a row that consists of these cells.
    pub(crate) fn of_cells(cells: impl Iterator<Item = &'t str>) -> Self {
        let cells = cells.map(Cow::Borrowed).collect();
        Self { line: 0, cells, types: OnceCell::new(), after_gap: false, is_ruling: false, is_comment: false }
    }

    /// Returns the row with these cells only. `follows_blank` says that the previous row has no cells in these columns.
    pub(crate) fn between(&self, columns: Range<usize>, follows_blank: bool) -> Self {
        let end = columns.end.min(self.cells.len());
        let cells = self.cells.get(columns.start..end).unwrap_or_default().to_vec();
        Self { cells, types: OnceCell::new(), after_gap: self.after_gap || follows_blank, ..*self }
    }

    /// Returns the types of the cells.
    pub(crate) fn types(&self) -> &[CellType] {
        self.types.get_or_init(|| self.cells.iter().map(|cell| cell_type(cell)).collect())
    }

    pub(crate) fn is_blank(&self) -> bool {
        // Few cells need the full check.
        self.cells
            .iter()
            .all(|cell| cell.is_empty() || (kinds::is_no_value(cell) && cell_type(cell) == CellType::Blank))
    }

    /// Returns the number of cells that are not blank.
    pub(crate) fn filled(&self) -> usize {
        self.types().iter().filter(|cell_type| **cell_type != CellType::Blank).count()
    }

    pub(crate) fn cell_type(&self, column: usize) -> CellType {
        self.types().get(column).copied().unwrap_or(CellType::Blank)
    }

    /// Returns whether this can be a row of a table at all.
    pub(crate) fn is_tabular(&self) -> bool {
        !self.is_ruling && !self.is_comment && !self.is_blank()
    }
}

/// Returns the type of a trimmed cell.
pub(crate) fn cell_type(cell: &str) -> CellType {
    // Numbers as programs write them are recognised directly.
    if Decimal::read(cell.as_bytes()).is_some() {
        CellType::Number
    } else if dates::iso_day(cell.as_bytes()).is_some() {
        CellType::Date
    } else if cell.is_empty() || kinds::is_no_value(cell) {
        CellType::Blank
    } else if cell.bytes().any(|b| b.is_ascii_digit())
        && (numbers::read(cell).is_some() || numbers::read_clock(cell).is_some())
    {
        CellType::Number
    } else if dates::read(cell).is_some() {
        CellType::Date
    } else if cell.starts_with("http") && cell.contains("://")
        || (cell.contains('@') && cell.contains('.') && !cell.contains(' '))
    {
        CellType::Address
    } else {
        CellType::Text
    }
}

/// Returns whether a line is drawn with characters, such as `----+----` below a header.
pub(crate) fn is_ruling(raw: &str) -> bool {
    raw.bytes().all(|b| matches!(b, b'-' | b'=' | b'_' | b'*' | b'+' | b'|' | b':' | b' ' | b'\t'))
        && raw.bytes().filter(|b| matches!(b, b'-' | b'=' | b'_' | b'*')).nth(2).is_some()
}

/// Returns whether a line is a comment: `# Start date: 20261101`, `#----`. `#,Project` and `#12` are cells.
pub(crate) fn is_comment(raw: &str) -> bool {
    let Some(rest) = raw.strip_prefix('#') else { return false };
    rest.is_empty() || rest.starts_with([' ', '#', '-', '=', '*', '!'])
}
