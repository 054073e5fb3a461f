//! How many lines a text takes in a column.

use crate::brief::{Span, Style};
use crate::chart::text_width;

/// A paragraph as it fills its lines, word by word.
pub struct Filling {
    column: f64,
    size: f64,
    blank: f64,
    /// Where the last line ends.
    at: f64,
    pub lines: f64,
}

impl Filling {
    pub fn new(column: f64, size: f64) -> Self {
        Self { column: column.max(size), size, blank: text_width(" ", size, false), at: 0.0, lines: 1.0 }
    }

    pub fn add_all(&mut self, spans: &[Span]) {
        spans.iter().for_each(|span| self.add(&span.text, matches!(span.style, Style::Strong | Style::Warning)));
    }

    pub fn add(&mut self, text: &str, bold: bool) {
        for (i, word) in text.split(' ').enumerate() {
            let before = if i == 0 { 0.0 } else { self.blank };
            let width = text_width(word, self.size, bold);
            if self.at + before + width <= self.column || self.at == 0.0 {
                self.at += before + width;
            } else {
                self.lines += 1.0;
                self.at = width;
            }
            // A word that is wider than the column is divided.
            let over = (self.at / self.column).ceil() - 1.0;
            if over > 0.0 {
                self.lines += over;
                self.at -= over * self.column;
            }
        }
    }
}
