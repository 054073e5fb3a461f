//! Said and done: last time's two-week plan against what happened, and what was done without having been said.

use super::phrase::{Context, fading, flat};
use super::{Block, Bullet, Item, List, Section, SectionStyle, Span};
use crate::analysis::{PlanReview, ReviewedTask};
use crate::team::Status;

pub(super) fn section(context: &Context) -> Option<Section> {
    let title = context.say("title.said", &[]);
    let Some(review) = &context.analysis.plan_review else {
        return (!context.analysis.first_brief)
            .then(|| Section::line("said and done", title, context.say("said.none", &[])));
    };
    let mut blocks = Vec::new();
    let items: Vec<Item> = review
        .tasks
        .iter()
        .filter(|task| task.done)
        .chain(review.tasks.iter().filter(|task| !task.done))
        .enumerate()
        .map(|(rank, task)| item(context, task, review.done.is_some(), rank))
        .collect();
    blocks.push(Block::List(List {
        label: Some(label(context, review)),
        items,
        inline: true,
        more: "tasks",
        left_out: None,
    }));
    if !review.unplanned.is_empty() {
        let items = review.unplanned.iter().enumerate();
        let items = items.map(|(rank, task)| Item {
            bullet: Bullet::Filled,
            spans: vec![Span::plain(flat(&task.title))],
            priority: fading(56, rank, 3),
        });
        let label = Some(context.say("said.unplanned_label", &[]));
        blocks.push(Block::List(List { label, items: items.collect(), inline: true, more: "tasks", left_out: None }));
    }
    Some(Section { id: "said and done", title, style: SectionStyle::Ruled, blocks })
}

/// `Said on 6 November · 5 of 7 done, 2 unplanned`; where the export is too old to tell, that.
fn label(context: &Context, review: &PlanReview) -> String {
    let (date, of) = (context.day_long(review.on), context.words.whole(review.of.into()));
    let Some(done) = review.done else {
        return context.say("said.label_unknown", &[("date", &date), ("of", &of)]);
    };
    let unplanned = match review.unplanned.len() {
        0 => String::new(),
        n => context.count("said.unplanned", n, &[]),
    };
    let key = if review.so_far { "said.label_so_far" } else { "said.label" };
    let done = context.words.whole(done.into());
    context.say(key, &[("date", &date), ("done", &done), ("of", &of), ("unplanned", &unplanned)])
}

fn item(context: &Context, task: &ReviewedTask, is_known: bool, rank: usize) -> Item {
    let title = flat(&task.title);
    if task.done {
        return Item { bullet: Bullet::Filled, spans: vec![Span::plain(title)], priority: fading(70, rank, 2) };
    }
    if !is_known && !task.dropped {
        return Item { bullet: Bullet::None, spans: vec![Span::quiet(title)], priority: fading(70, rank, 2) };
    }
    let mut spans = vec![Span::warning(title)];
    let why = if task.dropped {
        Some(context.say("said.dropped", &[]))
    } else if task.moved {
        Some(context.say("said.moved", &[]))
    } else {
        // What makes a milestone late is said where the quarter stands.
        let milestones = context.analysis.objectives.iter().flat_map(|objective| &objective.milestones);
        let told = milestones.filter(|milestone| milestone.status == Status::Late).filter_map(|m| m.reason.as_deref());
        task.reason.as_deref().filter(|reason| told.clone().all(|told| told != *reason)).map(flat)
    };
    if let Some(why) = why {
        spans.push(Span::plain(format!("{}{why}", context.words.colon())));
    }
    Item { bullet: Bullet::Hollow, spans, priority: fading(80, rank, 2) }
}
