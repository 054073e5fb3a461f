//! One load under way, as the readers of all tables know it.

use std::collections::HashMap;

use chrono::NaiveDate;

use super::files::Opened;
use super::hidden::HiddenRows;
use super::marks;
use super::names::Names;
use crate::config::Config;
use crate::problem::{PRIVATE_FILE, Problems};
use crate::tables::{Lines, Logged, Marked, TableKind};

/// One load under way.
pub(crate) struct Loading<'a> {
    pub config: &'a Config,
    pub as_of: NaiveDate,
    pub problems: &'a mut Problems,
    /// What the rows of logs may refer to, once the tables that define it are read.
    pub names: Names,
    /// Rows that a copy may leave out, found so far.
    pub hidden: HiddenRows,
    /// Every row of an ask: its id, its words, its file and lines. Which of them are a person's is known when all is read.
    pub asked: Vec<(Option<String>, String, String, Lines)>,
}

impl Loading<'_> {
    /// Rows that are confidential: their problems say no more than where they are.
    pub(crate) fn conceal_marked<T: Marked>(&mut self, rows: &[Logged<T>]) {
        let marked = rows.iter().filter(|row| row.is_marked());
        self.conceal(marked.map(|row| (row.place.file.as_str(), row.lines)), true);
    }

    /// Rows whose problems say no more than where they are. `is_marked`: they are confidential in whatever table.
    pub(crate) fn conceal<'r>(&mut self, rows: impl Iterator<Item = (&'r str, Lines)> + Clone, is_marked: bool) {
        self.add(rows.clone(), is_marked);
        marks::conceal(self.problems, rows);
    }

    /// Rows that the copy that may be forwarded leaves out: nothing is decided by their cells.
    pub(crate) fn hide<'r>(&mut self, rows: impl Iterator<Item = (&'r str, Lines)>) {
        self.add(rows, false);
    }

    fn add<'r>(&mut self, rows: impl Iterator<Item = (&'r str, Lines)>, is_marked: bool) {
        // A private file is hidden whole, and so is read by its own rows.
        for (file, lines) in rows.filter(|(file, _)| !file.starts_with(PRIVATE_FILE)) {
            self.hidden.add(file, lines.first, is_marked);
        }
    }
}

/// Where the opened files of one table stand, by the name that places have for them.
pub(crate) fn by_name(opened: &[Opened<'_>], table: TableKind) -> HashMap<String, usize> {
    let files = opened.iter().enumerate().filter(|(_, file)| file.source.table == table);
    files.map(|(at, file)| (file.inspection.file.clone(), at)).collect()
}

/// The opened files of one table.
pub(crate) fn of<'a, 'o>(opened: &'a mut [Opened<'o>], table: TableKind) -> impl Iterator<Item = &'a mut Opened<'o>> {
    opened.iter_mut().filter(move |file| file.source.table == table)
}
