//! Measuring, shortening and cleaning the text of a chart, by the advances of the fonts it will be set in.
//!
//! plotters guesses the width of a text from its height; labels that must not collide need the true one.

use std::sync::OnceLock;

use ab_glyph::{Font, FontRef, FontVec};
use unicode_segmentation::UnicodeSegmentation;

/// Stands for a character that no font has.
const SUBSTITUTE: char = '\u{fffd}';
const ELLIPSIS: char = '…';

/// The fonts of chart text: the embedded Noto Sans, then a team's own for what it lacks.
#[derive(Default)]
pub struct Lettering {
    fallbacks: Vec<FontVec>,
}

impl Lettering {
    /// With a team's own fonts, whole files; a file that is no font is passed over (the renderer reports it).
    pub fn with_fonts(files: &[Vec<u8>]) -> Self {
        Self { fallbacks: files.iter().filter_map(|file| FontVec::try_from_vec(file.clone()).ok()).collect() }
    }

    /// The text as it can be set: in one line, without control characters, and with a substitute for each
    /// cluster (an emoji, a script) that no font has.
    pub fn settable(&self, text: &str) -> String {
        let mut settable = String::with_capacity(text.len());
        for cluster in text.graphemes(true) {
            let mut visible = cluster.chars().filter(|&c| !is_invisible(c)).peekable();
            if cluster.chars().all(|c| c.is_whitespace() || c.is_control()) {
                if !settable.ends_with(' ') {
                    settable.push(' ');
                }
            } else if visible.peek().is_none() {
            } else if visible.clone().all(|c| !is_private(c) && self.advance(c, false).is_some()) {
                settable.extend(visible);
            } else if !settable.ends_with(SUBSTITUTE) {
                settable.push(SUBSTITUTE);
            }
        }
        settable.trim().to_string()
    }

    /// Width in points at a size in points.
    pub fn width(&self, text: &str, size: f64, bold: bool) -> f64 {
        text.chars().map(|c| self.advance(c, bold).unwrap_or(1.0)).sum::<f64>() * size
    }

    /// The text, cut at a character and marked with an ellipsis if it is wider than `limit` points.
    /// Empty where not even one character and the ellipsis have room.
    pub fn shorten(&self, text: &str, size: f64, bold: bool, limit: f64) -> String {
        if self.width(text, size, bold) <= limit {
            return text.to_string();
        }
        let mut room = limit - self.width(&ELLIPSIS.to_string(), size, bold);
        let mut kept = String::new();
        for cluster in text.graphemes(true) {
            room -= self.width(cluster, size, bold);
            if room < 0.0 {
                break;
            }
            kept.push_str(cluster);
        }
        kept.truncate(kept.trim_end_matches(|c: char| c.is_whitespace() || c.is_ascii_punctuation()).len());
        if !kept.is_empty() {
            kept.push(ELLIPSIS);
        }
        kept
    }

    /// The text in at most `most` lines of `limit` points, broken between words; the last is shortened.
    pub fn wrap(&self, text: &str, size: f64, bold: bool, limit: f64, most: usize) -> Vec<String> {
        let mut lines: Vec<String> = Vec::new();
        let mut words = text.split_whitespace().peekable();
        while words.peek().is_some() && lines.len() < most {
            let mut line = String::new();
            if lines.len() + 1 == most {
                line = words.by_ref().collect::<Vec<_>>().join(" ");
            }
            while let Some(word) = words.peek() {
                let longer = if line.is_empty() { (*word).to_string() } else { format!("{line} {word}") };
                if !line.is_empty() && self.width(&longer, size, bold) > limit {
                    break;
                }
                line = longer;
                words.next();
            }
            lines.push(self.shorten(&line, size, bold, limit));
        }
        lines
    }

    /// In ems, by the first font that has the character; none where no font has it.
    fn advance(&self, c: char, bold: bool) -> Option<f64> {
        let embedded = embedded()?;
        let own = if bold { &embedded.bold } else { &embedded.regular };
        advance_in(own, c).or_else(|| self.fallbacks.iter().find_map(|font| advance_in(font, c)))
    }
}

struct Embedded {
    regular: FontRef<'static>,
    bold: FontRef<'static>,
}

/// The embedded fonts, parsed once; none only if the crate that carries them were broken.
fn embedded() -> Option<&'static Embedded> {
    static EMBEDDED: OnceLock<Option<Embedded>> = OnceLock::new();
    EMBEDDED
        .get_or_init(|| {
            Some(Embedded {
                regular: FontRef::try_from_slice(ttf_noto_sans::REGULAR).ok()?,
                bold: FontRef::try_from_slice(ttf_noto_sans::BOLD).ok()?,
            })
        })
        .as_ref()
}

fn advance_in(font: &impl Font, c: char) -> Option<f64> {
    let glyph = font.glyph_id(c);
    let em = font.units_per_em()?;
    (glyph.0 != 0).then(|| f64::from(font.h_advance_unscaled(glyph)) / f64::from(em))
}

/// Joiners, direction marks, variation selectors and the byte order mark: they shape other characters, and some
/// of them a PDF for archives may not hold.
fn is_invisible(c: char) -> bool {
    c.is_control()
        || matches!(c, '\u{ad}' | '\u{200b}'..='\u{200f}' | '\u{202a}'..='\u{202e}' | '\u{2060}'..='\u{206f}'
            | '\u{fe00}'..='\u{fe0f}' | '\u{feff}' | '\u{fff9}'..='\u{fffb}')
}

/// Private-use characters have no agreed shape.
fn is_private(c: char) -> bool {
    matches!(c, '\u{e000}'..='\u{f8ff}' | '\u{f0000}'..)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn widths_are_the_fonts_own_advances() {
        let lettering = Lettering::default();
        // Read off the horizontal metrics of Noto Sans, 2048 units to the em: n 1266, i 528, bold n 1346.
        assert!((lettering.width("n", 2048.0, false) - 1266.0).abs() < 1e-6);
        assert!((lettering.width("ni", 2048.0, false) - 1794.0).abs() < 1e-6);
        assert!((lettering.width("n", 2048.0, true) - 1346.0).abs() < 1e-6);
    }

    #[test]
    fn text_of_the_embedded_scripts_is_left_as_it_is() {
        let lettering = Lettering::default();
        for text in ["Прогноз", "Überprüfung", "Đánh giá", "Αξιολόγηση", "Curation – 24 h"] {
            assert_eq!(lettering.settable(text), text);
        }
    }

    #[test]
    fn what_no_font_has_becomes_one_visible_substitute() {
        let lettering = Lettering::default();
        assert_eq!(lettering.settable("Ship 🚀 it"), "Ship \u{fffd} it");
        assert_eq!(lettering.settable("👩‍💻 pair"), "\u{fffd} pair");
        assert_eq!(lettering.settable("検索 page"), "\u{fffd} page");
        assert_eq!(lettering.settable("a\u{0}b\u{feff}c\n d\u{e001}"), "a bc d\u{fffd}");
    }

    #[test]
    fn a_shortened_text_fits() {
        let lettering = Lettering::default();
        let text = "Self-serve release of the supplier search";
        let short = lettering.shorten(text, 7.0, false, 60.0);
        assert!(short.ends_with('…') && short.starts_with("Self-serve"));
        assert!(lettering.width(&short, 7.0, false) <= 60.0);
        assert_eq!(lettering.shorten("Done", 7.0, false, 60.0), "Done");
        assert_eq!(lettering.shorten("Done", 7.0, false, 1.0), "");
    }

    #[test]
    fn wrapping_keeps_every_line_within_the_limit() {
        let lettering = Lettering::default();
        let lines = lettering.wrap("Self-serve release of the supplier search page", 7.0, true, 70.0, 2);
        assert_eq!(lines.len(), 2);
        assert!(lines.iter().all(|line| lettering.width(line, 7.0, true) <= 70.0));
        assert_eq!(lines[0], "Self-serve release");
        assert_eq!(lettering.wrap("", 7.0, true, 70.0, 2), Vec::<String>::new());
    }
}
