//! Rows with a title and nothing else, among rows that say more: each is a task, and may have been meant as the heading of
//! those below it. That is said once.

use crate::problem::{Place, Problem};
use crate::source::record::Record;
use crate::tables::Cells as _;

/// Such rows of a file.
#[derive(Default)]
pub(crate) struct TitlesAlone {
    rows: u64,
    alone: u64,
    /// The first of them, without its text: it may be a confidential one.
    first: Option<Place>,
}

impl TitlesAlone {
    pub(crate) fn see(&mut self, record: &Record<'_, '_>) {
        self.rows += 1;
        if record.says_only("title") {
            self.alone += 1;
            self.first.get_or_insert_with(|| record.place("title").unquoted());
        }
    }

    /// What is said of them; nothing of a file in which most rows are such.
    pub(crate) fn note(self, file: &str) -> Option<Problem> {
        let place = self.first.filter(|_| self.alone * 2 < self.rows)?;
        let (rows, each, this) = match self.alone {
            1 => ("1 row has".to_owned(), "it is read as an open task", "this is it"),
            n => (format!("{n} rows have"), "each is read as an open task", "this is the first"),
        };
        let message = format!("{rows} nothing but a title in {file}; {each}; {this}");
        let help = "if it is the heading of the rows below it, delete the row in the file, or write a status into it that means dropped";
        Some(Problem::note("title-alone", message).at(place).help(help))
    }
}
