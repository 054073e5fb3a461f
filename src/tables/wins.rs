//! Wins: what drove value.

use super::SeenBy::{Nobody, Shared};
use super::field::{CONFIDENTIAL, date, list, text, word};
use super::word_enum::word_enum;
use super::{Item, Private, Table, TableKind};

word_enum! {
    /// What kind of win it is.
    pub enum WinKind {
        Revenue = "revenue",
        Retention = "retention",
        Feature = "feature",
        Dataset = "dataset",
        Quality = "quality",
        Speed = "speed",
        CrossTeam = "cross-team",
        Morale = "morale",
        Culture = "culture",
        Process = "process",
        Onboarding = "onboarding",
    }

    /// What a win drives.
    pub enum Drives {
        Revenue = "revenue",
        Retention = "retention",
        Beyond = "beyond",
    }
}

pub(super) const TABLE: Table = Table {
    kind: TableKind::Wins,
    about: "what drove value",
    fields: &[
        date("date", Shared, "When it happened", "2026-11-18"),
        text("text", Shared, "What was won", "Matching live for all suppliers"),
        word("kind", WinKind::WORDS, Shared, "What kind of win it is"),
        word("drives", Drives::WORDS, Shared, "What it drives, where the kind does not say it"),
        text("amount", Shared, "What it is worth", "$38,000 a year"),
        text("evidence", Shared, "What shows it", "two renewals named it"),
        text("link", Shared, "Where it can be seen", "https://example.org/page"),
        text("validated_by", Shared, "The customer or the customer data that confirms it", "Northwind"),
        text("quote", Shared, "What the customer said", "It saves us a day a week"),
        text("with_team", Shared, "The team it was reached with", "Platform"),
        list("people", Shared, "Who made it", "A. Osei; M. Laurent"),
        text("objective", Nobody, "The objective it belongs to", "Update speed"),
        CONFIDENTIAL,
    ],
    required: &[&["text"]],
    quotable: true,
    newest_by: None,
    item: Some(Item {
        name: "win",
        about: "Something that drove value",
        positional: &["text"],
        dated: "date",
        first_id: None,
        defaults: &[],
        without: &[],
        private: Private::OnRequest,
    }),
};
