//! Rows with nothing but a title among rows with more fields: each is a task, but may have been meant as a heading for
//! the rows below it. This is reported once.

use crate::problem::{Place, Problem};
use crate::source::record::Record;
use crate::tables::Cells as _;

/// The rows of a file that have nothing but a title.
#[derive(Default)]
pub(crate) struct TitlesAlone {
    rows: u64,
    alone: u64,
    /// Place of the first one, without its text, which may be confidential.
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

    /// Returns the note about these rows, or `None` if most rows of the file are like this.
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
