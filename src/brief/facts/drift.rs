//! Facts about drift: scope, wording and dates that changed, agreed again or not.

use super::super::phrase::{Context, flat, name_of};
use super::{Fact, Rank, Subject, inside, weight};
use crate::analysis::{AskState, Change, Drift, DriftDetail, Scope, WordChange};

pub(super) fn facts(context: &Context) -> Vec<Fact> {
    context.analysis.drift.iter().filter_map(|drift| fact(context, drift)).collect()
}

fn fact(context: &Context, drift: &Drift) -> Option<Fact> {
    let since = context.analysis.since.date;
    let rank = match drift.agreed_on {
        None if drift.new && !context.analysis.first_brief => Rank::Worse,
        None => Rank::Crossed,
        // A change agreed again before the last 1:1 is not news.
        Some(date) if date < since => return None,
        Some(_) => Rank::Steady,
    };
    let mut text = text(context, drift)?;
    if drift.agreed_on.is_none()
        && let Some(number) = drift.ask.and_then(|number| context.ask_id(number))
    {
        text = context.say("common.see_ask", &[("text", &text), ("number", &number)]);
    }
    // The boss knows about a change that was agreed again, but it comes before what is merely next.
    let size = if rank == Rank::Steady { 15.0 } else { size(drift) * weight(context, &drift.objective) };
    let name = drift.milestone_name.as_deref().map(flat);
    let name = name.unwrap_or_else(|| name_of(&drift.objective_name, &drift.objective));
    Some(Fact::new(rank, size, subject(drift), text).of(&drift.objective).about(&name).new_if(drift.new))
}

/// Returns the open drift that an ask wants to have agreed, with its sentence.
pub(super) fn asked_about(context: &Context, ask: &AskState) -> Option<(Subject, String)> {
    let mut open = context.drifts_asked_about(ask.number).iter().filter(|drift| drift.agreed_on.is_none());
    let drift = open.find(|drift| ask.about.contains(&drift.about))?;
    Some((subject(drift), text(context, drift)?))
}

/// Returns the subject of a drift's fact.
pub(in crate::brief) fn subject(drift: &Drift) -> Subject {
    match (&drift.detail, &drift.milestone) {
        (DriftDetail::Scope(_), _) => Subject::Scope(drift.objective.clone()),
        (DriftDetail::Wording { .. }, _) => Subject::Wording(drift.objective.clone()),
        (DriftDetail::Date { .. }, Some(milestone)) => Subject::Milestone(milestone.clone()),
        (DriftDetail::Date { .. }, None) => Subject::Standing,
    }
}

/// Returns the size in days: a scope that doubled without agreement counts as a slip of thirty days.
fn size(drift: &Drift) -> f64 {
    match &drift.detail {
        DriftDetail::Scope(scope) => 30.0 * f64::from(scope.unagreed) / f64::from(scope.baseline.max(1)),
        DriftDetail::Wording { .. } => 6.0,
        DriftDetail::Date { from, to } => (*to - *from).num_days().abs() as f64,
    }
}

/// Returns the sentence about a drift, if there is one.
fn text(context: &Context, drift: &Drift) -> Option<String> {
    let objective = name_of(&drift.objective_name, &drift.objective);
    let agreed = drift.agreed_on.map(|date| context.day_long(date));
    match &drift.detail {
        DriftDetail::Scope(scope) => scope_text(context, &objective, scope, &agreed),
        DriftDetail::Wording { words } => Some(wording_text(context, &objective, words, &agreed)),
        DriftDetail::Date { from, to } => {
            let milestone = drift.milestone_name.as_deref().map(flat).unwrap_or(objective);
            let of = drift.milestone.as_ref().and_then(|id| context.any_milestone(id));
            let day = |date| of.map_or_else(|| context.day_long(date), |of| context.due_long(of, date));
            let (from, to) = (day(*from), day(*to));
            let mut places = vec![("milestone", milestone.as_str()), ("from", &from), ("to", &to)];
            Some(match &agreed {
                Some(date) => {
                    places.push(("date", date));
                    context.say("headline.moved_agreed", &places)
                }
                None => context.say("headline.moved", &places),
            })
        }
    }
}

fn scope_text(context: &Context, objective: &str, scope: &Scope, agreed: &Option<String>) -> Option<String> {
    let added = context.words.whole(scope.added.into());
    let since = context.day_long(scope.agreed_on);
    let mut places = vec![("objective", objective), ("added", &added)];
    Some(match agreed {
        Some(date) => {
            places.push(("date", date));
            context.count("headline.scope_agreed", scope.added, &places)
        }
        None => {
            places.push(("date", &since));
            match scope.unagreed {
                0 => return None,
                n if n == scope.added => context.count("headline.scope_all", n, &places),
                n => context.count("headline.scope_some", n, &places),
            }
        }
    })
}

fn wording_text(context: &Context, objective: &str, words: &[WordChange], agreed: &Option<String>) -> String {
    if let Some(date) = agreed {
        return context.say("headline.wording_agreed", &[("objective", objective), ("date", date)]);
    }
    let now: Vec<&str> = words.iter().filter(|w| w.change != Change::Deleted).map(|w| w.text.trim()).collect();
    let now = context.words.quote(&inside(&now.join(" ")));
    context.say("headline.wording", &[("objective", objective), ("wording", &now)])
}
