//! A brief → the bytes of one format. Each format knows each block once. Pure: fonts, logo and templates are handed in.

use std::collections::BTreeMap;

use crate::brief::Brief;
use crate::config::Paper;
use crate::problem::{Failure, Problems};

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
    /// The team's own fonts, whole files.
    pub fonts: Vec<Vec<u8>>,
    /// Family that comes first.
    pub font: Option<String>,
    pub system_fonts: bool,
    /// A user's own templates by name (`brief.html.hbs`, `brief.typ`).
    pub templates: BTreeMap<String, String>,
}

/// A finished PDF.
pub struct Pdf {
    pub bytes: Vec<u8>,
    pub pages: u32,
    /// Glyphs that no font had, lines left out.
    pub problems: Problems,
}

/// The PDF: tagged, PDF/UA-1 and PDF/A-2a, within the page budget.
pub fn pdf(_brief: &Brief, _theme: &Theme) -> Result<Pdf, Failure> {
    todo!()
}

/// The HTML: one self-contained file.
pub fn html(_brief: &Brief, _theme: &Theme) -> Result<String, Failure> {
    todo!()
}

/// Markdown for a chat or a merge request.
pub fn markdown(_brief: &Brief) -> String {
    todo!()
}

/// Plain text for a mail body or a calendar description: headline, summary, asks.
pub fn text(_brief: &Brief) -> String {
    todo!()
}
