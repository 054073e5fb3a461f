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
}
