//! The reading time of a brief.

use super::{Block, Brief, Section, Span};
use crate::words::Words;

/// Reading speed in words per minute (Brysbaert 2019: 238 for silent reading of non-fiction).
const WORDS_A_MINUTE: usize = 238;

/// `4 min`: the time for headline, summary and all printed text, to the nearest minute.
pub(super) fn time(words: &Words, brief: &Brief) -> String {
    let summary = brief.summary.iter().flatten().map(|span| words_in(&span.text)).sum::<usize>();
    let headline = words_in(&brief.title) + summary;
    let sections: usize = brief.sections.iter().map(words_of_section).sum();
    let minutes = ((headline + sections + WORDS_A_MINUTE / 2) / WORDS_A_MINUTE).max(1);
    words.say("masthead.reading_time", &[("minutes", &words.whole(minutes as u64))])
}

fn words_in(text: &str) -> usize {
    text.split_whitespace().filter(|word| word.chars().any(char::is_alphanumeric)).count()
}

fn words_of_section(section: &Section) -> usize {
    words_in(&section.title) + section.blocks.iter().map(words_of).sum::<usize>()
}

fn words_of(block: &Block) -> usize {
    let line = |spans: &[Span]| spans.iter().map(|span| words_in(&span.text)).sum::<usize>();
    match block {
        Block::Text { spans, .. } => line(spans),
        Block::List(list) => list.items.iter().map(|item| line(&item.spans)).sum(),
        Block::Table(table) => table.rows.iter().flat_map(|row| &row.cells).map(|cell| line(cell)).sum(),
        Block::Figure(figure) => words_in(&figure.chart.title) + figure.beside.iter().map(words_of).sum::<usize>(),
        Block::Tiles(tiles) => {
            tiles.tiles.iter().map(|tile| words_in(&tile.name) + words_in(&tile.value) + line(&tile.note)).sum()
        }
        Block::Meter(meter) => line(&meter.spans) + words_in(&meter.label),
        Block::Columns(columns) => columns.iter().flatten().map(words_of).sum(),
    }
}
