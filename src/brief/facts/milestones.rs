//! Milestones as facts: late, at risk, done, ahead.

use super::super::phrase::{Basis, Context, LONG_TEXT, expected, flat, late_by};
use super::{Fact, Rank, Subject, inside, weight};
use crate::analysis::{MilestoneState, ObjectiveState, StatusCause};
use crate::team::Status;

/// From how many late milestones on they are told as one, when they are also at least half of the open ones.
const MANY: usize = 3;

pub(super) fn facts(context: &Context) -> Vec<Fact> {
    let mut facts: Vec<Fact> = context
        .analysis
        .objectives
        .iter()
        .flat_map(|objective| objective.milestones.iter().map(move |milestone| (objective, milestone)))
        .filter_map(|(objective, milestone)| fact(context, objective, milestone))
        .collect();
    facts.extend(many_late(context).into_iter().flatten());
    facts
}

fn fact(context: &Context, objective: &ObjectiveState, milestone: &MilestoneState) -> Option<Fact> {
    let weight = weight(context, &objective.id);
    let slip = milestone.slip_days.unwrap_or_default() as f64;
    let worse = milestone.slip_since_days.is_some_and(|days| days > 0);
    let since = context.analysis.since.date;
    let (rank, size, text) = match milestone.status {
        Status::Late => {
            let text = with_reason(context, slipping(context, milestone), milestone);
            (if worse { Rank::Worse } else { Rank::Crossed }, 3.0 + slip.max(0.0), text)
        }
        Status::AtRisk => {
            let odds = milestone.forecast.and_then(|forecast| forecast.odds);
            let rank = if worse { Rank::Worse } else { Rank::Crossed };
            (
                rank,
                odds.map_or(2.0, |odds| (0.7 - odds).max(0.0) * 10.0),
                with_reason(context, at_risk(context, milestone), milestone),
            )
        }
        Status::Done if milestone.done_on.is_some_and(|done| done > since) => {
            (Rank::Better, 10.0 - slip.min(9.0), done(context, milestone))
        }
        Status::Ahead => (Rank::Better, (-slip).clamp(0.0, 9.0), ahead(context, milestone)),
        _ => return None,
    };
    let new = milestone.new || worse || milestone.status == Status::Done;
    let fact = Fact::new(rank, size * weight, Subject::Milestone(milestone.id.clone()), text);
    Some(fact.of(&objective.id).new_if(new))
}

/// The sentence with its reason, where there is one and it leaves the whole readable.
fn with_reason(context: &Context, text: String, milestone: &MilestoneState) -> String {
    match milestone.reason.as_deref().map(inside) {
        Some(reason) if text.chars().count() + reason.chars().count() <= 2 * LONG_TEXT => {
            context.say("common.and_reason", &[("text", &text), ("reason", &reason)])
        }
        _ => text,
    }
}

/// How a milestone that is late or at risk stands, without its reason.
pub(super) fn stands(context: &Context, milestone: &MilestoneState) -> String {
    if milestone.status == Status::AtRisk { at_risk(context, milestone) } else { late(context, milestone) }
}

/// How late it is, and how much later than at the last 1:1, where it was late then.
fn slipping(context: &Context, milestone: &MilestoneState) -> String {
    let text = late(context, milestone);
    if context.is_out_of_sight(milestone) {
        return text;
    }
    match (milestone.slip_since_days, milestone.slip_days) {
        (Some(since @ 1..), Some(slip)) if since < slip => {
            let more = context.count("slip.grew", since, &[]);
            context.say("headline.slips_more", &[("text", &text), ("more", &more)])
        }
        _ => text,
    }
}

fn late(context: &Context, milestone: &MilestoneState) -> String {
    let name = flat(&milestone.name);
    let agreed = milestone.agreed.map(|date| context.day_long(date)).unwrap_or_default();
    if context.is_out_of_sight(milestone) {
        return context.say("headline.far", &[("milestone", &name), ("agreed", &agreed)]);
    }
    let slip = milestone.slip_days.filter(|days| *days > 0).map(|days| context.slip(days));
    match (slip, expected(milestone)) {
        // A promise that has passed is none any more.
        (Some(slip), Some((date, Basis::Promise))) if date < context.analysis.as_of => {
            context.say("headline.passed_by", &[("milestone", &name), ("agreed", &agreed), ("slip", &slip)])
        }
        (Some(slip), Some((date, basis))) => {
            let key = match basis {
                Basis::Done => "headline.done_on",
                Basis::Promise => "headline.promised",
                Basis::Forecast => "headline.lands",
                Basis::Pace => "headline.lands_pace",
            };
            context.say(key, &[("milestone", &name), ("date", &context.day_long(date)), ("slip", &slip)])
        }
        _ if milestone.because == StatusCause::AgreedDatePassed => {
            context.say("headline.passed", &[("milestone", &name), ("agreed", &agreed)])
        }
        _ if milestone.because == StatusCause::ProjectionAfterAgreed => {
            context.say("headline.late_pace", &[("milestone", &name), ("agreed", &agreed)])
        }
        _ => context.say("headline.late_unknown", &[("milestone", &name), ("agreed", &agreed)]),
    }
}

fn at_risk(context: &Context, milestone: &MilestoneState) -> String {
    let name = flat(&milestone.name);
    let agreed = milestone.agreed.map(|date| context.day_long(date)).unwrap_or_default();
    let odds = milestone.forecast.and_then(|forecast| forecast.odds);
    match (odds, milestone.progress, milestone.planned) {
        (Some(odds), ..) => {
            let odds = context.percent(odds);
            context.say("headline.odds", &[("milestone", &name), ("odds", &odds), ("agreed", &agreed)])
        }
        (None, Some(progress), Some(planned)) => {
            let (progress, planned) = (context.percent(progress), context.percent(planned));
            let places = [("milestone", name.as_str()), ("progress", &progress), ("planned", &planned)];
            context.say("headline.risk_pace", &places)
        }
        _ => context.say("headline.risk", &[("milestone", &name), ("agreed", &agreed)]),
    }
}

fn done(context: &Context, milestone: &MilestoneState) -> String {
    let name = flat(&milestone.name);
    let date = milestone.done_on.map(|date| context.day_long(date)).unwrap_or_default();
    match milestone.slip_days {
        Some(days) => {
            let slip = context.slip(days);
            context.say("headline.done_on", &[("milestone", &name), ("date", &date), ("slip", &slip)])
        }
        None => context.say("headline.done_plain", &[("milestone", &name), ("date", &date)]),
    }
}

fn ahead(context: &Context, milestone: &MilestoneState) -> String {
    let name = flat(&milestone.name);
    match (expected(milestone), milestone.slip_days) {
        (Some((date, _)), Some(days @ ..=-1)) => {
            let places = [("milestone", name.as_str()), ("date", &context.day_long(date))];
            context.count("headline.ahead", days.unsigned_abs(), &places)
        }
        _ => {
            let agreed = milestone.agreed.map(|date| context.day_long(date)).unwrap_or_default();
            context.say("headline.ahead_plain", &[("milestone", &name), ("agreed", &agreed)])
        }
    }
}

/// `5 of 7 open milestones are late, most of all …`: one sentence, when to name them one by one would hide that; and how
/// many of them have no reason.
fn many_late(context: &Context) -> Option<Vec<Fact>> {
    let open = context
        .analysis
        .objectives
        .iter()
        .flat_map(|objective| &objective.milestones)
        .filter(|milestone| !matches!(milestone.status, Status::Done | Status::Dropped));
    let open: Vec<&MilestoneState> = open.collect();
    let late: Vec<&&MilestoneState> = open.iter().filter(|milestone| milestone.status == Status::Late).collect();
    if late.len() < MANY || late.len() * 2 < open.len() {
        return None;
    }
    let worst = late.iter().max_by_key(|milestone| late_by(milestone))?;
    let (n_late, n_open) = (context.words.whole(late.len() as u64), context.words.whole(open.len() as u64));
    let (name, standing) = (flat(&worst.name), worst_standing(context, worst)?);
    let places = [("late", n_late.as_str()), ("open", &n_open), ("milestone", &name), ("standing", &standing)];
    let all = late.len() == open.len();
    let text = context.say(if all { "headline.all_late" } else { "headline.most_late" }, &places);
    let worse = late.iter().any(|milestone| milestone.slip_since_days.is_some_and(|days| days > 0));
    let rank = if worse { Rank::Worse } else { Rank::Crossed };
    let mut fact = Fact::new(rank, 1000.0 + late_by(worst) as f64, Subject::Standing, text).new_if(worse);
    fact.subjects.push(Subject::Milestone(worst.id.clone()));
    let mut facts = vec![fact];
    let unexplained = late.iter().filter(|milestone| milestone.reason.is_none()).count();
    if unexplained > MANY {
        let text = match unexplained == late.len() {
            true => context.say("headline.no_reasons_all", &[("late", &n_late)]),
            false => context.count("headline.no_reasons", unexplained, &[("late", &n_late)]),
        };
        facts.push(Fact::new(rank, 999.0, Subject::Reasons, text));
    }
    Some(facts)
}

/// `expected on 13 December, 9 days late`; None where no date is known.
fn worst_standing(context: &Context, worst: &MilestoneState) -> Option<String> {
    let slip = context.lateness(worst)?;
    if context.is_out_of_sight(worst) {
        return Some(slip);
    }
    let (date, basis) = expected(worst)?;
    let key = match basis {
        Basis::Pace => "headline.worst_pace",
        Basis::Promise if date < context.analysis.as_of => "headline.worst_passed",
        _ => "headline.worst_expected",
    };
    Some(context.say(key, &[("date", &context.day_long(date)), ("slip", &slip)]))
}
