//! Tables between the rows of another one, as the sub-items of a board: their header has this table's names in an order of
//! its own, and their rows are set in.

use std::borrow::Cow;
use std::collections::BTreeSet;

use crate::table::layout::sample::{CellType, SampleRow, cell_type};

/// The names of a header that are words: a year or a number may be a cell like any other.
#[derive(Debug, Clone, Default)]
pub(crate) struct HeaderWords(BTreeSet<String>);

impl HeaderWords {
    pub(crate) fn of(header: &[Cow<'_, str>]) -> Self {
        Self(
            header
                .iter()
                .filter(|name| cell_type(name) == CellType::Text)
                .map(|name| name.clone().into_owned())
                .collect(),
        )
    }

    pub(crate) fn have(&self, cell: &str) -> bool {
        self.0.contains(cell)
    }

    /// Whether the cells are the header of an inner table: most of them are names.
    pub(crate) fn head(&self, cells: &[Cow<'_, str>]) -> bool {
        let filled = || cells.iter().filter(|cell| !cell.is_empty());
        let known = || filled().filter(|cell| self.have(cell)).count();
        // Most rows are told by their second cell.
        filled().nth(1).is_some_and(|cell| self.have(cell))
            && known() > 2
            && known() * 2 > filled().count()
            && filled().all(|cell| cell_type(cell) == CellType::Text)
    }

    /// The rows but for those of inner tables: below their header the first cell is blank.
    pub(crate) fn without_inner_tables<'r, 't>(&self, body: &[&'r SampleRow<'t>]) -> Vec<&'r SampleRow<'t>> {
        let is_set_in = |i: usize| body.get(i).is_some_and(|row| row.cell_type(0) == CellType::Blank);
        let mut inside = false;
        let rows = body.iter().enumerate().filter(|(i, row)| {
            inside = (self.head(&row.cells) && is_set_in(i + 1)) || (inside && is_set_in(*i));
            !inside
        });
        rows.map(|(_, row)| *row).collect()
    }
}
