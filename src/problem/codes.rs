//! The registry of all kinds of problems: code, usual severity, meaning, example, and how to fix it.
//!
//! `headsup help CODE` prints an entry, `headsup help codes` lists them, and the JSON Schema of problems names them. In
//! debug builds, creating a problem with an unregistered code panics, and a test looks for each code in the sources.

mod code;
mod config;
mod delivery;
mod exports;
mod rows;

pub use code::Code;
use code::{error, note, warning};

/// Returns all codes, grouped by area.
pub fn all() -> impl Iterator<Item = &'static Code> {
    [exports::CODES, rows::CODES, config::CODES, delivery::CODES].into_iter().flatten()
}

/// Returns the code with this name, or `None` if there is none.
pub fn find(name: &str) -> Option<&'static Code> {
    all().find(|code| code.name == name)
}

#[cfg(test)]
mod tests;
