//! The declaration of a kind of problem.

use crate::problem::severity::Severity;

/// A kind of problem.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Code {
    /// Name in messages: `error[bad-date]` is `bad-date`.
    pub name: &'static str,
    /// Usual severity. In a row that `bad_rows = "skip"` leaves out, an error becomes a warning.
    pub severity: Severity,
    /// General description of the problem.
    pub meaning: &'static str,
    /// Example of a message.
    pub example: &'static str,
    /// How to fix it.
    pub help: &'static str,
}

pub(super) const fn error(
    name: &'static str,
    meaning: &'static str,
    example: &'static str,
    help: &'static str,
) -> Code {
    Code { name, severity: Severity::Error, meaning, example, help }
}

pub(super) const fn warning(
    name: &'static str,
    meaning: &'static str,
    example: &'static str,
    help: &'static str,
) -> Code {
    Code { name, severity: Severity::Warning, meaning, example, help }
}

pub(super) const fn note(name: &'static str, meaning: &'static str, example: &'static str, help: &'static str) -> Code {
    Code { name, severity: Severity::Note, meaning, example, help }
}
