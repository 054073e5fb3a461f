//! The burn-up of an objective: done and scope day by day, the plan, and what the forecast's trials say.

use super::super::phrase::Context;
use super::WIDTH;
use crate::analysis::{Burnup, BurnupUnit, ObjectiveState};
use crate::chart::{BurnupInput, Chart, Tone};
use crate::team::Status;

/// Share of the text's width that a burn-up takes; the facts stand beside it.
const SHARE: f64 = 0.32;

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
    let share = objective.progress.or((scope > 0.0).then(|| done / scope))?;
    let progress = context.percent(share);
    let planned = objective.planned.map(|planned| context.percent(planned));
    let title = match &planned {
        Some(planned) => {
            context.say("quarter.burnup_title", &[("objective", &name), ("progress", &progress), ("planned", planned)])
        }
        None => context.say("quarter.burnup_title_plain", &[("progress", &progress)]),
    };
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
    let width = WIDTH * SHARE;
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
        width,
        height: width * 0.5,
    })
}
