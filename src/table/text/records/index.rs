//! Records whose cells were found once and are gone over again: every pass over a small file wants them.

use std::borrow::Cow;
use std::ops::Range;

use super::record::Extent;
use super::{Dialect, Record, Records, Span};

/// Where the records of a text are, and their cells.
#[derive(Debug, Default)]
pub(crate) struct RecordIndex {
    /// Each with those of the spans that are its cells.
    records: Vec<(Extent, Range<usize>)>,
    spans: Vec<Span>,
    is_at_end: bool,
}

impl RecordIndex {
    /// The first records of a text, up to so many.
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

    /// Whether they are all of the text: no quote was left open.
    pub(crate) fn are_all(&self) -> bool {
        self.is_at_end
    }

    pub(crate) fn count(&self) -> usize {
        self.records.len()
    }

    /// The records of `text`, which is that of which they were found.
    pub(crate) fn records<'t>(&'t self, text: &'t str, dialect: Dialect) -> impl Iterator<Item = Record<'t>> {
        let is_ascii = text.is_ascii();
        self.records
            .iter()
            .filter_map(move |(extent, cells)| extent.record(text, self.spans.get(cells.clone())?, is_ascii, dialect))
    }

    /// The cells of each of them, for as long as the text is there.
    pub(crate) fn cells<'t>(&self, text: &'t str, dialect: Dialect) -> impl Iterator<Item = Vec<Cow<'t, str>>> {
        self.records.iter().map(move |(extent, cells)| {
            let raw = text.get(extent.bytes.clone()).unwrap_or_default();
            let spans = self.spans.get(cells.clone()).unwrap_or_default();
            spans.iter().map(|span| span.cell(raw, dialect)).collect()
        })
    }
}
