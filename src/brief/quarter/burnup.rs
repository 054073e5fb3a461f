//! The burn-up of an objective: done and scope day by day, the plan, and what the forecast's trials say.

use super::super::phrase::Context;
use super::WIDTH;
use crate::analysis::{Burnup, BurnupUnit, MilestoneState, ObjectiveState};
use crate::chart::{BurnupInput, Chart, Tone};
use crate::team::Status;

/// Share of the text's width that a burn-up takes; the facts stand beside it.
const SHARE: f64 = 0.54;
const HEIGHT: f64 = 92.0;

/// Days that a burn-up must have to show anything.
const LEAST: usize = 7;

/// None where nothing counts as scope, and none before the first week is over.
pub(super) fn chart(context: &Context, objective: &ObjectiveState) -> Option<Chart> {
    let burnup = objective.burnup.as_ref().filter(|burnup| burnup.days.len() >= LEAST)?;
    Some(crate::chart::burnup(&input(context, objective, burnup)?))
}

pub(super) fn input(context: &Context, objective: &ObjectiveState, burnup: &Burnup) -> Option<BurnupInput> {
    let (today, done, scope) = *burnup.days.last()?;
    let quarter = &context.analysis.quarter;
    let number = |value: f64| context.words.number(value, usize::from(value.fract() != 0.0));
    let name = context.objective_name(objective);
    let planned = objective.planned.map(|planned| context.percent(planned));
    let title = title(context, objective, &name);
    let plan = planned.map(|planned| context.say("quarter.burnup_alt_plan", &[("planned", &planned)]));
    let last_open = objective.milestones.iter().rfind(|m| m.forecast.is_some() && m.done_on.is_none());
    let forecast =
        last_open.and_then(|milestone| milestone.forecast).map(|forecast| match context.is_far_off(forecast.p50) {
            true => context.say("quarter.burnup_alt_far", &[]),
            false => context.say("quarter.burnup_alt_forecast", &[("date", &context.day_long(forecast.p50))]),
        });
    let unit = context.say(
        match burnup.unit {
            BurnupUnit::Tasks => "quarter.unit_tasks",
            BurnupUnit::Points => "quarter.unit_points",
        },
        &[],
    );
    let alt = context.say(
        "quarter.burnup_alt",
        &[
            ("objective", &name),
            ("start", &context.day_long(quarter.start)),
            ("end", &context.day_long(quarter.end)),
            ("done", &number(done)),
            ("scope", &number(scope)),
            ("unit", &unit),
            ("today", &context.day_long(today)),
            ("plan", plan.as_deref().unwrap_or_default()),
            ("forecast", forecast.as_deref().unwrap_or_default()),
        ],
    );
    Some(BurnupInput {
        title,
        alt,
        start: quarter.start,
        end: quarter.end,
        as_of: context.analysis.as_of,
        days: burnup.days.clone(),
        plan: burnup.plan.clone(),
        // Where all is done there is nothing to forecast.
        band: if done < scope { burnup.band.clone() } else { Vec::new() },
        done_label: context.say("quarter.done_label", &[("n", &number(done))]),
        scope_label: context.say("quarter.scope_label", &[("n", &number(scope))]),
        plan_label: context.say("quarter.plan_label", &[]),
        band_label: context.say("quarter.band_label", &[]),
        as_of_label: context.day(today),
        start_label: context.day(quarter.start),
        end_label: context.day(quarter.end),
        tone: match objective.status {
            Status::Late | Status::AtRisk => Tone::Warning,
            _ => Tone::Plain,
        },
        width: WIDTH * SHARE,
        height: HEIGHT,
    })
}

/// The finding: `Supplier-risk dataset, 12 tasks left: forecast 13 December, agreed 4 December`.
fn title(context: &Context, objective: &ObjectiveState, name: &str) -> String {
    let left = context.count("quarter.tasks_left", objective.of.saturating_sub(objective.done), &[]);
    let open = |milestone: &&MilestoneState| milestone.done_on.is_none() && milestone.owner_team.is_none();
    let last = objective.milestones.iter().filter(open).rfind(|milestone| milestone.agreed.is_some());
    let agreed = last.and_then(|last| last.agreed).map(|date| context.day_long(date));
    let forecast = last.and_then(|last| last.forecast).map(|forecast| forecast.p50);
    let far = forecast.is_some_and(|date| context.is_far_off(date));
    let forecast = forecast.map(|date| context.day_long(date));
    let mut places = vec![("objective", name), ("n", &left)];
    let key = match (&agreed, &forecast) {
        (None, _) => "quarter.burnup_title_left",
        (Some(_), None) => "quarter.burnup_title_agreed",
        (Some(_), Some(_)) if far => "quarter.burnup_title_far",
        (Some(_), Some(_)) => "quarter.burnup_title",
    };
    places.extend(agreed.as_deref().map(|date| ("agreed", date)));
    places.extend(forecast.as_deref().filter(|_| !far).map(|date| ("forecast", date)));
    context.say(key, &places)
}
