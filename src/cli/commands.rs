//! The commands, and what the program does before and after one of them. Doc comments are the help.

use std::path::Path;
use std::process::ExitCode;

use clap::{CommandFactory as _, Parser, Subcommand};

use super::report::ReportFormat;
use super::terminal::Terminal;
use super::{
    add, backtest, batch, check, complete, fault, forget, help, init, inspect, invite, mail, manual, progress, record,
    render, schema, start, surroundings, templates, version, watch, week,
};
use crate::problem::Failure;
use crate::sink;

/// How to begin, how dates are written, and the values of `problem::Failure::exit_code`, as the README lists them.
const AFTER_HELP: &str = "\
Examples:
  headsup init my-team --from jira.csv kpis.csv
  headsup week my-team
  headsup record my-team

Dates: 2026-12-11, 11.12.2026, \"11 Dec\", friday, \"next friday\", +7d

Exit codes:
   0  done
   1  findings under --strict, or a team of a batch failed
   2  wrong arguments
  65  an input cannot be used
  70  internal error: please report it
  74  a file cannot be read or written
  75  try again later
  76  refused by a server
  77  not allowed";

/// Gives your boss a heads-up: turns a team's CSV exports into the brief for the weekly 1:1.
#[derive(Debug, Parser)]
#[command(name = "headsup", version, max_term_width = 100, after_help = AFTER_HELP, disable_help_subcommand = true)]
pub struct Cli {
    /// Print only results, no messages
    #[arg(short, long, global = true, help_heading = "Global options", display_order = 900)]
    pub quiet: bool,
    /// Print more about what is read and written
    #[arg(short, long, global = true, conflicts_with = "quiet", help_heading = "Global options", display_order = 901)]
    pub verbose: bool,
    #[command(subcommand)]
    pub command: Option<Command>,
}

/// What headsup can do, in the order of use. One file a command.
#[derive(Debug, Subcommand)]
pub enum Command {
    Init(init::Init),
    Week(Box<week::Week>),
    Render(render::Render),
    Record(Box<record::Record>),
    Add(Box<add::Add>),
    Check(check::Check),
    Inspect(inspect::Inspect),
    Mail(mail::Mail),
    Invite(invite::Invite),
    Watch(watch::WatchCommand),
    Batch(batch::BatchCommand),
    #[command(hide = true)]
    BatchWorker(batch::worker::WorkerCommand),
    Backtest(backtest::Backtest),
    Forget(forget::Forget),
    Templates(templates::Templates),
    Schema(schema::Schema),
    Completions(manual::Completions),
    #[command(hide = true)]
    CompleteWords(complete::CompleteWords),
    Man(manual::Man),
    Help(help::Help),
}

/// Parses the arguments, runs the command and prints its messages. The exit code tells how the run ended.
pub fn main() -> ExitCode {
    fault::install_panic_hook();
    let arguments: Vec<String> = std::env::args_os().skip(1).map(|a| a.to_string_lossy().into_owned()).collect();
    if let Some(version) = version::verbose(&arguments) {
        anstream::print!("{version}");
        return ExitCode::SUCCESS;
    }
    let cli = match Cli::try_parse() {
        Ok(cli) => cli,
        Err(error) => {
            // The error repeats arguments, which a person or a script may have composed of anything.
            let shown = sink::clean_styled(&error.render().ansi().to_string());
            if error.use_stderr() {
                anstream::eprint!("{shown}")
            } else {
                anstream::print!("{shown}")
            }
            return ExitCode::from(if error.use_stderr() { 2 } else { 0 });
        }
    };
    let problems = if under_github() { ReportFormat::Github } else { ReportFormat::Text };
    let terminal = Terminal::new(cli.quiet, cli.verbose, problems, !surroundings::under_ci());
    // A batch counts its finished briefs with its own progress bar.
    if !cli.quiet
        && !matches!(cli.command, Some(Command::Batch(_) | Command::BatchWorker(_) | Command::CompleteWords(_)))
    {
        progress::show();
    }
    let done = match cli.command {
        Some(command) => run(command, &terminal),
        None => start::run(Path::new("."), &terminal),
    };
    match done {
        Ok(()) => ExitCode::SUCCESS,
        Err(failure) => {
            if let Failure::Input(problems) = &failure {
                terminal.show(problems);
            } else {
                anstream::eprintln!("headsup: {}", sink::clean(&failure.to_string()));
            }
            ExitCode::from(failure.exit_code())
        }
    }
}

/// Returns whether a GitHub workflow runs headsup. GitHub reads annotations from the log.
fn under_github() -> bool {
    std::env::var_os("GITHUB_ACTIONS").is_some_and(|v| v == "true")
}

fn run(command: Command, terminal: &Terminal) -> Result<(), Failure> {
    match command {
        Command::Add(command) => command.run(terminal),
        Command::Backtest(command) => command.run(terminal),
        Command::Batch(command) => command.run(terminal),
        Command::BatchWorker(command) => command.run(terminal),
        Command::Check(command) => command.run(terminal),
        Command::Completions(command) => command.run(Cli::command(), terminal),
        Command::CompleteWords(command) => command.run(terminal),
        Command::Forget(command) => command.run(terminal),
        Command::Help(command) => command.run(Cli::command(), terminal),
        Command::Init(command) => command.run(terminal),
        Command::Inspect(command) => command.run(terminal),
        Command::Invite(command) => command.run(terminal),
        Command::Mail(command) => command.run(terminal),
        Command::Man(command) => command.run(Cli::command(), terminal),
        Command::Record(command) => command.run(terminal),
        Command::Render(command) => command.run(terminal),
        Command::Schema(command) => command.run(terminal),
        Command::Templates(command) => command.run(terminal),
        Command::Watch(command) => command.run(terminal),
        Command::Week(command) => command.run(terminal),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Splits a line as a shell does, without its redirection.
    fn words(line: &str) -> Vec<String> {
        let line = line.split(" > ").next().unwrap_or_default();
        let quoted = line.split('"').enumerate();
        let (mut words, mut word) = (Vec::new(), String::new());
        for (place, part) in quoted {
            if place % 2 == 1 {
                word += part;
                continue;
            }
            for (at, bare) in part.split(' ').enumerate() {
                if at > 0 && !word.is_empty() {
                    words.push(std::mem::take(&mut word));
                }
                word += bare;
            }
        }
        words.extend((!word.is_empty()).then_some(word));
        words
    }

    fn assert_examples_parse(command: &mut clap::Command) {
        let name = command.get_name().to_owned();
        let help = command.render_long_help().to_string();
        let (_, examples) = help.split_once("Examples:\n").unwrap_or_else(|| panic!("{name} has no example"));
        // Long examples are wrapped; their next line is indented further.
        let mut lines: Vec<String> = Vec::new();
        for line in examples.lines().take_while(|line| line.starts_with("  ")) {
            match line.trim_start() {
                new if new.starts_with("headsup ") => lines.push(new.to_owned()),
                more => lines.iter_mut().last().unwrap().push_str(&format!(" {more}")),
            }
        }
        for line in lines {
            if let Err(error) = Cli::try_parse_from(words(&line)) {
                panic!("{line}: {error}");
            }
        }
        for sub in command.get_subcommands_mut().filter(|sub| !sub.is_hide_set()) {
            assert_examples_parse(sub);
        }
    }

    #[test]
    fn each_command_has_examples_that_parse() {
        let mut command = Cli::command();
        command.build();
        assert_examples_parse(&mut command);
    }
}
