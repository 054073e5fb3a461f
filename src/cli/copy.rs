//! Which copy a mail or an invite carries, said before it goes: why this one, and what is not in it.

use std::collections::BTreeSet;
use std::io::IsTerminal as _;

use super::{Terminal, prompt, surroundings};
use crate::config::TeamSection;
use crate::deliver::invite::{Choice, choose};
use crate::pipeline::RenderedBrief;
use crate::problem::Failure;
use crate::redact::Audience;

/// The copy for these addresses; at a terminal, where manager and boss alone are addressed, the boss copy is offered.
pub(crate) fn settle(
    given: Option<Audience>,
    guests: &BTreeSet<String>,
    team: &TeamSection,
    terminal: &Terminal,
) -> Result<Choice, Failure> {
    let choice = choose(given, guests, team)?;
    let asks = !surroundings::under_ci()
        && !terminal.is_quiet()
        && std::io::stdin().is_terminal()
        && std::io::stderr().is_terminal();
    if choice.proposes_boss
        && asks
        && prompt::agree("Only you and your boss are addressed. Send the boss copy, with all asks and reasons?")?
    {
        return choose(Some(Audience::Boss), guests, team);
    }
    Ok(choice)
}

/// Which copy it is, why, and what it leaves out; in the log of a job not how much that is.
pub(crate) fn described(choice: &Choice, rendered: &RenderedBrief) -> String {
    let mut lines = vec![format!("the {} copy: {}", choice.audience.name(), choice.why)];
    if !surroundings::under_ci() {
        lines.extend(left_out(rendered));
        if choice.proposes_boss {
            lines.push("to send what your boss may see: --for boss".to_owned());
        }
    }
    lines.join("\n")
}

/// `3 asks are not in this copy, A-07`.
fn left_out(rendered: &RenderedBrief) -> Option<String> {
    let ids: Vec<&str> = rendered.left_out_asks.iter().map(|id| id.as_str()).collect();
    match ids.as_slice() {
        [] => None,
        [one] => Some(format!("1 ask is not in this copy: {one}")),
        many => Some(format!("{} asks are not in this copy: {}", many.len(), many.join(", "))),
    }
}
