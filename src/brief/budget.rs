//! The page budget: what is left out, and in which order, if a brief does not fit its pages.
//!
//! The renderers of paged formats search for the smallest [`Cut`] that fits. Each cut removes the remaining unit of the
//! lowest priority, so more cuts never make a brief longer. The measured heights of the units say how much a cut saves
//! ([`heights`](self)). If a large unit was cut and a small one fits in its place, the small one is put back. One line
//! at the end sums up what is left out ("In the HTML version: 4 wins, 2 tasks"). Units of priority [`ALWAYS`] stay; if
//! they alone are too long, the last cuts clip their texts. Pure.

mod heights;

use std::collections::{BTreeMap, BTreeSet};

use super::phrase::stopped;
use super::{
    ALWAYS, Block, Brief, Bullet, Figure, Item, List, Priority, Section, Span, Spans, Table, Tile, Tiles, WEB_ONLY,
};
use super::{priorities, reading};
use crate::words::Words;
pub use heights::{Extent, Heights, Measured};
use heights::{TILES_ACROSS, Unit};

/// Maximum length of texts in characters, one for each of the last cuts.
const CLIP_LENGTHS: [usize; 4] = [400, 240, 160, 100];

/// The units that may be cut from a brief, and their order.
pub struct Budget<'a> {
    brief: &'a Brief,
    /// The brief without its sections.
    frame: Brief,
    /// Places of all units that may be cut, the first to be cut first: by priority, and the last of equals first. A
    /// unit's place is its position in the traversal of the brief.
    order: Vec<usize>,
    /// How many of the first units in `order` have a low priority.
    cheap_cuts: usize,
    /// The printed parts, in units that a page break does not divide.
    units: Vec<Unit>,
}

/// A brief after a cut.
pub struct Shortened {
    pub brief: Brief,
    /// For each remaining unit, in the order of the brief, its place in the whole brief.
    pub places: Vec<usize>,
}

/// A shortening: the first `cuts` units of the order are removed, except those that are put back.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Cut {
    pub cuts: usize,
    back: BTreeSet<usize>,
}

impl Cut {
    pub fn of(cuts: usize) -> Self {
        Self { cuts, back: BTreeSet::new() }
    }

    /// Whether nothing is put back.
    pub fn is_plain(&self) -> bool {
        self.back.is_empty()
    }

    /// Returns the indices of the cuts that are made.
    pub fn taken(&self) -> impl Iterator<Item = usize> {
        (0..self.cuts).filter(|number| !self.back.contains(number))
    }

    /// Returns this cut with the unit of another cut put back.
    pub fn keeping(&self, cut: usize) -> Self {
        let mut keeping = self.clone();
        keeping.back.insert(cut);
        keeping
    }
}

impl<'a> Budget<'a> {
    pub fn of(brief: &'a Brief) -> Self {
        let nothing = BTreeSet::new();
        let mut walk = Allocation::new(brief, &nothing);
        // A section with a page of its own does not take room from the others, so it is not shortened.
        let own = brief.sections.len() - usize::from(brief.has_own_page());
        for section in &brief.sections[..own] {
            walk.section(section);
        }
        let priorities_seen = walk.priorities_seen;
        let mut order: Vec<usize> =
            (0..priorities_seen.len()).filter(|&i| (WEB_ONLY + 1..ALWAYS).contains(&priorities_seen[i])).collect();
        order.sort_by_key(|&i| (priorities_seen[i], std::cmp::Reverse(i)));
        let cheap_cuts = order.partition_point(|&i| priorities_seen[i] <= priorities::MAX_LOW);
        let frame = Brief { sections: Vec::new(), ..brief.clone() };
        Self { brief, frame, order, cheap_cuts, units: heights::units(brief) }
    }

    /// Returns the largest number of cuts; the brief is then as short as it can be.
    pub fn max_cuts(&self) -> usize {
        self.order.len() + CLIP_LENGTHS.len()
    }

    /// Returns how many of the first cuts remove only units of low priority.
    pub fn cheap_cuts(&self) -> usize {
        self.cheap_cuts
    }

    /// Returns the brief after `cut`. Without cuts, this is everything that may be printed.
    pub fn shortened(&self, cut: &Cut) -> Brief {
        self.cut(cut).brief
    }

    /// Returns the brief after `cut`, with the places of the remaining units.
    pub fn cut(&self, cut: &Cut) -> Shortened {
        let brief = self.brief;
        let gone = self.gone(cut);
        let clip =
            cut.cuts.checked_sub(self.order.len() + 1).map(|past| CLIP_LENGTHS[past.min(CLIP_LENGTHS.len() - 1)]);
        let mut walk = Allocation::new(brief, &gone);
        walk.is_shortest = clip.is_some();
        let (mut sections, mut places) = (Vec::with_capacity(brief.sections.len()), Vec::new());
        let own = brief.sections.len() - usize::from(brief.has_own_page());
        let mut line = None;
        for (number, section) in brief.sections.iter().enumerate() {
            if number == own {
                line = walk.left_out().map(|line| (sections.len(), places.len(), line));
            }
            let Some((section, kept)) = walk.section(section) else { continue };
            sections.push(section);
            places.extend(kept);
        }
        if own == brief.sections.len() {
            line = walk.left_out().map(|line| (sections.len(), places.len(), line));
        }
        let mut short = Brief { sections, ..self.frame.clone() };
        if let Some(length) = clip {
            clip_brief(&mut short, length);
        }
        if let Some((before, place, line)) = line {
            short.sections.insert(before, line);
            places.insert(place, NO_PLACE);
        }
        short.reading_time = reading::time(Words::of_or_english(&short.language), &short);
        Shortened { brief: short, places }
    }

    /// Takes in the measured positions of the units of a brief after `cut`.
    pub fn learn(&self, heights: &mut Heights, cut: &Cut, measured: &Measured) {
        heights.learn(&self.units, &self.gone(cut), measured);
    }

    /// Estimates the used height of each page after a cut, in points, on pages of `room` points: from the measurements,
    /// and from the number of characters where nothing was measured.
    pub fn filled(&self, heights: &Heights, cut: &Cut, room: f64) -> Vec<f64> {
        heights.filled(&self.units, &self.gone(cut), room)
    }

    fn gone(&self, cut: &Cut) -> BTreeSet<usize> {
        cut.taken().map_while(|number| self.order.get(number)).copied().collect()
    }
}

/// Rebuilds a brief without the removed units. It visits the units always in the same order, whatever is removed.
struct Allocation<'a> {
    words: &'a Words,
    out: &'a BTreeSet<usize>,
    /// Priorities of the units visited so far.
    priorities_seen: Vec<Priority>,
    /// Number of removed items, by the key of the words that count them (`wins`).
    gone: BTreeMap<&'static str, u64>,
    /// Whether removed tiles are not summed up in a line.
    is_shortest: bool,
}

/// A block with the places of its units.
type Kept = (Block, Vec<usize>);

/// Place of something that the brief did not contain before.
const NO_PLACE: usize = usize::MAX;

impl<'a> Allocation<'a> {
    fn new(brief: &Brief, out: &'a BTreeSet<usize>) -> Self {
        let words = Words::of_or_english(&brief.language);
        Allocation { words, out, priorities_seen: Vec::new(), gone: BTreeMap::new(), is_shortest: false }
    }

    /// Returns the place of the next unit, or `None` if it is removed.
    fn keep(&mut self, priority: Priority) -> Option<usize> {
        let place = self.priorities_seen.len();
        self.priorities_seen.push(priority);
        (priority != WEB_ONLY && !self.out.contains(&place)).then_some(place)
    }

    /// Returns a section with its remaining blocks, or `None` if none remain.
    fn section(&mut self, section: &Section) -> Option<(Section, Vec<usize>)> {
        let (blocks, places): (Vec<Block>, Vec<Vec<usize>>) = self.blocks(&section.blocks).into_iter().unzip();
        let is_left = !blocks.is_empty() || section.blocks.is_empty();
        let section = Section { id: section.id, title: section.title.clone(), style: section.style, blocks };
        is_left.then_some((section, places.concat()))
    }

    /// Returns one line about everything removed: `In the HTML version  1 chart, 3 metrics, 4 tasks`.
    fn left_out(&self) -> Option<Section> {
        let things: Vec<String> =
            self.gone.iter().map(|(what, n)| self.words.count(&format!("left_out.{what}"), *n, &[])).collect();
        let title = self.words.say("left_out.title", &[]);
        (!things.is_empty()).then(|| Section::line(title, stopped(&things.join(", "))))
    }

    fn blocks(&mut self, blocks: &[Block]) -> Vec<Kept> {
        let mut kept = Vec::new();
        for block in blocks {
            match block {
                Block::Text { priority, .. } => {
                    kept.extend(self.keep(*priority).map(|place| (block.clone(), vec![place])));
                }
                Block::Meter(meter) => {
                    let (meters, places) = self.sift(std::slice::from_ref(meter), |meter| meter.priority, "goals");
                    kept.extend(meters.into_iter().map(|meter| (Block::Meter(meter), places.clone())));
                }
                Block::List(list) => {
                    let (items, places) = self.sift(&list.items, |item| item.priority, list.more);
                    if !items.is_empty() {
                        let label = list.label.clone();
                        kept.push((Block::List(List { items, label, ..*list }), places));
                    }
                }
                Block::Table(table) => {
                    let (rows, places) = self.sift(&table.rows, |row| row.priority, table.more);
                    if !rows.is_empty() {
                        let (caption, columns) = (table.caption.clone(), table.columns.clone());
                        kept.push((Block::Table(Table { rows, caption, columns, ..*table }), places));
                    }
                }
                Block::Tiles(all) => {
                    let (tiles, places, in_brief) = self.rows_of_tiles(all);
                    if !tiles.is_empty() {
                        kept.push((Block::Tiles(Tiles { tiles, ..*all }), places));
                    }
                    if !in_brief.is_empty() {
                        let places = vec![NO_PLACE; in_brief.len()];
                        kept.push((
                            Block::List(List { label: None, items: in_brief, inline: true, more: all.more }),
                            places,
                        ));
                    }
                }
                Block::Figure(figure) => kept.extend(self.figure(figure)),
                Block::Columns(columns) => {
                    let columns = columns.iter().map(|column| self.blocks(column));
                    let columns = columns.filter(|column| !column.is_empty()).map(|column| column.into_iter().unzip());
                    let (columns, places): (Vec<Vec<Block>>, Vec<Vec<Vec<usize>>>) = columns.unzip();
                    if !columns.is_empty() {
                        kept.push((Block::Columns(columns), places.concat().concat()));
                    }
                }
            }
        }
        kept
    }

    fn figure(&mut self, figure: &Figure) -> Vec<Kept> {
        let (chart, mut places) = self.sift(&[figure.priority], |priority| *priority, "charts");
        let stays = !chart.is_empty();
        let (name, rest) = figure.beside.split_at(figure.beside.len().min(1));
        let (named, mut rest) = (self.blocks(name), self.blocks(rest));
        let is_gone = named.is_empty() && name.iter().any(|block| priority(block) != WEB_ONLY);
        if is_gone {
            // Without the name, neither the chart nor the text below can be understood; only blocks of a higher
            // priority are kept.
            if stays {
                *self.gone.entry("charts").or_default() += 1;
            }
            rest.retain(|(block, _)| priority(block) > priority(&name[0]));
            return rest;
        }
        let beside = named.into_iter().chain(rest);
        if !stays {
            return beside.collect();
        }
        let (beside, beside_places): (Vec<Block>, Vec<Vec<usize>>) = beside.unzip();
        places.extend(beside_places.concat());
        vec![(Block::Figure(Figure { beside, chart: figure.chart.clone(), ..*figure }), places)]
    }

    /// Removes tiles by the row, because a single tile takes as much height as a row. Rows without anything unusual are
    /// summed up in a line.
    fn rows_of_tiles(&mut self, all: &Tiles) -> (Vec<Tile>, Vec<usize>, Vec<Item>) {
        let (mut kept, mut places, mut in_brief) = (Vec::with_capacity(all.tiles.len()), Vec::new(), Vec::new());
        for row in all.tiles.chunks(TILES_ACROSS) {
            if let Some(place) = self.keep(row.iter().map(|tile| tile.priority).max().unwrap_or(WEB_ONLY)) {
                kept.extend(row.iter().cloned());
                places.extend(row.iter().map(|_| place));
            } else if row.iter().all(|tile| tile.in_brief.is_some()) && !self.is_shortest {
                let item = |text: &String| Item {
                    bullet: Bullet::None,
                    spans: vec![Span::quiet(text)],
                    priority: row[0].priority,
                };
                in_brief.extend(row.iter().filter_map(|tile| tile.in_brief.as_ref()).map(item));
            } else {
                *self.gone.entry(all.more).or_default() += row.len() as u64;
            }
        }
        (kept, places, in_brief)
    }

    /// Returns the remaining items with their places, and counts the removed ones.
    fn sift<T: Clone>(
        &mut self,
        all: &[T],
        priority: impl Fn(&T) -> Priority,
        what: &'static str,
    ) -> (Vec<T>, Vec<usize>) {
        let (mut kept, mut places) = (Vec::with_capacity(all.len()), Vec::new());
        for one in all {
            if let Some(place) = self.keep(priority(one)) {
                kept.push(one.clone());
                places.push(place);
            } else if priority(one) != WEB_ONLY {
                *self.gone.entry(what).or_default() += 1;
            }
        }
        (kept, places)
    }
}

/// Returns the highest priority of anything in a block.
fn priority(block: &Block) -> Priority {
    match block {
        Block::Text { priority, .. } => *priority,
        Block::Meter(meter) => meter.priority,
        Block::List(list) => list.items.iter().map(|item| item.priority).max().unwrap_or(WEB_ONLY),
        Block::Table(table) => table.rows.iter().map(|row| row.priority).max().unwrap_or(WEB_ONLY),
        Block::Tiles(tiles) => tiles.tiles.iter().map(|tile| tile.priority).max().unwrap_or(WEB_ONLY),
        Block::Figure(figure) => figure.beside.iter().map(priority).chain([figure.priority]).max().unwrap_or(WEB_ONLY),
        Block::Columns(columns) => columns.iter().flatten().map(priority).max().unwrap_or(WEB_ONLY),
    }
}

/// Clips every line of the brief to `length` characters.
fn clip_brief(brief: &mut Brief, length: usize) {
    fn blocks(list: &mut [Block], length: usize) {
        for block in list {
            match block {
                Block::Text { spans, .. } => clip(spans, length),
                Block::List(list) => list.items.iter_mut().for_each(|item| clip(&mut item.spans, length)),
                Block::Table(table) => {
                    table.rows.iter_mut().flat_map(|row| &mut row.cells).for_each(|cell| clip(cell, length));
                }
                Block::Figure(figure) => blocks(&mut figure.beside, length),
                Block::Tiles(tiles) => tiles.tiles.iter_mut().for_each(|tile| clip(&mut tile.note, length)),
                Block::Meter(meter) => clip(&mut meter.spans, length),
                Block::Columns(columns) => columns.iter_mut().for_each(|column| blocks(column, length)),
            }
        }
    }
    for section in &mut brief.sections {
        blocks(&mut section.blocks, length);
    }
}

/// Clips a line after `length` characters, if possible at the end of a word, with an ellipsis.
pub(super) fn clip(spans: &mut Spans, length: usize) {
    let mut left = length;
    for (i, span) in spans.iter_mut().enumerate() {
        let count = span.text.chars().count();
        if count > left {
            span.text = super::phrase::clipped(&span.text, left);
            spans.truncate(i + 1);
            return;
        }
        left -= count;
    }
}
