//! Next two weeks: the tasks by the milestone and objective they build up to, and those that build up to nothing.

use super::phrase::{Context, LONG_NAME, clipped, fading, first_and_rest, flat};
use super::{Block, Bullet, Item, List, Section, SectionStyle, Span};
use crate::analysis::NextGroup;

pub(super) fn section(context: &Context) -> Option<Section> {
    let next = &context.analysis.next;
    let mut blocks: Vec<Block> = next
        .groups
        .iter()
        .enumerate()
        .map(|(rank, group)| Block::List(list(context, &next.groups, rank, group)))
        .collect();
    if blocks.is_empty() {
        let line = context.say("next.nothing", &[]);
        blocks.push(Block::Text { spans: vec![Span::quiet(line)], priority: 60 });
    } else if let Some(Block::List(first)) = blocks.first_mut() {
        first.label = Some(context.say("next.label", &[("date", &context.day_long(next.until))]));
    }
    blocks.extend(outside(context));
    let has_tasks = !next.groups.is_empty() || blocks.len() > 1;
    let has_plan = context.analysis.objectives.iter().any(|objective| objective.of > 0);
    (has_tasks || has_plan).then(|| Section {
        id: "next two weeks",
        title: context.say("title.next", &[]),
        style: SectionStyle::Ruled,
        blocks,
    })
}

/// A group on one line: the milestone in bold, its objective where that is not the one of the line above, then its tasks.
fn list(context: &Context, groups: &[NextGroup], rank: usize, group: &NextGroup) -> List {
    let name = group.milestone_name.as_deref().or(group.objective_name.as_deref()).map(flat);
    let name = name.map(|name| clipped(&name, LONG_NAME));
    let above = rank.checked_sub(1).and_then(|above| groups[above].objective.as_ref());
    let name = name.unwrap_or_else(|| context.say("next.no_milestone", &[]));
    let mut spans = vec![Span::strong(name)];
    if let (Some(_), Some(id)) = (&group.milestone_name, &group.objective)
        && let Some(objective) = context.objective(id)
        && context.analysis.objectives.len() > 1
        && above != Some(id)
    {
        spans.push(Span::quiet(format!(" {}", context.objective_name(objective))));
    }
    let head = Item { bullet: Bullet::None, spans, priority: first_and_rest(85, 74, rank, 1) };
    let tasks = group.tasks.iter().enumerate().map(|(place, task)| Item {
        bullet: Bullet::None,
        spans: vec![Span::plain(flat(&task.title))],
        priority: fading(fading(64, rank, 1), place, 5),
    });
    List {
        label: None,
        items: std::iter::once(head).chain(tasks).collect(),
        inline: true,
        more: "tasks",
        left_out: None,
    }
}

/// Work that lies outside: tasks that build up to nothing, milestones without tasks, the share of finished work.
fn outside(context: &Context) -> Vec<Block> {
    let mut lines = Vec::new();
    let unattached = &context.analysis.unattached;
    if !unattached.is_empty() {
        let titles: Vec<String> = unattached.iter().map(|task| context.words.quote(&flat(&task.title))).collect();
        lines.push((context.say("next.unattached", &[("tasks", &summed(context, &titles))]), 58));
    }
    let without = &context.analysis.next.milestones_without_tasks;
    if !without.is_empty() {
        let names: Vec<String> = without.iter().map(|name| flat(name)).collect();
        lines.push((context.say("next.without_tasks", &[("milestones", &summed(context, &names))]), 58));
    }
    if let Some(share) = context.analysis.outside_share.filter(|share| *share > 0.0) {
        let places = [("share", context.percent(share)), ("since", context.since())];
        lines.push((context.say("next.outside", &places.each_ref().map(|(k, v)| (*k, v.as_str()))), 57));
    }
    lines.into_iter().map(|(line, priority)| Block::Text { spans: vec![Span::quiet(line)], priority }).collect()
}

/// The first of many names, and how many more there are.
fn summed(context: &Context, names: &[String]) -> String {
    const SHOWN: usize = 6;
    if names.len() <= SHOWN + 1 {
        return context.words.list(names);
    }
    let mut shown = names[..SHOWN].to_vec();
    shown.push(context.count("next.others", names.len() - SHOWN, &[]));
    context.words.list(&shown)
}
