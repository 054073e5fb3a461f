//! Text that any renderer can set: control characters are taken out, and on paper a glyph that no font has gives way to
//! a visible substitute with a note, never to a failure.

use std::collections::BTreeMap;

use unicode_segmentation::UnicodeSegmentation as _;

use super::fonts::Fonts;
use crate::brief::{Block, Brief, Item, List, Meter, Spans, Table, Tiles};
use crate::chart::Chart;
use crate::problem::{Problem, Problems};

/// Stands where no font has the glyph. Noto Sans has it.
const SUBSTITUTE: &str = "\u{fffd}";

/// Takes out what is no text: control characters, byte order marks, private use, unassigned ends of planes, and
/// the overrides of writing direction that could make a line read as what it is not.
pub fn clean(brief: &mut Brief) {
    each_text(brief, &mut |_, text| {
        if text.chars().any(|c| c != '\n' && is_no_text(c)) {
            *text = text.chars().filter_map(|c| if c == '\t' { Some(' ') } else { Some(c) }).collect();
            text.retain(|c| c == '\n' || !is_no_text(c));
        }
    });
}

fn is_no_text(c: char) -> bool {
    c.is_control()
        || matches!(c, '\u{feff}' | '\u{fff9}'..='\u{fffb}' | '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}'
            | '\u{e000}'..='\u{f8ff}' | '\u{fdd0}'..='\u{fdef}' | '\u{e0000}'..='\u{e007f}' | '\u{f0000}'..)
        || (c as u32 & 0xfffe) == 0xfffe
}

/// Puts a substitute wherever no font of `fonts` has the glyphs, and notes each once, with its section.
pub fn substitute(brief: &mut Brief, fonts: &Fonts, problems: &mut Problems) {
    let mut missing: BTreeMap<String, String> = BTreeMap::new();
    each_text(brief, &mut |section, text| {
        if text.is_ascii() {
            return;
        }
        let mut set = String::with_capacity(text.len());
        for cluster in text.graphemes(true) {
            if cluster == "\n" || cluster == "\r\n" || cluster.is_ascii() || fonts.cover(cluster) {
                set.push_str(cluster);
            } else {
                set.push_str(SUBSTITUTE);
                missing.entry(cluster.to_owned()).or_insert_with(|| section.to_owned());
            }
        }
        *text = set;
    });
    for (cluster, section) in missing {
        let codes: Vec<_> = cluster.chars().map(|c| format!("U+{:04X}", c as u32)).collect();
        problems.push(
            Problem::note("missing-glyph", format!("no font has {} (in “{section}”): printed as {SUBSTITUTE}", codes.join(" ")))
                .mend("put a font that has it (.ttf or .otf) into the team folder's fonts/, or set `system_fonts = true` under [brief]"),
        );
    }
}

/// Calls `change` with every text of the brief and the title of the section it stands in.
fn each_text(brief: &mut Brief, change: &mut dyn FnMut(&str, &mut String)) {
    let Brief {
        kicker,
        dateline,
        title,
        footer,
        team,
        author,
        summary,
        notes,
        banners,
        sections,
        labels,
        reading_time,
        ..
    } = brief;
    let head = [kicker, dateline, title, footer, team, author, reading_time];
    let labels = [&mut labels.skip, &mut labels.contents, &mut labels.notes, &mut labels.done, &mut labels.not_done];
    for text in head.into_iter().chain(summary).chain(notes).chain(labels) {
        change("", text);
    }
    for banner in banners {
        each_span(&mut banner.spans, "", change);
    }
    for section in sections {
        change("", &mut section.title);
        for block in &mut section.blocks {
            each_of_block(block, &section.title, change);
        }
    }
}

fn each_span(spans: &mut Spans, section: &str, change: &mut dyn FnMut(&str, &mut String)) {
    for span in spans {
        change(section, &mut span.text);
    }
}

fn each_of_chart(chart: &mut Chart, section: &str, change: &mut dyn FnMut(&str, &mut String)) {
    for text in [&mut chart.title, &mut chart.alt, &mut chart.svg] {
        change(section, text);
    }
}

fn each_of_block(block: &mut Block, section: &str, change: &mut dyn FnMut(&str, &mut String)) {
    match block {
        Block::Text { spans, .. } => each_span(spans, section, change),
        Block::List(List { label, items, left_out, .. }) => {
            label.iter_mut().chain(left_out).for_each(|text| change(section, text));
            for Item { spans, .. } in items {
                each_span(spans, section, change);
            }
        }
        Block::Table(Table { caption, columns, rows, left_out, .. }) => {
            change(section, caption);
            columns.iter_mut().for_each(|column| change(section, &mut column.title));
            for cell in rows.iter_mut().flat_map(|row| &mut row.cells) {
                each_span(cell, section, change);
            }
            left_out.iter_mut().for_each(|text| change(section, text));
        }
        Block::Figure(figure) => {
            each_of_chart(&mut figure.chart, section, change);
            figure.beside.iter_mut().for_each(|block| each_of_block(block, section, change));
        }
        Block::Tiles(Tiles { tiles, left_out, .. }) => {
            for tile in tiles {
                change(section, &mut tile.name);
                change(section, &mut tile.value);
                tile.chart.iter_mut().for_each(|chart| each_of_chart(chart, section, change));
                each_span(&mut tile.note, section, change);
            }
            left_out.iter_mut().for_each(|text| change(section, text));
        }
        Block::Meter(Meter { spans, label, .. }) => {
            each_span(spans, section, change);
            change(section, label);
        }
        Block::Columns(columns) => {
            columns.iter_mut().flatten().for_each(|block| each_of_block(block, section, change));
        }
    }
}
