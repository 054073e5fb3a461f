//! Agreements with the boss: on a date, a scope, a wording, or the plan as it is.

use chrono::NaiveDate;

use super::decision::{Agreed, Decision};
use crate::analysis::{Analysis, Quarter};
use crate::cli::{dates, surroundings};
use crate::problem::{Problem, nearest};
use crate::team::{About, Ask, Milestone, Objective, Team};

/// Returns what a granted ask agrees to. It agrees to a scope only if the ask names no alternative.
pub(crate) fn agreed_by(team: &Team, ask: &Ask, what: About) -> Option<Agreed> {
    let milestone = team.milestones.iter().find(|milestone| Some(&milestone.id) == ask.milestone.as_ref());
    let objective = team.objectives.iter().find(|objective| Some(&objective.id) == ask.objective.as_ref());
    match what {
        About::Date => date(team, milestone?, milestone?.due?),
        // The text of the ask does not show whether the boss chose to drop or to keep something: the manager says it
        // with --agree.
        About::Scope | About::Wording => None,
        // A milestone is dropped by changing its status.
        About::Drop => None,
        About::Confirm => Some(sentence(team, objective?, About::Confirm)),
    }
}

fn date(team: &Team, milestone: &Milestone, to: NaiveDate) -> Option<Agreed> {
    let agreed =
        team.agreements.iter().filter(|it| it.milestone.as_ref() == Some(&milestone.id) && it.to_date.is_some());
    let from = agreed.max_by_key(|it| it.date).and_then(|it| it.to_date).or(milestone.original);
    (from != Some(to)).then(|| Agreed {
        what: About::Date,
        objective: milestone.objective.as_ref().map(|id| id.0.clone()),
        milestone: Some(milestone.id.0.clone()),
        from: from.map(|from| from.to_string()),
        to: Some(to.to_string()),
        with: team.boss.clone(),
    })
}

/// Returns an agreement on the current sentence of an objective.
fn sentence(team: &Team, objective: &Objective, what: About) -> Agreed {
    let from = objective.agreed_wording.clone().filter(|_| what == About::Wording);
    let to = Some(objective.wording_now().to_owned());
    Agreed { what, objective: Some(objective.id.0.clone()), milestone: None, from, to, with: team.boss.clone() }
}

/// Parses `date:MILESTONE[=DATE]`, `scope:OBJECTIVE[=LABEL,…]`, `wording:OBJECTIVE` or `confirm[:OBJECTIVE]`.
pub(crate) fn agreed(team: &Team, analysis: &Analysis, text: &str) -> Result<Vec<Decision>, Problem> {
    let (what, rest) = text.split_once(':').unwrap_or((text, ""));
    let (name, to) = match rest.split_once('=') {
        Some((name, to)) => (name.trim(), Some(to.trim())),
        None => (rest.trim(), None),
    };
    let agreed = match what.trim().to_lowercase().as_str() {
        "date" => vec![date_named(team, &analysis.quarter, name, to)?],
        "scope" => vec![scope(team, objective(team, name)?, to)],
        "wording" => vec![sentence(team, objective(team, name)?, About::Wording)],
        "confirm" if name.is_empty() => return Ok(whole(team, analysis).unwrap_or_default()),
        "confirm" => vec![sentence(team, objective(team, name)?, About::Confirm)],
        _ => {
            let message = format!("\"{text}\" is nothing that can be agreed");
            let help = "write date:MILESTONE=2026-12-13, scope:OBJECTIVE, wording:OBJECTIVE or confirm";
            return Err(Problem::error("bad-agreement", message).help(help));
        }
    };
    Ok(agreed.into_iter().map(Decision::Agreed).collect())
}

/// Returns the agreements on all objectives of the quarter as they are worded, or `None` if it has no objective.
pub(crate) fn whole(team: &Team, analysis: &Analysis) -> Option<Vec<Decision>> {
    let current = |objective: &&Objective| analysis.objectives.iter().any(|state| state.id == objective.id);
    let objectives = team.objectives.iter().filter(current);
    let all: Vec<Decision> =
        objectives.map(|objective| Decision::Agreed(sentence(team, objective, About::Confirm))).collect();
    (!all.is_empty()).then_some(all)
}

fn date_named(team: &Team, quarter: &Quarter, name: &str, to: Option<&str>) -> Result<Agreed, Problem> {
    let found = team.milestones.iter().find(|it| is_named(it.id.as_str(), &it.name, name));
    let names = team.milestones.iter().flat_map(|it| [it.id.as_str(), it.name.as_str()]);
    let milestone = found.ok_or_else(|| unknown("milestone", name, names))?;
    let to: NaiveDate = match to {
        Some(to) => day(to)?,
        None => milestone.due.ok_or_else(|| {
            Problem::error("bad-agreement", format!("\"{name}\" has no due date to agree to"))
                .help(format!("name the date: date:{name}=2026-12-13"))
        })?,
    };
    if to < quarter.start {
        let message = format!("{to}, agreed for \"{name}\", lies before {}", quarter.label);
        let help = format!("the quarter began on {}; write the date as date:{name}=2026-12-13", quarter.start);
        return Err(Problem::error("bad-date", message).help(help));
    }
    date(team, milestone, to).ok_or_else(|| {
        Problem::error("bad-agreement", format!("\"{name}\" is agreed for {to} already"))
            .help(format!("name another date: date:{name}=2026-12-13"))
    })
}

/// Returns an agreement on added scope. Without labels or keys it covers everything that was added so far.
pub(crate) fn scope(team: &Team, objective: &Objective, to: Option<&str>) -> Agreed {
    Agreed {
        what: About::Scope,
        objective: Some(objective.id.0.clone()),
        milestone: None,
        from: None,
        to: to.filter(|to| !to.is_empty()).map(str::to_owned),
        with: team.boss.clone(),
    }
}

/// Returns an agreement on the changed wording of an objective.
pub(crate) fn wording(team: &Team, objective: &Objective) -> Agreed {
    sentence(team, objective, About::Wording)
}

/// Returns an agreement on the current date of a milestone, or `None` if that date has been agreed already.
pub(crate) fn due(team: &Team, milestone: &Milestone) -> Option<Agreed> {
    date(team, milestone, milestone.due?)
}

fn objective<'a>(team: &'a Team, name: &str) -> Result<&'a Objective, Problem> {
    let found = team.objectives.iter().find(|it| is_named(it.id.as_str(), &it.name, name));
    found.ok_or_else(|| {
        unknown("objective", name, team.objectives.iter().flat_map(|it| [it.id.as_str(), it.name.as_str()]))
    })
}

fn is_named(id: &str, own_name: &str, name: &str) -> bool {
    id.eq_ignore_ascii_case(name) || own_name.eq_ignore_ascii_case(name)
}

fn unknown<'a>(what: &str, name: &str, known: impl Iterator<Item = &'a str> + Clone) -> Problem {
    let help = match nearest(name, known.clone()) {
        Some(near) => format!("did you mean \"{near}\"?"),
        None => format!("there are {}", known.collect::<Vec<_>>().join(", ")),
    };
    Problem::error("no-such-name", format!("there is no {what} \"{name}\"")).help(help)
}

/// Parses a date that was typed.
pub(crate) fn day(text: &str) -> Result<NaiveDate, Problem> {
    let read = surroundings::today().and_then(|today| dates::read(text, today));
    read.map_err(|help| Problem::error("bad-date", format!("\"{text}\" is not a date")).help(help))
}
