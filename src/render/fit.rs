//! The search for the mildest shortening that fits the pages. A brief is set, its things are measured, and the cut that
//! comes to its pages by those measures is set next; it is content with a last page that is nearly full.

use crate::brief::budget::{Cut, Measured};
use crate::problem::Failure;

/// How long a brief came out.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(crate) struct Length {
    /// In pages, the last by how far it is filled: 1.4 is a page and two fifths.
    pub pages: f64,
    /// Whether something runs over the edge of a page.
    pub spills: bool,
}

impl Length {
    fn fits(self, pages: u32) -> bool {
        self.pages <= f64::from(pages) && !self.spills
    }
}

/// What came of a cut.
pub(crate) struct Trial<T> {
    pub length: Length,
    /// How tall its things came out.
    pub measured: Measured,
    pub set: T,
}

/// Leaves this much of a page empty rather than to try once more: four lines.
const SLACK: f64 = 0.07;
/// A measure may be wrong by so many pages: half a line.
const DOUBT: f64 = 0.008;
/// What the end of a page may lose, after each trial that was too long.
const LOSS: f64 = 0.03;
/// So much longer than its pages a brief may be, by its letters alone, to be set as it is.
const GENEROUS: f64 = 1.2;
/// Trials that go by the measures; those after them halve the cuts, until one fits.
const BY_MEASURE: usize = 8;
/// What is no taller than so many pages is small.
const SMALL: f64 = 0.1;
/// The most things that are tried for room.
const PUT_BACK: usize = 60;

/// The trial with few cuts, out of 0 to `most`, that fits `pages`; where none does, the one with `most`, and false.
/// More cuts never make a brief longer. `height` tells about how many pages a brief takes after a cut, by what was measured.
pub(crate) fn mildest<T>(
    most: usize,
    pages: u32,
    height: impl Fn(&Cut, &Measured) -> f64,
    mut attempt: impl FnMut(&Cut) -> Result<Trial<T>, Failure>,
) -> Result<(Trial<T>, bool), Failure> {
    let room = f64::from(pages);
    let mut measured = Measured::new();
    let mut cut = Cut::of(first(0, most, |cuts| height(&Cut::of(cuts), &measured) <= room * GENEROUS));
    // The longest that fitted; the shortest that did not, with its length; and the fewest cuts that may be enough.
    let (mut best, mut over, mut enough_from): (Option<(Cut, Trial<T>)>, Option<(Cut, f64)>, usize) = (None, None, 0);
    let mut tried: Vec<Cut> = Vec::new();
    for trial_number in 1.. {
        let mut trial = attempt(&cut)?;
        measured.append(&mut trial.measured);
        tried.push(cut.clone());
        let length = trial.length;
        let fits = length.fits(pages);
        let is_whole = cut.taken().next().is_none();
        if fits {
            let longest = best.as_ref().map_or(0.0, |(_, best)| best.length.pages);
            if length.pages > longest {
                best = Some((cut.clone(), trial));
            }
            if is_whole || length.pages >= room - SLACK {
                break;
            }
        } else {
            if cut.is_plain() {
                if cut.cuts >= most {
                    return Ok(best.map_or((trial, false), |(_, best)| (best, true)));
                }
                enough_from = enough_from.max(cut.cuts + 1);
            }
            if over.as_ref().is_none_or(|(_, pages)| length.pages < *pages) {
                over = Some((cut.clone(), length.pages));
            }
        }
        if best.is_some() && trial_number >= BY_MEASURE {
            break;
        }
        let by_measure = |cut: &Cut| height(cut, &measured);
        // Where something large did not fit that should have, what is small is put back to what did.
        if !fits && let Some((fitting, trial)) = &best {
            let tall = by_measure(fitting) + room - LOSS - trial.length.pages;
            cut = refilled(fitting.cuts, tall, SMALL, by_measure);
            if !tried.contains(&cut) {
                continue;
            }
        }
        // How tall the next may be: as far from those before as its length is to be from theirs.
        let tall = match (&best, &over) {
            (Some((fitting, trial)), Some((long, too_long))) => {
                let (low, high) = (by_measure(fitting), by_measure(long));
                let share = (room - LOSS - trial.length.pages) / (too_long - trial.length.pages);
                low + (high - low) * share.clamp(0.2, 0.8)
            }
            (Some((fitting, trial)), None) => by_measure(fitting) + room - DOUBT - trial.length.pages,
            (None, Some((long, too_long))) => {
                by_measure(long) - (too_long - room) - DOUBT - LOSS * (trial_number - 1) as f64
            }
            (None, None) => break,
        };
        let high = best.as_ref().map_or(most, |(best, _)| best.cuts).max(enough_from);
        let fitting = first(enough_from, high, |cuts| by_measure(&Cut::of(cuts)) <= tall);
        cut = refilled(fitting, tall, f64::INFINITY, by_measure);
        if best.is_none() && (trial_number >= BY_MEASURE || tried.contains(&cut)) {
            cut = Cut::of(enough_from + (most - enough_from) / 2);
        }
        if tried.contains(&cut) {
            break;
        }
    }
    match best {
        Some((_, best)) => Ok((best, true)),
        None => attempt(&Cut::of(most)).map(|shortest| (shortest, false)),
    }
}

/// The cut of so many, but that of the things it takes out, the most worth first, those stay that have room all the same
/// and are no taller than `step`.
fn refilled(cuts: usize, tall: f64, step: f64, height: impl Fn(&Cut) -> f64) -> Cut {
    let plain = Cut::of(cuts);
    let so_far = height(&plain);
    let put_back = (0..cuts).rev().take(PUT_BACK).fold((plain, so_far), |(cut, so_far), number| {
        let longer = cut.but(number);
        let taller = height(&longer);
        if taller <= tall && taller - so_far <= step { (longer, taller) } else { (cut, so_far) }
    });
    put_back.0
}

/// The first from `low` to `high` of which `is` is true, if it is true of all after it; else `high`.
fn first(low: usize, high: usize, is: impl Fn(usize) -> bool) -> usize {
    let (mut low, mut high) = (low, high);
    while low < high {
        let probe = low + (high - low) / 2;
        if is(probe) { high = probe } else { low = probe + 1 }
    }
    low
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Tries briefs that lose `step` pages with each cut, and are guessed so much too long until they are measured. Returns
    /// cuts taken, whether they fit, and trials.
    fn search(whole: f64, step: f64, most: usize, wrong_by: f64) -> (usize, bool, usize) {
        let mut trials = 0;
        let pages = |cut: &Cut| whole - step * cut.taken().count() as f64;
        let (trial, fits) = mildest(
            most,
            2,
            |cut, measured| pages(cut) * if measured.is_empty() { 1.0 + wrong_by } else { 1.0 },
            |cut| {
                trials += 1;
                let length = Length { pages: pages(cut), spills: false };
                Ok(Trial { length, measured: Measured::from([(0, 1.0)]), set: cut.taken().count() })
            },
        )
        .unwrap();
        (trial.set, fits, trials)
    }

    #[test]
    fn what_fits_is_left_whole() {
        assert_eq!(search(1.9, 0.01, 50, 0.0), (0, true, 1));
        assert_eq!(search(2.0, 0.01, 0, 0.3), (0, true, 1));
        let (cuts, fits, _) = search(1.9, 0.01, 50, 0.5);
        assert!(fits && cuts == 0, "{cuts}");
    }

    #[test]
    fn what_is_too_long_takes_two_trials_and_a_bad_guess_one_more() {
        for (whole, step) in [(2.1, 0.01), (2.6, 0.02), (5.0, 0.03), (2.02, 0.5)] {
            for wrong_by in [0.0, 0.1, -0.1, 0.6, -0.6] {
                let (cuts, fits, trials) = search(whole, step, 110, wrong_by);
                let left = whole - step * cuts as f64;
                assert!(
                    fits && (left >= 2.0 - SLACK || left + step > 2.0 - DOUBT),
                    "{whole}, {wrong_by}: {cuts} cuts leave {left}"
                );
                assert!(trials <= 3, "{whole}, {wrong_by}: {trials} trials");
            }
        }
    }

    #[test]
    fn what_never_fits_comes_out_shortest() {
        for wrong_by in [0.0, -0.9, 0.5] {
            let (cuts, fits, _) = search(9.0, 0.05, 100, wrong_by);
            assert_eq!((cuts, fits), (100, false));
        }
    }

    #[test]
    fn what_is_small_is_put_back_where_something_large_went() {
        // The least worth first: a line, a row, and a chart of half a page.
        let sizes = [0.1, 0.2, 0.5];
        let pages = |cut: &Cut| 2.3 - cut.taken().map(|number| sizes[number]).sum::<f64>();
        // The end of a page takes more than was measured, but where the line is gone.
        let set = |lost: f64| {
            let mut trials = 0;
            let attempt = |cut: &Cut| {
                trials += 1;
                let set: Vec<usize> = cut.taken().collect();
                let at_the_end = if set.contains(&2) && !set.contains(&0) { lost } else { 0.0 };
                let length = Length { pages: pages(cut) + at_the_end, spills: false };
                Ok(Trial { length, measured: Measured::new(), set })
            };
            let (trial, fits) = mildest(3, 2, |cut, _| pages(cut), attempt).unwrap();
            assert!(fits);
            (trial.set, trials)
        };
        assert_eq!(set(0.0).0, [2], "line and row have room without the chart");
        assert_eq!(set(0.25).0, [0, 2], "of what came out too long, less is put back");
    }
}
