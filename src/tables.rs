//! The tables that headsup knows, each declared once: its fields, what a row must hold, how `headsup add` writes one.
//!
//! From the declarations follow which headers and config keys there are ([`crate::config`], [`crate::preset`]), how a row
//! is read ([`crate::source`]), the arguments of `headsup add`, the JSON Schema of the config, the table in the README, and
//! the canaries of the privacy test. A new table is a file in here, its line in [`TABLES`] and in [`TableKind`].

mod agreements;
mod asks;
mod events;
mod field;
mod goals;
mod metrics;
mod milestones;
mod objectives;
mod people;
mod risks;
mod table;
mod tasks;
mod wins;
mod word_enum;

pub use asks::{About, AskKind, AskStatus, Stage};
pub use events::EventKind;
pub use field::{Field, FieldKind, SeenBy};
pub use goals::GoalOf;
pub use objectives::{StatedAs, Status};
pub use people::NoteKind;
pub use risks::{Level, RiskStatus};
pub use table::{Item, Private, Table, TableKind};
pub use tasks::TaskStatus;
pub use wins::{Drives, WinKind};
pub(crate) use word_enum::word_enum;

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
    /// As a user writes it.
    pub fn name(self) -> &'static str {
        self.word()
    }

    /// Its declaration.
    pub fn table(self) -> &'static Table {
        TABLES[self as usize]
    }

    /// The table's fields, in the order of the documentation.
    pub fn fields(self) -> &'static [Field] {
        self.table().fields
    }

    /// The field of that name, or of that name in an earlier version.
    pub fn field(self, name: &str) -> Option<Field> {
        self.table().field(name)
    }

    /// Fields that the table cannot do without: of each group one must be there.
    pub fn required(self) -> &'static [&'static [&'static str]] {
        self.table().required
    }

    /// Whether a problem in this table may quote a cell.
    pub fn may_be_quoted(self) -> bool {
        self.table().quotable
    }
}

#[cfg(test)]
mod tests;
