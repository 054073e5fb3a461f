//! The only CSV reader. Bytes of any export → rows whose cells know their place and kind.
//!
//! A file is inspected first — encoding, dialect, header line, kind and format of each column over all of its cells —
//! and then read in a stream, so that a file of any size takes bounded memory. `inspect` prints the inspection,
//! [`crate::source`] reads the rows. Nothing is guessed in silence: what two readings fit is a [`Problem`].
//!
//! bytes → [`encoding`](text::encoding) → [`wrapped`](layout::wrapped) → [`records`](text::records) → [`sample`](layout::sample): [`dialect`](layout::delimiter), [`header`](layout::header), [`structure`](layout::structure) → all rows:
//! [`counted`], [`kinds`](values::kinds) ([`dates`](values::dates), [`numbers`](values::numbers)) → [`Inspection`]; the same way again for the [`Row`]s. What only adds up can be made of
//! the rows in the first of these passes, by a [`Fold`].
//!
//! Most cells of a large file are told at one look: they stand without quotes and blanks, are numbers as programs write
//! them, or came before ([`Memo`]). Each such short way has the careful one beside it, and a property test that both
//! come to the same.

pub mod append;
mod columns;
mod counted;
mod layout;
mod options;
mod pass;
mod profile;
mod row;
mod text;
mod values;

use std::path::{Path, PathBuf};
use std::sync::Arc;

use crate::problem::{Failure, Place, Problem, Problems};

use counted::Counted;
use layout::cut::SplitCells;
use layout::sniffed::Sniffed;
use layout::structure::{RowContext, Structure, Verdict};
use pass::BlockBatches;
use text::encoding::{Decoded, Encoding};
use text::file_stamp::FileStamp;
use text::records::{Block, Blocks, Dialect};
use text::unwrap::Unwrapped;

pub use columns::{Column, Kind};
pub use options::{DateOrder, ReadingOptions};
pub use pass::Fold;
pub use profile::{Profile, profile};
pub use row::Row;
pub use text::progress;
pub use values::answer::{answer, same_answer};
pub use values::memo::Memo;
pub use values::periods::lacks_year;

/// Skipped rows are listed up to this many; the rest is counted.
const MAX_LISTED_SKIPS: usize = 100_000;
/// Problems of one code are told up to this many times; the rest is counted.
const MAX_PROBLEMS_OF_A_CODE: u64 = 10;

/// A row that was not read as data, and why.
#[derive(Debug, Clone, PartialEq, Eq, serde::Serialize)]
pub struct Skipped {
    pub line: u64,
    pub reason: String,
}

/// How a file is read.
#[derive(Debug)]
pub struct Inspection {
    /// The file's name for people.
    pub file: String,
    /// `utf-8`, `utf-16le`, `utf-16be`, `windows-1252`, another that its letters tell, or as configured.
    pub encoding: String,
    /// Whether the file starts with a byte order mark.
    pub bom: bool,
    pub delimiter: char,
    /// 1-based physical line; 0: no header.
    pub header_line: u64,
    pub columns: Vec<Column>,
    /// Data rows after the header, read or skipped.
    pub records: u64,
    /// How many of them are skipped.
    pub skipped_rows: u64,
    /// The skipped ones, in the order of the file; the first hundred thousand of them.
    pub skipped: Vec<Skipped>,
    /// What is wrong with the file as a whole, and notes. A column's doubt stands at the column.
    pub problems: Problems,
    path: PathBuf,
    stamp: FileStamp,
    quotable: bool,
    options: ReadingOptions,
    found: Encoding,
    dialect: Dialect,
    structure: Structure,
    /// All of a small file, so that it is read and taken apart once.
    whole: Option<Arc<Block>>,
}

/// Finds out how `path` is read. `shown` is its name for people; `quotable` whether a problem may show a cell.
pub fn infer(path: &Path, shown: &str, options: &ReadingOptions, quotable: bool) -> Result<Inspection, Failure> {
    Ok(infer_and_fold(path, shown, options, quotable, None::<fn(&Inspection) -> Option<Nothing>>)?.0)
}

/// Finds out how `path` is read, as [`infer`] does, and makes something of its rows in the same pass. `plan` says what,
/// from the columns as the beginning of the file shows them. None: there was no plan, or not all that it reads is read
/// as the beginning promised.
pub fn infer_and_fold<F: Fold>(
    path: &Path,
    shown: &str,
    options: &ReadingOptions,
    quotable: bool,
    plan: Option<impl FnOnce(&Inspection) -> Option<F>>,
) -> Result<(Inspection, Option<F::Part>), Failure> {
    let stamp = FileStamp::of(path, shown)?;
    let sniffed = Sniffed::of(path, shown, options, quotable)?;
    let mut inspection = Inspection {
        file: shown.to_owned(),
        encoding: sniffed.found.name(),
        bom: sniffed.found.has_mark(),
        delimiter: char::from(sniffed.dialect.delimiter),
        header_line: sniffed.header_line,
        columns: Vec::new(),
        records: 0,
        skipped_rows: 0,
        skipped: Vec::new(),
        problems: Problems::default(),
        path: path.to_owned(),
        stamp,
        quotable,
        options: options.clone(),
        found: sniffed.found,
        dialect: sniffed.dialect,
        structure: sniffed.structure,
        whole: sniffed.whole.map(Arc::new),
    };
    if inspection.found.is_rare() && options.encoding.is_none() {
        let message = format!("the letters of this file look like {}; it is read so", inspection.encoding);
        let help = "if they come out wrong, say `encoding = \"…\"` in this [[source]], or export again as UTF-8";
        inspection.problems.push(Problem::note("encoding", message).at(Place::file(shown)).help(help));
    }
    if inspection.dialect.wrapping.is_some() {
        let message = "lines stand in quotes whole, as one cell; they are read without those quotes";
        inspection.problems.push(Problem::note("lines-in-quotes", message).at(Place::file(shown)));
    }
    inspection.problems.0.extend(sniffed.notes);
    let mut names = sniffed.names;
    names.resize(inspection.structure.width(), String::new());
    let (counted, folded) = inspection.pass(&names, plan)?;
    inspection.note(counted, sniffed.cut.as_ref(), &names);
    let folded = folded.filter(|folded| {
        folded.columns.iter().all(|column| {
            inspection
                .columns
                .get(column.position)
                .is_some_and(|now| now.reading == column.reading && now.doubt.is_none())
        })
    });
    Ok((inspection, folded.map(|folded| folded.part)))
}

/// What was made of all rows while they were counted.
struct Folded<T> {
    part: T,
    /// The columns that were read, as they were read.
    columns: Vec<Column>,
}

/// What a pass over all rows counted, and what it made of them.
type Passed<T> = (Counted, Option<Folded<T>>);

/// Makes nothing of a file.
enum Nothing {}

impl Fold for Nothing {
    type Part = ();
    fn columns(&self) -> Vec<usize> {
        Vec::new()
    }
    fn start(&self) {}
    fn add(&self, (): &mut (), _: &Row<'_>) {}
    fn merge(&self, (): &mut (), (): ()) {}
}

impl Inspection {
    /// Counts over all rows what their cells can mean; and follows the plan that the first blocks lead to.
    fn pass<F: Fold>(
        &mut self,
        names: &[String],
        plan: Option<impl FnOnce(&Inspection) -> Option<F>>,
    ) -> Result<Passed<F::Part>, Failure> {
        let width = self.structure.width();
        let mut counted = Counted::new(width, 0);
        let mut batches = BlockBatches::of(self)?;
        let records = self.whole.as_ref().and_then(|whole| whole.count()).unwrap_or(usize::MAX);
        let start = || Counted::new(width, records);
        let first = batches.next(
            self,
            start,
            |block, record, verdict| block.add(self, record, verdict),
            |block| counted.merge(block),
        )?;
        let fold = plan.and_then(|plan| {
            self.columns = self.columns_of(names, &counted.tallies()).0;
            plan(self)
        });
        let mut part = fold.as_ref().map(F::start);
        if let (Some(fold), Some(part)) = (&fold, &mut part) {
            pass::again(self, first.unwrap_or_default(), fold, part);
        }
        while let Some(_done) = batches.next(
            self,
            || (start(), fold.as_ref().map(F::start)),
            |(block, part), record, verdict| {
                block.add(self, record, verdict);
                if let (Some(fold), Some(part)) = (&fold, part) {
                    pass::add_data(self, fold, part, record, verdict);
                }
            },
            |(block, next)| {
                counted.merge(block);
                if let (Some(fold), Some(part), Some(next)) = (&fold, &mut part, next) {
                    fold.merge(part, next);
                }
            },
        )? {}
        let folded = fold.zip(part).map(|(fold, part)| {
            let columns = fold.columns().iter().filter_map(|position| self.columns.get(*position).cloned()).collect();
            Folded { part, columns }
        });
        Ok((counted, folded))
    }

    /// Takes over what was counted, and says what is wrong with it.
    fn note(&mut self, mut counted: Counted, cut: Option<&SplitCells>, names: &[String]) {
        let untold = counted.wide_rows - counted.wide.len() as u64;
        self.problems.0.append(&mut counted.wide);
        if untold > 0 {
            let message = format!("{untold} more rows have more cells than the table has columns");
            self.problems.push(Problem::warning("wide-row", message).at(Place::file(&self.file)));
        }
        (self.records, self.skipped_rows) = (counted.records, counted.skipped_rows);
        self.skipped = std::mem::take(&mut counted.skipped);
        if let Some(cut) = cut {
            self.problems.push(self.cut_cells(cut));
        } else if counted.wide_rows * 2 > self.records - self.skipped_rows {
            let message =
                format!("{} of {} rows have more cells than the header has names", counted.wide_rows, self.records);
            self.problems.push(
                Problem::error("ragged", message)
                    .at(Place::file(&self.file))
                    .help("export again with quotes around cells that hold the delimiter, or say `delimiter = \"…\"`"),
            );
        }
        let tallies = counted.tallies();
        let (columns, notes) = self.columns_of(names, &tallies);
        self.columns = columns;
        self.problems.0.extend(notes);
        self.problems.0.extend(self.blank_columns(names, &tallies));
        if self.found.damaged > 0 {
            self.problems.push(
                Problem::warning(
                    "broken-characters",
                    format!("{} characters are no valid UTF-8; each is read as �", self.found.damaged),
                )
                .at(Place::file(&self.file))
                .help("export again as UTF-8, or say `encoding = \"windows-1252\"`"),
            );
        }
    }

    /// Says that a cell of each row is cut in two, and which it most likely is.
    fn cut_cells(&self, cut: &SplitCells) -> Problem {
        let column = &cut.column;
        let (message, help) = match cut.is_number {
            true => (
                format!(
                    "the rows have more cells than the header: numbers, most likely those of `{column}`, are cut in two at \
                     the sign between their digits"
                ),
                "export again with quotes around such cells, or without a sign between thousands".to_owned(),
            ),
            false => (
                format!(
                    "the rows have more cells than the header: texts, most likely those of `{column}`, hold `{}` and have \
                     no quotes",
                    self.delimiter
                ),
                format!("export again with quotes around `{column}`, or with another sign between cells"),
            ),
        };
        Problem::error("ragged", message).at(Place::at(&self.file, self.header_line.max(1), 1)).help(help)
    }

    /// The columns of a header name, in the order of the file: several where the header repeats it. Exact matches come
    /// before those that differ only in case.
    pub fn positions(&self, name: &str) -> Vec<usize> {
        let exact: Vec<usize> = self.columns.iter().filter(|c| c.name == name).map(|c| c.position).collect();
        if !exact.is_empty() {
            return exact;
        }
        let lower = name.to_lowercase();
        self.columns.iter().filter(|c| c.name.to_lowercase() == lower).map(|c| c.position).collect()
    }

    /// Reads every data row in the order of the file.
    pub fn rows(&self, each: &mut dyn FnMut(&Row<'_>)) -> Result<(), Failure> {
        let mut blocks = self.blocks()?;
        let mut progress = RowContext::default();
        while let Some(block) = blocks.next()? {
            block.each_record(self.dialect, |record| {
                if record.line > self.header_line && self.structure.judge(&record, &mut progress) == Verdict::Data {
                    each(&Row { record: self.structure.own(&record), inspection: self });
                }
            });
        }
        self.stamp.verify_unchanged(&self.path, &self.file)
    }

    /// The file from its beginning, for one pass over it.
    fn blocks(&self) -> Result<Blocks<Unwrapped<Decoded>>, Failure> {
        if let Some(whole) = &self.whole {
            return Ok(Blocks::of_one(Arc::clone(whole), &self.file, self.dialect, self.quotable));
        }
        let decoded = Decoded::open(&self.path, self.found).map_err(|e| Failure::read(&self.path, e))?;
        let decoded = decoded.telling(progress::ReadProgress::of(&self.file, self.stamp.length()));
        Ok(Blocks::new(Unwrapped::new(decoded, self.dialect.wrapping), &self.file, self.dialect, self.quotable))
    }

    fn is_missing(&self, cell: &str) -> bool {
        !self.options.missing.is_empty() && self.options.missing.iter().any(|word| word.trim() == cell)
    }
}
