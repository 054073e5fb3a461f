//! Signals: metrics that left their usual range first, those that miss their target next, the rest small.

use chrono::Months;

use super::phrase::{Context, fading, flat, target_is_floor};
use super::{
    Align, Block, Bullet, Item, List, Priority, Section, SectionStyle, Span, Spans, Style, Table, TableColumn,
    TableRow, Tile, Tiles, WEB_ONLY,
};
use crate::analysis::{EventMark, MetricState, Point, Range, Rule, Signal};
use crate::chart::{Chart, SparklineInput};

/// Tiles in print where fewer metrics than this have something to say.
const TILES: usize = 8;
/// Weeks that a small chart shows.
const WEEKS: usize = 26;
/// In points; four stand side by side.
const TILE_WIDTH: f64 = 117.0;
const TILE_HEIGHT: f64 = 30.0;

pub(super) fn section(context: &Context) -> Option<Section> {
    let mut metrics: Vec<&MetricState> = context.analysis.metrics.iter().collect();
    if metrics.is_empty() {
        return None;
    }
    metrics.sort_by_key(|metric| rank(context, metric));
    let mut blocks = Vec::new();
    if metrics.iter().all(|metric| fresh(context, metric).is_none()) {
        let line = context.say("signals.none", &[]);
        blocks.push(Block::Text { spans: vec![Span::quiet(line)], priority: 93 });
    }
    let loud = metrics.iter().filter(|metric| rank(context, metric) < REST).count();
    let (tiles, rest) = metrics.split_at(loud.max(TILES).min(metrics.len()));
    blocks.push(Block::Tiles(Tiles {
        tiles: tiles.iter().enumerate().map(|(place, metric)| tile(context, metric, place)).collect(),
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
    blocks.push(Block::Table(table(context, &metrics)));
    Some(Section { id: "signals", title: context.say("title.signals", &[]), style: SectionStyle::Ruled, blocks })
}

/// Where those begin that have nothing to say.
const REST: u8 = 4;

/// Signals first, the unfavourable before the favourable; then missed targets; then the rest.
fn rank(context: &Context, metric: &MetricState) -> u8 {
    match fresh(context, metric) {
        Some(Signal { favourable: Some(false), .. }) => 0,
        Some(Signal { favourable: None, .. }) => 1,
        Some(Signal { favourable: Some(true), .. }) => 2,
        None if metric.target_met == Some(false) => 3,
        None => REST,
    }
}

/// The signal that is news: of the last closed week, or since the last 1:1; the strongest rule where several hold.
pub(super) fn fresh(context: &Context, metric: &MetricState) -> Option<Signal> {
    let last = metric.points().last().map(|point| point.ending);
    let since = context.analysis.since.date;
    let news = metric.signals.iter().filter(|signal| Some(signal.week) == last || signal.week > since);
    news.copied().max_by_key(|signal| (signal.week, std::cmp::Reverse(signal.rule)))
}

/// Whether a signal's week lies above the centre.
pub(super) fn is_above(metric: &MetricState, signal: Signal, range: Range) -> bool {
    let value = metric.points().iter().find(|point| point.ending == signal.week).and_then(|point| point.value);
    value.or(metric.latest).is_some_and(|value| value > range.centre)
}

fn tile(context: &Context, metric: &MetricState, place: usize) -> Tile {
    let name = flat(&metric.name);
    let value = match metric.latest {
        Some(value) => context.value(metric, value),
        None => context.say("signals.not_available", &[]),
    };
    let top: Priority = match rank(context, metric) {
        0..=2 => 90,
        3 => 76,
        // A row of four fills the width; the quiet ones behind it are the first to go.
        _ if place < 4 => 52,
        _ => 32,
    };
    Tile {
        chart: (metric.points().iter().filter(|point| point.value.is_some()).count() > 1)
            .then(|| chart(context, metric)),
        note: note(context, metric),
        name,
        value,
        priority: fading(top, place, 2),
    }
}

/// `2 weeks below the usual range, for the better`; or `usual 55 to 66 · target 24`.
fn note(context: &Context, metric: &MetricState) -> Spans {
    let mut spans = Vec::new();
    let bare = |value: f64| context.quantity(value, None, super::phrase::decimals(metric));
    match (fresh(context, metric), metric.range) {
        (Some(signal), Some(range)) => {
            let style = if signal.favourable == Some(false) { Style::Warning } else { Style::Accent };
            spans.push(Span::new(style, signal_said(context, metric, signal, range)));
        }
        (_, Some(range)) => {
            let (lower, upper) = (bare(range.lower), bare(range.upper));
            let usual = context.say("signals.usual", &[("lower", &lower), ("upper", &upper)]);
            let usual = if range.provisional { context.say("signals.provisional", &[("text", &usual)]) } else { usual };
            spans.push(Span::quiet(usual));
        }
        (_, None) => {
            let points = metric.points().iter().filter(|point| point.value.is_some()).count();
            let line = match (points, Context::is_by_week(metric)) {
                (0, true) => context.say("signals.no_value", &[]),
                (0, false) => context.say("signals.no_value_yet", &[]),
                (n @ 1..6, true) => context.count("signals.no_range", n, &[]),
                (n @ 1..6, false) => context.count("signals.no_range_times", n, &[]),
                // Weeks enough, but not in the window that its baseline is locked to.
                (_, true) => context.say("signals.no_baseline", &[]),
                (_, false) => context.say("signals.no_baseline_times", &[]),
            };
            spans.push(Span::quiet(line));
        }
    }
    if let Some(Point { ending, value: None }) = metric.points().last() {
        let line = context.say("signals.no_value_period", &[("period", &context.period(metric, *ending))]);
        spans.push(Span::warning(format!(" · {line}")));
    } else if let Some((period, is_late)) = of_period(context, metric) {
        let style = if is_late { Style::Warning } else { Style::Quiet };
        spans.push(Span::new(style, format!(" · {period}")));
    }
    if let Some(target) = metric.target {
        let target = context.target(metric, target);
        spans.push(match metric.target_met {
            Some(false) => {
                let key = if target_is_floor(metric) { "signals.target_missed" } else { "signals.target_missed_down" };
                Span::warning(format!(" · {}", context.say(key, &[("target", &target)])))
            }
            _ => Span::quiet(format!(" · {}", context.say("signals.target", &[("target", &target)]))),
        });
    }
    // An event may be why: said beside a signal of its week or the next.
    if let Some(signal) = fresh(context, metric) {
        let near = |event: &&EventMark| (0..14).contains(&(signal.week - event.date).num_days());
        if let Some(event) = metric.events.iter().rfind(near) {
            let (date, text) = (context.day(event.date), flat(&event.text));
            let line = context.say("signals.event", &[("date", &date), ("text", &text)]);
            spans.push(Span::quiet(format!(" · {line}")));
        }
    }
    spans
}

/// A signal in words: which rule, which side, for better or worse, and when, where it is not this week's.
pub(super) fn signal_said(context: &Context, metric: &MetricState, signal: Signal, range: Range) -> String {
    let (above, by_week) = (is_above(metric, signal, range), Context::is_by_week(metric));
    let text = match (signal.rule, above) {
        (Rule::OutsideLimit, above) => {
            let until = metric.points().iter().rev().skip_while(|point| point.ending > signal.week);
            let outside = |point: &&Point| {
                point.value.is_some_and(|value| if above { value > range.upper } else { value < range.lower })
            };
            match (until.take_while(outside).count(), above, by_week) {
                (0 | 1, true, _) => context.say("signals.above", &[]),
                (0 | 1, false, _) => context.say("signals.below", &[]),
                (n, true, true) => context.count("signals.above_weeks", n, &[]),
                (n, false, true) => context.count("signals.below_weeks", n, &[]),
                (n, true, false) => context.count("signals.above_times", n, &[]),
                (n, false, false) => context.count("signals.below_times", n, &[]),
            }
        }
        (Rule::EightOneSide, true) if by_week => context.say("signals.eight_above", &[]),
        (Rule::EightOneSide, true) => context.count("signals.above_average_times", 8, &[]),
        (Rule::EightOneSide, false) if by_week => context.say("signals.eight_below", &[]),
        (Rule::EightOneSide, false) => context.count("signals.below_average_times", 8, &[]),
        (Rule::ThreeOfFour, true) if by_week => context.say("signals.three_upper", &[]),
        (Rule::ThreeOfFour, true) => context.say("signals.three_upper_times", &[]),
        (Rule::ThreeOfFour, false) if by_week => context.say("signals.three_lower", &[]),
        (Rule::ThreeOfFour, false) => context.say("signals.three_lower_times", &[]),
    };
    let text = match signal.favourable {
        Some(true) => context.say("signals.good", &[("text", &text)]),
        Some(false) => context.say("signals.bad", &[("text", &text)]),
        None => text,
    };
    if metric.points().last().is_some_and(|point| point.ending > signal.week) {
        context.say("signals.earlier", &[("text", &text), ("period", &context.period(metric, signal.week))])
    } else {
        text
    }
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

fn chart(context: &Context, metric: &MetricState) -> Chart {
    crate::chart::sparkline(&input(context, metric))
}

pub(super) fn input(context: &Context, metric: &MetricState) -> SparklineInput {
    let weeks = &metric.points()[metric.points().len().saturating_sub(WEEKS)..];
    let place = |date| weeks.iter().position(|point| point.ending >= date);
    let signals = metric.signals.iter().filter_map(|signal| {
        let at = weeks.iter().position(|point| point.ending == signal.week)?;
        Some((at, signal.favourable))
    });
    let first = weeks.first().map(|point| point.ending);
    let events: Vec<usize> = metric
        .events
        .iter()
        .filter(|event| first.is_some_and(|first| (event.date - first).num_days() > -7))
        .filter_map(|event| place(event.date))
        .collect();
    let name = flat(&metric.name);
    let value = metric.latest.map(|value| context.value(metric, value)).unwrap_or_default();
    let finding = match (fresh(context, metric), metric.range) {
        (Some(signal), Some(range)) => Some(signal_said(context, metric, signal, range)),
        _ => None,
    };
    let title = match &finding {
        Some(finding) => {
            context.say("signals.chart_title", &[("metric", &name), ("value", &value), ("finding", finding)])
        }
        None => context.say("signals.chart_title_plain", &[("metric", &name), ("value", &value)]),
    };
    SparklineInput {
        title,
        alt: alt(context, metric, weeks, finding.as_deref()),
        values: weeks.iter().map(|point| point.value).collect(),
        range: metric.range.map(|range| (range.lower, range.centre, range.upper)),
        target: metric.target,
        signals: signals.collect(),
        events,
        width: TILE_WIDTH,
        height: TILE_HEIGHT,
    }
}

fn alt(context: &Context, metric: &MetricState, weeks: &[Point], finding: Option<&str>) -> String {
    let value = |value: f64| context.value(metric, value);
    let values: Vec<&Point> = weeks.iter().filter(|point| point.value.is_some()).collect();
    let at = |point: Option<&&Point>| point.and_then(|point| point.value).map(value).unwrap_or_default();
    let range = metric.range.map(|range| {
        context.say("signals.chart_alt_range", &[("lower", &value(range.lower)), ("upper", &value(range.upper))])
    });
    let target = metric
        .target
        .map(|target| context.say("signals.chart_alt_target", &[("target", &context.target(metric, target))]));
    let signal = finding.map(|finding| context.say("signals.chart_alt_signal", &[("signal", finding)]));
    let first = weeks.first().map(|point| point.ending);
    let events: Vec<String> = metric
        .events
        .iter()
        .filter(|event| first.is_some_and(|first| (event.date - first).num_days() > -7))
        .map(|event| {
            let (date, text) = (context.day(event.date), flat(&event.text));
            context.say("signals.event", &[("date", &date), ("text", &text)])
        })
        .collect();
    let events =
        (!events.is_empty()).then(|| context.say("signals.chart_alt_events", &[("events", &events.join(", "))]));
    let end = weeks.last().map(|point| context.day(point.ending)).unwrap_or_default();
    context.count(
        if Context::is_by_week(metric) { "signals.chart_alt" } else { "signals.chart_alt_times" },
        values.len(),
        &[
            ("metric", &flat(&metric.name)),
            ("end", &end),
            ("first", &at(values.first())),
            ("value", &at(values.last())),
            ("range", range.as_deref().unwrap_or_default()),
            ("target", target.as_deref().unwrap_or_default()),
            ("signal", signal.as_deref().unwrap_or_default()),
            ("events", events.as_deref().unwrap_or_default()),
        ],
    )
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

/// Every metric with its changes, for looking up: on the web page alone.
fn table(context: &Context, metrics: &[&MetricState]) -> Table {
    let head = |key: &str, width, align| TableColumn { title: context.say(key, &[]), width, align };
    let all_by_week = metrics.iter().all(|metric| Context::is_by_week(metric));
    let latest = if all_by_week { "latest" } else { "newest" };
    let columns = [latest, "wow", "yoy", "mom", "mtd", "qtd", "ytd", "target"];
    let columns = columns.iter().map(|name| head(&format!("signals.table_{name}"), 9.0, Align::Right));
    let rows = metrics.iter().map(|metric| {
        let value = |value: Option<f64>| match value {
            Some(value) => context.value(metric, value),
            None => context.say("signals.not_available", &[]),
        };
        let period = |so_far: Option<f64>, change_on_year: Option<f64>| match change_on_year {
            Some(_) => format!("{} ({})", value(so_far), change(context, metric, change_on_year)),
            None => value(so_far),
        };
        let cells = [
            flat(&metric.name),
            match (metric.latest, of_period(context, metric)) {
                (Some(latest), Some((period, _))) => format!("{} ({period})", context.value(metric, latest)),
                (latest, _) => value(latest),
            },
            change(context, metric, metric.wow),
            change(context, metric, metric.yoy),
            change(context, metric, metric.mom),
            period(metric.mtd, metric.mtd_yoy),
            period(metric.qtd, metric.qtd_yoy),
            period(metric.ytd, metric.ytd_yoy),
            metric.target.map(|target| context.target(metric, target)).unwrap_or_default(),
        ];
        let keys = vec![
            None,
            metric.latest,
            metric.wow,
            metric.yoy,
            metric.mom,
            metric.mtd,
            metric.qtd,
            metric.ytd,
            metric.target,
        ];
        TableRow { cells: cells.into_iter().map(|text| vec![Span::plain(text)]).collect(), keys, priority: WEB_ONLY }
    });
    Table {
        caption: context.say("signals.table_caption", &[]),
        columns: std::iter::once(head("signals.table_metric", 28.0, Align::Left)).chain(columns).collect(),
        show_head: true,
        row_heads: true,
        rows: rows.collect(),
        more: "metrics",
        left_out: None,
    }
}

/// A change with its sign: in percent for a volume, in points (or basis points) for a rate, `n/a` without a base.
fn change(context: &Context, metric: &MetricState, change: Option<f64>) -> String {
    let Some(change) = change else {
        return context.say("signals.not_available", &[]);
    };
    let sign = if change > 0.0 { "+" } else { "" };
    let said = if !metric.is_rate {
        context.words.percent(change, 1)
    } else if metric.bps {
        context.say("signals.bps", &[("n", &context.words.number(change * 10_000.0, 0))])
    } else {
        context.say("signals.points", &[("n", &context.words.number(change * 100.0, 2))])
    };
    format!("{sign}{said}")
}
