//! Where the table lies in its file: delimiter, header, tables beside and below, totals.

pub mod beside;
pub mod cut;
pub mod delimiter;
pub mod header;
pub mod inner;
pub mod naming;
pub mod sample;
pub mod sniffed;
pub mod structure;
pub mod totals;
pub mod typed_columns;
pub mod window;
pub mod wrapping;
