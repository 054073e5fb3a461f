//! `headsup templates`: exports the page templates, so that a team can change them.

use std::path::{Path, PathBuf};

use clap::{Args, Subcommand};

use super::Terminal;
use super::render::Which;
use crate::config::Format;
use crate::output::{self, Mode};
use crate::pipeline;
use crate::problem::Failure;
use crate::redact::Audience;
use crate::render::templates;

/// The templates of the pages, to make your own.
#[derive(Debug, Args)]
pub struct Templates {
    #[command(subcommand)]
    action: Action,
}

#[derive(Debug, Subcommand)]
enum Action {
    /// Write the built-in templates; in the folder `templates` of a team they take the place of ours. Keep those you
    /// change, delete the others: they stay up to date by themselves.
    Export {
        /// Where to: usually TEAM_DIR/templates.
        dir: PathBuf,
    },
    /// Write what the PDF's templates are given for a team's brief, so that `typst watch pdf/brief.typ` shows what you
    /// change in them. It holds what that copy of the brief holds.
    Data {
        #[command(flatten)]
        which: Which,
        /// Whose copy
        #[arg(long = "for", value_name = "COPY", value_enum, default_value = "shared")]
        audience: Audience,
        /// Where the templates are
        #[arg(long, value_name = "DIR", default_value = "templates")]
        out: PathBuf,
    },
}

impl Templates {
    pub fn run(&self, terminal: &Terminal) -> Result<(), Failure> {
        match &self.action {
            Action::Export { dir } => export(dir, terminal),
            Action::Data { which, audience, out } => data(which, *audience, out, terminal),
        }
    }
}

fn export(dir: &Path, terminal: &Terminal) -> Result<(), Failure> {
    let templates = templates::built_in();
    let existing: Vec<_> = templates.keys().filter(|name| dir.join(name).exists()).map(String::as_str).collect();
    if !existing.is_empty() {
        let names = existing.join(", ");
        return Err(Failure::Usage(format!("{} has {names} already; nothing was written", dir.display())));
    }
    for (name, text) in templates {
        let path = dir.join(name);
        output::write(&path, text.as_bytes(), Mode::Normal)?;
        terminal.print(&format!("{}\n", path.display()))?;
    }
    Ok(())
}

fn data(which: &Which, audience: Audience, out: &Path, terminal: &Terminal) -> Result<(), Failure> {
    let rendered = pipeline::run(&which.team_dir, &which.request(audience, Some(vec![Format::Pdf]))?)?;
    let mode = if audience == Audience::Shared { Mode::Normal } else { Mode::Private };
    let data = rendered.page_data.unwrap_or_default();
    let page: serde_json::Value = serde_json::from_slice(&data).map_err(|e| Failure::Fault(e.to_string()))?;
    for (name, bytes) in [("pdf/accent.json", page["accent"].to_string().into_bytes()), ("pdf/brief.json", data)] {
        let path = out.join(name);
        output::write(&path, &bytes, mode)?;
        terminal.print(&format!("{}\n", path.display()))?;
    }
    Ok(())
}
