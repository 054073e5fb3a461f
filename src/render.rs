//! Renders a brief as the bytes of one format. Each format handles each kind of block in one place. Rendering is pure:
//! fonts, logo and templates are passed in.

mod accent;
mod bounded;
mod fit;
pub(crate) mod fonts;
mod glyphs;
mod html;
mod json;
mod markdown;
mod pdf;
pub(crate) mod templates;
mod text;
mod theme;

use crate::brief::Brief;
use crate::brief::budget::{Budget, Cut, Heights, Measured};
use crate::config::Format;
use crate::problem::{Failure, Problem};

pub use glyphs::on_one_line;
pub use json::Data;
pub use theme::{Pdf, Theme};

/// Estimates the height of a brief from what has been measured so far.
struct Estimate<'a, 'b> {
    budget: &'a Budget<'b>,
    heights: Heights,
}

impl fit::Model for Estimate<'_, '_> {
    fn max_cuts(&self) -> usize {
        self.budget.max_cuts()
    }

    fn cheap_cuts(&self) -> usize {
        self.budget.cheap_cuts()
    }

    fn learn(&mut self, cut: &Cut, measured: &Measured) {
        self.budget.learn(&mut self.heights, cut, measured);
    }

    fn filled(&self, cut: &Cut, room: f64) -> Vec<f64> {
        self.budget.filled(&self.heights, cut, room)
    }
}

/// Renders the brief in a format without pages. Returns `None` for PDF, which [`pdf`] renders.
pub fn unpaged(format: Format, brief: &Brief, theme: &Theme, data: &Data) -> Result<Option<String>, Failure> {
    Ok(Some(match format {
        Format::Pdf => return Ok(None),
        Format::Html => html(brief, theme)?,
        Format::Md => markdown(brief),
        Format::Txt => text(brief),
        Format::Json => json::write(brief, data)?,
    }))
}

/// Renders a tagged PDF (PDF/UA-1 and PDF/A-2a), shortened as far as the page budget requires.
pub fn pdf(brief: &Brief, theme: &Theme) -> Result<Pdf, Failure> {
    if theme.templates.keys().any(|name| name.starts_with("pdf/")) {
        let (brief, own) = (brief.clone(), theme.clone());
        return bounded::within_time(theme, "pdf/", move || pdf_of(&brief, &own));
    }
    pdf_of(brief, theme)
}

fn pdf_of(brief: &Brief, theme: &Theme) -> Result<Pdf, Failure> {
    let mut brief = cleaned(brief);
    glyphs::join(&mut brief);
    let fonts = fonts::Fonts::of(theme);
    let budget = Budget::of(&brief);
    let mut estimate = Estimate { budget: &budget, heights: Heights::default() };
    let paper = fit::Paper { pages: theme.pages.max(1) as usize, room: pdf::room(theme.paper.height()) };
    let fitted = fit::fit_to_pages(&mut estimate, paper, |cut| pdf::set(budget.cut(cut), theme, &fonts))?;
    let (length, fits, compiles) = (fitted.trial.length, fitted.fits, fitted.trials);
    let mut pdf = Pdf { compiles, ..fitted.trial.set.write()? };
    if !fits {
        let message = match length.spills {
            true => {
                "something is too large for its page and is cut off in the PDF; the web page has it whole".to_owned()
            }
            false => {
                format!("the brief takes {} pages at its shortest; {} are allowed", length.filled.len(), theme.pages)
            }
        };
        pdf.problems.push(Problem::warning("pages", message).help("raise `pages` under [brief]"));
    }
    pdf.problems.extend(fonts.problems(theme));
    Ok(pdf)
}

/// Renders the HTML: one self-contained file.
pub fn html(brief: &Brief, theme: &Theme) -> Result<String, Failure> {
    let mut brief = cleaned(brief);
    glyphs::join(&mut brief);
    if theme.templates.keys().any(|name| name.starts_with("html/")) {
        let own = theme.clone();
        return bounded::within_time(theme, "html/", move || html::compile(&brief, &own));
    }
    html::compile(&brief, theme)
}

/// Renders the overview page of a batch.
pub fn rollup(data: &impl serde::Serialize) -> Result<String, Failure> {
    html::rollup(data)
}

/// Renders Markdown for a chat or a merge request.
pub fn markdown(brief: &Brief) -> String {
    markdown::write(&cleaned(brief))
}

/// Renders plain text for a mail body or a calendar description: headline, summary, asks, what is late.
pub fn text(brief: &Brief) -> String {
    text::write(&cleaned(brief))
}

/// Returns the brief without characters that no output may contain, and with a mark after right-to-left text.
fn cleaned(brief: &Brief) -> Brief {
    let mut brief = brief.clone();
    glyphs::clean(&mut brief);
    glyphs::order(&mut brief);
    brief
}

/// Returns the JSON Schema of the brief as data, `headsup.brief/2`.
pub fn json_schema() -> serde_json::Value {
    json::schema()
}
