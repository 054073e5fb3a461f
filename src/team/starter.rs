//! What a new folder holds until its team writes its own: `headsup init` writes it, and whoever reads a team says where it
//! still stands, since it would go into the brief.

use crate::problem::{Place, Problem};

pub const MANAGER: &str = "Your Name";
pub const BOSS: &str = "Your Boss";
pub const OBJECTIVE: &str = "Our first objective";
pub const WORDING: &str = "Say in one sentence what will be true when the quarter ends";
pub const STEPS: [&str; 3] = ["First step", "Second step", "Third step"];

/// That a text is still the starter's, which stands at `place`; `mend` says what to write.
pub fn left(text: &str, place: Place, help: &str) -> Problem {
    let message = format!("\"{text}\" is what `headsup init` wrote, and it stands in the brief");
    Problem::warning("placeholder", message).at(place).help(help)
}
