//! The section "since the last 1:1": a strip of at most six facts below the headline, each a value above its label.

use super::phrase::{Context, decimals, flat};
use super::{ALWAYS, Block, Bullet, Item, List, Section, SectionStyle, Span, Style};
use crate::analysis::{ChangeKind, ChangeSince, ChangeValue};

pub(super) fn section(context: &Context) -> Option<Section> {
    let facts: Vec<(Span, String)> =
        context.analysis.changes.iter().filter_map(|change| fact(context, change)).collect();
    let item = |(value, label)| Item {
        bullet: Bullet::None,
        spans: vec![value, Span::plain(" "), Span::quiet(label)],
        priority: ALWAYS,
    };
    let items: Vec<Item> = facts.into_iter().map(item).collect();
    let list = List { label: None, items, inline: true, more: "points" };
    let since = context.analysis.since;
    let title = match since.recorded {
        true => context.say("since.title", &[("date", &context.day_long(since.date))]),
        false => context.say("since.title_days", &[]),
    };
    (!list.items.is_empty()).then(|| Section::new(SectionStyle::Strip, title, vec![Block::List(list)]))
}

/// `4` above `tasks done`, `+5 days` above `Self-serve release`, `1 → 2` above `Pilot accounts signed`.
fn fact(context: &Context, change: &ChangeSince) -> Option<(Span, String)> {
    let subject = || change.subject.as_deref().map(flat);
    match (change.kind, change.from, change.to) {
        (ChangeKind::TasksDone, _, ChangeValue::Count(n)) => counted(context, "since.tasks", n),
        (ChangeKind::MilestonesReached, _, ChangeValue::Count(n)) => {
            let (value, label) = counted(context, "since.milestones", n)?;
            // A single milestone is named.
            Some((value, subject().map_or(label.clone(), |name| format!("{label}{}{name}", context.words.colon()))))
        }
        (ChangeKind::NewAsks, _, ChangeValue::Count(n)) => counted(context, "since.asks", n),
        (kind, Some(ChangeValue::Day(from)), ChangeValue::Day(to)) => {
            let days = (to - from).num_days();
            let sign = if days > 0 { "+" } else { "−" };
            let said = context.count("quarter.days_moved", days.unsigned_abs(), &[("sign", sign)]);
            let style = if kind == ChangeKind::Slipped { Style::Warning } else { Style::Strong };
            Some((Span::new(style, said), subject()?))
        }
        (_, Some(ChangeValue::Value(from)), ChangeValue::Value(to)) => {
            let metric = context.metric(change.subject.as_deref()?)?;
            let (from, to) = (context.words.number(from, decimals(metric)), context.value(metric, to));
            (from != to).then(|| (Span::strong(format!("{from} → {to}")), flat(&metric.name)))
        }
        _ => None,
    }
}

fn counted(context: &Context, key: &str, n: u32) -> Option<(Span, String)> {
    Some((Span::strong(context.words.whole(n.into())), context.count(key, n, &[])))
}
