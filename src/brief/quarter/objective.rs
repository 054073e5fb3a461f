//! What is told of one objective: its burn-up, and beside it how it stands, what it is forecast, what is late and why,
//! and where the team reports something else.

use chrono::NaiveDate;

use super::super::phrase::{Context, fading, flat, stopped};
use super::super::{Block, Bullet, Figure, Item, List, Priority, Span, Spans, WEB_ONLY};
use super::late::Late;
use super::standing::{differs, stated_beside};
use super::{burnup, is_off_pace, outcome_lags, outcome_said, status_said};
use crate::analysis::{ForecastMethod, MilestoneState, ObjectiveState, OutcomeVerdict, StatusCause};
use crate::team::Status;

/// An objective: its burn-up with the facts beside it. The late milestones stand on their own, so that they stay
/// when the rest gives way.
pub(super) fn blocks(context: &Context, objective: &ObjectiveState, rank: usize, late: &Late) -> Vec<Block> {
    let off_pace = is_off_pace(objective);
    let chart = burnup::chart(context, objective);
    let mut heading = heading(context, objective);
    let (odds, spread) = forecast(context, objective).unzip();
    let spread = spread.flatten();
    let outcome = lagging_outcome(context, objective).map(Span::warning);
    let progress = progress(context, objective);
    let mut more = Vec::new();
    let priority = if off_pace {
        let forecast = [odds, spread].into_iter().flatten().collect::<Vec<_>>();
        let forecast = (!forecast.is_empty()).then(|| stopped(&forecast.join(context.words.semicolon())));
        let detail: Vec<String> = progress.into_iter().chain(forecast).collect();
        let detail = (!detail.is_empty()).then(|| Span::plain(detail.join(" ")));
        let parts = [(detail, fading(88, rank, 3)), (outcome, fading(91, rank, 3))];
        more.extend(parts.into_iter().filter_map(|(span, priority)| Some((span?, priority))));
        fading(92, rank, 2)
    } else {
        // Its row in the table, and its lane, are enough for paper.
        let priority = WEB_ONLY;
        let odds = odds.map(|odds| stopped(&odds));
        let told = progress.into_iter().chain(odds).map(Span::plain).chain(outcome);
        heading.extend(told.flat_map(|span| [Span::plain(" "), span]));
        // Of what goes well the odds are enough for paper.
        more.extend(spread.map(|spread| (Span::quiet(stopped(&spread)), WEB_ONLY)));
        priority
    };
    // Lines that do not name the objective go with its heading: as one with it, where no chart holds them together.
    if chart.is_none() && off_pace {
        heading.extend(more.drain(..).flat_map(|(span, _)| [Span::plain(" "), span]));
    }
    let items = vec![Item { bullet: Bullet::None, spans: heading, priority }];
    let mut beside = vec![Block::List(List { label: None, items, inline: false, more: "objectives", left_out: None })];
    beside.extend(more.into_iter().map(|(span, priority)| Block::Text { spans: vec![span], priority }));
    beside.extend(late.blocks(context, objective, rank));
    let mut lines: Vec<(Spans, Priority)> = Vec::new();
    let told_below =
        |milestone: &MilestoneState| (milestone.stated, milestone.status) == (objective.stated, objective.status);
    if objective.because != StatusCause::Stated && !objective.milestones.iter().any(told_below) {
        let stated = objective.stated.filter(|stated| differs(*stated, objective.status));
        let both = stated.map(|stated| {
            let places = [
                ("stated", context.stated(Some(stated), objective.stated_as)),
                ("computed", context.status(objective.status)),
            ];
            context.say("quarter.stated", &places.each_ref().map(|(k, v)| (*k, v.as_str())))
        });
        lines.extend(both.map(|line| (with_reason(context, line, &objective.reason), fading(88, rank, 1))));
    }
    for milestone in &objective.milestones {
        let name = flat(&milestone.name);
        let is_stated = milestone.because == StatusCause::Stated;
        if milestone.status == Status::AtRisk && (is_stated || milestone.reason.is_some()) {
            let status = context.milestone_status(milestone);
            let lead = context.say("quarter.status_item", &[("milestone", &name), ("status", &status)]);
            let reason = milestone.reason.as_deref().map_or_else(|| context.say("common.no_reason", &[]), flat);
            lines.push((vec![Span::strong(lead), Span::plain(format!(" {}", stopped(&reason)))], fading(86, rank, 1)));
        } else if is_stated
            && milestone.status != Status::Late
            && let Some(reason) = milestone.reason.as_deref().map(flat)
        {
            let status = context.milestone_status(milestone);
            let lead = context.say("quarter.status_item", &[("milestone", &name), ("status", &status)]);
            lines.push((vec![Span::plain(format!("{lead} {}", stopped(&reason)))], fading(60, rank, 1)));
        }
        if milestone.status != Status::Late
            && let Some(both) = stated_beside(context, milestone)
        {
            let line = context.say("quarter.stated_milestone", &[("milestone", &name), ("stated", &both)]);
            lines.push((with_reason(context, line, &milestone.reason), fading(84, rank, 1)));
        }
        lines.extend(open_tasks(context, milestone).map(|line| (vec![Span::plain(line)], fading(84, rank, 1))));
    }
    if !lines.is_empty() {
        let items = lines.into_iter().map(|(spans, priority)| Item { bullet: Bullet::None, spans, priority }).collect();
        beside.push(Block::List(List { label: None, items, inline: false, more: "milestones", left_out: None }));
    }
    match chart {
        Some(chart) => {
            let priority = if off_pace { fading(80, rank, 4) } else { WEB_ONLY };
            vec![Block::Figure(Figure { chart, beside, priority })]
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

/// `19 of 43 tasks done, 44 %; planned by now 62 %; 6 since the last 1:1.`
fn progress(context: &Context, objective: &ObjectiveState) -> Option<String> {
    let progress = context.percent(objective.progress?);
    let mut line = if objective.of > 0 {
        let done = context.words.whole(objective.done.into());
        // Where a milestone has no tasks, the share is not that of the tasks.
        let ours = |m: &&MilestoneState| m.owner_team.is_none() && m.status != Status::Dropped;
        let all_have_tasks = objective.milestones.iter().filter(ours).all(|milestone| milestone.tasks_all > 0);
        let key = if all_have_tasks { "quarter.tasks_done" } else { "quarter.tasks_done_also" };
        context.count(key, objective.of, &[("done", &done), ("progress", &progress)])
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
    let key = match outcome.verdict {
        OutcomeVerdict::Worse => "quarter.outcome_worse",
        OutcomeVerdict::BehindPath => "quarter.outcome_behind",
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
    if context.is_far_off(forecast.p50) {
        let key = if forecast.odds.is_some() { "quarter.spread_far" } else { "quarter.pace_far" };
        let far = context.say(key, &[("milestone", &name), ("basis", &basis)]);
        return Some(match (forecast.odds, milestone.agreed) {
            (Some(odds), Some(agreed)) => (odds_said(context, &name, odds, forecast.weeks, agreed), Some(far)),
            _ => (far, None),
        });
    }
    if forecast.method == ForecastMethod::Pace {
        let pace = context.say("quarter.pace", &[("milestone", &name), ("p50", &p50), ("basis", &basis)]);
        return Some((pace, None));
    }
    let p85 = match forecast.p85 {
        Some(date) if context.is_far_off(date) => context.say("quarter.p85_far", &[]),
        Some(date) => context.say("quarter.p85", &[("date", &context.day_long(date))]),
        None => String::new(),
    };
    let spread = context.say("quarter.spread", &[("p50", &p50), ("p85", &p85), ("basis", &basis)]);
    Some(match (forecast.odds, milestone.agreed) {
        (Some(odds), Some(agreed)) => (odds_said(context, &name, odds, forecast.weeks, agreed), Some(spread)),
        _ => (context.say("quarter.half", &[("milestone", &name), ("spread", &spread)]), None),
    })
}

/// `Odds of Self-serve release by 4 December: 31 %`
fn odds_said(context: &Context, milestone: &str, odds: f64, weeks: u32, agreed: NaiveDate) -> String {
    let (odds, agreed) = (context.odds(odds, weeks), context.day_long(agreed));
    context.say("quarter.odds", &[("milestone", milestone), ("odds", &odds), ("agreed", &agreed)])
}

/// What its tasks say against its status: stated done with tasks open, or all tasks done and not reported done.
fn open_tasks(context: &Context, milestone: &MilestoneState) -> Option<String> {
    let name = flat(&milestone.name);
    let (open, all) = (milestone.tasks_all - milestone.tasks_done, milestone.tasks_all);
    let count = context.words.whole(open.into());
    match milestone.status {
        Status::Done if open > 0 => {
            Some(context.count("quarter.done_with_open", all, &[("milestone", &name), ("open", &count)]))
        }
        Status::Done | Status::Dropped => None,
        _ if all > 0 && open == 0 => Some(context.count("quarter.all_tasks_done", all, &[("milestone", &name)])),
        _ => None,
    }
}

fn with_reason(context: &Context, line: String, reason: &Option<String>) -> Spans {
    let reason = reason.as_deref().map_or_else(|| context.say("common.no_reason", &[]), flat);
    let line = context.say("common.and_reason", &[("text", &line), ("reason", &reason)]);
    vec![Span::plain(stopped(&line))]
}
