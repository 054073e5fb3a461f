//! Makes the values of a metric comparable, so that one rule can judge all of them: as they are, as changes (a stock),
//! as the distance from steady growth (in logs), or from a year before. [`super::judge`] uses it.

use super::counts::CountBaseline;
use super::period::is_reset;
use super::values::{Nature, Values, mean};
use crate::analysis::Basis;

/// Counts with a lower mean per week are judged by a count distribution.
const MAX_SMALL_COUNT_MEAN: f64 = 3.0;
/// Counts whose variance is more than this many times their mean are not treated as Poisson counts.
const MAX_DISPERSION: f64 = 3.0;
/// Growth needs at least this many points, and must explain more than this share of the variation.
const MIN_GROWTH_POINTS: usize = 8;
const MIN_GROWTH_EXPLAINED: f64 = 0.5;
/// With fewer points, a line that the values after it have left is not extrapolated.
const MIN_TREND_POINTS: usize = 26;
/// A slope steeper than this, in squared standard errors, also counts as growth.
const MIN_STEEPNESS: f64 = 12.0;
/// From this many points on, growth must also explain more than a single step does.
const MIN_STEP_POINTS: usize = 12;
/// Number of years of periods that a season needs.
const SEASON_YEARS: usize = 2;
/// Minimum correlation between one year and the one before.
const MIN_SEASON_CORRELATION: f64 = 0.5;
/// The value of a year before is the mean of that period and of this many periods on either side.
const SEASON_AROUND: usize = 4;
/// Minimum autocorrelation and number of points of a random walk, whose changes are judged.
const MIN_WALK_AUTOCORRELATION: f64 = 0.75;
const MIN_WALK_POINTS: usize = 17;
/// Maximum autocorrelation of a stock that keeps a level; such a stock is judged as it is.
const MAX_LEVEL_AUTOCORRELATION: f64 = 0.2;

/// Comparable values, and the conversion back to the metric's own unit.
#[derive(Debug, Clone, PartialEq)]
pub(crate) struct Expected {
    pub basis: Basis,
    /// A comparable value for each value; NaN if there is nothing to compare it with.
    pub values: Vec<f64>,
    /// For each value, the variance of its expected value as a share of σ².
    pub leverage: Vec<f64>,
    /// Number of parameters fitted to the baseline.
    pub fitted: usize,
    pub counts: Option<CountBaseline>,
    back: Back,
}

#[derive(Debug, Clone, Copy, PartialEq)]
enum Back {
    Plain,
    /// Adds this to a comparable value.
    Add(f64),
    /// Multiplies the exponential of a comparable value by this.
    Times(f64),
}

impl Expected {
    /// Converts a comparable value of the newest period to the metric's unit.
    pub(crate) fn in_units(&self, value: f64) -> f64 {
        match self.back {
            Back::Plain => value,
            Back::Add(base) => base + value,
            Back::Times(base) => base * value.exp(),
        }
    }

    fn new(basis: Basis, values: Vec<f64>, points: usize, back: Back) -> Self {
        let leverage = vec![1.0 / points.max(1) as f64; values.len()];
        Self { basis, values, leverage, fitted: 1, counts: None, back }
    }
}

/// Returns comparable values for all `values`, with the baseline between `first` and `last`.
pub(crate) fn of(values: Values, first: usize, last: usize, nature: &Nature) -> Option<Expected> {
    let plain: Vec<f64> = values.iter().map(|(_, value)| *value).collect();
    let own = plain.get(first..last).filter(|own| !own.is_empty())?;
    if nature.by_changes && (nature.resets || !keeps_a_level(own)) {
        return changes(values, own.len(), nature);
    }
    if let Some(counts) = nature.is_count.then(|| small_count(own)).flatten() {
        let expected = Expected::new(Basis::Counts, plain.clone(), own.len(), Back::Plain);
        return Some(Expected { counts: Some(counts), ..expected });
    }
    let is_positive = plain.iter().all(|value| *value > 0.0);
    if let Some(season) = year_on_year(values, last, is_positive, nature) {
        return Some(season);
    }
    if is_positive && let Some(growth) = growth(values, first, last) {
        return Some(growth);
    }
    if !nature.by_changes && own.len() >= MIN_WALK_POINTS && autocorrelation(own) > MIN_WALK_AUTOCORRELATION {
        return changes(values, own.len(), nature);
    }
    Some(Expected::new(Basis::Level, plain, values.len().min(last - first), Back::Plain))
}

/// Returns each value minus the one before it.
fn changes(values: Values, points: usize, nature: &Nature) -> Option<Expected> {
    let change = |pair: &[(usize, f64)]| match pair {
        [(then, before), (at, now)] if *at == then + 1 && !(nature.resets && is_reset(*before, *now)) => now - before,
        _ => f64::NAN,
    };
    let changes = std::iter::once(f64::NAN).chain(values.windows(2).map(change)).collect();
    let before = values.len().checked_sub(2).and_then(|at| values.get(at))?.1;
    Some(Expected::new(Basis::Changes, changes, points, Back::Add(before)))
}

/// Returns the baseline of a count that is small and varies no more than such counts do.
fn small_count(own: &[f64]) -> Option<CountBaseline> {
    let mean = mean(own);
    let squares: f64 = own.iter().map(|count| (count - mean).powi(2)).sum();
    let variance = squares / (own.len() as f64 - 1.0).max(1.0);
    let is_small = mean < MAX_SMALL_COUNT_MEAN && variance < MAX_DISPERSION * mean.max(0.1);
    let dispersion = if own.len() < MIN_STEP_POINTS { 1.0 } else { (variance / mean.max(0.2)).max(1.0) };
    is_small.then(|| CountBaseline { total: own.iter().sum(), weeks: own.len() as f64, dispersion })
}

/// Returns the distances from a line through the logs of the baseline, if the line explains more than half of their
/// variation and more than a single step from one level to another does. A line through few points is extrapolated only
/// if the values after the baseline are nearer to it than to its end: what has flattened since then is not growth.
fn growth(values: Values, first: usize, last: usize) -> Option<Expected> {
    let points: Vec<(f64, f64)> = values.get(first..last)?.iter().map(|(at, v)| (*at as f64, v.ln())).collect();
    let count = points.len() as f64;
    if points.len() < MIN_GROWTH_POINTS {
        return None;
    }
    let logs: Vec<f64> = points.iter().map(|(_, log)| *log).collect();
    let (middle, level) = (points.iter().map(|(at, _)| at).sum::<f64>() / count, mean(&logs));
    let spread: f64 = points.iter().map(|(at, _)| (at - middle).powi(2)).sum();
    let slope = points.iter().map(|(at, log)| (at - middle) * (log - level)).sum::<f64>() / spread;
    let line = |at: f64| level + slope * (at - middle);
    let left: f64 = points.iter().map(|(at, log)| (log - line(*at)).powi(2)).sum();
    let all: f64 = logs.iter().map(|log| (log - level).powi(2)).sum();
    // With few points, growth explains less than half long before it exceeds the limits.
    let steepness = slope * slope * spread * (count - 2.0) / left.max(f64::MIN_POSITIVE);
    let grows = all > 1e-12 && (1.0 - left / all > MIN_GROWTH_EXPLAINED || steepness > MIN_STEEPNESS);
    if !grows || (points.len() >= MIN_STEP_POINTS && left_by_a_step(&logs) <= left) {
        return None;
    }
    let after = || values.get(last..).unwrap_or_default().iter();
    let off =
        |level: &dyn Fn(f64) -> f64| after().map(|(at, value)| (value.ln() - level(*at as f64)).abs()).sum::<f64>();
    let end = line(points.last()?.0);
    if points.len() < MIN_TREND_POINTS && off(&|_| end) < off(&line) {
        return None;
    }
    let newest = values.last()?.0 as f64;
    let distances = values.iter().map(|(at, value)| value.ln() - line(*at as f64)).collect();
    let leverage = values.iter().map(|(at, _)| 1.0 / count + (*at as f64 - middle).powi(2) / spread).collect();
    let expected = Expected::new(Basis::Growth, distances, points.len(), Back::Times(line(newest).exp()));
    Some(Expected { leverage, fitted: 2, ..expected })
}

/// Returns the variation that the best single step leaves unexplained: the least sum of squares around two levels.
fn left_by_a_step(values: &[f64]) -> f64 {
    best_step(values).map_or(f64::INFINITY, |(_, left)| left)
}

/// Returns the position of the best single step, and the variation that it leaves unexplained.
fn best_step(values: &[f64]) -> Option<(usize, f64)> {
    // Subtracting the mean avoids cancellation between squares of large values.
    let centre = mean(values);
    let less: Vec<f64> = values.iter().map(|value| value - centre).collect();
    let all: f64 = less.iter().map(|value| value * value).sum();
    let (count, total) = (values.len(), less.iter().sum::<f64>());
    let mut before = 0.0;
    let mut best: Option<(usize, f64)> = None;
    for (at, value) in less.iter().enumerate() {
        // Each of two levels explains its sum² ÷ count of the squares.
        if (3..count.saturating_sub(2)).contains(&at) {
            let (first, second) = (at as f64, (count - at) as f64);
            let left = (all - before * before / first - (total - before).powi(2) / second).max(0.0);
            if best.is_none_or(|(_, least)| left < least) {
                best = Some((at, left));
            }
        }
        before += value;
    }
    best
}

/// Whether the values of a stock vary around one level, or around two with a step between, rather than wander.
fn keeps_a_level(own: &[f64]) -> bool {
    let centre = mean(own);
    let all: f64 = own.iter().map(|value| (value - centre).powi(2)).sum();
    let keeps = match best_step(own).filter(|(_, left)| 2.0 * left < all) {
        Some((cut, _)) => {
            let (before, after) = own.split_at(cut);
            keeps_two_levels(before, after)
        }
        None => autocorrelation(own) < MAX_LEVEL_AUTOCORRELATION,
    };
    own.len() >= MIN_WALK_POINTS && all > 0.0 && keeps
}

/// Whether values vary around one level before a step and around another after it, rather than wander.
pub(crate) fn keeps_two_levels(before: &[f64], after: &[f64]) -> bool {
    let less_mean = |part: &[f64]| part.iter().map(|value| value - mean(part)).collect::<Vec<f64>>();
    autocorrelation(&[less_mean(before), less_mean(after)].concat()) < MAX_LEVEL_AUTOCORRELATION
}

/// Returns the distance from a year before (in logs if all values are positive), if two years show that they are alike.
fn year_on_year(values: Values, last: usize, in_logs: bool, nature: &Nature) -> Option<Expected> {
    let (oldest, newest) = (values.first()?.0, values.last()?.0);
    if newest - oldest + 1 < SEASON_YEARS * nature.year || nature.year < 4 {
        return None;
    }
    let scaled = |value: f64| if in_logs { value.ln() } else { value };
    let mut dense = vec![f64::NAN; newest - oldest + 1];
    for (at, value) in values {
        dense[at - oldest] = scaled(*value);
    }
    let closed = values.get(last.checked_sub(1)?)?.0 - oldest + 1;
    if !is_seasonal(dense.get(..closed)?, nature.year) {
        return None;
    }
    let around = if nature.year > 12 { SEASON_AROUND } else { 0 };
    let year_before = |at: usize| {
        let place = (at - oldest).checked_sub(nature.year)?;
        let near = dense.get(place.saturating_sub(around)..=(place + around).min(at - oldest))?;
        let known: Vec<f64> = near.iter().copied().filter(|value| value.is_finite()).collect();
        (!known.is_empty()).then(|| mean(&known))
    };
    let distance = |(at, value): &(usize, f64)| year_before(*at).map_or(f64::NAN, |then| scaled(*value) - then);
    let distances: Vec<f64> = values.iter().map(distance).collect();
    let then = year_before(newest)?;
    let back = if in_logs { Back::Times(then.exp()) } else { Back::Add(then) };
    let points = distances.iter().filter(|distance| distance.is_finite()).count();
    Some(Expected::new(Basis::YearOnYear, distances, points.min(last), back))
}

/// Whether the years resemble each other: the correlation of periods a year apart, without their trend, smoothed.
fn is_seasonal(dense: &[f64], year: usize) -> bool {
    let known = dense.iter().filter(|value| value.is_finite()).count();
    if known * 10 < dense.len() * 9 || dense.len() < year + year / 2 {
        return false;
    }
    // Missing values are replaced by the ones before them.
    let mut before = dense.iter().copied().find(|value| value.is_finite()).unwrap_or_default();
    let mut known_or_before = |value: &f64| {
        before = if value.is_finite() { *value } else { before };
        before
    };
    let filled: Vec<f64> = dense.iter().map(&mut known_or_before).collect();
    let (centre, level) = ((filled.len() - 1) as f64 / 2.0, mean(&filled));
    let spread: f64 = (0..filled.len()).map(|at| (at as f64 - centre).powi(2)).sum();
    let slope = filled.iter().enumerate().map(|(at, v)| (at as f64 - centre) * (v - level)).sum::<f64>() / spread;
    let flat: Vec<f64> = filled.iter().enumerate().map(|(at, v)| v - level - slope * (at as f64 - centre)).collect();
    let window = if year > 12 { 2 * SEASON_AROUND + 1 } else { 1 };
    let smooth: Vec<f64> = flat.windows(window).map(mean).collect();
    let (Some(late), Some(early)) = (smooth.get(year..), smooth.get(..smooth.len().saturating_sub(year))) else {
        return false;
    };
    correlation(late, early) > MIN_SEASON_CORRELATION
}

fn correlation(left: &[f64], right: &[f64]) -> f64 {
    let (a, b) = (mean(left), mean(right));
    let along: f64 = left.iter().zip(right).map(|(x, y)| (x - a) * (y - b)).sum();
    let of = |values: &[f64], centre: f64| values.iter().map(|v| (v - centre).powi(2)).sum::<f64>();
    let scale = (of(left, a) * of(right, b)).sqrt();
    if scale > 0.0 { along / scale } else { 0.0 }
}

/// Returns the first autocorrelation of the values.
pub(crate) fn autocorrelation(values: &[f64]) -> f64 {
    let centre = mean(values);
    let squares: f64 = values.iter().map(|value| (value - centre).powi(2)).sum();
    let along: f64 = values.windows(2).map(|pair| (pair[0] - centre) * (pair[1] - centre)).sum();
    if squares > 0.0 { along / squares } else { 0.0 }
}
