//! Facts about milestones: late, at risk, done, ahead.

use std::collections::BTreeMap;

use super::super::phrase::{Basis, Context, MAX_TEXT_CHARS, flat};
use super::{Fact, Rank, Subject, inside, weight};
use crate::analysis::{MilestoneState, ObjectiveState, StatusCause};
use crate::team::Status;

/// From this many late milestones on, one fact covers all of them if they are at least half of the open ones.
const MIN_GROUPED: usize = 3;
/// Largest number of days late that counts.
const MAX_DAYS: i64 = 100_000;

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
    let slip = milestone.slip_days.unwrap_or_default() as f64;
    let worse = milestone.moved_days().is_some_and(|days| days > 0);
    let since = context.analysis.since.date;
    let size = size(context, objective, milestone);
    let weight = weight(context, &objective.id);
    let mut shorter = Vec::new();
    let (rank, size, text) = match milestone.status {
        Status::Late | Status::AtRisk => {
            let text = match milestone.status {
                _ if milestone.because == StatusCause::Stated => as_stated(context, milestone),
                Status::Late => slipping(context, milestone),
                _ => at_risk(context, milestone),
            };
            let rank = if milestone.status == Status::Late { Rank::Late } else { Rank::AtRisk };
            shorter.extend([text.clone(), state_text(context, milestone)]);
            (rank, size, with_reason(context, text, milestone))
        }
        Status::Done if milestone.done_on.is_some_and(|done| done > since) => {
            (Rank::Better, (10.0 - slip.min(9.0)) * weight, done(context, milestone))
        }
        Status::Ahead if milestone.because != StatusCause::Stated => {
            (Rank::Better, (-slip).clamp(0.0, 9.0) * weight, ahead(context, milestone))
        }
        _ => return None,
    };
    let new = milestone.new || worse || milestone.status == Status::Done;
    let mut fact = Fact::new(rank, size, Subject::Milestone(milestone.id.clone()), text).or_shorter(shorter);
    // The reason of a late milestone is part of its fact; that of one at risk is in the section on the quarter.
    fact.line = fact.shorter.first().filter(|_| rank == Rank::AtRisk).cloned();
    Some(fact.of(&objective.id).about(&flat(&milestone.name)).new_if(new))
}

/// Returns the size of a fact about a milestone that is late or at risk. A late one counts its days; one that is late
/// only according to its team, and not yet due, counts less than any other late one; one at risk counts more the lower
/// its odds.
pub(super) fn size(context: &Context, objective: &ObjectiveState, milestone: &MilestoneState) -> f64 {
    let odds = milestone.forecast.and_then(|forecast| forecast.odds);
    let size = match milestone.status {
        Status::Late if milestone.because == StatusCause::Stated => 2.5,
        Status::Late => 3.0 + context.late_by(milestone).clamp(0, MAX_DAYS) as f64,
        _ => odds.map_or(2.0, |odds| (0.7 - odds).max(0.0) * 10.0),
    };
    size * weight(context, &objective.id)
}

/// Adds the reason to the sentence, if there is one and both together stay readable.
fn with_reason(context: &Context, text: String, milestone: &MilestoneState) -> String {
    match milestone.reason.as_deref().map(inside) {
        Some(reason) if text.chars().count() + reason.chars().count() <= 2 * MAX_TEXT_CHARS => {
            context.and_reason(&text, &reason)
        }
        _ => text,
    }
}

/// Says how a milestone that is late or at risk stands, without its reason.
pub(super) fn state_text(context: &Context, milestone: &MilestoneState) -> String {
    match milestone.status {
        _ if milestone.because == StatusCause::Stated => as_stated(context, milestone),
        Status::AtRisk => at_risk(context, milestone),
        _ => late(context, milestone),
    }
}

/// `Sandbox live, agreed for 27 November, is amber as stated`, if its status comes only from its team.
fn as_stated(context: &Context, milestone: &MilestoneState) -> String {
    let (name, mut status) = (flat(&milestone.name), context.stated(Some(milestone.status), milestone.stated_as));
    if let Some(values) = context.key_values(milestone) {
        status = context.say("quarter.key_beside", &[("status", &status), ("values", &values)]);
    }
    let places = [("milestone", name.as_str()), ("status", &status)];
    match milestone.agreed {
        Some(agreed) => {
            let agreed = context.due_long(milestone, agreed);
            context.say("headline.as_stated", &[&places[..], &[("agreed", &agreed)]].concat())
        }
        None => context.say("headline.as_stated_undated", &places),
    }
}

/// Says how late it is and, if it was late at the last 1:1 too, how much later than then.
fn slipping(context: &Context, milestone: &MilestoneState) -> String {
    let text = late(context, milestone);
    if context.is_out_of_sight(milestone) {
        return text;
    }
    match (milestone.moved_days(), milestone.slip_days) {
        (Some(since @ 1..), Some(slip)) if since < slip => {
            let more = context.moved_since(since);
            context.say("headline.slips_more", &[("text", &text), ("more", &more)])
        }
        _ => text,
    }
}

fn late(context: &Context, milestone: &MilestoneState) -> String {
    let name = flat(&milestone.name);
    let agreed = context.agreed_long(milestone);
    if context.is_out_of_sight(milestone) {
        return context.say("headline.far", &[("milestone", &name), ("agreed", &agreed)]);
    }
    let places = [("milestone", name.as_str()), ("agreed", &agreed)];
    match (context.lateness(milestone), context.expected(milestone)) {
        // Overdue; the forecast from its pace is stated too.
        (Some(_), Some((date, Basis::Pace))) if milestone.because == StatusCause::AgreedDatePassed => {
            context.say("headline.passed_pace", &[&places[..], &[("date", &context.day_long(date))]].concat())
        }
        (Some(slip), Some((date, basis))) => {
            let key = match basis {
                Basis::Done => "headline.done_on",
                Basis::Promise => "headline.promised",
                Basis::Forecast => "headline.lands",
                Basis::Pace => "headline.lands_pace",
            };
            let date = context.expected_long(milestone, date, basis);
            context.say(key, &[("milestone", &name), ("date", &date), ("slip", &slip)])
        }
        // Overdue, and there is no expected date.
        (Some(slip), None) => context.say("headline.passed_by", &[&places[..], &[("slip", &slip)]].concat()),
        _ if milestone.because == StatusCause::LowPace => context.say("headline.late_pace", &places),
        (None, _) if milestone.because == StatusCause::AgreedDatePassed => context.say("headline.passed", &places),
        _ => context.say("headline.late_unknown", &places),
    }
}

fn at_risk(context: &Context, milestone: &MilestoneState) -> String {
    let name = flat(&milestone.name);
    let agreed = context.agreed_long(milestone);
    let odds = milestone.forecast.and_then(|forecast| forecast.odds);
    match (odds, milestone.progress, milestone.planned) {
        _ if milestone.because == StatusCause::KeyResult => {
            let (status, values) = (context.milestone_status(milestone), context.key_values(milestone));
            let places = [("milestone", name.as_str()), ("status", &status), ("values", &values.unwrap_or_default())];
            context.say("headline.key_result", &places)
        }
        _ if milestone.because == StatusCause::OwnDateAfterAgreed => {
            let due = milestone.due.map(|due| context.due_long(milestone, due)).unwrap_or_default();
            context.say("headline.own_date", &[("milestone", &name), ("agreed", &agreed), ("date", &due)])
        }
        (Some(odds), ..) => {
            let odds = context.odds(odds, milestone.forecast.map_or(0, |forecast| forecast.weeks));
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
    match (context.expected(milestone), milestone.slip_days) {
        (Some((date, _)), Some(days @ ..=-1)) => {
            let places = [("milestone", name.as_str()), ("date", &context.day_long(date))];
            context.count("headline.ahead", days.unsigned_abs(), &places)
        }
        _ => {
            let agreed = context.agreed_long(milestone);
            context.say("headline.ahead_plain", &[("milestone", &name), ("agreed", &agreed)])
        }
    }
}

/// `, 1 red`: milestones that their team calls late before their date are named separately and not counted as late.
pub(in crate::brief) fn stated_beside_late(context: &Context, said: impl Iterator<Item = String>) -> String {
    let mut counts: BTreeMap<String, u64> = BTreeMap::new();
    said.for_each(|status| *counts.entry(status).or_default() += 1);
    counts.iter().map(|(status, n)| context.count("headline.and_stated", *n, &[("status", status)])).collect()
}

/// `5 of 7 open milestones are late, 1 red; worst: …`: one fact if separate facts would hide the extent; and one for
/// how many of them have no reason.
fn many_late(context: &Context) -> Option<Vec<Fact>> {
    let objectives = context.analysis.objectives.iter();
    let milestones = objectives.flat_map(|objective| objective.milestones.iter().map(move |one| (objective, one)));
    let open: Vec<(&ObjectiveState, &MilestoneState)> =
        milestones.filter(|(_, one)| !matches!(one.status, Status::Done | Status::Dropped)).collect();
    let late: Vec<&(&ObjectiveState, &MilestoneState)> =
        open.iter().filter(|(_, milestone)| milestone.status == Status::Late).collect();
    if late.len() < MIN_GROUPED || late.len() * 2 < open.len() {
        return None;
    }
    let (stated, late): (Vec<_>, Vec<_>) = late.into_iter().partition(|(_, one)| one.because == StatusCause::Stated);
    let (_, worst) = late.iter().max_by_key(|(_, milestone)| context.late_by(milestone))?;
    let (n_late, n_open) = (context.words.whole(late.len() as u64), context.words.whole(open.len() as u64));
    let (name, standing) = (flat(&worst.name), worst_text(context, worst)?);
    let words = stated.iter().map(|(_, one)| match one.stated_as {
        Some(word) => context.stated(None, Some(word)),
        None => context.milestone_status(one),
    });
    let beside = stated_beside_late(context, words);
    let places = [("beside", beside.as_str()), ("open", &n_open), ("milestone", &name), ("standing", &standing)];
    let all = late.len() == open.len();
    let text = context.count(if all { "headline.all_late" } else { "headline.most_late" }, late.len(), &places);
    let worse = late.iter().any(|(_, milestone)| milestone.moved_days().is_some_and(|days| days > 0));
    let rank = Rank::Late;
    // This comes before the worst milestone alone, and after an ask that moves it.
    let largest = late.iter().map(|(objective, one)| size(context, objective, one)).fold(0.0, f64::max);
    let mut fact = Fact::new(rank, largest + 0.2, Subject::Standing, text).about(&name).new_if(worse);
    fact.subjects.push(Subject::Milestone(worst.id.clone()));
    let mut facts = vec![fact];
    let unexplained = late.iter().filter(|(_, milestone)| milestone.reason.is_none()).count();
    if unexplained > MIN_GROUPED && context.no_reason().is_some() {
        let text = match unexplained == late.len() {
            true => context.say("headline.no_reasons_all", &[("late", &n_late)]),
            false => context.count("headline.no_reasons", unexplained, &[("late", &n_late)]),
        };
        facts.push(Fact::new(rank, largest + 0.1, Subject::Reasons, text));
    }
    Some(facts)
}

/// `expected on 13 December, 9 days late`, or `None` if no date is known.
fn worst_text(context: &Context, worst: &MilestoneState) -> Option<String> {
    let slip = context.lateness(worst)?;
    if context.is_out_of_sight(worst) {
        return Some(slip);
    }
    let Some((date, basis)) = context.expected(worst) else {
        return Some(context.say("headline.worst_passed", &[("slip", &slip)]));
    };
    let key = if basis == Basis::Pace { "headline.worst_pace" } else { "headline.worst_expected" };
    Some(context.say(key, &[("date", &context.expected_long(worst, date, basis)), ("slip", &slip)]))
}
