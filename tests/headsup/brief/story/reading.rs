//! Makes a brief from an analysis, and extracts its text as a reader sees it.

use super::*;

pub fn compose(analysis: &Analysis) -> Brief {
    compose_for(analysis, "en", Audience::Boss)
}

pub fn compose_for(analysis: &Analysis, language: &str, audience: Audience) -> Brief {
    let options = Options { audience, headline: None, sources: &sources(), problems: &Problems::default() };
    brief::compose(analysis, Words::of(language).unwrap(), &options)
}

/// Returns the texts of a section, each on a separate line.
pub fn told(section: &Section) -> String {
    let mut out = format!("## {}\n", section.title);
    section.blocks.iter().for_each(|block| tell(block, &mut out));
    out
}

fn line(spans: &Spans) -> String {
    spans.iter().map(|span| span.text.as_str()).collect()
}

fn tell(block: &Block, out: &mut String) {
    let mut say = |text: &str| {
        out.push_str(text);
        out.push('\n');
    };
    match block {
        Block::Text { spans, .. } => say(&line(spans)),
        Block::List(list) => {
            list.label.iter().for_each(|label| say(&format!("[{label}]")));
            list.items.iter().for_each(|item| say(&format!("- {}", line(&item.spans))));
        }
        Block::Table(table) => {
            table.rows.iter().for_each(|row| {
                say(&row.cells.iter().map(line).collect::<Vec<_>>().join(" | "));
            });
        }
        Block::Figure(figure) => {
            say(&format!("<{}>", figure.chart.title));
            say(&format!("({})", figure.chart.alt));
            figure.beside.iter().for_each(|block| tell(block, out));
        }
        Block::Tiles(tiles) => {
            for tile in &tiles.tiles {
                say(&format!("{} {}: {}", tile.name, tile.value, line(&tile.note)));
                tile.chart.iter().for_each(|chart| say(&format!("({})", chart.alt)));
            }
        }
        Block::Meter(meter) => say(&format!("{} [{}]", line(&meter.spans), meter.label)),
        Block::Columns(columns) => columns.iter().flatten().for_each(|block| tell(block, out)),
    }
}

/// Returns the whole brief as text with plain spaces, so that sentences can be compared.
pub fn text(brief: &Brief) -> String {
    let mut out = format!("{}\n{}\n# {}\n", brief.kicker, brief.dateline, brief.title);
    for banner in &brief.banners {
        out += &format!("! {}\n", line(&banner.spans));
    }
    brief.sentences().iter().for_each(|sentence| out += &format!("{sentence}\n"));
    brief.sections.iter().for_each(|section| out += &told(section));
    out += &format!("{} · {}\n", brief.footer, brief.reading_time);
    brief.notes.iter().for_each(|note| out += &format!("note: {note}\n"));
    plain(&out)
}

pub fn plain(text: &str) -> String {
    text.replace(['\u{a0}', '\u{202f}'], " ")
}
