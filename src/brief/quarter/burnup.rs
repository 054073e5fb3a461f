//! The burn-up of an objective: work done and scope day by day, the plan, and the forecast.

use chrono::NaiveDate;

use super::super::phrase::{Context, clipped};
use super::WIDTH;
use crate::analysis::{Burnup, BurnupUnit, MilestoneState, ObjectiveState};
use crate::chart::{BurnupInput, Chart, Tone};
use crate::team::Status;

/// Share of the text's width that a burn-up takes; the facts are beside it.
const WIDTH_SHARE: f64 = 0.54;
const HEIGHT: f64 = 88.0;

/// Width and height of a small burn-up, in points, and maximum length of the name above it, in characters.
const SMALL_SIZE: (f64, f64) = (158.0, 60.0);
const MAX_SMALL_NAME_CHARS: usize = 20;

/// Smallest number of days for a burn-up.
const MIN_DAYS: usize = 7;

/// Returns the burn-up of an objective, or `None` without scope or before the first week is over.
pub(super) fn chart(context: &Context, objective: &ObjectiveState) -> Option<Chart> {
    Some(crate::chart::burnup(&input(context, objective)?))
}

/// Returns the small burn-up for a row of several.
pub(super) fn small(context: &Context, objective: &ObjectiveState) -> Option<Chart> {
    let input = input(context, objective)?;
    let left = Left::of(objective);
    let name = clipped(&context.objective_name(objective), MAX_SMALL_NAME_CHARS);
    let (width, height) = SMALL_SIZE;
    let places = [("objective", name), ("n", context.words.whole(left.tasks.into()))];
    let places = places.each_ref().map(|(key, value)| (*key, value.as_str()));
    let title = match left.forecast {
        Some(date) if context.is_far_off(date) => context.say("quarter.burnup_small_far", &places),
        Some(date) => context.say("quarter.burnup_small", &[&places[..], &[("forecast", &context.day(date))]].concat()),
        None => context.say("quarter.burnup_small_left", &places),
    };
    Some(crate::chart::burnup(&BurnupInput {
        title,
        width,
        height,
        scope_label: String::new(),
        band_label: String::new(),
        ..input
    }))
}

fn input(context: &Context, objective: &ObjectiveState) -> Option<BurnupInput> {
    let burnup = objective.burnup.as_ref().filter(|burnup| burnup.days.len() >= MIN_DAYS)?;
    let (today, done, scope) = *burnup.days.last()?;
    let quarter = &context.analysis.quarter;
    let number = |value: f64| context.words.number(value, usize::from(value.fract() != 0.0));
    let name = context.objective_name(objective);
    let left = Left::of(objective);
    let planned_of = (burnup.unit == BurnupUnit::Tasks).then_some(objective.planned).flatten();
    let plan_label = match planned_of.map(|planned| (planned * scope).round()) {
        Some(planned) if !burnup.plan.is_empty() => context.say("quarter.plan_label_now", &[("n", &number(planned))]),
        _ => context.say("quarter.plan_label", &[]),
    };
    let in_sight = left.forecast.filter(|date| !context.is_far_off(*date));
    Some(BurnupInput {
        title: title(context, &left, &name),
        alt: alt(context, objective, burnup, left.forecast)?,
        start: quarter.start,
        end: quarter.end,
        as_of: context.analysis.as_of,
        days: burnup.days.clone(),
        said: said(context, burnup),
        plan: burnup.plan.clone(),
        // If everything is done, there is nothing to forecast.
        band: if done < scope { burnup.band.clone() } else { Vec::new() },
        done_label: context.say("quarter.done_label", &[("n", &number(done))]),
        scope_label: context.say("quarter.scope_label", &[("n", &number(scope))]),
        plan_label,
        band_label: context.say("quarter.band_label", &[]),
        as_of_label: context.day(today),
        start_label: context.day(quarter.start),
        end_label: context.day(quarter.end),
        agreed: left.last.and_then(|milestone| {
            let agreed = milestone.agreed?;
            let date = context.due(milestone, agreed);
            let short = context.due_cell(milestone, agreed);
            Some((agreed, vec![context.say("quarter.mark_agreed", &[("agreed", &date)]), short]))
        }),
        forecast: in_sight.map(|date| (date, vec![context.day(date)])),
        tone: match objective.status {
            Status::Late | Status::AtRisk => Tone::Warning,
            _ => Tone::Plain,
        },
        width: WIDTH * WIDTH_SHARE,
        height: HEIGHT,
    })
}

/// Describes the chart in words.
fn alt(context: &Context, objective: &ObjectiveState, burnup: &Burnup, forecast: Option<NaiveDate>) -> Option<String> {
    let (today, done, scope) = *burnup.days.last()?;
    let quarter = &context.analysis.quarter;
    let number = |value: f64| context.words.number(value, usize::from(value.fract() != 0.0));
    let planned = objective.planned.map(|planned| context.percent(planned));
    let plan = planned.map(|planned| context.say("quarter.burnup_alt_plan", &[("planned", &planned)]));
    let forecast = forecast.map(|p50| match context.is_far_off(p50) {
        true => context.say("quarter.burnup_alt_far", &[]),
        false => context.say("quarter.burnup_alt_forecast", &[("date", &context.day_long(p50))]),
    });
    let unit = match burnup.unit {
        BurnupUnit::Tasks => "quarter.unit_tasks",
        BurnupUnit::Points => "quarter.unit_points",
    };
    let places = [
        ("objective", context.objective_name(objective)),
        ("start", context.day_long(quarter.start)),
        ("end", context.day_long(quarter.end)),
        ("done", number(done)),
        ("scope", number(scope)),
        ("unit", context.say(unit, &[])),
        ("today", context.day_long(today)),
        ("plan", plan.unwrap_or_default()),
        ("forecast", forecast.unwrap_or_default()),
    ];
    Some(context.say("quarter.burnup_alt", &places.each_ref().map(|(key, value)| (*key, value.as_str()))))
}

/// Returns tooltips such as `13 Nov: 30 done, 43 in scope`, a week apart, up to the newest day.
fn said(context: &Context, burnup: &Burnup) -> Vec<(NaiveDate, String)> {
    let number = |value: f64| context.words.number(value, usize::from(value.fract() != 0.0));
    let day = |&(date, done, scope): &(NaiveDate, f64, f64)| {
        let done = context.say("quarter.done_label", &[("n", &number(done))]);
        let scope = context.say("quarter.scope_label", &[("n", &number(scope))]);
        (date, format!("{}{}{done}, {scope}", context.day(date), context.words.colon()))
    };
    let mut said: Vec<(NaiveDate, String)> = burnup.days.iter().rev().step_by(7).map(day).collect();
    said.reverse();
    said
}

/// What is left of an objective, and its dates.
struct Left<'a> {
    /// Open tasks that are not paused.
    tasks: u32,
    paused: u32,
    /// Those of `tasks` that belong to no milestone, if others do.
    loose: u32,
    /// The milestone with the latest agreed date of those that have open tasks.
    last: Option<&'a MilestoneState>,
    /// The latest forecast of their milestones; `None` if some open tasks belong to no milestone with a forecast.
    forecast: Option<NaiveDate>,
}

impl<'a> Left<'a> {
    fn of(objective: &'a ObjectiveState) -> Self {
        let is_open = |milestone: &&MilestoneState| {
            !matches!(milestone.status, Status::Done | Status::Dropped) && milestone.owner_team.is_none()
        };
        let open: Vec<&MilestoneState> = objective.milestones.iter().filter(is_open).collect();
        let tasks_of = |milestone: &MilestoneState| milestone.tasks_all - milestone.tasks_done - milestone.tasks_paused;
        let tasks = objective.of.saturating_sub(objective.done).saturating_sub(objective.paused);
        let with_tasks: Vec<&MilestoneState> = open.iter().copied().filter(|it| tasks_of(it) > 0).collect();
        let forecasts = with_tasks.iter().filter_map(|it| Some((tasks_of(it), it.forecast?.p50)));
        let of_all = forecasts.clone().map(|(tasks, _)| tasks).sum::<u32>() == tasks;
        let due = if with_tasks.is_empty() { open } else { with_tasks.clone() };
        Self {
            tasks,
            paused: objective.paused,
            loose: if tasks > objective.loose { objective.loose } else { 0 },
            last: due.into_iter().filter(|it| it.agreed.is_some()).max_by_key(|it| it.agreed),
            forecast: forecasts.map(|(_, p50)| p50).max().filter(|_| of_all),
        }
    }
}

/// The finding: `Supplier-risk dataset, 12 tasks left: forecast 13 December, agreed 4 December`.
fn title(context: &Context, left: &Left, name: &str) -> String {
    let tasks = context.count("quarter.tasks_left", left.tasks, &[]);
    let agreed = left.last.map(|milestone| context.agreed_long(milestone));
    let far = left.forecast.is_some_and(|date| context.is_far_off(date));
    let forecast = left.forecast.map(|date| context.day_long(date));
    let mut places = vec![("objective", name), ("n", &tasks)];
    let key = match (&agreed, &forecast) {
        (None, _) => "quarter.burnup_title_left",
        (Some(_), None) => "quarter.burnup_title_agreed",
        (Some(_), Some(_)) if far => "quarter.burnup_title_far",
        (Some(_), Some(_)) => "quarter.burnup_title",
    };
    places.extend(agreed.as_deref().map(|date| ("agreed", date)));
    places.extend(forecast.as_deref().filter(|_| !far).map(|date| ("forecast", date)));
    let title = context.say(key, &places);
    let title = match left.loose {
        0 => title,
        loose => context.count("quarter.burnup_loose", loose, &[("title", &title)]),
    };
    match left.paused {
        0 => title,
        paused => context.count("quarter.burnup_paused", paused, &[("title", &title)]),
    }
}
