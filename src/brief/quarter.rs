//! Where the quarter stands: the time line, then each objective with its burn-up, those off pace first. Where the time
//! line takes several pictures, each has its own objectives below it.
//!
//! Every late milestone prints its reason, or "no reason given"; a status that the team states and the computed one
//! stand side by side where they differ, without a judgement.

mod burnup;
mod milestones;
mod slip;
mod timeline;

use super::phrase::{Context, decimals, decimals_of, fading, flat, own_decimals, stopped};
use super::{ALWAYS, Block, Bullet, Figure, Item, List, Section, Setting, Span, Spans, WEB_ONLY, Worth};
use crate::analysis::{
    CloseOutcome, Elsewhere, ForecastMethod, MilestoneState, ObjectiveState, Outcome, OutcomeMove, StatusCause,
};
use crate::team::Status;

/// Width of the text in points, of which charts take all or the left part.
pub(super) const WIDTH: f64 = 500.0;

/// Late milestones that never give way; a team with more has them summed up before the pages run over.
const NEVER_CUT: usize = 12;

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
        let mut late_so_far = 0;
        for (picture, (chart, shown)) in charts.into_iter().zip(objectives.chunks(lanes)).enumerate() {
            let figure = |chart| Figure { chart, beside: Vec::new(), worth: fading(97, picture, 3) };
            blocks.extend(chart.map(figure).map(Block::Figure));
            for (lane, objective) in shown.iter().enumerate() {
                blocks.extend(told(context, objective, picture * lanes + lane, &mut late_so_far));
            }
        }
        blocks.extend(elsewhere(context));
        blocks.extend(slip::figure(context).map(Block::Figure));
        blocks.push(Block::Table(milestones::table(context)));
    }
    Some(Section {
        id: "where the quarter stands",
        title: context.say("title.quarter", &[]),
        setting: Setting::Ruled,
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
        Block::Text { spans: vec![Span::quiet(line)], worth: 44 }
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
            worth: fading(if met { 84 } else { 92 }, rank, 1),
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

/// An objective: its burn-up with the facts beside it. The late milestones stand on their own, so that they stay
/// when the rest gives way.
fn told(context: &Context, objective: &ObjectiveState, rank: usize, late_so_far: &mut usize) -> Vec<Block> {
    let off_pace = is_off_pace(objective);
    let mut beside = Vec::new();
    let mut heading = heading(context, objective);
    let (odds, spread) = forecast(context, objective).unzip();
    let outcome = lagging_outcome(context, objective).map(Span::warning);
    if off_pace {
        beside.push(Block::Text { spans: heading, worth: fading(92, rank, 2) });
        let forecast = [odds, spread.flatten()].into_iter().flatten().collect::<Vec<_>>();
        let forecast = (!forecast.is_empty()).then(|| stopped(&forecast.join(context.words.semicolon())));
        let detail: Vec<String> = progress(context, objective).into_iter().chain(forecast).collect();
        if !detail.is_empty() {
            beside.push(Block::Text { spans: vec![Span::plain(detail.join(" "))], worth: fading(88, rank, 3) });
        }
        beside.extend(outcome.map(|line| Block::Text { spans: vec![line], worth: fading(91, rank, 3) }));
    } else {
        let worth = if outcome.is_some() { fading(91, rank, 3) } else { fading(46, rank, 2) };
        let odds = odds.map(|odds| stopped(&odds));
        let told = progress(context, objective).into_iter().chain(odds).map(Span::plain).chain(outcome);
        heading.extend(told.flat_map(|span| [Span::plain(" "), span]));
        let item = Item { bullet: Bullet::None, spans: heading, worth };
        beside.push(Block::List(List {
            label: None,
            items: vec![item],
            inline: false,
            more: "objectives",
            left_out: None,
        }));
        // Of what goes well the odds are enough for paper.
        beside.extend(
            spread.flatten().map(|spread| Block::Text { spans: vec![Span::quiet(stopped(&spread))], worth: WEB_ONLY }),
        );
    }
    let mut lines: Vec<(Spans, Worth)> = Vec::new();
    let told_below =
        |milestone: &MilestoneState| (milestone.stated, milestone.status) == (objective.stated, objective.status);
    if !objective.milestones.iter().any(told_below) {
        let both = stated(context, "quarter.stated", None, objective.stated, objective.status, &objective.reason);
        lines.extend(both.map(|line| (line, fading(88, rank, 1))));
    }
    for milestone in &objective.milestones {
        if milestone.status == Status::Late {
            let worth = if *late_so_far < NEVER_CUT { ALWAYS } else { 98 };
            *late_so_far += 1;
            lines.push((late(context, milestone), worth));
        } else if milestone.status == Status::AtRisk
            && let Some(reason) = milestone.reason.as_deref().map(flat)
        {
            let name = flat(&milestone.name);
            let lead = context.say("quarter.risk_item", &[("milestone", &name)]);
            lines.push((vec![Span::strong(lead), Span::plain(format!(" {}", stopped(&reason)))], fading(86, rank, 1)));
        }
        if milestone.status != Status::Late {
            let name = flat(&milestone.name);
            let key = "quarter.stated_milestone";
            let both = stated(context, key, Some(&name), milestone.stated, milestone.status, &milestone.reason);
            lines.extend(both.map(|line| (line, fading(84, rank, 1))));
        }
    }
    beside.extend(lines.into_iter().map(|(spans, worth)| Block::Text { spans, worth }));
    match burnup::chart(context, objective) {
        Some(chart) => {
            let worth = if off_pace { fading(80, rank, 4) } else { fading(28, rank, 2) };
            vec![Block::Figure(Figure { chart, beside, worth })]
        }
        None => beside,
    }
}

/// `Supplier-risk dataset, 9 days late: “Pilot accounts can look up …” Confirmed 2 October.`
fn heading(context: &Context, objective: &ObjectiveState) -> Spans {
    let name = context.objective_in_full(objective);
    let status = status_said(context, objective);
    let mut spans = vec![Span::strong(name.clone()), Span::plain(", ")];
    let loud = matches!(objective.status, Status::Late | Status::AtRisk);
    spans.push(if loud { Span::warning(status) } else { Span::plain(status) });
    let wording = objective.wording.as_deref().map(flat).filter(|wording| *wording != name);
    if let Some(wording) = wording {
        spans.push(Span::plain(format!("{}{}", context.words.colon(), context.words.quote(&stopped(&wording)))));
    } else {
        spans.push(Span::plain("."));
    }
    if let Some(date) = objective.confirmed_on {
        let line = context.say("quarter.confirmed", &[("date", &context.day_long(date))]);
        spans.push(Span::quiet(format!(" {line}")));
    } else if objective.wording.is_none() || context.analysis.first_brief {
        spans.push(Span::quiet(format!(" {}", context.say("quarter.not_agreed_yet", &[]))));
    }
    spans
}

/// `9 days late` where a milestone is late by a known number of days, else the status.
pub(super) fn status_said(context: &Context, objective: &ObjectiveState) -> String {
    match worst_late(objective).and_then(|milestone| milestone.slip_days) {
        Some(days) if objective.status == Status::Late && days > 0 => context.slip(days),
        _ => context.status(objective.status),
    }
}

/// The late milestone that slips most.
pub(super) fn worst_late(objective: &ObjectiveState) -> Option<&MilestoneState> {
    let late = objective.milestones.iter().filter(|milestone| milestone.status == Status::Late);
    late.max_by_key(|milestone| milestone.slip_days)
}

/// `19 of 43 tasks done, 44 %; planned by now 62 %; 6 since the last 1:1.`
fn progress(context: &Context, objective: &ObjectiveState) -> Option<String> {
    let progress = context.percent(objective.progress?);
    let mut line = if objective.of > 0 {
        let done = context.words.whole(objective.done.into());
        context.count("quarter.tasks_done", objective.of, &[("done", &done), ("progress", &progress)])
    } else {
        context.say("quarter.points_done", &[("progress", &progress)])
    };
    if let Some(planned) = objective.planned {
        line += context.words.semicolon();
        line += &context.say("quarter.planned", &[("planned", &context.percent(planned))]);
    }
    if objective.done_since > 0 {
        line += context.words.semicolon();
        line += &context.count("quarter.since_done", objective.done_since, &[("since", &context.since())]);
    }
    Some(stopped(&line))
}

/// `Its outcome is not moving: Update lag 61 hours, target 24 hours.`
fn lagging_outcome(context: &Context, objective: &ObjectiveState) -> Option<String> {
    let outcome = objective.outcome.as_ref().filter(|_| outcome_lags(objective))?;
    let key = match outcome.moving {
        OutcomeMove::Worse => "quarter.outcome_worse",
        _ => "quarter.outcome_still",
    };
    Some(context.say(key, &[("outcome", &outcome_said(context, outcome))]))
}

/// Odds of the objective's last open milestone; and its dates, with what the forecast rests on. Where there are no
/// odds, the first has it all.
fn forecast(context: &Context, objective: &ObjectiveState) -> Option<(String, Option<String>)> {
    let milestone = objective.milestones.iter().rfind(|m| m.forecast.is_some() && m.done_on.is_none())?;
    let forecast = milestone.forecast?;
    let name = flat(&milestone.name);
    // Of a milestone without tasks it is progress that is carried on.
    let weeks = if milestone.tasks_all == 0 { "quarter.basis_progress" } else { "quarter.basis_weeks" };
    let mut basis = vec![context.count(weeks, forecast.weeks, &[])];
    if forecast.known_tasks_only {
        basis.push(context.say("quarter.basis_known", &[]));
    }
    if forecast.grows {
        basis.push(context.say("quarter.basis_grows", &[]));
    }
    if let (Some(record), ForecastMethod::MonteCarlo) = (context.analysis.track_record, forecast.method) {
        basis.push(context.say("quarter.basis_record", &[("held", &context.percent(record.p85_held))]));
    }
    let basis = basis.join(context.words.semicolon());
    let p50 = context.day_long(forecast.p50);
    if forecast.method == ForecastMethod::Pace {
        let pace = context.say("quarter.pace", &[("milestone", &name), ("p50", &p50), ("basis", &basis)]);
        return Some((pace, None));
    }
    let p85 = match forecast.p85 {
        Some(date) => context.say("quarter.p85", &[("date", &context.day_long(date))]),
        None => String::new(),
    };
    let spread = context.say("quarter.spread", &[("p50", &p50), ("p85", &p85), ("basis", &basis)]);
    Some(match (forecast.odds, milestone.agreed) {
        (Some(odds), Some(agreed)) => {
            let (odds, agreed) = (context.percent(odds), context.day_long(agreed));
            let places = [("milestone", name.as_str()), ("odds", &odds), ("agreed", &agreed)];
            (context.say("quarter.odds", &places), Some(spread))
        }
        _ => (context.say("quarter.half", &[("milestone", &name), ("spread", &spread)]), None),
    })
}

/// `Self-serve release, 9 days late: the search page waits …`, with what the team itself reports where that differs.
fn late(context: &Context, milestone: &MilestoneState) -> Spans {
    let name = flat(&milestone.name);
    let lead = match milestone.slip_days.filter(|days| *days > 0) {
        Some(days) => context.say("quarter.late_item", &[("milestone", &name), ("slip", &context.slip(days))]),
        None => context.say("quarter.late_item_plain", &[("milestone", &name)]),
    };
    let reason = match milestone.reason.as_deref().map(flat) {
        Some(reason) => Span::plain(stopped(&reason)),
        None => Span::warning(stopped(&context.say("common.no_reason", &[]))),
    };
    let mut spans = vec![Span::strong(lead), Span::plain(" "), reason];
    // Both dates stand on the time line.
    let mut remarks = Vec::new();
    match milestone.slip_since_days {
        Some(days @ 1..) => remarks.push(stopped(&context.count("slip.grew", days, &[]))),
        Some(days @ ..=-1) => remarks.push(stopped(&context.count("slip.shrank", days.unsigned_abs(), &[]))),
        _ => {}
    }
    remarks.extend(why_late(context, milestone));
    if let Some(stated) = milestone.stated.filter(|stated| differs(*stated, milestone.status)) {
        let places = [("stated", context.status(stated)), ("computed", context.status(milestone.status))];
        remarks.push(stopped(&context.say("quarter.stated", &places.each_ref().map(|(k, v)| (*k, v.as_str())))));
    }
    if !remarks.is_empty() {
        spans.push(Span::quiet(format!(" {}", remarks.join(" "))));
    }
    spans
}

/// What the dates alone do not explain: that its own tasks are few and wait for those before them, or that nothing but
/// the pace of the whole objective speaks.
fn why_late(context: &Context, milestone: &MilestoneState) -> Option<String> {
    let own = milestone.tasks_all.saturating_sub(milestone.tasks_done);
    match milestone.because {
        StatusCause::MedianAfterAgreed if milestone.tasks_before > own => {
            Some(context.count("quarter.waits", milestone.tasks_before, &[]))
        }
        StatusCause::ProjectionAfterAgreed => Some(context.say("quarter.by_pace", &[])),
        _ => None,
    }
}

/// Whether a stated status says something else than the computed one. A tracker's "on pace" does not contradict one
/// that is ahead or has yet to start; against what is unknown nothing can be held.
fn differs(stated: Status, computed: Status) -> bool {
    let fine = |status| matches!(status, Status::OnPace | Status::Ahead | Status::NotStarted);
    stated != computed && computed != Status::Unknown && !(fine(stated) && fine(computed))
}

/// `Reported as on pace, computed at risk: …`; nothing where they agree or nothing is known.
fn stated(
    context: &Context,
    key: &str,
    milestone: Option<&str>,
    stated: Option<Status>,
    computed: Status,
    reason: &Option<String>,
) -> Option<Spans> {
    let stated = stated.filter(|stated| differs(*stated, computed))?;
    let (stated, computed) = (context.status(stated), context.status(computed));
    let places = [("stated", stated.as_str()), ("computed", &computed), ("milestone", milestone.unwrap_or_default())];
    let reason = match reason.as_deref().map(flat) {
        Some(reason) => reason,
        None => context.say("common.no_reason", &[]),
    };
    let line = context.say("common.and_reason", &[("text", &context.say(key, &places)), ("reason", &reason)]);
    Some(vec![Span::plain(stopped(&line))])
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
pub(super) const DETAIL: Worth = WEB_ONLY;
