//! Bytes → text → records of cells, with nothing of what the cells mean.

pub mod encoding;
pub mod file_stamp;
pub mod formula;
pub mod lines;
pub mod progress;
pub mod records;
pub mod unwrap;
