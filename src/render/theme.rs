//! What is handed in with a brief, and what a PDF comes back with.

use std::collections::BTreeMap;

use crate::config::Paper;
use crate::problem::Problems;

/// How the pages look.
#[derive(Debug, Clone, Default)]
pub struct Theme {
    pub paper: Paper,
    /// The page budget.
    pub pages: u32,
    /// `#rrggbb`.
    pub accent: Option<String>,
    /// File name (for its kind) and bytes.
    pub logo: Option<(String, Vec<u8>)>,
    /// The team's own fonts: file names and whole files.
    pub fonts: Vec<(String, Vec<u8>)>,
    /// Family that comes first.
    pub font: Option<String>,
    pub system_fonts: bool,
    /// A user's own templates by name (`html/brief.hbs`, `pdf/brief.typ`).
    pub templates: BTreeMap<String, String>,
}

/// A finished PDF.
pub struct Pdf {
    pub bytes: Vec<u8>,
    pub pages: u32,
    /// How often the brief was set until it fitted its pages.
    pub compiles: usize,
    /// What the page templates were given, as JSON: `brief.json` beside `pdf/brief.typ`.
    pub data: Vec<u8>,
    /// Glyphs that no font had, lines left out.
    pub problems: Problems,
}
