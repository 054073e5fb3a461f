//! The section "risks": the three largest by likelihood × impact with their mitigation, and what changed since the last
//! 1:1.

use super::phrase::{Context, flat, stopped};
use super::{Align, Block, Section, SectionStyle, Span, Spans, Table, TableColumn, TableRow};
use crate::analysis::{RiskChange, RiskState};
use crate::brief::priorities;
use crate::team::{Level, Rating, RiskStatus, Stated};

/// Number of the largest risks that are shown, changed or not; of the others, only changed ones are named.
const MAX_SHOWN: usize = 3;
/// Maximum number of other risks that are named.
const MAX_NAMED: usize = 20;

pub(super) fn section(context: &Context) -> Option<Section> {
    let risks = &context.analysis.risks;
    if risks.is_empty() {
        return None;
    }
    let open = risks.iter().filter(|risk| risk.status == RiskStatus::Open).count();
    let (shown, others) = risks.split_at(open.min(MAX_SHOWN));
    let mut blocks = Vec::new();
    if !shown.is_empty() {
        blocks.push(Block::Table(table(context, shown)));
    }
    let also = others.iter().filter(|risk| risk.change.is_some()).count();
    let mut changed: Vec<String> = others.iter().filter_map(|risk| named(context, risk)).take(MAX_NAMED).collect();
    if also > MAX_NAMED {
        changed.push(context.count("next.others", also - MAX_NAMED, &[]));
    }
    if !changed.is_empty() {
        let line = context.say("risks.also", &[("risks", &changed.join("; "))]);
        blocks.push(Block::Text {
            spans: vec![Span::quiet(stopped(&line))],
            priority: priorities::RISK_ALSO_CHANGED.at(0),
        });
    }
    let n = risks.iter().filter(|risk| risk.change.is_some()).count();
    let title = match n {
        0 => context.say("title.risks", &[]),
        _ => context.count("title.risks_changed", n as u64, &[("since", &context.since())]),
    };
    Some(Section::new(SectionStyle::Ruled, title, blocks))
}

fn table(context: &Context, shown: &[RiskState]) -> Table {
    let head = |key: &str, width| TableColumn { title: context.say(key, &[]), width, align: Align::Left };
    Table {
        caption: context.say("risks.caption", &[]),
        columns: vec![head("risks.risk", 58.0), head("risks.rating", 21.0), head("risks.change", 21.0)],
        show_head: true,
        row_heads: true,
        rows: shown.iter().enumerate().map(|(rank, risk)| row(context, risk, rank)).collect(),
        more: "risks",
    }
}

fn row(context: &Context, risk: &RiskState, rank: usize) -> TableRow {
    let mut what = vec![Span::strong(flat(&risk.risk))];
    if let Some(mitigation) = &risk.mitigation {
        what.push(Span::plain(format!("{}{}", context.words.colon(), flat(mitigation))));
    }
    if let Some(owner) = &risk.owner {
        what.push(Span::quiet(format!(" ({})", flat(owner))));
    }
    let rating = vec![Span::plain(rating(context, risk.likelihood, risk.impact))];
    // A rating and its change are one line each; the text of the risk gives way.
    let change = risk.change.map(|change| change_of(context, change));
    let change = change.map(|change| Span { text: change.text.replace(' ', "\u{a0}"), ..change });
    let cells: Vec<Spans> = vec![what, rating, change.into_iter().collect()];
    TableRow { cells, keys: vec![None, risk.score, None], priority: priorities::RISK.at(rank) }
}

/// `up from low × high`.
fn change_of(context: &Context, change: RiskChange) -> Span {
    let from = |key: &str, likelihood, impact| context.say(key, &[("before", &rating(context, likelihood, impact))]);
    match change {
        RiskChange::New => Span::warning(context.say("risks.new", &[])),
        RiskChange::Reopened => Span::warning(context.say("risks.reopened", &[])),
        RiskChange::Rose { likelihood, impact } => Span::warning(from("risks.rose", likelihood, impact)),
        RiskChange::Fell { likelihood, impact } => Span::plain(from("risks.fell", likelihood, impact)),
        RiskChange::Closed => Span::plain(context.say("risks.closed", &[])),
        RiskChange::Mitigation => Span::plain(context.say("risks.answered", &[])),
    }
}

/// Names a risk that is not among the largest with its change; `None` if nothing changed.
fn named(context: &Context, risk: &RiskState) -> Option<String> {
    let change = change_of(context, risk.change?);
    Some(context.say("risks.named", &[("risk", &context.words.quote(&flat(&risk.risk))), ("change", &change.text)]))
}

/// `medium × high`, or the one rating that is known.
pub(super) fn rating(context: &Context, likelihood: Option<Rating>, impact: Option<Rating>) -> String {
    let likelihood = likelihood.map(|rating| one(context, likelihood_word, rating));
    let impact = impact.map(|rating| one(context, impact_word, rating));
    match (likelihood, impact) {
        (Some(likelihood), Some(impact)) => {
            context.say("risks.both", &[("likelihood", &likelihood), ("impact", &impact)])
        }
        (Some(likelihood), None) => context.say("risks.likelihood_only", &[("likelihood", &likelihood)]),
        (None, Some(impact)) => context.say("risks.impact_only", &[("impact", &impact)]),
        (None, None) => context.say("risks.unrated", &[]),
    }
}

/// A rating in the form in which it was given: `medium`, `4 of 5`, `40%`. In some languages the word of a level agrees
/// with its noun.
fn one(context: &Context, of_level: fn(Level) -> &'static str, rating: Rating) -> String {
    let number = |number: f64| context.words.number(number, super::phrase::own_decimals(number));
    match rating.stated {
        Stated::Level(level) => context.say(of_level(level), &[]),
        Stated::Step { step, of } => context.say("risks.step", &[("step", &number(step)), ("of", &number(of))]),
        Stated::Share => context.percent(rating.share),
    }
}

fn likelihood_word(level: Level) -> &'static str {
    match level {
        Level::VeryLow => "risks.likelihood_very_low",
        Level::Low => "risks.likelihood_low",
        Level::Medium => "risks.likelihood_medium",
        Level::High => "risks.likelihood_high",
        Level::VeryHigh => "risks.likelihood_very_high",
    }
}

fn impact_word(level: Level) -> &'static str {
    match level {
        Level::VeryLow => "risks.impact_very_low",
        Level::Low => "risks.impact_low",
        Level::Medium => "risks.impact_medium",
        Level::High => "risks.impact_high",
        Level::VeryHigh => "risks.impact_very_high",
    }
}
