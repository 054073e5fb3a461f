//! What is usual of a metric, in words: its range as it prints beside the newest value, and where that value lies by the
//! numbers that a reader sees.

use crate::analysis::{Basis, MetricState, Range, Rule, Signal};
use crate::brief::phrase::{Context, decimals};

/// A range that is so many times as wide as a step of its last digit needs no digit more.
const ROUNDED_BY: f64 = 8.0;

/// Where the newest value lies in its usual range, by the numbers as they print.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(in crate::brief) enum Place {
    Within,
    Edge,
    Above,
    Below,
}

/// A limit with the decimals that it prints with.
type Limit = (f64, usize);

/// The limits of a range as they print beside the newest value, without a unit.
pub(in crate::brief) fn limits(context: &Context, metric: &MetricState, range: Range) -> (String, String) {
    bounds(metric, range, |value, decimals| context.quantity(value, None, decimals))
}

/// The limits of a range, of a metric that is judged by its changes the limits of these, in about three digits, with more
/// where one would print like a value that lies outside of it.
pub(in crate::brief) fn bounds(
    metric: &MetricState,
    range: Range,
    print: impl Fn(f64, usize) -> String,
) -> (String, String) {
    let (value, range) = compared(metric, range);
    let [lower, upper] = rounded(value, range, decimals(metric));
    let said = |(limit, places): Limit| match range.basis {
        Basis::Changes if limit > 0.0 => format!("+{}", print(limit, places)),
        _ => print(limit, places),
    };
    (said(lower), said(upper))
}

/// Where the newest value lies; None without a value or a range.
pub(in crate::brief) fn place(metric: &MetricState) -> Option<Place> {
    let (value, range) = compared(metric, metric.range?);
    let places = decimals(metric);
    let value = round(value?, places as i32);
    let [(lower, _), (upper, _)] = rounded(Some(value), range, places);
    // What the unit does not allow to be exceeded is no edge.
    let is_bound = |limit: f64| match range.basis {
        Basis::Changes => false,
        _ => limit == 0.0 || limit == 100.0 && metric.unit.as_deref() == Some("%"),
    };
    let is_at = |limit: f64| value == limit && lower < upper && !is_bound(limit);
    Some(match value {
        _ if value < lower => Place::Below,
        _ if value > upper => Place::Above,
        _ if is_at(lower) || is_at(upper) => Place::Edge,
        _ => Place::Within,
    })
}

/// `usual 14–20.8`, `above usual 3–13`, `on its trend 96.5–98.9`, `usual change −1 to +11`.
pub(super) fn text(context: &Context, metric: &MetricState, range: Range, above: Option<bool>) -> String {
    let (lower, upper) = limits(context, metric, range);
    let of = |key: &str| context.say(key, &[("lower", &lower), ("upper", &upper)]);
    let beside = |key: &str| match above {
        Some(above) => format!("{}, {lower}–{upper}", side(context, range.basis, Rule::OutsideLimit, above)),
        None => of(key),
    };
    match range.basis {
        Basis::Level | Basis::Counts => {
            let text = of(match above {
                Some(true) => "signals.above_usual",
                Some(false) => "signals.below_usual",
                None => "signals.usual",
            });
            // A range of one value is that value.
            if lower == upper { text.replace(&format!("{lower}–{upper}"), &lower) } else { text }
        }
        Basis::Growth => beside("signals.usual_trend"),
        Basis::YearOnYear => beside("signals.usual_season"),
        Basis::Changes => of("signals.usual_change"),
    }
}

/// `above the usual range`; of a run, which may lie within it, `below its usual average`; of growth `below its trend`.
pub(super) fn side(context: &Context, basis: Basis, rule: Rule, above: bool) -> String {
    let key = if above { "signals.above" } else { "signals.below" };
    context.say(key, &[("of", &what(context, basis, rule))])
}

/// What a signal lies above or below, as it stands behind these words.
pub(in crate::brief) fn what(context: &Context, basis: Basis, rule: Rule) -> String {
    let key = match (basis, rule) {
        (Basis::Growth, _) => "signals.of_trend",
        (Basis::YearOnYear, _) => "signals.of_season",
        (Basis::Changes, _) => "signals.of_change",
        (_, Rule::OutsideLimit) => "signals.of_range",
        _ => "signals.of_average",
    };
    context.say(key, &[])
}

/// What the values of a metric were made comparable by.
pub(in crate::brief) fn basis(metric: &MetricState) -> Basis {
    metric.range.map_or(Basis::Level, |range| range.basis)
}

/// The value that a signal was found at, where that is not the newest one.
pub(in crate::brief) fn before_newest(metric: &MetricState, signal: Signal) -> Option<f64> {
    let points = metric.points();
    let (last, earlier) = points.split_last()?;
    let at = earlier.iter().rfind(|point| point.ending == signal.week)?;
    (last.ending != signal.week).then_some(at.value)?
}

/// A limit or a centre as a value with its unit; of a metric that is judged by its changes, as a change.
pub(in crate::brief) fn in_units(context: &Context, metric: &MetricState, value: f64) -> String {
    match basis(metric) {
        Basis::Changes => {
            let change = value - before(metric);
            signed(change, context.value(metric, change))
        }
        _ => context.value(metric, value),
    }
}

/// The value before the newest.
fn before(metric: &MetricState) -> f64 {
    metric.points().iter().rev().filter_map(|point| point.value).nth(1).unwrap_or_default()
}

/// The newest value and its range; both less the value before it where changes are judged.
fn compared(metric: &MetricState, range: Range) -> (Option<f64>, Range) {
    let less = if range.basis == Basis::Changes { before(metric) } else { 0.0 };
    let (centre, lower, upper) = (range.centre - less, range.lower - less, range.upper - less);
    (metric.latest.map(|latest| latest - less), Range { centre, lower, upper, ..range })
}

/// The limits as they print beside `value`, which prints with `whole` decimals.
fn rounded(value: Option<f64>, range: Range, whole: usize) -> [Limit; 2] {
    let value = value.unwrap_or(f64::NAN);
    let shown = round(value, whole as i32);
    let of_both = |places: i32| [range.lower, range.upper].map(|limit| (round(limit, places), places.max(0) as usize));
    let lies = |value: f64, lower: f64, upper: f64| (value < lower, value > upper);
    let width = range.upper - range.lower;
    // A wide range says enough in few digits, if the newest value lies to them as it does.
    let size = range.lower.abs().max(range.upper.abs());
    let fewest = if whole == 0 { (2 - size.max(1.0).log10().floor() as i32).min(0) } else { 0 };
    let is_enough = |places: &i32| {
        let [(lower, _), (upper, _)] = of_both(*places);
        width >= ROUNDED_BY * 10f64.powi(-places) && lies(shown, lower, upper) == lies(value, range.lower, range.upper)
    };
    if let Some(places) = (fewest..whole as i32).find(is_enough) {
        return of_both(places);
    }
    let [lower, upper] = [
        (whole..whole + 3).find(|places| value >= range.lower || shown < round(range.lower, *places as i32)),
        (whole..whole + 3).find(|places| value <= range.upper || shown > round(range.upper, *places as i32)),
    ]
    .map(|places| places.unwrap_or(whole));
    let limits = [(round(range.lower, lower as i32), lower), (round(range.upper, upper as i32), upper)];
    // A narrow range keeps the digits that make it one.
    let narrow = || (whole as i32..whole as i32 + 3).map(of_both).find(|[lower, upper]| lower.0 != upper.0);
    if limits[0].0 == limits[1].0 { narrow().unwrap_or(limits) } else { limits }
}

/// Decimals of the newest value where it stands alone: a final zero only if the limits beside it print that digit too.
/// `61 h` beside 55–66, but `97.0%` beside 96.1–97.7.
pub(in crate::brief) fn latest_decimals(metric: &MetricState) -> usize {
    let places = decimals(metric);
    let Some((latest, range)) = metric.latest.zip(metric.range) else { return places };
    let (value, of_value) = compared(metric, range);
    let needed = rounded(value, of_value, places).iter().map(|(_, digits)| *digits).max().unwrap_or(places);
    let is_equal = |fewer: &usize| round(latest, *fewer as i32) == round(latest, places as i32);
    (needed..places).find(is_equal).unwrap_or(places)
}

/// Adds a plus sign to a positive change.
pub(super) fn signed(value: f64, said: String) -> String {
    match value {
        0.0 => format!("±{said}"),
        _ if value > 0.0 => format!("+{said}"),
        _ => said,
    }
}

fn round(value: f64, places: i32) -> f64 {
    let scale = 10f64.powi(places.abs());
    if places < 0 { (value / scale).round() * scale } else { (value * scale).round() / scale }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn printed(value: f64, lower: f64, upper: f64, whole: usize) -> [Limit; 2] {
        let range = Range { centre: lower, lower, upper, provisional: false, points: 20, basis: Basis::Level };
        rounded(Some(value), range, whole)
    }

    #[test]
    fn limits_print_on_the_side_of_the_value_that_they_are_on() {
        // A value outside never prints equal to a limit, nor one inside beyond it.
        assert_eq!(printed(58.0, 25.0, 57.6, 0), [(25.0, 0), (57.6, 1)]);
        assert_eq!(printed(96.3, 96.33, 98.91, 1), [(96.33, 2), (98.9, 1)]);
        assert_eq!(printed(1287.0, 1286.7, 1293.3, 0), [(1287.0, 0), (1293.0, 0)]);
        // A wide range is rounded, a narrow one is not.
        assert_eq!(printed(1500.0, 1204.0, 1877.0, 0), [(1200.0, 0), (1880.0, 0)]);
        assert_eq!(printed(1289.0, 1297.6, 1305.2, 0), [(1298.0, 0), (1305.0, 0)]);
    }
}
