//! Drift as facts: scope, wording and dates that moved, agreed again or not.

use super::super::phrase::{Context, flat, name_of};
use super::{Fact, Rank, Subject, inside, weight};
use crate::analysis::{Change, Drift, DriftDetail, Scope, WordChange};

pub(super) fn facts(context: &Context) -> Vec<Fact> {
    context.analysis.drift.iter().filter_map(|drift| fact(context, drift)).collect()
}

fn fact(context: &Context, drift: &Drift) -> Option<Fact> {
    let objective = name_of(&drift.objective_name, &drift.objective);
    let agreed = drift.agreed_on.map(|date| context.day_long(date));
    let (size, subject, text) = match &drift.detail {
        DriftDetail::Scope(scope) => (
            scope_size(scope),
            Subject::Scope(drift.objective.clone()),
            scope_text(context, &objective, scope, &agreed)?,
        ),
        DriftDetail::Wording { words } => {
            (6.0, Subject::Wording(drift.objective.clone()), wording_text(context, &objective, words, &agreed))
        }
        DriftDetail::Date { from, to } => {
            let milestone = drift.milestone_name.as_deref().map(flat).unwrap_or_else(|| objective.clone());
            let (from_said, to_said) = (context.day_long(*from), context.day_long(*to));
            let mut places = vec![("milestone", milestone.as_str()), ("from", &from_said), ("to", &to_said)];
            let text = match &agreed {
                Some(date) => {
                    places.push(("date", date));
                    context.say("headline.moved_agreed", &places)
                }
                None => context.say("headline.moved", &places),
            };
            let subject = match &drift.milestone {
                Some(id) => Subject::Milestone(id.clone()),
                None => Subject::Standing,
            };
            ((*to - *from).num_days().abs() as f64, subject, text)
        }
    };
    let since = context.analysis.since.date;
    let rank = match drift.agreed_on {
        None if drift.new && !context.analysis.first_brief => Rank::Worse,
        None => Rank::Crossed,
        // Agreed again and known since before the last 1:1: no news.
        Some(date) if date < since => return None,
        Some(_) => Rank::Steady,
    };
    let text = match (drift.agreed_on, drift.ask) {
        (None, Some(ask)) => {
            let number = context.words.whole(ask.into());
            context.say("common.see_ask", &[("text", &text), ("number", &number)])
        }
        _ => text,
    };
    let size = size * weight(context, &drift.objective);
    Some(Fact::new(rank, size, subject, text).of(&drift.objective).new_if(drift.new))
}

/// A scope that doubled without agreement weighs as much as a slip of thirty days.
fn scope_size(scope: &Scope) -> f64 {
    30.0 * f64::from(scope.unagreed) / f64::from(scope.baseline.max(1))
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
