//! Inner tables between the rows of another table, such as the sub-items of a board: their header has the names of the
//! outer table in another order, and their rows are indented.

use std::borrow::Cow;
use std::collections::BTreeSet;

use crate::table::layout::sample::{CellType, SampleRow, cell_type};

/// The names of a header that are words. Years and numbers are left out, since they may be data.
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

    /// Returns whether the cells are the header of an inner table: most of them are names.
    pub(crate) fn head(&self, cells: &[Cow<'_, str>]) -> bool {
        let filled = || cells.iter().filter(|cell| !cell.is_empty());
        let known = || filled().filter(|cell| self.have(cell)).count();
        // The second cell decides for most rows.
        filled().nth(1).is_some_and(|cell| self.have(cell))
            && known() > 2
            && known() * 2 > filled().count()
            && filled().all(|cell| cell_type(cell) == CellType::Text)
    }

    /// Returns the rows without those of inner tables, whose first cell is blank.
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
