//! How tables are read, beyond the cases that are folders (`tests/cases.rs`).

mod far;
mod roundtrip;
mod spectrum;
