//! The table of all metrics with their changes, for looking up, on the web page only.

use chrono::{Datelike, NaiveDate};

use super::of_period;
use super::usual::signed;
use crate::analysis::MetricState;
use crate::brief::phrase::{Context, flat};
use crate::brief::{Align, Span, Table, TableColumn, TableRow, WEB_ONLY};

/// A relative change such as `wow`, and the absolute difference used if a ratio makes no sense.
type Changes = (Option<f64>, Option<f64>);

/// Returns the table of all metrics with their changes.
pub(super) fn table(context: &Context, metrics: &[&MetricState]) -> Table {
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
        let period = |so_far: Option<f64>, change_on_year: Option<f64>, since: Option<NaiveDate>| match change_on_year {
            None if since.is_some() && so_far.is_some() => {
                let date = since.map(|since| context.day_long(since)).unwrap_or_default();
                context.say("signals.since", &[("text", &value(so_far)), ("date", &date)])
            }
            Some(_) => format!("{} ({})", value(so_far), change(context, metric, (change_on_year, None))),
            None => value(so_far),
        };
        // Monthly rows say nothing about an unfinished month, and last month's value is not this month's to date.
        let as_of = context.analysis.as_of;
        let ending = metric.points().last().map(|point| point.ending);
        let reaches =
            |start: NaiveDate| metric.grain.months().is_none() || ending.is_some_and(|ending| ending >= start);
        let mtd = metric.mtd.filter(|_| reaches(as_of.with_day(1).unwrap_or(as_of)));
        let qtd = metric.qtd.filter(|_| reaches(context.analysis.quarter.start));
        let cells = [
            flat(&metric.name),
            match (metric.latest, of_period(context, metric)) {
                (Some(latest), Some((period, _))) => format!("{} ({period})", context.value(metric, latest)),
                (latest, _) => value(latest),
            },
            change(context, metric, (metric.wow, metric.wow_diff)),
            change(context, metric, (metric.yoy, metric.yoy_diff)),
            change(context, metric, (metric.mom, metric.mom_diff)),
            period(mtd, metric.mtd_yoy.filter(|_| mtd.is_some()), metric.mtd_since),
            period(qtd, metric.qtd_yoy.filter(|_| qtd.is_some()), metric.qtd_since),
            period(metric.ytd, metric.ytd_yoy, metric.ytd_since),
            metric.target.map(|target| context.target(metric, target)).unwrap_or_default(),
        ];
        let keys = vec![None, metric.latest, metric.wow, metric.yoy, metric.mom, mtd, qtd, metric.ytd, metric.target];
        TableRow { cells: cells.into_iter().map(|text| vec![Span::plain(text)]).collect(), keys, priority: WEB_ONLY }
    });
    Table {
        caption: context.say("signals.table_caption", &[]),
        columns: std::iter::once(head("signals.table_metric", 28.0, Align::Left)).chain(columns).collect(),
        show_head: true,
        row_heads: true,
        rows: rows.collect(),
        more: "metrics",
    }
}

/// A change with its sign: in percent for a volume, in points or basis points for a rate, in units if a ratio makes no
/// sense; `n/a` without a base.
pub(super) fn change(context: &Context, metric: &MetricState, (change, difference): Changes) -> String {
    let Some(change) = change else {
        return match difference {
            Some(difference) => signed(difference, context.value(metric, difference)),
            None => context.say("signals.not_available", &[]),
        };
    };
    let said = if !metric.is_rate {
        context.words.percent(change, 1)
    } else if metric.bps {
        context.say("signals.bps", &[("n", &context.words.number(change * 10_000.0, 0))])
    } else {
        context.say("signals.points", &[("n", &context.words.number(change * 100.0, 2))])
    };
    signed(change, said)
}
