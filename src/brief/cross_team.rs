//! The section "cross-team": what we need from other teams, with its stage, and what other teams need from us.

use super::phrase::{Context, flat};
use super::{Align, Block, Section, SectionStyle, Span, Table, TableColumn, TableRow};
use crate::analysis::AskState;
use crate::brief::priorities;
use crate::team::{AskStatus, Stage};
use crate::words::AS_WRITTEN;

pub(super) fn section(context: &Context) -> Option<Section> {
    let items = &context.analysis.cross_team;
    if items.is_empty() {
        return None;
    }
    let head = |key: &str, width| TableColumn { title: context.say(key, &[]), width, align: Align::Left };
    let table = Table {
        caption: context.say("cross_team.caption", &[]),
        columns: vec![
            head("needs.who", 23.0),
            head("needs.what", 30.0),
            head("needs.stage", 14.0),
            head("needs.by", 11.0),
            head("needs.for", 22.0),
        ],
        show_head: true,
        row_heads: true,
        rows: items.iter().enumerate().map(|(rank, item)| row(context, item, rank)).collect(),
        more: "asks",
    };
    Some(Section::new(SectionStyle::Ruled, context.say("title.cross_team", &[]), vec![Block::Table(table)]))
}

fn row(context: &Context, item: &AskState, rank: usize) -> TableRow {
    let (key, team) = match (&item.we_owe, &item.needed_from) {
        (Some(team), _) => ("needs.they", Some(team)),
        (None, team) => ("needs.we", team.as_ref()),
    };
    // `We need, Interface POD`: the part before the team is bold.
    let team = team.map(|team| flat(team)).unwrap_or_default();
    let who = context.say(key, &[("team", &team)]);
    let who = match who.strip_suffix(&team) {
        Some(need) if !team.is_empty() => vec![Span::strong(need.trim_end()), Span::plain(format!(" {team}"))],
        Some(need) => vec![Span::strong(need.trim_end_matches([' ', ',', ':', '\u{a0}']))],
        None => vec![Span::strong(who)],
    };
    let mut what = vec![Span::plain(flat(&item.text))];
    if let Some(why) = item.why.as_deref().map(flat) {
        what.push(Span::quiet(format!("{}{why}", context.words.colon())));
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
    let day = |date| context.as_written(date, item.needed_period.as_deref(), Context::day);
    let needed =
        item.needed_by.map_or_else(|| "–".to_owned(), |date| day(date).trim_start_matches(AS_WRITTEN).to_owned());
    let needed = if item.overdue { Span::warning(needed) } else { Span::plain(needed) };
    let objective = item.objective.as_ref().and_then(|id| context.objective(id));
    let serves = objective.map(|it| it.strategy.as_deref().map_or_else(|| context.objective_name(it), flat));
    let serves = Span::quiet(serves.unwrap_or_else(|| "–".to_owned()));
    let cells = vec![who, what, vec![Span::plain(stage)], vec![needed], vec![serves]];
    TableRow { cells, keys: Vec::new(), priority: priorities::CROSS_TEAM.at(rank) }
}
