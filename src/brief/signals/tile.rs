//! One metric as a tile: its name and newest value, a small chart, the change with the usual range, and a verdict.

use super::standing::is_stated_off;
use super::steps::{first_to_last, last_step};
use super::usual::{Place, basis, before_newest, latest_decimals, place, side, text as usual_text};
use super::{
    REST, fresh, has_left_usual, in_brief, is_behind, misses, of_period, older_signal, open_period, path_today, rank,
    signal_text, stated,
};
use crate::analysis::{Basis, EventMark, MetricState, Path, Point, Range, Rule, Signal};
use crate::brief::phrase::{Context, flat, target_decimals};
use crate::brief::priorities;
use crate::brief::{Span, Spans, Style, Tile};
use crate::chart::{Chart, PathLine, SparklineInput};
use crate::team::MetricKind;

/// Number of weeks in a small chart.
const CHART_WEEKS: usize = 26;
/// Size of a chart in points; four are side by side.
const TILE_WIDTH: f64 = 117.0;
const TILE_HEIGHT: f64 = 30.0;
/// Smallest number of values for a chart and a range; fewer values are described in words.
const MIN_CHART_VALUES: usize = 6;

pub(super) fn tile(context: &Context, metric: &MetricState, place: usize) -> Tile {
    let priority = match rank(context, metric) {
        0..=3 => priorities::TILE_THAT_SPEAKS,
        REST => priorities::TILE_WITH_TARGET,
        // A row of four fills the width; quiet metrics after the first row have the lowest priority.
        _ if place < 4 => priorities::TILE_OF_FIRST_ROW,
        _ => priorities::TILE_AS_USUAL,
    };
    Tile {
        chart: (known(metric) >= MIN_CHART_VALUES || metric.path.is_some() && known(metric) > 1)
            .then(|| chart(context, metric)),
        note: note(context, metric),
        verdict: verdict(context, metric),
        name: flat(&metric.name),
        value: value(context, metric),
        in_brief: (rank(context, metric) > REST).then(|| in_brief(context, metric)),
        priority: priority.at(place),
    }
}

fn known(metric: &MetricState) -> usize {
    metric.points().iter().filter(|point| point.value.is_some()).count()
}

/// `0.58 %`; for a running total `2 of 3`.
fn value(context: &Context, metric: &MetricState) -> String {
    match (metric.latest, metric.path) {
        (None, _) => context.say("signals.not_available", &[]),
        (Some(latest), Some(path)) if metric.kind == Some(MetricKind::Cumulative) => {
            let (value, target) = (context.value(metric, latest), context.target(metric, path.to));
            context.say("signals.of_target", &[("value", &value), ("target", &target)])
        }
        (Some(latest), _) => context.quantity(latest, metric.unit.as_deref(), latest_decimals(metric)),
    }
}

/// `−0.08 pts · below usual 0.72–1.07`, `+1 · path today 1.6`, `33.8 → 22.9 (−32%) · 2 weeks so far`.
fn note(context: &Context, metric: &MetricState) -> Spans {
    let by_week = Context::is_by_week(metric);
    let count = known(metric);
    let mut spans = Vec::new();
    if count == 0 {
        let key = if by_week { "signals.no_value" } else { "signals.no_value_yet" };
        return vec![Span::quiet(context.say(key, &[]))];
    }
    if count < MIN_CHART_VALUES && metric.path.is_none() {
        let key = if by_week { "signals.so_far" } else { "signals.so_far_times" };
        let so_far = context.count(key, count, &[]);
        let told = first_to_last(context, metric).map_or(so_far.clone(), |told| format!("{told} · {so_far}"));
        return vec![Span::quiet(told)];
    }
    if let Some(step) = last_step(context, metric) {
        spans.push(Span::quiet(format!("{step} · ")));
    }
    spans.push(match (metric.path, metric.range) {
        (Some(_), _) => {
            let today = path_today(context, metric).unwrap_or_default();
            Span::quiet(context.say("signals.path_today", &[("value", &today)]))
        }
        (None, Some(range)) => usual(context, metric, range),
        // There are enough weeks, but not in the fixed baseline window.
        (None, None) if by_week => Span::quiet(context.say("signals.no_baseline", &[])),
        (None, None) => Span::quiet(context.say("signals.no_baseline_times", &[])),
    });
    spans
}

/// The usual range, and the side on which the newest value is outside of it; coloured if that is news.
fn usual(context: &Context, metric: &MetricState, range: Range) -> Span {
    if let Some((days, of)) = metric.lacks {
        let of = context.words.whole(of as u64);
        return Span::quiet(context.count("signals.lacks_days", days, &[("of", &of)]));
    }
    let text = |above: Option<bool>| {
        let text = usual_text(context, metric, range, above);
        if range.provisional { context.say("signals.provisional", &[("text", &text)]) } else { text }
    };
    let signal = fresh(metric).or_else(|| older_signal(metric));
    match (signal.filter(|it| it.rule == Rule::OutsideLimit && holds(metric, *it)), place(metric)) {
        (Some(signal), _) => {
            let style = if signal.is_news { style_of(signal) } else { Style::Quiet };
            Span::new(style, text(Some(signal.above)))
        }
        (None, Some(Place::Above)) => Span::quiet(text(Some(true))),
        (None, Some(Place::Below)) => Span::quiet(text(Some(false))),
        (None, _) => Span::quiet(text(None)),
    }
}

/// Whether a signal holds at the newest value.
fn holds(metric: &MetricState, signal: Signal) -> bool {
    metric.points().last().is_some_and(|point| point.ending == signal.week)
}

fn style_of(signal: Signal) -> Style {
    if signal.favourable == Some(false) { Style::Warning } else { Style::Accent }
}

/// `▲ misses target 0.5%`, `● on the path to 15,000`, `○ as usual`, `▪▪ a usual range takes 6`.
fn verdict(context: &Context, metric: &MetricState) -> Spans {
    let mut spans = missing(context, metric).unwrap_or_else(|| of_newest(context, metric));
    if let Some(stated) = stated(context, metric) {
        let style = if is_stated_off(metric) { Style::Warning } else { Style::Quiet };
        spans.push(Span::new(style, format!(" · {stated}")));
    }
    spans
}

/// The verdict on the newest value, with its period and a possible reason.
fn of_newest(context: &Context, metric: &MetricState) -> Spans {
    let mut spans = judgement(context, metric);
    if let Some((period, is_late)) = of_period(context, metric) {
        let style = if is_late { Style::Warning } else { Style::Quiet };
        spans.push(Span::new(style, format!(" · {period}")));
    }
    if let Some(so_far) = open_period(metric) {
        let style = if has_left_usual(metric, so_far) { Style::Warning } else { Style::Quiet };
        let (period, value) = (context.period(metric, so_far.0), context.value(metric, so_far.1));
        let line = context.say("signals.period_so_far", &[("period", &period), ("value", &value)]);
        spans.push(Span::new(style, format!(" · {line}")));
    }
    // An event of the week of a signal, or of the week before, is a possible reason.
    if let Some(signal) = fresh(metric) {
        let near = |event: &&EventMark| (0..14).contains(&(signal.week - event.date).num_days());
        if let Some(event) = metric.events.iter().rfind(near) {
            let (date, text) = (context.day(event.date), flat(&event.text));
            let line = context.say("signals.event", &[("date", &date), ("text", &text)]);
            spans.push(Span::quiet(format!(" · {line}")));
        }
    }
    spans
}

/// Says that the newest value is missing, in place of a verdict.
fn missing(context: &Context, metric: &MetricState) -> Option<Spans> {
    let point = metric.points().last().filter(|point| point.value.is_none())?;
    let line = context.say("signals.no_value_period", &[("period", &context.period(metric, point.ending))]);
    Some(vec![Span::warning(line)])
}

fn judgement(context: &Context, metric: &MetricState) -> Spans {
    let shown = |style, shape: &str, text: String| Span::new(style, format!("{shape} {text}"));
    let signal = fresh(metric).map(|signal| {
        // A signal of a metric without a better direction is neither good nor bad.
        let shape = match signal.favourable {
            Some(true) => "●",
            Some(false) => "▲",
            None => "▪▪",
        };
        if let Some(text) = left_level(context, metric, signal) {
            return shown(style_of(signal), shape, text);
        }
        let text = signal_text(context, metric, signal);
        let text = match signal.favourable {
            Some(true) => context.say("signals.good", &[("text", &text)]),
            Some(false) => context.say("signals.bad", &[("text", &text)]),
            None => text,
        };
        let text = match before_newest(metric, signal) {
            Some(_) => format!("{text} ({})", context.period(metric, signal.week)),
            None => text,
        };
        shown(style_of(signal), shape, text)
    });
    let old = || {
        older_signal(metric).map(|signal| {
            let text = side(context, basis(metric), signal.rule, signal.above);
            let date = context.day_long(signal.since);
            shown(Style::Quiet, "○", context.say("signals.since", &[("text", &text), ("date", &date)]))
        })
    };
    let target = metric.target.map(|target| context.target(metric, target));
    let verdict = match (&target, metric.path, metric.target_met) {
        (Some(target), _, Some(true)) => {
            Some(shown(Style::Accent, "●", context.say("signals.meets", &[("target", target)])))
        }
        (Some(target), Some(path), _) => {
            let (style, shape, key) = match path.on_path {
                true => (Style::Accent, "●", "signals.on_path"),
                false => (Style::Warning, "▲", "signals.behind_path"),
            };
            Some(shown(style, shape, context.say(key, &[("target", target)])))
        }
        (Some(target), ..) if misses(metric) => {
            Some(shown(Style::Warning, "▲", context.say("signals.misses", &[("target", target)])))
        }
        (Some(target), ..) => Some(Span::quiet(context.say("signals.target", &[("target", target)]))),
        _ => None,
    };
    // A value outside its range is described in the line above, a run is not.
    let run =
        signal.filter(|_| target.is_none() || fresh(metric).is_some_and(|signal| signal.rule != Rule::OutsideLimit));
    let parts: Vec<Span> = verdict.into_iter().chain(run.or_else(old)).collect();
    if !parts.is_empty() {
        return separated(parts);
    }
    if metric.lacks.is_some() {
        return vec![Span::quiet(format!("▪▪ {}", context.say("signals.week_lacks_days", &[])))];
    }
    if metric.range.is_none() {
        return vec![Span::quiet(format!("▪▪ {}", context.say("signals.range_takes", &[])))];
    }
    let outside = |above| {
        let text = side(context, basis(metric), Rule::OutsideLimit, above);
        context.say("signals.not_yet", &[("text", &text)])
    };
    let text = match place(metric) {
        Some(Place::Above) => outside(true),
        Some(Place::Below) => outside(false),
        Some(Place::Edge) => context.say("signals.at_the_edge", &[]),
        Some(Place::Within) | None => context.say("signals.as_usual", &[]),
    };
    vec![shown(Style::Plain, "○", text)]
}

/// `Active users fell to 66 from the level of 80 held since 3 July`, if a long-held level was left.
fn left_level(context: &Context, metric: &MetricState, signal: Signal) -> Option<String> {
    let (since, range, latest) = (metric.level_since?, metric.range?, metric.latest?);
    let is_fall = signal.rule == Rule::OutsideLimit && range.basis == Basis::Level && holds(metric, signal);
    let (value, centre) = (context.value(metric, latest), context.value(metric, range.centre));
    let (name, date, judgement) = (flat(&metric.name), context.day_long(since), context.judgement(signal.favourable));
    let places =
        [("metric", name.as_str()), ("value", &value), ("centre", &centre), ("date", &date), ("judgement", &judgement)];
    let key = if signal.above { "headline.rose_from" } else { "headline.fell_from" };
    is_fall.then(|| context.say(key, &places))
}

fn separated(parts: Vec<Span>) -> Spans {
    let mut spans = Vec::new();
    for part in parts {
        if !spans.is_empty() {
            spans.push(Span::quiet(" · ".to_owned()));
        }
        spans.push(part);
    }
    spans
}

/// Returns the share of a path's time that has passed on a day.
fn along(path: Path, on: chrono::NaiveDate) -> f64 {
    (on - path.start).num_days() as f64 / (path.end - path.start).num_days().max(1) as f64
}

fn chart(context: &Context, metric: &MetricState) -> Chart {
    crate::chart::sparkline(&input(context, metric))
}

pub(in crate::brief) fn input(context: &Context, metric: &MetricState) -> SparklineInput {
    let weeks = &metric.points()[metric.points().len().saturating_sub(CHART_WEEKS)..];
    // A path begins with the quarter.
    let begins = metric.path.map(|path| weeks.iter().position(|point| point.ending >= path.start).unwrap_or(0));
    let weeks = &weeks[begins.unwrap_or(0)..];
    let path = metric.path.map(|path| PathLine {
        from: path.from,
        to: path.to,
        places: weeks.iter().map(|point| along(path, point.ending)).collect(),
        steps: metric.kind == Some(MetricKind::Cumulative),
    });
    let target_label = match (metric.target, metric.path) {
        (Some(target), None) => context.quantity(target, None, target_decimals(metric, target)),
        (Some(target), Some(path)) if metric.kind == Some(MetricKind::Cumulative) => {
            let (target, date) =
                (context.quantity(target, None, target_decimals(metric, target)), context.day(path.end));
            context.say("signals.by_date", &[("target", &target), ("date", &date)])
        }
        (Some(target), Some(_)) => context.quantity(target, None, target_decimals(metric, target)),
        (None, _) => String::new(),
    };
    let place = |date| weeks.iter().position(|point| point.ending >= date);
    // Older signals are not news and are not marked.
    let signals = metric.signals.iter().filter(|signal| signal.is_news).filter_map(|signal| {
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
    let finding = fresh(metric).map(|signal| signal_text(context, metric, signal));
    let title = match &finding {
        Some(finding) => {
            context.say("signals.chart_title", &[("metric", &name), ("value", &value), ("finding", finding)])
        }
        None => context.say("signals.chart_title_plain", &[("metric", &name), ("value", &value)]),
    };
    // Limits that apply only to the newest value make no band over all values.
    let is_band = |range: &Range| matches!(range.basis, Basis::Level | Basis::Counts);
    SparklineInput {
        title,
        alt: alt(context, metric, weeks, finding.as_deref()),
        values: weeks.iter().map(|point| point.value).collect(),
        said: weeks.iter().map(|point| said(context, metric, point)).collect(),
        range: metric.range.filter(is_band).map(|range| (range.lower, range.centre, range.upper)),
        target: metric.target,
        signals: signals.collect(),
        events,
        target_label,
        misses: misses(metric) || is_behind(metric),
        columns: metric.range.is_some_and(|range| range.basis == Basis::Counts),
        path,
        width: TILE_WIDTH,
        height: TILE_HEIGHT,
    }
}

/// `week ending 13 Nov: 0.66%`; empty for a period without a value.
fn said(context: &Context, metric: &MetricState, point: &Point) -> String {
    let value = point.value.map(|value| context.value(metric, value));
    value.map_or_else(String::new, |value| {
        format!("{}{}{value}", context.period(metric, point.ending), context.words.colon())
    })
}

fn alt(context: &Context, metric: &MetricState, weeks: &[Point], finding: Option<&str>) -> String {
    let value = |value: f64| context.value(metric, value);
    let values: Vec<&Point> = weeks.iter().filter(|point| point.value.is_some()).collect();
    let at = |point: Option<&&Point>| point.and_then(|point| point.value).map(value).unwrap_or_default();
    let range = metric.range.map(|range| {
        let (lower, upper) = super::limits(context, metric, range);
        match range.basis {
            Basis::Level | Basis::Counts => {
                context.say("signals.chart_alt_range", &[("lower", &lower), ("upper", &upper)])
            }
            _ => format!("{}{}", context.words.semicolon(), usual_text(context, metric, range, None)),
        }
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
