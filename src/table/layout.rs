//! Finds the table in its file: delimiter, header, tables beside and below it, totals.

pub(crate) mod beside;
pub(crate) mod cut;
pub(crate) mod delimiter;
pub(crate) mod header;
pub(crate) mod inner;
pub(crate) mod naming;
pub(crate) mod sample;
pub(crate) mod sniffed;
pub(crate) mod structure;
pub(crate) mod totals;
pub(crate) mod typed_columns;
pub(crate) mod window;
pub(crate) mod wrapping;
