//! Metrics: those that left their usual range first, those that miss their target next, the rest small.

mod table;
mod tile;

use chrono::Months;

use super::phrase::{Context, fading, flat};
use super::{Block, Bullet, Item, List, Section, SectionStyle, Span, Tiles};
use crate::analysis::{MetricState, Range, Rule, Signal};

/// Tiles in print where fewer metrics than this have something to say.
const TILES: usize = 8;

pub(super) use tile::bounds;

pub(super) fn section(context: &Context) -> Option<Section> {
    let mut metrics: Vec<&MetricState> = context.analysis.metrics.iter().collect();
    if metrics.is_empty() {
        return None;
    }
    metrics.sort_by_key(|metric| rank(context, metric));
    let mut blocks = Vec::new();
    if metrics.iter().all(|metric| fresh(metric).is_none()) {
        let line = context.say("signals.none", &[]);
        blocks.push(Block::Text { spans: vec![Span::quiet(line)], priority: 93 });
    }
    let loud = metrics.iter().filter(|metric| rank(context, metric) < REST).count();
    let (tiles, rest) = metrics.split_at(loud.max(TILES).min(metrics.len()));
    blocks.push(Block::Tiles(Tiles {
        tiles: tiles.iter().enumerate().map(|(place, metric)| tile::tile(context, metric, place)).collect(),
        more: "metrics",
        left_out: None,
    }));
    if !rest.is_empty() {
        let items = rest.iter().enumerate().map(|(place, metric)| Item {
            bullet: Bullet::None,
            spans: vec![Span::plain(in_brief(context, metric))],
            priority: fading(38, place, 1),
        });
        let label = Some(context.say("signals.rest", &[]));
        blocks.push(Block::List(List { label, items: items.collect(), inline: true, more: "metrics", left_out: None }));
    }
    blocks.push(Block::Table(table::table(context, &metrics)));
    let title = match metrics.iter().filter(|metric| misses(metric)).count() {
        0 => context.say("title.signals", &[]),
        missed => context.count("title.signals_missed", missed, &[]),
    };
    Some(Section { id: "signals", title, style: SectionStyle::Ruled, blocks })
}

/// Where those begin that have nothing to say.
const REST: u8 = 4;

/// News first, the unfavourable before the favourable; then missed targets; then the rest.
fn rank(context: &Context, metric: &MetricState) -> u8 {
    match fresh(metric).filter(|_| !is_provisional(metric)) {
        Some(Signal { favourable: Some(false), .. }) => 0,
        Some(Signal { favourable: None, .. }) => 1,
        Some(Signal { favourable: Some(true), .. }) => 2,
        None if misses(metric) => 3,
        // What an objective is to bring about stands before the rest.
        None if context
            .analysis
            .objectives
            .iter()
            .any(|objective| objective.outcome.as_ref().is_some_and(|outcome| outcome.metric == metric.name)) =>
        {
            3
        }
        None => REST,
    }
}

/// Whether a metric misses its target and is not on the path to it either.
pub(super) fn misses(metric: &MetricState) -> bool {
    metric.target_met == Some(false) && metric.path.is_none_or(|path| !path.on_path)
}

/// Whether the usual range rests on few values: it makes no headline.
pub(super) fn is_provisional(metric: &MetricState) -> bool {
    metric.range.is_none_or(|range| range.provisional)
}

/// The signal that is news: first told in this brief or the last; the strongest rule where several hold.
pub(super) fn fresh(metric: &MetricState) -> Option<Signal> {
    let news = metric.signals.iter().filter(|signal| signal.is_news);
    news.copied().max_by_key(|signal| (signal.week, std::cmp::Reverse(signal.rule)))
}

/// The signal that still holds at the newest value, and was told before.
fn standing(metric: &MetricState) -> Option<Signal> {
    let last = metric.points().last()?.ending;
    let held = metric.signals.iter().filter(|signal| signal.week == last && !signal.is_news);
    held.copied().max_by_key(|signal| std::cmp::Reverse(signal.rule))
}

/// A signal in words: which rule, which side, and for how long.
fn signal_said(context: &Context, metric: &MetricState, signal: Signal) -> String {
    let (by_week, n) = (Context::is_by_week(metric), run_length(metric, signal));
    match (signal.rule, signal.above, by_week) {
        (Rule::OutsideLimit, true, _) if n < 2 => context.say("signals.above", &[]),
        (Rule::OutsideLimit, false, _) if n < 2 => context.say("signals.below", &[]),
        (Rule::OutsideLimit, true, true) => context.count("signals.above_weeks", n, &[]),
        (Rule::OutsideLimit, false, true) => context.count("signals.below_weeks", n, &[]),
        (Rule::OutsideLimit, true, false) => context.count("signals.above_times", n, &[]),
        (Rule::OutsideLimit, false, false) => context.count("signals.below_times", n, &[]),
        (Rule::EightOneSide, true, true) => context.count("signals.above_average_weeks", n, &[]),
        (Rule::EightOneSide, true, false) => context.count("signals.above_average_times", n, &[]),
        (Rule::EightOneSide, false, true) => context.count("signals.below_average_weeks", n, &[]),
        (Rule::EightOneSide, false, false) => context.count("signals.below_average_times", n, &[]),
        (Rule::ThreeOfFour, true, true) => context.say("signals.three_upper", &[]),
        (Rule::ThreeOfFour, true, false) => context.say("signals.three_upper_times", &[]),
        (Rule::ThreeOfFour, false, true) => context.say("signals.three_lower", &[]),
        (Rule::ThreeOfFour, false, false) => context.say("signals.three_lower_times", &[]),
    }
}

/// How many periods the run of a signal has lasted, to the newest in which it held.
pub(super) fn run_length(metric: &MetricState, signal: Signal) -> usize {
    metric.points().iter().filter(|point| signal.since <= point.ending && point.ending <= signal.week).count()
}

/// The period that the newest value is of, where that is not plain, and whether it is late: the week that others know a
/// later one of, or after which one more has closed; always the month, quarter or year.
fn of_period(context: &Context, metric: &MetricState) -> Option<(String, bool)> {
    let of = |metric: &MetricState| metric.points().last().map(|point| point.ending);
    let ending = of(metric)?;
    let alike = context.analysis.metrics.iter().filter(|other| other.grain.months() == metric.grain.months());
    let is_behind = Some(ending) < alike.filter_map(of).max();
    let is_late = match metric.grain.months() {
        Some(months) => is_behind || context.analysis.as_of > ending + Months::new(2 * months),
        None => is_behind || (context.analysis.as_of - ending).num_days() > 7,
    };
    (is_late || !Context::is_by_week(metric)).then(|| (context.period(metric, ending), is_late))
}

/// `Feeds added a week 16`.
fn in_brief(context: &Context, metric: &MetricState) -> String {
    let value = match metric.latest {
        Some(value) => context.value(metric, value),
        None => context.say("signals.not_available", &[]),
    };
    let value = match of_period(context, metric).filter(|_| metric.latest.is_some()) {
        Some((period, _)) => format!("{value} ({period})"),
        None => value,
    };
    context.say("signals.rest_item", &[("name", &flat(&metric.name)), ("value", &value)])
}

/// The limits of a range as they print beside the newest value: about three digits, and never equal to a value that
/// lies outside of them.
pub(super) fn limits(context: &Context, metric: &MetricState, range: Range) -> (String, String) {
    bounds(metric, range, |value, decimals| context.quantity(value, None, decimals))
}
