//! Decides whether a row is a total: its name in one cell, and only numbers in the others.

use std::borrow::Cow;

use super::{FULL_ROWS, Reason, Structure};
use crate::table::layout::sample::{self, CellType};
use crate::table::layout::totals::TotalName;
use crate::table::text::records::Record;

impl Structure {
    /// Returns the reason to skip a total: its name in one cell, and only numbers in the others. The name is in the
    /// first cell, or the row lacks a required cell.
    pub(super) fn total(&self, record: &Record<'_>, first: usize) -> Option<Reason> {
        let required = || self.always.iter().enumerate().filter(|(_, always)| **always).map(|(column, _)| column);
        // Other words may follow in the row: a currency, or what is added up.
        if TotalName::is_labelled(&record.cell(first)) {
            let lacking =
                required().filter(|column| sample::cell_type(&record.cell(*column)) == CellType::Blank).count();
            if lacking * 4 >= required().count() {
                return Some(Reason::Total);
            }
        }
        if !required().any(|column| record.is_blank(column)) {
            // Signs for "nothing" count as blank: `Account Total,--,--,12`.
            let lacks = || required().any(|column| sample::cell_type(&record.cell(column)) == CellType::Blank);
            let is_total = match TotalName::of_full_row(&record.cell(first)) {
                Some(TotalName::Whole) if self.has_totals && self.rest_is_numbers(record, first) => true,
                Some(_) => lacks() && self.rest_has_no_words(record, first),
                None => false,
            };
            return is_total.then_some(Reason::Total);
        }
        let mut named = (0..record.width()).filter(|column| TotalName::of(&record.cell(*column)).is_some());
        if named.any(|column| self.rest_has_no_words(record, column)) {
            return Some(Reason::Total);
        }
        let cells = || -> Vec<Cow<'_, str>> { record.cells().collect() };
        (self.has_unnamed_totals && self.is_unnamed(&cells())).then_some(Reason::UnnamedTotal)
    }

    /// Returns whether a row has only numbers, each in a column of numbers, where other rows have names. A word for
    /// "nothing" counts as a word. A single id is a row without values.
    pub(super) fn is_unnamed(&self, cells: &[impl AsRef<str>]) -> bool {
        let cell = |column: usize| cells.get(column).map_or("", |cell| cell.as_ref());
        let is_blank = |column: usize| !cell(column).contains(char::is_alphanumeric);
        let is_number = |column: usize| {
            self.typed.get(column) == Some(&Some(CellType::Number))
                && sample::cell_type(cell(column)) == CellType::Number
        };
        let mut columns = self.always.iter().zip(&self.typed).enumerate();
        let lacks_name =
            columns.any(|(column, (always, typed))| *always && *typed != Some(CellType::Number) && is_blank(column));
        lacks_name
            && (!self.starts_with_ids || is_blank(0))
            && self.full_rows >= FULL_ROWS
            && (0..cells.len()).any(is_number)
            && (0..cells.len()).all(|column| is_blank(column) || is_number(column))
    }

    /// Returns whether there are numbers and no words in the other cells.
    pub(super) fn rest_has_no_words(&self, record: &Record<'_>, but: usize) -> bool {
        let others = (0..record.width()).filter(|column| *column != but);
        let types: Vec<CellType> = others.map(|column| sample::cell_type(&record.cell(column))).collect();
        types.contains(&CellType::Number)
            && types.iter().all(|cell_type| matches!(cell_type, CellType::Number | CellType::Blank))
    }

    fn rest_is_numbers(&self, record: &Record<'_>, but: usize) -> bool {
        let others = (0..record.width()).filter(|column| *column != but);
        let mut types = others
            .map(|column| sample::cell_type(&record.cell(column)))
            .filter(|cell_type| *cell_type != CellType::Blank)
            .peekable();
        types.peek().is_some() && types.all(|cell_type| cell_type == CellType::Number)
    }
}
