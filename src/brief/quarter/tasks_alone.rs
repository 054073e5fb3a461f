//! The section on the quarter for a team that has only tasks: what is open and overdue, when it will be done, what is
//! finished each week, and the distribution over epics, sprints or labels.

use super::super::phrase::{Context, flat, stopped};
use super::super::{
    ALWAYS, Align, Block, Section, SectionStyle, Span, Spans, Table, TableColumn, TableRow, priorities,
};
use super::{pressing, weeks};
use crate::analysis::{Backlog, GroupedBy, TaskGroup};

/// Returns the section: open tasks, overdue tasks, pace, and the oldest task.
pub(super) fn section(context: &Context, backlog: &Backlog) -> Section {
    let mut standing = open(context, backlog, true);
    if let Some(date) = context.tasks_of() {
        standing = context.say("common.as_of", &[("text", &standing), ("date", &context.day(date))]);
    }
    let mut blocks = vec![Block::Text { spans: vec![Span::plain(stopped(&standing))], priority: ALWAYS }];
    blocks.extend(pressing::blocks(context, ALWAYS));
    blocks.extend(pace(context, backlog));
    blocks.extend(weeks(context));
    if let Some(oldest) = &backlog.oldest {
        let places = [("task", context.words.quote(&flat(&oldest.title))), ("date", context.day_long(oldest.created))];
        let line = context.say("quarter.tasks_oldest", &places.each_ref().map(|(k, v)| (*k, v.as_str())));
        blocks.push(Block::Text { spans: vec![Span::quiet(line)], priority: priorities::OLDEST_TASK.at(0) });
    }
    blocks.extend(groups(context, backlog).map(Block::Table));
    let title = context.say("title.quarter", &[]);
    Section::new(SectionStyle::Ruled, title, blocks)
}

/// `6 tasks are open; 2 of them are paused; 3 finished in the last 7 days`; tasks finished on unknown days are counted
/// separately.
pub(in crate::brief) fn open(context: &Context, backlog: &Backlog, is_whole: bool) -> String {
    let mut parts = vec![context.count("headline.tasks_open", backlog.open, &[])];
    if backlog.paused > 0 && is_whole {
        parts.push(context.count("quarter.tasks_paused", backlog.paused, &[]));
    }
    // A list of open tasks says nothing about finished ones.
    let is_known = backlog.done > 0 && backlog.undated == 0 && !context.analysis.is_finish_unknown;
    if backlog.done_since > 0 || is_known {
        parts.push(context.count("headline.tasks_finished", backlog.done_since, &[("since", &context.since())]));
    }
    if backlog.undated > 0 {
        parts.push(context.count("headline.tasks_undated", backlog.undated, &[]));
    }
    parts.join(context.words.semicolon())
}

/// When the open tasks will be done; or, if tasks arrive about as fast as they are finished, that.
fn pace(context: &Context, backlog: &Backlog) -> Option<Block> {
    let number = |n: u32| context.words.whole(n.into());
    let line = match (backlog.forecast, backlog.flow) {
        (Some(forecast), _) if context.is_far_off(forecast.p50) => context.say("quarter.tasks_far", &[]),
        (Some(forecast), _) => {
            let p85 = forecast.p85.filter(|date| !context.is_far_off(*date));
            let p85 = p85.map(|date| context.say("quarter.p85", &[("date", &context.day_long(date))]));
            let places = [("p50", context.day_long(forecast.p50)), ("p85", p85.unwrap_or_default())];
            context.say("quarter.tasks_by", &places.each_ref().map(|(k, v)| (*k, v.as_str())))
        }
        (None, Some(flow)) if flow.is_whole && flow.is_queue() && flow.finished > 0 => {
            let places = [("opened", number(flow.opened)), ("finished", number(flow.finished))];
            let places = places.each_ref().map(|(k, v)| (*k, v.as_str()));
            match flow.opened.saturating_sub(flow.finished) {
                0 => context.say("quarter.tasks_queue", &places),
                more => context.say("quarter.tasks_grow", &[&places[..], &[("more", &number(more))]].concat()),
            }
        }
        _ => return None,
    };
    Some(Block::Text { spans: vec![Span::plain(line)], priority: priorities::DATES.at(0) })
}

/// `Tasks finished a week: 9, 13, 8 and 18; usual 8 to 18`
fn weeks(context: &Context) -> Option<Block> {
    let counts = weeks::counts(context)?;
    let title = context.say("quarter.weeks_title", &[]);
    let line = context.say("quarter.tasks_a_week", &[("title", &title), ("weeks", &counts)]);
    Some(Block::Text { spans: vec![Span::plain(stopped(&line))], priority: priorities::DATES.at(0) })
}

/// Returns a table with a row for each group: open, finished since the last 1:1, overdue.
fn groups(context: &Context, backlog: &Backlog) -> Option<Table> {
    let head = match backlog.grouped_by? {
        GroupedBy::Project => "quarter.group_project",
        GroupedBy::Epic => "quarter.group_epic",
        GroupedBy::Section => "quarter.group_section",
        GroupedBy::Sprint => "quarter.group_sprint",
        GroupedBy::Label => "quarter.group_label",
    };
    let column = |key: &str, width, align| TableColumn { title: context.say(key, &[]), width, align };
    let number = |n: u32| -> Spans { vec![Span::plain(context.words.whole(n.into()))] };
    let is_known =
        |group: &TaskGroup| group.done_since > 0 || (group.undated == 0 && !context.analysis.is_finish_unknown);
    let unknown = || vec![Span::quiet(context.say("signals.not_available", &[]))];
    let finished = |group: &TaskGroup| if is_known(group) { number(group.done_since) } else { unknown() };
    let row = |(rank, group): (usize, &TaskGroup)| {
        let name = match group.name.is_empty() {
            true => Span::quiet(context.say("quarter.group_rest", &[])),
            false => Span::strong(flat(&group.name)),
        };
        TableRow {
            cells: vec![vec![name], number(group.open), finished(group), number(group.overdue)],
            keys: vec![
                None,
                Some(group.open.into()),
                Some(group.done_since.into()).filter(|_| is_known(group)),
                Some(group.overdue.into()),
            ],
            priority: priorities::ROW_ON_PACE.at(rank),
        }
    };
    Some(Table {
        caption: context.say("quarter.group_caption", &[]),
        columns: vec![
            column(head, 55.0, Align::Left),
            column("quarter.group_open", 15.0, Align::Right),
            column("quarter.group_since", 15.0, Align::Right),
            column("quarter.group_overdue", 15.0, Align::Right),
        ],
        show_head: true,
        row_heads: true,
        rows: backlog.groups.iter().enumerate().map(row).collect(),
        more: "tasks",
    })
}
