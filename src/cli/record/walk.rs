//! Asking at the terminal what was decided: each open ask, each drift that nobody agreed, feedback. Enter is always
//! the answer that changes nothing.

use dialoguer::{Confirm, Input, Select};

use super::decision::{self, Decision};
use crate::analysis::{Analysis, Drift};
use crate::cli::report::printable;
use crate::team::{About, GoalOf, Team};

const ANSWERS: [&str; 3] = ["not discussed", "granted", "declined"];

/// Asks for all decisions.
pub fn ask(team: &Team, analysis: &Analysis) -> std::io::Result<Vec<Decision>> {
    let mut decisions = Vec::new();
    for state in analysis.asks.iter().chain(&analysis.cross_team) {
        let chosen = Select::new().with_prompt(printable(&state.text)).items(ANSWERS).default(0).interact();
        let Some(granted) = (match read(chosen)? {
            1 => Some(true),
            2 => Some(false),
            _ => None,
        }) else {
            continue;
        };
        let answer = line("The boss's words (may be empty)")?;
        if let Some(ask) = team.asks.iter().find(|ask| ask.id == state.id) {
            decisions.extend(decision::answer_to(team, ask, granted, answer));
        }
    }
    for drift in analysis.drift.iter().filter(|drift| drift.agreed_on.is_none()) {
        let Some((question, decision)) = agreeing(team, drift) else { continue };
        let known = decisions.contains(&decision);
        if !known && read(Confirm::new().with_prompt(printable(&question)).default(false).interact())? {
            decisions.push(decision);
        }
    }
    if team.goals.iter().any(|goal| goal.who == GoalOf::Me)
        && let Some(text) = line("Feedback on your own goal (may be empty)")?
    {
        decisions.extend(decision::feedback(team, &text).ok());
    }
    Ok(decisions)
}

/// What a drift asks to be agreed, and what it is if the boss did.
fn agreeing(team: &Team, drift: &Drift) -> Option<(String, Decision)> {
    let objective = team.objectives.iter().find(|objective| objective.id == drift.objective);
    let agreed = match drift.about {
        About::Date => {
            let milestone = team.milestones.iter().find(|milestone| Some(&milestone.id) == drift.milestone.as_ref())?;
            decision::due(team, milestone)?
        }
        About::Scope => decision::scope(team, objective?, None),
        About::Wording | About::Confirm => decision::wording(team, objective?),
    };
    let name = drift.milestone_name.as_ref().unwrap_or(&drift.objective_name);
    let question = match (drift.about, &agreed.to) {
        (About::Date, Some(to)) => format!("{name}: was {to} agreed?"),
        (About::Scope, _) => format!("{name}: was the scope as it stands agreed?"),
        (_, to) => format!("{name}: was this wording agreed? {}", to.as_deref().unwrap_or_default()),
    };
    Some((question, Decision::Agreed(agreed)))
}

/// A line of text; None where it is empty.
fn line(prompt: &str) -> std::io::Result<Option<String>> {
    let text: String = read(Input::new().with_prompt(prompt).allow_empty(true).interact_text())?;
    Ok(Some(text.trim().to_owned()).filter(|text| !text.is_empty()))
}

fn read<T>(answer: dialoguer::Result<T>) -> std::io::Result<T> {
    answer.map_err(|dialoguer::Error::IO(error)| error)
}
