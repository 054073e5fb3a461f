//! Decided last time: what the boss decided and what came of it. What was granted and not delivered stays.

use super::phrase::{Context, flat};
use super::{Block, Bullet, Item, List, Section, SectionStyle, Span};
use crate::analysis::{Decided, DecidedOutcome};
use crate::brief::priorities;
use crate::team::About;

pub(super) fn section(context: &Context) -> Option<Section> {
    let decided = &context.analysis.decided;
    let title = context.say("title.decided", &[]);
    if decided.is_empty() {
        let line = context.say("decided.none", &[]);
        return (!context.analysis.first_brief && context.analysis.since.recorded).then(|| Section::line(title, line));
    }
    let items = decided.iter().enumerate().map(|(rank, decision)| item(context, decision, rank)).collect();
    let list = List { label: None, items, inline: true, more: "decisions", left_out: None };
    Some(Section::new(SectionStyle::RunIn, title, vec![Block::List(list)]))
}

fn item(context: &Context, decision: &Decided, rank: usize) -> Item {
    let text = flat(&decision.text);
    let places = [("text", text.as_str())];
    let undelivered = decision.owed;
    let mut line = match (decision.outcome, decision.delivered_on) {
        (DecidedOutcome::Granted, Some(date)) => {
            context.say("decided.delivered", &[places[0], ("date", &context.day(date))])
        }
        (DecidedOutcome::Granted, None) if decision.owed => context.say("decided.granted", &places),
        (DecidedOutcome::Granted, None) => context.say("decided.granted_done", &places),
        (DecidedOutcome::Declined, _) => context.say("decided.declined", &places),
        (DecidedOutcome::Agreed, _) => agreed(context, decision, &text),
    };
    if decision.date != context.analysis.since.date {
        line = context.say("decided.on", &[("text", &line), ("date", &context.day(decision.date))]);
    }
    if let Some(answer) = &decision.answer {
        line = context.say("decided.answer", &[("text", &line), ("answer", &context.words.quote(&flat(answer)))]);
    }
    let span = if undelivered { Span::warning(line) } else { Span::quiet(line) };
    Item {
        bullet: Bullet::None,
        spans: vec![span],
        priority: if undelivered { priorities::NOT_DELIVERED } else { priorities::DECIDED }.at(rank),
    }
}

/// What was agreed: a new date, scope or sentence, or that the sentence still holds.
fn agreed(context: &Context, decision: &Decided, text: &str) -> String {
    let key = match (decision.about, decision.to) {
        (Some(About::Date), Some(to)) => {
            return context.say("decided.agreed_date", &[("text", text), ("to", &context.day_long(to))]);
        }
        (Some(About::Scope), _) => "decided.agreed_scope",
        (Some(About::Wording), _) => "decided.agreed_wording",
        (Some(About::Confirm), _) => "decided.confirmed",
        (Some(About::Date) | None, _) => "decided.agreed",
    };
    context.say(key, &[("text", text)])
}
