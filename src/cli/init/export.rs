//! One export from which a team folder is made. [`super::exports`] reads them.

use std::path::PathBuf;

use crate::preset::Recognised;
use crate::source::recognise::Content;
use crate::table::Inspection;

/// Lowest score at which a guess is used without asking the user.
pub(crate) const SURE: i32 = 60;

/// An export that has been read and recognised.
pub(crate) struct Export<'a> {
    pub path: PathBuf,
    /// Name of the copy in the team folder.
    pub target: String,
    pub inspection: Inspection,
    pub found: Recognised<'a>,
    pub contents: Vec<Content>,
    pub bytes: Vec<u8>,
}

impl Export<'_> {
    /// Returns the best column of a field, or `None` if it has no column.
    pub(crate) fn at(&self, field: &str) -> Option<usize> {
        self.found.positions(field).min_by_key(|&at| self.found.ranks.get(at).copied().unwrap_or(usize::MAX))
    }

    /// Returns the header of a column.
    pub(crate) fn header(&self, column: usize) -> &str {
        self.inspection.columns.get(column).map_or("", |column| column.name.as_str())
    }
}
