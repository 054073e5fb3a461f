//! The page budget: what gives way, in which order, when a brief does not fit its pages.
//!
//! The renderers of paged formats call [`cuts`] and [`shortened`], and search for the mildest cut that fits: each cut
//! takes out the one thing of least worth that is left, so a brief of more cuts is never longer. What is left out is
//! summed up where it stood ("and 4 more wins, in the web page"). What is worth [`ALWAYS`] stays; a text that is
//! too long for a page of such things is clipped by the last cuts. Pure.

use std::collections::BTreeSet;

use super::{ALWAYS, Block, Brief, Figure, Item, List, Section, Setting, Spans, Style, Table, TableRow, Tiles};
use super::{Span, WEB_ONLY, Worth};
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
    let words = Words::of_or_english(&brief.language);
    let sections = brief.sections.iter().map(|section| walk_section(section, words, &mut keep)).collect();
    let mut short = Brief { sections, ..brief.clone() };
    if let Some(length) = clip {
        clip_brief(&mut short, length);
    }
    short
}

/// Everything that may go, by its place in the walk, the first to go first: the least worth, and of equals the last.
fn order(brief: &Brief) -> Vec<usize> {
    let mut worths = Vec::new();
    let mut note = |worth: Worth| {
        worths.push(worth);
        true
    };
    let words = Words::of_or_english(&brief.language);
    for section in &brief.sections {
        walk_section(section, words, &mut note);
    }
    let mut order: Vec<usize> = (0..worths.len()).filter(|&i| (WEB_ONLY + 1..ALWAYS).contains(&worths[i])).collect();
    order.sort_by_key(|&i| (worths[i], std::cmp::Reverse(i)));
    order
}

/// Rebuilds a section from what `keep` keeps. It is asked once a thing, always in the same order, whatever it answers.
fn walk_section(section: &Section, words: &Words, keep: &mut dyn FnMut(Worth) -> bool) -> Section {
    let mut charts = 0;
    let mut blocks = walk_blocks(&section.blocks, words, keep, &mut charts);
    if charts > 0 {
        blocks.push(quiet(words.count("more.charts", charts, &[])));
    }
    let mut setting = section.setting;
    if !blocks.iter().any(says_something) && !section.blocks.is_empty() {
        // Whatever sums up the section is a line now, its title run in.
        setting = if setting == Setting::OwnPage { Setting::Ruled } else { Setting::RunIn };
        let summed_up = blocks.iter().filter_map(left_out).cloned().collect::<Vec<_>>();
        let line = if summed_up.is_empty() { words.say("more.section", &[]) } else { summed_up.join(" · ") };
        blocks = vec![quiet(line)];
    }
    Section { id: section.id, title: section.title.clone(), setting, blocks }
}

fn walk_blocks(blocks: &[Block], words: &Words, keep: &mut dyn FnMut(Worth) -> bool, charts: &mut u64) -> Vec<Block> {
    let mut kept = Vec::new();
    for block in blocks {
        match block {
            Block::Text { worth, .. } => {
                if keep(*worth) {
                    kept.push(block.clone());
                }
            }
            Block::Meter(meter) => {
                if keep(meter.worth) {
                    kept.push(block.clone());
                }
            }
            Block::List(list) => {
                let items: Vec<Item> = list.items.iter().filter(|item| keep(item.worth)).cloned().collect();
                let gone = list.items.iter().filter(|i| i.worth != WEB_ONLY).count() - items.len();
                if list.items.is_empty() || !items.is_empty() || gone > 0 {
                    let left_out = sum_up(words, list.more, gone, items.len());
                    kept.push(Block::List(List { items, left_out, ..list.clone() }));
                }
            }
            Block::Table(table) => {
                let rows: Vec<TableRow> = table.rows.iter().filter(|row| keep(row.worth)).cloned().collect();
                let gone = table.rows.iter().filter(|r| r.worth != WEB_ONLY).count() - rows.len();
                if !rows.is_empty() || gone > 0 {
                    let left_out = sum_up(words, table.more, gone, rows.len());
                    kept.push(Block::Table(Table { rows, left_out, ..table.clone() }));
                }
            }
            Block::Tiles(row) => {
                let tiles: Vec<_> = row.tiles.iter().filter(|tile| keep(tile.worth)).cloned().collect();
                let gone = row.tiles.iter().filter(|t| t.worth != WEB_ONLY).count() - tiles.len();
                if !tiles.is_empty() || gone > 0 {
                    let left_out = sum_up(words, row.more, gone, tiles.len());
                    kept.push(Block::Tiles(Tiles { tiles, more: row.more, left_out }));
                }
            }
            Block::Figure(figure) => {
                let stays = keep(figure.worth);
                let beside = walk_blocks(&figure.beside, words, keep, charts);
                if stays {
                    kept.push(Block::Figure(Figure { beside, ..figure.clone() }));
                } else {
                    *charts += u64::from(figure.worth != WEB_ONLY);
                    kept.extend(beside);
                }
            }
            Block::Columns(columns) => {
                let columns: Vec<Vec<Block>> =
                    columns.iter().map(|column| walk_blocks(column, words, keep, charts)).collect();
                if columns.iter().any(|column| !column.is_empty()) {
                    kept.push(Block::Columns(columns));
                }
            }
        }
    }
    kept
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

fn left_out(block: &Block) -> Option<&String> {
    match block {
        Block::List(list) => list.left_out.as_ref(),
        Block::Table(table) => table.left_out.as_ref(),
        Block::Tiles(tiles) => tiles.left_out.as_ref(),
        Block::Columns(columns) => columns.iter().flatten().find_map(left_out),
        Block::Text { .. } | Block::Figure(_) | Block::Meter(_) => None,
    }
}

fn sum_up(words: &Words, what: &str, gone: usize, shown: usize) -> Option<String> {
    let table = if shown == 0 { "all" } else { "more" };
    (gone > 0).then(|| words.count(&format!("{table}.{what}"), gone as u64, &[]))
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
