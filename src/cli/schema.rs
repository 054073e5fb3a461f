//! `headsup schema`: the JSON Schema of headsup.toml and of each JSON that headsup writes, for editors and other programs.

use clap::{Args, ValueEnum};

use super::{Terminal, inspect, report};
use crate::deliver::batch::Batch;
use crate::document::output_schema_of;
use crate::history::Snapshot;
use crate::problem::Failure;
use crate::{config, render};

/// Print a JSON Schema: of headsup.toml, or of what headsup writes as JSON.
#[derive(Debug, Args)]
#[command(after_help = "Examples:\n  headsup schema > headsup.schema.json\n  headsup schema brief")]
pub struct Schema {
    /// What the schema describes
    #[arg(value_enum, default_value = "config")]
    of: Of,
}

#[derive(Debug, Clone, Copy, ValueEnum)]
enum Of {
    /// The config, headsup.toml
    Config,
    /// Output of `render --format json`
    Brief,
    /// The file batch.json
    Batch,
    /// Output of `inspect --format json`
    Inspect,
    /// Output of `check --format json`
    Problems,
    /// A file in history/
    Snapshot,
}

impl Schema {
    pub fn run(&self, terminal: &Terminal) -> Result<(), Failure> {
        let schema = match self.of {
            Of::Config => config::schema(),
            Of::Brief => render::json_schema(),
            Of::Batch => output_schema_of::<Batch>(),
            Of::Inspect => inspect::schema(),
            Of::Problems => report::schema(),
            Of::Snapshot => output_schema_of::<Snapshot>(),
        };
        terminal.print(&format!("{schema:#}\n"))
    }
}
