//! `headsup help`: the help of a command, or what a code such as `bad-date` means.

use clap::Args;

use super::Terminal;
use crate::problem::codes::{self, Code};
use crate::problem::{Failure, Severity, nearest};

/// Print the help of a command, or the meaning of a problem's code.
#[derive(Debug, Args)]
#[command(after_help = "Examples:\n  headsup help add win\n  headsup help bad-date\n  headsup help codes")]
pub struct Help {
    /// Command, code of a problem, or `codes` for the list of all codes
    pub topic: Vec<String>,
}

impl Help {
    /// Prints the help of the topic. `command` is the whole command line as clap defines it.
    pub fn run(&self, command: clap::Command, terminal: &Terminal) -> Result<(), Failure> {
        let topic: Vec<&str> = self.topic.iter().map(String::as_str).collect();
        let code = topic.first().and_then(|name| codes::find(code_in(name)));
        match (topic.as_slice(), code) {
            (["codes"], _) => terminal.print(&list()),
            ([_], Some(code)) => terminal.print(&entry(code)),
            (names, _) => terminal.print(&of_command(command, names)?),
        }
    }
}

/// Extracts the code from the form that messages use: `error[bad-date]` gives `bad-date`.
fn code_in(name: &str) -> &str {
    name.split_once('[').map_or(name, |(_, rest)| rest.trim_end_matches(']'))
}

fn word(severity: Severity) -> &'static str {
    match severity {
        Severity::Error => "error",
        Severity::Warning => "warning",
        Severity::Note => "note",
    }
}

fn entry(code: &Code) -> String {
    let Code { name, severity, meaning, example, help } = code;
    let severity = word(*severity);
    format!("{severity}[{name}]\n\n{meaning}\n\n  Example: {example}\n  Fix:     {help}\n")
}

/// Lists all codes, one line each.
fn list() -> String {
    let width = codes::all().map(|code| code.name.len()).max().unwrap_or_default();
    codes::all().map(|code| format!("{:width$}  {:7}  {}\n", code.name, word(code.severity), code.meaning)).collect()
}

fn of_command(mut command: clap::Command, names: &[&str]) -> Result<String, Failure> {
    command.build();
    for name in names {
        let known = command.get_subcommands().map(|sub| sub.get_name().to_owned()).collect::<Vec<_>>();
        match known.iter().find(|known| known == name) {
            Some(_) => command = command.find_subcommand(name).cloned().unwrap_or(command),
            None => {
                let all = known.iter().map(String::as_str).chain(codes::all().map(|code| code.name));
                let near = nearest(name, all).map(|near| format!("; did you mean `{near}`?")).unwrap_or_default();
                return Err(Failure::Usage(format!("there is no command and no code `{name}`{near}")));
            }
        }
    }
    Ok(command.render_long_help().to_string())
}
