//! One export that a team folder is made from. [`super::exports`] reads them.

use std::path::PathBuf;

use crate::preset::Recognised;
use crate::source::recognise::Content;
use crate::table::Inspection;

/// A guess that is not so sure is asked about.
pub(crate) const SURE: i32 = 60;

/// One export, read and recognised.
pub(crate) struct Export<'a> {
    pub path: PathBuf,
    /// Where it is copied to.
    pub target: String,
    pub inspection: Inspection,
    pub found: Recognised<'a>,
    pub contents: Vec<Content>,
    pub bytes: Vec<u8>,
}

impl Export<'_> {
    /// The best column of a field.
    pub(crate) fn at(&self, field: &str) -> Option<usize> {
        self.found.positions(field).min_by_key(|&at| self.found.ranks.get(at).copied().unwrap_or(usize::MAX))
    }

    /// The header of a column.
    pub(crate) fn header(&self, column: usize) -> &str {
        self.inspection.columns.get(column).map_or("", |column| column.name.as_str())
    }
}
