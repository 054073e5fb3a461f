//! Prepares text for the renderers: removes control characters, and for the PDF replaces glyphs that no font has by a
//! visible substitute with a note, and allows breaks in text too long for a line.

use unicode_segmentation::UnicodeSegmentation as _;

use crate::brief::{Agenda, AgendaPart, Block, Brief, List, Meter, Span, Spans, Table, Tiles};
use crate::chart::Chart;
use crate::problem::{Problem, Problems};

mod missing;
mod unbroken;

pub(crate) use missing::substitute;
pub(crate) use unbroken::join;

/// Removes what is not text (control characters, byte order marks, private-use characters and noncharacters) and the
/// overrides of writing direction that could disguise a line; and removes links to anything but a page or a mail. Gives
/// a brief without a title one.
pub(crate) fn clean(brief: &mut Brief) {
    visit_parts(brief, &mut |_, mut part| {
        if let Part::Span(span) = &mut part {
            span.href = span.href.take().as_deref().and_then(safe_link);
        }
        let text = part.text();
        if text.contains(is_not_text) {
            *text = on_one_line(text);
        }
    });
    if brief.title.trim().is_empty() {
        brief.title =
            [&brief.kicker, &brief.team].into_iter().find(|t| !t.trim().is_empty()).map_or("—", |t| t).to_owned();
    }
    for section in &mut brief.sections {
        section.title = section.title.trim().to_owned();
    }
}

/// Returns a text on one line without characters that are not text; also for the subjects of mails and calendar
/// entries.
pub fn on_one_line(text: &str) -> String {
    let spaced = text.chars().map(|c| if matches!(c, '\t' | '\n') { ' ' } else { c });
    spaced.filter(|&c| !is_not_text(c)).collect()
}

/// Ends each run of right-to-left text with a mark, so that the text after it stays in its place. Without it, the
/// number in `…, 7 days late` after an Arabic name would be shown on the wrong side (Unicode Standard Annex 9).
pub(crate) fn order(brief: &mut Brief) {
    visit_parts(brief, &mut |_, mut part| {
        let text = part.text();
        if !text.is_ascii() && text.chars().any(is_right_to_left) {
            *text = ordered(text);
        }
    });
}

/// LEFT-TO-RIGHT MARK.
const MARK: char = '\u{200e}';

fn ordered(text: &str) -> String {
    let mut marked: Vec<char> = Vec::with_capacity(text.len());
    // The text is read from its end; this says whether the next letter belongs to the same run.
    let mut in_run = false;
    for c in text.chars().rev() {
        if is_right_to_left(c) {
            if !in_run {
                marked.push(MARK);
            }
            in_run = true;
        } else if c.is_alphabetic() {
            in_run = false;
        }
        marked.push(c);
    }
    marked.into_iter().rev().collect()
}

fn is_right_to_left(c: char) -> bool {
    matches!(c, '\u{590}'..='\u{8ff}' | '\u{fb1d}'..='\u{fdff}' | '\u{fe70}'..='\u{fefc}')
}

/// Returns a link to a page or a mail with characters that an address may not contain percent-encoded; `None` for any
/// other.
fn safe_link(href: &str) -> Option<String> {
    let (scheme, _) = href.split_once(':')?;
    if !["http", "https", "mailto"].contains(&scheme.to_ascii_lowercase().as_str()) {
        return None;
    }
    let mut safe = String::with_capacity(href.len());
    for byte in href.trim().bytes() {
        if byte.is_ascii_alphanumeric() || b"-._~:/?#[]@!$&'()*+,;=%".contains(&byte) {
            safe.push(char::from(byte));
        } else {
            safe += &format!("%{byte:02X}");
        }
    }
    Some(safe)
}

fn is_not_text(c: char) -> bool {
    if matches!(c, ' '..='~') {
        return false;
    }
    c.is_control()
        || matches!(c, '\u{feff}' | '\u{fff9}'..='\u{fffb}' | '\u{2028}'..='\u{202e}' | '\u{2066}'..='\u{2069}'
            | '\u{e000}'..='\u{f8ff}' | '\u{fdd0}'..='\u{fdef}' | '\u{e0000}'..='\u{e007f}' | '\u{f0000}'..)
        || (c as u32 & 0xfffe) == 0xfffe
}

/// Length in characters above which a text is cut in the PDF. A PDF string holds 32 767 bytes (ISO 32000-1, Annex C), a
/// character takes up to four, and [`soften`] may double their number.
const MAX_CHARS: usize = 4000;

/// Cuts texts that are too long for a PDF with an ellipsis, and notes this once for each section.
pub(crate) fn shorten(brief: &mut Brief, problems: &mut Problems) {
    let mut cut: Vec<String> = Vec::new();
    visit_parts(brief, &mut |section, mut part| {
        let text = part.text();
        if text.len() <= MAX_CHARS {
            return;
        }
        if let Some((end, _)) = text.char_indices().nth(MAX_CHARS) {
            text.truncate(end);
            text.push('…');
            if !cut.iter().any(|known| known == section) {
                cut.push(section.to_owned());
            }
        }
    });
    for section in cut {
        let place = if section.is_empty() { "the brief".to_owned() } else { format!("“{section}”") };
        problems.push(
            Problem::note(
                "long-text",
                format!("a text in {place} has more than {MAX_CHARS} characters: cut in the PDF"),
            )
            .help("shorten it; the HTML has it whole"),
        );
    }
}

/// Length in characters up to which a run without blanks fits the narrowest column.
const MAX_RUN: usize = 14;
/// Length in characters up to which such a run fits the page's width, outside the sections.
const MAX_PAGE_RUN: usize = 48;
/// Length in letters up to which a word is left to hyphenation.
const MAX_WORD: usize = 40;

/// Allows breaks in long runs without blanks (addresses, paths, identifiers): after punctuation, else anywhere. Breaks
/// after a hyphen are left to the typesetter.
pub(crate) fn soften(brief: &mut Brief) {
    visit_parts(brief, &mut |section, mut part| {
        // The labels of a chart each stay on one line.
        if let Part::Label(_) = part {
            return;
        }
        let (text, fits) = (part.text(), if section.is_empty() { MAX_PAGE_RUN } else { MAX_RUN });
        if text.split(char::is_whitespace).any(|run| run.len() > fits) {
            *text = text.split_inclusive(char::is_whitespace).map(|run| softened(run, fits)).collect();
        }
    });
}

fn softened(run: &str, fits: usize) -> String {
    if run.chars().count() <= fits {
        return run.to_owned();
    }
    let mut soft = String::with_capacity(run.len() + 8);
    let mut since = 0;
    let letters = run.trim_end().chars().all(char::is_alphabetic);
    let is_word = letters && run.chars().count() <= MAX_WORD;
    for cluster in run.graphemes(true) {
        soft.push_str(cluster);
        since = if cluster == "-" { 0 } else { since + 1 };
        let divides =
            cluster.chars().all(|c| matches!(c, '/' | '_' | '.' | ':' | ',' | ';' | '=' | '&' | '@' | '|' | '\\'));
        if !is_word && (divides || since == MAX_RUN) {
            // A soft hyphen for words, a zero-width space for everything else.
            soft.push(if letters { '\u{ad}' } else { '\u{200b}' });
            since = 0;
        }
    }
    soft
}

/// A text of a brief, by how it may be changed.
enum Part<'a> {
    Words(&'a mut String),
    Span(&'a mut Span),
    /// Text on a chart.
    Label(&'a mut String),
}

impl Part<'_> {
    fn text(&mut self) -> &mut String {
        match self {
            Part::Words(text) | Part::Label(text) => text,
            Part::Span(span) => &mut span.text,
        }
    }
}

/// Receives the title of the section (empty outside all sections) and a text to change.
type Change<'a> = &'a mut dyn FnMut(&str, Part);

/// Calls `change` with every text of the brief.
fn visit_parts(brief: &mut Brief, change: Change) {
    let Brief { kicker, dateline, title, footer, team, author, reading_time, .. } = brief;
    let head = [kicker, dateline, title, footer, team, author, reading_time];
    let labels = &mut brief.labels;
    let labels = [&mut labels.skip, &mut labels.contents, &mut labels.notes, &mut labels.done, &mut labels.not_done];
    visit_words(head.into_iter().chain(labels).chain(&mut brief.notes).chain(&mut brief.gist), "", change);
    brief.summary.iter_mut().for_each(|bullet| visit_spans(bullet, "", change));
    for banner in &mut brief.banners {
        visit_spans(&mut banner.spans, "", change);
    }
    if let Some(Agenda { kicker, title, parts, footer }) = &mut brief.agenda {
        visit_words([kicker, title, footer], "", change);
        for AgendaPart { label, note, points, .. } in parts {
            visit_words([&mut *label].into_iter().chain(note), "", change);
            for point in points {
                point.lines.iter_mut().for_each(|line| visit_spans(line, label, change));
                visit_words(&mut point.boxes, label, change);
            }
        }
    }
    for section in &mut brief.sections {
        let title = section.title.clone();
        visit_words([&mut section.title], &title, change);
        section.blocks.iter_mut().for_each(|block| visit_block(block, &title, change));
    }
}

fn visit_words<'t>(texts: impl IntoIterator<Item = &'t mut String>, section: &str, change: Change) {
    texts.into_iter().for_each(|text| change(section, Part::Words(text)));
}

fn visit_spans(spans: &mut Spans, section: &str, change: Change) {
    spans.iter_mut().for_each(|span| change(section, Part::Span(span)));
}

fn visit_chart(chart: &mut Chart, section: &str, change: Change) {
    visit_words([&mut chart.title, &mut chart.alt], section, change);
    visit_words(chart.spots.iter_mut().map(|spot| &mut spot.says), section, change);
    chart.labels.iter_mut().for_each(|label| change(section, Part::Label(&mut label.text)));
}

fn visit_block(block: &mut Block, section: &str, change: Change) {
    match block {
        Block::Text { spans, .. } => visit_spans(spans, section, change),
        Block::List(List { label, items, .. }) => {
            visit_words(label.iter_mut(), section, change);
            items.iter_mut().for_each(|item| visit_spans(&mut item.spans, section, change));
        }
        Block::Table(Table { caption, columns, rows, .. }) => {
            let titles = columns.iter_mut().map(|column| &mut column.title);
            visit_words([caption].into_iter().chain(titles), section, change);
            rows.iter_mut().flat_map(|row| &mut row.cells).for_each(|cell| visit_spans(cell, section, change));
        }
        Block::Figure(figure) => {
            visit_chart(&mut figure.chart, section, change);
            figure.beside.iter_mut().for_each(|block| visit_block(block, section, change));
        }
        Block::Tiles(Tiles { tiles, .. }) => {
            for tile in tiles {
                visit_words([&mut tile.name, &mut tile.value], section, change);
                tile.chart.iter_mut().for_each(|chart| visit_chart(chart, section, change));
                visit_spans(&mut tile.note, section, change);
                visit_spans(&mut tile.verdict, section, change);
            }
        }
        Block::Meter(Meter { spans, label, .. }) => {
            visit_spans(spans, section, change);
            visit_words([label], section, change);
        }
        Block::Columns(columns) => {
            columns.iter_mut().flatten().for_each(|block| visit_block(block, section, change));
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn characters_that_are_not_text_are_recognised() {
        let no_text = [
            '\0',
            '\n',
            '\u{7}',
            '\u{1b}',
            '\u{85}',
            '\u{feff}',
            '\u{202e}',
            '\u{2066}',
            '\u{e000}',
            '\u{ffff}',
            '\u{10fffe}',
        ];
        assert!(no_text.into_iter().all(is_not_text));
        assert!([' ', 'a', 'Ж', '文', '\u{200d}', '\u{ad}', '🎉', '\u{fffd}'].into_iter().all(|c| !is_not_text(c)));
    }

    #[test]
    fn a_mark_ends_right_to_left_text() {
        assert_eq!(ordered("בדיקה, 7 days late"), "בדיקה\u{200e}, 7 days late");
        assert_eq!(ordered("“خلال 24 ساعة.” by 4 May"), "“خلال 24 ساعة\u{200e}.” by 4 May");
        assert_eq!(ordered("א and ב"), "א\u{200e} and ב\u{200e}");
    }

    #[test]
    fn only_links_to_pages_and_mails_are_kept() {
        for fine in ["https://example.org/?a=1&b=%20#c", "HTTP://example.org", "mailto:a@example.org"] {
            assert_eq!(safe_link(fine).as_deref(), Some(fine));
        }
        for unsafe_link in ["javascript:alert(1)", "file:///etc/passwd", "data:text/html,x", "//example.org", ""] {
            assert_eq!(safe_link(unsafe_link), None);
        }
        assert_eq!(safe_link("https://a.b/\"><x> ü").as_deref(), Some("https://a.b/%22%3E%3Cx%3E%20%C3%BC"));
    }

    #[test]
    fn only_long_runs_get_break_points() {
        assert_eq!(softened("Veröffentlichungsdatum ", MAX_RUN), "Veröffentlichungsdatum ");
        assert_eq!(softened("a/b", MAX_RUN), "a/b");
        assert_eq!(
            softened("https://example.org/a_path", MAX_RUN),
            "https:\u{200b}/\u{200b}/\u{200b}example.\u{200b}org/\u{200b}a_\u{200b}path"
        );
        assert_eq!(softened("0123456789012345678901234567890", MAX_RUN).matches('\u{200b}').count(), 2);
    }
}
