//! A command's access to the outside: messages, problems and results, as verbose as the user asked for.

use std::borrow::Cow;
use std::io::{IsTerminal as _, Write as _};

use super::report::{self, ReportFormat};
use super::surroundings;
use crate::problem::{Failure, Problem, Problems};
use crate::sink;

/// A command's access to the outside, with the settings for how much to print and in which format.
#[derive(Debug, Clone, Copy)]
pub struct Terminal {
    quiet: bool,
    verbose: bool,
    problems: ReportFormat,
    /// Whether lines and words of the user's files may be shown. They are hidden in the log of a CI job, which more
    /// people read than the brief.
    quotes: bool,
}

impl Terminal {
    pub(super) fn new(quiet: bool, verbose: bool, problems: ReportFormat, quotes: bool) -> Self {
        Self { quiet, verbose, problems, quotes }
    }

    /// Returns the format of problems, unless the command sets another one.
    pub(super) fn report_format(&self) -> ReportFormat {
        self.problems
    }

    /// Sets the format of problems.
    pub(super) fn reporting(self, problems: ReportFormat) -> Self {
        Self { problems, ..self }
    }

    pub fn is_quiet(&self) -> bool {
        self.quiet
    }

    /// Prints a message on stderr, unless the user asked for quiet.
    pub fn say(&self, message: &str) {
        if !self.quiet {
            anstream::eprintln!("{}", sink::clean(message));
        }
    }

    /// Prints an error on stderr, even if the user asked for quiet.
    pub fn error(&self, message: &str) {
        anstream::eprintln!("{}", sink::clean(message));
    }

    /// Prints a message on stderr if the user asked for more.
    pub fn say_more(&self, message: &str) {
        if self.verbose {
            anstream::eprintln!("{}", sink::clean(message));
        }
    }

    /// Returns the problems, quoting the user's files only if they may be shown.
    pub fn redacted<'a>(&self, problems: &'a Problems) -> Cow<'a, Problems> {
        if self.quotes {
            return Cow::Borrowed(problems);
        }
        Cow::Owned(Problems(problems.0.iter().cloned().map(Problem::unquoted).collect()))
    }

    /// Prints problems on stderr. In GitHub's CI they are printed as annotations on stdout, where GitHub reads them.
    pub fn show(&self, problems: &Problems) {
        let hidden = self.quiet && !problems.has_errors();
        let problems = &*self.redacted(problems);
        match self.problems {
            _ if problems.is_empty() || hidden => {}
            ReportFormat::Text => anstream::eprint!("{}", sink::clean_styled(&report::text(problems))),
            ReportFormat::Json => anstream::eprint!("{}", report::json(problems)),
            ReportFormat::Github => {
                anstream::eprint!("{}", sink::clean_styled(&report::text(problems)));
                // These are the only lines that a CI system should interpret; what they quote is escaped.
                let _ = to_stdout(report::github(problems).as_bytes());
            }
        }
    }

    /// Prints a result on stdout. If the reader has gone away (`| head`), the output ends but not the run.
    pub fn print(&self, result: &str) -> Result<(), Failure> {
        self.print_bytes(result.as_bytes())
    }

    /// Prints a result that may not be text on stdout. Output for people or a CI system is cleaned; a program or a file
    /// gets the bytes unchanged.
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
