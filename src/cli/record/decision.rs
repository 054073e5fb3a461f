//! What was decided at a 1:1, and the rows that keep it.

use chrono::NaiveDate;

use crate::analysis::{Analysis, Quarter};
use crate::cli::surroundings::shown_log;
use crate::config::Config;
use crate::problem::{Failure, Problem, Problems, nearest};
use crate::source::append::{self, Field, Value};
use crate::team::{About, Ask, AskStatus, GoalOf, Milestone, Objective, TableKind, Team};

/// One thing that was decided. Texts are those that the log needs.
#[derive(Debug, Clone, PartialEq)]
pub enum Decision {
    Answered { ask: String, granted: bool, answer: Option<String> },
    Agreed(Agreed),
    Feedback { goal: String, horizon: Option<String>, text: String },
}

/// Something that was agreed anew.
#[derive(Debug, Clone, PartialEq)]
pub struct Agreed {
    pub what: About,
    pub objective: Option<String>,
    pub milestone: Option<String>,
    pub from: Option<String>,
    pub to: Option<String>,
    pub with: String,
}

impl Decision {
    /// Appends the row that keeps it. Returns a line for the user that quotes nothing.
    pub fn write(&self, config: &Config, on: NaiveDate) -> Result<String, Failure> {
        let (file, what) = match self {
            Decision::Answered { ask, granted, answer } => {
                let status = if *granted { "granted" } else { "declined" };
                // The row repeats the one before, whose answer and delivery were those of another decision.
                let words = match answer {
                    Some(answer) => answer.as_str().into(),
                    None => Value::Optional(String::new()),
                };
                let delivered = Value::Optional(String::new());
                let changes: [Field; 4] = [
                    ("status", status.into()),
                    ("answered_on", on.into()),
                    ("answer", words),
                    ("delivered_on", delivered),
                ];
                (append::amend(config, TableKind::Asks, ask, &changes)?, format!("{ask} {status}"))
            }
            Decision::Agreed(agreed) => {
                let mut fields: Vec<Field> = vec![("date", on.into()), ("what", word(agreed.what).into())];
                let texts = [
                    ("objective", &agreed.objective),
                    ("milestone", &agreed.milestone),
                    ("from", &agreed.from),
                    ("to", &agreed.to),
                ];
                fields.extend(texts.into_iter().filter_map(|(field, text)| Some((field, text.as_deref()?.into()))));
                fields.extend((!agreed.with.is_empty()).then(|| ("with", agreed.with.as_str().into())));
                (append::add(config, TableKind::Agreements, false, &fields)?, format!("{} agreed", word(agreed.what)))
            }
            Decision::Feedback { goal, horizon, text } => {
                let mut fields: Vec<Field> = vec![
                    ("goal", goal.as_str().into()),
                    ("who", "me".into()),
                    ("date", on.into()),
                    ("feedback", text.as_str().into()),
                ];
                fields.extend(horizon.as_deref().map(|horizon| ("horizon", horizon.into())));
                (append::add(config, TableKind::Goals, true, &fields)?, "feedback kept".to_owned())
            }
        };
        Ok(format!("{what}: {}", shown_log(&config.dir, &file)))
    }

    /// That the milestone's own due date says another day than the one agreed.
    pub fn contradiction(&self, team: &Team) -> Option<String> {
        let Decision::Agreed(Agreed { what: About::Date, milestone: Some(id), to: Some(to), .. }) = self else {
            return None;
        };
        let milestone = team.milestones.iter().find(|milestone| milestone.id.as_str() == id)?;
        let due = milestone.due.filter(|due| milestone.done_on.is_none() && due.to_string() != *to)?;
        Some(format!("{id} is agreed for {to} and its due date says {due}: change that in its file, or agree to it"))
    }

    /// Whether both decide one thing: an ask, or the date of a milestone.
    fn is_about_the_same(&self, other: &Decision) -> bool {
        match (self, other) {
            (Decision::Answered { ask, .. }, Decision::Answered { ask: other, .. }) => ask == other,
            (Decision::Agreed(agreed), Decision::Agreed(other)) if agreed.what == About::Date => {
                other.what == About::Date && agreed.milestone == other.milestone
            }
            _ => self == other,
        }
    }

    /// That another decision says something else of the same.
    fn against(&self, other: &Decision) -> Problem {
        let (message, help) = match (self, other) {
            (Decision::Answered { ask, granted, .. }, Decision::Answered { granted: before, .. })
                if granted != before =>
            {
                (format!("{ask} cannot be both granted and declined"), "name it after --grant or after --decline")
            }
            (Decision::Answered { ask, .. }, _) => (format!("{ask} is answered twice"), "leave one of the two answers"),
            (Decision::Agreed(agreed), Decision::Agreed(other)) => {
                let name = agreed.milestone.as_deref().unwrap_or_default();
                let to = |of: &Agreed| of.to.clone().unwrap_or_default();
                (
                    format!("{name} cannot be agreed for both {} and {}", to(other), to(agreed)),
                    "name one date; to grant an ask about a date is to agree to the milestone's due date",
                )
            }
            _ => ("two decisions contradict each other".to_owned(), "leave one of the two"),
        };
        Problem::error("contradiction", message).help(help)
    }

    /// Whether the logs say so already.
    pub fn is_known(&self, team: &Team, on: NaiveDate) -> bool {
        match self {
            Decision::Answered { ask, granted, answer } => {
                let status = if *granted { AskStatus::Granted } else { AskStatus::Declined };
                let said = |known: &Ask| {
                    known.id.as_str() == ask
                        && (known.status, known.answered_on) == (status, Some(on))
                        && (answer.is_none() || known.answer == *answer)
                };
                team.asks.iter().any(said)
            }
            Decision::Agreed(agreed) => team.agreements.iter().any(|known| {
                known.date == on
                    && known.what == agreed.what
                    && known.objective.as_ref().map(|id| id.as_str()) == agreed.objective.as_deref()
                    && known.milestone.as_ref().map(|id| id.as_str()) == agreed.milestone.as_deref()
                    && known.to == agreed.to
            }),
            Decision::Feedback { text, .. } => {
                team.goals.iter().any(|goal| goal.date == Some(on) && goal.feedback.as_ref() == Some(text))
            }
        }
    }
}

fn word(what: About) -> &'static str {
    match what {
        About::Date => "date",
        About::Scope => "scope",
        About::Wording => "wording",
        About::Confirm => "confirm",
    }
}

/// Each decision once. That two say different things of one ask, or of one milestone's date, is a problem.
pub fn without_contradictions(decisions: Vec<Decision>, problems: &mut Problems) -> Vec<Decision> {
    let mut settled: Vec<Decision> = Vec::with_capacity(decisions.len());
    for decision in decisions {
        match settled.iter().find(|other| other.is_about_the_same(&decision)) {
            None => settled.push(decision),
            Some(same) if *same == decision => {}
            Some(other) => problems.push(decision.against(other)),
        }
    }
    settled
}

/// `A-01` or `A-01=Yes, from December`. To grant an ask that is about a date, a scope or a wording is to agree to it.
///
/// An ask that was answered at another 1:1 is closed.
pub fn answered(team: &Team, text: &str, granted: bool, on: NaiveDate) -> Result<Vec<Decision>, Problem> {
    let (id, answer) = match text.split_once('=') {
        Some((id, answer)) => (id.trim(), Some(answer.trim().to_owned()).filter(|answer| !answer.is_empty())),
        None => (text.trim(), None),
    };
    let known = || team.asks.iter().map(|ask| ask.id.as_str());
    let Some(ask) = team.asks.iter().find(|ask| ask.id.as_str().eq_ignore_ascii_case(id)) else {
        let open = team.asks.iter().filter(|ask| ask.status == AskStatus::Open).map(|ask| ask.id.as_str());
        let help = match nearest(id, known()) {
            Some(near) => format!("did you mean \"{near}\"?"),
            None => match open.collect::<Vec<_>>().as_slice() {
                [] => "no ask is open".to_owned(),
                open => format!("the open asks are {}", open.join(", ")),
            },
        };
        return Err(Problem::error("no-such-ask", format!("there is no ask \"{id}\"")).help(help));
    };
    if let Some(was) = closed(ask, on) {
        let help = "what is asked anew is a new ask: `headsup add ask`; an answer that is wrong is mended in its log";
        return Err(Problem::error("closed-ask", format!("{} {was}", ask.id.as_str())).help(help));
    }
    Ok(answer_to(team, ask, granted, answer))
}

/// How an ask was answered before the 1:1 of `on`, in words.
fn closed(ask: &Ask, on: NaiveDate) -> Option<String> {
    let was = match ask.status {
        AskStatus::Open => return None,
        AskStatus::Granted => "was granted",
        AskStatus::Declined => "was declined",
    };
    match ask.answered_on {
        Some(answered) if answered == on => None,
        Some(answered) => Some(format!("{was} on {answered}")),
        None => Some(format!("{was} already")),
    }
}

/// The answer, and what it agrees to.
pub fn answer_to(team: &Team, ask: &Ask, granted: bool, answer: Option<String>) -> Vec<Decision> {
    let mut decisions = vec![Decision::Answered { ask: ask.id.0.clone(), granted, answer }];
    if granted {
        let about = ask.about.iter().filter_map(|what| agreed_by(team, ask, *what));
        decisions.extend(about.map(Decision::Agreed));
    }
    decisions
}

/// What a granted ask agrees to. A scope is only agreed where the ask names no other way out.
fn agreed_by(team: &Team, ask: &Ask, what: About) -> Option<Agreed> {
    let milestone = team.milestones.iter().find(|milestone| Some(&milestone.id) == ask.milestone.as_ref());
    let objective = team.objectives.iter().find(|objective| Some(&objective.id) == ask.objective.as_ref());
    match what {
        About::Date => date(team, milestone?, milestone?.due?),
        // Which way the ask was granted, to drop or to keep, is in its words: the manager says it with --agree.
        About::Scope | About::Wording => None,
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

/// Today's sentence of an objective.
fn sentence(team: &Team, objective: &Objective, what: About) -> Agreed {
    let from = objective.agreed_wording.clone().filter(|_| what == About::Wording);
    let to = Some(objective.wording_now().to_owned());
    Agreed { what, objective: Some(objective.id.0.clone()), milestone: None, from, to, with: team.boss.clone() }
}

/// Reads `date:MILESTONE[=DATE]`, `scope:OBJECTIVE[=LABEL,…]`, `wording:OBJECTIVE` or `confirm[:OBJECTIVE]`.
pub fn agreed(team: &Team, analysis: &Analysis, text: &str) -> Result<Vec<Decision>, Problem> {
    let (what, rest) = text.split_once(':').unwrap_or((text, ""));
    let (name, to) = match rest.split_once('=') {
        Some((name, to)) => (name.trim(), Some(to.trim())),
        None => (rest.trim(), None),
    };
    let agreed = match what.trim().to_lowercase().as_str() {
        "date" => vec![date_named(team, &analysis.quarter, name, to)?],
        "scope" => vec![scope(team, objective(team, name)?, to)],
        "wording" => vec![sentence(team, objective(team, name)?, About::Wording)],
        "confirm" if name.is_empty() => {
            let current = |objective: &&Objective| analysis.objectives.iter().any(|state| state.id == objective.id);
            team.objectives.iter().filter(current).map(|objective| sentence(team, objective, About::Confirm)).collect()
        }
        "confirm" => vec![sentence(team, objective(team, name)?, About::Confirm)],
        _ => {
            let message = format!("\"{text}\" is nothing that can be agreed");
            let help = "write date:MILESTONE=2026-12-13, scope:OBJECTIVE, wording:OBJECTIVE or confirm";
            return Err(Problem::error("bad-agreement", message).help(help));
        }
    };
    Ok(agreed.into_iter().map(Decision::Agreed).collect())
}

fn date_named(team: &Team, quarter: &Quarter, name: &str, to: Option<&str>) -> Result<Agreed, Problem> {
    let found = team.milestones.iter().find(|it| is_named(it.id.as_str(), &it.name, name));
    let names = team.milestones.iter().flat_map(|it| [it.id.as_str(), it.name.as_str()]);
    let milestone = found.ok_or_else(|| unknown("milestone", name, names))?;
    let to: NaiveDate = match to {
        Some(to) => to
            .parse()
            .map_err(|_| Problem::error("bad-date", format!("\"{to}\" is no date")).help("write it as 2026-12-13"))?,
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

/// Without labels or keys all that was added so far is agreed.
pub fn scope(team: &Team, objective: &Objective, to: Option<&str>) -> Agreed {
    Agreed {
        what: About::Scope,
        objective: Some(objective.id.0.clone()),
        milestone: None,
        from: None,
        to: to.filter(|to| !to.is_empty()).map(str::to_owned),
        with: team.boss.clone(),
    }
}

/// The drift of an objective's wording, agreed.
pub fn wording(team: &Team, objective: &Objective) -> Agreed {
    sentence(team, objective, About::Wording)
}

/// A milestone's date of today, agreed; None where it is agreed already.
pub fn due(team: &Team, milestone: &Milestone) -> Option<Agreed> {
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

/// Feedback goes to the newest row of the manager's own goal.
pub fn feedback(team: &Team, text: &str) -> Result<Decision, Problem> {
    let own = team.goals.iter().filter(|goal| goal.who == GoalOf::Me).max_by_key(|goal| goal.date);
    let goal = own.ok_or_else(|| {
        Problem::error("no-goal", "there is no goal of the manager's own that the feedback belongs to")
            .help("add a row with who = me to private/goals.csv")
    })?;
    Ok(Decision::Feedback { goal: goal.goal.clone(), horizon: goal.horizon.clone(), text: text.trim().to_owned() })
}
