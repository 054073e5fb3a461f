//! Notes about people: highlights, what somebody learned, concerns, early signals.

use chrono::NaiveDate;
use schemars::JsonSchema;
use serde::Serialize;

use super::SeenBy::{Boss, Nobody, Shared};
use super::cells::Cells;
use super::field::{CONFIDENTIAL, date, text, word};
use super::log::{LogRow, Logged, marked, newest};
use super::word_enum::word_enum;
use super::{Item, Private, Table};
use crate::fold::normal;
use crate::problem::Problems;

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
    name: "people",
    about: "notes about people",
    fields: &[
        text("id", Nobody, "Id of the note; the newest row of an id counts", "P-04"),
        date("date", Shared, "When it was noted", "2026-11-18"),
        text("person", Shared, "Person that it is about", "M. Laurent"),
        word("kind", NoteKind::WORDS, Shared, "What kind of note it is; concerns and signals are private"),
        text("text", Shared, "Text of the note", "leads the matching reviews"),
        text("before", Shared, "How it was before", "needed a reviewer for every change"),
        text("ask", Boss, "Ask that goes with it: an id, or the wish itself", "A-07"),
        text("hypothesis", Boss, "Possible cause of a concern", "too many interruptions"),
        text("next_step", Boss, "Next step", "talk on Thursday"),
        date("raised_on", Boss, "When it was raised with the boss", "2026-11-13"),
        date("closed_on", Boss, "When it was settled", "2026-11-27"),
        CONFIDENTIAL,
    ],
    required: &[&["person"], &["text"]],
    quotable: false,
    newest_by: Some("id"),
    starter: Some(8),
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

/// A highlight, something learned, a concern or an early signal about somebody.
#[derive(Debug, Clone, PartialEq, Serialize, JsonSchema)]
pub struct PersonNote {
    /// What its log calls it; no copy prints it.
    #[serde(skip)]
    pub id: Option<String>,
    pub date: Option<NaiveDate>,
    pub person: String,
    pub kind: NoteKind,
    pub text: String,
    /// How it was before, in the manager's words.
    pub before: Option<String>,
    /// The ask that goes with it: an ask's id, or the wish itself (a course, an hour of a developer's time).
    pub ask: Option<String>,
    pub hypothesis: Option<String>,
    pub next_step: Option<String>,
    pub raised_on: Option<NaiveDate>,
    pub closed_on: Option<NaiveDate>,
    pub confidential: bool,
}

marked!(PersonNote);

impl LogRow for PersonNote {
    type Item = Self;

    const SAID_IN: &'static str = "text";

    fn read(cells: &mut impl Cells) -> Self {
        let (raised_on, closed_on) = (cells.date("raised_on"), cells.date("closed_on"));
        Self {
            id: cells.id(),
            date: cells.date("date"),
            person: cells.needed("person"),
            // If the kind of a note is unknown, only the manager may see it.
            kind: cells.word_or("kind", "the note counts as a concern").unwrap_or(NoteKind::Concern),
            text: cells.needed("text"),
            before: cells.text("before"),
            ask: cells.text("ask"),
            hypothesis: cells.text("hypothesis"),
            next_step: cells.text("next_step"),
            raised_on: cells.known(raised_on),
            closed_on: cells.known(closed_on),
            confidential: cells.is_confidential(),
        }
    }

    fn written_on(&self) -> Option<NaiveDate> {
        self.date
    }

    fn is_not_forwarded(&self) -> bool {
        !matches!(self.kind, NoteKind::Highlight | NoteKind::Learning)
    }

    fn said(&self) -> String {
        format!("{} {}", self.person, self.text)
    }

    fn fold(mut rows: Vec<Logged<Self>>, _problems: &mut Problems) -> Vec<Self> {
        // A note without an id is identified by its person and its text.
        for row in &mut rows {
            row.id.get_or_insert_with(|| format!("{}\n{}", normal(&row.item.person), normal(&row.item.text)));
        }
        newest(rows)
    }
}
