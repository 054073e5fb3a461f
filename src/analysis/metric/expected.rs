//! Makes the values of a metric comparable, so that one rule judges them all: as they are, as changes (a stock), as a
//! distance from steady growth (on logs), or from a year before. [`super::judge`] asks.

use super::counts::CountBaseline;
use super::period::is_reset;
use super::values::{Nature, Values, mean};
use crate::analysis::Basis;

/// Counts with fewer a week on the mean are judged by a count distribution.
const SMALL_COUNT: f64 = 3.0;
/// Counts whose variance is more than this many times their mean are not treated as Poisson counts.
const MOST_DISPERSION: f64 = 3.0;
/// Growth needs at least this many points, and must explain more than the share of the variation below.
const GROWTH_POINTS: usize = 8;
const GROWTH_EXPLAINS: f64 = 0.5;
/// A slope steeper than this, in squared standard errors, also counts as growth.
const STEEP: f64 = 12.0;
/// From this many points on, growth must also explain more than a single step does.
const STEP_POINTS: usize = 12;
/// A season needs two years of periods.
const SEASON_YEARS: usize = 2;
/// How like one year must be to the one before.
const SEASON_LIKENESS: f64 = 0.5;
/// The value of a year before is the mean of that period and of this many periods on either side.
const SEASON_AROUND: usize = 4;
/// Neighbours so alike are the steps of a walk: its changes are judged.
const WALK_LIKENESS: f64 = 0.75;
const WALK_POINTS: usize = 17;
/// Neighbours of a stock that keeps a level are hardly alike; such a stock is judged as it is.
const LEVEL_LIKENESS: f64 = 0.2;

/// Comparable values, and the way back to the metric's own unit.
#[derive(Debug, Clone, PartialEq)]
pub(crate) struct Expected {
    pub basis: Basis,
    /// By value; NaN where there is nothing to compare it with.
    pub values: Vec<f64>,
    /// By value: the variance of what is expected, as a share of σ².
    pub leverage: Vec<f64>,
    /// Numbers that were fitted to the baseline.
    pub fitted: usize,
    pub counts: Option<CountBaseline>,
    back: Back,
}

#[derive(Debug, Clone, Copy, PartialEq)]
enum Back {
    Plain,
    /// What is added to a comparable value.
    Add(f64),
    /// What the exponential of a comparable value is multiplied with.
    Times(f64),
}

impl Expected {
    /// The value of the newest period that compares as `value`.
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

/// Comparable values of all `values`, by the baseline between `first` and `last`.
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
    if !nature.by_changes && own.len() >= WALK_POINTS && likeness(own) > WALK_LIKENESS {
        return changes(values, own.len(), nature);
    }
    Some(Expected::new(Basis::Level, plain, values.len().min(last - first), Back::Plain))
}

/// Each value less the one before it.
fn changes(values: Values, points: usize, nature: &Nature) -> Option<Expected> {
    let change = |pair: &[(usize, f64)]| match pair {
        [(then, before), (at, now)] if *at == then + 1 && !(nature.resets && is_reset(*before, *now)) => now - before,
        _ => f64::NAN,
    };
    let changes = std::iter::once(f64::NAN).chain(values.windows(2).map(change)).collect();
    let before = values.len().checked_sub(2).and_then(|at| values.get(at))?.1;
    Some(Expected::new(Basis::Changes, changes, points, Back::Add(before)))
}

/// The baseline of a count that is small and varies no more than such counts do.
fn small_count(own: &[f64]) -> Option<CountBaseline> {
    let mean = mean(own);
    let squares: f64 = own.iter().map(|count| (count - mean).powi(2)).sum();
    let variance = squares / (own.len() as f64 - 1.0).max(1.0);
    let is_small = mean < SMALL_COUNT && variance < MOST_DISPERSION * mean.max(0.1);
    let dispersion = if own.len() < STEP_POINTS { 1.0 } else { (variance / mean.max(0.2)).max(1.0) };
    is_small.then(|| CountBaseline { total: own.iter().sum(), weeks: own.len() as f64, dispersion })
}

/// The distance from a line through the logs of the baseline, where that explains more than half of their variation
/// and more than one step from a level to another does.
fn growth(values: Values, first: usize, last: usize) -> Option<Expected> {
    let points: Vec<(f64, f64)> = values.get(first..last)?.iter().map(|(at, v)| (*at as f64, v.ln())).collect();
    let count = points.len() as f64;
    if points.len() < GROWTH_POINTS {
        return None;
    }
    let logs: Vec<f64> = points.iter().map(|(_, log)| *log).collect();
    let (middle, level) = (points.iter().map(|(at, _)| at).sum::<f64>() / count, mean(&logs));
    let spread: f64 = points.iter().map(|(at, _)| (at - middle).powi(2)).sum();
    let slope = points.iter().map(|(at, log)| (at - middle) * (log - level)).sum::<f64>() / spread;
    let line = |at: f64| level + slope * (at - middle);
    let left: f64 = points.iter().map(|(at, log)| (log - line(*at)).powi(2)).sum();
    let all: f64 = logs.iter().map(|log| (log - level).powi(2)).sum();
    // In few points growth explains less than half long before it carries them out of their limits.
    let steepness = slope * slope * spread * (count - 2.0) / left.max(f64::MIN_POSITIVE);
    let grows = all > 1e-12 && (1.0 - left / all > GROWTH_EXPLAINS || steepness > STEEP);
    if !grows || (points.len() >= STEP_POINTS && left_by_a_step(&logs) <= left) {
        return None;
    }
    let newest = values.last()?.0 as f64;
    let distances = values.iter().map(|(at, value)| value.ln() - line(*at as f64)).collect();
    let leverage = values.iter().map(|(at, _)| 1.0 / count + (*at as f64 - middle).powi(2) / spread).collect();
    let expected = Expected::new(Basis::Growth, distances, points.len(), Back::Times(line(newest).exp()));
    Some(Expected { leverage, fitted: 2, ..expected })
}

/// What the best single step leaves unexplained: the least sum of squares around two levels.
fn left_by_a_step(values: &[f64]) -> f64 {
    best_step(values).map_or(f64::INFINITY, |(_, left)| left)
}

/// Where the best single step is, and what it leaves unexplained.
fn best_step(values: &[f64]) -> Option<(usize, f64)> {
    // Around its mean, so that squares of large values cancel nothing.
    let centre = mean(values);
    let less: Vec<f64> = values.iter().map(|value| value - centre).collect();
    let all: f64 = less.iter().map(|value| value * value).sum();
    let (count, total) = (values.len(), less.iter().sum::<f64>());
    let mut before = 0.0;
    let mut best: Option<(usize, f64)> = None;
    for (at, value) in less.iter().enumerate() {
        // Of the squares around two levels each level takes away its sum² ÷ count.
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

/// Whether the values of a stock vary around one level, or around two with a step between, more than they wander.
fn keeps_a_level(own: &[f64]) -> bool {
    let centre = mean(own);
    let all: f64 = own.iter().map(|value| (value - centre).powi(2)).sum();
    let keeps = match best_step(own).filter(|(_, left)| 2.0 * left < all) {
        Some((cut, _)) => {
            let (before, after) = own.split_at(cut);
            keeps_two_levels(before, after)
        }
        None => likeness(own) < LEVEL_LIKENESS,
    };
    own.len() >= WALK_POINTS && all > 0.0 && keeps
}

/// Whether values vary around one level before a step, and around another after it, more than they wander.
pub(crate) fn keeps_two_levels(before: &[f64], after: &[f64]) -> bool {
    let less_mean = |part: &[f64]| part.iter().map(|value| value - mean(part)).collect::<Vec<f64>>();
    likeness(&[less_mean(before), less_mean(after)].concat()) < LEVEL_LIKENESS
}

/// The distance from a year before (in logs where all are positive), where two years show that one is like the other.
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
    // What is missing is taken for what came before it.
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
    correlation(late, early) > SEASON_LIKENESS
}

fn correlation(left: &[f64], right: &[f64]) -> f64 {
    let (a, b) = (mean(left), mean(right));
    let along: f64 = left.iter().zip(right).map(|(x, y)| (x - a) * (y - b)).sum();
    let of = |values: &[f64], centre: f64| values.iter().map(|v| (v - centre).powi(2)).sum::<f64>();
    let scale = (of(left, a) * of(right, b)).sqrt();
    if scale > 0.0 { along / scale } else { 0.0 }
}

/// How like neighbouring values are: their first autocorrelation.
pub(crate) fn likeness(values: &[f64]) -> f64 {
    let centre = mean(values);
    let squares: f64 = values.iter().map(|value| (value - centre).powi(2)).sum();
    let along: f64 = values.windows(2).map(|pair| (pair[0] - centre) * (pair[1] - centre)).sum();
    if squares > 0.0 { along / squares } else { 0.0 }
}
