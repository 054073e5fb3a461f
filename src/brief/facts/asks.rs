//! Asks as facts: what needs the boss and has a date, with the milestone that hangs on it.

use super::super::phrase::{Context, expected, flat};
use super::{Fact, Rank, Subject, inside, weight};
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
    let hangs = milestone_of(context, ask).filter(|(_, m)| matches!(m.status, Status::Late | Status::AtRisk));
    let unless = hangs.filter(|_| ask.if_not.is_some());
    let mut fact = match unless {
        Some((objective, milestone)) => {
            let slip = milestone.slip_days.unwrap_or_default().max(0) as f64;
            let mut fact = Fact::new(
                Rank::NeedsBoss,
                1000.0 + slip * weight(context, &objective.id),
                Subject::Ask(ask.id.clone()),
                unless_text(context, ask, milestone),
            );
            fact.subjects.push(Subject::Milestone(milestone.id.clone()));
            fact
        }
        None => {
            let tied = ask.objective.is_some()
                || ask.milestone.is_some()
                || matches!(ask.kind, Some(AskKind::Decision | AskKind::Resource));
            let rank = if ask.overdue || days_left <= NEAR || tied { Rank::NeedsBoss } else { Rank::Better };
            // Overdue before due, the longest first; then the nearest date.
            let size = if ask.overdue { 500.0 - days_left as f64 } else { 100.0 - days_left.min(99) as f64 };
            Fact::new(rank, size, Subject::Ask(ask.id.clone()), text(context, ask))
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

/// `Self-serve release lands on 13 December, 9 days late, unless this is granted by 27 November: …`
fn unless_text(context: &Context, ask: &AskState, milestone: &MilestoneState) -> String {
    let needed = ask.needed_by.map(|date| context.day_long(date)).unwrap_or_default();
    let name = flat(&milestone.name);
    let ask_text = inside(&ask.text);
    let mut places = vec![("milestone", name.as_str()), ("needed", &needed), ("ask", &ask_text)];
    let decision = matches!(ask.kind, Some(AskKind::Decision | AskKind::Feedback));
    let late = milestone.slip_days.filter(|days| *days > 0 && milestone.status == Status::Late);
    let (Some(days), Some((date, _))) = (late, expected(milestone)) else {
        let key = match (ask.overdue, decision) {
            (true, _) => "headline.ask_risk_overdue",
            (false, true) => "headline.ask_risk_decision",
            (false, false) => "headline.ask_risk_resource",
        };
        return context.say(key, &places);
    };
    let (date, slip) = (context.day_long(date), context.slip(days));
    places.extend([("date", date.as_str()), ("slip", &slip)]);
    let key = match (ask.overdue, decision) {
        (true, _) => "headline.ask_unless_overdue",
        (false, true) => "headline.ask_unless_decision",
        (false, false) => "headline.ask_unless_resource",
    };
    context.say(key, &places)
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
