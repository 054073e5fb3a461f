//! Measuring, shortening and wrapping the text of a chart, by the advances of the font it is set in.
//!
//! plotters guesses the width of a text from its height, but labels that must not collide need the true one. Characters
//! that the embedded Noto Sans lacks (another script, an emoji) are left to the renderers, which know the available
//! fonts; here their width is that of their terminal columns, which is right for wide scripts.

use std::sync::OnceLock;

use ab_glyph::{Font, FontRef};
use unicode_segmentation::UnicodeSegmentation;
use unicode_width::UnicodeWidthStr;

const ELLIPSIS: &str = "…";
/// Ems per terminal column: a wide character is one em wide.
const COLUMN_WIDTH: f64 = 0.5;

/// Returns the text on one line: control characters and line breaks become blanks, and several blanks become one.
/// No-break spaces (`4 Dec`) are kept.
pub(super) fn settable(text: &str) -> String {
    let words =
        text.split(|c: char| (c.is_whitespace() && !binds(c)) || c.is_control()).filter(|word| !word.is_empty());
    words.collect::<Vec<_>>().join(" ")
}

fn binds(blank: char) -> bool {
    matches!(blank, '\u{a0}' | '\u{202f}')
}

/// Returns the width of a text in points; `size` is in points.
pub fn width(text: &str, size: f64, bold: bool) -> f64 {
    if let (true, Some(face)) = (text.is_ascii(), face(bold)) {
        return text.bytes().map(|byte| face.latin[usize::from(byte)]).sum::<f64>() * size;
    }
    if let (true, Some(face)) = (text.chars().all(never_combines), face(bold)) {
        return text.chars().map(|c| face.width(c)).sum::<f64>() * size;
    }
    text.graphemes(true).map(|cluster| cluster_width(cluster, bold)).sum::<f64>() * size
}

/// Whether a character never combines with its neighbours: Latin letters, dashes, quotes and the like, which make up
/// most texts.
fn never_combines(c: char) -> bool {
    matches!(c, ' '..='~' | '\u{a0}'..='\u{ac}' | '\u{ae}'..='\u{24f}' | '\u{2010}'..='\u{2027}' | '€' | '−')
}

/// Returns the text cut to `limit` points with an ellipsis, or an empty text if not even one character and the ellipsis
/// fit.
pub(super) fn shorten(text: &str, size: f64, bold: bool, limit: f64) -> String {
    if width(text, size, bold) <= limit {
        return text.to_string();
    }
    let mut room = limit - width(ELLIPSIS, size, bold);
    let mut kept = String::new();
    for cluster in text.graphemes(true) {
        room -= width(cluster, size, bold);
        if room < 0.0 {
            break;
        }
        kept.push_str(cluster);
    }
    kept.truncate(kept.trim_end_matches(|c: char| c.is_whitespace() || c.is_ascii_punctuation()).len());
    if !kept.is_empty() {
        kept.push_str(ELLIPSIS);
    }
    kept
}

/// Wraps the text into at most `max_lines` lines of `limit` points, broken between words so that two lines are about
/// equally long. Lines that do not fit are shortened.
pub(super) fn wrap(text: &str, size: f64, bold: bool, limit: f64, max_lines: usize) -> Vec<String> {
    let words: Vec<&str> = text.split(' ').filter(|word| !word.is_empty()).collect();
    let fits = |line: &str| width(line, size, bold) <= limit;
    let mut lines: Vec<String> = Vec::new();
    let mut rest = &words[..];
    while lines.len() + 1 < max_lines && !fits(&rest.join(" ")) {
        let full = (1..=rest.len()).rev().find(|&count| fits(&rest[..count].join(" "))).unwrap_or(1);
        let even = (1..=full).find(|&count| {
            let (line, next) = (rest[..count].join(" "), rest[count..].join(" "));
            fits(&next) && width(&next, size, bold) <= width(&line, size, bold)
        });
        let (line, next) = rest.split_at(even.unwrap_or(full));
        lines.push(shorten(&line.join(" "), size, bold, limit));
        rest = next;
    }
    if !rest.is_empty() {
        lines.push(shorten(&rest.join(" "), size, bold, limit));
    }
    lines
}

/// Width of a grapheme cluster in ems.
fn cluster_width(cluster: &str, bold: bool) -> f64 {
    let known = face(bold).and_then(|face| cluster.chars().map(|c| advance(&face.font, c)).sum());
    known.unwrap_or_else(|| cluster.width() as f64 * COLUMN_WIDTH)
}

/// Advance of a character in ems, or `None` if the font does not have it.
fn advance(font: &FontRef, c: char) -> Option<f64> {
    let glyph = font.glyph_id(c);
    let em = font.units_per_em()?;
    (glyph.0 != 0).then(|| f64::from(font.h_advance_unscaled(glyph)) / f64::from(em))
}

struct Face {
    font: FontRef<'static>,
    /// Widths of common characters in ems: Latin letters, and the dashes, quotes and dots from U+2010 on.
    latin: [f64; 0x100],
    punctuation: [f64; 0x18],
}

impl Face {
    fn parse(file: &'static [u8]) -> Option<Self> {
        let font = FontRef::try_from_slice(file).ok()?;
        let width = |code: usize| char::from_u32(code as u32).and_then(|c| advance(&font, c));
        let latin = std::array::from_fn(|code| {
            width(code).unwrap_or(if code < 0x80 { 2.0 * COLUMN_WIDTH } else { COLUMN_WIDTH })
        });
        let punctuation = std::array::from_fn(|place| width(0x2010 + place).unwrap_or(COLUMN_WIDTH));
        Some(Self { font, latin, punctuation })
    }

    /// Returns the width in ems of a character that never combines with others.
    fn width(&self, c: char) -> f64 {
        match c as usize {
            code @ 0..0x100 => self.latin[code],
            code @ 0x2010..0x2028 => self.punctuation[code - 0x2010],
            _ => advance(&self.font, c).unwrap_or(COLUMN_WIDTH),
        }
    }
}

/// Returns an embedded font, parsed once. `None` only if the embedded file were invalid.
fn face(bold: bool) -> Option<&'static Face> {
    static FACES: [OnceLock<Option<Face>>; 2] = [const { OnceLock::new() }; 2];
    let file = if bold { ttf_noto_sans::BOLD } else { ttf_noto_sans::REGULAR };
    FACES[usize::from(bold)].get_or_init(|| Face::parse(file)).as_ref()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn widths_equal_the_advances_of_the_font() {
        // From the horizontal metrics of Noto Sans, 2048 units per em: n 1266, i 528, bold n 1346.
        assert!((width("n", 2048.0, false) - 1266.0).abs() < 1e-6);
        assert!((width("ni", 2048.0, false) - 1794.0).abs() < 1e-6);
        assert!((width("n", 2048.0, true) - 1346.0).abs() < 1e-6);
    }

    #[test]
    fn missing_glyphs_are_measured_in_columns() {
        assert_eq!(width("検索", 10.0, false), 20.0);
        assert_eq!(width("👩‍💻", 10.0, false), 10.0);
    }

    #[test]
    fn control_characters_become_blanks() {
        assert_eq!(settable(" Прогноз\r\n готов\u{0} 🚀 "), "Прогноз готов 🚀");
    }

    #[test]
    fn a_shortened_text_fits() {
        let text = "Self-serve release of the supplier search";
        let short = shorten(text, 7.0, false, 60.0);
        assert!(short.ends_with('…') && short.starts_with("Self-serve"));
        assert!(width(&short, 7.0, false) <= 60.0);
        assert_eq!(shorten("Done", 7.0, false, 60.0), "Done");
        assert_eq!(shorten("Done", 7.0, false, 1.0), "");
    }

    #[test]
    fn wrapping_keeps_every_line_within_the_limit() {
        let lines = wrap("Self-serve release of the supplier search page", 7.0, true, 70.0, 2);
        assert_eq!(lines.len(), 2);
        assert!(lines.iter().all(|line| width(line, 7.0, true) <= 70.0));
        assert_eq!(lines[0], "Self-serve release");
        assert_eq!(wrap("", 7.0, true, 70.0, 2), Vec::<String>::new());
        assert_eq!(wrap("agreed 27\u{a0}Nov", 7.0, false, 45.0, 2), ["agreed", "27\u{a0}Nov"]);
    }
}
