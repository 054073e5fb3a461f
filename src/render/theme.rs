//! The theme, which is passed in with a brief, and the rendered PDF.

use std::collections::BTreeMap;

use crate::config::Paper;
use crate::problem::Problems;

/// The design of the pages.
#[derive(Debug, Clone, Default)]
pub struct Theme {
    pub paper: Paper,
    /// Maximum number of pages.
    pub pages: u32,
    /// A colour such as `#rrggbb`.
    pub accent: Option<String>,
    /// File name, whose extension is the image's format, and content.
    pub logo: Option<(String, Vec<u8>)>,
    /// File names and contents of the team's own fonts.
    pub fonts: Vec<(String, Vec<u8>)>,
    /// Preferred font family.
    pub font: Option<String>,
    pub system_fonts: bool,
    /// The user's own templates by name (`html/brief.hbs`, `pdf/brief.typ`).
    pub templates: BTreeMap<String, String>,
}

/// A rendered PDF.
pub struct Pdf {
    pub bytes: Vec<u8>,
    pub pages: u32,
    /// How often the brief was compiled until it fitted its pages.
    pub compiles: usize,
    /// The JSON data of the page templates: `brief.json` beside `pdf/brief.typ`.
    pub data: Vec<u8>,
    /// Missing glyphs, shortened texts and other problems of the PDF.
    pub problems: Problems,
}
