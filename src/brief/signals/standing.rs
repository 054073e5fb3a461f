//! The state of a metric, as its tile and its row describe it.

use chrono::{Months, NaiveDate};

use super::usual::{basis, side, what};
use crate::analysis::{MetricState, Range, Rule, Signal};
use crate::brief::phrase::{Context, decimals, flat};
use crate::team::{Better, Grain, MetricKind, Status};

/// First rank of the metrics that have nothing to say.
pub(super) const REST: u8 = 4;
/// Rank of those among them that have no target.
const WITHOUT_TARGET: u8 = 5;

/// Sort key: news first, the unfavourable before the favourable; then missed targets; then the rest.
pub(super) fn rank(context: &Context, metric: &MetricState) -> u8 {
    match fresh(metric).filter(|_| !is_provisional(metric)) {
        Some(Signal { favourable: Some(false), .. }) => 0,
        Some(Signal { favourable: None, .. }) => 1,
        Some(Signal { favourable: Some(true), .. }) => 2,
        None if is_stated_off(metric) => 1,
        None if misses(metric) || is_behind(metric) => 3,
        // The outcome of an objective comes before the rest.
        None if context
            .analysis
            .objectives
            .iter()
            .any(|objective| objective.outcome.as_ref().is_some_and(|outcome| outcome.metric == metric.name)) =>
        {
            3
        }
        None if fresh(metric).is_some() => 3,
        None if metric.target.is_some() => REST,
        None => WITHOUT_TARGET,
    }
}

/// Whether the team itself states that a metric is not well.
pub(super) fn is_stated_off(metric: &MetricState) -> bool {
    let status = metric.stated.as_ref().and_then(|stated| stated.status);
    matches!(status, Some(Status::Late | Status::AtRisk))
}

/// Whether a metric misses its target. If it has a path, it cannot miss the target before the end of the path.
pub(in crate::brief) fn misses(metric: &MetricState) -> bool {
    let is_over = |end: NaiveDate| metric.points().last().is_some_and(|point| point.ending >= end);
    metric.target_met == Some(false) && metric.path.is_none_or(|path| is_over(path.end))
}

/// Whether a metric is behind the path to its target.
pub(in crate::brief) fn is_behind(metric: &MetricState) -> bool {
    metric.target_met == Some(false) && metric.path.is_some_and(|path| !path.on_path)
}

/// Where the path to its target is today, with one more digit where few would hide the way, unless the metric is on it
/// and only that digit would deny it.
pub(in crate::brief) fn path_today(context: &Context, metric: &MetricState) -> Option<String> {
    let (path, whole) = (metric.path?, decimals(metric));
    let more = whole.max(usize::from(path.today.fract() != 0.0 && path.today.abs() < 10.0));
    let rises = path.to > path.from;
    let is_short = metric.latest.is_some_and(|latest| if rises { latest < path.today } else { latest > path.today });
    Some(match metric.latest.filter(|_| path.on_path && is_short) {
        Some(latest) => context.value(metric, latest),
        None => context.quantity(path.today, metric.unit.as_deref(), more),
    })
}

/// Whether the usual range depends on few values; such a metric is not in the headline.
pub(in crate::brief) fn is_provisional(metric: &MetricState) -> bool {
    metric.range.is_none_or(|range| range.provisional)
}

/// Returns the signal that is news: first reported in this brief or the last; the strongest rule if several hold.
pub(in crate::brief) fn fresh(metric: &MetricState) -> Option<Signal> {
    let news = metric.signals.iter().filter(|signal| signal.is_news);
    news.copied().max_by_key(|signal| (signal.week, std::cmp::Reverse(signal.rule)))
}

/// Returns a signal that still holds at the newest value and was reported before.
pub(super) fn older_signal(metric: &MetricState) -> Option<Signal> {
    let last = metric.points().last()?.ending;
    let held = metric.signals.iter().filter(|signal| signal.week == last && !signal.is_news);
    held.copied().max_by_key(|signal| std::cmp::Reverse(signal.rule))
}

/// Describes a signal: its rule, its side, and for how long.
pub(super) fn signal_text(context: &Context, metric: &MetricState, signal: Signal) -> String {
    let (by_week, n) = (Context::is_by_week(metric), run_length(metric, signal));
    let what = what(context, basis(metric), signal.rule);
    let counted = |key: &str| context.count(key, n, &[("of", &what)]);
    match (signal.rule, signal.above, by_week) {
        (Rule::OutsideLimit, above, _) if n < 2 => side(context, basis(metric), signal.rule, above),
        (Rule::OutsideLimit | Rule::EightOneSide, true, true) => counted("signals.above_weeks"),
        (Rule::OutsideLimit | Rule::EightOneSide, false, true) => counted("signals.below_weeks"),
        (Rule::OutsideLimit | Rule::EightOneSide, true, false) => counted("signals.above_times"),
        (Rule::OutsideLimit | Rule::EightOneSide, false, false) => counted("signals.below_times"),
        (Rule::ThreeOfFour, true, true) => context.say("signals.three_upper", &[]),
        (Rule::ThreeOfFour, true, false) => context.say("signals.three_upper_times", &[]),
        (Rule::ThreeOfFour, false, true) => context.say("signals.three_lower", &[]),
        (Rule::ThreeOfFour, false, false) => context.say("signals.three_lower_times", &[]),
    }
}

/// Returns the number of periods of a signal's run, up to the newest in which it held.
pub(in crate::brief) fn run_length(metric: &MetricState, signal: Signal) -> usize {
    metric.points().iter().filter(|point| signal.since <= point.ending && point.ending <= signal.week).count()
}

/// Returns the period of the newest value if it must be stated, and whether the value is late: a week if other metrics
/// have a later one, or another week has closed since; always a month, quarter or year.
pub(super) fn of_period(context: &Context, metric: &MetricState) -> Option<(String, bool)> {
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

/// Returns the end and the value of an unfinished week, month, quarter or year that already has a row. It is shown, but
/// neither compared nor judged.
pub(super) fn open_period(metric: &MetricState) -> Option<(NaiveDate, f64)> {
    let open = metric.partial.as_ref().filter(|_| metric.grain != Grain::Day)?;
    Some((open.ending, open.value?))
}

/// Whether a level (not a growing sum) of an unfinished period is outside the usual range on the unfavourable side.
pub(super) fn has_left_usual(metric: &MetricState, (_, value): (NaiveDate, f64)) -> bool {
    let is_level = matches!(metric.kind, Some(MetricKind::Rate | MetricKind::Ratio | MetricKind::Stock));
    let is_beyond = |range: Range| match metric.better {
        Some(Better::Up) => value < range.lower,
        Some(Better::Down) => value > range.upper,
        None => false,
    };
    is_level && metric.range.is_some_and(is_beyond)
}

/// `We say red: Two large accounts left`: the team's own statement about a metric.
pub(super) fn stated(context: &Context, metric: &MetricState) -> Option<String> {
    let stated = metric.stated.as_ref()?;
    let reason = stated.reason.as_deref().map(flat);
    let Some(status) = stated.status else { return reason.map(|reason| context.words.quote(&reason)) };
    let said = context.say("quarter.we_say", &[("stated", &context.stated(Some(status), stated.stated_as))]);
    Some(match reason {
        Some(reason) => context.and_reason(&said, &reason),
        None => said,
    })
}

/// `Feeds added a week 16`.
pub(super) fn in_brief(context: &Context, metric: &MetricState) -> String {
    let value = match metric.latest {
        Some(value) => context.value(metric, value),
        None => context.say("signals.not_available", &[]),
    };
    let value = match of_period(context, metric).filter(|_| metric.latest.is_some()) {
        Some((period, _)) => format!("{value} ({period})"),
        None => value,
    };
    let item = context.say("signals.rest_item", &[("name", &flat(&metric.name)), ("value", &value)]);
    match stated(context, metric) {
        Some(stated) => format!("{item} · {stated}"),
        None => item,
    }
}
