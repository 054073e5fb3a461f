//! The section "said and done": the last two-week plan against what happened, and finished tasks that were not planned.

use std::collections::HashSet;

use super::phrase::{Context, flat};
use super::{Block, Bullet, Item, List, Section, SectionStyle, Span};
use crate::analysis::{PlanReview, ReviewedTask};
use crate::brief::priorities;
use crate::team::Status;

pub(super) fn section(context: &Context) -> Option<Section> {
    let Some(review) = &context.analysis.plan_review else {
        let title = context.say("title.said", &[]);
        return (!context.analysis.first_brief).then(|| Section::line(title, context.say("said.none", &[])));
    };
    let open_first = review.tasks.iter().filter(|task| !task.done).chain(review.tasks.iter().filter(|task| task.done));
    // The reason of a late milestone is in the section on the quarter and not repeated here.
    let milestones = context.analysis.objectives.iter().flat_map(|objective| &objective.milestones);
    let late = milestones.filter(|milestone| milestone.status == Status::Late);
    let told: HashSet<&str> = late.filter_map(|milestone| milestone.reason.as_deref()).collect();
    let items: Vec<Item> =
        open_first.enumerate().map(|(rank, task)| item(context, task, review, rank, &told)).collect();
    let mut blocks = vec![Block::List(List { label: None, items, inline: false, more: "tasks" })];
    if !review.unplanned.is_empty() {
        let titles: Vec<String> = review.unplanned.iter().map(|task| flat(&task.title)).collect();
        let line = context.say("said.also", &[("tasks", &context.summed(&titles))]);
        blocks.push(Block::Text { spans: vec![Span::quiet(line)], priority: priorities::UNPLANNED.at(0) });
    }
    Some(Section::new(SectionStyle::Ruled, label(context, review), blocks))
}

/// `Planned 6 November: 5 of 7 done`, or that the export is too old to tell.
fn label(context: &Context, review: &PlanReview) -> String {
    let date = context.day_long(review.on);
    let Some(done) = review.done else {
        return context.count("said.label_unknown", review.of, &[("date", &date)]);
    };
    let key = if review.so_far { "said.label_so_far" } else { "said.label" };
    let (done, of) = (context.words.whole(done.into()), context.words.whole(review.of.into()));
    context.say(key, &[("date", &date), ("done", &done), ("of", &of)])
}

fn item(context: &Context, task: &ReviewedTask, review: &PlanReview, rank: usize, told: &HashSet<&str>) -> Item {
    let title = flat(&task.title);
    if task.done {
        return Item {
            bullet: Bullet::Filled,
            spans: vec![Span::plain(title)],
            priority: priorities::PLANNED_DONE.at(rank),
        };
    }
    if review.done.is_none() && !task.dropped {
        return Item {
            bullet: Bullet::None,
            spans: vec![Span::quiet(title)],
            priority: priorities::PLANNED_UNKNOWN.at(rank),
        };
    }
    // While the two weeks run, an open task is not news.
    let mut spans = vec![if review.so_far { Span::plain(title) } else { Span::strong(title) }];
    let why = if task.dropped {
        Some(context.say("said.dropped", &[]))
    } else if task.moved {
        Some(context.say("said.moved", &[]))
    } else {
        task.reason.as_deref().filter(|reason| !told.contains(reason)).map(flat)
    };
    if let Some(why) = why {
        spans.push(Span::plain(format!("{}{why}", context.words.colon())));
    }
    Item { bullet: Bullet::Hollow, spans, priority: priorities::PLANNED_OPEN.at(rank) }
}
