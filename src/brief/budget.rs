//! The page budget: what gives way, in which order, when a brief does not fit its pages.
//!
//! The renderers of paged formats search for the mildest [`Cut`] that fits: each cut takes out the one thing of least
//! worth that is left, so a brief of more cuts is never longer. How tall each thing came out says how much a cut saves
//! ([`heights`](self)). Where a large thing went and a small one has room in its place, the small one is put back. What is left out is summed up in one line at the end ("In the HTML version: 4 wins, 2 tasks").
//! What is worth [`ALWAYS`] stays; a text that is too long for a page of such things is clipped by the last cuts. Pure.

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

/// The longest texts, in characters, that the last cuts allow: one step each.
const CLIPS: [usize; 4] = [400, 240, 160, 100];

/// What may give way in a brief, and in which order.
pub struct Budget<'a> {
    brief: &'a Brief,
    /// The same without its sections.
    frame: Brief,
    /// Everything that may go, by its place in the walk, the first to go first: the least worth, and of equals the last.
    order: Vec<usize>,
    /// How many of these are worth little.
    cheap: usize,
    /// What is in print, by what a page break does not divide.
    units: Vec<Unit>,
}

/// A brief after a cut.
pub struct Shortened {
    pub brief: Brief,
    /// Of each thing that may give way, in the order in which they stand in the brief, its place in the whole of it.
    pub places: Vec<usize>,
}

/// A shortening: the first so many of the order go, but for some that are put back.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Cut {
    pub cuts: usize,
    back: BTreeSet<usize>,
}

impl Cut {
    pub fn of(cuts: usize) -> Self {
        Self { cuts, back: BTreeSet::new() }
    }

    /// Whether this is the order's cut, with nothing put back.
    pub fn is_plain(&self) -> bool {
        self.back.is_empty()
    }

    /// The numbers of the cuts that are made.
    pub fn taken(&self) -> impl Iterator<Item = usize> {
        (0..self.cuts).filter(|number| !self.back.contains(number))
    }

    /// The same, but that what goes with the cut of this number stays.
    pub fn but(&self, cut: usize) -> Self {
        let mut but = self.clone();
        but.back.insert(cut);
        but
    }
}

impl<'a> Budget<'a> {
    pub fn of(brief: &'a Brief) -> Self {
        let nothing = BTreeSet::new();
        let mut walk = Allocation::new(brief, &nothing);
        // What has a page of its own at the end takes nothing from the others, and so it gives nothing.
        let own = brief.sections.len() - usize::from(brief.has_own_page());
        for section in &brief.sections[..own] {
            walk.section(section);
        }
        let worths = walk.worths;
        let mut order: Vec<usize> =
            (0..worths.len()).filter(|&i| (WEB_ONLY + 1..ALWAYS).contains(&worths[i])).collect();
        order.sort_by_key(|&i| (worths[i], std::cmp::Reverse(i)));
        let cheap = order.partition_point(|&i| worths[i] <= priorities::LITTLE);
        let frame = Brief { sections: Vec::new(), ..brief.clone() };
        Self { brief, frame, order, cheap, units: heights::units(brief) }
    }

    /// How many cuts there are: the brief after so many is the shortest that it can be.
    pub fn most(&self) -> usize {
        self.order.len() + CLIPS.len()
    }

    /// How many of them take out what is worth little.
    pub fn cheap(&self) -> usize {
        self.cheap
    }

    /// The brief as `cut` leaves it. Without cuts it is the whole of what may stand in print.
    pub fn shortened(&self, cut: &Cut) -> Brief {
        self.cut(cut).brief
    }

    /// The same, with the places of what is left.
    pub fn cut(&self, cut: &Cut) -> Shortened {
        let brief = self.brief;
        let gone = self.gone(cut);
        let clip = cut.cuts.checked_sub(self.order.len() + 1).map(|past| CLIPS[past.min(CLIPS.len() - 1)]);
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

    /// Takes in where the things of a brief after `cut` stand.
    pub fn learn(&self, heights: &mut Heights, cut: &Cut, measured: &Measured) {
        heights.learn(&self.units, &self.gone(cut), measured);
    }

    /// About how far each page is filled after a cut, in points, where a page has `room` for so many: by what was
    /// measured, and by its letters where nothing was.
    pub fn filled(&self, heights: &Heights, cut: &Cut, room: f64) -> Vec<f64> {
        heights.filled(&self.units, &self.gone(cut), room)
    }

    fn gone(&self, cut: &Cut) -> BTreeSet<usize> {
        cut.taken().map_while(|number| self.order.get(number)).copied().collect()
    }
}

/// Rebuilds a brief without what is gone. It asks once a thing, always in the same order, whatever is gone.
struct Allocation<'a> {
    words: &'a Words,
    out: &'a BTreeSet<usize>,
    /// What each thing is worth that was asked for until now.
    worths: Vec<Priority>,
    /// What is gone, by what it is called (`wins`) and how many.
    gone: BTreeMap<&'static str, u64>,
    /// Whether nothing is to stand in the place of what is gone.
    is_shortest: bool,
}

/// A block with the places of what stands in it.
type Kept = (Block, Vec<usize>);

/// The place of what was no part of the brief before.
const NO_PLACE: usize = usize::MAX;

impl<'a> Allocation<'a> {
    fn new(brief: &Brief, out: &'a BTreeSet<usize>) -> Self {
        let words = Words::of_or_english(&brief.language);
        Allocation { words, out, worths: Vec::new(), gone: BTreeMap::new(), is_shortest: false }
    }

    /// The place of a thing of such worth, if it stays.
    fn keep(&mut self, priority: Priority) -> Option<usize> {
        let place = self.worths.len();
        self.worths.push(priority);
        (priority != WEB_ONLY && !self.out.contains(&place)).then_some(place)
    }

    /// A section with what is left of it; None where nothing is.
    fn section(&mut self, section: &Section) -> Option<(Section, Vec<usize>)> {
        let (blocks, places): (Vec<Block>, Vec<Vec<usize>>) = self.blocks(&section.blocks).into_iter().unzip();
        let is_left = !blocks.is_empty() || section.blocks.is_empty();
        let section = Section { id: section.id, title: section.title.clone(), style: section.style, blocks };
        is_left.then_some((section, places.concat()))
    }

    /// One line about all that is gone: `In the HTML version  1 chart, 3 metrics, 4 tasks`.
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
            // Nobody knows whose the chart is, nor what follows, but for what is worth more by itself.
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

    /// Tiles go by the row: one alone takes as much of the page as a row of them. Those that are as usual are summed up in
    /// a line.
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

    /// What is kept of some alike, with their places; counts the others that would have stood in print.
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

/// The most that anything in a block is worth.
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

/// Cuts a line of spans off after `length` characters, at a word where one ends near, with an ellipsis.
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
