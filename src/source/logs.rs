//! Reads logs, that is, tables whose rows do not refer to each other. [`crate::tables`] declares the fields and how
//! several rows of an item are combined; this module passes marks of confidentiality on between the rows of an item.

use chrono::NaiveDate;

use super::marks::{Key, spread};
use super::record::{Record, read_with};
use super::{Loading, Opened, of};
use crate::problem::{Failure, Place};
use crate::tables::{Cells as _, LogRow, Logged, TableKind};

impl Loading<'_> {
    /// Reads the rows of a table's files and combines them.
    pub(super) fn log<T: LogRow>(
        &mut self,
        opened: &mut [Opened<'_>],
        table: TableKind,
    ) -> Result<Vec<T::Item>, Failure> {
        let mut rows: Vec<Logged<T>> = Vec::new();
        for file in of(opened, table) {
            rows.extend(read_with(file, self.as_of, self.problems, &mut self.names, |record| {
                let row = T::read(record);
                let is_planned = row.is_planned();
                let mut row = logged(record, row.written_on(), record.place(T::SAID_IN), row);
                row.is_known |= is_planned;
                Some(row)
            })?);
        }
        let id = |row: &Logged<T>| Key::of("id", row.id.as_deref().unwrap_or_default());
        spread(&mut rows, |row| id(row).into_iter().chain(Key::of("said", &row.item.said())).collect());
        self.conceal_marked(&rows);
        let is_left_out: Vec<bool> =
            rows.iter_mut().map(|row| row.item.is_not_forwarded() || self.names.hide(&mut row.item)).collect();
        let left_out = rows.iter().zip(is_left_out).filter(|(_, is)| *is);
        self.hide(left_out.map(|(row, _)| (row.place.file.as_str(), row.lines)));
        if table == TableKind::Asks {
            let asked = |row: &Logged<T>| (row.id.clone(), row.item.said(), row.place.file.clone(), row.lines);
            self.asked.extend(rows.iter().map(asked));
        }
        Ok(T::fold(rows, self.problems))
    }
}

/// Returns whether a row with that date is known by as-of. A row without a date always is.
pub(crate) fn is_known(record: &Record<'_, '_>, date: Option<NaiveDate>) -> bool {
    date.is_none() || record.known(date).is_some()
}

/// Creates the entry for a row of a file.
pub(crate) fn logged<T>(record: &Record<'_, '_>, date: Option<NaiveDate>, place: Place, item: T) -> Logged<T> {
    Logged {
        id: record.id(),
        date,
        is_known: is_known(record, date),
        place,
        lines: record.lines(),
        is_hidden: record.is_hidden(),
        item,
    }
}
