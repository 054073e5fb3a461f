//! What a status cell states of an objective or a milestone. Used by the readers of those tables.

use crate::tables::{StatedAs, Status};

/// What a status cell states of an objective or a milestone.
#[derive(Debug, Clone, Copy, PartialEq, Eq, serde::Deserialize)]
#[serde(rename_all = "snake_case")]
pub(crate) enum Stated {
    /// Work goes on; whether it goes to plan is not said: "in progress".
    Started,
    /// A word that the brief keeps: "red".
    #[serde(untagged)]
    As(StatedAs),
    #[serde(untagged)]
    Status(Status),
}

impl Stated {
    /// What is said of the plan. A cell that says that nothing is known states nothing.
    pub(crate) fn status(self) -> Option<Status> {
        match self {
            Stated::Started => None,
            Stated::As(word) => Some(word.status()),
            Stated::Status(status) => Some(status),
        }
        .filter(|status| *status != Status::NotReported)
    }

    /// The word that stands for the status, where it is not the status itself.
    pub(crate) fn word(self) -> Option<StatedAs> {
        match self {
            Stated::Started => Some(StatedAs::InProgress),
            Stated::As(word) => Some(word),
            Stated::Status(_) => None,
        }
    }
}
