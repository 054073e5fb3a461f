//! The search for the mildest shortening that fits the pages. Setting a brief takes time, so it reckons first, goes by how
//! much too long or too short each trial was, and is content with a last page that is nearly full.

use crate::brief::budget::Cut;
use crate::problem::Failure;

/// How long a brief came out.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Length {
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
pub struct Trial<T> {
    pub length: Length,
    pub set: T,
}

/// Leaves this much of a page empty rather than to try once more: four lines.
const SLACK: f64 = 0.07;
/// A reckoning may be wrong by so many pages: half a line.
const DOUBT: f64 = 0.008;
/// Trials that go by the reckoning. One that has led astray so often is not followed any more.
const TRUSTING: usize = 3;
/// The most things that are tried for room: each takes a reckoning.
const PUT_BACK: usize = 60;

/// The trial with few cuts, out of 0 to `most`, that fits `pages`; where none does, the one with `most`, and false.
/// More cuts never make a brief longer. `reckon` tells about how many pages a brief takes after a cut.
pub fn mildest<T>(
    most: usize,
    pages: u32,
    reckon: impl Fn(&Cut) -> f64,
    mut attempt: impl FnMut(&Cut) -> Result<Trial<T>, Failure>,
) -> Result<(Trial<T>, bool), Failure> {
    let target = f64::from(pages) - DOUBT;
    let plain = |cuts| reckon(&Cut::of(cuts));
    // Fewer than `enough_from` cuts are too few; `best` has `best_cuts`, which are enough.
    let (mut enough_from, mut best_cuts, mut best) = (0, most + 1, None);
    // How many times as long as it was reckoned a brief came out.
    let mut factor = 1.0;
    for trial_number in 0.. {
        let guess = if trial_number < TRUSTING {
            first(enough_from, best_cuts - 1, |cuts| plain(cuts) * factor <= target)
        } else {
            enough_from + (best_cuts - 1 - enough_from) / 2
        };
        let cut =
            if trial_number < TRUSTING { refilled(guess, target, |cut| reckon(cut) * factor) } else { Cut::of(guess) };
        let trial = attempt(&cut)?;
        factor = trial.length.pages / reckon(&cut).max(SLACK);
        if trial.length.fits(pages) {
            let full = trial.length.pages >= f64::from(pages) - SLACK
                || guess.checked_sub(1).is_none_or(|cuts| plain(cuts) * factor > target);
            (best_cuts, best) = (guess, Some((trial, cut.is_plain())));
            if full {
                break;
            }
        } else if !cut.is_plain() {
            continue;
        } else if guess == most {
            return Ok((trial, false));
        } else {
            enough_from = guess + 1;
        }
        if enough_from == best_cuts {
            break;
        }
    }
    match best {
        Some((best, true)) => Ok((refill(best, best_cuts, target, reckon, attempt)?, true)),
        Some((best, false)) => Ok((best, true)),
        None => attempt(&Cut::of(most)).map(|shortest| (shortest, false)),
    }
}

/// The cut of so many, but that of the things it takes out, the most worth first, those stay that have room all the same.
fn refilled(cuts: usize, target: f64, reckon: impl Fn(&Cut) -> f64) -> Cut {
    (0..cuts).rev().take(PUT_BACK).fold(Cut::of(cuts), |cut, number| {
        let longer = cut.but(number);
        if reckon(&longer) <= target { longer } else { cut }
    })
}

/// Where the mildest cut took out something large and leaves much of the last page empty: the same with small things put
/// back. Goes by how long the cut came out against its reckoning, then by a more careful guess.
fn refill<T>(
    best: Trial<T>,
    cuts: usize,
    target: f64,
    reckon: impl Fn(&Cut) -> f64,
    mut attempt: impl FnMut(&Cut) -> Result<Trial<T>, Failure>,
) -> Result<Trial<T>, Failure> {
    let (length, reckoned) = (best.length.pages, reckon(&Cut::of(cuts)));
    let (mut best, pages) = (best, target.ceil());
    for care in [1.0, 1.2, 1.6] {
        if best.length.pages >= pages - SLACK {
            break;
        }
        let cut = refilled(cuts, target, |cut| length + (reckon(cut) - reckoned) * care);
        if cut.is_plain() {
            break;
        }
        let trial = attempt(&cut)?;
        if trial.length.fits(pages as u32) && trial.length.pages > best.length.pages {
            best = trial;
        }
    }
    Ok(best)
}

/// The first from `low` to `high` of which `is` is true, if it is true of all after it; else `high`. It is looked for near
/// `low` first, as most briefs are but little too long, and then twice as far each time.
fn first(low: usize, high: usize, is: impl Fn(usize) -> bool) -> usize {
    let (mut low, mut high, mut stride) = (low, high, 1);
    while low < high {
        let probe = low + ((high - low) / 2).min(stride - 1);
        if is(probe) { (high, stride) = (probe, probe + 1) } else { (low, stride) = (probe + 1, 2 * stride) }
    }
    low
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Tries briefs that lose `step` pages with each cut, and are reckoned so much too long. Returns cuts taken, whether
    /// they fit, and trials.
    fn search(whole: f64, step: f64, most: usize, wrong_by: f64) -> (usize, bool, usize) {
        let mut trials = 0;
        let pages = |cut: &Cut| whole - step * cut.taken().count() as f64;
        let (trial, fits) = mildest(
            most,
            2,
            |cut| pages(cut) * (1.0 + wrong_by),
            |cut| {
                trials += 1;
                Ok(Trial { length: Length { pages: pages(cut), spills: false }, set: cut.taken().count() })
            },
        )
        .unwrap();
        (trial.set, fits, trials)
    }

    #[test]
    fn what_fits_is_left_whole() {
        assert_eq!(search(1.9, 0.01, 50, 0.0), (0, true, 1));
        assert_eq!(search(2.0, 0.01, 0, 0.3), (0, true, 1));
        let (cuts, fits, _) = search(1.9, 0.01, 50, 0.3);
        assert!(fits && cuts == 0, "{cuts}");
    }

    #[test]
    fn a_good_reckoning_takes_one_trial_and_a_bad_one_a_few() {
        for (whole, step) in [(2.1, 0.01), (2.6, 0.02), (5.0, 0.03), (2.02, 0.5)] {
            for (wrong_by, most_trials) in [(0.0, 1), (0.1, 3), (-0.1, 3), (0.6, 7), (-0.6, 7)] {
                let (cuts, fits, trials) = search(whole, step, 110, wrong_by);
                let left = whole - step * cuts as f64;
                assert!(
                    fits && (left >= 2.0 - SLACK || left + step > 2.0 - DOUBT),
                    "{whole}, {wrong_by}: {cuts} cuts leave {left}"
                );
                assert!(trials <= most_trials, "{whole}, {wrong_by}: {trials} trials");
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
        let set = |off: f64| {
            let mut trials = 0;
            let attempt = |cut: &Cut| {
                trials += 1;
                let set: Vec<usize> = cut.taken().collect();
                Ok(Trial { length: Length { pages: pages(cut) + off, spills: false }, set })
            };
            let (trial, fits) = mildest(3, 2, pages, attempt).unwrap();
            assert!(fits);
            (trial.set, trials)
        };
        assert_eq!(set(0.0), (vec![2], 1), "line and row have room without the chart");
        assert_eq!(set(0.25), (vec![0, 2], 2), "of what was reckoned too short, less is put back");
    }
}
