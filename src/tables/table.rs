//! How a table is declared. [`super::TABLES`] lists the declarations.

use super::field::Field;

/// One table.
#[derive(Debug)]
pub struct Table {
    /// As `table = "…"` of a `[[source]]` has it.
    pub name: &'static str,
    /// What its rows are, for the README.
    pub about: &'static str,
    /// In the order of the documentation; at most 64.
    pub fields: &'static [Field],
    /// Fields that a row cannot do without: of each group one must be there.
    pub required: &'static [&'static [&'static str]],
    /// Whether a problem may show its cells. Tables that hold words about people may not be quoted.
    pub quotable: bool,
    /// The field that tells which row is about the same thing: the newest row of it wins.
    pub newest_by: Option<&'static str>,
    /// How many days old the log may grow that `headsup init` begins; None: it begins none.
    pub starter: Option<u32>,
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
    /// The id of the first row, where a row that is given none gets the next one.
    pub first_id: Option<&'static str>,
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
