//! The columns of one table in a sheet with several tables.

use std::ops::Range;

use crate::table::layout::sample::SampleRow;
use crate::table::text::records::Record;

/// A range of columns that contains one table.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Window(pub Range<usize>);

impl Window {
    /// Returns the cells of the table. If the blank column after the table is filled, the whole row is returned.
    pub(crate) fn of<'a>(&self, record: &Record<'a>) -> Record<'a> {
        let end = if record.is_blank(self.0.end) { self.0.end } else { record.width() };
        record.between(self.0.start, end)
    }

    /// Returns the rows with the cells of the table only.
    pub(crate) fn rows<'t>(&self, rows: &[SampleRow<'t>]) -> Vec<SampleRow<'t>> {
        let mut own: Vec<SampleRow<'t>> = Vec::with_capacity(rows.len());
        for row in rows {
            let follows_blank = own.last().is_some_and(SampleRow::is_blank);
            own.push(row.between(self.0.clone(), follows_blank));
        }
        own
    }
}
