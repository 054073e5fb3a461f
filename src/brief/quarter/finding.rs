//! The finding in the title of the section on the quarter.

use super::super::facts::stated_beside_late;
use super::super::phrase::{Context, flat};
use super::standing::{counted, is_named};
use super::{status_text, worst_late};
use crate::analysis::{ObjectiveState, StatusCause};
use crate::team::Status;

/// Says how many objectives are late, at risk or unknown, or that all is well.
pub(super) fn finding(context: &Context) -> String {
    let objectives = counted(context);
    // Milestones without objective are added if they are late or at risk.
    let is_besides = |it: &&ObjectiveState| !is_named(it) && matches!(it.status, Status::Late | Status::AtRisk);
    let besides = context.analysis.objectives.iter().find(is_besides).filter(|_| !objectives.iter().any(is_besides));
    let finding = of_counted(context, &objectives);
    match besides {
        Some(besides) => format!("{finding}{}{}", context.words.semicolon(), named(context, besides)),
        None => finding,
    }
}

fn of_counted(context: &Context, objectives: &[&ObjectiveState]) -> String {
    let of = context.words.whole(objectives.len() as u64);
    let count = |status: Status| {
        let dated = objectives.iter().filter(|objective| !objective.because.lacks_plan());
        dated.filter(|objective| objective.status == status).count()
    };
    // An objective that is red only according to its team is not counted as late.
    let is_stated = |objective: &&&ObjectiveState| objective.because == StatusCause::Stated;
    let red = objectives.iter().filter(|objective| objective.status == Status::Late).filter(is_stated);
    let red: Vec<&ObjectiveState> = red.copied().collect();
    let beside = stated_beside_late(
        context,
        red.iter().map(|red| match red.status_as {
            Some(word) => context.stated(None, Some(word)),
            None => context.objective_status(red),
        }),
    );
    let worst = objectives
        .iter()
        .filter(|objective| objective.status == Status::Late && objective.because != StatusCause::Stated)
        .filter_map(|objective| worst_late(context, objective))
        .filter_map(|milestone| Some((milestone, context.lateness(milestone)?)))
        .max_by_key(|(milestone, _)| context.late_by(milestone));
    if let [only] = objectives {
        return named(context, only);
    }
    match (count(Status::Late) - red.len(), worst) {
        (0, _) if !red.is_empty() => {
            return context.summed(&red.iter().map(|red| named(context, red)).collect::<Vec<_>>());
        }
        (0, _) => {}
        (late, Some((worst, slip))) => {
            let places = [("of", of.as_str()), ("beside", &beside), ("milestone", &flat(&worst.name)), ("slip", &slip)];
            return context.count("quarter.timeline_title_late_most", late, &places);
        }
        (late, None) => return context.count("quarter.timeline_title_late", late, &[("of", &of), ("beside", &beside)]),
    }
    for (status, key) in
        [(Status::AtRisk, "quarter.timeline_title_risk"), (Status::NotReported, "quarter.timeline_title_not_reported")]
    {
        if count(status) > 0 {
            return context.count(key, count(status), &[("of", &of)]);
        }
    }
    if !objectives.is_empty() && count(Status::Done) == objectives.len() {
        return context.count("quarter.timeline_title_done", objectives.len(), &[]);
    }
    if count(Status::NotStarted) > 0 {
        return context.count("quarter.timeline_title_not_started", count(Status::NotStarted), &[("of", &of)]);
    }
    let undated = objectives.iter().filter(|objective| objective.because.lacks_plan());
    let undated: Vec<String> = undated.map(|objective| named(context, objective)).collect();
    if !undated.is_empty() {
        return context.summed(&undated);
    }
    let well = context.count("quarter.timeline_title_well", objectives.len(), &[]);
    if context.is_as_stated() { context.say("headline.well_as_stated", &[("text", &well)]) } else { well }
}

/// `Self-serve: red, as stated`
fn named(context: &Context, objective: &ObjectiveState) -> String {
    let places = [("objective", context.objective_name(objective)), ("status", status_text(context, objective))];
    context.say("quarter.timeline_title_one", &places.each_ref().map(|(k, v)| (*k, v.as_str())))
}
