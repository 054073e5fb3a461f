//! The page budget: what gives way, in which order, when a brief does not fit its pages.
//!
//! The renderers of paged formats call [`cuts`] and [`shortened`], and search for the mildest cut that fits: each cut
//! takes out the one thing of least worth that is left, so a brief of more cuts is never longer. What is left out is
//! summed up where it stood ("and 4 more wins, in the web page"). What is worth [`ALWAYS`] stays; a text that is
//! too long for a page of such things is clipped by the last cuts. Pure.

use std::collections::{BTreeMap, BTreeSet};

use super::{ALWAYS, Block, Brief, Figure, List, Section, Setting, Span, Spans, Style, Table, Tiles, WEB_ONLY, Worth};
use crate::words::Words;

/// The longest texts, in characters, that the last cuts allow: one step each.
const CLIPS: [usize; 4] = [400, 240, 160, 100];

/// How many cuts there are: [`shortened`] with this number is the shortest the brief can be.
pub fn cuts(brief: &Brief) -> usize {
    order(brief).len() + CLIPS.len()
}

/// The brief after `cuts` cuts. With 0 it is the whole of what may stand in print.
pub fn shortened(brief: &Brief, cuts: usize) -> Brief {
    let order = order(brief);
    let gone: BTreeSet<usize> = order.iter().take(cuts).copied().collect();
    let clip = cuts.checked_sub(order.len() + 1).map(|past| CLIPS[past.min(CLIPS.len() - 1)]);
    let mut place = 0;
    let mut keep = |worth: Worth| {
        let kept = worth != WEB_ONLY && !gone.contains(&place);
        place += 1;
        kept
    };
    let mut walk = Walk { words: Words::of_or_english(&brief.language), keep: &mut keep, charts: 0 };
    let sections = brief.sections.iter().map(|section| walk.section(section)).collect();
    let mut short = Brief { sections, ..brief.clone() };
    if let Some(length) = clip {
        clip_brief(&mut short, length);
    }
    short
}

/// Everything that may go, by its place in the walk, the first to go first: the least worth, and of equals the last.
fn order(brief: &Brief) -> Vec<usize> {
    let mut worths = Vec::new();
    let mut keep = |worth: Worth| {
        worths.push(worth);
        true
    };
    let mut walk = Walk { words: Words::of_or_english(&brief.language), keep: &mut keep, charts: 0 };
    for section in &brief.sections {
        walk.section(section);
    }
    let mut order: Vec<usize> = (0..worths.len()).filter(|&i| (WEB_ONLY + 1..ALWAYS).contains(&worths[i])).collect();
    order.sort_by_key(|&i| (worths[i], std::cmp::Reverse(i)));
    order
}

/// Rebuilds a brief from what `keep` keeps. It is asked once a thing, always in the same order, whatever it answers.
struct Walk<'a> {
    words: &'a Words,
    keep: &'a mut dyn FnMut(Worth) -> bool,
    /// Charts of the section that went.
    charts: u64,
}

impl Walk<'_> {
    fn section(&mut self, section: &Section) -> Section {
        self.charts = 0;
        let mut blocks = self.blocks(&section.blocks);
        let mut setting = section.setting;
        if !blocks.iter().any(says_something) && !section.blocks.is_empty() {
            // Whatever sums up the section is a line now, its title run in.
            setting = if setting == Setting::OwnPage { Setting::Ruled } else { Setting::RunIn };
            let mut summed_up: Vec<String> = blocks.iter().flat_map(left_out).cloned().collect();
            if summed_up.is_empty() {
                summed_up.push(self.words.say("more.section", &[]));
            }
            blocks = vec![quiet(summed_up.join(" · "))];
        } else if self.charts > 0 {
            blocks.push(quiet(self.words.count("more.charts", self.charts, &[])));
        }
        Section { id: section.id, title: section.title.clone(), setting, blocks }
    }

    fn blocks(&mut self, blocks: &[Block]) -> Vec<Block> {
        // Beside each block, how many of its parts are gone.
        let mut kept: Vec<(Block, usize)> = Vec::new();
        // Of lists that are gone as a whole, by what they held: said once, at the last list of the kind that is left.
        let mut emptied: BTreeMap<&'static str, usize> = BTreeMap::new();
        let mut meters = 0;
        for block in blocks {
            match block {
                Block::Text { worth, .. } => {
                    if (self.keep)(*worth) {
                        kept.push((block.clone(), 0));
                    }
                }
                Block::Meter(meter) => {
                    if (self.keep)(meter.worth) {
                        kept.push((block.clone(), 0));
                    } else {
                        meters += 1;
                    }
                }
                Block::List(list) => {
                    let (items, gone) = self.sift(&list.items, |item| item.worth);
                    if items.is_empty() && gone > 0 {
                        *emptied.entry(list.more).or_default() += gone;
                    } else {
                        kept.push((Block::List(List { items, ..list.clone() }), gone));
                    }
                }
                Block::Table(table) => {
                    let (rows, gone) = self.sift(&table.rows, |row| row.worth);
                    if !rows.is_empty() || gone > 0 {
                        kept.push((Block::Table(Table { rows, ..table.clone() }), gone));
                    }
                }
                Block::Tiles(row) => {
                    let (tiles, gone) = self.sift(&row.tiles, |tile| tile.worth);
                    if !tiles.is_empty() || gone > 0 {
                        kept.push((Block::Tiles(Tiles { tiles, ..row.clone() }), gone));
                    }
                }
                Block::Figure(figure) => {
                    let stays = (self.keep)(figure.worth);
                    let beside = self.blocks(&figure.beside);
                    if stays {
                        kept.push((Block::Figure(Figure { beside, ..figure.clone() }), 0));
                    } else {
                        self.charts += u64::from(figure.worth != WEB_ONLY);
                        kept.extend(beside.into_iter().map(|block| (block, 0)));
                    }
                }
                Block::Columns(columns) => {
                    let columns: Vec<Vec<Block>> = columns.iter().map(|column| self.blocks(column)).collect();
                    kept.push((Block::Columns(columns.into_iter().filter(|column| !column.is_empty()).collect()), 0));
                }
            }
        }
        if meters > 0 {
            emptied.insert("goals", meters);
        }
        for (what, gone) in emptied {
            let of_kind = kept.iter_mut().rev().find(|(block, _)| matches!(block, Block::List(l) if l.more == what));
            match of_kind {
                Some((_, count)) => *count += gone,
                None => {
                    let list = List { label: None, items: Vec::new(), inline: true, more: what, left_out: None };
                    kept.push((Block::List(list), gone));
                }
            }
        }
        kept.into_iter().map(|(block, gone)| self.summed_up(block, gone)).collect()
    }

    /// What is kept of some alike, and how many of the others would have stood in print.
    fn sift<T: Clone>(&mut self, all: &[T], worth: impl Fn(&T) -> Worth) -> (Vec<T>, usize) {
        let mut gone = 0;
        let mut kept = Vec::with_capacity(all.len());
        for one in all {
            if (self.keep)(worth(one)) {
                kept.push(one.clone());
            } else {
                gone += usize::from(worth(one) != WEB_ONLY);
            }
        }
        (kept, gone)
    }

    fn summed_up(&self, mut block: Block, gone: usize) -> Block {
        if gone == 0 {
            return block;
        }
        let (what, shown, left_out) = match &mut block {
            Block::List(list) => (list.more, list.items.len(), &mut list.left_out),
            Block::Table(table) => (table.more, table.rows.len(), &mut table.left_out),
            Block::Tiles(tiles) => (tiles.more, tiles.tiles.len(), &mut tiles.left_out),
            Block::Text { .. } | Block::Figure(_) | Block::Meter(_) | Block::Columns(_) => return block,
        };
        let table = if shown == 0 { "all" } else { "more" };
        *left_out = Some(self.words.count(&format!("{table}.{what}"), gone as u64, &[]));
        block
    }
}

/// Whether a block still says more than that something was left out.
fn says_something(block: &Block) -> bool {
    match block {
        Block::List(list) => !list.items.is_empty(),
        Block::Table(table) => !table.rows.is_empty(),
        Block::Tiles(tiles) => !tiles.tiles.is_empty(),
        Block::Columns(columns) => columns.iter().flatten().any(says_something),
        Block::Text { .. } | Block::Figure(_) | Block::Meter(_) => true,
    }
}

fn left_out(block: &Block) -> Vec<&String> {
    match block {
        Block::List(list) => list.left_out.iter().collect(),
        Block::Table(table) => table.left_out.iter().collect(),
        Block::Tiles(tiles) => tiles.left_out.iter().collect(),
        Block::Columns(columns) => columns.iter().flatten().flat_map(left_out).collect(),
        Block::Text { .. } | Block::Figure(_) | Block::Meter(_) => Vec::new(),
    }
}

fn quiet(text: String) -> Block {
    Block::Text { spans: vec![Span::new(Style::Quiet, text)], worth: ALWAYS }
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
fn clip(spans: &mut Spans, length: usize) {
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
