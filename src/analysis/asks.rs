//! Asks: what is needed from the boss, what teams need from each other, and the outcome of past decisions.

use chrono::{Days, NaiveDate};
use schemars::JsonSchema;
use serde::Serialize;

use super::effect::{Effect, Effects};
use super::inputs::Inputs;
use super::news::{agreement_id, answer_id, delivery_id};
use super::snapshot_index::SnapshotIndex;
use super::workload::Trials;
use crate::redact::Audience;
use crate::team::{About, Agreement, Ask, AskId, AskKind, AskStatus, MilestoneId, ObjectiveId, Stage};

/// An ask to another team is shown to the boss if it is needed within this time.
const URGENT_WITHIN: Days = Days::new(7);

#[derive(Debug, Clone, PartialEq, Serialize, JsonSchema)]
pub struct AskState {
    /// Its number in this copy, from 1, in order of urgency.
    pub number: u32,
    /// Its id, which `record` accepts; null in a forwardable copy.
    #[serde(rename = "id")]
    pub shown_id: Option<AskId>,
    #[serde(skip)]
    pub id: AskId,
    pub kind: Option<AskKind>,
    pub text: String,
    pub why: Option<String>,
    pub recommendation: Option<String>,
    pub alternative: Option<String>,
    pub if_not: Option<String>,
    /// What it brings, as written.
    pub gives: Option<String>,
    pub about: Vec<About>,
    pub objective: Option<ObjectiveId>,
    pub milestone: Option<MilestoneId>,
    #[serde(rename = "from_team")]
    pub needed_from: Option<String>,
    #[serde(rename = "to_team")]
    pub we_owe: Option<String>,
    pub needed_by: Option<NaiveDate>,
    /// `needed_by` as written, if it is a week, a month or a quarter.
    #[serde(skip)]
    pub needed_period: Option<String>,
    pub stage: Stage,
    pub status: AskStatus,
    pub asked_on: Option<NaiveDate>,
    /// Days since `asked_on` at as-of; null without `asked_on`.
    pub age_days: Option<i64>,
    /// Whether the last snapshot does not contain it.
    pub new: bool,
    /// Whether `needed_by` has passed.
    pub overdue: bool,
    /// Effect of granting it on a milestone; null if there is no considerable one.
    pub effect: Option<Effect>,
}

/// A decision of the boss, and its outcome.
#[derive(Debug, Clone, PartialEq, Serialize, JsonSchema)]
pub struct Decided {
    /// Text of the ask, or name of the milestone or objective of an agreement.
    pub text: String,
    pub date: NaiveDate,
    pub outcome: DecidedOutcome,
    /// The boss's words, if recorded.
    pub answer: Option<String>,
    /// The day on which a resource or an expense was delivered; null for a decision.
    pub delivered_on: Option<NaiveDate>,
    /// Whether it was granted but is not delivered yet.
    pub owed: bool,
    pub ask: Option<AskId>,
    /// What an agreement was about.
    pub about: Option<About>,
    /// The agreed date, for an agreement about a date.
    pub to: Option<NaiveDate>,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, JsonSchema)]
#[serde(rename_all = "lowercase")]
pub enum DecidedOutcome {
    Granted,
    Declined,
    Agreed,
}

/// Returns the open asks, most urgent first and numbered: those for the boss, then those between teams. None is in
/// both.
pub(super) fn open(
    inputs: &Inputs,
    last: Option<&SnapshotIndex>,
    effects: &Effects,
    trials: &mut Trials,
) -> (Vec<AskState>, Vec<AskState>) {
    let mut open: Vec<&Ask> = inputs.team.asks.iter().filter(|ask| ask.status == AskStatus::Open).collect();
    // Needed soonest first, then open longest.
    open.sort_by_key(|ask| (ask.needed_by.is_none(), ask.needed_by, ask.asked_on.is_none(), ask.asked_on, &ask.id));
    let (boss, teams): (Vec<&Ask>, Vec<&Ask>) = open.into_iter().partition(|ask| is_for_boss(ask, inputs.as_of()));
    let mut numbered = (1..).zip(boss.iter().chain(&teams)).map(|(number, ask)| {
        let effect = effects.of(ask, trials);
        AskState { effect, ..state(inputs, ask, number, last) }
    });
    let boss = numbered.by_ref().take(boss.len()).collect();
    (boss, numbered.collect())
}

/// Maximum number of asks, the most urgent ones, in the joint effect.
const MAX_TOGETHER: usize = 20;

/// Returns the joint effect of all asks that have an effect, on the milestone that the most urgent of them moves.
pub(super) fn all_granted(
    inputs: &Inputs,
    asks: &[AskState],
    effects: &Effects,
    trials: &mut Trials,
) -> Option<Effect> {
    let with_effect = asks.iter().filter(|ask| ask.effect.is_some());
    let asks: Vec<&Ask> = with_effect.take(MAX_TOGETHER).filter_map(|state| inputs.index.ask(&state.id)).collect();
    if asks.len() < 2 { None } else { effects.of_all(&asks, trials) }
}

/// Whether an ask is for the boss. One that another team makes to us is not. One that we make to another team is, until
/// it was raised there, and again when it becomes urgent.
fn is_for_boss(ask: &Ask, as_of: NaiveDate) -> bool {
    let urgent = ask.needed_by.is_some_and(|date| date <= as_of + URGENT_WITHIN);
    ask.we_owe.is_none() && (ask.needed_from.is_none() || ask.stage == Stage::Private || urgent)
}

fn state(inputs: &Inputs, ask: &Ask, number: u32, last: Option<&SnapshotIndex>) -> AskState {
    let as_of = inputs.as_of();
    let asked_since = || ask.asked_on.is_some_and(|asked| inputs.is_news(asked));
    AskState {
        number,
        shown_id: (inputs.audience != Audience::Shared).then(|| ask.id.clone()),
        id: ask.id.clone(),
        kind: ask.kind,
        text: ask.text.clone(),
        why: ask.why.clone(),
        recommendation: ask.recommendation.clone(),
        alternative: ask.alternative.clone(),
        if_not: ask.if_not.clone(),
        gives: ask.gives.clone(),
        about: ask.about.clone(),
        objective: ask.objective.clone(),
        milestone: ask.milestone.clone(),
        needed_from: ask.needed_from.clone(),
        we_owe: ask.we_owe.clone(),
        needed_by: ask.needed_by,
        needed_period: ask.needed_period.clone(),
        stage: ask.stage,
        status: ask.status,
        asked_on: ask.asked_on,
        age_days: ask.asked_on.map(|asked| (as_of - asked).num_days()),
        // An old ask that was logged late is not new.
        new: ask.asked_on.is_none_or(|on| inputs.is_recent(on))
            && last.map_or_else(asked_since, |last| !last.has_ask(ask)),
        overdue: ask.needed_by.is_some_and(|date| date < as_of),
        effect: None,
    }
}

/// Returns the boss's decisions since the last brief, newest first, and everything granted but not delivered.
///
/// An agreement that only repeats a granted ask is left out.
pub(super) fn decided(inputs: &Inputs) -> Vec<Decided> {
    let answered = inputs.team.asks.iter().filter_map(|ask| answered(inputs, ask));
    let is_new = |agreement: &Agreement| {
        agreement.date == inputs.since.date || inputs.is_new(&agreement_id(agreement), Some(agreement.date))
    };
    let agreed = inputs.team.agreements.iter().filter(|it| is_new(it) && !inputs.index.repeats_a_granted_ask(it));
    let mut decided: Vec<Decided> =
        answered.chain(agreed.filter_map(|agreement| agreed_about(inputs, agreement))).collect();
    decided.sort_by(|one, other| {
        other.date.cmp(&one.date).then_with(|| (&one.ask, &one.text).cmp(&(&other.ask, &other.text)))
    });
    decided
}

fn answered(inputs: &Inputs, ask: &Ask) -> Option<Decided> {
    let outcome = match ask.status {
        AskStatus::Open | AskStatus::Withdrawn => return None,
        AskStatus::Granted => DecidedOutcome::Granted,
        AskStatus::Declined => DecidedOutcome::Declined,
    };
    let date = ask.answered_on.or(ask.asked_on).filter(|date| *date <= inputs.as_of())?;
    // Only resources and expenses are delivered; a decision is complete when it is granted.
    let to_deliver = matches!(ask.kind, Some(AskKind::Resource | AskKind::Expense));
    let owed = outcome == DecidedOutcome::Granted && ask.delivered_on.is_none() && to_deliver;
    let delivered = ask.delivered_on.filter(|_| to_deliver);
    let delivered_lately = delivered.is_some_and(|date| inputs.is_new(&delivery_id(ask), Some(date)));
    // A decision made at the last 1:1 is included, even if the snapshot of that day already has it.
    let answered_lately = date == inputs.since.date || inputs.is_new(&answer_id(ask), Some(date));
    (answered_lately || owed || delivered_lately).then(|| Decided {
        text: ask.text.clone(),
        date,
        outcome,
        answer: ask.answer.clone(),
        delivered_on: delivered,
        owed,
        // Ids are for recording; a forwardable copy has none.
        ask: (inputs.audience != Audience::Shared).then(|| ask.id.clone()),
        about: None,
        to: None,
    })
}

/// Returns `None` if the agreement is about something that this copy may not name.
fn agreed_about(inputs: &Inputs, agreement: &Agreement) -> Option<Decided> {
    let text = match (&agreement.milestone, &agreement.objective) {
        (Some(id), _) => inputs.index.milestone(id).filter(|milestone| !milestone.withheld)?.name.clone(),
        (None, Some(id)) => inputs.index.objective(id).map_or_else(|| id.0.clone(), |objective| objective.name.clone()),
        (None, None) => inputs.team.name.clone(),
    };
    Some(Decided {
        text,
        date: agreement.date,
        outcome: DecidedOutcome::Agreed,
        answer: None,
        delivered_on: None,
        owed: false,
        ask: None,
        about: Some(agreement.what),
        to: agreement.to_date,
    })
}
