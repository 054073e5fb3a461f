//! Cross-team: what we need from other teams and where that stands, and what other teams need from us.

use super::phrase::{Context, capital, flat, stopped};
use super::{Align, Block, Section, SectionStyle, Span, Table, TableColumn, TableRow};
use crate::analysis::AskState;
use crate::brief::priorities;
use crate::team::{AskStatus, Stage};

pub(super) fn section(context: &Context) -> Option<Section> {
    let items = &context.analysis.cross_team;
    if items.is_empty() {
        return None;
    }
    let head = |key: &str, width| TableColumn { title: context.say(key, &[]), width, align: Align::Left };
    let table = Table {
        caption: context.say("cross_team.caption", &[]),
        columns: vec![head("cross_team.team", 56.0), head("cross_team.stage", 24.0), head("cross_team.needed", 20.0)],
        show_head: false,
        row_heads: true,
        rows: items.iter().enumerate().map(|(rank, item)| row(context, item, rank)).collect(),
        more: "asks",
        left_out: None,
    };
    Some(Section::new(SectionStyle::Ruled, context.say("title.cross_team", &[]), vec![Block::Table(table)]))
}

fn row(context: &Context, item: &AskState, rank: usize) -> TableRow {
    let who = match (&item.we_owe, &item.needed_from) {
        (Some(team), _) => Some(context.say("cross_team.needs_from_us", &[("team", &flat(team))])),
        (None, Some(team)) => Some(flat(team)),
        (None, None) => None,
    };
    let mut what = Vec::new();
    if let Some(who) = who {
        what.push(Span::strong(who));
        what.push(Span::plain(context.words.colon()));
    }
    let text = flat(&item.text);
    match item.why.as_deref().map(flat) {
        // The team and a colon stand before it already.
        Some(why) if !what.is_empty() => {
            what.push(Span::plain(format!("{} {}", stopped(&text), stopped(&capital(&why)))))
        }
        Some(why) => what.extend(super::asks::with_why(context, text, &why)),
        None => what.push(Span::plain(text)),
    }
    let stage = context.say(
        match (item.status, item.stage) {
            (AskStatus::Granted, _) => "cross_team.granted",
            (AskStatus::Declined | AskStatus::Withdrawn, _) => "cross_team.declined",
            (AskStatus::Open, Stage::Private) => "cross_team.private",
            (AskStatus::Open, Stage::Agreed) => "cross_team.agreed",
            (AskStatus::Open, Stage::Raised) => "cross_team.raised",
        },
        &[],
    );
    let stage = match item.asked_on {
        Some(date) => context.say("cross_team.since", &[("stage", &stage), ("date", &context.day(date))]),
        None => stage,
    };
    let needed = item.needed_by.map(|date| context.say("cross_team.by", &[("date", &context.day(date))]));
    let needed = needed.unwrap_or_default();
    let needed = if item.overdue { Span::warning(needed) } else { Span::plain(needed) };
    let cells = vec![what, vec![Span::plain(stage)], vec![needed]];
    TableRow { cells, keys: Vec::new(), priority: priorities::CROSS_TEAM.at(rank) }
}
