//! `headsup templates`: the page templates, to be changed by a team.

use std::path::PathBuf;

use clap::{Args, Subcommand};

use super::Terminal;
use crate::output::{self, Mode};
use crate::problem::Failure;
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
}

impl Templates {
    pub fn run(&self, terminal: &Terminal) -> Result<(), Failure> {
        let Action::Export { dir } = &self.action;
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
}
