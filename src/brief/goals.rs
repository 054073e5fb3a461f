//! The sections "team goals", long-term, with their progress, and "for me": the manager's own, with the feedback so
//! far.

use super::phrase::{Context, flat, stopped};
use super::{Block, Bullet, Item, List, Meter, Section, SectionStyle, Span};
use crate::analysis::GoalState;
use crate::brief::priorities;

pub(super) fn team(context: &Context) -> Option<Section> {
    let goals = &context.analysis.goals;
    if goals.is_empty() {
        return None;
    }
    let blocks = goals.iter().enumerate().map(|(rank, goal)| Block::Meter(meter(context, goal, rank))).collect();
    Some(Section::new(SectionStyle::Ruled, context.say("title.goals", &[]), blocks))
}

fn meter(context: &Context, goal: &GoalState, rank: usize) -> Meter {
    Meter {
        spans: goal_spans(context, goal),
        label: progress_text(context, goal),
        share: goal.progress,
        priority: priorities::TEAM_GOAL.at(rank),
    }
}

/// `5 of 8, up from 4` for a target that is a count; else `63% of the goal, up from 50%`.
fn progress_text(context: &Context, goal: &GoalState) -> String {
    let Some(share) = goal.progress else { return context.say("goals.no_progress", &[]) };
    let before = goal.progress_before.filter(|before| (before - share).abs() > 1e-9);
    let shares = || std::iter::once(share).chain(before);
    let whole = |number: f64| (number - number.round()).abs() < 1e-6;
    let of = goal.target.as_deref().and_then(counted).filter(|of| shares().all(|share| whole(share * f64::from(*of))));
    let said = |share: f64| match of {
        Some(of) => context.words.whole((share * f64::from(of)).round() as u64),
        None => context.percent(share),
    };
    let now = match of {
        Some(of) => context.say("goals.count", &[("n", &said(share)), ("of", &context.words.whole(of.into()))]),
        None => context.say("goals.of_goal", &[("share", &said(share))]),
    };
    match before {
        Some(before) => {
            let key = if before < share { "goals.up" } else { "goals.down" };
            context.say(key, &[("text", &now), ("before", &said(before))])
        }
        None => now,
    }
}

/// Returns the count in a target: 8 of `8 of 8 weekly`, `None` for `90%` and `1.5 days`.
fn counted(target: &str) -> Option<u32> {
    let digits = target.trim_start().split(|c: char| !c.is_ascii_digit()).next()?;
    let rest = target.trim_start()[digits.len()..].trim_start();
    let n = digits.parse().ok().filter(|n| (2..=100).contains(n))?;
    (rest.is_empty() || rest.starts_with(char::is_alphabetic)).then_some(n)
}

/// The goal in bold with its horizon, then its target and its note.
fn goal_spans(context: &Context, goal: &GoalState) -> Vec<Span> {
    let mut name = flat(&goal.goal);
    if let Some(horizon) = goal.horizon.as_deref().map(flat)
        && !name.contains(&horizon)
    {
        name = format!("{name}, {}", context.say("goals.by", &[("horizon", &horizon)]));
    }
    let mut spans = vec![Span::strong(stopped(&name))];
    if let Some(target) = &goal.target {
        let line = context.say("goals.target", &[("target", &flat(target))]);
        spans.push(Span::plain(format!(" {}", stopped(&line))));
    }
    if let Some(note) = &goal.note {
        spans.push(Span::plain(format!(" {}", stopped(&flat(note)))));
    }
    spans
}

pub(super) fn for_me(context: &Context) -> Option<Section> {
    let me = context.analysis.for_me.as_ref()?;
    let mut items: Vec<Item> = Vec::new();
    for (rank, goal) in me.goals.iter().enumerate() {
        let question = context.say("for_me.question", &[("goal", &flat(&goal.goal))]);
        let mut spans = vec![Span::strong(question)];
        if let Some(note) = &goal.note {
            spans.push(Span::plain(format!(" {}", stopped(&flat(note)))));
        }
        if let Some(share) = goal.progress {
            let line = context.say("goals.of_goal", &[("share", &context.percent(share))]);
            spans.push(Span::quiet(format!(" {}", stopped(&line))));
        }
        items.push(Item { bullet: Bullet::None, spans, priority: priorities::OWN_GOAL.at(rank) });
    }
    for (rank, (date, text)) in me.feedback.iter().enumerate() {
        let text = context.words.quote(&flat(text));
        let line = match date {
            Some(date) => context.say("for_me.feedback_on", &[("date", &context.day_long(*date)), ("text", &text)]),
            None => context.say("for_me.feedback", &[("text", &text)]),
        };
        items.push(Item {
            bullet: Bullet::None,
            spans: vec![Span::plain(stopped(&line))],
            priority: priorities::FEEDBACK.at(rank),
        });
    }
    if items.is_empty() {
        return None;
    }
    let list = List { label: None, items, inline: false, more: "goals" };
    Some(Section::new(SectionStyle::Ruled, context.say("title.for_me", &[]), vec![Block::List(list)]))
}
