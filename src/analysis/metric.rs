//! The numbers of a metric: last closed week, changes, to-date figures, usual range, path and signals.
//! [`super::analyse`] needs one [`MetricState`] for each metric.
//!
//! The figures are those of the Working Backwards WBR app (github.com/working-backwards/wbr-app): trailing weeks and
//! full months, this year and last, week on week, year on year, month, quarter and year to date.

mod change;
mod counts;
mod expected;
mod judge;
mod path;
mod period;
mod runs;
mod state;
mod values;

use std::collections::HashMap;

use chrono::{Days, Months, NaiveDate};

use super::Point;
use super::calendar::{self, Span};
use super::inputs::Inputs;
use crate::config::Calendar;
use crate::team::{Aggregate, Better, Event, Grain, Metric, MetricKind};
use change::{Change, in_percent, is_in_points};
use period::Series;
pub use state::{Basis, EventMark, MetricInputs, MetricState, Path, Range, Rule, Signal};
use values::Nature;
pub use values::sigma;

const MAX_MONTHS: u32 = 12;
/// Days after the end of a month, quarter or year until its value is usually known.
const DAYS_UNTIL_KNOWN: u64 = 14;

impl<'a> MetricInputs<'a> {
    /// Returns inputs without events, objectives and recorded 1:1s.
    pub fn at(calendar: &'a Calendar, given_quarter: Option<(NaiveDate, NaiveDate)>, as_of: NaiveDate) -> Self {
        let quarter = calendar::quarter(as_of, given_quarter, calendar);
        let news_after = as_of - Days::new(14);
        Self { events: &[], calendar, given_quarter, quarter, objective_target: None, news_after, as_of }
    }
}

/// Returns the states of all metrics of a team.
pub(super) fn states(inputs: &Inputs) -> Vec<MetricState> {
    let frame = inputs.frame;
    let mut targets: HashMap<String, f64> = HashMap::new();
    for objective in &inputs.team.objectives {
        if let (Some(name), Some(target)) = (&objective.metric, objective.target) {
            targets.entry(name.to_ascii_lowercase()).or_insert(target);
        }
    }
    let (of_all, of_each) = events(&inputs.team.events, frame.as_of);
    let look = |metric: &Metric| MetricInputs {
        events: of_each.get(metric.name.as_str()).unwrap_or(&of_all),
        calendar: &frame.calendar,
        given_quarter: frame.quarter,
        quarter: inputs.quarter.clone(),
        objective_target: targets.get(&metric.name.to_ascii_lowercase()).copied(),
        news_after: inputs.news_after(),
        as_of: frame.as_of,
    };
    inputs.team.metrics.iter().map(|metric| state(metric, &look(metric))).collect()
}

/// Returns the events that belong to no metric, limited to what a chart can show; and for each metric with events of
/// its own, those together with them.
fn events(events: &[Event], as_of: NaiveDate) -> (Vec<Event>, HashMap<&str, Vec<Event>>) {
    let known = || events.iter().filter(|event| event.date <= as_of && !event.text.is_empty());
    let of_all: Vec<Event> = newest(known().filter(|event| event.metric.is_none())).into_iter().cloned().collect();
    let mut of_each: HashMap<&str, Vec<Event>> = HashMap::new();
    for (name, event) in known().filter_map(|event| Some((event.metric.as_deref()?, event))) {
        of_each.entry(name).or_insert_with(|| of_all.clone()).push(event.clone());
    }
    (of_all, of_each)
}

/// Returns every number of `metric` at as-of.
pub fn state(metric: &Metric, inputs: &MetricInputs) -> MetricState {
    let (calendar, as_of) = (inputs.calendar, inputs.as_of);
    let series = Series::new(metric, as_of, calendar.week_ends);
    let series = series.as_ref();
    let last_closed = series.and_then(Series::last_closed);
    let last = last_closed.map(|span| span.end);
    let value = |span: Span| series.and_then(|series| series.value(span));
    let point = |span: Span| Point { ending: span.end, value: value(span) };

    let closed = series.map(Series::closed).unwrap_or_default();
    let points: Vec<Point> = closed.iter().copied().map(point).collect();
    let year_before = |span: &Span| series.map(|series| point(series.year_before(*span)));
    let points_prior_year: Vec<Point> = closed.iter().filter_map(year_before).collect();
    let latest = last_closed.and_then(value);
    let compared = |then: &dyn Fn(&Series, Span) -> Span| match (series, last_closed) {
        (Some(series), Some(last)) => series.compare(last, then(series, last)),
        _ => Change::default(),
    };
    let before = compared(&|series, last| series.periods_before(last, 1));
    let yoy = compared(&|series, last| series.year_before(last));

    // It is unknown how the values of a metric of unknown kind add up.
    let to_date = |start: Option<NaiveDate>| match (series, start, last) {
        (Some(series), Some(start), Some(end)) if metric.kind.is_some() => {
            let now = Span { start, end };
            let then = Span { start: calendar::year_before(start), end: calendar::year_before(end) };
            (series.over(now), series.compare_covered(now, then).share, series.known_since(now))
        }
        _ => (None, None, None),
    };
    let (mtd, mtd_yoy, mtd_since) = to_date(last.map(|last| calendar::month_of(last).start));
    let (qtd, qtd_yoy, qtd_since) = to_date(last.map(|last| quarter_start(last, inputs.given_quarter, calendar)));
    let (ytd, ytd_yoy, ytd_since) =
        to_date(last.map(|last| calendar::year_of(last, calendar.fiscal_year_starts).start));

    // Quarterly and yearly metrics have no monthly values.
    let full = last.filter(|_| metric.grain <= Grain::Month && metric.kind.is_some());
    let full = full.map(full_months).unwrap_or_default();
    let over = |span: Span| {
        let series = series.filter(|series| series.is_known(span));
        Point { ending: span.end, value: series.and_then(|series| series.over(span)) }
    };
    let months: Vec<Point> = full.iter().map(|month| over(*month)).collect();
    let year_before = |month: &Span| calendar::month_of(calendar::year_before(month.start));
    let months_prior_year = full.iter().map(|month| over(year_before(month))).collect();
    let mom = match (series, full.as_slice()) {
        (Some(series), [.., then, now]) => series.compare_covered(*now, *then),
        // A monthly row is compared with the one before it.
        _ if metric.grain == Grain::Month => before,
        _ => Change::default(),
    };

    let in_force = metric.targets.iter().rev().find(|target| target.from.is_none_or(|from| from <= as_of));
    let target = in_force.map(|target| target.value).or(inputs.objective_target);
    let path = series.zip(target).zip(last.zip(latest));
    let unit = printed(metric, &points);
    let path = path.and_then(|((series, target), at)| path::path(metric, series, target, &inputs.quarter, at, unit));
    let known: Vec<(usize, f64)> = (points.iter().zip(&closed).enumerate())
        .filter(|(_, (_, span))| !series.is_some_and(|series| series.lacks_days(**span)))
        .filter_map(|(at, (point, _))| Some((at, point.value?)))
        .collect();
    let walk = if path.is_some() { runs::Walk::default() } else { walk(metric, &points, &known) };
    let ending = |at: usize| known.get(at).and_then(|(place, _)| points.get(*place)).map(|point| point.ending);
    let signals = walk.held.iter().filter_map(|held| {
        let (week, since, first_found) = (ending(held.at)?, ending(held.since)?, ending(held.first_found)?);
        let favourable = metric.better.map(|better| (better == Better::Up) == held.above);
        // What rests on another comparison than the range that is printed beside it is not news.
        let is_same = walk.range.is_some_and(|range| range.basis == held.basis);
        let is_news = is_same && first_found > news_after(metric.grain, inputs.news_after);
        Some(Signal { week, rule: held.rule, favourable, above: held.above, since, is_news })
    });
    let by_week = metric.grain.months().is_none();
    let direction = metric.better.or(path.map(|path| if path.to > path.from { Better::Up } else { Better::Down }));
    MetricState {
        name: metric.name.clone(),
        kind: metric.kind,
        grain: metric.grain,
        unit: metric.unit.clone(),
        better: metric.better,
        is_rate: is_in_points(metric),
        bps: metric.bps,
        latest,
        wow: before.share.filter(|_| by_week),
        yoy: yoy.share,
        mom: mom.share,
        wow_diff: before.only_difference().filter(|_| by_week),
        yoy_diff: yoy.only_difference(),
        mom_diff: mom.only_difference(),
        mtd,
        mtd_yoy,
        mtd_since,
        qtd,
        qtd_yoy,
        qtd_since,
        ytd,
        ytd_yoy,
        ytd_since,
        months,
        months_prior_year,
        range: walk.range,
        signals: signals.collect(),
        level_since: walk.level_since.and_then(ending),
        path,
        target,
        targets: metric.targets.clone(),
        target_met: met(latest, target, direction),
        stated: metric.stated.clone(),
        lacks: series.zip(last_closed).and_then(|(series, last)| series.lacking(last)),
        events: marks(metric, inputs.events, closed.first(), as_of),
        partial: series.and_then(Series::open).map(point),
        weeks_prior_year: if by_week { points_prior_year } else { Vec::new() },
        weeks: if by_week { points.clone() } else { Vec::new() },
        periods: if by_week { Vec::new() } else { points },
    }
}

/// Returns the signals of the complete points, each with its index among all points.
fn walk(metric: &Metric, points: &[Point], known: &[(usize, f64)]) -> runs::Walk {
    let values = || known.iter().map(|(_, value)| *value);
    let never_below_zero = values().all(|value| value >= 0.0);
    let ceiling = match (in_percent(metric), is_in_points(metric)) {
        (true, _) => Some(100.0),
        (false, true) if metric.aggregate == Aggregate::Ratio => Some(1.0),
        _ => None,
    };
    let (recent, year) = match metric.grain {
        Grain::Day | Grain::Week => (8, 52),
        Grain::Month => (2, 12),
        Grain::Quarter => (1, 4),
        Grain::Year => (1, 1),
    };
    let is_whole = values().all(|value| value.fract() == 0.0);
    let nature = Nature {
        by_changes: matches!(metric.kind, Some(MetricKind::Stock | MetricKind::Cumulative)),
        resets: metric.kind == Some(MetricKind::Cumulative),
        is_count: metric.kind == Some(MetricKind::Flow) && never_below_zero && is_whole,
        recent,
        year,
        floor: never_below_zero.then_some(0.0),
        ceiling: ceiling.filter(|most| values().all(|value| value <= *most)),
        printed: printed(metric, points),
    };
    let place =
        |date: NaiveDate| known.partition_point(|(at, _)| points.get(*at).is_some_and(|point| point.ending < date));
    let start = metric.baseline.from.map_or(0, place);
    let end = metric.baseline.until.map(|until| place(until + Days::new(1)));
    runs::walk(known, start, end, &nature)
}

/// The smallest difference that is visible in print.
fn printed(metric: &Metric, points: &[Point]) -> f64 {
    0.1f64.powi(decimals(points.iter().filter_map(|point| point.value), metric.unit.as_deref()) as i32)
}

/// Returns the day after which a signal is news. The value of a month, quarter or year is known some days after its
/// end.
fn news_after(grain: Grain, day: NaiveDate) -> NaiveDate {
    if grain.months().is_some() { day - Days::new(DAYS_UNTIL_KNOWN) } else { day }
}

/// Returns the number of decimals for printing values: none if the newest 26 are whole, else about three significant
/// digits.
///
/// Amounts of money have cents below a thousand and none above.
pub fn decimals(values: impl DoubleEndedIterator<Item = f64>, unit: Option<&str>) -> usize {
    let values: Vec<f64> = values.rev().take(26).collect();
    if values.iter().all(|value| value.fract() == 0.0) {
        return 0;
    }
    let unit = unit.map(str::trim);
    match values.iter().map(|value| value.abs()).fold(0.0, f64::max) {
        0.1..1000.0 if unit.is_some_and(is_currency) => 2,
        0.1..10.0 => 2,
        10.0..100.0 => 1,
        100.0.. if unit == Some("%") => 1,
        100.0.. => 0,
        _ => 4,
    }
}

fn quarter_start(last: NaiveDate, explicit: Option<(NaiveDate, NaiveDate)>, calendar: &Calendar) -> NaiveDate {
    match explicit {
        Some((start, end)) if start <= last && last <= end => start,
        _ => calendar::quarter_of(last, calendar.fiscal_year_starts).start,
    }
}

/// Returns the last twelve months that were complete on `last`, oldest first.
fn full_months(last: NaiveDate) -> Vec<Span> {
    let month = calendar::month_of(last);
    let newest = if month.end == last { month.start } else { month.start - Months::new(1) };
    (0..MAX_MONTHS).rev().map(|back| calendar::month_of(newest - Months::new(back))).collect()
}

fn met(latest: Option<f64>, target: Option<f64>, better: Option<Better>) -> Option<bool> {
    match better? {
        Better::Up => Some(latest? >= target?),
        Better::Down => Some(latest? <= target?),
    }
}

/// Whether a unit is the sign of a currency, which is placed by the language.
pub fn is_currency(unit: &str) -> bool {
    matches!(unit, "$" | "€" | "£" | "¥" | "US$" | "R$" | "₹")
}

/// Maximum number of event marks in one chart.
const MAX_MARKS: usize = 200;

/// Returns the events of this metric, or of all metrics, in the period of its chart; only the newest if there are very
/// many.
fn marks(metric: &Metric, events: &[Event], first: Option<&Span>, as_of: NaiveDate) -> Vec<EventMark> {
    let Some(first) = first.map(|span| span.start) else { return Vec::new() };
    let ours = |event: &&Event| event.metric.as_ref().is_none_or(|name| *name == metric.name);
    let has_text = |event: &&Event| !event.text.is_empty();
    let shown = events.iter().filter(ours).filter(has_text).filter(|event| first <= event.date && event.date <= as_of);
    newest(shown).iter().map(|event| EventMark { date: event.date, text: event.text.clone() }).collect()
}

/// Returns the newest events, sorted by date.
fn newest<'e>(events: impl Iterator<Item = &'e Event>) -> Vec<&'e Event> {
    let mut events: Vec<&Event> = events.collect();
    events.sort_by(|one, other| (one.date, &one.text).cmp(&(other.date, &other.text)));
    events.split_off(events.len().saturating_sub(MAX_MARKS))
}

/// Metrics by name; case does not count.
pub(super) struct ByName<'a>(HashMap<String, &'a MetricState>);

impl<'a> ByName<'a> {
    pub(crate) fn of(metrics: &'a [MetricState]) -> Self {
        let mut by_name = HashMap::new();
        for metric in metrics {
            by_name.entry(metric.name.to_ascii_lowercase()).or_insert(metric);
        }
        Self(by_name)
    }

    pub(crate) fn get(&self, name: &str) -> Option<&'a MetricState> {
        self.0.get(&name.to_ascii_lowercase()).copied()
    }
}
