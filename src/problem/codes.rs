//! Every kind of problem, once: its code, how much it usually weighs, what it means, an example, and how to fix it.
//!
//! `headsup help CODE` prints an entry, `headsup help codes` lists them; the JSON Schema of problems names them. In debug
//! builds a problem with a code that is not in here cannot be made, and a test looks for each code in the sources.

mod code;
mod config;
mod delivery;
mod exports;
mod rows;

pub use code::Code;
use code::{error, note, warning};

/// All codes, by area.
pub fn all() -> impl Iterator<Item = &'static Code> {
    [exports::CODES, rows::CODES, config::CODES, delivery::CODES].into_iter().flatten()
}

/// The code of that name.
pub fn find(name: &str) -> Option<&'static Code> {
    all().find(|code| code.name == name)
}

#[cfg(test)]
mod tests;
