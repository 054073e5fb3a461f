//! Bytes → text → records of cells, with nothing of what the cells mean.

pub(crate) mod encoding;
pub(crate) mod file_stamp;
pub(crate) mod formula;
pub(crate) mod lines;
pub mod progress;
pub(crate) mod records;
pub(crate) mod unwrap;
