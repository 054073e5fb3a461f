//! Reads logs, the tables of rows that stand for themselves. What a row says and what becomes of several of them,
//! [`crate::tables`] declares; this passes marks of confidentiality on between the rows of one thing, and counts them.

use std::collections::HashMap;

use chrono::NaiveDate;

use super::marks::{Key, conceal, spread};
use super::record::{Record, read_with};
use super::{Loading, Opened, of};
use crate::problem::{Failure, Place, Problems};
use crate::tables::{Cells as _, LogRow, Logged, Marked, TableKind};

impl Loading<'_> {
    /// What the rows of a table's files come to.
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
        recount(self.problems, opened, table, &rows);
        Ok(T::fold(rows, self.problems))
    }
}

/// Whether a row of that date is known by as-of; one without a date is.
pub(crate) fn is_known(record: &Record<'_, '_>, date: Option<NaiveDate>) -> bool {
    date.is_none() || record.known(date).is_some()
}

/// A row as the file has it.
pub(crate) fn logged<T>(record: &Record<'_, '_>, date: Option<NaiveDate>, place: Place, item: T) -> Logged<T> {
    Logged {
        id: record.id(),
        date,
        is_known: is_known(record, date),
        place,
        lines: record.lines(),
        newest: record.newest(),
        is_counted: record.is_confidential(),
        item,
    }
}

/// Counts the rows of a table's files that other rows made confidential: what a copy withholds is not among the rows that
/// were read for it, nor a problem in it among those that it counts.
pub(crate) fn recount<T: Marked>(
    problems: &mut Problems,
    opened: &mut [Opened<'_>],
    table: TableKind,
    rows: &[Logged<T>],
) {
    let mut counts: HashMap<&str, (u64, Option<NaiveDate>)> = HashMap::new();
    for row in rows {
        let (confidential, newest_open) = counts.entry(&row.place.file).or_default();
        match row.is_marked() {
            true => *confidential += u64::from(!row.is_counted),
            false => *newest_open = (*newest_open).max(row.newest),
        }
    }
    let hidden = rows.iter().filter(|row| row.is_marked());
    conceal(problems, hidden.map(|row| (row.place.file.as_str(), row.lines)));
    for file in of(opened, table) {
        let found = counts.get(file.inspection.file.as_str());
        if let Some((confidential, newest_open)) = found.filter(|(confidential, _)| *confidential > 0) {
            file.counts.confidential += confidential;
            file.counts.newest_open = *newest_open;
        }
    }
}
