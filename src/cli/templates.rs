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

/// Export the page templates, to change them.
#[derive(Debug, Args)]
#[command(after_help = "Examples:\n  headsup templates export my-team/templates\n  headsup templates data my-team")]
pub struct Templates {
    #[command(subcommand)]
    action: Action,
}

#[derive(Debug, Subcommand)]
enum Action {
    /// Write the built-in templates to a folder.
    ///
    /// Those in a team's folder `templates` are used instead of the built-in ones. Delete the files that you do not change,
    /// so that they stay up to date.
    #[command(after_help = "Examples:\n  headsup templates export my-team/templates")]
    Export {
        /// Folder to write to, usually TEAM_DIR/templates
        dir: PathBuf,
    },
    /// Write the data of a team's brief for `typst watch`.
    ///
    /// With them, `typst watch pdf/brief.typ` shows your changes at once. They contain what that copy of the brief contains.
    #[command(after_help = "Examples:\n  headsup templates data my-team --out my-team/templates")]
    Data {
        #[command(flatten)]
        which: Which,
        /// Reader of the brief
        #[arg(long = "for", value_name = "COPY", value_enum, default_value = "shared")]
        audience: Audience,
        /// Folder with the templates
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
