//! The command line: what each command is called, and where its file is. Doc comments are the help.

pub mod add;
pub mod backtest;
pub mod batch;
pub mod check;
mod fault;
pub mod init;
pub mod inspect;
pub mod invite;
pub mod mail;
pub mod manual;
pub mod progress;
pub mod prompt;
pub mod record;
pub mod render;
pub mod report;
pub mod schema;
pub mod secret;
pub mod surroundings;
pub mod templates;
mod version;
pub mod watch;
pub mod week;

use std::borrow::Cow;
use std::io::Write as _;
use std::process::ExitCode;

use clap::{CommandFactory as _, Parser, Subcommand};

use crate::problem::{Failure, Problem, Problems};
use report::ReportFormat;

/// What `problem::Failure::exit_code` returns, for people; the README says the same.
const EXIT_CODES: &str = "Exit codes: 0 done · 1 findings under --strict, or a team failed in a batch · 2 usage · \
65 bad input · 70 a fault of headsup · 74 cannot read or write · 75 try again · 76 refused by a server · 77 not allowed";

/// Gives your boss a heads-up: turns a team's CSV exports into the brief for the weekly 1:1.
#[derive(Debug, Parser)]
#[command(name = "headsup", version, max_term_width = 100, after_help = EXIT_CODES)]
pub struct Cli {
    /// Print results only, no messages.
    #[arg(short, long, global = true)]
    pub quiet: bool,
    /// Say more about what is read and written.
    #[arg(short, long, global = true, conflicts_with = "quiet")]
    pub verbose: bool,
    #[command(subcommand)]
    pub command: Command,
}

/// What headsup can do. One file a command.
#[derive(Debug, Subcommand)]
pub enum Command {
    Add(Box<add::Add>),
    Backtest(backtest::Backtest),
    Batch(batch::BatchCommand),
    #[command(hide = true)]
    BatchWorker(batch::worker::WorkerCommand),
    Check(check::Check),
    Completions(manual::Completions),
    Init(init::Init),
    Inspect(inspect::Inspect),
    Invite(invite::Invite),
    Mail(mail::Mail),
    Man(manual::Man),
    Record(record::Record),
    Render(render::Render),
    Schema(schema::Schema),
    Templates(templates::Templates),
    Watch(watch::WatchCommand),
    Week(week::Week),
}

/// What a command may use of the outside: how much to say, and how to say it.
#[derive(Debug, Clone, Copy)]
pub struct Terminal {
    quiet: bool,
    verbose: bool,
    problems: ReportFormat,
    /// Lines and words of the user's files may be shown. Not in a CI job's log, which more people read than the brief.
    quotes: bool,
}

impl Terminal {
    pub fn is_quiet(&self) -> bool {
        self.quiet
    }

    /// A message for the user, on stderr.
    pub fn say(&self, message: &str) {
        if !self.quiet {
            anstream::eprintln!("{}", report::printable(message));
        }
    }

    /// What went wrong, on stderr: told also to those who asked for quiet.
    pub fn error(&self, message: &str) {
        anstream::eprintln!("{}", report::printable(message));
    }

    /// A message for the user who asked for more.
    pub fn say_more(&self, message: &str) {
        if self.verbose {
            anstream::eprintln!("{}", report::printable(message));
        }
    }

    /// The problems with as much of the user's files as may be shown here.
    pub fn redacted<'a>(&self, problems: &'a Problems) -> Cow<'a, Problems> {
        if self.quotes {
            return Cow::Borrowed(problems);
        }
        Cow::Owned(Problems(problems.0.iter().cloned().map(Problem::unquoted).collect()))
    }

    /// Problems, on stderr; under GitHub's CI as annotations, on stdout, where it reads them.
    pub fn show(&self, problems: &Problems) {
        let hidden = self.quiet && !problems.has_errors();
        let problems = &*self.redacted(problems);
        match self.problems {
            _ if problems.is_empty() || hidden => {}
            ReportFormat::Text => anstream::eprint!("{}", report::text(problems)),
            ReportFormat::Json => anstream::eprint!("{}", report::json(problems)),
            ReportFormat::Github => {
                anstream::eprint!("{}", report::text(problems));
                let _ = self.print(&report::github(problems));
            }
        }
    }

    /// A result, on stdout. A reader that went away (`| head`) ends the output, not the run.
    pub fn print(&self, result: &str) -> Result<(), Failure> {
        self.print_bytes(result.as_bytes())
    }

    /// A result that is no text, on stdout.
    pub fn print_bytes(&self, result: &[u8]) -> Result<(), Failure> {
        let mut stdout = std::io::stdout().lock();
        match stdout.write_all(result).and_then(|()| stdout.flush()) {
            Err(e) if e.kind() == std::io::ErrorKind::BrokenPipe => Ok(()),
            other => other.map_err(|e| Failure::write("standard output", e)),
        }
    }
}

/// Parses the arguments, runs the command, prints what it has to say; the exit code says how it ended.
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
            let _ = error.print();
            return ExitCode::from(if error.use_stderr() { 2 } else { 0 });
        }
    };
    let problems = if under_github() { ReportFormat::Github } else { ReportFormat::Text };
    let terminal = Terminal { quiet: cli.quiet, verbose: cli.verbose, problems, quotes: !surroundings::under_ci() };
    // A batch shows how many of its briefs are made, by a bar of its own.
    if !cli.quiet && !matches!(cli.command, Command::Batch(_) | Command::BatchWorker(_)) {
        progress::show();
    }
    match run(cli.command, &terminal) {
        Ok(()) => ExitCode::SUCCESS,
        Err(failure) => {
            if let Failure::Input(problems) = &failure {
                terminal.show(problems);
            } else {
                anstream::eprintln!("headsup: {}", report::printable(&failure.to_string()));
            }
            ExitCode::from(failure.exit_code())
        }
    }
}

/// Whether a GitHub workflow runs us, which reads annotations from the log.
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
        Command::Completions(command) => command.run(terminal),
        Command::Init(command) => command.run(terminal),
        Command::Inspect(command) => command.run(terminal),
        Command::Invite(command) => command.run(terminal),
        Command::Mail(command) => command.run(terminal),
        Command::Man(command) => command.run(terminal),
        Command::Record(command) => command.run(terminal),
        Command::Render(command) => command.run(terminal),
        Command::Schema(command) => command.run(terminal),
        Command::Templates(command) => command.run(terminal),
        Command::Watch(command) => command.run(terminal),
        Command::Week(command) => command.run(terminal),
    }
}

/// The whole command line as clap knows it, for completions and man pages.
pub fn command() -> clap::Command {
    Cli::command()
}
