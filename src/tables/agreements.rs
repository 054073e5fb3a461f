//! Agreements: what the boss agreed to on a date.

use super::SeenBy::{Nobody, Shared};
use super::field::{CONFIDENTIAL, date, text, word};
use super::{About, Item, Private, Table, TableKind};

/// All that an ask may be about but its last word, `drop`: that is said by the milestone's status.
const AGREED: &[&str] = About::WORDS.split_at(About::WORDS.len() - 1).0;

pub(super) const TABLE: Table = Table {
    kind: TableKind::Agreements,
    about: "what the boss agreed to, on a date",
    fields: &[
        date("date", Shared, "When it was agreed", "2026-11-06"),
        text("objective", Shared, "The objective it is about", "Update speed"),
        text("milestone", Shared, "The milestone it is about", "Self-serve release"),
        word("what", AGREED, Shared, "What was agreed"),
        text("from", Nobody, "What it was before", "2026-12-04"),
        text("to", Shared, "What it is from then on: a date, tasks or labels, a wording", "2026-12-11"),
        text("with", Nobody, "With whom, if not the boss", "Alex Kim"),
        CONFIDENTIAL,
    ],
    required: &[&["date"], &["what"]],
    quotable: false,
    newest_by: None,
    item: Some(Item {
        name: "agreement",
        about: "Something the boss agreed to",
        positional: &["what"],
        dated: "date",
        first_id: None,
        defaults: &[],
        without: &[],
        private: Private::Never,
    }),
};
