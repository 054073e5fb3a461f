//! The brief's own letters in the page: just the glyphs it uses, so that it looks and measures alike everywhere.

use std::collections::BTreeSet;
use std::fmt::Write as _;
use std::sync::LazyLock;

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use font_subset::Font;

use crate::render::fonts::FAMILY;

/// The built-in fonts, each taken apart once, when it is first asked for.
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

/// `@font-face` rules with the glyphs for `text`. Italics come only where the page has any.
pub(crate) fn rules(text: &str, italic: bool) -> String {
    let characters = characters(text);
    let mut css = String::new();
    for Face { weight, is_italic, font } in FACES.iter().filter(|face| italic || !face.is_italic) {
        let style = if *is_italic { "italic" } else { "normal" };
        // A browser without these letters takes its own: a page is never worth failing for a font.
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

/// The characters of a text that may be long, and is mostly ASCII: those are marked rather than sorted, and lines of
/// nothing else are not taken apart.
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
    fn each_character_is_there_once() {
        assert_eq!(characters("baß\nab\u{7f}€ \nab\u{7f}c"), BTreeSet::from([' ', 'a', 'b', 'c', 'ß', '€']));
    }
}
