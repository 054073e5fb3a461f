//! The severity of a problem, for problems and for the registry of their codes.

use schemars::JsonSchema;
use serde::Serialize;

/// How much a problem weighs.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, JsonSchema)]
#[serde(rename_all = "lowercase")]
pub enum Severity {
    /// Worth knowing; nothing is wrong.
    Note,
    /// Does not stop a run; `--strict` makes it an error.
    Warning,
    /// Stops the run with exit code 65.
    Error,
}
