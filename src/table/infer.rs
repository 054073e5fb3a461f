//! Infers how a file is read: first its beginning is sniffed, then all of its cells are counted. In the same pass, a
//! [`Fold`] can aggregate the rows.

use std::path::Path;
use std::sync::Arc;

use super::column::Column;
use super::counted::Counted;
use super::inspection::Inspection;
use super::layout::cut::SplitCells;
use super::layout::sniffed::Sniffed;
use super::options::ReadingOptions;
use super::pass::{self, BlockBatches, Fold};
use super::row::Row;
use super::text::file_stamp::FileStamp;
use super::values::periods;
use crate::problem::{Failure, Place, Problem, Problems};

/// Infers how `path` is read. `shown` is its name for people; `quotable` says whether a problem may show a cell.
pub fn infer(path: &Path, shown: &str, options: &ReadingOptions, quotable: bool) -> Result<Inspection, Failure> {
    Ok(infer_and_fold(path, shown, options, quotable, None::<fn(&Inspection) -> Option<Nothing>>)?.0)
}

/// Infers how `path` is read, as [`infer`] does, and aggregates its rows in the same pass. `plan` chooses the
/// aggregation from the columns as the beginning of the file shows them. The aggregate is `None` if there was no plan,
/// or if the rest of the file has shown that a column must be read differently.
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
        year: periods::year_said(&sniffed.title).or_else(|| periods::year_said(&path.file_stem()?.to_string_lossy())),
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
    check_width(shown, sniffed.header_line, &names)?;
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

/// Most columns of a table, as in a spreadsheet.
const MAX_COLUMNS: usize = 16_384;
/// Longest header, in bytes: a longer one is text that was mistaken for a header.
const MAX_HEADER_BYTES: usize = 4_096;

/// Refuses a table that is too wide: every column costs something in every row.
fn check_width(shown: &str, header_line: u64, names: &[String]) -> Result<(), Problem> {
    let long = names.iter().position(|name| name.len() > MAX_HEADER_BYTES);
    let message = match long {
        _ if names.len() > MAX_COLUMNS => {
            format!("this file has {} columns; {MAX_COLUMNS} are the most", names.len())
        }
        Some(at) => {
            format!("the header of column {} has {} bytes; {MAX_HEADER_BYTES} are the most", at + 1, names[at].len())
        }
        None => return Ok(()),
    };
    Err(Problem::error("too-wide", message)
        .at(Place::at(shown, header_line, 1))
        .help("is the delimiter right? set `delimiter` in its [[source]], or export fewer columns"))
}

/// The aggregate of all rows, made while they were counted.
struct Folded<T> {
    part: T,
    /// The columns that were read, in the form in which they were read.
    columns: Vec<Column>,
}

/// The result of a pass over all rows: the counts and the aggregate.
type Passed<T> = (Counted, Option<Folded<T>>);

/// A fold that aggregates nothing.
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
    /// Counts the possible meanings of the cells of all rows, and follows the plan that is chosen after the first
    /// blocks.
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

    /// Takes over the counts and adds the problems that they show.
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
        self.name_odd_units();
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

    /// Describes that a cell of each row is split in two, and which one it probably is.
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
}
