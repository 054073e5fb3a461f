//! A metric as the brief shows it: last closed week, changes, to-date figures, usual range and signals.
//! [`super::analyse`] asks for one [`MetricState`] a metric.
//!
//! The figures are those of the Working Backwards WBR app (github.com/working-backwards/wbr-app): trailing weeks
//! and full months, this year and last, week on week, year on year, month, quarter and year to date.

use chrono::{Months, NaiveDate};

use super::calendar::{self, Span};
use super::period::{self, Series};
use super::{EventMark, MetricState, Point, range, signal};
use crate::config::Calendar;
use crate::team::{Better, Event, Grain, Metric};

const MONTHS_SHOWN: u32 = 12;

/// Every number of `metric` at `as_of`. `quarter` is `[quarter]` of the config: while the last closed week lies in it,
/// quarter to date counts from its first day.
pub fn state(
    metric: &Metric,
    events: &[Event],
    calendar: &Calendar,
    quarter: Option<(NaiveDate, NaiveDate)>,
    as_of: NaiveDate,
) -> MetricState {
    let series = Series::new(metric, as_of, calendar.week_ends);
    let series = series.as_ref();
    let last_closed = series.and_then(Series::last_closed);
    let last = last_closed.map(|span| span.end);
    let value = |span: Span| series.and_then(|series| series.value(span));
    let change = |now, then| period::change(metric, now, then);
    let point = |span: Span| Point { ending: span.end, value: value(span) };

    let closed = series.map(Series::closed).unwrap_or_default();
    let points: Vec<Point> = closed.iter().copied().map(point).collect();
    let year_before = |span: &Span| series.map(|series| point(series.year_before(*span)));
    let points_prior_year: Vec<Point> = closed.iter().filter_map(year_before).collect();
    let latest = last_closed.and_then(value);
    let (series_of, then) = (series.zip(last_closed), |then: Option<Span>| change(latest, then.and_then(value)));
    let before = then(series_of.map(|(series, last)| series.periods_before(last, 1)));
    let yoy = then(series_of.map(|(series, last)| series.year_before(last)));

    let to_date = |start: Option<NaiveDate>| match (start, last) {
        (Some(start), Some(end)) => {
            let now = value(Span { start, end });
            let then = value(Span { start: calendar::year_before(start), end: calendar::year_before(end) });
            (now, change(now, then))
        }
        _ => (None, None),
    };
    let (mtd, mtd_yoy) = to_date(last.map(|last| calendar::month_of(last).start));
    let (qtd, qtd_yoy) = to_date(last.map(|last| quarter_start(last, quarter, calendar)));
    let (ytd, ytd_yoy) = to_date(last.map(|last| calendar::year_of(last, calendar.fiscal_year_starts).start));

    // Of quarters and years no month is known.
    let full = last.filter(|_| metric.grain <= Grain::Month).map(full_months).unwrap_or_default();
    let months: Vec<Point> = full.iter().map(|month| point(*month)).collect();
    let year_before = |month: &Span| calendar::month_of(calendar::year_before(month.start));
    let months_prior_year = full.iter().map(|month| point(year_before(month))).collect();
    let mom = match months.as_slice() {
        [.., then, now] => change(now.value, then.value),
        _ => None,
    };

    let known: Vec<(NaiveDate, f64)> = points.iter().filter_map(|p| Some((p.ending, p.value?))).collect();
    let tested = &known[known.partition_point(|(week, _)| metric.baseline.from.is_some_and(|from| *week < from))..];
    let counted = tested.iter().take_while(|(week, _)| metric.baseline.until.is_none_or(|until| *week <= until));
    let range = range::usual(&counted.map(|(_, value)| *value).collect::<Vec<_>>());
    let signals = range.iter().flat_map(|range| signal::find(tested, range, metric.better)).collect();

    let in_force = metric.targets.iter().rev().find(|target| target.from.is_none_or(|from| from <= as_of));
    let target = in_force.map(|target| target.value);
    let by_week = metric.grain.months().is_none();
    let (weeks, periods) = if by_week { (points, Vec::new()) } else { (Vec::new(), points) };
    let weeks_prior_year = if by_week { points_prior_year } else { Vec::new() };
    MetricState {
        name: metric.name.clone(),
        grain: metric.grain,
        unit: metric.unit.clone(),
        better: metric.better,
        is_rate: period::is_rate(metric),
        bps: metric.bps,
        latest,
        wow: before.filter(|_| by_week),
        yoy,
        mom,
        mtd,
        mtd_yoy,
        qtd,
        qtd_yoy,
        ytd,
        ytd_yoy,
        months,
        months_prior_year,
        range,
        signals,
        target,
        targets: metric.targets.clone(),
        target_met: met(latest, target, metric.better),
        events: marks(metric, events, closed.first(), as_of),
        partial: series.and_then(Series::open).map(point),
        weeks,
        weeks_prior_year,
        periods,
    }
}

fn quarter_start(last: NaiveDate, explicit: Option<(NaiveDate, NaiveDate)>, calendar: &Calendar) -> NaiveDate {
    match explicit {
        Some((start, end)) if start <= last && last <= end => start,
        _ => calendar::quarter_of(last, calendar.fiscal_year_starts).start,
    }
}

/// The last twelve months that were full on `last`, oldest first.
fn full_months(last: NaiveDate) -> Vec<Span> {
    let month = calendar::month_of(last);
    let newest = if month.end == last { month.start } else { month.start - Months::new(1) };
    (0..MONTHS_SHOWN).rev().map(|back| calendar::month_of(newest - Months::new(back))).collect()
}

fn met(latest: Option<f64>, target: Option<f64>, better: Option<Better>) -> Option<bool> {
    match better? {
        Better::Up => Some(latest? >= target?),
        Better::Down => Some(latest? <= target?),
    }
}

/// Events of this metric, or of all, within what its chart shows.
fn marks(metric: &Metric, events: &[Event], first: Option<&Span>, as_of: NaiveDate) -> Vec<EventMark> {
    let Some(first) = first.map(|span| span.start) else { return Vec::new() };
    let ours = |event: &&Event| event.metric.as_ref().is_none_or(|name| *name == metric.name);
    let told = |event: &&Event| !event.text.is_empty();
    let shown = events.iter().filter(ours).filter(told).filter(|event| first <= event.date && event.date <= as_of);
    let mut marks: Vec<_> = shown.map(|event| EventMark { date: event.date, text: event.text.clone() }).collect();
    marks.sort_by(|a, b| (a.date, &a.text).cmp(&(b.date, &b.text)));
    marks
}
