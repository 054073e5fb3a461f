//! Asks: what is needed from the boss or from another team, or by another team from us.

use super::SeenBy::{Boss, Nobody, Shared};
use super::field::{CONFIDENTIAL, date, list, text, word};
use super::word_enum::word_enum;
use super::{Item, Private, Table, TableKind};

word_enum! {
    /// What kind of ask it is.
    pub enum AskKind {
        Decision = "decision",
        Resource = "resource",
        Expense = "expense",
        Feedback = "feedback",
    }

    /// How widely an ask is known. Blank or unknown is private.
    pub enum Stage {
        Private = "private",
        Agreed = "agreed",
        Raised = "raised",
    }

    /// What became of an ask.
    pub enum AskStatus {
        Open = "open",
        Granted = "granted",
        Declined = "declined",
        /// The manager no longer asks for it.
        Withdrawn = "withdrawn",
    }

    /// What a change was agreed, or is asked to be agreed, about.
    pub enum About {
        Date = "date",
        Scope = "scope",
        Wording = "wording",
        Confirm = "confirm",
        /// Of an ask: that the milestone it names is dropped. It is agreed to by the milestone's own status.
        Drop = "drop",
    }
}

pub(super) const TABLE: Table = Table {
    kind: TableKind::Asks,
    about: "what is needed from the boss or another team, or by another team",
    fields: &[
        text("id", Boss, "What it is called; the newest row of an id wins", "A-05"),
        date("asked_on", Shared, "When it was asked", "2026-11-13"),
        word("kind", AskKind::WORDS, Shared, "What kind of ask it is"),
        text(
            "text",
            Shared,
            "What is needed, as a sentence that begins with a verb",
            "Drop supplier scoring from this quarter",
        ),
        text("why", Shared, "Why it is needed", "it takes the two developers of the release"),
        text("recommendation", Shared, "What the manager recommends", "drop it, and take it up in January"),
        text("alternative", Shared, "What else could be done", "release without matching"),
        text("if_not", Shared, "What happens without it", "the release moves to January"),
        text("gives", Shared, "What it brings: tasks in some weeks, or words", "+8 in 2 weeks"),
        text("amount", Shared, "What it costs", "4,800 EUR"),
        word(
            "about",
            About::WORDS,
            Nobody,
            "What it wants to be agreed: date, scope, wording; drop: no more of its milestone",
        ),
        list("tasks", Nobody, "The tasks that it takes away, by key or label", "scoring"),
        text("objective", Shared, "The objective it serves", "Update speed"),
        text("milestone", Shared, "The milestone it moves", "Self-serve release"),
        text("needed_from", Shared, "The team we need it from; none: the boss", "Platform").once_named(&["from_team"]),
        text("we_owe", Shared, "The team that needs it from us", "Sales").once_named(&["to_team"]),
        date("needed_by", Shared, "When it is needed", "2026-11-24").planned(),
        word("stage", Stage::WORDS, Shared, "How widely it is known; only raised asks may be forwarded"),
        word("status", AskStatus::WORDS, Shared, "What became of it"),
        date("answered_on", Shared, "When it was answered", "2026-11-20"),
        text("answer", Shared, "The answer, in the boss's words", "yes, until January"),
        date("delivered_on", Shared, "When what was granted was there", "2026-11-27"),
        CONFIDENTIAL,
    ],
    required: &[&["text"]],
    quotable: false,
    newest_by: Some("id"),
    item: Some(Item {
        name: "ask",
        about: "Something needed from the boss, or from another team",
        positional: &["text"],
        dated: "asked_on",
        first_id: Some("A-01"),
        defaults: &[("stage", "private")],
        without: &["id", "status", "answered_on", "answer", "delivered_on"],
        private: Private::OnRequest,
    }),
};
