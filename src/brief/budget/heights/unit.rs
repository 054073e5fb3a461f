//! Units: parts of a brief that stay together on a page.

use std::collections::{BTreeMap, BTreeSet};

/// Number of tiles side by side in print.
pub(crate) const TILES_ACROSS: usize = 4;
/// Space in points between the text of one part and that of the next.
pub(crate) const GAP: f64 = 5.6;
/// Height in points of a line that replaces a removed part.
const SUMMED: f64 = 16.0;
/// Possible error of an estimated height, in points.
const ESTIMATE_ERROR: f64 = 5.0;

/// A part of a brief, or several.
#[derive(Debug)]
pub(crate) enum Node {
    /// A part that may be removed: its place and its estimated height.
    Thing(usize, f64),
    /// A part that is replaced by one line when it is removed: its place and its estimated height.
    Summed(usize, f64),
    /// Parts one below the other.
    Below(Vec<Node>),
    /// Parts side by side.
    Beside(Vec<Node>),
    /// A chart, by its place and its estimated height, with texts beside it. Without the chart they are below each other
    /// on the whole width.
    Figure(Option<(usize, f64)>, Vec<Node>),
}

/// Parts that a page break does not divide, or divides only between rows.
#[derive(Debug)]
pub(crate) struct Unit {
    /// Whether it is the first unit of its section.
    pub(crate) opens: bool,
    /// Estimated space between it and the previous unit; for the first unit of a section with the heading.
    pub(crate) lead: f64,
    /// Estimated height of its section's heading.
    pub(crate) heading: f64,
    pub(crate) rows: Vec<Node>,
    /// Whether a page may end between two rows.
    pub(crate) splits: bool,
}

impl Node {
    pub(crate) fn height(&self, gone: &BTreeSet<usize>, things: &BTreeMap<usize, f64>) -> f64 {
        let doubt = if things.is_empty() { 0.0 } else { ESTIMATE_ERROR };
        match self {
            Node::Thing(place, _) if gone.contains(place) => 0.0,
            Node::Summed(place, _) if gone.contains(place) => SUMMED,
            Node::Thing(place, guess) | Node::Summed(place, guess) => {
                things.get(place).map_or(guess + doubt, |height| height + GAP)
            }
            Node::Below(nodes) => nodes.iter().map(|node| node.height(gone, things)).sum(),
            Node::Beside(nodes) => nodes.iter().map(|node| node.height(gone, things)).fold(0.0, f64::max),
            Node::Figure(chart, beside) => {
                let chart = chart.map_or(0.0, |(place, guess)| Node::Thing(place, guess).height(gone, things));
                beside.iter().map(|node| node.height(gone, things)).sum::<f64>().max(chart)
            }
        }
    }

    fn places(&self, into: &mut Vec<usize>) {
        match self {
            Node::Thing(place, _) | Node::Summed(place, _) => into.push(*place),
            Node::Below(nodes) | Node::Beside(nodes) => nodes.iter().for_each(|node| node.places(into)),
            Node::Figure(chart, beside) => {
                into.extend(chart.map(|(place, _)| place));
                beside.iter().for_each(|node| node.places(into));
            }
        }
    }
}

impl Unit {
    /// Returns the rows without the `gone` parts, and whether a page may end between two of them: the texts of a figure
    /// without its chart are such rows.
    pub(crate) fn rows(&self, gone: &BTreeSet<usize>) -> (&[Node], bool) {
        match &self.rows[..] {
            [Node::Figure(chart, beside)] if chart.is_none_or(|(place, _)| gone.contains(&place)) => (beside, true),
            rows => (rows, self.splits),
        }
    }

    pub(crate) fn places(&self) -> impl Iterator<Item = usize> + use<> {
        let mut places = Vec::new();
        self.rows.iter().for_each(|row| row.places(&mut places));
        places.into_iter()
    }
}
