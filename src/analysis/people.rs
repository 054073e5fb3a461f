//! People, goals and the manager's own goal. [`crate::redact`] has already decided which notes may be seen; this module
//! only selects and sorts them. There is no figure per assignee.

use std::collections::{BTreeMap, HashMap};

use chrono::NaiveDate;
use schemars::JsonSchema;
use serde::Serialize;

use super::asks::AskState;
use super::inputs::Inputs;
use super::news::note_id;
use crate::redact::Audience;
use crate::team::{Goal, GoalOf, NoteKind, PersonNote};

/// Weeks without a highlight after which a member is named to the manager.
const QUIET_WEEKS: i64 = 4;

#[derive(Debug, Clone, PartialEq, Serialize, JsonSchema)]
pub struct PersonState {
    pub date: Option<NaiveDate>,
    pub person: String,
    pub kind: NoteKind,
    pub text: String,
    /// The number of the ask about it.
    pub ask: Option<u32>,
    /// The wish in words, if it is not an ask.
    pub wish: Option<String>,
    /// How it was before.
    pub before: Option<String>,
}

#[derive(Debug, Clone, PartialEq, Serialize, JsonSchema)]
pub struct Coverage {
    pub person: String,
    pub last_highlight: Option<NaiveDate>,
    pub weeks: Option<i64>,
}

#[derive(Debug, Clone, PartialEq, Serialize, JsonSchema)]
pub struct GoalState {
    pub goal: String,
    pub who: GoalOf,
    pub horizon: Option<String>,
    pub target: Option<String>,
    pub progress: Option<f64>,
    /// Progress in the row before the newest.
    pub progress_before: Option<f64>,
    pub note: Option<String>,
    pub date: Option<NaiveDate>,
}

#[derive(Debug, Clone, PartialEq, Serialize, JsonSchema)]
pub struct ForMe {
    pub goals: Vec<GoalState>,
    /// Date and words, newest first.
    pub feedback: Vec<(Option<NaiveDate>, String)>,
}

#[derive(Debug, Clone, PartialEq, Serialize, JsonSchema)]
pub struct ConcernState {
    /// Its id in the log, for `record --raised`; no copy prints it.
    #[serde(skip)]
    pub id: Option<String>,
    pub person: String,
    pub kind: NoteKind,
    pub text: String,
    pub hypothesis: Option<String>,
    pub next_step: Option<String>,
    pub date: Option<NaiveDate>,
    pub age_days: Option<i64>,
    pub raised_on: Option<NaiveDate>,
}

/// Returns highlights and learning since the last 1:1, and earlier ones whose ask is still open; newest first.
pub(super) fn notes(inputs: &Inputs, asks: &[&AskState]) -> Vec<PersonState> {
    let mut numbers: HashMap<String, u32> = HashMap::new();
    for ask in asks {
        numbers.entry(ask.id.as_str().to_ascii_lowercase()).or_insert(ask.number);
    }
    let mut notes: Vec<PersonState> = (inputs.team.people.iter())
        .filter(|note| is_good(note) && !is_closed(note, inputs.as_of()))
        .filter_map(|note| {
            let reference = note.ask.as_deref().map(|ask| ask_named(inputs, &numbers, ask));
            let open = matches!(reference, Some(AskReference::Open(_)));
            let new = inputs.is_new(&note_id(note), note.date);
            (new || open).then(|| person(note, reference))
        })
        .collect();
    notes.sort_by(|one, other| (other.date, &one.person, &one.text).cmp(&(one.date, &other.person, &other.text)));
    // A note that is only kept for its ask is dropped for a newer one about the same person and ask.
    let mut seen = std::collections::BTreeSet::new();
    notes.retain(|note| note.ask.is_none() || seen.insert((note.person.clone(), note.ask)));
    notes
}

/// What the ask field of a note refers to.
enum AskReference {
    Open(u32),
    Answered,
    /// Not an id of an ask: the text is the wish itself.
    Wish(String),
}

fn ask_named(inputs: &Inputs, numbers: &HashMap<String, u32>, name: &str) -> AskReference {
    match numbers.get(&name.trim().to_ascii_lowercase()) {
        Some(number) => AskReference::Open(*number),
        None if inputs.index.has_ask(name.trim()) => AskReference::Answered,
        None => AskReference::Wish(name.to_owned()),
    }
}

fn person(note: &PersonNote, reference: Option<AskReference>) -> PersonState {
    let (ask, wish) = match reference {
        Some(AskReference::Open(number)) => (Some(number), None),
        Some(AskReference::Wish(wish)) => (None, Some(wish)),
        Some(AskReference::Answered) | None => (None, None),
    };
    PersonState {
        date: note.date,
        person: note.person.clone(),
        kind: note.kind,
        text: note.text.clone(),
        ask,
        wish,
        before: note.before.clone(),
    }
}

fn is_good(note: &PersonNote) -> bool {
    matches!(note.kind, NoteKind::Highlight | NoteKind::Learning)
}

fn is_closed(note: &PersonNote, as_of: NaiveDate) -> bool {
    note.closed_on.is_some_and(|closed| closed <= as_of)
}

/// Returns the members without a highlight for four weeks, longest first; only for the manager.
pub(super) fn coverage(inputs: &Inputs) -> Vec<Coverage> {
    if inputs.audience != Audience::Me {
        return Vec::new();
    }
    let mut last: HashMap<String, NaiveDate> = HashMap::new();
    for (note, date) in inputs.team.people.iter().filter(|note| is_good(note)).filter_map(|it| Some((it, it.date?))) {
        let newest = last.entry(note.person.to_ascii_lowercase()).or_insert(date);
        *newest = date.max(*newest);
    }
    let mut quiet: Vec<Coverage> = (inputs.team.members.iter())
        .map(|member| {
            let last_highlight = last.get(&member.to_ascii_lowercase()).copied();
            let weeks = last_highlight.map(|date| (inputs.as_of() - date).num_days() / 7);
            Coverage { person: member.clone(), last_highlight, weeks }
        })
        .filter(|coverage| coverage.weeks.is_none_or(|weeks| weeks >= QUIET_WEEKS))
        .collect();
    quiet.sort_by(|one, other| (one.last_highlight, &one.person).cmp(&(other.last_highlight, &other.person)));
    quiet
}

/// Returns the concerns and early signals that are not closed, oldest first, so that none is forgotten.
pub(super) fn concerns(inputs: &Inputs) -> Vec<ConcernState> {
    let open = inputs.team.people.iter().filter(|note| !is_good(note) && !is_closed(note, inputs.as_of()));
    let mut concerns: Vec<ConcernState> = open
        .map(|note| ConcernState {
            id: note.id.clone(),
            person: note.person.clone(),
            kind: note.kind,
            text: note.text.clone(),
            hypothesis: note.hypothesis.clone(),
            next_step: note.next_step.clone(),
            date: note.date,
            age_days: note.date.map(|date| (inputs.as_of() - date).num_days()),
            raised_on: note.raised_on.filter(|raised| *raised <= inputs.as_of()),
        })
        .collect();
    concerns.sort_by(|one, other| {
        (one.date.is_none(), one.date, &one.person, &one.text).cmp(&(
            other.date.is_none(),
            other.date,
            &other.person,
            &other.text,
        ))
    });
    concerns
}

/// Returns the team's goals: the newest row of each, with the progress before it.
pub(super) fn goals(inputs: &Inputs) -> Vec<GoalState> {
    states(inputs, GoalOf::Team)
}

/// Returns the manager's own goals and the feedback so far, or `None` without goals.
pub(super) fn for_me(inputs: &Inputs) -> Option<ForMe> {
    let goals = states(inputs, GoalOf::Me);
    let of_mine = inputs.team.goals.iter().filter(|goal| goal.who == GoalOf::Me);
    let mut feedback: Vec<(Option<NaiveDate>, String)> =
        of_mine.filter_map(|goal| Some((goal.date, goal.feedback.clone()?))).collect();
    // The same words in a later row are the same feedback.
    feedback.sort();
    let mut heard = std::collections::BTreeSet::new();
    feedback.retain(|(_, words)| heard.insert(words.clone()));
    feedback.reverse();
    (!goals.is_empty()).then_some(ForMe { goals, feedback })
}

fn states(inputs: &Inputs, who: GoalOf) -> Vec<GoalState> {
    let mut logs: BTreeMap<String, Vec<(usize, &Goal)>> = BTreeMap::new();
    for (row, goal) in inputs.team.goals.iter().enumerate().filter(|(_, goal)| goal.who == who) {
        logs.entry(goal.goal.to_lowercase()).or_default().push((row, goal));
    }
    let mut states: Vec<(usize, GoalState)> = (logs.into_values())
        .filter_map(|mut log| {
            let (first, _) = *log.first()?;
            log.sort_by_key(|(row, goal)| std::cmp::Reverse((goal.date, *row)));
            Some((first, state(&log.into_iter().map(|(_, goal)| goal).collect::<Vec<_>>())?))
        })
        .collect();
    states.sort_by_key(|(first, _)| *first);
    states.into_iter().map(|(_, state)| state).collect()
}

/// Returns the state from the log of one goal, newest row first. An empty field keeps the value of an earlier row.
fn state(log: &[&Goal]) -> Option<GoalState> {
    let newest = log.first()?;
    let text = |field: fn(&Goal) -> &Option<String>| log.iter().find_map(|goal| field(goal).clone());
    let mut progress = log.iter().filter_map(|goal| goal.progress);
    Some(GoalState {
        goal: newest.goal.clone(),
        who: newest.who,
        horizon: text(|goal| &goal.horizon),
        target: text(|goal| &goal.target),
        progress: progress.next(),
        progress_before: progress.next(),
        note: text(|goal| &goal.note),
        date: newest.date,
    })
}
