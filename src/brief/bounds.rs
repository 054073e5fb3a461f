//! What a page holds: of a very long list what is worth most, and how many more there are. The data (JSON) have all.

use super::{ALWAYS, Block, Brief, List, Priority, Section, Span, Spans, Table, Tiles, WEB_ONLY};
use crate::words::Words;

/// Items of one list, rows of one table, notes on the data.
const MOST: usize = 1_000;
/// Letters of one line.
const LONGEST: usize = 5_000;

/// Cuts what no page could show.
pub(super) fn bound(brief: &mut Brief, words: &Words) {
    for section in &mut brief.sections {
        bound_section(section, words);
    }
    brief.summary.iter_mut().for_each(|line| clip(line));
    brief.title = super::phrase::clipped(&brief.title, LONGEST);
    let more = brief.notes.len().saturating_sub(MOST);
    if more > 0 {
        brief.notes.truncate(MOST);
        brief.notes.push(words.count("next.others", more as u64, &[]));
    }
}

fn bound_section(section: &mut Section, words: &Words) {
    let of = |block: &Block| match block {
        Block::Meter(meter) => meter.priority,
        _ => ALWAYS,
    };
    // Of all blocks goals alone are as many as there are rows of them.
    let others = section.blocks.iter().filter(|block| !matches!(block, Block::Meter(_))).count();
    let more = keep(&mut section.blocks, MOST + others, of);
    bound_blocks(&mut section.blocks, words);
    section.blocks.extend(said(more, words));
}

fn bound_blocks(blocks: &mut Vec<Block>, words: &Words) {
    *blocks = std::mem::take(blocks).into_iter().flat_map(|block| bounded(block, words)).collect();
}

/// A block, and how many more of its kind there are.
fn bounded(mut block: Block, words: &Words) -> impl Iterator<Item = Block> {
    let mut more = 0;
    match &mut block {
        Block::Text { spans, .. } => clip(spans),
        Block::Meter(meter) => clip(&mut meter.spans),
        Block::List(List { items, .. }) => {
            more = keep(items, MOST, |item| item.priority);
            items.iter_mut().for_each(|item| clip(&mut item.spans));
        }
        Block::Table(Table { rows, .. }) => {
            more = keep(rows, MOST, |row| row.priority);
            rows.iter_mut().flat_map(|row| &mut row.cells).for_each(clip);
        }
        Block::Tiles(Tiles { tiles, .. }) => {
            more = keep(tiles, MOST, |tile| tile.priority);
            tiles.iter_mut().for_each(|tile| clip(&mut tile.note));
        }
        Block::Figure(figure) => bound_blocks(&mut figure.beside, words),
        Block::Columns(columns) => columns.iter_mut().for_each(|column| bound_blocks(column, words)),
    }
    [block].into_iter().chain(said(more, words))
}

/// `99,000 others`.
fn said(more: u64, words: &Words) -> Option<Block> {
    let spans = || vec![Span::quiet(words.count("next.others", more, &[]))];
    (more > 0).then(|| Block::Text { spans: spans(), priority: WEB_ONLY })
}

/// Keeps so many, those worth most and of equals the first, in their order; how many went.
fn keep<T>(list: &mut Vec<T>, most: usize, worth: impl Fn(&T) -> Priority) -> u64 {
    let more = list.len().saturating_sub(most);
    if more > 0 {
        let mut order: Vec<usize> = (0..list.len()).collect();
        order.sort_by_key(|&at| (std::cmp::Reverse(worth(&list[at])), at));
        let mut stays = vec![false; list.len()];
        order.into_iter().take(most).for_each(|at| stays[at] = true);
        let mut stays = stays.into_iter();
        list.retain(|_| stays.next().unwrap_or(false));
    }
    more as u64
}

fn clip(spans: &mut Spans) {
    // Bytes are no fewer than letters.
    if spans.iter().map(|span| span.text.len()).sum::<usize>() > LONGEST {
        super::budget::clip(spans, LONGEST);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_worth_most_stays_in_its_order() {
        let mut list: Vec<(usize, Priority)> = (0..MOST + 3).map(|at| (at, if at == 1 { 1 } else { 9 })).collect();
        list.push((9999, 50));
        assert_eq!(keep(&mut list, MOST, |(_, worth)| *worth), 4);
        assert_eq!((list.len(), list[0].0, list[1].0), (MOST, 0, 2));
        assert_eq!((list[MOST - 2].0, list[MOST - 1].0), (MOST - 1, 9999));
        assert_eq!(keep(&mut list, MOST, |(_, worth)| *worth), 0);
    }

    #[test]
    fn a_very_long_line_ends_with_an_ellipsis() {
        let mut spans = vec![Span::plain("word ".repeat(10_000)), Span::plain("more")];
        clip(&mut spans);
        assert!(spans.len() == 1 && spans[0].text.chars().count() <= LONGEST, "{}", spans[0].text.len());
        assert!(spans[0].text.ends_with('…'));
    }
}
