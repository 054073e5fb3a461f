//! The placeholders that `headsup init` writes into a new folder. Reading a team warns about each one that is left,
//! because it would appear in the brief.

use crate::problem::{Place, Problem};

pub(crate) const MANAGER: &str = "Your Name";
pub(crate) const BOSS: &str = "Your Boss";
pub(crate) const OBJECTIVE: &str = "Our first objective";
pub(crate) const WORDING: &str = "Say in one sentence what will be true when the quarter ends";
pub(crate) const STEPS: [&str; 3] = ["First step", "Second step", "Third step"];

/// Returns the warning that a placeholder is left at `place`; `help` says what to write instead.
pub(crate) fn placeholder_left(text: &str, place: Place, help: &str) -> Problem {
    let message = format!("\"{text}\" is what `headsup init` wrote, and it stands in the brief");
    Problem::warning("placeholder", message).at(place).help(help)
}
