//! Plain text for a mail body or a calendar description: headline, summary, and what is needed from the boss.

use crate::brief::{Block, Brief, Setting, Span};

/// The few lines that must be read even where the brief is not opened.
pub fn write(brief: &Brief) -> String {
    let mut out = format!("{}\n{}\n\n{}\n", brief.kicker, brief.dateline, brief.title);
    for banner in &brief.banners {
        out += &format!("\n{}\n", words(&banner.spans));
    }
    out += &format!("\n{}\n", brief.summary.join(" "));
    for section in brief.sections.iter().filter(|section| section.setting == Setting::Boxed) {
        out += &format!("\n{}\n", section.title);
        for block in &section.blocks {
            write_block(block, &mut out);
        }
    }
    out
}

fn write_block(block: &Block, out: &mut String) {
    match block {
        Block::Text { spans, .. } => *out += &format!("{}\n", words(spans)),
        Block::List(list) => {
            out.extend(list.label.iter().map(|label| format!("{label}\n")));
            out.extend(list.items.iter().map(|item| format!("- {}\n", words(&item.spans))));
            out.extend(list.left_out.iter().map(|said| format!("{said}\n")));
        }
        Block::Table(table) => {
            for row in &table.rows {
                let cells: Vec<_> = row.cells.iter().map(|cell| words(cell)).filter(|cell| !cell.is_empty()).collect();
                *out += &format!("- {}\n", cells.join(" · "));
            }
            out.extend(table.left_out.iter().map(|said| format!("{said}\n")));
        }
        Block::Figure(figure) => {
            *out += &format!("{}\n", figure.chart.alt);
            figure.beside.iter().for_each(|block| write_block(block, out));
        }
        Block::Tiles(tiles) => {
            out.extend(
                tiles.tiles.iter().map(|tile| format!("- {}: {} {}\n", tile.name, tile.value, words(&tile.note))),
            );
        }
        Block::Meter(meter) => *out += &format!("{} ({})\n", words(&meter.spans), meter.label),
        Block::Columns(columns) => columns.iter().flatten().for_each(|block| write_block(block, out)),
    }
}

fn words(spans: &[Span]) -> String {
    let text: String = spans.iter().map(|span| span.text.as_str()).collect();
    text.split_whitespace().collect::<Vec<_>>().join(" ")
}
