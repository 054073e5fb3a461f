//! What a brief needs besides the numbers.

use crate::problem::Problems;
use crate::redact::Audience;
use crate::team::SourceRead;

/// What a brief needs besides the numbers.
#[derive(Debug, Clone)]
pub struct Options<'a> {
    pub audience: Audience,
    /// The manager's own headline for this copy, in place of the one by rule.
    pub headline: Option<&'a str>,
    /// What was read, for the footer.
    pub sources: &'a [SourceRead],
    /// What the reading found, for the data notes.
    pub problems: &'a Problems,
}
