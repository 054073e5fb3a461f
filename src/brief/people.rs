//! People: highlights, and what somebody did or is learning beyond the job, with the ask that goes with it.

use super::phrase::{Context, fading, first_and_rest, flat, stopped};
use super::{Block, Bullet, Item, List, Section, SectionStyle, Span, Style};
use crate::analysis::PersonState;
use crate::redact::Audience;
use crate::team::NoteKind;

pub(super) fn section(context: &Context) -> Option<Section> {
    let people = &context.analysis.people;
    let mut blocks = Vec::new();
    if !people.is_empty() {
        let mut columns = [Vec::new(), Vec::new()];
        let both = if people.len() > 1 { 2 } else { 1 };
        for (rank, person) in people.iter().enumerate() {
            columns[rank % both].push(item(context, person, rank));
        }
        let columns: Vec<Vec<Block>> = columns
            .into_iter()
            .filter(|items| !items.is_empty())
            .map(|items| vec![Block::List(List { label: None, items, inline: false, more: "people", left_out: None })])
            .collect();
        blocks.push(Block::Columns(columns));
    }
    if context.audience == Audience::Me && !context.analysis.coverage.is_empty() {
        blocks.push(Block::List(coverage(context)));
    }
    (!blocks.is_empty()).then(|| Section {
        id: "people",
        title: context.say("title.people", &[]),
        style: SectionStyle::Ruled,
        blocks,
    })
}

fn item(context: &Context, person: &PersonState, rank: usize) -> Item {
    let mut spans = vec![Span::strong(flat(&person.person)), Span::plain(" ")];
    if person.kind == NoteKind::Learning {
        spans.push(Span::quiet(format!("{} ", context.say("people.learning", &[]))));
    }
    spans.push(Span::plain(stopped(&flat(&person.text))));
    let number = person.ask.map(|number| context.words.whole(number.into()));
    let wish = match (number, person.wish.as_deref().map(flat)) {
        (Some(number), Some(wish)) => Some(context.say("people.ask_wish", &[("number", &number), ("text", &wish)])),
        (Some(number), None) => Some(context.say("people.ask", &[("number", &number)])),
        (None, Some(wish)) => Some(context.say("people.wish", &[("text", &wish)])),
        (None, None) => None,
    };
    if let Some(wish) = wish {
        spans.push(Span::plain(" "));
        spans.push(Span::new(Style::Accent, stopped(&wish)));
    }
    Item { bullet: Bullet::None, spans, priority: first_and_rest(86, 76, rank, 4) }
}

/// Who has had no highlight for some weeks: for the manager alone.
fn coverage(context: &Context) -> List {
    let items = context.analysis.coverage.iter().enumerate().map(|(rank, coverage)| {
        let person = flat(&coverage.person);
        let line = match coverage.weeks {
            Some(weeks) => context.count("people.coverage", weeks, &[("person", &person)]),
            None => context.say("people.coverage_never", &[("person", &person)]),
        };
        Item { bullet: Bullet::None, spans: vec![Span::plain(line)], priority: fading(60, rank, 2) }
    });
    List {
        label: Some(context.say("people.coverage_label", &[])),
        items: items.collect(),
        inline: true,
        more: "people",
        left_out: None,
    }
}
