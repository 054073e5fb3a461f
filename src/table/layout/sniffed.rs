//! What the beginning of a file shows before its cells are counted: encoding, dialect, header line and structure.
//! [`crate::table::infer`] starts with it.

use std::path::Path;

use crate::problem::{Failure, Place, Problem};
use crate::table::layout::beside::{Beside, Other};
use crate::table::layout::cut::{self, SplitCells};
use crate::table::layout::delimiter;
use crate::table::layout::header;
use crate::table::layout::sample::Sample;
use crate::table::layout::structure::Structure;
use crate::table::options::ReadingOptions;
use crate::table::text::encoding::{Decoded, Encoding};
use crate::table::text::records::{Block, Blocks, Dialect, Records};
use crate::table::text::unwrap::Wrapping;

/// What the beginning of a file shows.
pub(crate) struct Sniffed {
    pub found: Encoding,
    pub dialect: Dialect,
    pub header_line: u64,
    pub names: Vec<String>,
    /// Text above the header.
    pub title: String,
    pub structure: Structure,
    /// The contents of a small file, so that no pass reads it again.
    pub whole: Option<Block>,
    /// The cell that is split in two in each row, because it is not quoted.
    pub cut: Option<SplitCells>,
    /// Notes on unusual properties, and on tables beside the one that is read.
    pub notes: Vec<Problem>,
}

impl Sniffed {
    pub(crate) fn of(path: &Path, shown: &str, options: &ReadingOptions, quotable: bool) -> Result<Self, Failure> {
        let found = Encoding::find(path, shown, options.encoding.as_deref())?;
        let decoded = Decoded::open(path, found).map_err(|e| Failure::read(path, e))?;
        let sample = Sample::read(decoded).map_err(|e| Failure::read(path, e))?;
        let wrapping = Wrapping::of(&sample, options.delimiter);
        let sample = match wrapping {
            Some(wrapping) => sample.unwrapped(wrapping),
            None => sample,
        };
        let delimiter::Found { dialect, index, mut rows, is_named, mut notes } =
            delimiter::find(&sample, options.delimiter, shown)?;
        let dialect = Dialect { wrapping, ..dialect };
        if is_named && rows.first().is_some_and(|row| row.line == 1) {
            rows.remove(0);
        }
        if let Some(comment) = options.comment {
            for row in &mut rows {
                row.is_comment = row.cells.first().is_some_and(|cell| cell.starts_with(comment));
            }
        }
        if !rows.iter().any(|row| row.is_tabular()) {
            // A quote that is never closed may have swallowed the whole sample.
            let mut blocks = Blocks::new(sample.text().as_bytes(), shown, dialect, quotable);
            while blocks.next()?.is_some() {}
            return Err(Problem::error("empty-file", "the file holds no table")
                .at(Place::file(shown))
                .help("export it again")
                .into());
        }
        let beside = Beside::find(&rows, &options.columns);
        if let Some(beside) = &beside {
            let others = beside.others.iter().map(|other| not_read(other, &sample, dialect, shown, quotable));
            notes.extend(others);
            rows = beside.own.rows(&rows);
        }
        let header = match options.header_line {
            Some(0) => None,
            Some(line) => Some(rows.iter().position(|row| row.line == line).ok_or_else(|| {
                Problem::error("no-header", format!("no row starts in line {line}, which `header_line` names"))
                    .at(Place::file(shown))
                    .help("leave `header_line` out, and `headsup inspect` shows what is found")
            })?),
            None => header::find(&rows),
        };
        let structure = Structure::of(&rows, header, options).within(beside.map(|beside| beside.own));
        let mut names = header.map_or_else(Vec::new, |i| header::names(&rows, i, &options.required));
        let cut = header.and_then(|i| cut::find(&rows, i, &sample, dialect));
        if cut.is_none() && header.is_some_and(|i| header::lacks_row_names(&rows, i)) {
            notes.push(has_row_names(&names, shown, quotable));
            names.insert(0, String::new());
        }
        let header_line = header.map_or(0, |i| rows[i].line);
        let above = rows[..header.unwrap_or(0)].iter().flat_map(|row| &row.cells);
        let title = above.map(|cell| cell.as_ref()).collect::<Vec<_>>().join(" ");
        let whole = sample.into_block(index);
        Ok(Self { found, dialect, header_line, names, title, structure, whole, cut, notes })
    }
}

/// Describes that all rows are longer than the header, and how this is interpreted.
fn has_row_names(names: &[String], shown: &str, quotable: bool) -> Problem {
    let first =
        names.first().filter(|_| quotable).map(|name| format!(", `{name}` names the second")).unwrap_or_default();
    let message =
        format!("all rows have one cell more than the header: their first is taken for the name of the row{first}");
    Problem::note("row-names", message)
        .at(Place::file(shown))
        .help("if a comma without quotes stands in a text of every row instead, export the file again with quotes")
}

/// Describes which columns belong to another table, with the place of the first cell of its header.
fn not_read(other: &Other, sample: &Sample, dialect: Dialect, shown: &str, quotable: bool) -> Problem {
    let mut records = Records::new(sample.text(), 1, dialect);
    let mut place = Place::at(shown, other.line, 1);
    while let Some(record) = records.next() {
        if record.line == other.line {
            place = record.place(other.columns.start, shown, quotable);
            break;
        }
    }
    let names: Vec<String> = other.names.iter().map(|name| format!("`{name}`")).collect();
    let names = if names.is_empty() || !quotable { String::new() } else { format!(" ({})", names.join(", ")) };
    let message = format!(
        "columns {} to {}{names} belong to another table beside this one; they are not read",
        other.columns.start + 1,
        other.columns.end
    );
    Problem::warning("table-beside", message)
        .at(place)
        .help("to read that table, name its columns in [source.columns] of a [[source]] of its own")
}
