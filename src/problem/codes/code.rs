//! How one kind of problem is declared.

use crate::problem::severity::Severity;

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
