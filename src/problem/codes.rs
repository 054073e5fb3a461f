//! Every kind of problem, once: its code, how much it usually weighs, what it means, an example, and how to fix it.
//!
//! `headsup help CODE` prints an entry, `headsup help codes` lists them; the JSON Schema of problems names them. In debug
//! builds a problem with a code that is not in here cannot be made, and a test looks for each code in the sources.

mod config;
mod delivery;
mod exports;
mod rows;

use super::Severity;

/// One kind of problem.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Code {
    /// As messages have it: `error[bad-date]`.
    pub name: &'static str,
    /// As it is usually reported. A row that `bad_rows = "skip"` leaves out makes a warning of an error.
    pub severity: Severity,
    /// What is wrong, in general.
    pub meaning: &'static str,
    /// A message as it may be printed.
    pub example: &'static str,
    /// How to fix it.
    pub help: &'static str,
}

const fn error(name: &'static str, meaning: &'static str, example: &'static str, help: &'static str) -> Code {
    Code { name, severity: Severity::Error, meaning, example, help }
}

const fn warning(name: &'static str, meaning: &'static str, example: &'static str, help: &'static str) -> Code {
    Code { name, severity: Severity::Warning, meaning, example, help }
}

const fn note(name: &'static str, meaning: &'static str, example: &'static str, help: &'static str) -> Code {
    Code { name, severity: Severity::Note, meaning, example, help }
}

/// All codes, by area.
pub fn all() -> impl Iterator<Item = &'static Code> {
    [exports::CODES, rows::CODES, config::CODES, delivery::CODES].into_iter().flatten()
}

/// The code of that name.
pub fn find(name: &str) -> Option<&'static Code> {
    all().find(|code| code.name == name)
}

