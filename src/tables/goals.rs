//! Goals: long-term, of the team or of the manager.

use chrono::NaiveDate;
use schemars::JsonSchema;
use serde::Serialize;

use super::SeenBy::{Boss, Nobody, Shared};
use super::cells::Cells;
use super::field::{CONFIDENTIAL, date, share, text, word};
use super::log::{LogRow, Logged, marked, newest};
use super::word_enum::word_enum;
use super::{Item, Private, Table};
use crate::problem::Problems;

word_enum! {
    /// Whose goal it is.
    pub enum GoalOf {
        Team = "team",
        Me = "me",
    }
}

pub(super) const TABLE: Table = Table {
    name: "goals",
    about: "long-term goals of the team or of the manager",
    fields: &[
        text("id", Nobody, "Id of the goal; the newest row of an id counts", "G-2"),
        text("goal", Shared, "What should be reached", "Half of all releases without a manual step"),
        word("who", GoalOf::WORDS, Nobody, "Whose goal it is; the manager's own goals are private"),
        text("horizon", Shared, "Until when", "June 2027"),
        text("target", Shared, "How it is measured", "50%"),
        share("progress", Shared, "Share that is reached", "62%"),
        text("note", Shared, "Current state", "two of four steps are automated"),
        date("date", Shared, "When the row was written", "2026-11-06"),
        text("feedback", Boss, "What the manager wants to know from the boss", "is the order right?"),
        CONFIDENTIAL,
    ],
    required: &[&["goal"]],
    quotable: false,
    newest_by: Some("id"),
    starter: Some(35),
    item: Some(Item {
        name: "goal",
        about: "A long-term goal, or how far one has come; your own go to private/",
        positional: &["goal"],
        dated: "date",
        first_id: None,
        defaults: &[("who", "team")],
        without: &[],
        private: Private::Unless("who", &["team"]),
    }),
};

/// A long-term goal, as its newest row has it.
#[derive(Debug, Clone, PartialEq, Serialize, JsonSchema)]
pub struct Goal {
    pub goal: String,
    pub who: GoalOf,
    /// As written, e.g. `June 2027`.
    pub horizon: Option<String>,
    pub target: Option<String>,
    /// 0 to 1.
    pub progress: Option<f64>,
    pub note: Option<String>,
    pub date: Option<NaiveDate>,
    pub feedback: Option<String>,
    pub confidential: bool,
}

marked!(Goal);

impl LogRow for Goal {
    type Item = Self;

    const SAID_IN: &'static str = "goal";

    fn read(cells: &mut impl Cells) -> Self {
        let unsaid = if cells.is_of_private_file() || cells.text("who").is_some() { GoalOf::Me } else { GoalOf::Team };
        Self {
            goal: cells.needed("goal"),
            who: cells.word_or("who", "the goal counts as the manager's own").unwrap_or(unsaid),
            horizon: cells.text("horizon"),
            target: cells.text("target"),
            progress: cells.share("progress"),
            note: cells.text("note"),
            date: cells.date("date"),
            feedback: cells.text("feedback"),
            confidential: cells.is_confidential(),
        }
    }

    fn written_on(&self) -> Option<NaiveDate> {
        self.date
    }

    fn is_not_forwarded(&self) -> bool {
        self.who == GoalOf::Me
    }

    fn said(&self) -> String {
        self.goal.clone()
    }

    fn fold(rows: Vec<Logged<Self>>, _problems: &mut Problems) -> Vec<Self> {
        newest(rows)
    }
}
