//! Renders Markdown (CommonMark, with GitHub's tables) for a chat or a merge request: the texts of the brief, and the
//! findings of charts, whose data is in the texts and tables beside them. No text of a user is interpreted as markup.

use crate::brief::{Agenda, Align, Block, Brief, Bullet, Figure, Item, List, Meter, Span, Spans, Style, Table, Tiles};
use crate::words::Words;

/// Returns the whole brief.
pub(crate) fn write(brief: &Brief) -> String {
    let mut out = brief.agenda.as_ref().map(agenda).unwrap_or_default();
    out += &format!("# {}\n\n{} · {}\n", escape(&brief.title), escape(&brief.kicker), escape(&brief.dateline));
    if !brief.summary.is_empty() {
        out.push('\n');
        brief.summary.iter().for_each(|bullet| out += &format!("- {}\n", line(bullet)));
    }
    for banner in &brief.banners {
        out += &format!("\n> **{}**\n", line(&banner.spans.iter().map(unstyled).collect::<Vec<_>>()));
    }
    let colon = Words::of_or_english(&brief.language).colon();
    for section in &brief.sections {
        out += &format!("\n## {}\n", escape(&section.title));
        blocks(&section.blocks, colon, &mut out);
    }
    out += &format!("\n---\n\n{} · {}\n", opened(escape(&brief.footer)), escape(&brief.reading_time));
    if !brief.notes.is_empty() {
        out += &format!("\n{}{}\n\n", escape(&brief.labels.notes), colon.trim_end());
        for note in &brief.notes {
            out += &format!("- {}\n", opened(escape(note)));
        }
    }
    out
}

/// Returns the manager's agenda: a checklist, with the details of each point below it.
fn agenda(agenda: &Agenda) -> String {
    let mut out = format!("# {}\n\n{}\n", escape(&agenda.title), opened(escape(&agenda.kicker)));
    for part in &agenda.parts {
        let note = part.note.as_ref().map(|note| format!(" ({})", escape(note))).unwrap_or_default();
        out += &format!("\n## {}{note}\n\n", escape(&part.label));
        for point in &part.points {
            let mark = if point.boxes.is_empty() { "" } else { NOT_DONE };
            let mut lines = point.lines.iter().map(|line| self::line(line));
            out += &format!("- {mark}{}\n", lines.next().unwrap_or_default());
            out.extend(lines.map(|line| format!("  - {line}\n")));
        }
    }
    out + "\n---\n\n"
}

fn blocks(blocks: &[Block], colon: &str, out: &mut String) {
    for (number, block) in blocks.iter().enumerate() {
        // The key of a chart is left out, since the chart is.
        let is_key = || matches!(blocks.get(number.wrapping_sub(1)), Some(Block::Figure(figure)) if figure.chart.width > WIDE_CHART);
        match block {
            Block::Text { spans, .. } if spans.iter().all(|span| span.style == Style::Quiet) && is_key() => {}
            Block::Text { spans, .. } => *out += &format!("\n{}\n", line(spans)),
            Block::List(list) => write_list(list, out),
            Block::Table(table) => write_table(table, colon, out),
            Block::Figure(figure) => write_figure(figure, colon, out),
            Block::Tiles(tiles) => write_tiles(tiles, colon, out),
            Block::Meter(Meter { spans, label, .. }) => *out += &format!("\n{} ({})\n", line(spans), escape(label)),
            Block::Columns(columns) => columns.iter().for_each(|column| self::blocks(column, colon, out)),
        }
    }
}

/// Width in points above which a chart takes the width of the page, so that the text after it is its key.
const WIDE_CHART: f64 = 400.0;

/// Writes the name that a chart belongs to, and one level below it the chart's finding and the texts beside it.
fn write_figure(Figure { chart, beside, .. }: &Figure, colon: &str, out: &mut String) {
    let caption = (!chart.title.is_empty()).then(|| format!("*{}*", escape(&chart.title)));
    let (name, rest) = beside.split_at(usize::from(matches!(beside.first(), Some(Block::List(_)))));
    if name.is_empty() {
        out.extend(caption.map(|caption| format!("\n{caption}\n")));
        blocks(rest, colon, out);
        return;
    }
    blocks(name, colon, out);
    let mut beneath = caption.map(|caption| caption + "\n").unwrap_or_default();
    blocks(rest, colon, &mut beneath);
    for line in beneath.lines().filter(|line| !line.is_empty()) {
        let text = line.trim_start();
        let level = "  ".repeat((line.len() - text.len()) / 2 + 1);
        *out += &format!("{level}- {}\n", text.strip_prefix("- ").unwrap_or(text));
    }
}

/// Signs for done and open items that chats show too.
const DONE: &str = "✓ ";
const NOT_DONE: &str = "☐ ";

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
            Bullet::Filled => DONE,
            Bullet::Hollow => NOT_DONE,
        };
        *out += &format!("- {mark}{}\n", line(spans));
    }
}

/// Tables without numbers and with at most this many columns become lists, because a chat may not show tables.
const MAX_LIST_COLUMNS: usize = 4;

fn write_table(table: &Table, colon: &str, out: &mut String) {
    out.push('\n');
    let has_numbers = table.columns.iter().any(|column| column.align == Align::Right);
    if table.columns.len() <= MAX_LIST_COLUMNS && !has_numbers {
        table.rows.iter().for_each(|row| write_row(table, &row.cells, colon, out));
    } else {
        let row = |cells: Vec<String>| format!("| {} |\n", cells.join(" | "));
        let cell = |spans: &Spans| run(spans).trim().replace('|', "\\|");
        *out += &row(table.columns.iter().map(|column| escape(&column.title)).collect());
        *out += &row(table.columns.iter().map(|_| "---".to_owned()).collect());
        table.rows.iter().for_each(|line| *out += &row(line.cells.iter().map(cell).collect()));
    }
}

/// Writes a row as a list item: its first cell, and below it the others, each with the title of its column. A row
/// without a first cell is added to the one above it.
fn write_row(table: &Table, cells: &[Spans], colon: &str, out: &mut String) {
    let said = |spans: &Spans| run(spans).trim().to_owned();
    let is_said = |text: &String| text.chars().any(char::is_alphanumeric);
    let mut cells = cells.iter().zip(&table.columns);
    let mut head = cells.next().map(|(cell, _)| said(cell)).filter(is_said);
    // Without row headings, the first cell is a date and the second the subject.
    if !table.row_heads
        && table.columns.len() > 2
        && let Some(first) = &mut head
        && let Some((second, _)) = cells.next()
    {
        *first += &format!("{colon}{}", said(second));
    }
    let mut rest: Vec<String> = Vec::new();
    for (cell, column) in cells {
        let text = said(cell);
        // In a table of two columns the second needs no title.
        let titled = table.columns.len() > 2 && !column.title.is_empty();
        if is_said(&text) {
            rest.push(if titled { format!("{}{colon}{text}", escape(&column.title)) } else { text });
        }
    }
    if let Some(head) = head {
        *out += &format!("- {}\n", opened(head));
    }
    rest.into_iter().for_each(|text| *out += &format!("  - {}\n", opened(text)));
}

fn write_tiles(tiles: &Tiles, colon: &str, out: &mut String) {
    out.push('\n');
    for tile in &tiles.tiles {
        *out += &format!(
            "- {}{colon}**{}** {} · {}\n",
            escape(&tile.name),
            escape(&tile.value),
            run(&tile.note).trim(),
            run(&tile.verdict).trim()
        );
    }
}

fn unstyled(span: &Span) -> Span {
    Span { style: Style::Plain, ..span.clone() }
}

/// Returns spans for the start of a line.
fn line(spans: &[Span]) -> String {
    opened(run(spans))
}

/// Returns spans for the inside of a line.
fn run(spans: &[Span]) -> String {
    let line: String = spans.iter().map(inline).collect();
    // A shape before a word was left out.
    let line = line.replace(" \u{a0}", "\u{a0}").replace(" \n", "\n");
    // GitHub reads text between two dollar signs as a formula.
    if line.matches('$').count() > 1 { line.replace('$', "\\$") } else { line }
}

/// Returns a span with its markup. Blanks at its ends go outside, because markup next to a blank does not count.
fn inline(span: &Span) -> String {
    let inner = span.text.trim();
    if inner.is_empty() {
        return span.text.clone();
    }
    let start = &span.text[..span.text.len() - span.text.trim_start().len()];
    let end = &span.text[span.text.trim_end().len()..];
    let text = escape(inner);
    let styled = match span.style {
        // The word after the shape says the same.
        Style::Shape => return String::new(),
        Style::Strong | Style::Warning | Style::Inserted => format!("**{text}**"),
        Style::Emphasis => format!("*{text}*"),
        // A quotation within its list item; who said it follows in the same line.
        Style::Quote => format!("\n  > *{text}*"),
        Style::Deleted => format!("~~{text}~~"),
        Style::Badge | Style::BadgeGood => format!("({text})"),
        Style::Plain | Style::Quiet | Style::Accent | Style::Speaker => text,
    };
    match span.href.as_deref() {
        Some(href) => format!("{start}[{styled}](<{}>){end}", href.replace(['<', '>', '\n', ' '], "")),
        None => format!("{start}{styled}{end}"),
    }
}

/// Escapes text so that it stays text, on one line. Characters that are no markup where they are get no backslash,
/// which some chats would show.
fn escape(text: &str) -> String {
    let mut escaped = String::with_capacity(text.len());
    let mut before = ' ';
    let mut rest = text.chars().peekable();
    let (is_struck, mut is_tag) = (text.matches('~').count() > 1, false);
    while let Some(c) = rest.next() {
        let next = rest.peek().copied().unwrap_or(' ');
        let is_mark = match c {
            '`' | '[' | ']' => true,
            '\\' => next.is_ascii_punctuation() || next == ' ',
            '*' => !(before.is_whitespace() && next.is_whitespace()),
            // Inside a word an underscore is not markup.
            '_' => !(before.is_alphanumeric() && next.is_alphanumeric()),
            '<' => next.is_ascii_alphabetic() || matches!(next, '/' | '!' | '?'),
            '>' => is_tag,
            '~' => is_struck,
            '!' => next == '[',
            '&' => next == '#' || next.is_ascii_alphabetic() && text.contains(';'),
            _ => false,
        };
        is_tag |= is_mark && c == '<';
        match c {
            '\n' | '\r' => escaped.push(' '),
            // GitHub links `@name`, `#12` and `GH-12` to people and issues; an invisible word joiner prevents that.
            // Mail addresses stay as they are.
            '@' | '#' if next.is_alphanumeric() && (c == '#' || !before.is_alphanumeric()) => {
                escaped.extend([c, '\u{2060}']);
            }
            '-' if escaped.ends_with("GH") && next.is_ascii_digit() => escaped.push_str("-\u{2060}"),
            _ => {
                escaped.extend(is_mark.then_some('\\'));
                escaped.push(c);
            }
        }
        before = c;
    }
    escaped
}

/// Returns a line whose first characters do not start a list, a rule or a heading.
fn opened(mut line: String) -> String {
    let digits = line.bytes().take_while(u8::is_ascii_digit).count();
    let rest = &line[digits..];
    // "33.8" does not start a list, and neither does "+7 days".
    let ends = |mark: usize| rest[mark..].chars().next().is_none_or(char::is_whitespace);
    let is_mark = match rest.chars().next() {
        Some('.' | ')') if digits > 0 => ends(1),
        Some('-' | '+') if digits == 0 => ends(1) || rest.starts_with("--"),
        Some('=' | ':' | '>' | '#' | '|' | '~') => digits == 0,
        _ => false,
    };
    if is_mark {
        line.insert(digits, '\\');
    }
    line
}
