//! Where the quarter stands: the time line, then each objective with its burn-up, those off pace first. Where the time
//! line takes several pictures, each has its own objectives below it.
//!
//! Every late milestone prints its reason, or "no reason given"; a status that the team states and the computed one
//! stand side by side where they differ, without a judgement.

mod burnup;
mod late;
mod milestones;
mod objective;
mod timeline;

use super::phrase::{Context, decimals, decimals_of, fading, flat, late_by, own_decimals};
use super::{Block, Bullet, Figure, Item, List, Priority, Section, SectionStyle, Span, WEB_ONLY};
use crate::analysis::{CloseOutcome, Elsewhere, MilestoneState, ObjectiveState, Outcome, OutcomeMove};
use crate::team::Status;

/// Width of the text in points, of which charts take all or the left part.
pub(super) const WIDTH: f64 = 510.0;

pub(super) fn section(context: &Context) -> Option<Section> {
    let analysis = context.analysis;
    let mut blocks = Vec::new();
    if !analysis.last_quarter.is_empty() {
        blocks.push(Block::List(close(context)));
    }
    if analysis.objectives.is_empty() {
        if blocks.is_empty() {
            let line = context.say("quarter.none", &[]);
            let none = Section::line("where the quarter stands", context.say("title.quarter", &[]), line);
            let blocks = none.blocks.into_iter().chain(elsewhere(context)).collect();
            return Some(Section { blocks, ..none });
        }
        blocks.extend(elsewhere(context));
    } else {
        let as_agreed: Vec<&ObjectiveState> = analysis.objectives.iter().collect();
        let mut objectives = as_agreed.clone();
        objectives.sort_by_key(|objective| severity(objective));
        // In one picture as they were agreed; where it takes several, the first has those that are off pace.
        let several = as_agreed.len() > timeline::LANES;
        let charts = timeline::charts(context, if several { &objectives } else { &as_agreed });
        let lanes = objectives.len().div_ceil(charts.len().max(1));
        let late = late::Late::of(context);
        for (picture, (chart, shown)) in charts.into_iter().zip(objectives.chunks(lanes)).enumerate() {
            let figure = |chart| Figure { chart, beside: Vec::new(), priority: fading(97, picture, 3) };
            blocks.extend(chart.map(figure).map(Block::Figure));
            for (lane, objective) in shown.iter().enumerate() {
                blocks.extend(objective::blocks(context, objective, picture * lanes + lane, &late));
            }
        }
        blocks.extend(elsewhere(context));
        blocks.push(Block::Table(milestones::table(context)));
    }
    Some(Section {
        id: "where the quarter stands",
        title: context.say("title.quarter", &[]),
        style: SectionStyle::Ruled,
        blocks,
    })
}

/// Milestones that this quarter has no lane for, so that none goes missing: `2 milestones of other quarters: …`.
fn elsewhere(context: &Context) -> Option<Block> {
    let name = |milestone: &Elsewhere| match milestone.agreed {
        Some(date) => {
            let places = [("milestone", flat(&milestone.name)), ("date", context.day(date))];
            context.say("quarter.elsewhere_item", &places.each_ref().map(|(k, v)| (*k, v.as_str())))
        }
        None => flat(&milestone.name),
    };
    let names: Vec<String> = context.analysis.elsewhere.iter().map(name).collect();
    let places = [("milestones", names.join(context.words.semicolon()))];
    let places = places.each_ref().map(|(k, v)| (*k, v.as_str()));
    (!names.is_empty()).then(|| {
        let line = context.count("quarter.elsewhere", names.len(), &places);
        Block::Text { spans: vec![Span::quiet(line)], priority: 44 }
    })
}

/// How the last quarter closed: opens the first brief of a quarter.
fn close(context: &Context) -> List {
    let items = context.analysis.last_quarter.iter().enumerate().map(|(rank, close)| {
        let outcome = context.say(
            match close.outcome {
                CloseOutcome::Met => "quarter.met",
                CloseOutcome::Part => "quarter.part",
                CloseOutcome::Not => "quarter.not",
                CloseOutcome::Carried => "quarter.carried",
            },
            &[],
        );
        let name = flat(&close.name);
        let (done, of) = (context.words.whole(close.done.into()), context.words.whole(close.of.into()));
        let places = [("objective", name.as_str()), ("outcome", &outcome), ("done", &done), ("of", &of)];
        let key = if close.of > 0 { "quarter.close_item" } else { "quarter.close_item_plain" };
        let met = close.outcome == CloseOutcome::Met;
        Item {
            bullet: if met { Bullet::Filled } else { Bullet::Hollow },
            spans: vec![Span::plain(context.say(key, &places))],
            priority: fading(if met { 84 } else { 92 }, rank, 1),
        }
    });
    List {
        label: Some(context.say("quarter.close_title", &[])),
        items: items.collect(),
        inline: false,
        more: "objectives",
        left_out: None,
    }
}

/// Off pace first: late, at risk, unknown, not started, on pace, ahead, done.
fn severity(objective: &ObjectiveState) -> u8 {
    match objective.status {
        Status::Late => 0,
        Status::AtRisk => 1,
        _ if objective.milestones.iter().any(|m| m.status == Status::Late) => 2,
        _ if outcome_lags(objective) => 3,
        Status::Unknown => 4,
        Status::NotStarted => 5,
        Status::OnPace => 6,
        Status::Ahead => 7,
        Status::Done => 8,
        Status::Dropped => 9,
    }
}

fn is_off_pace(objective: &ObjectiveState) -> bool {
    severity(objective) <= 2
}

/// The work is on pace and the outcome does not move for the better.
pub(super) fn outcome_lags(objective: &ObjectiveState) -> bool {
    matches!(objective.status, Status::OnPace | Status::Ahead | Status::Done)
        && objective.outcome.as_ref().is_some_and(|outcome| {
            outcome.met != Some(true) && matches!(outcome.moving, OutcomeMove::Still | OutcomeMove::Worse)
        })
}

/// `9 days late` where a milestone is late by a known number of days, else the status.
pub(super) fn status_said(context: &Context, objective: &ObjectiveState) -> String {
    match worst_late(objective).and_then(|milestone| context.lateness(milestone)) {
        Some(lateness) if objective.status == Status::Late => lateness,
        _ => context.status(objective.status),
    }
}

/// The milestone that is late by most.
pub(super) fn worst_late(objective: &ObjectiveState) -> Option<&MilestoneState> {
    let late = objective.milestones.iter().filter(|milestone| milestone.status == Status::Late);
    late.max_by_key(|milestone| late_by(milestone))
}

/// `Update lag 61 hours, target 24 hours`.
pub(super) fn outcome_said(context: &Context, outcome: &Outcome) -> String {
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

/// A value of an outcome metric, with as many decimals as the metric's own values take; a target as it was set.
fn outcome_value(context: &Context, outcome: &Outcome, value: f64) -> String {
    let unit = outcome.unit.as_deref();
    let places = match context.metric(&outcome.metric) {
        _ if Some(value) == outcome.target => own_decimals(value),
        Some(metric) => decimals(metric),
        None => decimals_of([value].into_iter(), unit == Some("%")),
    };
    context.quantity(value, unit, places)
}

/// What the milestone table and other detail for looking up are worth.
pub(super) const DETAIL: Priority = WEB_ONLY;
