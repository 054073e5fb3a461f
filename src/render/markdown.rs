//! Markdown (CommonMark with GitHub's tables) for a chat or a merge request: the words of the brief, charts as their
//! findings; what they are drawn from stands in words and tables beside them. No text of a user is ever markup.

use crate::brief::{Agenda, Block, Brief, Bullet, Item, List, Meter, Span, Style, Table, Tiles};

/// The whole brief.
pub fn write(brief: &Brief) -> String {
    let mut out = brief.agenda.as_ref().map(agenda).unwrap_or_default();
    out += &format!("# {}\n\n{} · {}\n", escape(&brief.title), escape(&brief.kicker), escape(&brief.dateline));
    if !brief.summary.is_empty() {
        out.push('\n');
        brief.summary.iter().for_each(|bullet| out += &format!("- {}\n", line(bullet)));
    }
    for banner in &brief.banners {
        out += &format!("\n> **{}**\n", line(&banner.spans.iter().map(unstyled).collect::<Vec<_>>()));
    }
    for section in &brief.sections {
        out += &format!("\n## {}\n", escape(&section.title));
        blocks(&section.blocks, &mut out);
    }
    out += &format!("\n---\n\n{} · {}\n", opened(escape(&brief.footer)), escape(&brief.reading_time));
    if !brief.notes.is_empty() {
        out += &format!("\n{}:\n\n", escape(&brief.labels.notes));
        for note in &brief.notes {
            out += &format!("- {}\n", opened(escape(note)));
        }
    }
    out
}

/// The manager's agenda: a list to tick off, what goes with a point below it.
fn agenda(agenda: &Agenda) -> String {
    let mut out = format!("# {}\n\n{}\n", escape(&agenda.title), opened(escape(&agenda.kicker)));
    for part in &agenda.parts {
        let note = part.note.as_ref().map(|note| format!(" ({})", escape(note))).unwrap_or_default();
        out += &format!("\n## {}{note}\n\n", escape(&part.label));
        for point in &part.points {
            let mark = if point.boxes.is_empty() { "" } else { "[ ] " };
            let mut lines = point.lines.iter().map(|line| self::line(line));
            out += &format!("- {mark}{}\n", lines.next().unwrap_or_default());
            out.extend(lines.map(|line| format!("  - {line}\n")));
        }
    }
    out + "\n---\n\n"
}

fn blocks(blocks: &[Block], out: &mut String) {
    for block in blocks {
        match block {
            Block::Text { spans, .. } => *out += &format!("\n{}\n", line(spans)),
            Block::List(list) => write_list(list, out),
            Block::Table(table) => write_table(table, out),
            Block::Figure(figure) => {
                if !figure.chart.title.is_empty() {
                    *out += &format!("\n*{}*\n", escape(&figure.chart.title));
                }
                self::blocks(&figure.beside, out);
            }
            Block::Tiles(tiles) => write_tiles(tiles, out),
            Block::Meter(Meter { spans, label, .. }) => *out += &format!("\n{} ({})\n", line(spans), escape(label)),
            Block::Columns(columns) => columns.iter().for_each(|column| self::blocks(column, out)),
        }
    }
}

fn write_list(list: &List, out: &mut String) {
    if let Some(label) = &list.label {
        *out += &format!("\n**{}**\n", escape(label));
    }
    if !list.items.is_empty() {
        out.push('\n');
    }
    for Item { bullet, spans, .. } in &list.items {
        let mark = match bullet {
            Bullet::None => "",
            // A list to tick off, and in any viewer what it looks like.
            Bullet::Filled => "[x] ",
            Bullet::Hollow => "[ ] ",
        };
        *out += &format!("- {mark}{}\n", line(spans));
    }
    left_out(&list.left_out, out);
}

fn write_table(table: &Table, out: &mut String) {
    let row = |cells: Vec<String>| format!("| {} |\n", cells.join(" | "));
    out.push('\n');
    *out += &row(table.columns.iter().map(|column| escape(&column.title)).collect());
    *out += &row(table.columns.iter().map(|_| "---".to_owned()).collect());
    for table_row in &table.rows {
        *out += &row(table_row.cells.iter().map(|cell| run(cell)).collect());
    }
    left_out(&table.left_out, out);
}

fn write_tiles(tiles: &Tiles, out: &mut String) {
    out.push('\n');
    for tile in &tiles.tiles {
        *out += &format!(
            "- {}: **{}** {} · {}\n",
            escape(&tile.name),
            escape(&tile.value),
            line(&tile.note),
            line(&tile.verdict)
        );
    }
    left_out(&tiles.left_out, out);
}

fn left_out(said: &Option<String>, out: &mut String) {
    if let Some(said) = said {
        *out += &format!("\n{}\n", opened(escape(said)));
    }
}

fn unstyled(span: &Span) -> Span {
    Span { style: Style::Plain, ..span.clone() }
}

/// Spans at the start of a line.
fn line(spans: &[Span]) -> String {
    opened(run(spans))
}

/// Spans within a line.
fn run(spans: &[Span]) -> String {
    spans.iter().map(inline).collect()
}

/// A span with its marks. Blanks at its ends go outside, or the marks would not count.
fn inline(span: &Span) -> String {
    let inner = span.text.trim();
    if inner.is_empty() {
        return span.text.clone();
    }
    let start = &span.text[..span.text.len() - span.text.trim_start().len()];
    let end = &span.text[span.text.trim_end().len()..];
    let text = escape(inner);
    let styled = match span.style {
        // The word after it says the same.
        Style::Shape => return String::new(),
        Style::Strong | Style::Warning | Style::Inserted => format!("**{text}**"),
        Style::Emphasis => format!("*{text}*"),
        Style::Deleted => format!("~~{text}~~"),
        Style::Badge | Style::BadgeGood => format!("({text})"),
        Style::Plain | Style::Quiet | Style::Accent => text,
    };
    match span.href.as_deref() {
        Some(href) => format!("{start}[{styled}](<{}>){end}", href.replace(['<', '>', '\n', ' '], "")),
        None => format!("{start}{styled}{end}"),
    }
}

/// Text that stays text: every mark of Markdown and HTML is escaped, and a line stays one line.
fn escape(text: &str) -> String {
    let mut escaped = String::with_capacity(text.len());
    let mut before = ' ';
    let mut rest = text.chars().peekable();
    while let Some(c) = rest.next() {
        let next = rest.peek().copied().unwrap_or(' ');
        match c {
            '\n' | '\r' => escaped.push(' '),
            '\\' | '`' | '*' | '_' | '{' | '}' | '[' | ']' | '<' | '>' | '#' | '|' | '~' | '!' | '&' | '$' | '@' => {
                escaped.push('\\');
                escaped.push(c);
                // GitHub looks for people and issues in what is shown: a word joiner, which nobody sees, keeps `@name` and
                // `#12` from being one. An address stays whole.
                let calls = (c == '@' && !before.is_alphanumeric() || c == '#') && next.is_alphanumeric();
                if calls {
                    escaped.push('\u{2060}');
                }
            }
            // `GH-12` is an issue too.
            '-' if escaped.ends_with("GH") && next.is_ascii_digit() => escaped.push_str("-\u{2060}"),
            _ => escaped.push(c),
        }
        before = c;
    }
    escaped
}

/// The start of a line, without what makes a list, a rule or a heading there.
fn opened(mut line: String) -> String {
    let digits = line.bytes().take_while(u8::is_ascii_digit).count();
    let marks = if digits > 0 { ['.', ')'].as_slice() } else { &['-', '+', '=', ':'] };
    if line[digits..].starts_with(marks) {
        line.insert(digits, '\\');
    }
    line
}
