//! The section "people": highlights, and what people did or learn beyond their job, with the ask that goes with it.

use super::phrase::{Context, flat};
use super::{Align, Block, Section, SectionStyle, Span, Table, TableColumn, TableRow};
use crate::analysis::PersonState;
use crate::brief::priorities;

pub(super) fn section(context: &Context) -> Option<Section> {
    let people = &context.analysis.people;
    let mut blocks = Vec::new();
    if !people.is_empty() {
        blocks.push(Block::Table(table(context, people)));
    }
    let title = context.say("people.title_since", &[("date", &context.day_long(context.analysis.quarter.start))]);
    (!blocks.is_empty()).then(|| Section::new(SectionStyle::Ruled, title, blocks))
}

/// Returns a table with a row for each note: who, what was before and is now, and what would help.
fn table(context: &Context, people: &[PersonState]) -> Table {
    let head = |key: &str, width| TableColumn { title: context.say(key, &[]), width, align: Align::Left };
    Table {
        caption: context.say("people.caption", &[]),
        columns: vec![head("people.who", 15.0), head("people.what", 57.0), head("people.would_help", 28.0)],
        show_head: true,
        row_heads: true,
        rows: people.iter().enumerate().map(|(rank, person)| row(context, person, rank)).collect(),
        more: "people",
    }
}

fn row(context: &Context, person: &PersonState, rank: usize) -> TableRow {
    let mut what = Vec::new();
    if let Some(before) = &person.before {
        what.push(Span::quiet(format!("{} → ", flat(before))));
    }
    what.push(Span::plain(flat(&person.text)));
    let number = person.ask.and_then(|number| context.ask_id(number));
    let wish = match (number, person.wish.as_deref().map(flat)) {
        (Some(number), Some(wish)) => Some(context.say("people.ask_wish", &[("number", &number), ("text", &wish)])),
        (Some(number), None) => Some(context.say("people.ask", &[("number", &number)])),
        (None, wish) => wish,
    };
    let cells = vec![vec![Span::strong(flat(&person.person))], what, wish.map(Span::plain).into_iter().collect()];
    TableRow { cells, keys: Vec::new(), priority: priorities::PERSON.at(rank) }
}
