//! The key below a time line: the names behind the numbers, and the milestones that have no date.

use super::*;
use crate::chart::Mark;

const ENTRY: Hand = Hand { size: 7.0, bold: false, colour: INK };
const NUMBER: Hand = Hand { bold: true, ..ENTRY };
/// Narrowest column, in points.
const COLUMN: f64 = 165.0;

/// One entry; without a number for a milestone that could not be drawn.
#[derive(Debug, Clone)]
pub(super) struct Key {
    number: Option<usize>,
    name: String,
    note: String,
}

impl Key {
    pub fn new(number: Option<usize>, mark: &Mark) -> Self {
        Self { number, name: settable(&mark.name), note: settable(&mark.note) }
    }
}

/// The entries in columns below `top`, and the height of the picture with them.
pub(super) fn columns(keys: &[Key], top: f64, width: f64) -> (Vec<Label>, f64) {
    let count = ((width / COLUMN) as usize).clamp(1, 4).min(keys.len().max(1));
    let rows = keys.len().div_ceil(count);
    let column = width / count as f64;
    let mut labels = Vec::new();
    for (index, key) in keys.iter().enumerate() {
        let left = column * (index / rows) as f64;
        let baseline = top + 4.0 + ENTRY.leading() * (index % rows + 1) as f64;
        let number = key.number.map_or("–".to_string(), |number| number.to_string());
        labels.push(Label::new(&number, left, baseline, NUMBER));
        let name_left = left + 12.0;
        let room = column - 12.0 - 8.0;
        let note = lettering::shorten(&key.note, CONTEXT.size, false, room * 0.6);
        let note_width = CONTEXT.width(&note);
        let name = lettering::shorten(&key.name, ENTRY.size, false, room - note_width - 4.0);
        let name = Label::new(&name, name_left, baseline, ENTRY);
        labels.push(Label::new(&note, name_left + name.width + 4.0, baseline, CONTEXT));
        labels.push(name);
    }
    let height = if keys.is_empty() { top } else { top + 8.0 + ENTRY.leading() * rows as f64 };
    (labels, height)
}
