//! What a status cell says about an objective or a milestone. The readers of those tables use it.

use super::Record;
use crate::problem::Problem;
use crate::tables::{Cells as _, StatedAs, Status, Word};

/// What a status cell says about an objective or a milestone.
#[derive(Debug, Clone, Copy, PartialEq, Eq, serde::Deserialize)]
#[serde(rename_all = "snake_case")]
pub(crate) enum Stated {
    /// Work has started, but whether it is on plan is not said: "in progress".
    Started,
    /// A word that the brief repeats: "red".
    #[serde(untagged)]
    As(StatedAs),
    #[serde(untagged)]
    Status(Status),
}

impl Stated {
    /// Returns the status of the plan, or `None` if the cell does not say anything about it.
    pub(crate) fn status(self) -> Option<Status> {
        match self {
            Stated::Started => None,
            Stated::As(word) => Some(word.status()),
            Stated::Status(status) => Some(status),
        }
        .filter(|status| *status != Status::NotReported)
    }

    /// Returns the word that is shown instead of the status, or `None` if it is the status itself.
    pub(crate) fn word(self) -> Option<StatedAs> {
        match self {
            Stated::Started => Some(StatedAs::InProgress),
            Stated::As(word) => Some(word),
            Stated::Status(_) => None,
        }
    }
}

/// The word of a status that is not known, with a warning that asks for its meaning. `so` says what becomes of it.
pub(crate) fn unknown_status(record: &mut Record<'_, '_>, status: &Word<Stated>, so: &str) -> Option<String> {
    let Word::Unknown(word) = status else { return None };
    let quoted = toml::Value::String(word.clone());
    let help = format!("say what it means, after the [[source]]:\n[source.values.status]\nat_risk = [{quoted}]");
    let problem = Problem::warning("unmapped-status", format!("this status is not known; {so}"));
    record.problem(problem.at(record.place("status")).help_quoting(help));
    Some(word.clone())
}
