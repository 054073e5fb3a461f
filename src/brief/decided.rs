//! The section "decided last time": the boss's decisions and their outcome, and what the last brief got wrong. Granted
//! asks stay until they are delivered.

use super::phrase::{Context, flat};
use super::{ALWAYS, Block, Bullet, Item, List, Section, SectionStyle, Span, WEB_ONLY};
use crate::analysis::{ChangeKind, ChangeValue, Decided, DecidedOutcome};
use crate::brief::priorities;
use crate::team::About;

/// Up to this many decisions are listed; more are counted, and the web page lists them.
const MAX_LISTED: usize = 2;

pub(super) fn section(context: &Context) -> Option<Section> {
    let decided = &context.analysis.decided;
    let since = context.analysis.since;
    let title = match since.recorded && !decided.is_empty() {
        true => context.say("decisions.title", &[("date", &context.day_long(since.date))]),
        false => context.say("title.decided", &[]),
    };
    let mut items = Vec::new();
    if decided.len() > MAX_LISTED {
        let to_come = decided.iter().filter(|decision| decision.owed).map(|decision| {
            let text = flat(&decision.text);
            let text = context.words.thing_within(&text).unwrap_or(text);
            answered(context, decision, dated(context, decision, text))
        });
        let to_come = to_come.collect::<Vec<_>>().join(context.words.semicolon());
        let mut spans = vec![Span::quiet(counted(context))];
        if !to_come.is_empty() {
            spans[0].text += context.words.semicolon();
            spans.push(Span::plain(context.say("decisions.to_come", &[("text", &to_come)])));
        }
        items.push(Item { bullet: Bullet::None, spans, priority: priorities::NOT_DELIVERED.at(0) });
    }
    items.extend(decided.iter().enumerate().filter_map(|(rank, decision)| {
        let item = item(context, decision, rank);
        if decided.len() <= MAX_LISTED {
            return Some(item);
        }
        // What is to come is listed already.
        (!decision.owed).then_some(Item { priority: WEB_ONLY, ..item })
    }));
    items.extend(worst_slip(context));
    if items.is_empty() {
        let line = context.say("decided.none", &[]);
        return (!context.analysis.first_brief && since.recorded).then(|| Section::line(title, line));
    }
    let list = List { label: None, items, inline: true, more: "decisions" };
    Some(Section::new(SectionStyle::RunIn, title, vec![Block::List(list)]))
}

/// Returns counts such as `3 granted, 1 declined, 2 delivered`.
fn counted(context: &Context) -> String {
    let outcomes = [
        (DecidedOutcome::Granted, "decisions.granted"),
        (DecidedOutcome::Declined, "decisions.declined"),
        (DecidedOutcome::Agreed, "decisions.agreed"),
    ];
    let count = |outcome| context.analysis.decided.iter().filter(|decision| decision.outcome == outcome).count();
    let delivered = context.analysis.decided.iter().filter(|decision| decision.delivered_on.is_some()).count();
    let said = outcomes.into_iter().map(|(outcome, key)| (count(outcome), key));
    let said = said.chain([(delivered, "decisions.delivered")]).filter(|(n, _)| *n > 0);
    said.map(|(n, key)| context.count(key, n, &[])).collect::<Vec<_>>().join(", ")
}

/// `last time we said 8 December for Self-serve release; now 13 December`, for the milestone that slipped most.
fn worst_slip(context: &Context) -> Option<Item> {
    let slipped = context.analysis.changes.iter().find(|change| change.kind == ChangeKind::Slipped)?;
    let (Some(ChangeValue::Day(then)), ChangeValue::Day(now)) = (slipped.from, slipped.to) else { return None };
    let places = [
        ("milestone", flat(slipped.subject.as_deref()?)),
        ("then", context.day_long(then)),
        ("now", context.day_long(now)),
    ];
    let line = context.say("decisions.we_said", &places.each_ref().map(|(k, v)| (*k, v.as_str())));
    Some(Item { bullet: Bullet::None, spans: vec![Span::quiet(line)], priority: ALWAYS })
}

fn item(context: &Context, decision: &Decided, rank: usize) -> Item {
    let text = flat(&decision.text);
    let places = [("text", text.as_str())];
    let line = match (decision.outcome, decision.delivered_on) {
        (DecidedOutcome::Granted, Some(date)) => {
            context.say("decided.delivered", &[places[0], ("date", &context.day(date))])
        }
        (DecidedOutcome::Granted, None) if decision.owed => context.say("decided.granted", &places),
        (DecidedOutcome::Granted, None) => context.say("decided.granted_done", &places),
        (DecidedOutcome::Declined, _) => context.say("decided.declined", &places),
        (DecidedOutcome::Agreed, _) => agreed(context, decision, &text),
    };
    let line = answered(context, decision, dated(context, decision, line));
    let span = if decision.owed { Span::plain(line) } else { Span::quiet(line) };
    let priority = if decision.owed { priorities::NOT_DELIVERED } else { priorities::DECIDED }.at(rank);
    Item { bullet: Bullet::None, spans: vec![span], priority }
}

/// Adds the date, unless it is that of the last 1:1.
fn dated(context: &Context, decision: &Decided, line: String) -> String {
    match decision.date == context.analysis.since.date {
        true => line,
        false => context.say("decided.on", &[("text", &line), ("date", &context.day(decision.date))]),
    }
}

/// Adds the boss's words, if recorded.
fn answered(context: &Context, decision: &Decided, line: String) -> String {
    let Some(answer) = &decision.answer else { return line };
    context.say("decided.answer", &[("text", &line), ("answer", &context.words.quote(&flat(answer)))])
}

/// Says what was agreed: a new date, scope or sentence, or that the sentence still holds.
fn agreed(context: &Context, decision: &Decided, text: &str) -> String {
    let key = match (decision.about, decision.to) {
        (Some(About::Date), Some(to)) => {
            return context.say("decided.agreed_date", &[("text", text), ("to", &context.day_long(to))]);
        }
        (Some(About::Scope), _) => "decided.agreed_scope",
        (Some(About::Wording), _) => "decided.agreed_wording",
        (Some(About::Confirm), _) => "decided.confirmed",
        (Some(About::Date | About::Drop) | None, _) => "decided.agreed",
    };
    context.say(key, &[("text", text)])
}
