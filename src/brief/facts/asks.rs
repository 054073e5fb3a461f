//! Asks as facts: what needs the boss and has a date, with the milestone that hangs on it.

use super::super::phrase::{Context, flat};
use super::{Fact, Rank, Subject, drift, inside, milestones, weight};
use crate::analysis::{AskState, MilestoneState, ObjectiveState};
use crate::team::{AskKind, Status};

/// An ask that is tied to nothing takes the headline only when it is needed within this many days.
const NEAR: i64 = 7;

pub(super) fn facts(context: &Context) -> Vec<Fact> {
    context.analysis.asks.iter().filter_map(|ask| fact(context, ask)).collect()
}

fn fact(context: &Context, ask: &AskState) -> Option<Fact> {
    let needed = ask.needed_by?;
    let days_left = (needed - context.analysis.on).num_days();
    // Overdue before due, the longest first; then the nearest date.
    let urgency = if ask.overdue { 500.0 - days_left as f64 } else { 100.0 - days_left.min(99) as f64 };
    let subject = Subject::Ask(ask.id.clone());
    let hangs = milestone_of(context, ask).filter(|(_, m)| matches!(m.status, Status::Late | Status::AtRisk));
    let mut fact = if let Some((objective, milestone)) = hangs {
        let slip = milestone.slip_days.unwrap_or_default().max(0) as f64 * weight(context, &objective.id);
        let mut fact = Fact::new(Rank::NeedsBoss, 1000.0 + slip, subject, hanging(context, ask, milestone));
        fact.subjects.push(Subject::Milestone(milestone.id.clone()));
        fact
    } else if let Some((drift, text)) = drift::asked_about(context, ask) {
        let needed = context.day_long(needed);
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
        let mut fact = Fact::new(Rank::NeedsBoss, urgency, subject, text);
        fact.subjects.push(drift);
        fact
    } else {
        let tied = ask.objective.is_some() || ask.milestone.is_some();
        let weighty = tied || matches!(ask.kind, Some(AskKind::Decision | AskKind::Resource));
        if ask.overdue || days_left <= NEAR || weighty {
            Fact::new(Rank::NeedsBoss, urgency, subject, text(context, ask))
        } else {
            Fact::new(Rank::Steady, 45.0, subject, text(context, ask))
        }
    };
    fact.new = ask.new;
    fact.objective = ask.objective.clone().or_else(|| hangs.map(|(objective, _)| objective.id.clone()));
    Some(fact)
}

fn milestone_of<'a>(context: &Context<'a>, ask: &AskState) -> Option<(&'a ObjectiveState, &'a MilestoneState)> {
    let id = ask.milestone.as_ref()?;
    context
        .analysis
        .objectives
        .iter()
        .flat_map(|objective| objective.milestones.iter().map(move |milestone| (objective, milestone)))
        .find(|(_, milestone)| milestone.id == *id)
}

/// `Self-serve release is forecast for 13 December, 9 days late, unless we get a front-end developer by 27 November`
///
/// "Unless" needs the ask's own word on what happens if not, and a date that can still be met.
fn hanging(context: &Context, ask: &AskState, milestone: &MilestoneState) -> String {
    let needed = ask.needed_by.map(|date| context.day_long(date)).unwrap_or_default();
    let open = milestone.status == Status::AtRisk
        || context.expected(milestone).is_some_and(|(date, _)| date >= context.analysis.as_of);
    let what = inside(&ask.text);
    let thing = context.words.thing_within(&what);
    let key = match (ask.if_not.is_some() && open, ask.overdue, ask.kind) {
        (true, true, _) => "headline.unless_overdue",
        (true, false, Some(AskKind::Decision | AskKind::Feedback)) => "headline.unless_decision",
        (true, false, _) if thing.is_some() => "headline.unless_thing",
        (true, false, _) => "headline.unless_resource",
        (false, true, _) => "headline.and_overdue",
        (false, false, Some(AskKind::Decision)) => "headline.and_decision",
        (false, false, Some(AskKind::Expense)) => "headline.and_expense",
        (false, false, Some(AskKind::Feedback)) => "headline.and_feedback",
        (false, false, Some(AskKind::Resource) | None) => "headline.and_resource",
    };
    let text = milestones::stands(context, milestone);
    let what = if key == "headline.unless_thing" { thing.unwrap_or(what) } else { what };
    context.say(key, &[("text", &text), ("needed", &needed), ("ask", &what)])
}

/// `A decision is needed by 24 November: …; if not: …`
fn text(context: &Context, ask: &AskState) -> String {
    let needed = ask.needed_by.map(|date| context.day_long(date)).unwrap_or_default();
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
