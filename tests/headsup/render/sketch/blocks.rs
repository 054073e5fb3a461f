//! Creates blocks, each from a line of text.

use super::*;

/// Creates spans from a line with markers: `*strong*`, `_emphasis_`, `~quiet~`, `!warning!`, `^accent^`, `[badge]`,
/// `{good badge}`, `+inserted+`, `<deleted>`. Other text is plain.
pub fn line(marked: &str) -> Spans {
    const MARKS: [(char, char, Style); 9] = [
        ('*', '*', Style::Strong),
        ('_', '_', Style::Emphasis),
        ('~', '~', Style::Quiet),
        ('!', '!', Style::Warning),
        ('^', '^', Style::Accent),
        ('[', ']', Style::Badge),
        ('{', '}', Style::BadgeGood),
        ('+', '+', Style::Inserted),
        ('<', '>', Style::Deleted),
    ];
    let mut spans = Spans::new();
    let mut rest = marked;
    while let Some((at, (_, close, style))) =
        rest.char_indices().find_map(|(at, c)| Some((at, *MARKS.iter().find(|(open, ..)| *open == c)?)))
    {
        let inner = &rest[at + 1..];
        let end = inner.find(close).expect("a mark is closed");
        if at > 0 {
            spans.push(Span::plain(&rest[..at]));
        }
        spans.push(Span::new(style, &inner[..end]));
        rest = &inner[end + close.len_utf8()..];
    }
    if !rest.is_empty() {
        spans.push(Span::plain(rest));
    }
    spans
}

pub fn text(marked: &str) -> Block {
    Block::Text { spans: line(marked), priority: 50 }
}

pub fn list(label: Option<&str>, inline: bool, items: &[(Bullet, &str)]) -> Block {
    Block::List(List {
        label: label.map(str::to_owned),
        items: items.iter().map(|(bullet, text)| Item { bullet: *bullet, spans: line(text), priority: 50 }).collect(),
        inline,
        more: "wins",
    })
}

pub fn table(caption: &str, columns: &[(&str, f64)], show_head: bool, row_heads: bool, rows: &[&[&str]]) -> Block {
    Block::Table(Table {
        caption: caption.into(),
        columns: columns
            .iter()
            .map(|(title, width)| TableColumn { title: (*title).into(), width: *width, align: Align::Left })
            .collect(),
        show_head,
        row_heads,
        rows: rows
            .iter()
            .map(|row| TableRow { cells: row.iter().map(|cell| line(cell)).collect(), keys: vec![], priority: 50 })
            .collect(),
        more: "drift",
    })
}

pub fn section(id: &'static str, title: &str, style: SectionStyle, blocks: Vec<Block>) -> Section {
    Section { id, title: title.into(), style, blocks }
}

pub fn tile(name: &str, value: &str, note: &str) -> Tile {
    Tile {
        name: name.into(),
        value: value.into(),
        chart: Some(sparkline(name, value == "0.58 %")),
        note: line(note),
        verdict: line("○ as usual"),
        in_brief: None,
        priority: 50,
    }
}
