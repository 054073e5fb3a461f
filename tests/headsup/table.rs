//! Tests of reading tables that are not folders of cases (`tests/cases.rs`).

mod far;
mod roundtrip;
mod spectrum;
