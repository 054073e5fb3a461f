//! Risks: what may go wrong, how likely it is, and what it would do.

use super::SeenBy::{Nobody, Shared};
use super::field::{CONFIDENTIAL, date, rating, text, word};
use super::word_enum::word_enum;
use super::{Item, Private, Table, TableKind};

word_enum! {
    /// How likely or how bad, where a word says it; a cell may also hold a number.
    pub enum Level {
        VeryLow = "very_low",
        Low = "low",
        Medium = "medium",
        High = "high",
        VeryHigh = "very_high",
    }

    /// Whether a risk still stands.
    pub enum RiskStatus {
        Open = "open",
        Closed = "closed",
    }
}

pub(super) const TABLE: Table = Table {
    kind: TableKind::Risks,
    about: "what may go wrong",
    fields: &[
        text("id", Nobody, "Rows of one id are one risk; the newest wins", "R-3"),
        text("risk", Shared, "What may happen", "The supplier's API is switched off before ours is ready"),
        rating("likelihood", Level::WORDS, Shared, "How likely it is: a level, 1 to 5, or percent"),
        rating("impact", Level::WORDS, Shared, "How bad it would be: a level, 1 to 5, or percent"),
        text("owner", Shared, "Who keeps an eye on it", "A. Osei"),
        text("mitigation", Shared, "What is done about it", "a mirror of the feed, by 4 December"),
        word("status", RiskStatus::WORDS, Shared, "Whether it still stands"),
        date("date", Shared, "When the row was written", "2026-11-18"),
        text("objective", Shared, "The objective it threatens", "Update speed"),
        CONFIDENTIAL,
    ],
    required: &[&["risk"]],
    quotable: true,
    newest_by: Some("id"),
    item: Some(Item {
        name: "risk",
        about: "Something that may go wrong, or how a known risk has changed",
        positional: &["risk"],
        dated: "date",
        first_id: Some("R-01"),
        defaults: &[],
        without: &[],
        private: Private::OnRequest,
    }),
};
