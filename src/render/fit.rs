//! Searches the smallest cut with which a brief fits its pages and fills them. The brief is compiled, the heights of
//! its units are measured, and the cut that fits by these heights is compiled next; usually that one is final.

use crate::brief::budget::{Cut, Measured};
use crate::problem::Failure;

/// How long a compiled brief is.
#[derive(Debug, Clone, PartialEq)]
pub(crate) struct Length {
    /// Used height of each page, in points.
    pub filled: Vec<f64>,
    /// Whether something extends over the edge of a page.
    pub spills: bool,
}

/// The result of compiling a brief with a cut.
pub(crate) struct Trial<T> {
    pub length: Length,
    /// Measured positions of its units.
    pub measured: Measured,
    pub set: T,
}

/// The chosen brief, and how many were compiled to find it.
pub(crate) struct Fitted<T> {
    pub trial: Trial<T>,
    pub fits: bool,
    pub trials: usize,
}

/// A model of a brief's height.
pub(crate) trait Model {
    /// Returns the largest number of cuts.
    fn max_cuts(&self) -> usize;
    /// Returns how many of the first cuts remove only things of low priority.
    fn cheap_cuts(&self) -> usize;
    /// Takes in the measurements of a brief compiled with a cut.
    fn learn(&mut self, cut: &Cut, measured: &Measured);
    /// Estimates the used height of each page with a cut, in points; `room` is the height of a page.
    fn filled(&self, cut: &Cut, room: f64) -> Vec<f64>;
}

/// The number of pages and the text height of each, in points.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Paper {
    pub pages: usize,
    pub room: f64,
}

/// Largest empty share of a page other than the last.
const MAX_EMPTY: f64 = 0.2;
/// Share of the last page that may stay empty without another trial: four lines.
const MAX_SLACK: f64 = 0.07;
/// A last page filled less than this share is avoided if a small cut is enough.
const MIN_LAST_PAGE: f64 = 0.15;
/// Largest number of units of low priority in such a small cut.
const MAX_SMALL_CUT: usize = 8;
/// Largest share of a page that such a small cut may lose.
const MAX_SMALL_LOSS: f64 = 0.25;
/// Height of a line of text, in points: briefs that differ by less fill their pages equally well.
const LINE_HEIGHT: f64 = 12.0;
/// Before anything is measured, a brief may be estimated at this many times its pages without being cut.
const MAX_FIRST_ESTIMATE: f64 = 1.2;
/// Possible error of a measured height, in points.
const MEASURE_ERROR: f64 = 2.0;
/// After this many trials, any brief that fits is accepted.
const GOOD_ENOUGH_TRIALS: usize = 3;
/// Number of trials that follow the measurements; later ones halve the remaining cuts until one fits.
const MEASURED_TRIALS: usize = 4;
/// Largest number of cut units that are tested for whether they still fit.
const MAX_PUT_BACK: usize = 60;
/// Number of further cuts that are examined for one that leaves no page too empty.
const MAX_EXAMINED: usize = 24;

impl Length {
    fn fits(&self, paper: Paper) -> bool {
        self.filled.len() <= paper.pages && !self.spills
    }

    /// Returns the empty share of the emptiest page other than the last.
    fn emptiest(&self, room: f64) -> f64 {
        emptiest(&self.filled, room)
    }

    fn last(&self) -> f64 {
        self.filled.last().copied().unwrap_or_default()
    }

    /// Returns the total height, in points.
    fn points(&self, room: f64) -> f64 {
        self.filled.len().saturating_sub(1) as f64 * room + self.last()
    }
}

fn emptiest(filled: &[f64], room: f64) -> f64 {
    let but_the_last = &filled[..filled.len().saturating_sub(1)];
    but_the_last.iter().map(|filled| 1.0 - filled / room).fold(0.0, f64::max)
}

/// Returns the trial with the smallest cut that fits the paper, or the one with all cuts if none fits. Assumes that
/// more cuts never make a brief longer.
pub(crate) fn fit_to_pages<T>(
    model: &mut impl Model,
    paper: Paper,
    mut attempt: impl FnMut(&Cut) -> Result<Trial<T>, Failure>,
) -> Result<Fitted<T>, Failure> {
    let Paper { pages, room } = paper;
    let max_cuts = model.max_cuts();
    let in_all = |filled: &[f64]| filled.len().saturating_sub(1) as f64 * room + filled.last().copied().unwrap_or(0.0);
    let generous = pages as f64 * room * MAX_FIRST_ESTIMATE;
    let mut cut = Cut::of(first(0, max_cuts, |cuts| in_all(&model.filled(&Cut::of(cuts), room)) <= generous));
    let mut best: Option<(Cut, Trial<T>)> = None;
    let mut tried: Vec<Cut> = Vec::new();
    // The largest known error of the estimate, in points, and the smallest number of cuts that may fit.
    let (mut doubt, mut enough_from) = (MEASURE_ERROR, 0);
    // Number of pages that the search aims at.
    let mut aim = pages;
    loop {
        let trial = attempt(&cut)?;
        tried.push(cut.clone());
        model.learn(&cut, &trial.measured);
        let length = &trial.length;
        let fits = length.fits(paper);
        let is_whole = cut.taken().next().is_none();
        if !fits {
            // The model misses some height, for example where the typesetter keeps lines together.
            let expected = in_all(&model.filled(&cut, room));
            if expected <= pages as f64 * room - doubt {
                doubt += (length.points(room) - expected).clamp(2.0 * MEASURE_ERROR, room * MAX_EMPTY);
            }
        }
        if fits {
            let sound = length.emptiest(room) <= MAX_EMPTY;
            let few_lines = length.filled.len() > 1 && length.last() < MIN_LAST_PAGE * room;
            let is_full = is_whole || length.points(room) >= (aim as f64 - MAX_SLACK) * room;
            let spared = length.filled.len();
            best = Some(match best.take() {
                Some(better) if is_better(&better, (&cut, &trial.length), room) => better,
                _ => (cut.clone(), trial),
            });
            // The first guess may have cut something that would still fit.
            let is_mildest = || {
                let next = best_cut(model, paper, pages, enough_from, doubt);
                tried.contains(&next) || next.taken().count() >= cut.taken().count()
            };
            if sound && is_full && !few_lines && (is_whole || is_mildest()) {
                break;
            }
            if few_lines {
                aim = aim.min(spared - 1).max(1);
            }
        } else if cut.is_plain() {
            if cut.cuts >= max_cuts {
                let fits = best.is_some();
                let trial = best.map_or(trial, |(_, best)| best);
                return Ok(Fitted { trial, fits, trials: tried.len() });
            }
            enough_from = enough_from.max(cut.cuts + 1).min(max_cuts);
        }
        if tried.len() >= GOOD_ENOUGH_TRIALS && best.is_some() {
            break;
        }
        let mut next = best_cut(model, paper, aim, enough_from, doubt);
        let lost = |next: &Cut| {
            let stands = best.as_ref().map_or(f64::INFINITY, |(_, best)| best.length.points(room));
            stands - in_all(&model.filled(next, room))
        };
        let is_spared = is_small(model, &next) && lost(&next) <= MAX_SMALL_LOSS * room && !tried.contains(&next);
        if aim < pages && !is_spared {
            // The small cut is not enough, so the page is kept.
            aim = pages;
            next = best_cut(model, paper, aim, enough_from, doubt);
        }
        if tried.contains(&next) || tried.len() >= MEASURED_TRIALS {
            if best.is_some() {
                break;
            }
            next = Cut::of(enough_from + (max_cuts - enough_from).div_ceil(2));
        }
        if tried.contains(&next) {
            break;
        }
        cut = next;
    }
    let trials = tried.len();
    match best {
        Some((_, trial)) => Ok(Fitted { trial, fits: true, trials }),
        None => attempt(&Cut::of(max_cuts)).map(|trial| Fitted { trial, fits: false, trials: trials + 1 }),
    }
}

/// Whether a brief fills its pages better than another: no page too empty, no last page of a few lines, and full. If
/// both are about equally full, the one with fewer cuts is better.
fn is_better<T>((cut, one): &(Cut, Trial<T>), (other_cut, other): (&Cut, &Length), room: f64) -> bool {
    let one = &one.length;
    let milder = if other_cut.taken().count() < cut.taken().count() { LINE_HEIGHT } else { 0.0 };
    let marks = |length: &Length| {
        let few_lines = length.filled.len() > 1 && length.last() < MIN_LAST_PAGE * room;
        (length.emptiest(room) <= MAX_EMPTY, !few_lines, length.points(room))
    };
    let (one, (sound, long, points)) = (marks(one), marks(other));
    one >= (sound, long, points + milder)
}

/// Whether a cut removes few units, and only such of low priority.
fn is_small(model: &impl Model, cut: &Cut) -> bool {
    cut.cuts <= model.cheap_cuts() && cut.taken().count() <= MAX_SMALL_CUT
}

/// Returns the smallest cut that fits the pages by the measured heights, leaving `doubt` points free, and leaves no
/// page too empty. Cut units that still fit are put back, the highest priority first.
fn best_cut(model: &impl Model, paper: Paper, pages: usize, from: usize, doubt: f64) -> Cut {
    let (max_cuts, room) = (model.max_cuts(), paper.room);
    let fits = |cut: &Cut| {
        let filled = model.filled(cut, room);
        (filled.len() <= pages && filled.last().is_none_or(|last| filled.len() < pages || *last <= room - doubt))
            .then_some(filled)
    };
    // Putting a unit back must not leave a page too empty.
    let refilled = |cuts: usize| {
        let plain = Cut::of(cuts);
        let most_empty = fits(&plain).map_or(1.0, |filled| emptiest(&filled, room).max(MAX_EMPTY));
        (0..cuts).rev().take(MAX_PUT_BACK).fold(plain, |cut, number| {
            let longer = cut.keeping(number);
            let has_room = fits(&longer).is_some_and(|filled| emptiest(&filled, room) <= most_empty);
            if has_room { longer } else { cut }
        })
    };
    let fewest = first(from, max_cuts, |cuts| fits(&Cut::of(cuts)).is_some());
    let mut best: Option<(f64, Cut)> = None;
    // An empty part of a page is better than half a page less text.
    let in_all = |filled: &[f64]| filled.len().saturating_sub(1) as f64 * room + filled.last().copied().unwrap_or(0.0);
    let mut longest: f64 = 0.0;
    for cuts in fewest..=max_cuts.min(fewest + MAX_EXAMINED) {
        let cut = refilled(cuts);
        let Some(filled) = fits(&cut) else { continue };
        longest = longest.max(in_all(&filled));
        if longest - in_all(&filled) > room / 2.0 {
            break;
        }
        let empty = emptiest(&filled, room);
        if empty <= MAX_EMPTY {
            return cut;
        }
        if best.as_ref().is_none_or(|(least, _)| empty < *least) {
            best = Some((empty, cut));
        }
    }
    best.map_or_else(|| Cut::of(fewest), |(_, cut)| cut)
}

/// Returns the first number from `low` to `high` for which `is` holds, else `high`; `is` must be monotonic.
fn first(low: usize, high: usize, is: impl Fn(usize) -> bool) -> usize {
    let (mut low, mut high) = (low, high);
    while low < high {
        let probe = low + (high - low) / 2;
        if is(probe) { high = probe } else { low = probe + 1 }
    }
    low
}

#[cfg(test)]
mod tests;
