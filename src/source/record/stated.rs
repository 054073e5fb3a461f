//! What a status cell says about an objective or a milestone. The readers of those tables use it.

use crate::tables::{StatedAs, Status};

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
