//! Team goals, long term, with their progress; and for me: the manager's own, with the feedback so far.

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
    let label = match goal.progress {
        Some(share) => context.say("goals.of_goal", &[("share", &context.percent(share))]),
        None => context.say("goals.no_progress", &[]),
    };
    Meter { spans: told(context, goal), label, share: goal.progress, priority: priorities::TEAM_GOAL.at(rank) }
}

/// The goal in bold with its horizon, then its target, its note and where it stood before.
fn told(context: &Context, goal: &GoalState) -> Vec<Span> {
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
    if let Some(before) = goal.progress_before.filter(|before| Some(*before) != goal.progress) {
        let line = context.say("goals.before", &[("share", &context.percent(before))]);
        spans.push(Span::quiet(format!(" {line}")));
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
    let list = List { label: None, items, inline: false, more: "goals", left_out: None };
    Some(Section::new(SectionStyle::Ruled, context.say("title.for_me", &[]), vec![Block::List(list)]))
}
