//! A brief → the bytes of one format. Each format knows each block once. Pure: fonts, logo and templates are handed in.

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

use crate::analysis::Analysis;
use crate::brief::Brief;
use crate::brief::budget::{Budget, Cut, Measured};
use crate::problem::{Failure, Problem, Problems};
use crate::team::SourceRead;

pub use glyphs::on_one_line;
pub use theme::{Pdf, Theme};

/// About what the title and the summary take of the first page, in points.
const HEAD: f64 = 100.0;

/// The PDF: tagged, PDF/UA-1 and PDF/A-2a, shortened as much as the page budget asks.
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
    let room = pdf::room(theme.paper.height());
    // The agenda is a page before the brief.
    let (ahead, pages) = (u32::from(brief.agenda.is_some()), theme.pages.max(1));
    let height = |cut: &Cut, measured: &Measured| f64::from(ahead) + (HEAD + budget.height(cut, measured)) / room;
    let set = |cut: &Cut| pdf::set(budget.cut(cut), theme, &fonts);
    let written = fit::mildest(budget.most(), ahead + pages, height, set).and_then(|(trial, fits)| {
        let length = trial.length;
        Ok((length, fits, trial.set.write()?))
    });
    pdf::forget();
    let (length, fits, mut pdf) = written?;
    if !fits {
        let message = match length.spills {
            true => {
                "something is too large for its page and is cut off in the PDF; the web page has it whole".to_owned()
            }
            false => {
                format!("the brief takes {} pages at its shortest; {} are allowed", pdf.pages - ahead, theme.pages)
            }
        };
        pdf.problems.push(Problem::warning("pages", message).help("raise `pages` under [brief]"));
    }
    pdf.problems.extend(fonts.problems(theme));
    Ok(pdf)
}

/// The HTML: one self-contained file.
pub fn html(brief: &Brief, theme: &Theme) -> Result<String, Failure> {
    let mut brief = cleaned(brief);
    glyphs::join(&mut brief);
    if theme.templates.keys().any(|name| name.starts_with("html/")) {
        let own = theme.clone();
        return bounded::within_time(theme, "html/", move || html::compile(&brief, &own));
    }
    html::compile(&brief, theme)
}

/// The page over the briefs of a batch.
pub fn rollup(data: &impl serde::Serialize) -> Result<String, Failure> {
    html::rollup(data)
}

/// Markdown for a chat or a merge request.
pub fn markdown(brief: &Brief) -> String {
    markdown::write(&cleaned(brief))
}

/// Plain text for a mail body or a calendar description: headline, summary, asks, what is late.
pub fn text(brief: &Brief) -> String {
    text::write(&cleaned(brief))
}

/// Without what is no text, and each line in its order.
fn cleaned(brief: &Brief) -> Brief {
    let mut brief = brief.clone();
    glyphs::clean(&mut brief);
    glyphs::order(&mut brief);
    brief
}

/// The brief as data: `headsup.brief/2`.
pub fn json(
    brief: &Brief,
    analysis: &Analysis,
    sources: &[SourceRead],
    problems: &Problems,
) -> Result<String, Failure> {
    json::write(brief, analysis, sources, problems)
}

/// The JSON Schema of [`json`].
pub fn json_schema() -> serde_json::Value {
    json::schema()
}
