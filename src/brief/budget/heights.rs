//! About how tall a brief is after a cut: the sum of its things, and of those side by side the tallest. What the
//! typesetter measured counts; what it has not set yet goes by its letters.

use std::collections::{BTreeMap, BTreeSet};

use super::super::{Block, Brief, SectionStyle, Span, TableRow, Tile, WEB_ONLY, rows};

/// Tiles side by side on paper.
pub(super) const TILES_ACROSS: usize = 4;

/// How tall things came out, in points, by their places.
pub type Measured = BTreeMap<usize, f64>;

/// Width of the text, in points.
const COLUMN: f64 = 510.0;
/// Of a letter on the mean, and from line to line, of the text's 9 points.
const LETTER: f64 = 4.5;
const LINE: f64 = 11.1;
/// Between a thing and the next.
const GAP: f64 = 5.6;
/// The heading of a section, with what parts it from the one before.
const HEADING: f64 = 30.0;
const TILES: f64 = 68.0;

/// A section, or those that share a row of the page.
pub(super) type Part = Vec<Section>;

pub(super) struct Section {
    heading: f64,
    body: Node,
}

enum Node {
    /// A thing that may give way, and how tall its letters make it.
    Thing(usize, f64),
    /// One below the other.
    Below(Vec<Node>),
    /// Side by side.
    Beside(Vec<Node>),
}

/// How tall the sections are without what is `gone`.
pub(super) fn height(parts: &[Part], gone: &BTreeSet<usize>, measured: &Measured) -> f64 {
    let tallest = |part: &Part| part.iter().map(|section| section.height(gone, measured)).fold(0.0, f64::max);
    parts.iter().map(tallest).sum()
}

impl Section {
    fn height(&self, gone: &BTreeSet<usize>, measured: &Measured) -> f64 {
        let body = self.body.height(gone, measured);
        // What is gone is summed up in a line.
        let line = if self.body.lacks(gone) { LINE } else { 0.0 };
        self.heading + body + line
    }
}

impl Node {
    fn height(&self, gone: &BTreeSet<usize>, measured: &Measured) -> f64 {
        match self {
            Node::Thing(place, _) if gone.contains(place) => 0.0,
            Node::Thing(place, guess) => measured.get(place).map_or(*guess, |height| height + GAP),
            Node::Below(nodes) => nodes.iter().map(|node| node.height(gone, measured)).sum(),
            Node::Beside(nodes) => nodes.iter().map(|node| node.height(gone, measured)).fold(0.0, f64::max),
        }
    }

    fn lacks(&self, gone: &BTreeSet<usize>) -> bool {
        match self {
            Node::Thing(place, _) => gone.contains(place),
            Node::Below(nodes) | Node::Beside(nodes) => nodes.iter().any(|node| node.lacks(gone)),
        }
    }
}

/// What is in print of a brief, in the order of its places.
pub(super) fn parts(brief: &Brief) -> Vec<Part> {
    let mut walk = Walk { place: 0 };
    let (mut parts, mut room): (Vec<Part>, u8) = (Vec::new(), 0);
    let own = brief.sections.len() - usize::from(brief.has_own_page());
    for (section, twelfths) in brief.sections[..own].iter().zip(rows::twelfths(&brief.sections)) {
        let body = Node::Below(walk.blocks(&section.blocks, COLUMN * f64::from(twelfths) / 12.0));
        let heading = if matches!(section.style, SectionStyle::RunIn | SectionStyle::Strip) { GAP } else { HEADING };
        let section = Section { heading, body };
        match parts.last_mut() {
            Some(part) if room >= twelfths => part.push(section),
            _ => {
                parts.push(vec![section]);
                room = 12;
            }
        }
        room -= twelfths.min(room);
    }
    parts
}

/// Asks for the things of a brief in the order of their places: each before what stands beside or below it.
struct Walk {
    place: usize,
}

impl Walk {
    fn thing(&mut self, priority: u8, height: f64) -> Option<Node> {
        self.place += 1;
        (priority != WEB_ONLY).then_some(Node::Thing(self.place - 1, height))
    }

    fn blocks(&mut self, blocks: &[Block], column: f64) -> Vec<Node> {
        blocks.iter().flat_map(|block| self.block(block, column)).collect()
    }

    fn block(&mut self, block: &Block, column: f64) -> Vec<Node> {
        match block {
            Block::Text { spans, priority } => self.thing(*priority, text(spans, column)).into_iter().collect(),
            Block::Meter(meter) => self.thing(meter.priority, text(&meter.spans, column * 0.6)).into_iter().collect(),
            Block::List(list) if list.inline => {
                let part = |spans: &[Span]| (letters(spans) + 4.0) * LETTER / column * LINE;
                list.items.iter().filter_map(|item| self.thing(item.priority, part(&item.spans))).collect()
            }
            Block::List(list) => {
                list.items.iter().filter_map(|item| self.thing(item.priority, text(&item.spans, column))).collect()
            }
            Block::Table(table) => {
                let all: f64 = table.columns.iter().map(|column| column.width.max(8.0)).sum();
                let width = |i: usize| table.columns.get(i).map_or(1.0, |column| column.width.max(8.0) / all);
                let row = |row: &TableRow| {
                    let cells = row.cells.iter().enumerate().map(|(i, cell)| text(cell, column * width(i)));
                    cells.fold(LINE + GAP, f64::max)
                };
                table.rows.iter().filter_map(|one| self.thing(one.priority, row(one))).collect()
            }
            Block::Tiles(tiles) => {
                let row = |row: &[Tile]| row.iter().map(|tile| tile.priority).max().unwrap_or(WEB_ONLY);
                tiles.tiles.chunks(TILES_ACROSS).filter_map(|tiles| self.thing(row(tiles), TILES)).collect()
            }
            Block::Figure(figure) => {
                let width = if figure.beside.is_empty() { column } else { figure.chart.width.min(column) };
                let tall = figure.chart.height * width / figure.chart.width.max(1.0) + LINE + GAP;
                let chart = self.thing(figure.priority, tall);
                let beside = Node::Below(self.blocks(&figure.beside, (column - figure.chart.width).max(90.0)));
                vec![Node::Beside(chart.into_iter().chain([beside]).collect())]
            }
            Block::Columns(columns) => {
                let each = column / columns.len().max(1) as f64;
                vec![Node::Beside(columns.iter().map(|blocks| Node::Below(self.blocks(blocks, each))).collect())]
            }
        }
    }
}

fn letters(spans: &[Span]) -> f64 {
    spans.iter().map(|span| span.text.len()).sum::<usize>() as f64
}

/// How tall so many letters are in a column.
fn text(spans: &[Span], column: f64) -> f64 {
    (letters(spans) * LETTER / column).ceil().max(1.0) * LINE + GAP
}
