//! Renders plain text for a mail body or a calendar description: headline, bullets, asks, what is late and why, the
//! next milestone and one win. At most 25 lines.

use crate::brief::{Block, Brief, Section, SectionStyle, Span, Style};
use crate::words::Words;

/// Maximum number of lines of each part; the others are counted.
const MAX_BULLETS: usize = 3;
const MAX_ASKS: usize = 4;
const MAX_LATE: usize = 3;

/// Returns the text.
pub(crate) fn write(brief: &Brief) -> String {
    let words = Words::of_or_english(&brief.language);
    let mut out = vec![brief.kicker.clone(), brief.dateline.clone(), String::new(), brief.title.clone()];
    if !brief.summary.is_empty() {
        out.push(String::new());
    }
    out.extend(brief.summary.iter().take(MAX_BULLETS).map(|bullet| format!("- {}", plain(bullet))));
    // All banners share one line, so that they do not fill the page.
    if !brief.banners.is_empty() {
        let banners: Vec<String> = brief.banners.iter().map(|banner| plain(&banner.spans)).collect();
        out.push(banners.join(" "));
    }
    if let Some(section) = brief.sections.iter().find(|section| section.style == SectionStyle::Boxed) {
        let mut lines = Vec::new();
        section.blocks.iter().for_each(|block| asks(block, &mut lines));
        part(section, lines, MAX_ASKS, |n| words.count("more.asks", n, &[]), &mut out);
    }
    for section in brief.sections.iter().filter(|section| section.style == SectionStyle::Ruled) {
        let mut lines = Vec::new();
        section.blocks.iter().for_each(|block| late(block, &mut lines));
        if !lines.is_empty() {
            part(section, lines, MAX_LATE, |n| words.count("more.late", n, &[]), &mut out);
        }
    }
    if !brief.gist.is_empty() {
        out.push(String::new());
        out.extend(brief.gist.iter().cloned());
    }
    let lines = out.iter().map(|line| line.split_whitespace().collect::<Vec<_>>().join(" "));
    lines.map(|line| line + "\n").collect()
}

/// Adds a title, the first lines of a part, and how many more there are.
fn part(section: &Section, lines: Vec<String>, most: usize, more: impl Fn(u64) -> String, out: &mut Vec<String>) {
    out.extend([String::new(), section.title.clone()]);
    let left = lines.len().saturating_sub(most);
    out.extend(lines.into_iter().take(most).map(|line| format!("- {line}")));
    if left > 0 {
        out.push(format!("- {}", more(left as u64)));
    }
}

/// Adds one line for each ask: its deadline, what is asked, and what it brings.
fn asks(block: &Block, lines: &mut Vec<String>) {
    match block {
        Block::Table(table) => lines.extend(table.rows.iter().map(|row| {
            let mut cells = row.cells.iter();
            let by = cells.next().map(|cell| plain(cell)).unwrap_or_default();
            let what = cells.next().map(|cell| bold_text(cell)).unwrap_or_default();
            let buys = cells.next().map(|cell| plain(cell)).filter(|buys| buys.chars().any(char::is_alphanumeric));
            let said = [Some(what), buys].into_iter().flatten().collect::<Vec<_>>().join(" · ");
            if by.is_empty() { said } else { format!("{by}: {said}") }
        })),
        Block::Text { spans, .. } => lines.push(plain(spans)),
        Block::List(list) => lines.extend(list.items.iter().map(|item| plain(&item.spans))),
        Block::Columns(columns) => columns.iter().flatten().for_each(|block| asks(block, lines)),
        Block::Figure(_) | Block::Tiles(_) | Block::Meter(_) => {}
    }
}

/// Adds the lines about late milestones, at any depth.
fn late(block: &Block, lines: &mut Vec<String>) {
    match block {
        Block::List(list) if list.more == "late" => lines.extend(list.items.iter().map(|item| plain(&item.spans))),
        Block::Figure(figure) => figure.beside.iter().for_each(|block| late(block, lines)),
        Block::Columns(columns) => columns.iter().flatten().for_each(|block| late(block, lines)),
        _ => {}
    }
}

/// Returns the bold text, which names the ask; without bold text, all of it.
fn bold_text(spans: &[Span]) -> String {
    let bold: Vec<&str> =
        spans.iter().filter(|span| span.style == Style::Strong).map(|span| span.text.as_str()).collect();
    if bold.is_empty() { plain(spans) } else { bold.concat() }
}

fn plain(spans: &[Span]) -> String {
    spans.iter().filter(|span| span.style != Style::Shape).map(|span| span.text.as_str()).collect()
}
