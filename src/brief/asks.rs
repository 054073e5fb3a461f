//! The section "needed from you": the open asks, most urgent first, each with all that a decision needs.

use chrono::NaiveDate;

use super::phrase::{Context, capital, flat, stopped};
use super::{ALWAYS, Align, Block, Section, SectionStyle, Span, Spans, Table, TableColumn, TableRow};
use crate::analysis::{AskState, Change, DriftDetail, Effect, MilestoneState, Moved, WordChange};
use crate::brief::priorities;
use crate::redact::Audience;
use crate::team::Stage;

pub(super) fn section(context: &Context) -> Option<Section> {
    let title = context.say("title.asks", &[]);
    let mut blocks = Vec::new();
    let asks = &context.analysis.asks;
    if !asks.is_empty() {
        let head = |key: &str, width, align| TableColumn { title: context.say(key, &[]), width, align };
        blocks.push(Block::Table(Table {
            caption: context.say("asks.caption", &[]),
            columns: vec![
                head("asks.needed", 10.0, Align::Left),
                head("asks.ask", 56.0, Align::Left),
                head("asks.buys", 25.0, Align::Left),
                head("asks.open", 9.0, Align::Right),
            ],
            show_head: true,
            row_heads: false,
            rows: asks.iter().enumerate().map(|(rank, ask)| row(context, ask, rank)).collect(),
            more: "asks",
        }));
    }
    let lines = confirm(context).into_iter();
    blocks.extend(lines.map(|line| Block::Text { spans: vec![Span::plain(line)], priority: ALWAYS }));
    // Without a log of asks, and in a copy that may leave some out, "nothing is needed" could be false.
    if blocks.is_empty() && !context.analysis.has_asks_log {
        return None;
    }
    Some(if blocks.is_empty() {
        // A copy that leaves asks out must not say that there are none. It never says so, so that its silence reveals
        // nothing.
        if context.audience == crate::redact::Audience::Shared {
            return None;
        }
        Section::line(title, context.say("asks.none", &[]))
    } else {
        Section::new(SectionStyle::Boxed, title, blocks)
    })
}

fn row(context: &Context, ask: &AskState, rank: usize) -> TableRow {
    let id = ask.shown_id.iter().map(|id| Span::quiet(format!("{}\u{a0} ", flat(id.as_str()))));
    TableRow {
        cells: vec![
            needed_by_cell(context, ask),
            id.chain(ask_spans(context, ask)).collect(),
            benefit(context, ask),
            vec![Span::quiet(open_since(context, ask))],
        ],
        keys: Vec::new(),
        priority: priorities::ASK.at(rank),
    }
}

/// The ask in bold, then its reason, recommendation and alternative, and its stage with other teams.
fn ask_spans(context: &Context, ask: &AskState) -> Spans {
    let text = flat(&ask.text);
    let mut spans = match ask.why.as_deref().map(flat) {
        Some(why) => with_why(context, text, &why),
        None => vec![Span::strong(stopped(&text))],
    };
    let parts = [("asks.recommendation", &ask.recommendation), ("asks.alternative", &ask.alternative)];
    for (key, part) in parts {
        if let Some(part) = part {
            spans.push(Span::plain(format!(" {}", stopped(&context.say(key, &[("text", &flat(part))])))));
        }
    }
    if let Some(stage_text) = stage_text(context, ask) {
        spans.push(Span::quiet(format!(" {stage_text}")));
    }
    // The strategy that it serves, else its objective.
    if let Some(objective) = ask.objective.as_ref().and_then(|id| context.objective(id)) {
        let serves = objective.strategy.as_deref().map_or_else(|| context.objective_name(objective), flat);
        spans.push(Span::quiet(format!(" {}", context.say("asks.objective", &[("objective", &serves)]))));
    }
    spans
}

/// `Drop supplier scoring: its six tasks were never agreed.` A text that ends with a punctuation mark gets no colon.
pub(super) fn with_why(context: &Context, text: String, why: &str) -> Spans {
    let joint = if text.ends_with(['?', '!', '…', ':', ')']) { " " } else { context.words.colon() };
    let why = if text.ends_with(['?', '!', '…']) { capital(why) } else { why.to_owned() };
    vec![Span::strong(text), Span::plain(format!("{joint}{}", stopped(&why)))]
}

/// The computed effect of granting it on a milestone, else what the manager states that it brings or prevents.
fn benefit(context: &Context, ask: &AskState) -> Spans {
    if let Some(effect) = &ask.effect
        && let Some(spans) = effect_spans(context, ask, effect)
    {
        return spans;
    }
    match (&ask.gives, &ask.if_not) {
        (Some(gives), _) => vec![Span::plain(context.say("asks.gives", &[("text", &flat(gives))]))],
        (None, Some(if_not)) => vec![Span::plain(context.say("asks.if_not", &[("text", &flat(if_not))]))],
        (None, None) => vec![Span::quiet("–".to_owned())],
    }
}

/// `Self-serve release 13 → 2 Dec; odds of 4 Dec 20 → 61% (forecast without the 6 tasks)`
fn effect_spans(context: &Context, ask: &AskState, effect: &Effect) -> Option<Spans> {
    let milestone = context.milestone(&effect.milestone)?;
    let mut spans = Vec::new();
    // The milestone is named unless the ask or the title does so.
    let name = flat(&milestone.name);
    if ask.milestone.as_ref() != Some(&effect.milestone) && !context.title.contains(&name) {
        spans.push(Span::plain(format!("{name} ")));
    }
    if let Some(moved) = &effect.moved {
        spans.push(Span::plain(odds_moved(context, milestone, moved)));
        return Some(spans);
    }
    if let Some((from, to)) = effect.p50_from.zip(effect.p50_to) {
        let from = context.day_before(from, to).unwrap_or_else(|| context.day(from));
        spans.push(Span::strong(format!("{from} → {}", context.day(to)).replace(' ', "\u{a0}")));
    }
    if let Some((odds, agreed)) = odds_change(context, milestone, effect).zip(milestone.agreed) {
        let places = [("agreed", context.due(milestone, agreed)), ("odds", odds)];
        let text = context.say("asks.buys_odds", &places.each_ref().map(|(key, value)| (*key, value.as_str())));
        let before = if effect.p50_from.is_some() { context.words.semicolon() } else { "" };
        spans.push(Span::plain(format!("{before}{text}")));
    }
    let basis = match effect.brings {
        Some(tasks) => context.count("asks.buys_more", tasks.round() as u64, &[]),
        None => context.count("asks.buys_without", effect.without, &[]),
    };
    spans.push(Span::quiet(format!(" {basis}")));
    Some(spans)
}

/// `odds of 4 Dec 20%, of 18 Dec 61%`
pub(super) fn odds_moved(context: &Context, milestone: &MilestoneState, moved: &Moved) -> String {
    let weeks = milestone.forecast.map_or(0, |forecast| forecast.weeks);
    let of = |day: NaiveDate, odds: f64| (context.day(day), context.odds(odds, weeks));
    let (to, odds_to) = of(moved.to, moved.odds_to);
    match moved.odds_from.map(|odds| of(moved.from, odds)) {
        Some((from, odds)) => {
            context.say("asks.buys_moved", &[("from", &from), ("odds", &odds), ("to", &to), ("odds_to", &odds_to)])
        }
        None => context.say("asks.buys_odds", &[("agreed", &to), ("odds", &odds_to)]),
    }
}

/// `20 → 61%`
pub(super) fn odds_change(context: &Context, milestone: &MilestoneState, effect: &Effect) -> Option<String> {
    let (from, to) = effect.odds_from.zip(effect.odds_to)?;
    let weeks = milestone.forecast.map_or(0, |forecast| forecast.weeks);
    let from = context.words.without_percent(&context.odds(from, weeks));
    Some(format!("{from}\u{a0}→ {}", context.odds(to, weeks)))
}

/// Returns the stage of the ask with the team that it is needed from.
fn stage_text(context: &Context, ask: &AskState) -> Option<String> {
    let team = ask.needed_from.as_deref().map(flat);
    match (ask.stage, team) {
        (Stage::Private, _) if context.audience == Audience::Shared => None,
        (Stage::Private, Some(team)) => Some(context.say("asks.private_with", &[("team", &team)])),
        (Stage::Private, None) => None,
        (Stage::Agreed, Some(team)) => Some(context.say("asks.agreed_with", &[("team", &team)])),
        (Stage::Raised, Some(team)) => Some(context.say("asks.from_team", &[("team", &team)])),
        (Stage::Agreed | Stage::Raised, None) => None,
    }
}

fn needed_by_cell(context: &Context, ask: &AskState) -> Spans {
    let Some(date) = ask.needed_by else {
        return vec![Span::quiet(context.say("asks.no_date", &[]))];
    };
    let day = context.as_written(date, ask.needed_period.as_deref(), Context::near_day);
    let soon = (date - context.analysis.on).num_days() <= 7;
    let text = context.say(if ask.overdue { "asks.overdue" } else { "asks.by" }, &[("date", &day)]);
    vec![if ask.overdue || soon { Span::warning(text) } else { Span::plain(text) }]
}

/// Returns since when the ask is open: `new`, `30 Oct`.
fn open_since(context: &Context, ask: &AskState) -> String {
    match ask.asked_on {
        _ if ask.new => context.say("asks.new", &[]),
        Some(date) => context.day(date),
        None => String::new(),
    }
}

/// Returns questions about whether the objectives' sentences still hold, if that is due: new words that nobody agreed
/// to are to be agreed or rejected.
fn confirm(context: &Context) -> Vec<String> {
    if context.analysis.first_brief {
        return Vec::new();
    }
    // Where nothing was agreed yet, all of it is to be agreed.
    let due = context.analysis.objectives.iter().filter(|objective| objective.confirm_due);
    let mut lines = Vec::new();
    let mut unchanged: Vec<String> = Vec::new();
    for objective in due {
        let name = context.words.quote(&context.objective_name(objective));
        let changed = context.analysis.drift.iter().find_map(|drift| match &drift.detail {
            DriftDetail::Wording { words } if drift.objective == objective.id && drift.agreed_on.is_none() => {
                Some((new_words(words), drift.ask))
            }
            _ => None,
        });
        let Some((words, ask)) = changed else {
            unchanged.push(name);
            continue;
        };
        // An ask about the change has its own row above.
        if ask.is_some_and(|number| context.analysis.asks.iter().any(|ask| ask.number == number)) {
            continue;
        }
        let words = words.map(|words| context.words.quote(&words)).unwrap_or_default();
        let key = if words.is_empty() { "asks.new_wording" } else { "asks.new_words" };
        lines.push(stopped(&context.say(key, &[("words", &words), ("objective", &name)])));
    }
    if !unchanged.is_empty() {
        lines.push(context.count("asks.confirm", unchanged.len(), &[("objectives", &context.words.list(&unchanged))]));
    }
    lines
}

/// Maximum length of new words that are quoted, in characters.
const MAX_QUOTED_CHARS: usize = 60;

/// Returns the words inserted into an otherwise equal sentence, such as `and score`.
fn new_words(words: &[WordChange]) -> Option<String> {
    let mut new = words.iter().filter(|word| word.change == Change::Inserted).map(|word| flat(&word.text));
    let only = new.next().filter(|_| new.next().is_none())?;
    let same = words.iter().all(|word| word.change != Change::Deleted);
    (same && !only.is_empty() && only.chars().count() <= MAX_QUOTED_CHARS).then_some(only)
}
