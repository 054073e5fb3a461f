//! The section "beyond revenue and retention": morale, culture, process, onboarding.

use super::phrase::{Context, flat, stopped};
use super::{Block, Bullet, Item, List, Section, SectionStyle, Span, Style};
use crate::analysis::WinState;
use crate::brief::priorities;
use crate::team::WinKind;

pub(super) fn section(context: &Context) -> Option<Section> {
    let wins = &context.analysis.beyond;
    if wins.is_empty() {
        return None;
    }
    let items = wins.iter().enumerate().map(|(rank, win)| item(context, win, rank)).collect();
    let list = List { label: None, items, inline: false, more: "wins" };
    Some(Section::new(SectionStyle::Ruled, context.say("title.beyond", &[]), vec![Block::List(list)]))
}

fn item(context: &Context, win: &WinState, rank: usize) -> Item {
    let mut spans = Vec::new();
    if let Some(kind) = win.kind {
        spans.push(Span::strong(kind_name(context, kind)));
        spans.push(Span::plain(" "));
    }
    spans.push(Span { href: win.link.clone(), ..Span::plain(stopped(&flat(&win.text))) });
    if let Some(late) = super::value::added_late(context, win) {
        spans.extend([Span::plain(" "), late]);
    }
    if let Some(evidence) = &win.evidence {
        spans.push(Span::plain(format!(" {}", stopped(&flat(evidence)))));
    }
    if let Some(who) = &win.validated_by {
        spans.push(Span::plain(" "));
        spans.push(Span::new(Style::BadgeGood, context.say("value.validated", &[("who", &flat(who))])));
    }
    Item { bullet: Bullet::None, spans, priority: priorities::BEYOND.at(rank) }
}

fn kind_name(context: &Context, kind: WinKind) -> String {
    context.say(
        match kind {
            WinKind::Revenue => "kind.revenue",
            WinKind::Retention => "kind.retention",
            WinKind::Feature => "kind.feature",
            WinKind::Dataset => "kind.dataset",
            WinKind::Quality => "kind.quality",
            WinKind::Speed => "kind.speed",
            WinKind::CrossTeam => "kind.cross_team",
            WinKind::Morale => "kind.morale",
            WinKind::Culture => "kind.culture",
            WinKind::Process => "kind.process",
            WinKind::Onboarding => "kind.onboarding",
        },
        &[],
    )
}
