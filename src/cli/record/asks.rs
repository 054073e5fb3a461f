//! Changes of asks: granted, declined, deferred, withdrawn, sounded out, raised, delivered.

use chrono::NaiveDate;

use super::agreement::{agreed_by, day};
use super::decision::{AskChange, Decision};
use crate::problem::{Problem, nearest};
use crate::team::{Ask, AskStatus, Team};

/// Splits `ID` or `ID=words` at the first equals sign.
pub(crate) fn parts(text: &str) -> (&str, Option<&str>) {
    match text.split_once('=') {
        Some((id, words)) => (id.trim(), Some(words.trim()).filter(|words| !words.is_empty())),
        None => (text.trim(), None),
    }
}

/// Finds an ask by its id. The problem suggests similar ids.
pub(crate) fn find<'a>(team: &'a Team, id: &str) -> Result<&'a Ask, Problem> {
    let known = || team.asks.iter().map(|ask| ask.id.as_str());
    team.asks.iter().find(|ask| ask.id.as_str().eq_ignore_ascii_case(id)).ok_or_else(|| {
        let open = team.asks.iter().filter(|ask| ask.status == AskStatus::Open).map(|ask| ask.id.as_str());
        let help = match nearest(id, known()) {
            Some(near) => format!("did you mean \"{near}\"?"),
            None => match open.collect::<Vec<_>>().as_slice() {
                [] => "no ask is open".to_owned(),
                open => format!("the open asks are {}", open.join(", ")),
            },
        };
        Problem::error("no-such-ask", format!("there is no ask \"{id}\"")).help(help)
    })
}

/// Returns the decisions for an answer such as `A-01` or `A-01=Yes, from December`. Granting an ask about a date, a
/// scope or a wording agrees to that change. An ask that was answered at an earlier 1:1 is closed and cannot be
/// answered again.
pub(crate) fn answered(team: &Team, text: &str, granted: bool, on: NaiveDate) -> Result<Vec<Decision>, Problem> {
    let (id, answer) = parts(text);
    let ask = find(team, id)?;
    require_open(ask, on)?;
    Ok(answer_to(team, ask, granted, answer.map(str::to_owned)))
}

/// Describes how an ask was answered before the 1:1 of `on`. Returns `None` if it was not.
fn closed(ask: &Ask, on: NaiveDate) -> Option<String> {
    let was = match ask.status {
        AskStatus::Open => return None,
        AskStatus::Granted => "was granted",
        AskStatus::Declined => "was declined",
        AskStatus::Withdrawn => "was withdrawn",
    };
    match ask.answered_on {
        Some(answered) if answered == on => None,
        Some(answered) => Some(format!("{was} on {answered}")),
        None => Some(format!("{was} already")),
    }
}

/// Returns the answer, and the agreement that follows from it.
pub(crate) fn answer_to(team: &Team, ask: &Ask, granted: bool, answer: Option<String>) -> Vec<Decision> {
    let mut decisions = vec![Decision::Answered { ask: ask.id.0.clone(), granted, answer }];
    if granted {
        let about = ask.about.iter().filter_map(|what| agreed_by(team, ask, *what));
        decisions.extend(about.map(Decision::Agreed));
    }
    decisions
}

fn require_open(ask: &Ask, on: NaiveDate) -> Result<(), Problem> {
    let Some(was) = closed(ask, on) else { return Ok(()) };
    let help = "what is asked again is a new ask: `headsup add ask`; an answer that is wrong is corrected in its log";
    Err(Problem::error("closed-ask", format!("{} {was}", ask.id.as_str())).help(help))
}

/// Defers an ask, given as `A-01=2026-12-04`: it stays open, and is needed by that day.
pub(crate) fn deferred(team: &Team, text: &str, on: NaiveDate) -> Result<Decision, Problem> {
    let (id, until) = parts(text);
    let ask = find(team, id)?;
    require_open(ask, on)?;
    let Some(until) = until else {
        return Err(Problem::error("bad-date", format!("it is not said until when {id} is deferred"))
            .help(format!("name the date, as --defer \"{id}=next friday\"")));
    };
    Ok(change(ask, AskChange::Deferred(day(until)?)))
}

/// Returns the change of an ask that is withdrawn, sounded out, raised or delivered.
pub(crate) fn changed(team: &Team, id: &str, to: AskChange, on: NaiveDate) -> Result<Decision, Problem> {
    let ask = find(team, id.trim())?;
    if to == AskChange::Delivered {
        if ask.status != AskStatus::Granted {
            return Err(Problem::error(
                "closed-ask",
                format!("{} was not granted, so nothing is to be delivered", ask.id),
            )
            .help("say first that it was granted, with --grant"));
        }
    } else {
        require_open(ask, on)?;
    }
    Ok(change(ask, to))
}

/// Returns the decision that changes an ask.
pub(crate) fn change(ask: &Ask, to: AskChange) -> Decision {
    Decision::Changed { ask: ask.id.0.clone(), to }
}
