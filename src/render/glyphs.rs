//! Text that any renderer can set: control characters are taken out; on paper a glyph that no font has gives way to a
//! visible substitute with a note, never to a failure, and what is too long for a line may be divided.

use unicode_segmentation::UnicodeSegmentation as _;

use crate::brief::{Agenda, AgendaPart, Block, Brief, List, Meter, Span, Spans, Table, Tiles};
use crate::chart::Chart;
use crate::problem::{Problem, Problems};

mod missing;
mod unbroken;

pub(crate) use missing::substitute;
pub(crate) use unbroken::join;

/// Takes out what is no text: control characters, byte order marks, private use, what can never be a character, and
/// the overrides of writing direction that could make a line read as what it is not; and links that open anything but a
/// page or a mail. A brief always has a title.
pub(crate) fn clean(brief: &mut Brief) {
    each_part(brief, &mut |_, mut part| {
        if let Part::Span(span) = &mut part {
            span.href = span.href.take().as_deref().and_then(safe_link);
        }
        let text = part.text();
        if text.contains(is_no_text) {
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

/// The text without what is no text, on one line: for the heads of mails and calendar entries, too.
pub fn on_one_line(text: &str) -> String {
    let spaced = text.chars().map(|c| if matches!(c, '\t' | '\n') { ' ' } else { c });
    spaced.filter(|&c| !is_no_text(c)).collect()
}

/// Ends each run of text from right to left with a mark, so that what follows it in a line keeps its place: without, the
/// number of `…, 7 days late` after an Arabic name would stand on the wrong side (Unicode Standard Annex 9).
pub(crate) fn order(brief: &mut Brief) {
    each_part(brief, &mut |_, mut part| {
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
    // From the end: whether the next letter is one of the same run.
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

/// A link of a kind that opens nothing but a page or a mail, with what no address may hold written as `%22` and so on.
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

fn is_no_text(c: char) -> bool {
    if matches!(c, ' '..='~') {
        return false;
    }
    c.is_control()
        || matches!(c, '\u{feff}' | '\u{fff9}'..='\u{fffb}' | '\u{2028}'..='\u{202e}' | '\u{2066}'..='\u{2069}'
            | '\u{e000}'..='\u{f8ff}' | '\u{fdd0}'..='\u{fdef}' | '\u{e0000}'..='\u{e007f}' | '\u{f0000}'..)
        || (c as u32 & 0xfffe) == 0xfffe
}

/// The longest text that goes on paper, in characters. A string of a PDF holds 32 767 bytes (ISO 32000-1, Annex C), and
/// a character takes up to four; [`soften`] may double their number.
const LONGEST: usize = 4000;

/// Ends what is longer than a PDF can hold as one text with an ellipsis, and notes it once for a section.
pub(crate) fn shorten(brief: &mut Brief, problems: &mut Problems) {
    let mut cut: Vec<String> = Vec::new();
    each_part(brief, &mut |section, mut part| {
        let text = part.text();
        if text.len() <= LONGEST {
            return;
        }
        if let Some((end, _)) = text.char_indices().nth(LONGEST) {
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
            Problem::note("long-text", format!("a text in {place} has more than {LONGEST} characters: cut in the PDF"))
                .help("shorten it; the HTML has it whole"),
        );
    }
}

/// The longest run without a blank that surely fits the narrowest column.
const FITS: usize = 14;
/// The longest one that surely fits a line of the page's width, above and below the sections.
const FITS_PAGE: usize = 48;
/// The longest run of letters that hyphenation is left to.
const WORD: usize = 40;

/// Lets long runs without a blank (addresses, paths, identifiers) be divided after their marks, and anywhere at last.
/// After a hyphen they are divided as the language has it.
pub(crate) fn soften(brief: &mut Brief) {
    each_part(brief, &mut |section, mut part| {
        // The words of a chart stand on one line each.
        if let Part::Label(_) = part {
            return;
        }
        let (text, fits) = (part.text(), if section.is_empty() { FITS_PAGE } else { FITS });
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
    let is_word = letters && run.chars().count() <= WORD;
    for cluster in run.graphemes(true) {
        soft.push_str(cluster);
        since = if cluster == "-" { 0 } else { since + 1 };
        let divides =
            cluster.chars().all(|c| matches!(c, '/' | '_' | '.' | ':' | ',' | ';' | '=' | '&' | '@' | '|' | '\\'));
        if !is_word && (divides || since == FITS) {
            // A word with a hyphen, all else without.
            soft.push(if letters { '\u{ad}' } else { '\u{200b}' });
            since = 0;
        }
    }
    soft
}

/// A text of a brief.
enum Part<'a> {
    Words(&'a mut String),
    Span(&'a mut Span),
    /// Words on a chart.
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

/// Gets the title of the section (empty above and below them all) and a text to change.
type Change<'a> = &'a mut dyn FnMut(&str, Part);

/// Calls `change` with every text of the brief.
fn each_part(brief: &mut Brief, change: Change) {
    let Brief { kicker, dateline, title, footer, team, author, reading_time, .. } = brief;
    let head = [kicker, dateline, title, footer, team, author, reading_time];
    let labels = &mut brief.labels;
    let labels = [&mut labels.skip, &mut labels.contents, &mut labels.notes, &mut labels.done, &mut labels.not_done];
    words(head.into_iter().chain(labels).chain(&mut brief.notes).chain(&mut brief.gist), "", change);
    brief.summary.iter_mut().for_each(|bullet| each_span(bullet, "", change));
    for banner in &mut brief.banners {
        each_span(&mut banner.spans, "", change);
    }
    if let Some(Agenda { kicker, title, parts, footer }) = &mut brief.agenda {
        words([kicker, title, footer], "", change);
        for AgendaPart { label, note, points, .. } in parts {
            words([&mut *label].into_iter().chain(note), "", change);
            for point in points {
                point.lines.iter_mut().for_each(|line| each_span(line, label, change));
                words(&mut point.boxes, label, change);
            }
        }
    }
    for section in &mut brief.sections {
        let title = section.title.clone();
        words([&mut section.title], &title, change);
        section.blocks.iter_mut().for_each(|block| each_of_block(block, &title, change));
    }
}

fn words<'t>(texts: impl IntoIterator<Item = &'t mut String>, section: &str, change: Change) {
    texts.into_iter().for_each(|text| change(section, Part::Words(text)));
}

fn each_span(spans: &mut Spans, section: &str, change: Change) {
    spans.iter_mut().for_each(|span| change(section, Part::Span(span)));
}

fn each_of_chart(chart: &mut Chart, section: &str, change: Change) {
    words([&mut chart.title, &mut chart.alt], section, change);
    words(chart.spots.iter_mut().map(|spot| &mut spot.says), section, change);
    chart.labels.iter_mut().for_each(|label| change(section, Part::Label(&mut label.text)));
}

fn each_of_block(block: &mut Block, section: &str, change: Change) {
    match block {
        Block::Text { spans, .. } => each_span(spans, section, change),
        Block::List(List { label, items, .. }) => {
            words(label.iter_mut(), section, change);
            items.iter_mut().for_each(|item| each_span(&mut item.spans, section, change));
        }
        Block::Table(Table { caption, columns, rows, .. }) => {
            let titles = columns.iter_mut().map(|column| &mut column.title);
            words([caption].into_iter().chain(titles), section, change);
            rows.iter_mut().flat_map(|row| &mut row.cells).for_each(|cell| each_span(cell, section, change));
        }
        Block::Figure(figure) => {
            each_of_chart(&mut figure.chart, section, change);
            figure.beside.iter_mut().for_each(|block| each_of_block(block, section, change));
        }
        Block::Tiles(Tiles { tiles, .. }) => {
            for tile in tiles {
                words([&mut tile.name, &mut tile.value], section, change);
                tile.chart.iter_mut().for_each(|chart| each_of_chart(chart, section, change));
                each_span(&mut tile.note, section, change);
                each_span(&mut tile.verdict, section, change);
            }
        }
        Block::Meter(Meter { spans, label, .. }) => {
            each_span(spans, section, change);
            words([label], section, change);
        }
        Block::Columns(columns) => {
            columns.iter_mut().flatten().for_each(|block| each_of_block(block, section, change));
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_no_text_goes() {
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
        assert!(no_text.into_iter().all(is_no_text));
        assert!([' ', 'a', 'Ж', '文', '\u{200d}', '\u{ad}', '🎉', '\u{fffd}'].into_iter().all(|c| !is_no_text(c)));
    }

    #[test]
    fn what_follows_text_from_right_to_left_keeps_its_place() {
        assert_eq!(ordered("בדיקה, 7 days late"), "בדיקה\u{200e}, 7 days late");
        assert_eq!(ordered("“خلال 24 ساعة.” by 4 May"), "“خلال 24 ساعة\u{200e}.” by 4 May");
        assert_eq!(ordered("א and ב"), "א\u{200e} and ב\u{200e}");
    }

    #[test]
    fn a_link_opens_a_page_or_a_mail() {
        for fine in ["https://example.org/?a=1&b=%20#c", "HTTP://example.org", "mailto:a@example.org"] {
            assert_eq!(safe_link(fine).as_deref(), Some(fine));
        }
        for unsafe_link in ["javascript:alert(1)", "file:///etc/passwd", "data:text/html,x", "//example.org", ""] {
            assert_eq!(safe_link(unsafe_link), None);
        }
        assert_eq!(safe_link("https://a.b/\"><x> ü").as_deref(), Some("https://a.b/%22%3E%3Cx%3E%20%C3%BC"));
    }

    #[test]
    fn only_what_is_too_long_is_divided() {
        assert_eq!(softened("Veröffentlichungsdatum ", FITS), "Veröffentlichungsdatum ");
        assert_eq!(softened("a/b", FITS), "a/b");
        assert_eq!(
            softened("https://example.org/a_path", FITS),
            "https:\u{200b}/\u{200b}/\u{200b}example.\u{200b}org/\u{200b}a_\u{200b}path"
        );
        assert_eq!(softened("0123456789012345678901234567890", FITS).matches('\u{200b}').count(), 2);
    }
}
