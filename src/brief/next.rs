//! The section "next two weeks": the planned tasks by milestone and objective, and those that belong to neither.

use super::phrase::{Context, MAX_NAME_CHARS, clipped, flat};
use super::{Align, Block, Section, SectionStyle, Span, Table, TableColumn, TableRow};
use crate::analysis::NextGroup;
use crate::brief::priorities;

pub(super) fn section(context: &Context) -> Option<Section> {
    let next = &context.analysis.next;
    let mut blocks = Vec::new();
    if next.groups.is_empty() {
        let line = context.say("next.nothing", &[]);
        blocks.push(Block::Text { spans: vec![Span::quiet(line)], priority: priorities::NO_NEXT_TASK.at(0) });
    } else {
        blocks.push(Block::Table(table(context, &next.groups)));
    }
    blocks.extend(outside(context));
    let has_tasks = !next.groups.is_empty() || blocks.len() > 1;
    let has_plan = context.analysis.objectives.iter().any(|objective| objective.of > 0);
    let title = context.say("next.label", &[("date", &context.day_long(next.until))]);
    (has_tasks || has_plan).then(|| Section::new(SectionStyle::Ruled, title, blocks))
}

/// Returns a table with a row for each task; the first task of each milestone has its name.
fn table(context: &Context, groups: &[NextGroup]) -> Table {
    let head = |key: &str, width| TableColumn { title: context.say(key, &[]), width, align: Align::Left };
    // Where there is nothing to build up to, the tasks stand alone.
    let is_named = |group: &NextGroup| group.milestone_name.is_some() || group.objective_name.is_some();
    let has_names = has_plan(context) || groups.iter().any(is_named);
    let rows = groups.iter().enumerate().flat_map(|(rank, group)| {
        let name = group.milestone_name.as_deref().or(group.objective_name.as_deref()).map(flat);
        let name = name.map_or_else(|| context.say("next.no_milestone", &[]), |name| clipped(&name, MAX_NAME_CHARS));
        group.tasks.iter().enumerate().map(move |(place, task)| {
            let name = if place == 0 { vec![Span::strong(name.clone())] } else { Vec::new() };
            let cells = [Some(name).filter(|_| has_names), Some(vec![Span::plain(flat(&task.title))])];
            // A milestone's first task has a higher priority, because its row has the name.
            let priority = match place {
                0 => priorities::NEXT_MILESTONE.at(rank),
                1 | 2 => priorities::NEXT_TASK.within(rank, place),
                _ => priorities::NEXT_TASK_AFTER_THREE.within(rank, place),
            };
            TableRow { cells: cells.into_iter().flatten().collect(), keys: Vec::new(), priority }
        })
    });
    let columns = match has_names {
        true => vec![head("quarter.table_milestone", 35.0), head("quarter.objectives_status", 65.0)],
        false => vec![head("quarter.objectives_status", 100.0)],
    };
    Table {
        caption: context.say("title.next", &[]),
        columns,
        show_head: false,
        // Only the first task of a milestone has the name in its row.
        row_heads: false,
        rows: rows.collect(),
        more: "tasks",
    }
}

/// Work outside the plan: tasks without a milestone, milestones without tasks, the number of such finished tasks.
fn outside(context: &Context) -> Vec<Block> {
    let mut lines = Vec::new();
    let unattached = &context.analysis.unattached;
    // A team without objectives and milestones has no plan to be outside of.
    let has_plan = has_plan(context);
    if !unattached.is_empty() && has_plan {
        let titles: Vec<String> = unattached.iter().map(|task| context.words.quote(&flat(&task.title))).collect();
        lines.push(context.say("next.unattached", &[("tasks", &context.summed(&titles))]));
    }
    let without = &context.analysis.next.milestones_without_tasks;
    if !without.is_empty() {
        let names: Vec<String> = without.iter().map(|name| context.words.quote(&flat(name))).collect();
        lines.push(context.say("next.without_tasks", &[("milestones", &context.summed(&names))]));
    }
    if let Some((outside, all)) = context.analysis.outside.filter(|(outside, _)| *outside > 0 && has_plan) {
        let places = [("of", context.words.whole(all.into())), ("since", context.since())];
        lines.push(context.count("next.outside", outside, &places.each_ref().map(|(k, v)| (*k, v.as_str()))));
    }
    let text = |(rank, line)| Block::Text {
        spans: vec![Span::quiet(line)],
        priority: priorities::OUTSIDE_MILESTONES.at(rank),
    };
    lines.into_iter().enumerate().map(text).collect()
}

/// Whether there is an objective or a milestone that tasks could build up to.
fn has_plan(context: &Context) -> bool {
    !context.analysis.objectives.is_empty() || !context.analysis.elsewhere.is_empty()
}
