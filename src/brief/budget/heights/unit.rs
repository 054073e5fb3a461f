//! What stands together on a page.

use std::collections::{BTreeMap, BTreeSet};

/// Tiles side by side on paper.
pub(crate) const TILES_ACROSS: usize = 4;
/// Between the letters of a thing and those of the next.
const GAP: f64 = 5.6;
/// A line that stands in the place of what gave way.
const SUMMED: f64 = 16.0;
/// What was not measured may be so much taller than its letters say.
const DOUBT: f64 = 5.0;

/// A thing, or some together.
#[derive(Debug)]
pub(crate) enum Node {
    /// A thing that may give way, and how tall its letters make it.
    Thing(usize, f64),
    /// A thing that is replaced by one line when it gives way.
    Summed(usize, f64),
    /// One below the other.
    Below(Vec<Node>),
    /// Side by side.
    Beside(Vec<Node>),
}

/// What a page break does not divide, or no more than between its rows.
#[derive(Debug)]
pub(crate) struct Unit {
    /// Whether it is the first of its section.
    pub(crate) opens: bool,
    /// About what stands between it and the one before: with its section's heading, where it is the first.
    pub(crate) lead: f64,
    /// About what its section's heading takes.
    pub(crate) heading: f64,
    pub(crate) rows: Vec<Node>,
    /// Whether a page may end between two rows.
    pub(crate) splits: bool,
}

impl Node {
    pub(crate) fn height(&self, gone: &BTreeSet<usize>, things: &BTreeMap<usize, f64>) -> f64 {
        let doubt = if things.is_empty() { 0.0 } else { DOUBT };
        match self {
            Node::Thing(place, _) if gone.contains(place) => 0.0,
            Node::Summed(place, _) if gone.contains(place) => SUMMED,
            Node::Thing(place, guess) | Node::Summed(place, guess) => {
                things.get(place).map_or(guess + doubt, |height| height + GAP)
            }
            Node::Below(nodes) => nodes.iter().map(|node| node.height(gone, things)).sum(),
            Node::Beside(nodes) => nodes.iter().map(|node| node.height(gone, things)).fold(0.0, f64::max),
        }
    }

    fn places(&self, into: &mut Vec<usize>) {
        match self {
            Node::Thing(place, _) | Node::Summed(place, _) => into.push(*place),
            Node::Below(nodes) | Node::Beside(nodes) => nodes.iter().for_each(|node| node.places(into)),
        }
    }
}

impl Unit {
    pub(crate) fn places(&self) -> impl Iterator<Item = usize> + use<> {
        let mut places = Vec::new();
        self.rows.iter().for_each(|row| row.places(&mut places));
        places.into_iter()
    }
}
