//! The positions of records and their cells in a small file, which are found once and used in every pass.

use std::borrow::Cow;
use std::ops::Range;

use super::record::Extent;
use super::{Dialect, Record, Records, Span};

/// The positions of the records of a text, and of their cells.
#[derive(Debug, Default)]
pub(crate) struct RecordIndex {
    /// Each record with its range of `spans`, which are its cells.
    records: Vec<(Extent, Range<usize>)>,
    spans: Vec<Span>,
    is_at_end: bool,
}

impl RecordIndex {
    /// Finds up to `most` records at the beginning of a text.
    pub(crate) fn of(text: &str, dialect: Dialect, most: usize) -> Self {
        let mut index = Self::default();
        let mut records = Records::new(text, 1, dialect);
        while index.records.len() < most
            && let Some(extent) = records.step()
        {
            let first = index.spans.len();
            index.spans.extend_from_slice(&records.spans);
            index.records.push((extent, first..index.spans.len()));
        }
        Self { is_at_end: records.is_at_end(), ..index }
    }

    /// Returns whether these are all records of the text, so that no quote was left open.
    pub(crate) fn are_all(&self) -> bool {
        self.is_at_end
    }

    pub(crate) fn count(&self) -> usize {
        self.records.len()
    }

    /// Returns the records of `text`, which must be the text in which they were found.
    pub(crate) fn records<'t>(&'t self, text: &'t str, dialect: Dialect) -> impl Iterator<Item = Record<'t>> {
        let is_ascii = text.is_ascii();
        self.records
            .iter()
            .filter_map(move |(extent, cells)| extent.record(text, self.spans.get(cells.clone())?, is_ascii, dialect))
    }

    /// Returns the cells of each record, which borrow from the text.
    pub(crate) fn cells<'t>(&self, text: &'t str, dialect: Dialect) -> impl Iterator<Item = Vec<Cow<'t, str>>> {
        self.records.iter().map(move |(extent, cells)| {
            let raw = text.get(extent.bytes.clone()).unwrap_or_default();
            let spans = self.spans.get(cells.clone()).unwrap_or_default();
            spans.iter().map(|span| span.cell(raw, dialect)).collect()
        })
    }
}
