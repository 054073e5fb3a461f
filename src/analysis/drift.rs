//! Drift: changes from what was agreed in dates, in scope, and in understanding (the wording of an objective, then and
//! now).

use std::collections::HashMap;

use chrono::NaiveDate;
use schemars::JsonSchema;
use serde::Serialize;
use similar::utils::diff_words;
use similar::{Algorithm, ChangeTag};

use super::asks::AskState;
use super::inputs::Inputs;
use super::scope::{self, Scope};
use super::snapshot_index::SnapshotIndex;
use super::states::MilestoneState;
use super::states::ObjectiveState;
use super::work::Work;
use crate::team::{About, Agreement, MilestoneId, Objective, ObjectiveId, Status};

/// One change from what was agreed.
#[derive(Debug, Clone, PartialEq, Serialize, JsonSchema)]
pub struct Drift {
    pub about: About,
    pub objective: ObjectiveId,
    pub objective_name: String,
    pub milestone: Option<MilestoneId>,
    pub milestone_name: Option<String>,
    pub detail: DriftDetail,
    /// The date on which the change was agreed; null if it was not.
    pub agreed_on: Option<NaiveDate>,
    /// Number of the open ask about it.
    pub ask: Option<u32>,
    pub new: bool,
}

#[derive(Debug, Clone, PartialEq, Serialize, JsonSchema)]
#[serde(tag = "kind", rename_all = "lowercase")]
pub enum DriftDetail {
    /// A date that moved, from the agreed one to the one promised or agreed now.
    Date {
        from: NaiveDate,
        to: NaiveDate,
    },
    Scope(Scope),
    /// The agreed wording against the current one, by word.
    Wording {
        words: Vec<WordChange>,
    },
}

#[derive(Debug, Clone, PartialEq, Eq, Serialize, JsonSchema)]
pub struct WordChange {
    pub change: Change,
    pub text: String,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, JsonSchema)]
#[serde(rename_all = "lowercase")]
pub enum Change {
    Same,
    Inserted,
    Deleted,
}

/// Returns the drift of all objectives: what nobody agreed to first.
pub(super) fn drifts(
    inputs: &Inputs,
    works: &[Work],
    (states, elsewhere): (&[ObjectiveState], &[MilestoneState]),
    asks: &[&AskState],
    last: Option<&SnapshotIndex>,
) -> Vec<Drift> {
    let mut drifts: Vec<Drift> = (works.iter().zip(states))
        .flat_map(|(work, state)| {
            let dates = state.milestones.iter().flat_map(|milestone| dates(inputs, named(state), milestone, last));
            scope_moved(inputs, work, state, last).into_iter().chain(wording_moved(inputs, work, state)).chain(dates)
        })
        .collect();
    // Of other quarters only future dates count; what is overdue there is reported elsewhere.
    for milestone in elsewhere.iter().filter(|it| it.agreed.is_some_and(|agreed| agreed >= inputs.as_of())) {
        let objective = inputs.index.milestone(&milestone.id).and_then(|own| own.objective.as_ref());
        let known = objective.and_then(|id| inputs.index.objective(id));
        drifts.extend(known.into_iter().flat_map(|it| dates(inputs, (&it.id, &it.name), milestone, last)));
    }
    let wanted = Wanted::of(asks);
    for drift in &mut drifts {
        drift.ask = wanted.about(drift);
    }
    drifts.sort_by_key(|drift| drift.agreed_on.is_some());
    drifts
}

/// The number of the first open ask that would agree to each drift or undo it.
#[derive(Default)]
struct Wanted<'a> {
    of_milestones: HashMap<(About, &'a MilestoneId), u32>,
    /// Asks that name no milestone.
    of_objectives: HashMap<(About, &'a ObjectiveId), u32>,
}

impl<'a> Wanted<'a> {
    fn of(asks: &[&'a AskState]) -> Self {
        let mut wanted = Self::default();
        for (ask, about) in asks.iter().flat_map(|ask| ask.about.iter().map(move |about| (ask, *about))) {
            match (&ask.milestone, &ask.objective) {
                (Some(id), _) => wanted.of_milestones.entry((about, id)).or_insert(ask.number),
                (None, Some(id)) => wanted.of_objectives.entry((about, id)).or_insert(ask.number),
                (None, None) => continue,
            };
        }
        wanted
    }

    fn about(&self, drift: &Drift) -> Option<u32> {
        let of_milestone = drift.milestone.as_ref().and_then(|id| self.of_milestones.get(&(drift.about, id)));
        let of_objective = self.of_objectives.get(&(drift.about, &drift.objective));
        // Numbers are in the order of the asks.
        of_milestone.into_iter().chain(of_objective).min().copied().filter(|_| drift.agreed_on.is_none())
    }
}

/// The id and the name of an objective.
type Named<'a> = (&'a ObjectiveId, &'a str);

fn named(state: &ObjectiveState) -> Named<'_> {
    (&state.id, &state.name)
}

fn drift((id, name): Named, about: About, detail: DriftDetail) -> Drift {
    Drift {
        about,
        objective: id.clone(),
        objective_name: name.to_owned(),
        milestone: None,
        milestone_name: None,
        detail,
        agreed_on: None,
        ask: None,
        new: false,
    }
}

/// Returns the drift of a milestone's dates: one that was moved with agreement, and a due date later than the agreed
/// date.
fn dates(
    inputs: &Inputs,
    objective: Named,
    milestone: &MilestoneState,
    last: Option<&SnapshotIndex>,
) -> impl Iterator<Item = Drift> {
    let of = |from: NaiveDate, to: NaiveDate| Drift {
        milestone: Some(milestone.id.clone()),
        milestone_name: Some(milestone.name.clone()),
        ..drift(objective, About::Date, DriftDetail::Date { from, to })
    };
    let first = inputs.index.milestone(&milestone.id).and_then(|own| own.original);
    let moved = first.zip(milestone.moved.last().copied()).filter(|(from, (_, to))| from != to);
    let moved = moved.map(|(from, (agreed_on, to))| Drift {
        agreed_on: Some(agreed_on),
        new: inputs.is_news(agreed_on),
        ..of(from, to)
    });
    let is_open = !matches!(milestone.status, Status::Done | Status::Dropped);
    let later = milestone.agreed.zip(milestone.due).filter(|(agreed, due)| is_open && due > agreed);
    let later = later.map(|(agreed, due)| {
        let then = last.and_then(|last| last.milestone(&milestone.id));
        Drift { new: then.is_some_and(|then| then.due != Some(due)), ..of(agreed, due) }
    });
    moved.into_iter().chain(later)
}

/// Returns the drift of an objective's scope. It counts as agreed if no addition is left that nobody agreed to.
fn scope_moved(inputs: &Inputs, work: &Work, state: &ObjectiveState, last: Option<&SnapshotIndex>) -> Option<Drift> {
    let scope = state.scope.clone().filter(|scope| scope.added + scope.dropped + scope.moved > 0)?;
    let agreed_on = (scope.unagreed == 0).then(|| scope::agreed_again_on(inputs, work)).flatten();
    let new = last.is_some_and(|last| work.scope().any(|task| last.task(&task.key).is_none()));
    Some(Drift { agreed_on, new, ..drift(named(state), About::Scope, DriftDetail::Scope(scope)) })
}

/// Compares the current wording with the agreed one; if a change was agreed, with the first.
fn wording_moved(inputs: &Inputs, work: &Work, state: &ObjectiveState) -> Option<Drift> {
    let objective = &work.objective;
    let today = objective.wording_now();
    let agreed = agreed_wording(inputs, objective)?;
    let first = objective.agreed_wording.as_deref().unwrap_or(agreed);
    let of =
        |from: &str| drift(named(state), About::Wording, DriftDetail::Wording { words: words_changed(from, today) });
    if !same_words(agreed, today) {
        return Some(of(agreed));
    }
    let agreed_on = wording_agreements(inputs, objective).map(|agreement| agreement.date).max()?;
    (!same_words(first, today)).then(|| Drift {
        agreed_on: Some(agreed_on),
        new: inputs.is_news(agreed_on),
        ..of(first)
    })
}

/// Returns the sentence as it was last agreed.
pub(super) fn agreed_wording<'r>(inputs: &'r Inputs, objective: &'r Objective) -> Option<&'r str> {
    let agreed_again = wording_agreements(inputs, objective).max_by_key(|agreement| agreement.date);
    agreed_again.and_then(|agreement| agreement.to.as_deref()).or(objective.agreed_wording.as_deref())
}

fn wording_agreements<'r>(inputs: &'r Inputs, objective: &Objective) -> impl Iterator<Item = &'r Agreement> {
    let of_objective = inputs.index.agreements_of_objective(&objective.id).iter().copied();
    of_objective.filter(|agreement| agreement.what == About::Wording && agreement.to.is_some())
}

fn same_words(one: &str, other: &str) -> bool {
    one.split_whitespace().eq(other.split_whitespace())
}

/// Returns the change from one sentence to another, by word.
fn words_changed(from: &str, to: &str) -> Vec<WordChange> {
    let change = |tag| match tag {
        ChangeTag::Equal => Change::Same,
        ChangeTag::Insert => Change::Inserted,
        ChangeTag::Delete => Change::Deleted,
    };
    let words = diff_words(Algorithm::Myers, from, to);
    words.into_iter().map(|(tag, text)| WordChange { change: change(tag), text: text.to_owned() }).collect()
}
