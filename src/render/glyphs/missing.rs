//! Replaces glyphs that no font has, for the PDF: decorative ones are left out, others are substituted visibly, and a
//! note names them, their sections and how to fix it.

use std::collections::BTreeSet;

use unicode_segmentation::UnicodeSegmentation as _;

use super::super::fonts::{Fonts, built_in_cover};
use super::{MARK, visit_parts};
use crate::brief::Brief;
use crate::problem::{Problem, Problems};

/// Substitute for a glyph that no font has. Noto Sans contains it.
const SUBSTITUTE: &str = "\u{fffd}";

/// Largest number of characters that a note names; it counts the others.
const MAX_NAMED: usize = 12;

/// Glyphs that no font has, and the sections that contain them.
#[derive(Default)]
struct Missing {
    clusters: BTreeSet<String>,
    sections: Vec<String>,
}

impl Missing {
    fn add(&mut self, cluster: &str, section: &str) {
        self.clusters.insert(cluster.to_owned());
        if !section.is_empty() && !self.sections.iter().any(|known| known == section) {
            self.sections.push(section.to_owned());
        }
    }

    /// Adds one note that names all of them.
    fn note(&self, outcome: &str, problems: &mut Problems) {
        if self.clusters.is_empty() {
            return;
        }
        let code =
            |cluster: &String| cluster.chars().map(|c| format!("U+{:04X}", c as u32)).collect::<Vec<_>>().join(" ");
        let mut named = self.clusters.iter().take(MAX_NAMED).map(code).collect::<Vec<_>>().join(", ");
        if self.clusters.len() > MAX_NAMED {
            named += &format!(" and {} more", self.clusters.len() - MAX_NAMED);
        }
        if !self.sections.is_empty() {
            named += &format!(" (in “{}”)", self.sections.join("”, “"));
        }
        problems.push(Problem::note("missing-glyph", format!("no font has {named}: {outcome}")).help(
            "put fonts that have them (.ttf or .otf) into fonts/ in the team folder, or set `system_fonts = true` \
             under [brief]",
        ));
    }
}

/// An emoji at the start of a text, and the word after it.
#[derive(PartialEq, Eq, PartialOrd, Ord)]
struct Opening {
    emoji: String,
    word: String,
}

/// Returns the emoji at the start of a text that no font has, with the word after it, which still says what the text is
/// about.
fn opening(text: &str, fonts: &Fonts) -> Option<Opening> {
    let is_emoji = |cluster: &str| cluster.chars().next().is_some_and(is_pictorial) && !fonts.cover(cluster);
    let emoji: usize =
        text.graphemes(true).take_while(|c| is_emoji(c) || c.chars().all(char::is_whitespace)).map(str::len).sum();
    let (emoji, rest) = text.split_at(emoji);
    let word = rest.split_whitespace().next().filter(|word| word.contains(char::is_alphanumeric))?;
    (!emoji.trim().is_empty() && emoji.ends_with(char::is_whitespace))
        .then(|| Opening { emoji: emoji.to_owned(), word: word.to_owned() })
}

/// Whether a character is a picture: a symbol, a dingbat, an emoji.
fn is_pictorial(c: char) -> bool {
    matches!(c, '\u{2300}'..='\u{23ff}' | '\u{2600}'..='\u{27bf}' | '\u{2b00}'..='\u{2bff}' | '\u{1f000}'..='\u{1faff}')
}

/// Removes decorative emoji that no font has: at the start of a text, as in `🚀 Launch`, and wherever a sentence quotes
/// that text. A substitute would add nothing there.
fn without_openings(brief: &mut Brief, fonts: &Fonts, problems: &mut Problems) {
    let mut openings: BTreeSet<Opening> = BTreeSet::new();
    visit_parts(brief, &mut |_, mut part| {
        let text = part.text();
        if !built_in_cover(text) {
            openings.extend(opening(text, fonts));
        }
    });
    if openings.is_empty() {
        return;
    }
    let mut missing = Missing::default();
    visit_parts(brief, &mut |section, mut part| {
        let text = part.text();
        if built_in_cover(text) {
            return;
        }
        for Opening { emoji, word } in &openings {
            let opened = format!("{emoji}{word}");
            if text.contains(&opened) {
                *text = text.replace(&opened, word);
                let clusters = emoji.graphemes(true).filter(|cluster| !cluster.trim().is_empty());
                clusters.for_each(|cluster| missing.add(cluster, section));
            }
        }
    });
    missing.note("left out before a text", problems);
}

/// Substitutes every cluster that no font in `fonts` has, except decorative emoji, which are removed.
pub(crate) fn substitute(brief: &mut Brief, fonts: &Fonts, problems: &mut Problems) {
    without_openings(brief, fonts, problems);
    let mut missing = Missing::default();
    visit_parts(brief, &mut |section, mut part| {
        let text = part.text();
        if built_in_cover(text) {
            return;
        }
        let mut set = String::with_capacity(text.len());
        for cluster in text.graphemes(true) {
            if cluster.is_ascii() || cluster.starts_with(MARK) || fonts.cover(cluster) {
                set.push_str(cluster);
            } else {
                set.push_str(SUBSTITUTE);
                missing.add(cluster, section);
            }
        }
        *text = set;
    });
    missing.note(&format!("printed as {SUBSTITUTE}"), problems);
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::render::Theme;

    #[test]
    fn an_emoji_is_decorative_only_at_the_start_of_a_text() {
        let fonts = Fonts::of(&Theme::default());
        let word = |text: &str| opening(text, &fonts).map(|opening| opening.word);
        assert_eq!(word("🚀 Launch the platform").as_deref(), Some("Launch"));
        assert_eq!(word("⚠️ 🇫🇷 3 feeds").as_deref(), Some("3"));
        // An emoji alone, twice, without a blank, at the end; no emoji; a symbol that the font has.
        for plain in ["🚀", "🚀 🎯", "🚀Launch", "Data quality ✅", "数 据", "● Launch", ""] {
            assert_eq!(word(plain), None, "{plain}");
        }
    }
}
