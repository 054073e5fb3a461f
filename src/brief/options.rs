//! The inputs of a brief besides the analysis.

use crate::problem::Problems;
use crate::redact::Audience;
use crate::team::SourceRead;

/// The inputs of a brief besides the analysis.
#[derive(Debug, Clone)]
pub struct Options<'a> {
    pub audience: Audience,
    /// The manager's own headline for this copy, which replaces the one by rule.
    pub headline: Option<&'a str>,
    /// What was read, for the footer.
    pub sources: &'a [SourceRead],
    /// Problems found while reading, for the data notes.
    pub problems: &'a Problems,
}
