//! Overdue and blocked tasks by name, whatever milestone they belong to.

use super::super::phrase::{Context, MAX_NAME_CHARS, clipped, flat};
use super::super::{Block, Priority, Span};
use crate::analysis::DueTask;

/// Returns a line for each kind that occurs.
pub(super) fn blocks(context: &Context, priority: Priority) -> Vec<Block> {
    let pressing = &context.analysis.pressing;
    let blocked = if pressing.blocked_overdue > 0 { "quarter.tasks_blocked_more" } else { "quarter.tasks_blocked" };
    let of = [
        ("quarter.tasks_overdue", pressing.overdue, &pressing.overdue_tasks),
        (blocked, pressing.blocked - pressing.blocked_overdue, &pressing.blocked_tasks),
        ("quarter.tasks_stated", pressing.stated, &pressing.stated_tasks),
    ];
    let line = |(key, all, named): (&str, u32, &Vec<DueTask>)| {
        let is_overdue = key == "quarter.tasks_overdue";
        let mut line = context.count(key, all, &[("tasks", &tasks(context, all, named, is_overdue))]);
        // An abbreviation such as "13 nov." already ends with a full stop.
        if line.ends_with("..") {
            line.pop();
        }
        Block::Text { spans: vec![Span::warning(line)], priority }
    };
    of.into_iter().filter(|(_, all, _)| *all > 0).map(line).collect()
}

/// `“Inventory”, due 12 Nov; “Labels” and 3 others`
fn tasks(context: &Context, all: u32, named: &[DueTask], is_overdue: bool) -> String {
    let names: Vec<String> = named.iter().map(|task| name(context, task, is_overdue)).collect();
    let joined = names.join(context.words.semicolon());
    match (all as usize).saturating_sub(named.len()) {
        0 => joined,
        more if named.is_empty() => context.count("next.others", more, &[]),
        more => context.words.list(&[joined, context.count("next.others", more, &[])]),
    }
}

fn name(context: &Context, task: &DueTask, is_overdue: bool) -> String {
    let name = context.words.quote(&flat(&task.title));
    let due = task.due.map(|due| context.as_written(due, task.due_period.as_deref(), Context::day));
    let dated = match due {
        Some(due) => context.say("quarter.task_due", &[("task", &name), ("due", &due)]),
        None => name,
    };
    // Below "Blocked" the word is said already.
    let dated = match (task.blocked && is_overdue, task.waiting && is_overdue) {
        (true, _) => context.say("quarter.task_blocked", &[("task", &dated)]),
        (_, true) => context.say("quarter.task_waiting", &[("task", &dated)]),
        _ => dated,
    };
    let stated = match task.stated {
        Some(status) => format!("{dated}, {}", context.stated(Some(status), task.stated_as)),
        None => dated,
    };
    match &task.reason {
        Some(reason) => context.and_reason(&stated, &clipped(&flat(reason), MAX_NAME_CHARS)),
        None => stated,
    }
}
