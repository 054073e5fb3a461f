//! Decisions of a 1:1, and the log rows that keep them.

use chrono::NaiveDate;

use crate::cli::surroundings::{shown_log, under_ci};
use crate::config::Config;
use crate::problem::{Failure, Problem, Problems};
use crate::source::append::{self, Appended, Field, Value, Which};
use crate::team::{About, Ask, AskStatus, GoalOf, Stage, TableKind, Team};

/// A decision. Texts are in the form that the log needs.
#[derive(Debug, Clone, PartialEq)]
pub(crate) enum Decision {
    Answered { ask: String, granted: bool, answer: Option<String> },
    Changed { ask: String, to: AskChange },
    Agreed(Agreed),
    Feedback { goal: String, horizon: Option<String>, text: String },
    Concern { note: NoteRef, change: NoteChange },
}

/// A change of an ask other than its answer.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum AskChange {
    /// The ask stays open and is needed by that day.
    Deferred(NaiveDate),
    Withdrawn,
    /// The boss supports the ask, so it may be raised.
    Sounded,
    /// The ask was raised in public: the copy that may be forwarded shows it.
    Raised,
    /// What was granted has arrived.
    Delivered,
}

/// A change of a concern or an early signal.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum NoteChange {
    Raised,
    Closed,
}

/// Identifies a note about a person in its log.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct NoteRef {
    pub id: Option<String>,
    pub person: String,
    pub text: String,
    pub is_known: bool,
}

/// A change that the boss agreed to.
#[derive(Debug, Clone, PartialEq)]
pub(crate) struct Agreed {
    pub what: About,
    pub objective: Option<String>,
    pub milestone: Option<String>,
    pub from: Option<String>,
    pub to: Option<String>,
    pub with: String,
}

impl Decision {
    /// Appends the row that keeps the decision. Returns the row and a message that quotes nothing.
    pub(crate) fn write(&self, config: &Config, on: NaiveDate) -> Result<(Appended, String), Failure> {
        let amend = |table, which, changes: &[Field]| append::amend(config, table, which, changes);
        let (added, what) = match self {
            Decision::Answered { ask, granted, answer } => {
                let status = if *granted { "granted" } else { "declined" };
                // The new row repeats the previous one, whose answer and delivery belong to another decision.
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
                (amend(TableKind::Asks, Which::Id(ask), &changes)?, format!("{ask} {status}"))
            }
            Decision::Changed { ask, to } => {
                let (changes, what): (Vec<Field>, String) = match to {
                    AskChange::Deferred(until) => {
                        (vec![("needed_by", (*until).into())], format!("{ask} deferred to {until}"))
                    }
                    AskChange::Withdrawn => (
                        vec![("status", AskStatus::Withdrawn.word().into()), ("answered_on", on.into())],
                        format!("{ask} withdrawn"),
                    ),
                    AskChange::Sounded => {
                        (vec![("stage", Stage::Agreed.word().into())], format!("{ask} sounded out: you may raise it"))
                    }
                    AskChange::Raised => (vec![("stage", Stage::Raised.word().into())], format!("{ask} raised")),
                    AskChange::Delivered => (vec![("delivered_on", on.into())], format!("{ask} delivered")),
                };
                (amend(TableKind::Asks, Which::Id(ask), &changes)?, what)
            }
            Decision::Concern { note, change } => {
                let (field, what) = match change {
                    NoteChange::Raised => ("raised_on", "raised"),
                    NoteChange::Closed => ("closed_on", "closed"),
                };
                let says = [("person", note.person.as_str()), ("text", note.text.as_str())];
                let which = note.id.as_deref().map_or(Which::Says(&says), Which::Id);
                let added = amend(TableKind::People, which, &[(field, on.into())])?;
                // The log of a CI job must not name the person.
                (
                    added,
                    if under_ci() { format!("a concern {what}") } else { format!("{}: concern {what}", note.name()) },
                )
            }
            Decision::Agreed(agreed) => {
                let mut fields: Vec<Field> = vec![("date", on.into()), ("what", agreed.what.word().into())];
                let texts = [
                    ("objective", &agreed.objective),
                    ("milestone", &agreed.milestone),
                    ("from", &agreed.from),
                    ("to", &agreed.to),
                ];
                fields.extend(texts.into_iter().filter_map(|(field, text)| Some((field, text.as_deref()?.into()))));
                fields.extend((!agreed.with.is_empty()).then(|| ("with", agreed.with.as_str().into())));
                (append::add(config, TableKind::Agreements, false, &fields)?, format!("{} agreed", agreed.what.word()))
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
        let line = format!("{what}: {}", shown_log(&config.dir, &added.file));
        Ok((added, line))
    }

    /// Returns a message if the milestone's own due date differs from the agreed one, otherwise `None`.
    pub(crate) fn contradiction(&self, team: &Team) -> Option<String> {
        let Decision::Agreed(Agreed { what: About::Date, milestone: Some(id), to: Some(to), .. }) = self else {
            return None;
        };
        let milestone = team.milestones.iter().find(|milestone| milestone.id.as_str() == id)?;
        let due = milestone.due.filter(|due| milestone.done_on.is_none() && due.to_string() != *to)?;
        Some(format!("{id} is agreed for {to} and its due date says {due}: change that in its file, or agree to it"))
    }

    /// Returns whether both decisions are about the same thing: an ask, or the date of a milestone.
    fn is_about_the_same(&self, other: &Decision) -> bool {
        match (self, other) {
            (
                Decision::Answered { .. } | Decision::Changed { .. },
                Decision::Answered { .. } | Decision::Changed { .. },
            ) => self.about_ask() == other.about_ask(),
            (Decision::Concern { note, .. }, Decision::Concern { note: other, .. }) => note == other,
            (Decision::Agreed(agreed), Decision::Agreed(other)) if agreed.what == About::Date => {
                other.what == About::Date && agreed.milestone == other.milestone
            }
            _ => self == other,
        }
    }

    /// Returns the ask that the decision is about, and whether it changes its answer (else its stage). `None` for other
    /// decisions.
    fn about_ask(&self) -> Option<(&str, bool)> {
        match self {
            Decision::Answered { ask, .. } => Some((ask, true)),
            Decision::Changed { ask, to } => Some((ask, !matches!(to, AskChange::Sounded | AskChange::Raised))),
            _ => None,
        }
    }

    /// Returns the problem that another decision contradicts this one.
    fn against(&self, other: &Decision) -> Problem {
        let (message, help) = match (self, other) {
            (Decision::Answered { ask, granted, .. }, Decision::Answered { granted: before, .. })
                if granted != before =>
            {
                (format!("{ask} cannot be both granted and declined"), "name it after --grant or after --decline")
            }
            (Decision::Answered { ask, .. } | Decision::Changed { ask, .. }, _) => {
                (format!("two things are said of {ask}"), "leave one of the two")
            }
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

    /// Returns whether the logs contain the decision already.
    pub(crate) fn is_known(&self, team: &Team, on: NaiveDate) -> bool {
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
            Decision::Changed { ask, to } => {
                team.asks.iter().filter(|known| known.id.as_str() == ask).any(|known| match to {
                    AskChange::Deferred(until) => known.needed_by == Some(*until),
                    AskChange::Withdrawn => known.status == AskStatus::Withdrawn,
                    AskChange::Sounded => known.stage == Stage::Agreed,
                    AskChange::Raised => known.stage == Stage::Raised,
                    AskChange::Delivered => known.delivered_on.is_some(),
                })
            }
            Decision::Concern { note, .. } => note.is_known,
            Decision::Feedback { text, .. } => {
                team.goals.iter().any(|goal| goal.date == Some(on) && goal.feedback.as_ref() == Some(text))
            }
        }
    }
}

/// Removes repeated decisions. Two decisions that contradict each other on an ask or a milestone's date are a problem.
pub(crate) fn without_contradictions(decisions: Vec<Decision>, problems: &mut Problems) -> Vec<Decision> {
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

impl NoteRef {
    /// Returns the name of the note in messages: its id, otherwise its person.
    pub(crate) fn name(&self) -> &str {
        self.id.as_deref().unwrap_or(&self.person)
    }
}

/// Returns feedback as a decision on the newest row of the manager's own goal.
pub(crate) fn feedback(team: &Team, text: &str) -> Result<Decision, Problem> {
    let own = team.goals.iter().filter(|goal| goal.who == GoalOf::Me).max_by_key(|goal| goal.date);
    let goal = own.ok_or_else(|| {
        Problem::error("no-goal", "there is no goal of the manager's own that the feedback belongs to")
            .help("add a row with who = me to private/goals.csv")
    })?;
    Ok(Decision::Feedback { goal: goal.goal.clone(), horizon: goal.horizon.clone(), text: text.trim().to_owned() })
}
