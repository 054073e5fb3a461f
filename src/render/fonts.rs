//! The fonts of a brief: the built-in Noto Sans, then the team's own, then (if configured) the machine's.
//!
//! [`super::pdf`] typesets with them and asks [`Fonts::cover`] which text they cannot show; [`super::html`] embeds the
//! glyphs that a page uses.

use std::sync::LazyLock;

use typst::foundations::Bytes;
use typst::text::{Font, FontBook, FontInfo};
use typst::utils::LazyHash;
use typst_kit::fonts::{self, FontStore};

use super::Theme;
use crate::problem::{Place, Problem, Problems};

/// The built-in font family.
pub(crate) const FAMILY: &str = "Noto Sans";

/// Noto Sans: regular, bold, italic (SIL Open Font License). No text in a brief is both bold and italic.
static BUILT_IN: LazyLock<Vec<Font>> = LazyLock::new(|| {
    [ttf_noto_sans::REGULAR, ttf_noto_sans::BOLD, ttf_noto_sans::ITALIC]
        .into_iter()
        .filter_map(|data| Font::new(Bytes::new(data), 0))
        .collect()
});

/// The fonts available to one run.
pub(crate) struct Fonts {
    store: FontStore,
}

impl Fonts {
    /// Loads the theme's fonts. The machine's fonts are searched only if the theme asks for them, because that is slow.
    pub(crate) fn of(theme: &Theme) -> Self {
        let mut store = FontStore::new();
        let of = |font: &Font| (font.clone(), font.info().clone());
        store.extend(BUILT_IN.iter().map(of));
        for (_, data) in &theme.fonts {
            store.extend(Font::iter(Bytes::new(data.clone())).map(|font| of(&font)));
        }
        if theme.system_fonts {
            store.extend(fonts::system());
        }
        Self { store }
    }

    /// Returns the problems of the fonts that the theme names.
    pub(crate) fn problems(&self, theme: &Theme) -> Problems {
        let mut problems = Problems::default();
        for (name, data) in &theme.fonts {
            if FontInfo::iter(data).next().is_none() {
                let problem = Problem::warning("bad-font", "this is no font that can be read");
                problems.push(problem.at(Place::file(name)).help("use a .ttf, .otf or .ttc file"));
            }
        }
        if let Some(family) =
            theme.font.as_deref().filter(|family| !self.book().contains_family(&family.to_lowercase()))
        {
            let known: Vec<_> = self.book().families().map(|(family, _)| format!("“{family}”")).collect();
            problems.push(
                Problem::warning("unknown-font", format!("there is no font “{family}”: {FAMILY} is used"))
                    .help(format!("there are {}; put others into fonts/ in the team folder", known.join(", "))),
            );
        }
        problems
    }

    pub(crate) fn book(&self) -> &LazyHash<FontBook> {
        self.store.book()
    }

    pub(crate) fn font(&self, index: usize) -> Option<Font> {
        self.store.font(index)
    }

    /// Whether one font has every glyph of `cluster`, a grapheme cluster.
    pub(crate) fn cover(&self, cluster: &str) -> bool {
        (0..).map_while(|index| self.book().info(index)).any(|info| has_all(info, cluster))
    }
}

/// Whether the first built-in font has every glyph of a text. Fast for long, mostly ASCII texts: the font has all of
/// ASCII.
pub(crate) fn built_in_cover(text: &str) -> bool {
    let has = |font: &Font, c: char| is_invisible(c) || font.info().coverage.contains(c as u32);
    BUILT_IN.first().is_some_and(|font| text.chars().filter(|c| !c.is_ascii()).all(|c| has(font, c)))
}

fn has_all(info: &FontInfo, cluster: &str) -> bool {
    cluster.chars().all(|c| is_invisible(c) || info.coverage.contains(c as u32))
}

/// Whether a character needs no glyph: joiners, variation selectors, breaking hints.
fn is_invisible(c: char) -> bool {
    matches!(c, '\u{ad}' | '\u{200b}'..='\u{200f}' | '\u{2060}' | '\u{fe00}'..='\u{fe0f}')
}
