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
pub use tasks::TaskStatus;
pub use wins::{Drives, WinKind};
use word_enum::word_enum;

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

/// One table.
#[derive(Debug)]
pub struct Table {
    pub kind: TableKind,
    /// What its rows are, for the README.
    pub about: &'static str,
    /// In the order of the documentation; at most 64.
    pub fields: &'static [Field],
    /// Fields that a row cannot do without: of each group one must be there.
    pub required: &'static [&'static [&'static str]],
    /// Days after which an export of it counts as stale; None: it never does, since it is kept by hand or is a plan.
    pub cadence: Option<u32>,
    /// Whether a problem may show its cells. Tables that hold words about people may not be quoted.
    pub quotable: bool,
    /// The field that tells which row is about the same thing: the newest row of it wins.
    pub newest_by: Option<&'static str>,
    /// How `headsup add` appends a row; None: it does not.
    pub item: Option<Item>,
}

/// One item that `headsup add` appends: its arguments are the fields of its table.
#[derive(Debug)]
pub struct Item {
    /// As in `headsup add win`.
    pub name: &'static str,
    /// What it is, for `headsup add --help`.
    pub about: &'static str,
    /// Fields that are given by position, in this order; all must be given.
    pub positional: &'static [&'static str],
    /// The field that takes the date of the row.
    pub dated: &'static str,
    /// A row that is given no id gets the next one.
    pub numbered: bool,
    /// Fields with a value that stands where none is given.
    pub defaults: &'static [(&'static str, &'static str)],
    /// Fields that are filled in later or by other commands.
    pub without: &'static [&'static str],
    pub private: Private,
}

/// Which rows of an item go to the file in `private/`.
#[derive(Debug, Clone, Copy)]
pub enum Private {
    Never,
    /// Those with `--private`.
    OnRequest,
    /// All whose field says none of these words.
    Unless(&'static str, &'static [&'static str]),
}

impl Table {
    /// The field of that name, or of that name in an earlier version.
    pub fn field(&self, name: &str) -> Option<Field> {
        self.fields.iter().find(|field| field.is_named(name)).copied()
    }
}

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
