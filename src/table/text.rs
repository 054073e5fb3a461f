//! Bytes → text → records of cells, with nothing of what the cells mean.

pub mod edition;
pub mod encoding;
pub mod formula;
pub mod progress;
pub mod records;
