//! The state of one load, which the readers of all tables share.

use std::collections::HashMap;

use chrono::NaiveDate;

use super::files::Opened;
use super::hidden::HiddenRows;
use super::marks;
use super::names::Names;
use crate::config::Config;
use crate::problem::{PRIVATE_FILE, Problems};
use crate::tables::{Lines, Logged, Marked, TableKind};

/// The state of one load.
pub(crate) struct Loading<'a> {
    pub config: &'a Config,
    pub as_of: NaiveDate,
    pub problems: &'a mut Problems,
    /// The names that rows of logs may refer to, once the tables that define them have been read.
    pub names: Names,
    /// Rows found so far that a copy may leave out.
    pub hidden: HiddenRows,
    /// Every row of an ask: id, text, file and lines. Which asks name a person is known only at the end.
    pub asked: Vec<(Option<String>, String, String, Lines)>,
}

impl Loading<'_> {
    /// Conceals confidential rows: their problems show nothing but their place.
    pub(crate) fn conceal_marked<T: Marked>(&mut self, rows: &[Logged<T>]) {
        let marked = rows.iter().filter(|row| row.is_marked());
        self.conceal(marked.map(|row| (row.place.file.as_str(), row.lines)), true);
    }

    /// Conceals rows, so that their problems show nothing but their place. `is_marked` says that they are confidential
    /// in any table.
    pub(crate) fn conceal<'r>(&mut self, rows: impl Iterator<Item = (&'r str, Lines)> + Clone, is_marked: bool) {
        self.add(rows.clone(), is_marked);
        marks::conceal(self.problems, rows);
    }

    /// Hides rows that the copy that may be forwarded leaves out: their cells must not influence how columns are read.
    pub(crate) fn hide<'r>(&mut self, rows: impl Iterator<Item = (&'r str, Lines)>) {
        self.add(rows, false);
    }

    fn add<'r>(&mut self, rows: impl Iterator<Item = (&'r str, Lines)>, is_marked: bool) {
        // A private file is hidden as a whole, so its own rows decide how it is read.
        for (file, lines) in rows.filter(|(file, _)| !file.starts_with(PRIVATE_FILE)) {
            self.hidden.add(file, lines.first, is_marked);
        }
    }
}

/// Maps the names of a table's opened files in messages to their indices.
pub(crate) fn by_name(opened: &[Opened<'_>], table: TableKind) -> HashMap<String, usize> {
    let files = opened.iter().enumerate().filter(|(_, file)| file.source.table == table);
    files.map(|(at, file)| (file.inspection.file.clone(), at)).collect()
}

/// Returns the opened files of one table.
pub(crate) fn of<'a, 'o>(opened: &'a mut [Opened<'o>], table: TableKind) -> impl Iterator<Item = &'a mut Opened<'o>> {
    opened.iter_mut().filter(move |file| file.source.table == table)
}
