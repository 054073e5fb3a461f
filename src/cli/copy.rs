//! Chooses which copy of the brief a mail or an invite carries. Before anything is sent, the user is told which copy it
//! is, why, and what it leaves out.

use std::collections::BTreeSet;
use std::io::IsTerminal as _;

use super::{Terminal, prompt, surroundings};
use crate::config::TeamSection;
use crate::deliver::invite::{Choice, choose};
use crate::pipeline::RenderedBrief;
use crate::problem::Failure;
use crate::redact::Audience;

/// Chooses the copy for these addresses. If only the manager and the boss are addressed, the boss copy is offered at a
/// terminal.
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

/// Describes which copy it is, why, and what it leaves out. The log of a CI job does not say how much is left out.
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

/// Describes the asks that this copy leaves out: `3 asks are not in this copy, A-07`.
fn left_out(rendered: &RenderedBrief) -> Option<String> {
    let ids: Vec<&str> = rendered.left_out_asks.iter().map(|id| id.as_str()).collect();
    match ids.as_slice() {
        [] => None,
        [one] => Some(format!("1 ask is not in this copy: {one}")),
        many => Some(format!("{} asks are not in this copy: {}", many.len(), many.join(", "))),
    }
}
