//! Notes about people: highlights, what somebody learned, concerns, early signals.

use super::SeenBy::{Boss, Nobody, Shared};
use super::field::{CONFIDENTIAL, date, text, word};
use super::word_enum::word_enum;
use super::{Item, Private, Table, TableKind};

word_enum! {
    /// What kind of note it is.
    pub enum NoteKind {
        Highlight = "highlight",
        Learning = "learning",
        /// Also what an unknown kind becomes: when in doubt, leave out.
        Concern = "concern",
        /// An early signal about a person.
        Signal = "signal",
    }
}

pub(super) const TABLE: Table = Table {
    kind: TableKind::People,
    about: "notes about people",
    fields: &[
        text("id", Nobody, "Rows of one id are one note; the newest wins", "P-04"),
        date("date", Shared, "When it was noted", "2026-11-18"),
        text("person", Shared, "Whom it is about", "M. Laurent"),
        word("kind", NoteKind::WORDS, Shared, "What kind of note it is; concerns and signals are private"),
        text("text", Shared, "What is to be said", "leads the matching reviews"),
        text("before", Shared, "How it was before", "needed a reviewer for every change"),
        text("ask", Boss, "The ask that goes with it: an id, or the wish itself", "A-07"),
        text("hypothesis", Boss, "What may lie behind a concern", "too many interruptions"),
        text("next_step", Boss, "What comes next", "talk on Thursday"),
        date("raised_on", Boss, "When it was raised with the boss", "2026-11-13"),
        date("closed_on", Boss, "When it was settled", "2026-11-27"),
        CONFIDENTIAL,
    ],
    required: &[&["person"], &["text"]],
    quotable: false,
    newest_by: Some("id"),
    item: Some(Item {
        name: "person",
        about: "A note about somebody; concerns and signals go to private/",
        positional: &["person", "text"],
        dated: "date",
        first_id: Some("P-01"),
        defaults: &[("kind", "highlight")],
        without: &["raised_on", "closed_on"],
        private: Private::Unless("kind", &["highlight", "learning"]),
    }),
};
