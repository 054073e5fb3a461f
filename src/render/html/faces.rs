//! Embeds the brief's fonts in the page: only the glyphs it uses, so that it looks the same everywhere.

use std::collections::BTreeSet;
use std::fmt::Write as _;
use std::sync::LazyLock;

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use font_subset::Font;

use crate::render::fonts::FAMILY;

/// The built-in fonts, each parsed when it is first used.
static FACES: [Face; 3] = [
    Face::new(400, false, || Font::opentype(ttf_noto_sans::REGULAR).ok()),
    Face::new(700, false, || Font::opentype(ttf_noto_sans::BOLD).ok()),
    Face::new(400, true, || Font::opentype(ttf_noto_sans::ITALIC).ok()),
];

struct Face {
    weight: u32,
    is_italic: bool,
    font: LazyLock<Option<Font<'static>>>,
}

impl Face {
    const fn new(weight: u32, is_italic: bool, font: fn() -> Option<Font<'static>>) -> Self {
        Self { weight, is_italic, font: LazyLock::new(font) }
    }
}

/// Returns `@font-face` rules with the glyphs of `text`. Italics are included only if the page has italic text.
pub(crate) fn rules(text: &str, italic: bool) -> String {
    let characters = characters(text);
    let mut css = String::new();
    for Face { weight, is_italic, font } in FACES.iter().filter(|face| italic || !face.is_italic) {
        let style = if *is_italic { "italic" } else { "normal" };
        // Without these fonts a browser uses its own; a font is no reason to fail.
        let Some(Ok(subset)) = font.as_ref().map(|font| font.subset(&characters)) else { continue };
        let data = STANDARD.encode(subset.to_opentype());
        let _ = writeln!(
            css,
            "@font-face {{ font-family: \"{FAMILY}\"; font-weight: {weight}; font-style: {style}; \
             src: url(data:font/ttf;base64,{data}) }}"
        );
    }
    css
}

/// Returns the distinct characters of a text. Fast for long, mostly ASCII texts: Latin characters are marked in an
/// array instead of sorted.
fn characters(text: &str) -> BTreeSet<char> {
    let mut latin = [false; 256];
    let mut characters = BTreeSet::new();
    for line in text.lines() {
        if line.is_ascii() {
            line.bytes().for_each(|byte| latin[usize::from(byte)] = true);
            continue;
        }
        for c in line.chars() {
            match latin.get_mut(c as usize) {
                Some(seen) => *seen = true,
                None => {
                    characters.insert(c);
                }
            }
        }
    }
    characters.extend((0..=u8::MAX).zip(latin).filter_map(|(byte, seen)| seen.then_some(char::from(byte))));
    characters.retain(|c| !c.is_control());
    characters
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn characters_are_distinct() {
        assert_eq!(characters("baß\nab\u{7f}€ \nab\u{7f}c"), BTreeSet::from([' ', 'a', 'b', 'c', 'ß', '€']));
    }
}
