//! Recognises rows with all required cells, and rows that continue the table after a note: neither is skipped because
//! other cells are missing.

use super::{Reason, RowContext, Structure};
use crate::lexicon;
use crate::table::layout::sample::{CellType, cell_type};
use crate::table::layout::totals::TotalName;
use crate::table::text::records::Record;
use crate::table::values::kinds::is_date_header;

impl Structure {
    /// Returns whether a row fills the required columns. If these are not known, the result is false.
    pub(super) fn is_whole(&self, record: &Record<'_>) -> bool {
        let is_filled = |column: &usize| !record.is_blank(*column);
        !self.required.is_empty() && self.required.iter().all(|columns| columns.iter().any(is_filled))
    }

    /// Returns the reason to skip a row with all required cells after all: it is the name of a group above a repeated
    /// header, it is a header, or its name is "Total" and its other cells are numbers.
    pub(super) fn doubt_of_whole(
        &self,
        record: &Record<'_>,
        first: usize,
        second: Option<usize>,
        progress: &RowContext,
    ) -> Option<Reason> {
        if second.is_none() && self.group == Some(first) && self.is_alone(record, first) {
            return Some(Reason::GroupOrNote);
        }
        if self.breaks_ids(record) || is_of_headers(record) {
            if (progress.gap || record.after_gap) && self.starts_another_table(record) {
                return Some(Reason::OtherTable(record.line));
            }
            return self.header_below(record);
        }
        if second.is_none() && self.width > 2 && TotalName::is_counted(&record.cell(first)) {
            return Some(Reason::Total);
        }
        if TotalName::is_subtotal(&record.cell(first)) && self.rest_has_no_words(record, first) {
            return Some(Reason::Total);
        }
        let is_total = self.has_totals
            && (0..record.width())
                .any(|column| TotalName::is_whole(&record.cell(column)) && self.rest_has_no_words(record, column));
        is_total.then_some(Reason::Total)
    }

    /// Returns whether the row has a word where every other row has its number.
    fn breaks_ids(&self, record: &Record<'_>) -> bool {
        self.typed.first() == Some(&Some(CellType::Number)) && cell_type(&record.cell(0)) == CellType::Text
    }

    /// Returns whether a row of words after a gap is a note, and not the header of another table: if this table has
    /// dates, none of the words is a header for dates; if it has none, there are fewer words than cells in a row.
    pub(super) fn is_note(&self, record: &Record<'_>) -> bool {
        let always = || self.always.iter().enumerate().filter(|(_, always)| **always).map(|(column, _)| column);
        let mut dates = always().filter(|column| self.typed.get(*column) == Some(&Some(CellType::Date))).peekable();
        if dates.peek().is_some() {
            let own = |column: usize| self.header.as_ref().and_then(|names| names.get(column));
            return !dates.any(|column| {
                let cell = record.cell(column);
                is_date_header(&cell)
                    || lexicon::is_date_header(&cell)
                    || own(column).is_some_and(|name| cell == name.as_str())
            });
        }
        let filled = (0..record.width()).filter(|column| !record.is_blank(*column)).count();
        !self.required.is_empty() || filled < always().count()
    }

    /// Returns whether a row after a note has this table's numbers and dates, and the required cells.
    pub(super) fn goes_on(&self, record: &Record<'_>, progress: &RowContext) -> bool {
        let mut typed = self
            .always
            .iter()
            .zip(&self.typed)
            .enumerate()
            .filter_map(|(column, (always, typed))| always.then_some((column, (*typed)?)));
        let fits = |(column, kind): (usize, CellType)| cell_type(&record.cell(column)) == kind;
        progress.is_note
            && typed.next().is_some_and(fits)
            && typed.all(fits)
            && (self.required.is_empty() || self.is_whole(record))
    }
}

/// Returns whether a record consists of two or more names of columns in any of our languages, and nothing else.
fn is_of_headers(record: &Record<'_>) -> bool {
    let mut filled = (0..record.width()).filter(|column| !record.is_blank(*column)).peekable();
    let mut count = 0;
    filled.peek().is_some()
        && filled.all(|column| {
            count += 1;
            lexicon::is_header(&record.cell(column))
        })
        && count > 1
}
