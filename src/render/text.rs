//! Plain text for a mail body or a calendar description: headline, summary, what is needed from the boss, and of the
//! other sections what must never be missed: the first chart's finding, and what never gives way (late milestones).

use crate::brief::{ALWAYS, Block, Brief, Section, SectionStyle, Span};

/// The few lines that must be read even where the brief is not opened.
pub fn write(brief: &Brief) -> String {
    let mut out = format!("{}\n{}\n\n{}\n", brief.kicker, brief.dateline, brief.title);
    out += &format!("\n{}\n", brief.sentences().join(" "));
    for banner in &brief.banners {
        out += &format!("\n{}\n", words(&banner.spans));
    }
    for section in &brief.sections {
        match section.style {
            SectionStyle::Boxed => {
                out += &format!("\n{}\n", section.title);
                section.blocks.iter().for_each(|block| write_block(block, &mut out));
            }
            SectionStyle::Ruled => write_gist(section, &mut out),
            SectionStyle::RunIn | SectionStyle::Strip | SectionStyle::OwnPage => {}
        }
    }
    out
}

/// A section in its finding and the lines that never give way; nothing where it has neither.
fn write_gist(section: &Section, out: &mut String) {
    fn lines<'a>(blocks: &'a [Block], found: &mut Vec<&'a [Span]>) {
        for block in blocks {
            match block {
                Block::Text { spans, priority } if *priority == ALWAYS => found.push(spans),
                Block::List(list) if list.more == "late" => {
                    found.extend(
                        list.items.iter().filter(|item| item.priority == ALWAYS).map(|item| item.spans.as_slice()),
                    );
                }
                Block::Figure(figure) => lines(&figure.beside, found),
                Block::Columns(columns) => columns.iter().for_each(|column| lines(column, found)),
                _ => {}
            }
        }
    }
    let finding = section.blocks.iter().find_map(|block| match block {
        Block::Figure(figure) => Some(figure.chart.title.as_str()).filter(|title| !title.is_empty()),
        _ => None,
    });
    let mut found = Vec::new();
    lines(&section.blocks, &mut found);
    if finding.is_none() && found.is_empty() {
        return;
    }
    *out += &format!("\n{}\n", section.title);
    out.extend(finding.map(|finding| format!("{finding}.\n")));
    out.extend(found.into_iter().map(|line| format!("- {}\n", words(line))));
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
                let numbered = cells.split_first().filter(|(first, _)| first.bytes().all(|byte| byte.is_ascii_digit()));
                *out += &match numbered {
                    Some((number, rest)) => format!("{number}. {}\n", rest.join(" · ")),
                    None => format!("- {}\n", cells.join(" · ")),
                };
            }
            out.extend(table.left_out.iter().map(|said| format!("{said}\n")));
        }
        Block::Figure(figure) => {
            *out += &format!("{}\n", figure.chart.alt);
            figure.beside.iter().for_each(|block| write_block(block, out));
        }
        Block::Tiles(tiles) => {
            out.extend(tiles.tiles.iter().map(|tile| {
                format!("- {}: {} {} · {}\n", tile.name, tile.value, words(&tile.note), words(&tile.verdict))
            }));
        }
        Block::Meter(meter) => *out += &format!("{} ({})\n", words(&meter.spans), meter.label),
        Block::Columns(columns) => columns.iter().flatten().for_each(|block| write_block(block, out)),
    }
}

fn words(spans: &[Span]) -> String {
    let text: String = spans.iter().map(|span| span.text.as_str()).collect();
    text.split_whitespace().collect::<Vec<_>>().join(" ")
}
