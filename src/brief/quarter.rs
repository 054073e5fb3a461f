//! Where the quarter stands: the time line, then each objective with its burn-up, those off pace first. Where the time
//! line takes several pictures, each has its own objectives below it.
//!
//! Every late milestone prints its reason, or "no reason given"; a status that the team states and the computed one
//! stand side by side where they differ, without a judgement.

mod burnup;
mod late;
mod milestones;
mod objective;
mod objectives;
mod timeline;

use super::phrase::{Context, decimals, decimals_of, fading, flat, own_decimals};
use super::{Block, Bullet, Figure, Item, List, Priority, Section, SectionStyle, Span, WEB_ONLY};
use crate::analysis::{CloseOutcome, MilestoneState, ObjectiveState, Outcome, OutcomeVerdict, StatusCause};
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
            let table = (!analysis.elsewhere.is_empty()).then(|| Block::Table(milestones::table(context)));
            let blocks = none.blocks.into_iter().chain(elsewhere(context)).chain(table).collect();
            return Some(Section { blocks, ..none });
        }
        blocks.extend(elsewhere(context));
    } else {
        let as_agreed: Vec<&ObjectiveState> = analysis.objectives.iter().collect();
        let mut objectives = as_agreed.clone();
        objectives.sort_by_key(|objective| severity(objective));
        // In one picture as they were agreed; where it takes several, the first has those that are off pace, and the
        // others stand on the web page: the table below has a row for each.
        let several = as_agreed.len() > timeline::LANES;
        let charts = timeline::charts(context, if several { &objectives } else { &as_agreed });
        let has_lanes = charts.iter().any(Option::is_some);
        for (picture, chart) in charts.into_iter().enumerate() {
            let priority = if picture == 0 { 97 } else { WEB_ONLY };
            blocks.extend(chart.map(|chart| Block::Figure(Figure { chart, beside: Vec::new(), priority })));
        }
        blocks.extend(objectives::table(context, &objectives, has_lanes).map(Block::Table));
        let late = late::Late::of(context);
        for (rank, objective) in objectives.iter().enumerate() {
            blocks.extend(objective::blocks(context, objective, rank, &late));
        }
        blocks.extend(elsewhere(context));
        blocks.push(Block::Table(milestones::table(context)));
    }
    let title = context.say("title.quarter", &[]);
    let title = match analysis.objectives.is_empty() {
        true => title,
        false => format!("{title}{}{}", context.words.colon(), timeline::finding(context)),
    };
    Some(Section {
        id: "where the quarter stands",
        title,
        style: SectionStyle::Ruled,
        blocks,
    })
}

/// So many milestones of other quarters are named.
const ELSEWHERE: usize = 5;

/// Milestones that this quarter has no lane for, so that none goes missing: the next five that are open, and how many
/// more; how many are done or were dropped.
fn elsewhere(context: &Context) -> Option<Block> {
    let analysis = context.analysis;
    let carried = |milestone: &MilestoneState| {
        let mut now = analysis.objectives.iter().flat_map(|objective| &objective.milestones);
        now.any(|later| later.carried_from.as_ref() == Some(&milestone.id))
    };
    let is_open = |milestone: &&MilestoneState| !matches!(milestone.status, Status::Done | Status::Dropped);
    let mut open: Vec<&MilestoneState> = analysis.elsewhere.iter().filter(is_open).filter(|it| !carried(it)).collect();
    // The next due first; what nobody has touched since its date comes after what is to come.
    open.sort_by_key(|milestone| milestone.agreed.is_some_and(|agreed| agreed < analysis.as_of));
    let closed = analysis.elsewhere.iter().filter(|milestone| !is_open(milestone)).count();
    let names: Vec<String> = open.iter().take(ELSEWHERE).map(|milestone| elsewhere_item(context, milestone)).collect();
    let mut lines = Vec::new();
    if !open.is_empty() {
        let mut named = names.join(context.words.semicolon());
        if open.len() > ELSEWHERE {
            let more = context.count("quarter.elsewhere_more", open.len() - ELSEWHERE, &[("milestones", &named)]);
            named = more;
        }
        lines.push(context.count("quarter.elsewhere", open.len(), &[("milestones", &named)]));
    }
    if closed > 0 {
        lines.push(context.count("quarter.elsewhere_closed", closed, &[]));
    }
    (!lines.is_empty()).then(|| Block::Text { spans: vec![Span::quiet(lines.join(" "))], priority: 44 })
}

/// `“Beta”, agreed for 15 January 2027`; what is overdue says so.
fn elsewhere_item(context: &Context, milestone: &MilestoneState) -> String {
    let name = context.words.quote(&flat(&milestone.name));
    let Some(date) = milestone.agreed else { return name };
    let key = match date < context.analysis.as_of {
        true => "quarter.elsewhere_overdue",
        false => "quarter.elsewhere_item",
    };
    context.say(key, &[("milestone", &name), ("date", &context.day(date))])
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
        Status::NotReported => 4,
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
            matches!(
                outcome.verdict,
                OutcomeVerdict::NotMoving | OutcomeVerdict::Worse | OutcomeVerdict::BehindPath
            )
        })
}

/// `9 days late` where a milestone is late by a known number of days, else the status.
pub(super) fn status_said(context: &Context, objective: &ObjectiveState) -> String {
    match worst_late(context, objective).and_then(|milestone| context.lateness(milestone)) {
        Some(lateness) if objective.status == Status::Late && objective.because != StatusCause::Stated => lateness,
        _ => context.objective_status(objective),
    }
}

/// The milestone that is late by most.
pub(super) fn worst_late<'a>(context: &Context, objective: &'a ObjectiveState) -> Option<&'a MilestoneState> {
    let late = objective.milestones.iter().filter(|milestone| milestone.status == Status::Late);
    late.max_by_key(|milestone| context.late_by(milestone))
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
        None => decimals_of([value].into_iter(), unit),
    };
    context.quantity(value, unit, places)
}

/// What the milestone table and other detail for looking up are worth.
pub(super) const DETAIL: Priority = WEB_ONLY;
