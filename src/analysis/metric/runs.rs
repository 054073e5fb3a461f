//! The signals of a metric from period to period: when each began, how long it has lasted, and the level that the usual
//! range is computed from. [`super::state`] uses it; [`super::judge`] judges each period with what was known then.

use super::expected::keeps_two_levels;
use super::judge::{Judged, judge};
use super::values::{Nature, Values, mean, median};
use crate::analysis::{Basis, Range, Rule};

/// Number of periods that are processed, and number of values before the first of them that are used.
const PERIODS: usize = 80;
const VALUES_BEFORE: usize = 120;
/// A signal that holds again after at most this many quiet periods is still the same one.
const MAX_QUIET: usize = 9;
/// A shift that has held for this many periods becomes the new level.
const MIN_KEPT: usize = 18;
/// Number of values of a kept level of which one may be on the other side.
const RUN: usize = 8;
/// Minimum number of periods of the level before a shift.
const MIN_BEFORE: usize = 6;

/// A rule that holds at a period.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(crate) struct Held {
    /// Index of the period among the values.
    pub at: usize,
    pub rule: Rule,
    pub above: bool,
    /// The first period of the run that the rule found; one period in it may be on the other side.
    pub run: usize,
    /// The first period since which all are on the same side; for values outside the range, by the range of their time.
    pub since: usize,
    /// The period at which this signal was first found.
    pub first_found: usize,
    /// What the values were compared with then.
    pub basis: Basis,
}

/// The result of processing a metric.
#[derive(Debug, Clone, PartialEq, Default)]
pub(crate) struct Walk {
    /// The usual range of the newest period.
    pub range: Option<Range>,
    /// Oldest first.
    pub held: Vec<Held>,
    /// The start of the level that the range is computed from, if there was another level before.
    pub level_since: Option<usize>,
}

impl Walk {
    /// The first of the periods up to `at` that were outside the range of their own time, one after another. What was
    /// learned later does not change what was usual then.
    fn outside_since(&self, at: usize, above: bool) -> usize {
        let outside = self.held.iter().rev().filter(|held| (held.rule, held.above) == (Rule::OutsideLimit, above));
        outside.fold(at, |since, held| if held.at + 1 == since { held.at } else { since })
    }
}

/// Processes `values`. `start` and `end` are the indices of the config's `baseline`.
pub(crate) fn walk(values: Values, start: usize, end: Option<usize>, nature: &Nature) -> Walk {
    let dropped = values.len().saturating_sub(PERIODS + VALUES_BEFORE);
    let values = values.get(dropped..).unwrap_or_default();
    let mut start = start.saturating_sub(dropped);
    let end = end.map(|end| end.saturating_sub(dropped));
    let mut nature = *nature;
    let mut walk = Walk::default();
    for at in values.len().saturating_sub(PERIODS).max(start)..values.len() {
        let Some(known) = values.get(..=at) else { break };
        let Some(judged) = judge(known, start, end.map(|end| end.min(at + 1)), &nature) else { continue };
        walk.range = Some(judged.range);
        for &(rule, above) in &judged.held {
            let same = walk.held.iter().rev().find(|held| held.above == above && at - held.at <= MAX_QUIET);
            let first_found = same.map_or(at, |held| held.first_found);
            let run = run_start(&judged, known, start, rule, above);
            let since = match rule {
                Rule::OutsideLimit => walk.outside_since(at, above),
                _ => on_one_side(&judged, run, above),
            };
            walk.held.push(Held { at, rule, above, run, since, first_found, basis: judged.range.basis });
        }
        // A baseline fixed by the config does not change.
        if end.is_none()
            && let Some(level) = accepted(&judged, known, start, &walk.held)
        {
            start = level;
            walk.level_since = Some(level);
            // A metric that has kept two levels is judged by its level, even if it is a stock.
            nature.by_changes = false;
        }
    }
    if walk.level_since.is_some() {
        // The newest range is computed from the newest level.
        walk.range = judge(values, start, end, &nature).map(|judged| judged.range);
    }
    for held in &mut walk.held {
        for place in [&mut held.at, &mut held.run, &mut held.since, &mut held.first_found] {
            *place += dropped;
        }
    }
    walk.level_since = walk.level_since.map(|level| level + dropped);
    walk
}

/// Returns the first period since which all have been on one side, not before `run`.
fn on_one_side(judged: &Judged, run: usize, above: bool) -> usize {
    let last = judged.deviations.len().saturating_sub(1);
    let side = if above { 1.0 } else { -1.0 };
    let is_on_side = |at: &usize| side * (judged.deviations[*at] - judged.middle) > 0.0;
    (run..last).rev().take_while(is_on_side).last().unwrap_or(last)
}

/// Returns the first period of the run that a rule found at the newest period.
fn run_start(judged: &Judged, values: Values, start: usize, rule: Rule, above: bool) -> usize {
    let last = values.len() - 1;
    let side = if above { 1.0 } else { -1.0 };
    let on_side = |at: usize| side * (judged.deviations[at] - judged.middle) > 0.0;
    match rule {
        Rule::OutsideLimit => {
            let is_outside = |at: usize| match judged.range.basis {
                Basis::Counts => side * (values[at].1 - judged.range.centre) > 0.0 && values[at].1 > judged.range.upper,
                _ => side * judged.deviations[at] > 3.0,
            };
            (start..last).rev().take_while(|at| is_outside(*at)).last().unwrap_or(last)
        }
        // One period in the middle of a run may be on the other side.
        Rule::EightOneSide => {
            let first = run_on_side(start, last, on_side);
            // A value before the shift that happened to be on its side does not belong to it.
            best_cut(values, start, first).filter(|cut| *cut >= first && last - cut >= 6).unwrap_or(first)
        }
        Rule::ThreeOfFour => {
            let far = |at: &usize| {
                side * judged.deviations[*at] > if judged.range.basis == Basis::Counts { 0.0 } else { 1.5 }
            };
            (last.saturating_sub(3).max(start)..=last).find(far).unwrap_or(last)
        }
    }
}

fn run_on_side(start: usize, last: usize, on_side: impl Fn(usize) -> bool) -> usize {
    let mut first = last;
    for at in (start..last).rev() {
        match (on_side(at), at > start && on_side(at - 1)) {
            (true, _) => first = at,
            (false, true) => {}
            (false, false) => break,
        }
    }
    first
}

/// Returns the start of the new level, if a signal's side has been kept long enough: nearly all values since are on
/// that side of the earlier median.
fn accepted(judged: &Judged, values: Values, start: usize, held: &[Held]) -> Option<usize> {
    if matches!(judged.range.basis, Basis::YearOnYear) {
        return None;
    }
    let last = values.len() - 1;
    let newest = held.iter().rev().find(|held| held.first_found >= start && last - held.at <= MIN_KEPT)?;
    let first = best_cut(values, start, newest.run)?;
    let own = |range: std::ops::Range<usize>| -> Vec<f64> {
        values.get(range).unwrap_or_default().iter().map(|(_, value)| *value).collect()
    };
    // A stock that wanders has no levels.
    let (before, after) = (own(start..first), own(first..values.len()));
    if judged.range.basis == Basis::Changes && !keeps_two_levels(&before, &after) {
        return None;
    }
    let middle = median(&before);
    let side = if newest.above { 1.0 } else { -1.0 };
    let on_side = after.iter().filter(|value| side * (**value - middle) > 0.0).count();
    let is_kept = after.len() >= MIN_KEPT && RUN * on_side >= (RUN - 1) * after.len();
    (is_kept && is_step(&own(start..values.len()), first - start)).then_some(first)
}

/// Returns the index near `first` that best separates two levels.
fn best_cut(values: Values, start: usize, first: usize) -> Option<usize> {
    let own: Vec<f64> = values.get(start..)?.iter().map(|(_, value)| *value).collect();
    let left = |cut: &usize| {
        let (before, after) = own.split_at(cut - start);
        let around = |part: &[f64]| part.iter().map(|value| (value - mean(part)).powi(2)).sum::<f64>();
        around(before) + around(after)
    };
    let near = first.saturating_sub(2).max(start + MIN_BEFORE)..=(first + 3).min(values.len() - 1);
    near.min_by(|a, b| left(a).total_cmp(&left(b)))
}

/// Whether two levels, the second from `cut` on, explain the values better than a straight line.
fn is_step(values: &[f64], cut: usize) -> bool {
    let (before, after) = values.split_at(cut);
    let around = |part: &[f64]| part.iter().map(|value| (value - mean(part)).powi(2)).sum::<f64>();
    let (middle, level) = ((values.len() - 1) as f64 / 2.0, mean(values));
    let at = |place: usize| place as f64 - middle;
    let spread: f64 = (0..values.len()).map(|place| at(place).powi(2)).sum();
    let along: f64 = values.iter().enumerate().map(|(place, value)| at(place) * (value - level)).sum();
    around(before) + around(after) < around(values) - along * along / spread
}

#[cfg(test)]
#[path = "runs_tests.rs"]
mod tests;
