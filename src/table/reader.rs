//! Reads the rows of an inspected file.

use super::inspection::Inspection;
use super::layout::structure::{RowContext, Verdict};
use super::row::Row;
use super::values::numbers;
use crate::problem::Failure;

/// Number of rows that decide how a file writes its numbers.
const DECIDING_ROWS: usize = 300;

impl Inspection {
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

    /// Reads every row that is skipped because of its shape.
    pub fn skipped_rows(&self, each: &mut dyn FnMut(&Row<'_>)) -> Result<(), Failure> {
        let mut blocks = self.blocks()?;
        let mut progress = RowContext::default();
        while let Some(block) = blocks.next()? {
            block.each_record(self.dialect, |record| {
                if record.line > self.header_line
                    && matches!(self.structure.judge(&record, &mut progress), Verdict::Skip(_))
                {
                    each(&Row { record: self.structure.own(&record), inspection: self });
                }
            });
        }
        self.stamp.verify_unchanged(&self.path, &self.file)
    }

    /// Reads the first `most` data rows: either those that a copy may leave out, or the others. The rest of the file is
    /// not read.
    pub fn first_rows(&self, most: usize, hidden: bool, each: &mut dyn FnMut(&Row<'_>)) -> Result<(), Failure> {
        let mut blocks = self.blocks()?;
        let (mut progress, mut count) = (RowContext::default(), 0);
        while count < most
            && let Some(block) = blocks.next()?
        {
            block.each_record(self.dialect, |record| {
                if count < most
                    && record.line > self.header_line
                    && self.structure.judge(&record, &mut progress) == Verdict::Data
                    && self.is_hidden(record.line) == hidden
                {
                    count += 1;
                    each(&Row { record: self.structure.own(&record), inspection: self });
                }
            });
        }
        Ok(())
    }

    /// Returns the decimal sign of a table with one column for each period and one row for each metric. Units belong to
    /// the rows there, so all cells decide together. Returns `None` if the config sets it, or if the cells do not
    /// decide.
    pub fn decimal_of_rows(&self) -> Option<char> {
        let periods: Vec<usize> =
            self.columns.iter().filter(|column| column.period.is_some()).map(|column| column.position).collect();
        if periods.len() < 2 || self.options.decimal.is_some() {
            return None;
        }
        let (mut point, mut comma) = (0_u32, 0_u32);
        let count = &mut |row: &Row<'_>| {
            for reading in periods.iter().filter_map(|column| row.text(*column)) {
                if let Some(reading) = numbers::read(&reading) {
                    point += u32::from(reading.comma.is_none());
                    comma += u32::from(reading.point.is_none());
                }
            }
        };
        self.first_rows(DECIDING_ROWS, false, count).ok()?;
        match (point, comma) {
            (1.., 0) => Some('.'),
            (0, 1..) => Some(','),
            _ => None,
        }
    }
}
