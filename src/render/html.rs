//! Renders the HTML with handlebars: one self-contained file without network access. It works without scripts; its one
//! script sorts tables.
//!
//! `templates/html/brief.hbs` is the page, `KIND.hbs` each kind of block. Two things are rendered in Rust: spans, where
//! a stray blank of a template would show, and charts, whose ids must be unique in the page.

mod faces;
mod include;
mod inline;
mod parameter;

use std::collections::{BTreeMap, BTreeSet};
use std::sync::LazyLock;

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use handlebars::{
    Context, Handlebars, Helper, HelperResult, Output, RenderContext, RenderError, TemplateError, handlebars_helper,
};
use sha2::{Digest as _, Sha256};

use self::include::Include;
use self::parameter::parameter;
use super::accent::Accent;
use super::{Theme, templates};
use crate::brief::{Brief, WEB_ONLY, rows};
use crate::problem::{Failure, Place, Problem};

/// The data of the page's template.
#[derive(serde::Serialize)]
struct Page<'a> {
    #[serde(flatten)]
    brief: &'a Brief,
    /// Width of each section, in twelfths of the page.
    twelfths: Vec<u8>,
    style: &'a str,
    accent: Option<Accent>,
    /// Data URI.
    logo: Option<String>,
    version: &'static str,
    /// Script that sorts tables. The page's content security policy allows only this script, by its hash.
    script: &'static str,
    script_hash: String,
}

/// The built-in templates of a brief, parsed once.
static BUILT_IN: LazyLock<Result<Handlebars<'static>, TemplateError>> = LazyLock::new(|| registry(&BTreeMap::new()));

fn registry(own: &BTreeMap<String, String>) -> Result<Handlebars<'static>, TemplateError> {
    let mut registry = Handlebars::new();
    registry.set_strict_mode(true);
    let include = if own.is_empty() { Include::unlimited() } else { Include::limited() };
    registry.register_helper("include", Box::new(include));
    registry.register_helper("cells", Box::new(cells));
    registry.register_helper("spans", Box::new(spans));
    registry.register_helper("chart", Box::new(chart));
    registry.register_helper("percent", Box::new(percent));
    registry.register_helper("width", Box::new(width));
    registry.register_helper("folds", Box::new(folds));
    let names: BTreeSet<_> = templates::built_in().into_keys().chain(own.keys().cloned()).collect();
    for name in names {
        let stem = name.strip_prefix("html/").and_then(|file| file.strip_suffix(".hbs"));
        let Some(stem) = stem.filter(|stem| !ROLLUP_TEMPLATES.contains(stem)) else { continue };
        if let Some(text) = templates::find(own, &name) {
            registry.register_template_string(stem, text)?;
        }
    }
    Ok(registry)
}

/// Renders `brief` without shortening it.
pub(crate) fn compile(brief: &Brief, theme: &Theme) -> Result<String, Failure> {
    let own;
    let registry = if theme.templates.keys().any(|name| name.starts_with("html/")) {
        own = registry(&theme.templates).map_err(|e| unparsable(&e))?;
        if let Some(cycle) = include::cycle_of_partials(&own) {
            return Err(endless_includes(&cycle));
        }
        &own
    } else {
        BUILT_IN.as_ref().map_err(|e| Failure::Fault(e.to_string()))?
    };
    let page = Page {
        brief,
        twelfths: rows::twelfths(&brief.sections),
        style: templates::find(&theme.templates, "html/brief.css").unwrap_or_default(),
        accent: theme.accent.as_deref().and_then(Accent::of),
        logo: theme.logo.as_ref().and_then(|(name, bytes)| inline::data_uri(name, bytes)),
        version: env!("CARGO_PKG_VERSION"),
        script: SCRIPT,
        script_hash: format!("'sha256-{}'", STANDARD.encode(Sha256::digest(SCRIPT))),
    };
    let mut written = Limited::default();
    registry.render_to_write("brief", &page, &mut written).map_err(|e| unrenderable(&e, theme))?;
    let html = String::from_utf8(written.0).map_err(|e| Failure::Fault(e.to_string()))?;
    let faces = faces::rules(&html, html.contains("<em>"));
    Ok(html.replacen(FACES_MARK, &faces, 1))
}

/// A page of limited size: nested loops in a user's template can produce more than any browser shows.
#[derive(Default)]
struct Limited(Vec<u8>);

/// Largest size of a page in bytes.
const MAX_BYTES: usize = 64 << 20;

impl std::io::Write for Limited {
    fn write(&mut self, bytes: &[u8]) -> std::io::Result<usize> {
        if self.0.len() + bytes.len() > MAX_BYTES {
            return Err(std::io::Error::other(format!("the page has more than {MAX_BYTES} bytes")));
        }
        self.0.extend_from_slice(bytes);
        Ok(bytes.len())
    }

    fn flush(&mut self) -> std::io::Result<()> {
        Ok(())
    }
}

const SCRIPT: &str = include_str!("html/script.js");

/// Marks the place of the `@font-face` rules in the style sheet; they are made last, from the characters of the page.
const FACES_MARK: &str = "/* faces */";

/// The templates of the roll-up page, which is not a brief.
const ROLLUP_TEMPLATES: [&str; 2] = ["rollup", "rollup-teams"];

const ROLLUP_SCRIPT: &str = include_str!("html/rollup.js");

/// The data of the roll-up's template.
#[derive(serde::Serialize)]
struct RollupPage<'a, T: serde::Serialize> {
    #[serde(flatten)]
    data: &'a T,
    style: String,
    version: &'static str,
    script: &'static str,
    script_hash: String,
}

/// Renders the roll-up of a batch, with the fonts and the style sheet of a brief and its own.
pub(crate) fn rollup(data: &impl serde::Serialize) -> Result<String, Failure> {
    let mut registry = Handlebars::new();
    registry.set_strict_mode(true);
    let text = |name: &str| templates::built_in_text(name).unwrap_or_default();
    for (name, file) in [("rollup", "html/rollup.hbs"), ("teams", "html/rollup-teams.hbs")] {
        registry.register_template_string(name, text(file)).map_err(|e| Failure::Fault(e.to_string()))?;
    }
    let page = RollupPage {
        data,
        style: format!("{}{}", text("html/brief.css"), text("html/rollup.css")),
        version: env!("CARGO_PKG_VERSION"),
        script: ROLLUP_SCRIPT,
        script_hash: format!("'sha256-{}'", STANDARD.encode(Sha256::digest(ROLLUP_SCRIPT))),
    };
    let html = registry.render("rollup", &page).map_err(|e| Failure::Fault(e.to_string()))?;
    let faces = faces::rules(&html, html.contains("<em>"));
    Ok(html.replacen(FACES_MARK, &faces, 1))
}

/// Returns the error for a template that does not parse; built-in templates always do.
fn unparsable(error: &TemplateError) -> Failure {
    let file = error.name().map(|stem| format!("templates/html/{stem}.hbs")).unwrap_or_default();
    let (line, column) = error.pos().unwrap_or_default();
    Problem::error("template", error.reason().to_string()).at(Place::at(file, line as u64, column as u64)).into()
}

/// Returns the error for templates that include one another as partials without end.
fn endless_includes(cycle: &[String]) -> Failure {
    Problem::error("template", format!("these templates include one another without end: {}", cycle.join(" → ")))
        .at(Place::file(format!("templates/html/{}.hbs", cycle[0])))
        .help("what is to nest, as blocks in columns do, is called by `{{include \"name\"}}`, not by `{{> name}}`")
        .into()
}

/// Returns the error for a template that uses a name that does not exist.
fn unrenderable(error: &RenderError, theme: &Theme) -> Failure {
    let stem = error.template_name.as_deref().unwrap_or("brief");
    let name = format!("html/{stem}.hbs");
    let place = if theme.templates.contains_key(&name) {
        let (line, column) = (error.line_no.unwrap_or(1), error.column_no.unwrap_or(1));
        Place::at(format!("templates/{name}"), line as u64, column as u64)
    } else {
        // Built-in templates work together, so the error is in what a user's template passes on.
        match super::bounded::own(theme, "html/") {
            Some(place) => place,
            None => return Failure::Fault(error.to_string()),
        }
    };
    Problem::error("template", error.reason().to_string())
        .at(place)
        .help("`headsup templates export` writes the built-in templates, which use every name there is")
        .into()
}

/// `{{spans cells}}`: writes a line of spans.
fn spans(h: &Helper, _: &Handlebars, _: &Context, _: &mut RenderContext, out: &mut dyn Output) -> HelperResult {
    Ok(out.write(&inline::spans(parameter(h, 0)?))?)
}

/// `{{chart chart}}`: writes an SVG with a description in words.
fn chart(h: &Helper, _: &Handlebars, _: &Context, _: &mut RenderContext, out: &mut dyn Output) -> HelperResult {
    Ok(out.write(&inline::chart(parameter(h, 0)?))?)
}

/// `{{percent share}}`: writes 0.63 as `63.0%`, limited to 0 to 100 %.
fn percent(h: &Helper, _: &Handlebars, _: &Context, _: &mut RenderContext, out: &mut dyn Output) -> HelperResult {
    let share = parameter(h, 0)?.as_f64().unwrap_or(0.0);
    Ok(out.write(&as_percent(share))?)
}

/// `{{cells this ../columns ../row_heads}}`: writes the cells of a table's row with the alignment and title of their
/// columns and, if there is one, the number to sort by: `<td class="right" data-label="Due" data-sort="61">`.
fn cells(h: &Helper, _: &Handlebars, _: &Context, _: &mut RenderContext, out: &mut dyn Output) -> HelperResult {
    Ok(out.write(&inline::cells(parameter(h, 0)?, parameter(h, 1)?, parameter(h, 2)?))?)
}

/// Gap between two columns of a table, as a share of the page's width.
const GAP: f64 = 1.0 / 56.0;

/// `{{width columns 2}}`: writes the share of the width that a table's column has, such as `35.0%`.
fn width(h: &Helper, _: &Handlebars, _: &Context, _: &mut RenderContext, out: &mut dyn Output) -> HelperResult {
    let columns: Vec<f64> =
        parameter(h, 0)?.as_array().into_iter().flatten().map(|c| c["width"].as_f64().unwrap_or(1.0)).collect();
    let index = parameter(h, 1)?.as_u64().unwrap_or_default() as usize;
    let Some(width) = columns.get(index).filter(|width| **width > 0.0) else { return Ok(out.write("auto")?) };
    let share = width / columns.iter().sum::<f64>();
    // If all columns have a width, each column but the last includes the gap after it.
    let (gaps, is_last) = (columns.len() as f64 - 1.0, index + 1 == columns.len());
    let share = match columns.iter().all(|width| *width > 0.0) {
        true => share * (1.0 - GAP * gaps) + if is_last { 0.0 } else { GAP },
        false => share,
    };
    Ok(out.write(&as_percent(share))?)
}

// `{{folds rows}}`: whether all rows of a table are left out of the PDF, so that the page can fold it.
handlebars_helper!(folds: |rows: array| !rows.is_empty() && rows.iter().all(|row| row["worth"] == WEB_ONLY));

fn as_percent(share: f64) -> String {
    format!("{:.1}%", share.clamp(0.0, 1.0) * 100.0)
}
