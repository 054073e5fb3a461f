//! The tables that headsup knows. Each one is declared once: its fields, what a row needs, and how `headsup add` writes
//! a row; for a log also its row type and how it is read.
//!
//! The declarations determine the headers and config keys ([`crate::config`], [`crate::preset`]), how a row is read
//! ([`crate::source`]), the arguments of `headsup add`, the JSON Schema of the config, the table in the reference, and
//! the canaries of the privacy test. A new table is a new file in this module and a few lines in this file; its rows
//! are a field of [`Team`](crate::team::Team).

mod agreements;
mod asks;
mod cells;
mod events;
mod field;
mod goals;
mod ids;
mod log;
mod metrics;
mod milestones;
mod objectives;
mod people;
mod risks;
mod table;
mod tasks;
mod wins;
mod word_enum;

pub use agreements::Agreement;
pub use asks::{About, Ask, AskKind, AskStatus, Stage};
pub use cells::{Cells, Word};
pub use events::{Event, EventKind};
pub use field::{Field, FieldKind, SeenBy};
pub use goals::{Goal, GoalOf};
pub use ids::{AskId, MilestoneId, ObjectiveId, TaskKey};
pub(crate) use log::marked;
pub use log::{Lines, LogRow, Logged, Marked};
pub use objectives::{StatedAs, Status};
pub use people::{NoteKind, PersonNote};
pub use risks::{Level, Rating, Risk, RiskRow, RiskStatus, Stated};
pub use table::{Item, Private, Table};
pub use tasks::TaskStatus;
pub use wins::{Drives, Win, WinKind};
pub(crate) use word_enum::word_enum;

word_enum! {
    /// The name of a table, as `table = "…"` of a `[[source]]` has it.
    pub enum TableKind {
        Objectives = "objectives",
        Milestones = "milestones",
        Tasks = "tasks",
        Metrics = "metrics",
        Wins = "wins",
        People = "people",
        Asks = "asks",
        Goals = "goals",
        Agreements = "agreements",
        Events = "events",
        Risks = "risks",
    }
}

/// All tables, in the order of [`TableKind`].
pub const TABLES: [&Table; TableKind::ALL.len()] = [
    &objectives::TABLE,
    &milestones::TABLE,
    &tasks::TABLE,
    &metrics::TABLE,
    &wins::TABLE,
    &people::TABLE,
    &asks::TABLE,
    &goals::TABLE,
    &agreements::TABLE,
    &events::TABLE,
    &risks::TABLE,
];

impl TableKind {
    /// Returns the name as a user writes it.
    pub fn name(self) -> &'static str {
        self.word()
    }

    /// Returns the declaration of the table.
    pub fn table(self) -> &'static Table {
        TABLES[self as usize]
    }

    /// Returns the table's fields, in the order of the documentation.
    pub fn fields(self) -> &'static [Field] {
        self.table().fields
    }

    /// Returns the field with that name, now or in an earlier version, or `None` if there is none.
    pub fn field(self, name: &str) -> Option<Field> {
        self.table().field(name)
    }

    /// Returns the required fields in groups: of each group, one must be present.
    pub fn required(self) -> &'static [&'static [&'static str]] {
        self.table().required
    }

    /// Returns whether a problem in this table may quote a cell.
    pub fn may_be_quoted(self) -> bool {
        self.table().quotable
    }
}

#[cfg(test)]
mod tests;
