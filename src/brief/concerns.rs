//! The section "concerns": what was seen about people, the hypothesis to challenge together, the next step, and the
//! age.

use super::phrase::{Context, flat, stopped};
use super::{Block, Bullet, Item, List, Section, SectionStyle, Span};
use crate::analysis::ConcernState;
use crate::brief::priorities;
use crate::team::NoteKind;

pub(super) fn section(context: &Context) -> Option<Section> {
    let concerns = &context.analysis.concerns;
    if concerns.is_empty() {
        return None;
    }
    let items = concerns.iter().enumerate().map(|(rank, concern)| item(context, concern, rank)).collect();
    let blocks = vec![
        Block::Text {
            spans: vec![Span::quiet(context.say("concerns.challenge", &[]))],
            priority: priorities::CONCERNS_CHALLENGE.at(0),
        },
        Block::List(List { label: None, items, inline: false, more: "concerns" }),
    ];
    Some(Section::new(SectionStyle::OwnPage, context.say("title.concerns", &[]), blocks))
}

fn item(context: &Context, concern: &ConcernState, rank: usize) -> Item {
    let kind = if concern.kind == NoteKind::Signal { "concerns.signal" } else { "concerns.concern" };
    let mut spans = vec![
        Span::strong(flat(&concern.person)),
        Span::quiet(format!(" ({}) ", context.say(kind, &[]))),
        Span::plain(stopped(&flat(&concern.text))),
    ];
    for (key, part) in [("concerns.hypothesis", &concern.hypothesis), ("concerns.next_step", &concern.next_step)] {
        if let Some(part) = part {
            spans.push(Span::plain(format!(" {}", stopped(&context.say(key, &[("text", &flat(part))])))));
        }
    }
    let state = format!(" · {}", state(context, concern));
    spans.push(if concern.raised_on.is_none() { Span::warning(state) } else { Span::quiet(state) });
    Item { bullet: Bullet::None, spans, priority: priorities::CONCERN.at(rank) }
}

/// Returns `open 3 weeks, not raised yet` or `open 3 weeks, raised 6 Nov`.
pub(super) fn state(context: &Context, concern: &ConcernState) -> String {
    let raised = concern.raised_on.map(|date| context.say("concerns.raised", &[("date", &context.day(date))]));
    match (concern.age_days.map(|days| context.age(days)), raised) {
        (Some(age), None) => context.say("concerns.open_not_raised", &[("age", &age)]),
        (Some(age), Some(raised)) => format!("{}, {raised}", context.say("concerns.open", &[("age", &age)])),
        (None, Some(raised)) => raised,
        (None, None) => context.say("concerns.not_raised", &[]),
    }
}
