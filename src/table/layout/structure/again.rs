//! Recognises rows of names where the table has numbers or dates, anywhere in the file: a repeated header in other
//! words, or the header of another table directly below.

use super::{Reason, Structure};
use crate::table::layout::sample::{CellType, cell_type};
use crate::table::text::records::Record;

impl Structure {
    /// Returns the reason to skip a row of names, or `None` if it is not one.
    #[inline]
    pub(super) fn header_below(&self, record: &Record<'_>) -> Option<Reason> {
        if self.typed_columns.may_be_headed_by(record) { self.names_below(record) } else { None }
    }

    fn names_below(&self, record: &Record<'_>) -> Option<Reason> {
        let cells: Vec<String> = record.cells().map(|cell| cell.into_owned()).collect();
        let types: Vec<CellType> = cells.iter().map(|cell| cell_type(cell)).collect();
        let filled: Vec<&String> = cells.iter().filter(|cell| !cell.is_empty()).collect();
        let is_distinct = filled.iter().collect::<std::collections::BTreeSet<_>>().len() == filled.len();
        if !is_distinct || !self.typed_columns.are_headed_by(&types) {
            return None;
        }
        let names = self.header.as_deref().unwrap_or_default();
        let own = |column: usize| names.get(column).map_or("", String::as_str);
        let pairs = || cells.iter().enumerate().map(|(column, cell)| (cell.as_str(), own(column)));
        let has_own_name = pairs().any(|(cell, name)| !cell.is_empty() && bare(cell) == bare(name));
        Some(match has_own_name {
            true if pairs().all(|(cell, name)| cell.is_empty() || share_a_word(cell, name)) => Reason::RepeatedHeader,
            true => Reason::OtherTable(record.line),
            false => Reason::Words(record.line),
        })
    }

    /// Returns whether a row directly below a row of names belongs to another table.
    pub(super) fn goes_on_otherwise(&self, record: &Record<'_>) -> bool {
        !self.typed_columns.fit(record)
    }
}

/// Returns the letters and digits of a name in lower case.
fn bare(name: &str) -> String {
    name.to_lowercase().chars().filter(|c| c.is_alphanumeric()).collect()
}

fn share_a_word(one: &str, other: &str) -> bool {
    let words = |name: &str| -> Vec<String> { name.split(|c: char| !c.is_alphanumeric()).map(bare).collect() };
    let others = words(other);
    bare(one) == bare(other) || words(one).iter().any(|word| !word.is_empty() && others.contains(word))
}
