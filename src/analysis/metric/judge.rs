//! Decides whether the newest value of a metric is unusual: its baseline, its usual range, and the three rules of a
//! process behaviour chart (XmR). Works on plain numbers; [`super::runs`] calls it for every period in turn.
//!
//! Source: Wheeler, *Making Sense of Data* (2003), and xmrit.com. We add safeguards: σ is the larger of mR̄ ÷ 1.128 and
//! the standard deviation, seven of eight make a run, thresholds are higher for short baselines and for autocorrelated
//! values, and a value must be clearly beyond all of its baseline. With them, stable artificial series of ten kinds
//! have false news in less than 2 % of their weeks (the tests of [`super::runs`]).

use super::expected::{self, Expected};
use super::values::{Nature, Values, mean, median, sigma};
use crate::analysis::{Basis, Range, Rule};

/// Minimum number of baseline points for a range.
const MIN_POINTS: usize = 6;
/// A range with fewer points is provisional.
const MIN_SETTLED_POINTS: usize = 17;
/// Maximum number of baseline points: a year of weeks.
const MAX_BASELINE_POINTS: usize = 52;
/// Number of points of the rule about a run, and how many of them must be on one side.
const RUN: usize = 8;
const RUN_ON_SIDE: usize = 7;
/// Minimum distance of the mean of a run, and of four points, in standard deviations of that mean.
const RUN_DEVIATIONS: f64 = 2.25;
const FOUR_DEVIATIONS: f64 = 2.7;
/// Minimum distance of a value from every value of the baseline, in σ; a skewed distribution often has a new maximum.
const MIN_BEYOND: f64 = 0.6;
/// Chances below which one week, and the sum of four or eight weeks, of a small count is news.
const RARE_WEEK: f64 = 0.003;
const RARE_SUM: f64 = 0.0095;
/// Minimum distance of the mean of a run of small counts, in σ.
const MIN_COUNT_RUN: f64 = 0.7;
/// Prior autocorrelation, and its weight in points.
const PRIOR_AUTOCORRELATION: (f64, f64) = (0.3, 16.0);
/// Autocorrelation that a baseline shows by chance.
const CHANCE_AUTOCORRELATION: f64 = 0.1;

/// The judgement on the newest value.
#[derive(Debug, Clone, PartialEq)]
pub(crate) struct Judged {
    pub range: Range,
    /// The rules that hold at it, and whether it is above.
    pub held: Vec<(Rule, bool)>,
    /// For each value, its distance from the centre in σ; NaN if it could not be judged.
    pub deviations: Vec<f64>,
    /// Distance of the baseline's median from the centre, in σ.
    pub middle: f64,
}

/// Judges the last of `values`. The baseline begins at `start` (an index into `values`) and ends before the newest
/// periods, or at `end` if the config fixes it. Returns `None` if there are too few points.
pub(crate) fn judge(values: Values, start: usize, end: Option<usize>, nature: &Nature) -> Option<Judged> {
    let (first, last) = baseline(values.len(), start, end, nature);
    let expected = expected::of(values, first, last, nature)?;
    let own: Vec<f64> = expected.values.get(first..last)?.iter().copied().filter(|value| value.is_finite()).collect();
    if own.len() < MIN_POINTS {
        return None;
    }
    let (centre, middle, sigma) = (mean(&own), median(&own), sigma(&own, expected.fitted));
    let recent: Vec<Recent> = (expected.values.iter().zip(&expected.leverage))
        .skip(start)
        .map(|(value, leverage)| Recent { value: *value, leverage: *leverage })
        .collect();
    let recent: &[Recent] = recent.get(recent.len().saturating_sub(RUN)..).unwrap_or_default();
    let baseline = Baseline { own: &own, centre, middle, sigma };
    let range = baseline.range(&expected, nature);
    let held = if expected.basis == Basis::Counts {
        baseline.held_by_counts(recent, &expected)
    } else {
        baseline.held_by_values(recent, &expected)
    };
    let shows = |rule: &(Rule, bool)| baseline.shows(rule.0, recent, &expected, nature);
    Some(Judged {
        range,
        held: held.into_iter().filter(shows).collect(),
        deviations: expected.values.iter().map(|value| baseline.deviation(*value)).collect(),
        middle: baseline.deviation(middle),
    })
}

/// Returns the range of the `count` points that make the baseline: at most 52, without the newest `recent`; at least
/// half of a short series.
fn baseline(count: usize, start: usize, end: Option<usize>, nature: &Nature) -> (usize, usize) {
    let own = count.saturating_sub(start);
    // A value judged by its change needs a value before it.
    let least = MIN_POINTS + usize::from(nature.by_changes);
    let kept = own.saturating_sub(nature.recent).max(own.div_ceil(2)).max(least).min(own);
    let last = end.map_or(start + kept, |end| end.max(start)).min(count);
    (start.max(last.saturating_sub(MAX_BASELINE_POINTS)).min(last), last)
}

#[derive(Clone, Copy)]
struct Recent {
    value: f64,
    leverage: f64,
}

struct Baseline<'a> {
    own: &'a [f64],
    centre: f64,
    middle: f64,
    sigma: f64,
}

impl Baseline<'_> {
    /// Returns the distance from the centre in σ. For a constant baseline, any difference larger than rounding is a
    /// large distance.
    fn deviation(&self, value: f64) -> f64 {
        (value - self.centre) / (self.sigma + rounding(value, self.centre))
    }

    /// Returns the usual range of the newest period, in the metric's own unit.
    fn range(&self, expected: &Expected, nature: &Nature) -> Range {
        let (centre, lower, upper) = match &expected.counts {
            Some(counts) => (self.centre, 0.0, counts.max_in_a_week(RARE_WEEK)),
            None => {
                let drift = if expected.basis == Basis::Growth { expected.leverage.last().copied() } else { None };
                let reach = 3.0 * self.sigma * (1.0 + drift.unwrap_or_default()).sqrt();
                let at = |value: f64| expected.in_units(value);
                (at(self.centre), at(self.centre - reach), at(self.centre + reach))
            }
        };
        let (floor, ceiling) = (nature.floor.unwrap_or(f64::NEG_INFINITY), nature.ceiling.unwrap_or(f64::INFINITY));
        let clip = |value: f64| value.max(floor).min(ceiling);
        Range {
            centre: clip(centre),
            lower: clip(lower),
            upper: clip(upper),
            provisional: self.own.len() < MIN_SETTLED_POINTS,
            points: self.own.len() as u32,
            basis: expected.basis,
        }
    }

    /// Applies the three rules to values that are approximately normal.
    fn held_by_values(&self, recent: &[Recent], expected: &Expected) -> Vec<(Rule, bool)> {
        let Some(newest) = recent.last() else { return Vec::new() };
        let points = self.own.len() as f64;
        let (prior, weight) = PRIOR_AUTOCORRELATION;
        let like = (points * expected::autocorrelation(self.own) + weight * prior) / (points + weight)
            - CHANCE_AUTOCORRELATION;
        let like = like.clamp(0.0, 0.8);
        // Means of autocorrelated values vary more than those of independent ones.
        let inflated = (1.0 + like) / (1.0 - like);
        let wider = wider_by(points - expected.fitted as f64);
        let rounding = rounding(newest.value, self.centre);
        let of_mean = |part: &[Recent]| {
            let count = part.len() as f64;
            let mean = part.iter().map(|one| self.deviation(one.value)).sum::<f64>() / count;
            let leverage = part.iter().map(|one| one.leverage).sum::<f64>() / count;
            (mean, (inflated / count + inflated * leverage).sqrt())
        };
        let mut held = Vec::new();
        for above in [true, false] {
            let side = if above { 1.0 } else { -1.0 };
            let off = |value: f64| side * self.deviation(value);
            let farthest = self.own.iter().map(|value| side * value).fold(f64::NEG_INFINITY, f64::max);
            let is_beyond_all = side * newest.value > farthest + MIN_BEYOND * self.sigma + rounding;
            if is_beyond_all && off(newest.value) > 3.0 * wider * (1.0 + newest.leverage).sqrt() {
                held.push((Rule::OutsideLimit, above));
            }
            let on_side = recent.iter().filter(|one| side * (one.value - self.middle) > rounding).count();
            let (mean, spread) = of_mean(recent);
            let is_off = side * mean >= wider * (RUN_DEVIATIONS * spread).max(1.0);
            if recent.len() == RUN && on_side >= RUN_ON_SIDE && off(newest.value) > 0.0 && is_off {
                held.push((Rule::EightOneSide, above));
            }
            let four = recent.get(recent.len().saturating_sub(4)..).unwrap_or_default();
            let far = four.iter().filter(|one| off(one.value) > 1.5).count();
            let (mean, spread) = of_mean(four);
            let is_off = side * mean >= wider * FOUR_DEVIATIONS * spread;
            if far >= 3 && off(newest.value) > 1.5 && is_off {
                held.push((Rule::ThreeOfFour, above));
            }
        }
        held
    }

    /// Applies the rules to small counts: one week, the sum of four and the sum of eight, by their chances.
    fn held_by_counts(&self, recent: &[Recent], expected: &Expected) -> Vec<(Rule, bool)> {
        let (Some(newest), Some(counts)) = (recent.last(), &expected.counts) else { return Vec::new() };
        let chance = |count: f64, ahead: f64, above: bool| match above {
            true => counts.chance_of_at_least(count, ahead),
            false => counts.chance_of_at_most(count, ahead),
        };
        let sum = |part: &[Recent]| part.iter().map(|one| one.value).sum::<f64>();
        let mut held = Vec::new();
        for above in [true, false] {
            let side = if above { 1.0 } else { -1.0 };
            let farthest = self.own.iter().map(|value| side * value).fold(f64::NEG_INFINITY, f64::max);
            if side * newest.value > farthest && chance(newest.value, 1.0, above) < RARE_WEEK {
                held.push((Rule::OutsideLimit, above));
            }
            let is_on_side = side * (newest.value - self.centre) > 0.0;
            let mean_off = side * (sum(recent) / RUN as f64 - self.centre);
            let is_rare = recent.len() == RUN && chance(sum(recent), RUN as f64, above) < RARE_SUM;
            if is_rare && mean_off >= MIN_COUNT_RUN * self.sigma {
                held.push((Rule::EightOneSide, above));
            }
            let four = recent.get(recent.len().saturating_sub(4)..).unwrap_or_default();
            if is_on_side && four.len() == 4 && chance(sum(four), 4.0, above) < RARE_SUM {
                held.push((Rule::ThreeOfFour, above));
            }
        }
        held
    }

    /// Whether the effect that a rule found is large enough to be visible in print.
    fn shows(&self, rule: Rule, recent: &[Recent], expected: &Expected, nature: &Nature) -> bool {
        let of = |count: usize| {
            let part = recent.get(recent.len().saturating_sub(count)..).unwrap_or_default();
            part.iter().map(|one| one.value).sum::<f64>() / part.len().max(1) as f64
        };
        let found = match rule {
            Rule::OutsideLimit => of(1),
            Rule::EightOneSide => of(RUN),
            Rule::ThreeOfFour => of(4),
        };
        let effect = (expected.in_units(found) - expected.in_units(self.centre)).abs();
        // A run of small counts is judged by its sum.
        let times = if expected.basis == Basis::Counts { RUN as f64 } else { 1.0 };
        times * effect >= nature.printed * (1.0 - 1e-9)
    }
}

/// Returns the difference that rounding can cause between two equal values.
fn rounding(value: f64, centre: f64) -> f64 {
    1e-9 * (value.abs() + centre.abs()) + f64::MIN_POSITIVE
}

/// Returns the factor by which limits are wider if σ is known from few values: Student's t at 3 σ, divided by 3, to
/// within 2 %.
///
/// Worked example: with 16 degrees of freedom t is 3.5, so the limits are 1.17 times as wide.
fn wider_by(freedom: f64) -> f64 {
    1.0 + 2.3 / freedom + 8.0 / (freedom * freedom)
}

#[cfg(test)]
#[path = "judge_tests.rs"]
mod tests;
