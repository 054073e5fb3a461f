//! Asks at the terminal what was decided: about each open ask, each granted one that has not arrived, each change that
//! was not agreed, each open concern, and feedback. Enter always gives the answer that changes nothing.

use super::agreement;
use super::asks::{answer_to, change};
use super::decision::{self, AskChange, Decision, NoteChange};
use super::notes;
use crate::analysis::{Analysis, AskState, Drift};
use crate::cli::{dates, prompt, surroundings};
use crate::problem::Failure;
use crate::team::{About, GoalOf, NoteKind, Stage, Team};

const ANSWERS: [&str; 5] = ["not discussed", "granted", "declined", "deferred: it waits", "withdrawn: I no longer ask"];
const SOUNDED: &str = "sounded out: I may raise it";
const CONCERNS: [&str; 3] = ["not discussed", "raised with the boss", "settled"];

/// Asks all questions and returns the decisions.
pub(crate) fn ask(team: &Team, analysis: &Analysis) -> Result<Vec<Decision>, Failure> {
    let mut decisions = Vec::new();
    for state in analysis.asks.iter().chain(&analysis.cross_team) {
        decisions.extend(about_ask(team, state)?);
    }
    for owed in analysis.decided.iter().filter(|decided| decided.owed) {
        let ask = team.asks.iter().find(|ask| Some(&ask.id) == owed.ask.as_ref());
        if let Some(ask) = ask
            && prompt::agree(&format!("{} ({}, granted): is it there?", owed.text, ask.id))?
        {
            decisions.push(change(ask, AskChange::Delivered));
        }
    }
    let plan = agreement::whole(team, analysis).filter(|_| analysis.nothing_agreed);
    if let Some(plan) = plan
        && prompt::agree("Did your boss agree to the objectives, milestones and dates of the brief?")?
    {
        decisions.extend(plan);
    }
    for drift in analysis.drift.iter().filter(|drift| drift.agreed_on.is_none()) {
        let Some((question, decision)) = agreeing(team, drift) else { continue };
        let known = decisions.contains(&decision);
        if !known && prompt::agree(&question)? {
            decisions.push(decision);
        }
    }
    let is_open = |kind: NoteKind| matches!(kind, NoteKind::Concern | NoteKind::Signal);
    let open = team.people.iter().filter(|note| is_open(note.kind) && note.closed_on.is_none());
    for note in open.filter(|note| note.raised_on.is_none()) {
        match prompt::choose(&format!("Concern: {}: {}", note.person, note.text), &CONCERNS)? {
            1 => decisions.push(notes::decision(note, NoteChange::Raised)),
            2 => decisions.push(notes::decision(note, NoteChange::Closed)),
            _ => {}
        }
    }
    if team.goals.iter().any(|goal| goal.who == GoalOf::Me)
        && let Some(text) = prompt::line("Feedback on your own goal (may be empty)")?
    {
        decisions.extend(decision::feedback(team, &text).ok());
    }
    Ok(decisions)
}

/// Asks what happened to one ask.
pub(crate) fn about_ask(team: &Team, state: &AskState) -> Result<Vec<Decision>, Failure> {
    let Some(ask) = team.asks.iter().find(|ask| ask.id == state.id) else { return Ok(Vec::new()) };
    let by = state.needed_by.map_or(String::new(), |date| format!(", needed by {date}"));
    let mut answers = ANSWERS.to_vec();
    if ask.stage == Stage::Private && ask.needed_from.is_some() {
        answers.push(SOUNDED);
    }
    Ok(match prompt::choose(&format!("{}{by} ({})", state.text, state.id), &answers)? {
        given @ (1 | 2) => {
            let words = prompt::line("The boss's words (may be empty)")?;
            answer_to(team, ask, given == 1, words)
        }
        3 => until()?.map(|until| change(ask, AskChange::Deferred(until))).into_iter().collect(),
        4 => vec![change(ask, AskChange::Withdrawn)],
        5 => vec![change(ask, AskChange::Sounded)],
        _ => Vec::new(),
    })
}

/// Asks for a date until a valid one is typed. Returns `None` if the answer is empty.
fn until() -> Result<Option<chrono::NaiveDate>, Failure> {
    loop {
        let Some(text) = prompt::line("Until when? (friday, +7d, 11.12.; empty: leave it)")? else { return Ok(None) };
        match surroundings::today().and_then(|today| dates::read(&text, today)) {
            Ok(date) => return Ok(Some(date)),
            Err(help) => anstream::eprintln!("{help}"),
        }
    }
}

/// Returns the question whether a change was agreed, and the decision for yes. `None` if there is nothing to agree.
fn agreeing(team: &Team, drift: &Drift) -> Option<(String, Decision)> {
    let objective = team.objectives.iter().find(|objective| objective.id == drift.objective);
    let agreed = match drift.about {
        About::Date => {
            let milestone = team.milestones.iter().find(|milestone| Some(&milestone.id) == drift.milestone.as_ref())?;
            agreement::due(team, milestone)?
        }
        About::Scope => agreement::scope(team, objective?, None),
        About::Wording | About::Confirm | About::Drop => agreement::wording(team, objective?),
    };
    let name = drift.milestone_name.as_ref().unwrap_or(&drift.objective_name);
    let question = match (drift.about, &agreed.to) {
        (About::Date, Some(to)) => format!("{name}: was {to} agreed?"),
        (About::Scope, _) => format!("{name}: was the scope as it stands agreed?"),
        (_, to) => format!("{name}: was this wording agreed? {}", to.as_deref().unwrap_or_default()),
    };
    Some((question, Decision::Agreed(agreed)))
}
