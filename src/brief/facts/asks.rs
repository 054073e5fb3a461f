//! Facts about asks: decisions with a date, and the milestones that depend on them.

use super::super::phrase::{Context, MAX_TEXT_CHARS, capital, clipped, flat};
use super::{Fact, Rank, Subject, drift, inside, milestones};
use crate::analysis::{AskState, MilestoneState, ObjectiveState};
use crate::team::{AskKind, Status};
use chrono::NaiveDate;

/// An ask without milestone or objective can be the headline only within this many days of its date.
const NEAR_DAYS: i64 = 7;

pub(super) fn facts(context: &Context) -> Vec<Fact> {
    context.analysis.asks.iter().filter_map(|ask| fact(context, ask)).collect()
}

fn fact(context: &Context, ask: &AskState) -> Option<Fact> {
    let dependent = milestone_of(context, ask).filter(|(_, m)| matches!(m.status, Status::Late | Status::AtRisk));
    let moves = dependent.is_some_and(|(_, milestone)| buys_days(ask, milestone).is_some());
    // An ask without a date is a fact only if it moves a late milestone.
    let days_left = match ask.needed_by {
        Some(needed) => (needed - context.analysis.on).num_days(),
        None if moves => i64::MAX,
        None => return None,
    };
    // Overdue asks come first, the longest overdue before the others; then the nearest date.
    let urgency = if ask.overdue { 500.0 - days_left as f64 } else { 100.0 - days_left.min(99) as f64 };
    let subject = Subject::Ask(ask.id.clone());
    let mut fact = if let Some((objective, milestone)) = dependent {
        // The latest milestone comes first, with the ask that moves it most.
        let rank = match milestone.status {
            Status::Late => Rank::Late,
            _ if ask.overdue => Rank::Overdue,
            _ if ask.effect.is_some() => Rank::AskAtRisk,
            _ => Rank::AtRisk,
        };
        let size = if rank == Rank::Overdue { urgency } else { milestones::size(context, objective, milestone) };
        let buys = ask.effect.as_ref().and_then(|effect| effect.days()).unwrap_or_default().clamp(0, 365) as f64;
        let text = with_milestone(context, ask, milestone, MAX_TEXT_CHARS, true);
        let ways = [(MAX_TEXT_CHARS, false), (70, false), (45, false)];
        let mut shorter = ways.map(|(letters, whole)| with_milestone(context, ask, milestone, letters, whole)).to_vec();
        // Before the ask's own words are clipped.
        shorter.splice(1..1, shortest(context, ask, milestone));
        let fact = Fact::new(rank, size + 0.5 + buys / 1000.0, subject, text).or_shorter(shorter);
        let mut fact = fact.about(&flat(&milestone.name));
        fact.subjects.push(Subject::Milestone(milestone.id.clone()));
        fact.title = ask_first(context, ask, milestone);
        fact
    } else if let Some((drift, text)) = drift::asked_about(context, ask) {
        let needed = context.needed_long(ask);
        let text = match &ask.shown_id {
            Some(id) => {
                let key = if ask.overdue { "headline.drift_ask_overdue" } else { "headline.drift_ask" };
                context.say(key, &[("text", &text), ("needed", &needed), ("number", &flat(id.as_str()))])
            }
            None => {
                let key = if ask.overdue { "headline.and_overdue" } else { "headline.and_decision" };
                context.say(key, &[("text", &text), ("needed", &needed), ("ask", &inside(&ask.text))])
            }
        };
        let rank = if ask.overdue { Rank::Overdue } else { Rank::Act };
        let mut fact = Fact::new(rank, urgency, subject, text);
        fact.subjects.push(drift);
        fact
    } else {
        let tied = ask.objective.is_some() || ask.milestone.is_some();
        let weighty = tied || matches!(ask.kind, Some(AskKind::Decision | AskKind::Resource));
        match ask.overdue {
            true => Fact::new(Rank::Overdue, urgency, subject, text(context, ask)),
            false if days_left <= NEAR_DAYS || weighty => Fact::new(Rank::Act, urgency, subject, text(context, ask)),
            false => Fact::new(Rank::Steady, 45.0, subject, text(context, ask)),
        }
    };
    fact.new = ask.new;
    fact.objective = ask.objective.clone().or_else(|| dependent.map(|(objective, _)| objective.id.clone()));
    Some(fact)
}

fn milestone_of<'a>(context: &Context<'a>, ask: &AskState) -> Option<(&'a ObjectiveState, &'a MilestoneState)> {
    let id = ask.effect.as_ref().map(|effect| &effect.milestone).or(ask.milestone.as_ref())?;
    context.in_lane(id)
}

/// `Self-serve release is 25 days late; “Drop supplier scoring” by 24 November moves it from about 29 to about 20
/// December`, if the effect of the ask is computed; else what is needed and by when. The ask's text is clipped to
/// `letters` characters; `whole` includes the date that the milestone moves away from.
fn with_milestone(
    context: &Context,
    ask: &AskState,
    milestone: &MilestoneState,
    letters: usize,
    whole: bool,
) -> String {
    let needed = context.needed_long(ask);
    let what = context.words.quote(&clipped(&flat(&ask.text), letters));
    if let Some((from, to)) = buys_days(ask, milestone)
        && let Some(slip) = context.lateness(milestone)
        && !ask.overdue
    {
        let from = context.day_before(from, to).unwrap_or_else(|| context.day_long(from));
        let to = context.day_long(to);
        let name = flat(&milestone.name);
        let places = [("milestone", name.as_str()), ("slip", &slip), ("ask", &what), ("needed", &needed)];
        let key = match (ask.needed_by.is_some(), whole) {
            (true, true) => "headline.moves",
            (true, false) => "headline.moves_to",
            (false, true) => "headline.moves_undated",
            (false, false) => "headline.moves_to_undated",
        };
        return context.say(key, &[&places[..], &[("from", &from), ("to", &to)]].concat());
    }
    let key = match (ask.overdue, ask.kind) {
        (true, _) => "headline.and_overdue",
        (false, Some(AskKind::Decision)) => "headline.and_decision",
        (false, Some(AskKind::Expense)) => "headline.and_expense",
        (false, Some(AskKind::Feedback)) => "headline.and_feedback",
        (false, Some(AskKind::Resource) | None) => "headline.and_resource",
    };
    let text = milestones::state_text(context, milestone);
    context.say(key, &[("text", &text), ("needed", &needed), ("ask", &what)])
}

/// `Drop supplier scoring by Tuesday and Self-serve release lands about 2 December, not 13 December`: begins with the
/// ask, if its text is a plain request and its effect is computed.
fn ask_first(context: &Context, ask: &AskState, milestone: &MilestoneState) -> Vec<String> {
    let text = flat(&ask.text);
    let days = buys_days(ask, milestone).filter(|(from, _)| !context.is_far_off(*from));
    let Some((from, to)) = days.filter(|_| !ask.overdue && context.words.says_what_to_do(&text)) else {
        return Vec::new();
    };
    let key = if ask.needed_by.is_some() { "headline.leads" } else { "headline.leads_undated" };
    let (name, needed, from_long) = (flat(&milestone.name), context.needed_long(ask), context.day_long(from));
    let ask = capital(&text);
    let places = [("ask", ask.as_str()), ("needed", &needed), ("milestone", &name), ("from", &from_long)];
    let said = |to: String| context.say(key, &[&places[..], &[("to", &to)]].concat());
    std::iter::once(context.day_long(to)).chain(context.day_before(to, from)).map(said).collect()
}

/// `Self-serve release: with “Drop supplier scoring” by Tuesday about 2, not 10 December`, and this without the day on
/// which the answer is needed: for a title that would take more than two lines.
fn shortest(context: &Context, ask: &AskState, milestone: &MilestoneState) -> Vec<String> {
    let Some((from, to)) = buys_days(ask, milestone).filter(|_| !ask.overdue) else { return Vec::new() };
    let to = context.day_before(to, from).unwrap_or_else(|| context.day_long(to));
    let (name, what, from) = (flat(&milestone.name), context.words.quote(&flat(&ask.text)), context.day_long(from));
    let needed = context.needed_long(ask);
    let places = [("milestone", name.as_str()), ("ask", &what), ("from", &from), ("to", &to)];
    let dated = [&places[..], &[("needed", &needed)]].concat();
    let dated = ask.needed_by.map(|_| context.say("headline.moves_short", &dated));
    dated.into_iter().chain([context.say("headline.moves_short_undated", &places)]).collect()
}

/// Returns the forecast dates of a late milestone without and with the ask, if computed. Effects that depend on the
/// manager's own estimate are not certain enough for a headline.
fn buys_days(ask: &AskState, milestone: &MilestoneState) -> Option<(NaiveDate, NaiveDate)> {
    let effect = ask.effect.as_ref().filter(|effect| effect.milestone == milestone.id && effect.brings.is_none())?;
    effect.days().filter(|days| *days > 0)?;
    effect.p50_from.zip(effect.p50_to).filter(|_| milestone.status == Status::Late)
}

/// Returns a sentence such as `A decision is needed by 24 November: …; if not: …`.
fn text(context: &Context, ask: &AskState) -> String {
    let needed = context.needed_long(ask);
    let ask_text = inside(&ask.text);
    let places = [("needed", needed.as_str()), ("ask", &ask_text)];
    let days_over = ask.needed_by.map_or(0, |date| (context.analysis.on - date).num_days());
    let line = if ask.overdue {
        context.count("headline.ask_overdue", days_over.max(0), &places)
    } else {
        let key = match ask.kind {
            Some(AskKind::Decision) => "headline.ask_decision",
            Some(AskKind::Expense) => "headline.ask_expense",
            Some(AskKind::Feedback) => "headline.ask_feedback",
            Some(AskKind::Resource) | None => "headline.ask_resource",
        };
        context.say(key, &places)
    };
    match &ask.if_not {
        Some(if_not) => context.say("headline.if_not", &[("text", &line), ("if_not", &inside(if_not))]),
        None => line,
    }
}
