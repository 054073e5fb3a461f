//! The section "value since the last 1:1": what drove new revenue and what drove retention, each claim with its
//! evidence.

mod amounts;

use super::phrase::{Context, capital, flat, stopped};
use super::{Block, Bullet, Item, List, Section, SectionStyle, Span, Style};
use crate::analysis::WinState;
use crate::brief::priorities;
use crate::chart::Verdict;
use crate::team::Drives;

pub(super) fn section(context: &Context) -> Option<Section> {
    let wins = &context.analysis.value;
    let title = found(context, title(context));
    if wins.is_empty() && !context.analysis.has_wins_log {
        return None;
    }
    if wins.is_empty() {
        let line = context.say("value.none", &[("since", &context.since())]);
        return Some(Section::line(title, line));
    }
    let column = |drives: Drives, label: &str| {
        let mut of_kind: Vec<&WinState> = wins.iter().filter(|win| win.drives == drives).collect();
        // Wins confirmed by a customer come first and have a higher priority.
        of_kind.sort_by_key(|win| win.validated_by.is_none());
        let mut items: Vec<Item> = of_kind.iter().enumerate().map(|(rank, win)| item(context, win, rank)).collect();
        if items.is_empty() {
            let line = context.say("value.none_here", &[("since", &context.since())]);
            items.push(Item {
                bullet: Bullet::None,
                spans: vec![Span::quiet(line)],
                priority: priorities::NO_WIN_HERE.at(0),
            });
        }
        let amounts: Vec<&str> = of_kind.iter().filter_map(|win| win.amount.as_deref()).collect();
        let amount = match (of_kind.is_empty(), amounts.is_empty()) {
            (true, _) => None,
            (false, true) => Some(context.say("claims.no_amount", &[])),
            (false, false) => amounts::sum(context.words, &amounts),
        };
        let label = context.say(label, &[]);
        let label = Some(match amount {
            Some(amount) => context.say("claims.column", &[("label", &label), ("amount", &amount)]),
            None => label,
        });
        vec![Block::List(List { label, items, inline: false, more: "wins" })]
    };
    let columns = vec![column(Drives::Revenue, "value.revenue"), column(Drives::Retention, "value.retention")];
    Some(Section::new(SectionStyle::Ruled, title, vec![Block::Columns(columns)]))
}

/// `Value since 13 November: $38,000 a year, 2 of 4 wins validated by customers`.
fn found(context: &Context, title: String) -> String {
    let wins = &context.analysis.value;
    if wins.is_empty() {
        return title;
    }
    let of = context.words.whole(wins.len() as u64);
    let n = wins.iter().filter(|win| win.validated_by.is_some()).count();
    let validated = match (n, wins.len()) {
        (0, 1) => context.say("claims.validated_none_of_one", &[]),
        (n, of) if n == of => context.count("claims.validated_all", n, &[]),
        _ => context.count("claims.validated", n, &[("of", &of)]),
    };
    let amounts: Vec<&str> = wins.iter().filter_map(|win| win.amount.as_deref()).collect();
    match amounts::sum(context.words, &amounts) {
        Some(amount) => context.say("claims.sum", &[("title", &title), ("amount", &amount), ("validated", &validated)]),
        None => context.say("claims.count", &[("title", &title), ("validated", &validated)]),
    }
}

/// `Value since 13 November`, or the last days; a first brief never says "since the last 1:1".
fn title(context: &Context) -> String {
    let since = context.analysis.since;
    match (since.recorded, context.analysis.first_brief) {
        (true, _) => context.say("title.value_date", &[("date", &context.day_long(since.date))]),
        (false, _) => context.say("title.value_days", &[]),
    }
}

/// `Added late: 1 Sep.`
pub(super) fn added_late(context: &Context, win: &WinState) -> Option<Span> {
    let date = win.date.filter(|_| win.added_late)?;
    Some(Span::quiet(context.say("value.added_late", &[("date", &context.day(date))])))
}

/// The claim in bold, with the other team; its amount; its evidence, or that there is none; and who validated it.
fn item(context: &Context, win: &WinState, rank: usize) -> Item {
    let text = flat(&win.text);
    // The other team is not added to a claim that already names it.
    let mut spans = match win.with_team.as_ref().filter(|team| !text.contains(&flat(team))) {
        Some(team) => {
            let with = context.say("value.with", &[("team", &flat(team))]);
            vec![Span::strong(text), Span::plain(stopped(&with))]
        }
        None => vec![Span::strong(stopped(&text))],
    };
    let mut say = |span: Span| {
        spans.push(Span::plain(" "));
        spans.push(span);
    };
    if let Some(late) = added_late(context, win) {
        say(late);
    }
    if let Some(amount) = &win.amount {
        say(Span::plain(stopped(&flat(amount))));
    }
    match (&win.evidence, &win.link) {
        (Some(evidence), link) => say(Span { href: link.clone(), ..Span::plain(stopped(&capital(&flat(evidence)))) }),
        (None, Some(link)) => say(Span { href: Some(link.clone()), ..Span::plain(link.clone()) }),
        (None, None) if win.validated_by.is_none() => say(Span::quiet(context.say("value.no_evidence", &[]))),
        (None, None) => {}
    }
    let (shape, style, text) = match &win.validated_by {
        Some(who) => (Verdict::Ahead, Style::Accent, context.say("value.validated", &[("who", &flat(who))])),
        None => (Verdict::OnPace, Style::Quiet, context.say("value.not_validated", &[])),
    };
    say(Span::shape(shape));
    spans.push(Span::new(style, format!("\u{a0}{text}")));
    if let Some(quote) = &win.quote {
        let date = win.quote_on.map(|date| context.day_long(date));
        let said = [win.quote_by.as_deref().map(flat), date].into_iter().flatten().collect::<Vec<_>>().join(", ");
        let quote = context.words.quote(&flat(quote));
        spans.push(Span::new(Style::Quote, format!(" {quote}")));
        if !said.is_empty() {
            spans.push(Span::new(Style::Speaker, format!(" {said}")));
        }
    }
    let place = if win.validated_by.is_some() { priorities::WIN_VALIDATED } else { priorities::WIN_NOT_VALIDATED };
    Item { bullet: Bullet::None, spans, priority: place.at(rank) }
}
