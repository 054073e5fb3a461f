//! Objectives: what was agreed with the boss for a quarter.

use super::SeenBy::{Nobody, Shared};
use super::Table;
use super::field::{CONFIDENTIAL, date, number, text, word};
use super::word_enum::word_enum;

word_enum! {
    /// How an objective or a milestone stands.
    pub enum Status {
        NotStarted = "not_started",
        OnPace = "on_pace",
        Ahead = "ahead",
        AtRisk = "at_risk",
        Late = "late",
        Done = "done",
        Dropped = "dropped",
        /// Nothing says how it stands. Configs, and snapshots of earlier versions, say `unknown`.
        #[serde(alias = "unknown")]
        NotReported = "not_reported",
    }
}

word_enum! {
    /// A word that a team used for its own status and that says less, or something else, than the status it sorts as.
    /// The brief keeps it: what is stated red is red, and is called late only when its agreed date has passed.
    pub enum StatedAs {
        Green = "green",
        Amber = "amber",
        Red = "red",
        OffTrack = "off_track",
        Blocked = "blocked",
        OnHold = "on_hold",
        /// Work goes on, and nothing is said of the plan: no status by itself.
        InProgress = "in_progress",
    }
}

impl StatedAs {
    /// Returns the status as which it is sorted.
    pub fn status(self) -> Status {
        match self {
            StatedAs::Green => Status::OnPace,
            StatedAs::Amber | StatedAs::OnHold => Status::AtRisk,
            StatedAs::Red | StatedAs::OffTrack | StatedAs::Blocked => Status::Late,
            StatedAs::InProgress => Status::NotReported,
        }
    }
}

/// The words of a stated status: those of [`Status`] and of [`StatedAs`], and `started` for work that has begun.
pub(super) const STATED: &[&str] = &[
    "not_started",
    "started",
    "on_pace",
    "ahead",
    "at_risk",
    "late",
    "done",
    "dropped",
    "unknown",
    "green",
    "amber",
    "red",
    "off_track",
    "blocked",
    "on_hold",
];

pub(super) const TABLE: Table = Table {
    name: "objectives",
    about: "what was agreed for a quarter, a row each",
    fields: &[
        text("id", Nobody, "Id that other tables use [default: the name]", "O-1"),
        text("objective", Shared, "Name of the objective", "Update speed"),
        text("quarter", Shared, "Quarter for which it was agreed", "Q4 2026"),
        date("agreed_on", Shared, "When it was agreed", "2026-10-02"),
        text("wording", Shared, "Current wording, if the name is short", "Cut the update lag below 24 hours"),
        text("agreed_wording", Shared, "Wording that was agreed", "Cut the update lag below 24 hours"),
        date("scope_agreed_on", Shared, "When the scope was agreed", "2026-10-02"),
        text("owner", Shared, "Who is responsible for it", "A. Osei"),
        text("strategy", Shared, "Strategy that it serves", "Freshest data of the market"),
        text(
            "path_note",
            Shared,
            "Why these milestones reach it",
            "First measure the lag, then remove the nightly batch",
        ),
        number("weight", Nobody, "Weight among the objectives [default: 1]", "2"),
        text("metric", Shared, "Metric of its outcome", "Update lag"),
        number("target", Shared, "Target of the metric", "24"),
        word("status", STATED, Shared, "Status, in the manager's words"),
        text("reason", Shared, "Reason for the status", "The supplier's API changed"),
        CONFIDENTIAL,
    ],
    required: &[&["objective"]],
    quotable: true,
    newest_by: None,
    starter: None,
    item: None,
};
