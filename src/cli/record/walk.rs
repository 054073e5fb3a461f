//! Asking at the terminal what was decided: each open ask, each drift that nobody agreed, feedback. Enter is always
//! the answer that changes nothing.

use super::decision::{self, Decision};
use crate::analysis::{Analysis, Drift};
use crate::cli::prompt;
use crate::problem::Failure;
use crate::team::{About, GoalOf, Team};

const ANSWERS: [&str; 3] = ["not discussed", "granted", "declined"];

/// Asks for all decisions.
pub fn ask(team: &Team, analysis: &Analysis) -> Result<Vec<Decision>, Failure> {
    let mut decisions = Vec::new();
    for state in analysis.asks.iter().chain(&analysis.cross_team) {
        let granted = match prompt::choose(&state.text, &ANSWERS)? {
            1 => true,
            2 => false,
            _ => continue,
        };
        let answer = prompt::line("The boss's words (may be empty)")?;
        if let Some(ask) = team.asks.iter().find(|ask| ask.id == state.id) {
            decisions.extend(decision::answer_to(team, ask, granted, answer));
        }
    }
    for drift in analysis.drift.iter().filter(|drift| drift.agreed_on.is_none()) {
        let Some((question, decision)) = agreeing(team, drift) else { continue };
        let known = decisions.contains(&decision);
        if !known && prompt::agree(&question)? {
            decisions.push(decision);
        }
    }
    if team.goals.iter().any(|goal| goal.who == GoalOf::Me)
        && let Some(text) = prompt::line("Feedback on your own goal (may be empty)")?
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
