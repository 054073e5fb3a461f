//! The change of a metric: to its newest value, or over its few values.

use chrono::NaiveDate;

use super::table::change;
use super::usual::signed;
use crate::analysis::MetricState;
use crate::brief::phrase::Context;

/// The change from the previous to the newest value: in points, or in units.
pub(super) fn last_step(context: &Context, metric: &MetricState) -> Option<String> {
    if metric.lacks.is_some() {
        return metric.wow.map(|wow| change(context, metric, (Some(wow), None)));
    }
    step_to(context, metric, metric.points().last()?.ending)
}

/// The change to the value of the period that ends on a day from the one before it: in points, or in units.
pub(in crate::brief) fn step_to(context: &Context, metric: &MetricState, ending: NaiveDate) -> Option<String> {
    let at = metric.points().iter().rposition(|point| point.ending == ending)?;
    let [before, now] = metric.points().get(at.checked_sub(1)?..=at)? else { return None };
    let difference = now.value? - before.value?;
    if metric.is_rate {
        let of_one = if metric.unit.as_deref() == Some("%") { difference / 100.0 } else { difference };
        return Some(change(context, metric, (Some(of_one), None)));
    }
    Some(signed(difference, context.value(metric, difference)))
}

/// `33.8 → 22.9 (−32%)`.
pub(super) fn first_to_last(context: &Context, metric: &MetricState) -> Option<String> {
    let values: Vec<f64> = metric.points().iter().filter_map(|point| point.value).collect();
    let (first, last) = (*values.first()?, *values.last().filter(|_| values.len() > 1)?);
    let said = if metric.is_rate {
        let scale = if metric.unit.as_deref() == Some("%") { 100.0 } else { 1.0 };
        change(context, metric, (Some((last - first) / scale), None))
    } else if first > 0.0 && last > 0.0 {
        let share = last / first - 1.0;
        signed(share, context.words.percent(share, 0))
    } else {
        signed(last - first, context.value(metric, last - first))
    };
    let (from, to) = (context.value(metric, first), context.value(metric, last));
    Some(context.say("signals.change", &[("from", &from), ("to", &to), ("change", &said)]))
}
