//! Where the table lies in its file: delimiter, header, tables beside and below, totals.

pub mod beside;
pub mod cut;
pub mod dialect;
pub mod header;
pub mod sample;
pub mod sniffed;
pub mod structure;
pub mod wrapped;
