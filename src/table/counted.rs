//! Counts what is needed to infer a file: records, skipped rows, and the possible meanings of each column's cells.
//! [`crate::table::infer`] counts block by block, and merges the blocks in their order.

use crate::problem::{Place, Problem};
use crate::table::inspection::{Inspection, MAX_LISTED_SKIPS, MAX_PROBLEMS_OF_A_CODE, Skipped};
use crate::table::layout::structure::Verdict;
use crate::table::text::records::Record;
use crate::table::values::kinds::{Example, Tally};
use crate::table::values::memo::Memo;
use crate::table::values::numbers::Decimal;

/// Most repeated cells that all columns of a block remember together, and most that one column remembers.
const MAX_REMEMBERED: usize = 8192;
const MAX_REMEMBERED_OF_ONE: usize = 2048;

/// The counts of a block, or of all blocks so far.
pub(crate) struct Counted {
    pub records: u64,
    pub skipped_rows: u64,
    pub skipped: Vec<Skipped>,
    pub wide_rows: u64,
    /// Problems of the first rows with more cells than columns.
    pub wide: Vec<Problem>,
    columns: Vec<Counting>,
}

/// The counts of a column.
struct Counting {
    tally: Tally,
    /// Counts of rows that a copy may leave out.
    hidden: Option<Box<Tally>>,
    /// Cells that have been counted, with the number of their repetitions since.
    again: Memo<u64>,
    /// Whether the last cell was a number: then the next one probably is, too.
    were_numbers: bool,
}

impl Counting {
    fn new(remembered: usize) -> Self {
        Self { tally: Tally::default(), hidden: None, again: Memo::new(remembered), were_numbers: false }
    }
}

/// Most characters of a skipped row that are shown.
const MAX_QUOTED: usize = 60;

impl Counted {
    /// Creates empty counts, for up to `records` records.
    pub(crate) fn new(width: usize, records: usize) -> Self {
        let remembered = (MAX_REMEMBERED / width.max(1)).min(MAX_REMEMBERED_OF_ONE).min(records);
        Self {
            records: 0,
            skipped_rows: 0,
            skipped: Vec::new(),
            wide_rows: 0,
            wide: Vec::new(),
            columns: std::iter::repeat_with(|| Counting::new(remembered)).take(width).collect(),
        }
    }

    pub(crate) fn add(&mut self, inspection: &Inspection, record: &Record<'_>, verdict: Verdict) {
        self.records += 1;
        if let Verdict::Skip(reason) = verdict {
            self.skipped_rows += 1;
            if self.skipped.len() < MAX_LISTED_SKIPS {
                let text = if inspection.quotable {
                    record.raw.trim().chars().take(MAX_QUOTED).collect()
                } else {
                    String::new()
                };
                let (line, is_doubtful) = (record.line, reason.is_doubtful());
                self.skipped.push(Skipped { line, reason: reason.text().into_owned(), text, is_doubtful });
            }
            return;
        }
        if inspection.is_hidden(record.line) {
            return self.add_hidden(inspection, record);
        }
        let by_look = inspection.options.missing.is_empty();
        for (position, column) in self.columns.iter_mut().enumerate().take(record.width()) {
            let place = || record.place(position, &inspection.file, inspection.quotable);
            if by_look && record.tidy(position).is_some_and(|cell| column.count_by_look(cell, &place)) {
                continue;
            }
            let cell = record.cell(position);
            if !cell.is_empty() && !inspection.is_missing(&cell) {
                column.count(&cell, &place);
            }
        }
        if record.width() > self.columns.len() {
            self.wide(inspection, record);
        }
    }

    /// Counts hidden rows separately: the type of a column must not depend on them.
    fn add_hidden(&mut self, inspection: &Inspection, record: &Record<'_>) {
        for (position, column) in self.columns.iter_mut().enumerate().take(record.width()) {
            let cell = record.cell(position);
            if !cell.is_empty() && !inspection.is_missing(&cell) {
                let place = || record.place(position, &inspection.file, false);
                column.hidden.get_or_insert_default().count(&cell, 1, &|| Example::of(&cell, place()));
            }
        }
    }

    /// Notes a row that may have more cells than the table has columns.
    fn wide(&mut self, inspection: &Inspection, record: &Record<'_>) {
        let columns = self.columns.len();
        if (columns..record.width()).all(|column| record.is_blank(column)) {
            return;
        }
        self.wide_rows += 1;
        if self.wide_rows <= MAX_PROBLEMS_OF_A_CODE {
            let message = format!(
                "this row has {} cells, the table {columns} columns; the cells from here on are not read",
                record.width()
            );
            self.wide.push(
                Problem::warning("wide-row", message)
                    .at(record.place(columns, &inspection.file, inspection.quotable))
                    .help("a cell with the delimiter in it must stand in quotes"),
            );
        }
    }

    /// Adds the counts of the next block.
    pub(crate) fn merge(&mut self, next: Counted) {
        self.records += next.records;
        self.skipped_rows += next.skipped_rows;
        self.skipped.extend(next.skipped.into_iter().take(MAX_LISTED_SKIPS - self.skipped.len()));
        for (column, next) in self.columns.iter_mut().zip(next.columns) {
            let (tally, hidden) = next.tallies();
            column.tally.merge(tally);
            if let Some(hidden) = hidden {
                column.hidden.get_or_insert_default().merge(*hidden);
            }
        }
        self.wide_rows += next.wide_rows;
        self.wide.extend(next.wide.into_iter().take(MAX_PROBLEMS_OF_A_CODE as usize - self.wide.len()));
    }

    /// Returns the counts of each column in the blocks that have been added.
    pub(crate) fn tallies(&self) -> Vec<Tally> {
        let of = |column: &Counting| match &column.hidden {
            // A column whose cells are all in hidden rows is seen only by readers who may see those rows.
            Some(hidden) if column.tally.is_blank() => Tally { is_of_hidden: true, ..Tally::clone(hidden) },
            _ => column.tally.clone(),
        };
        self.columns.iter().map(of).collect()
    }
}

impl Counting {
    /// Counts a cell on the fast path if possible, and returns whether it did: a number as programs write it cannot be
    /// anything else, and of a cell that has occurred before only the repetition is counted. The result is the same as
    /// that of [`Self::count`].
    #[inline]
    fn count_by_look(&mut self, cell: &str, place: &impl Fn() -> Place) -> bool {
        if !self.were_numbers
            && let Some(n) = self.again.get(cell)
        {
            *n += 1;
            return true;
        }
        let number = Decimal::read(cell.as_bytes());
        self.were_numbers = number.is_some();
        match number {
            Some(decimal) => self.tally.count_decimal(decimal, cell.len(), &|| Example::of(cell, place())),
            None => return self.again.get(cell).map(|n| *n += 1).is_some(),
        }
        true
    }

    /// Counts any cell.
    fn count(&mut self, cell: &str, place: &impl Fn() -> Place) {
        let tally = &mut self.tally;
        tally.count(cell, 1, &|| Example::of(cell, place()));
        self.again.put(cell, 0, |cell, n| tally.count_again(cell, n));
    }

    fn tallies(self) -> (Tally, Option<Box<Tally>>) {
        let mut tally = self.tally;
        self.again.into_all().for_each(|(cell, n)| tally.count_again(&cell, n));
        (tally, self.hidden)
    }
}

#[cfg(test)]
mod tests;
