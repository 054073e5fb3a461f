//! `headsup completions` and `headsup man`: what a shell and a system want to know of the command line.

use clap::Args;
use clap_complete::Shell;

use super::Terminal;
use crate::problem::Failure;

/// Print completions for a shell.
#[derive(Debug, Args)]
pub struct Completions {
    #[arg(value_enum)]
    pub shell: Shell,
}

impl Completions {
    pub fn run(&self, mut whole: clap::Command, terminal: &Terminal) -> Result<(), Failure> {
        let mut out = Vec::new();
        clap_complete::generate(self.shell, &mut whole, "headsup", &mut out);
        terminal.print_bytes(&out)
    }
}

/// Print a manual page, in roff.
#[derive(Debug, Args)]
pub struct Man {
    /// Of this command; without it, of headsup itself.
    pub command: Option<String>,
}

impl Man {
    pub fn run(&self, mut whole: clap::Command, terminal: &Terminal) -> Result<(), Failure> {
        whole.build();
        let page = match &self.command {
            None => whole,
            Some(name) => {
                let found = whole.find_subcommand(name).cloned();
                let known: Vec<&str> = whole.get_subcommands().map(clap::Command::get_name).collect();
                found.ok_or_else(|| {
                    Failure::Usage(format!("there is no command {name}; there are {}", known.join(", ")))
                })?
            }
        };
        let mut out = Vec::new();
        clap_mangen::Man::new(page)
            .render(&mut out)
            .map_err(|e| Failure::Fault(format!("the manual page cannot be written: {e}")))?;
        terminal.print_bytes(&out)
    }
}
