//! What a command may use of the outside: messages, problems and results, as loud as the user asked for.

use std::borrow::Cow;
use std::io::{IsTerminal as _, Write as _};

use super::report::{self, ReportFormat};
use super::surroundings;
use crate::problem::{Failure, Problem, Problems};
use crate::sink;

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
    pub(super) fn new(quiet: bool, verbose: bool, problems: ReportFormat, quotes: bool) -> Self {
        Self { quiet, verbose, problems, quotes }
    }

    /// How problems are printed unless the command says otherwise.
    pub(super) fn report_format(&self) -> ReportFormat {
        self.problems
    }

    /// Prints problems in another format.
    pub(super) fn reporting(self, problems: ReportFormat) -> Self {
        Self { problems, ..self }
    }

    pub fn is_quiet(&self) -> bool {
        self.quiet
    }

    /// A message for the user, on stderr.
    pub fn say(&self, message: &str) {
        if !self.quiet {
            anstream::eprintln!("{}", sink::clean(message));
        }
    }

    /// What went wrong, on stderr: told also to those who asked for quiet.
    pub fn error(&self, message: &str) {
        anstream::eprintln!("{}", sink::clean(message));
    }

    /// A message for the user who asked for more.
    pub fn say_more(&self, message: &str) {
        if self.verbose {
            anstream::eprintln!("{}", sink::clean(message));
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
            ReportFormat::Text => anstream::eprint!("{}", sink::clean_styled(&report::text(problems))),
            ReportFormat::Json => anstream::eprint!("{}", report::json(problems)),
            ReportFormat::Github => {
                anstream::eprint!("{}", sink::clean_styled(&report::text(problems)));
                // The only lines that a CI system is to obey; what they quote is escaped.
                let _ = to_stdout(report::github(problems).as_bytes());
            }
        }
    }

    /// A result, on stdout. A reader that went away (`| head`) ends the output, not the run.
    pub fn print(&self, result: &str) -> Result<(), Failure> {
        self.print_bytes(result.as_bytes())
    }

    /// A result that may not be text, on stdout. What is read by people or by a CI system is cleaned; a program or a file
    /// gets the bytes as they are.
    pub fn print_bytes(&self, result: &[u8]) -> Result<(), Failure> {
        let is_obeyed = std::io::stdout().is_terminal() || surroundings::under_ci();
        match std::str::from_utf8(result) {
            Ok(text) if is_obeyed => to_stdout(sink::clean(text).as_bytes()),
            _ => to_stdout(result),
        }
    }
}

fn to_stdout(result: &[u8]) -> Result<(), Failure> {
    let mut stdout = std::io::stdout().lock();
    match stdout.write_all(result).and_then(|()| stdout.flush()) {
        Err(e) if e.kind() == std::io::ErrorKind::BrokenPipe => Ok(()),
        other => other.map_err(|e| Failure::write("standard output", e)),
    }
}
