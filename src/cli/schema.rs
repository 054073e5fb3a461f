//! `headsup schema`: the JSON Schema of headsup.toml, for editors and other programs.

use clap::Args;

use super::Terminal;
use crate::config;
use crate::problem::Failure;

/// Print the JSON Schema of headsup.toml.
#[derive(Debug, Args)]
pub struct Schema {}

impl Schema {
    pub fn run(&self, terminal: &Terminal) -> Result<(), Failure> {
        terminal.print(&format!("{:#}\n", config::schema()))
    }
}
