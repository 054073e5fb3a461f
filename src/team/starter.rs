//! What a new folder holds until its team writes its own: `headsup init` writes it, and whoever reads a team says where it
//! still stands, since it would go into the brief.

use crate::problem::{Place, Problem};

pub(crate) const MANAGER: &str = "Your Name";
pub(crate) const BOSS: &str = "Your Boss";
pub(crate) const OBJECTIVE: &str = "Our first objective";
pub(crate) const WORDING: &str = "Say in one sentence what will be true when the quarter ends";
pub(crate) const STEPS: [&str; 3] = ["First step", "Second step", "Third step"];

/// That a text is still the starter's, which stands at `place`; `mend` says what to write.
pub(crate) fn left(text: &str, place: Place, help: &str) -> Problem {
    let message = format!("\"{text}\" is what `headsup init` wrote, and it stands in the brief");
    Problem::warning("placeholder", message).at(place).help(help)
}
