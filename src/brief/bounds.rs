//! Limits very long lists and lines to what a page can hold, with the number of items left out. The JSON has all of
//! them.

use super::{ALWAYS, Block, Brief, List, Priority, Section, Span, Spans, Table, Tiles, WEB_ONLY};
use crate::words::Words;

/// Maximum number of items of a list, rows of a table, or data notes.
const MAX_ITEMS: usize = 1_000;
/// Maximum number of characters of a line.
const MAX_LINE_CHARS: usize = 5_000;

/// Limits all lists and lines of a brief.
pub(super) fn bound(brief: &mut Brief, words: &Words) {
    for section in &mut brief.sections {
        bound_section(section, words);
    }
    brief.summary.iter_mut().for_each(|line| clip(line));
    brief.title = super::phrase::clipped(&brief.title, MAX_LINE_CHARS);
    let more = brief.notes.len().saturating_sub(MAX_ITEMS);
    if more > 0 {
        brief.notes.truncate(MAX_ITEMS);
        brief.notes.push(words.count("next.others", more as u64, &[]));
    }
}

fn bound_section(section: &mut Section, words: &Words) {
    let of = |block: &Block| match block {
        Block::Meter(meter) => meter.priority,
        _ => ALWAYS,
    };
    // Only goals can make an unlimited number of blocks, one for each row.
    let others = section.blocks.iter().filter(|block| !matches!(block, Block::Meter(_))).count();
    let more = keep(&mut section.blocks, MAX_ITEMS + others, of);
    bound_blocks(&mut section.blocks, words);
    section.blocks.extend(left_out_line(more, words));
}

fn bound_blocks(blocks: &mut Vec<Block>, words: &Words) {
    *blocks = std::mem::take(blocks).into_iter().flat_map(|block| bounded(block, words)).collect();
}

/// Returns a limited block and, if needed, a line that counts what was left out.
fn bounded(mut block: Block, words: &Words) -> impl Iterator<Item = Block> {
    let mut more = 0;
    match &mut block {
        Block::Text { spans, .. } => clip(spans),
        Block::Meter(meter) => clip(&mut meter.spans),
        Block::List(List { items, .. }) => {
            more = keep(items, MAX_ITEMS, |item| item.priority);
            items.iter_mut().for_each(|item| clip(&mut item.spans));
        }
        Block::Table(Table { rows, .. }) => {
            more = keep(rows, MAX_ITEMS, |row| row.priority);
            rows.iter_mut().flat_map(|row| &mut row.cells).for_each(clip);
        }
        Block::Tiles(Tiles { tiles, .. }) => {
            more = keep(tiles, MAX_ITEMS, |tile| tile.priority);
            tiles.iter_mut().for_each(|tile| clip(&mut tile.note));
        }
        Block::Figure(figure) => bound_blocks(&mut figure.beside, words),
        Block::Columns(columns) => columns.iter_mut().for_each(|column| bound_blocks(column, words)),
    }
    [block].into_iter().chain(left_out_line(more, words))
}

/// Returns a line such as `99,000 others`, unless `more` is 0.
fn left_out_line(more: u64, words: &Words) -> Option<Block> {
    let spans = || vec![Span::quiet(words.count("next.others", more, &[]))];
    (more > 0).then(|| Block::Text { spans: spans(), priority: WEB_ONLY })
}

/// Keeps the `max` items of the highest priority, the first among equals, in their order. Returns the number of removed
/// ones.
fn keep<T>(list: &mut Vec<T>, max: usize, priority: impl Fn(&T) -> Priority) -> u64 {
    let more = list.len().saturating_sub(max);
    if more > 0 {
        let mut order: Vec<usize> = (0..list.len()).collect();
        order.sort_by_key(|&at| (std::cmp::Reverse(priority(&list[at])), at));
        let mut stays = vec![false; list.len()];
        order.into_iter().take(max).for_each(|at| stays[at] = true);
        let mut stays = stays.into_iter();
        list.retain(|_| stays.next().unwrap_or(false));
    }
    more as u64
}

fn clip(spans: &mut Spans) {
    // A text has at least as many bytes as characters.
    if spans.iter().map(|span| span.text.len()).sum::<usize>() > MAX_LINE_CHARS {
        super::budget::clip(spans, MAX_LINE_CHARS);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn items_of_the_highest_priority_stay_in_order() {
        let mut list: Vec<(usize, Priority)> = (0..MAX_ITEMS + 3).map(|at| (at, if at == 1 { 1 } else { 9 })).collect();
        list.push((9999, 50));
        assert_eq!(keep(&mut list, MAX_ITEMS, |(_, priority)| *priority), 4);
        assert_eq!((list.len(), list[0].0, list[1].0), (MAX_ITEMS, 0, 2));
        assert_eq!((list[MAX_ITEMS - 2].0, list[MAX_ITEMS - 1].0), (MAX_ITEMS - 1, 9999));
        assert_eq!(keep(&mut list, MAX_ITEMS, |(_, priority)| *priority), 0);
    }

    #[test]
    fn a_very_long_line_ends_with_an_ellipsis() {
        let mut spans = vec![Span::plain("word ".repeat(10_000)), Span::plain("more")];
        clip(&mut spans);
        assert!(spans.len() == 1 && spans[0].text.chars().count() <= MAX_LINE_CHARS, "{}", spans[0].text.len());
        assert!(spans[0].text.ends_with('…'));
    }
}
