//! Renders the PDF with the typst library in this process: tagged, PDF/UA-1 and PDF/A-2a, with bookmarks, language and
//! title.
//!
//! The template (`templates/pdf/brief.typ`) receives the brief as data, `json("brief.json")`; no text of a user becomes
//! typst source. Dates come from the brief's as-of date, so that two runs give the same bytes.

mod extent;
mod numbered;
mod world;

use chrono::Datelike as _;
use typst::diag::{Severity as TypstSeverity, SourceDiagnostic, Warned};
use typst::foundations::{Datetime, Smart};
use typst::syntax::DiagSpan;
use typst::{World as _, WorldExt as _};
use typst_layout::PagedDocument;
use typst_pdf::{PdfOptions, PdfStandard, PdfStandards, Timestamp};

pub(crate) use self::extent::room;
use self::world::PageWorld;
use super::fit::Trial;
use super::fonts::Fonts;
use super::{Pdf, Theme, glyphs};
use crate::brief::Brief;
use crate::brief::budget::Shortened;
use crate::problem::{Failure, Place, Problem, Problems};

/// A brief that is laid out on pages but not yet written to PDF.
pub(crate) struct Pages<'a> {
    world: PageWorld<'a>,
    document: PagedDocument,
    options: PdfOptions,
    problems: Problems,
}

/// Lays out a brief on as many pages as it takes; [`super::pdf`] shortens it first.
pub(crate) fn set<'a>(shortened: Shortened, theme: &'a Theme, fonts: &'a Fonts) -> Result<Trial<Pages<'a>>, Failure> {
    let mut problems = Problems::default();
    let Shortened { mut brief, places } = shortened;
    glyphs::substitute(&mut brief, fonts, &mut problems);
    glyphs::shorten(&mut brief, &mut problems);
    glyphs::soften(&mut brief);
    let options = options(&brief)?;
    let world = PageWorld::new(&brief, &places, theme, fonts)?;
    let Warned { output, warnings: _ } = typst::compile::<PagedDocument>(&world);
    // Evicts what neither this compilation nor the one before used, so that writing the PDF, and a batch of any length,
    // needs little memory.
    comemo::evict(1);
    let document = output.map_err(|errors| explain(&world, &errors))?;
    let (length, measured) = extent::of(&document);
    Ok(Trial { length, measured, set: Pages { world, document, options, problems } })
}

impl Pages<'_> {
    /// Writes the PDF.
    pub(crate) fn write(self) -> Result<Pdf, Failure> {
        let bytes = typst_pdf::pdf(&self.document, &self.options).map_err(|errors| explain(&self.world, &errors))?;
        let (pages, data) = (self.document.pages().len() as u32, self.world.into_data());
        Ok(Pdf { bytes, pages, compiles: 1, data, problems: self.problems })
    }
}

fn options(brief: &Brief) -> Result<PdfOptions, Failure> {
    let standards = PdfStandards::new(&[PdfStandard::Ua_1, PdfStandard::A_2a])
        .map_err(|e| Failure::Fault(e.message().to_string()))?;
    let day = brief.as_of;
    let as_of = Datetime::from_ymd_hms(day.year(), day.month() as u8, day.day() as u8, 0, 0, 0);
    Ok(PdfOptions {
        ident: Smart::Custom(format!("headsup {} {} {}", brief.team, day, brief.audience.name())),
        creator: Smart::Custom(Some(format!("headsup {}", env!("CARGO_PKG_VERSION")))),
        timestamp: as_of.map(Timestamp::new_utc),
        standards,
        ..PdfOptions::default()
    })
}

/// Turns typst's diagnostics into problems. An error in a user's own template has its file and line; one in a built-in
/// template is an internal error.
fn explain(world: &PageWorld, errors: &[SourceDiagnostic]) -> Failure {
    let mut problems = Problems::default();
    for error in errors.iter().filter(|error| error.severity == TypstSeverity::Error) {
        let hints = error.hints.iter().map(|hint| hint.v.as_str()).collect::<Vec<_>>().join("; ");
        // The logo is the only picture that may be unreadable.
        let logo = world.logo().filter(|_| is_of_logo(world, error));
        match (place(world, error), logo) {
            (Some(place), _) => problems.push(Problem::error("template", error.message.as_str()).at(place).help(hints)),
            (None, Some(logo)) => problems.push(
                Problem::error("bad-logo", error.message.as_str())
                    .at(Place::file(logo))
                    .help("use an SVG, PNG or JPEG file"),
            ),
            // Built-in templates work together, so the error is in what a user's template passes on.
            (None, None) => match super::bounded::own(world.theme(), "pdf/") {
                Some(place) => problems.push(Problem::error("template", error.message.as_str()).at(place).help(hints)),
                None => return Failure::Fault(error.message.to_string()),
            },
        }
    }
    Failure::Input(problems)
}

/// Whether an error is in the logo itself or where a built-in template shows it.
fn is_of_logo(world: &PageWorld, error: &SourceDiagnostic) -> bool {
    let calls = error.trace.iter().map(|call| call.span.into());
    std::iter::once(error.span).chain(calls).any(|span: DiagSpan| {
        let Some(id) = span.id() else { return false };
        let shows_it = || Some(world.source(id).ok()?.text().get(world.range(span)?)?.contains("data.logo"));
        id.get().vpath().get_without_slash().starts_with("logo.") || shows_it() == Some(true)
    })
}

/// Returns the position of an error in a user's own template: there, or in a built-in template's call of it.
fn place(world: &PageWorld, error: &SourceDiagnostic) -> Option<Place> {
    let calls = error.trace.iter().map(|call| call.span.into());
    std::iter::once(error.span).chain(calls).find_map(|span: DiagSpan| {
        let id = span.id()?;
        let name = id.get().vpath().get_without_slash();
        let start = world.range(span)?.start;
        let (line, column) = world.source(id).ok()?.lines().byte_to_line_column(start)?;
        world.is_users(name).then(|| Place::at(format!("templates/{name}"), line as u64 + 1, column as u64 + 1))
    })
}
