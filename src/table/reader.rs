//! Reads the rows of an inspected file.

use super::inspection::Inspection;
use super::layout::structure::{RowContext, Verdict};
use super::row::Row;
use crate::problem::Failure;

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

    /// Reads the first `most` data rows; what stands behind them is not looked at.
    pub fn first_rows(&self, most: usize, each: &mut dyn FnMut(&Row<'_>)) -> Result<(), Failure> {
        let mut blocks = self.blocks()?;
        let (mut progress, mut count) = (RowContext::default(), 0);
        while count < most
            && let Some(block) = blocks.next()?
        {
            block.each_record(self.dialect, |record| {
                if count < most
                    && record.line > self.header_line
                    && self.structure.judge(&record, &mut progress) == Verdict::Data
                {
                    count += 1;
                    each(&Row { record: self.structure.own(&record), inspection: self });
                }
            });
        }
        Ok(())
    }
}
