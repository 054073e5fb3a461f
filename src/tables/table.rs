//! The declaration of a table. [`super::TABLES`] lists all of them.

use super::field::Field;

/// The declaration of a table.
#[derive(Debug)]
pub struct Table {
    /// Name of the table in `table = "…"` of a `[[source]]`.
    pub name: &'static str,
    /// Description of its rows, for the reference.
    pub about: &'static str,
    /// Its fields, in the order of the documentation; at most 64.
    pub fields: &'static [Field],
    /// Required fields in groups: of each group, one must be present.
    pub required: &'static [&'static [&'static str]],
    /// Whether a problem may show its cells. Tables with text about people must not be quoted.
    pub quotable: bool,
    /// Field that identifies the item of a row: the newest row of an item wins.
    pub newest_by: Option<&'static str>,
    /// Age in days after which the log that `headsup init` creates is out of date. `None` if it creates none.
    pub starter: Option<u32>,
    /// How `headsup add` appends a row. `None` if it cannot.
    pub item: Option<Item>,
}

/// An item that `headsup add` appends: its arguments are the fields of the table.
#[derive(Debug)]
pub struct Item {
    /// Name of the item, such as `win` in `headsup add win`.
    pub name: &'static str,
    /// Description for `headsup add --help`.
    pub about: &'static str,
    /// Required fields that are given by position, in this order.
    pub positional: &'static [&'static str],
    /// Field for the date of the row.
    pub dated: &'static str,
    /// Id of the first row, if a row without an id gets the next one.
    pub first_id: Option<&'static str>,
    /// Fields with default values.
    pub defaults: &'static [(&'static str, &'static str)],
    /// Fields that are filled in later or by other commands.
    pub without: &'static [&'static str],
    pub private: Private,
}

/// Which rows of an item are written to the file in `private/`.
#[derive(Debug, Clone, Copy)]
pub enum Private {
    Never,
    /// Rows added with `--private`.
    OnRequest,
    /// Rows whose field has none of these words.
    Unless(&'static str, &'static [&'static str]),
}

impl Table {
    /// Returns the field with that name, now or in an earlier version.
    pub fn field(&self, name: &str) -> Option<Field> {
        self.fields.iter().find(|field| field.is_named(name)).copied()
    }
}
