//! Events: what happened to a metric or to the team, and days without work.

use super::SeenBy::{Nobody, Shared};
use super::field::{CONFIDENTIAL, date, text, word};
use super::word_enum::word_enum;
use super::{Item, Private, Table, TableKind};

word_enum! {
    /// What kind of event it is, where that matters.
    pub enum EventKind {
        /// Nobody works on these days; its text may say who is ill, so only the manager reads it.
        Off = "off",
    }
}

pub(super) const TABLE: Table = Table {
    kind: TableKind::Events,
    about: "what happened, and days without work",
    fields: &[
        date("date", Shared, "The day, or the first of several", "2026-11-12"),
        date("until", Shared, "The last of several days", "2026-11-13").planned(),
        word("kind", EventKind::WORDS, Nobody, "off: no work on these days"),
        text("metric", Shared, "The metric that it speaks of; none: all", "Update lag"),
        text("text", Shared, "What happened", "Supplier feed down for a day"),
        CONFIDENTIAL,
    ],
    required: &[&["date"], &["text"]],
    quotable: true,
    newest_by: None,
    item: Some(Item {
        name: "event",
        about: "Something that happened, or days without work",
        positional: &["text"],
        dated: "date",
        first_id: None,
        defaults: &[],
        without: &[],
        private: Private::OnRequest,
    }),
};
