//! The status of an objective, as all parts of the section need it.

use crate::analysis::{MilestoneState, ObjectiveState, Outcome, OutcomeVerdict, StatusCause};
use crate::brief::phrase::{Context, decimals, decimals_of, flat, own_decimals, stopped, target_decimals};
use crate::brief::signals::latest_decimals;
use crate::brief::{Priority, WEB_ONLY};
use crate::team::Status;

/// Width of the text in points; a chart takes all of it or the left part.
pub(in crate::brief) const WIDTH: f64 = 510.0;

/// Sort key that puts objectives off pace first: late, at risk, unknown, not started, on pace, ahead, done.
pub(super) fn severity(objective: &ObjectiveState) -> u8 {
    match objective.status {
        Status::Late => 0,
        Status::AtRisk => 1,
        _ if objective.milestones.iter().any(|m| m.status == Status::Late) => 2,
        _ if outcome_lags(objective) => 3,
        Status::NotReported => 4,
        Status::NotStarted => 5,
        Status::OnPace => 6,
        Status::Ahead => 7,
        Status::Done => 8,
        Status::Dropped => 9,
    }
}

/// Whether the team named it; milestones without objective are shown under the team's own name.
pub(super) fn is_named(objective: &ObjectiveState) -> bool {
    !objective.id.as_str().is_empty()
}

/// Returns the objectives that a sentence counts: those that the team named, or its milestones as a whole if it named
/// none.
pub(in crate::brief) fn counted<'a>(context: &Context<'a>) -> Vec<&'a ObjectiveState> {
    let all = context.analysis.objectives.iter().filter(|objective| objective.status != Status::Dropped);
    let (named, unnamed): (Vec<&ObjectiveState>, Vec<&ObjectiveState>) = all.partition(|it| is_named(it));
    if named.is_empty() { unnamed } else { named }
}

pub(super) fn is_off_pace(objective: &ObjectiveState) -> bool {
    severity(objective) <= 2
}

/// Whether the work is on pace but the outcome does not improve.
pub(in crate::brief) fn outcome_lags(objective: &ObjectiveState) -> bool {
    matches!(objective.status, Status::OnPace | Status::Ahead | Status::Done)
        && objective.outcome.as_ref().is_some_and(|outcome| {
            matches!(outcome.verdict, OutcomeVerdict::NotMoving | OutcomeVerdict::Worse | OutcomeVerdict::BehindPath)
        })
}

/// `9 days late` if the number of days is known, else the status.
pub(in crate::brief) fn status_text(context: &Context, objective: &ObjectiveState) -> String {
    match worst_late(context, objective).and_then(|milestone| context.lateness(milestone)) {
        Some(lateness) if objective.status == Status::Late && objective.because != StatusCause::Stated => lateness,
        _ => context.objective_status(objective),
    }
}

/// Returns the milestone that is late by the most days.
pub(in crate::brief) fn worst_late<'a>(context: &Context, objective: &'a ObjectiveState) -> Option<&'a MilestoneState> {
    let late = objective.milestones.iter().filter(|milestone| milestone.status == Status::Late);
    late.max_by_key(|milestone| context.late_by(milestone))
}

/// `Update lag 61 hours, target 24 hours`.
pub(in crate::brief) fn outcome_text(context: &Context, outcome: &Outcome) -> String {
    let name = flat(&outcome.metric);
    let value = outcome.latest.map(|value| outcome_value(context, outcome, value));
    let target = outcome.target.map(|value| outcome_value(context, outcome, value));
    match (value, target) {
        (Some(value), Some(target)) => {
            context.say("headline.outcome_target", &[("metric", &name), ("value", &value), ("target", &target)])
        }
        (Some(value), None) => context.say("headline.outcome_value", &[("metric", &name), ("value", &value)]),
        _ => name,
    }
}

/// A value of an outcome metric with the decimals of the metric's values; a target with its own decimals.
pub(super) fn outcome_value(context: &Context, outcome: &Outcome, value: f64) -> String {
    let unit = outcome.unit.as_deref();
    let places = match context.metric(&outcome.metric) {
        Some(metric) if Some(value) == outcome.target => target_decimals(metric, value),
        Some(metric) if Some(value) == metric.latest => latest_decimals(metric),
        Some(metric) => decimals(metric),
        None if Some(value) == outcome.target => own_decimals(value),
        None => decimals_of([value].into_iter(), unit),
    };
    context.quantity(value, unit, places)
}

/// Priority of the milestone table and other details for looking up.
pub(in crate::brief) const DETAIL: Priority = WEB_ONLY;

/// Whether a stated status contradicts the computed one. "On pace" does not contradict "ahead" or "not started", and
/// nothing contradicts an unknown or a done status.
pub(super) fn differs(stated: Status, computed: Status) -> bool {
    let fine = |status| matches!(status, Status::OnPace | Status::Ahead | Status::NotStarted);
    stated != computed && !matches!(computed, Status::NotReported | Status::Done) && !(fine(stated) && fine(computed))
}

/// `We say at risk; the numbers say late`, or `We say red` if only the team's word is to be added. `None` if they
/// agree, or if the status is the stated one.
pub(super) fn stated_beside(context: &Context, milestone: &MilestoneState) -> Option<String> {
    if let Some(stated) = context.unknown_word(milestone) {
        return Some(context.say("quarter.we_say", &[("stated", &stated)]));
    }
    let status = milestone.stated.filter(|_| milestone.because != StatusCause::Stated)?;
    let stated = context.stated(Some(status), milestone.stated_as);
    if differs(status, milestone.status) {
        let computed = context.status(milestone.status);
        let key = match milestone.because {
            StatusCause::AgreedDatePassed | StatusCause::OwnDateAfterAgreed => "quarter.stated_dates",
            _ => "quarter.stated",
        };
        let both = context.say(key, &[("stated", &stated), ("computed", &computed)]);
        // The odds are stated if the status depends on them.
        let odds = milestone.forecast.filter(|_| milestone.because == StatusCause::LowOdds);
        let odds = odds.and_then(|forecast| Some(context.odds(forecast.odds?, forecast.weeks)));
        return Some(match odds.filter(|_| milestone.status == Status::AtRisk) {
            Some(odds) => format!("{both} ({})", context.say("quarter.mark_odds", &[("odds", &odds)])),
            None => both,
        });
    }
    let own_word = milestone.stated_as.is_some() && milestone.status == status && status != Status::OnPace;
    own_word.then(|| context.say("quarter.we_say", &[("stated", &stated)]))
}

/// Returns how many milestones are done if nothing is reported of the others, or `None` if none is.
pub(super) fn some_reported(context: &Context, objective: &ObjectiveState) -> Option<String> {
    let ours = |milestone: &&MilestoneState| milestone.owner_team.is_none() && milestone.status != Status::Dropped;
    let all = objective.milestones.iter().filter(ours).count();
    let done = objective.milestones.iter().filter(ours).filter(|it| it.status == Status::Done).count();
    let line = context.count("quarter.some_reported", all, &[("done", &context.words.whole(done as u64))]);
    (done > 0 && objective.progress.is_none() && objective.unreported > 0).then(|| stopped(&line))
}
