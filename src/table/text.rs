//! Turns bytes into text, and text into records of cells, without interpreting the cells.

pub(crate) mod encoding;
pub(crate) mod file_stamp;
pub(crate) mod formula;
pub(crate) mod lines;
pub(crate) mod links;
pub mod progress;
pub(crate) mod records;
pub(crate) mod unwrap;
