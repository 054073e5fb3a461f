//! Goals: long-term, of the team or of the manager.

use super::SeenBy::{Boss, Nobody, Shared};
use super::field::{CONFIDENTIAL, date, share, text, word};
use super::word_enum::word_enum;
use super::{Item, Private, Table, TableKind};

word_enum! {
    /// Whose goal it is.
    pub enum GoalOf {
        Team = "team",
        Me = "me",
    }
}

pub(super) const TABLE: Table = Table {
    kind: TableKind::Goals,
    about: "long-term goals of the team or of the manager",
    fields: &[
        text("id", Nobody, "Rows of one id are one goal; the newest wins", "G-2"),
        text("goal", Shared, "What is to be reached", "Half of all releases without a manual step"),
        word("who", GoalOf::WORDS, Nobody, "Whose goal it is; the manager's own are private"),
        text("horizon", Shared, "Until when", "June 2027"),
        text("target", Shared, "What it is measured by", "50%"),
        share("progress", Shared, "How far it is", "62%"),
        text("note", Shared, "How it stands", "two of four steps are automated"),
        date("date", Shared, "When the row was written", "2026-11-06"),
        text("feedback", Boss, "What the manager asks the boss about it", "is the order right?"),
        CONFIDENTIAL,
    ],
    required: &[&["goal"]],
    quotable: false,
    newest_by: Some("id"),
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
