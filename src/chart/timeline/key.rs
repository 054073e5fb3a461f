//! The key below a timeline: the names for the numbers, and the milestones without a date.

use super::layout::{CONTEXT, MARK, STATUS};
use crate::chart::lettering::{settable, shorten};
use crate::chart::{Label, Mark};

/// Smallest width of a column, in points.
const MIN_COLUMN_WIDTH: f64 = 165.0;
const GUTTER: f64 = 8.0;
/// Up to this many entries make only a few rows of two columns.
const FEW_ENTRIES: usize = 12;
/// Width of a number, in points.
const INDENT: f64 = 12.0;

/// The entries of all lanes, in order.
#[derive(Default)]
pub(super) struct Keys {
    entries: Vec<Entry>,
    numbers: usize,
}

/// An entry; without a number if the milestone could not be drawn.
struct Entry {
    number: Option<usize>,
    name: String,
    note: String,
}

impl Entry {
    fn new(number: Option<usize>, mark: &Mark) -> Self {
        Self { number, name: settable(&mark.name), note: settable(&mark.note) }
    }
}

impl Keys {
    /// Numbers the marks, continuing from the last number. Returns the first number.
    pub(crate) fn add_numbered<'a>(&mut self, marks: impl Iterator<Item = &'a Mark>) -> usize {
        let first = self.numbers + 1;
        for mark in marks {
            self.numbers += 1;
            self.entries.push(Entry::new(Some(self.numbers), mark));
        }
        first
    }

    pub(crate) fn add_undated(&mut self, mark: &Mark) {
        self.entries.push(Entry::new(None, mark));
    }

    /// Returns the number of columns: the largest, at least two, in which every entry fits whole; otherwise the
    /// maximum, or two for few entries, so that more of their names fits.
    fn widest_columns(&self, width: f64) -> usize {
        let most = ((width / MIN_COLUMN_WIDTH) as usize).clamp(1, 4).min(self.entries.len());
        let wanted = |entry: &Entry| INDENT + MARK.width(&entry.name) + 4.0 + CONTEXT.width(&entry.note) + GUTTER;
        let widest = self.entries.iter().map(wanted).fold(0.0, f64::max);
        (2..=most)
            .rev()
            .find(|&columns| widest <= width / columns as f64)
            .unwrap_or_else(|| if self.entries.len() <= FEW_ENTRIES { most.min(2) } else { most })
    }

    /// Returns the entries in columns below `top`, and the height of the picture with them.
    pub(crate) fn columns(&self, top: f64, width: f64) -> (Vec<Label>, f64) {
        if self.entries.is_empty() {
            return (Vec::new(), top);
        }
        let columns = self.widest_columns(width);
        let rows = self.entries.len().div_ceil(columns);
        let pitch = width / columns as f64;
        let room = pitch - INDENT - GUTTER;
        let mut labels = Vec::new();
        for (index, entry) in self.entries.iter().enumerate() {
            let left = pitch * (index / rows) as f64;
            let baseline = top + 4.0 + MARK.leading() * (index % rows + 1) as f64;
            let number = entry.number.map_or("–".to_string(), |number| number.to_string());
            labels.push(Label::new(&number, left, baseline, STATUS));
            let note = shorten(&entry.note, CONTEXT.size, false, room * 0.68);
            let name = shorten(&entry.name, MARK.size, false, room - CONTEXT.width(&note) - 4.0);
            let name = Label::new(&name, left + INDENT, baseline, MARK);
            labels.push(Label::new(&note, name.left + name.width + 4.0, baseline, CONTEXT));
            labels.push(name);
        }
        (labels, top + 8.0 + MARK.leading() * rows as f64)
    }
}
