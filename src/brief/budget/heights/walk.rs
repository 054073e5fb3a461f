//! Collects the printed parts of a brief, in the order of their places, as units that a page break does not divide.

use super::super::super::{Block, Brief, SectionStyle, Span, TableRow, Tile, WEB_ONLY, rows};
use super::unit::{Node, TILES_ACROSS, Unit};

/// Width of the text, in points.
const TEXT_WIDTH: f64 = 510.0;
/// Mean width of a character, and distance between two lines, in points, at the text's font size of 9 points.
const CHAR_WIDTH: f64 = 4.4;
const LINE_HEIGHT: f64 = 11.1;
/// Space between two parts, in points.
const PART_GAP: f64 = 1.0;
/// Height of the header of a table, in points.
const TABLE_HEAD: f64 = 13.0;
/// Height of a section's heading with the space above it, in points.
const HEADING: f64 = 30.0;
/// Height of the heading of a section whose title is on the line of its text, in points.
const RUN_IN: f64 = 9.0;
const TILES_HEIGHT: f64 = 68.0;
/// Estimated height of the title and the summary on the first page, in points.
const TITLE_HEIGHT: f64 = 100.0;
/// A table with at most this many rows stays on one page if no cell has more characters than the second number
/// (`blocks.typ`).
const MAX_ROWS_TOGETHER: usize = 5;
const MAX_CHARS_TOGETHER: f64 = 150.0;

/// Returns the units of a brief, section by section; sections that share a row of the page are one unit.
pub(crate) fn units(brief: &Brief) -> Vec<Unit> {
    let mut walk = Walk { place: 0 };
    let (mut units, mut room): (Vec<Unit>, u8) = (Vec::new(), 0);
    let own = brief.sections.len() - usize::from(brief.has_own_page());
    for (section, twelfths) in brief.sections[..own].iter().zip(rows::twelfths(&brief.sections)) {
        let heading = if matches!(section.style, SectionStyle::RunIn | SectionStyle::Strip) { RUN_IN } else { HEADING };
        let heading = if units.is_empty() { heading + TITLE_HEIGHT } else { heading };
        let unit = |opens: bool, rows: Vec<Node>, splits: bool| Unit {
            opens,
            lead: if opens { heading } else { 0.0 },
            heading,
            rows,
            splits,
        };
        if twelfths < 12 {
            let body = Node::Below(walk.blocks(&section.blocks, TEXT_WIDTH * f64::from(twelfths) / 12.0));
            match units.last_mut() {
                Some(Unit { rows, .. }) if room >= twelfths => match rows.as_mut_slice() {
                    [Node::Beside(sections)] => sections.push(body),
                    _ => rows.push(body),
                },
                _ => {
                    units.push(unit(true, vec![Node::Beside(vec![body])], false));
                    room = 12;
                }
            }
            room -= twelfths.min(room);
            continue;
        }
        room = 0;
        if section.style == SectionStyle::Strip {
            let facts = walk.blocks(&section.blocks, TEXT_WIDTH);
            units.push(unit(true, vec![Node::Beside(facts)], false));
            continue;
        }
        let mut opens = true;
        for block in &section.blocks {
            let rows = walk.block(block, TEXT_WIDTH);
            if !rows.is_empty() || opens {
                let unit = unit(opens, rows, splits(block));
                let head = if matches!(block, Block::Table(table) if table.show_head) { TABLE_HEAD } else { 0.0 };
                units.push(Unit { lead: unit.lead + head, ..unit });
                opens = false;
            }
        }
    }
    units
}

/// Whether a page may end within a block, between two of its rows.
fn splits(block: &Block) -> bool {
    match block {
        Block::List(list) => !list.inline,
        Block::Table(table) => {
            table.rows.len() > MAX_ROWS_TOGETHER
                || table.rows.iter().flat_map(|row| &row.cells).any(|cell| letters(cell) > MAX_CHARS_TOGETHER)
        }
        Block::Tiles(_) => true,
        _ => false,
    }
}

/// Visits the parts of a brief in the order of their places: each before what is beside or below it.
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
            Block::Meter(meter) => {
                // In a narrow column the bar is below the text.
                let tall = if column > 300.0 {
                    text(&meter.spans, column * 0.6)
                } else {
                    text(&meter.spans, column) + LINE_HEIGHT
                };
                self.thing(meter.priority, tall).into_iter().collect()
            }
            Block::List(list) if list.inline => {
                let part = |spans: &[Span]| (letters(spans) + 4.0) * CHAR_WIDTH / column * LINE_HEIGHT;
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
                    cells.fold(LINE_HEIGHT + PART_GAP, f64::max)
                };
                table.rows.iter().filter_map(|one| self.thing(one.priority, row(one))).collect()
            }
            Block::Tiles(tiles) => {
                let row = |row: &[Tile]| row.iter().map(|tile| tile.priority).max().unwrap_or(WEB_ONLY);
                let node = |tiles: &[Tile]| {
                    let thing = self.thing(row(tiles), TILES_HEIGHT);
                    match thing {
                        Some(Node::Thing(place, tall)) if tiles.iter().all(|tile| tile.in_brief.is_some()) => {
                            Some(Node::Summed(place, tall))
                        }
                        other => other,
                    }
                };
                tiles.tiles.chunks(TILES_ACROSS).filter_map(node).collect()
            }
            Block::Figure(figure) => {
                let width = if figure.beside.is_empty() { column } else { figure.chart.width.min(column) };
                let tall = figure.chart.height * width / figure.chart.width.max(1.0) + LINE_HEIGHT + PART_GAP;
                let chart = match self.thing(figure.priority, tall) {
                    Some(Node::Thing(place, tall)) => Some((place, tall)),
                    _ => None,
                };
                vec![Node::Figure(chart, self.blocks(&figure.beside, (column - figure.chart.width).max(90.0)))]
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

/// Estimates the height of a text, in points, in a column that is `column` points wide.
fn text(spans: &[Span], column: f64) -> f64 {
    (letters(spans) * CHAR_WIDTH / column).ceil().max(1.0) * LINE_HEIGHT + PART_GAP
}
