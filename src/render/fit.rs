//! The search for the mildest shortening that fits the pages. Setting a brief takes time, so it goes by how much too
//! long or too short each trial was, and is content with a last page that is nearly full.

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

/// What came of `cuts` cuts.
pub struct Trial<T> {
    pub length: Length,
    pub set: T,
}

/// Leaves this much of a page empty rather than to try once more: two lines.
const SLACK: f64 = 0.03;

/// The trial with few cuts, out of 0 to `most`, that fits `pages`; where none does, the one with `most`, and false.
/// More cuts never make a brief longer.
pub fn mildest<T>(
    most: usize,
    pages: u32,
    mut attempt: impl FnMut(usize) -> Result<Trial<T>, Failure>,
) -> Result<(Trial<T>, bool), Failure> {
    let whole = attempt(0)?;
    if whole.length.fits(pages) || most == 0 {
        let fits = whole.length.fits(pages);
        return Ok((whole, fits));
    }
    let target = f64::from(pages) - SLACK / 2.0;
    // `long` cuts are too few. `short` cuts are enough, or are all there are; then a fifth of the brief is a fair guess.
    let (mut long, mut long_pages) = (0, whole.length.pages);
    let (mut short, mut short_pages) = (most, whole.length.pages / 5.0);
    let mut best = None;
    while short - long > 1 {
        let share = ((long_pages - target) / (long_pages - short_pages)).clamp(0.1, 0.9);
        let guess = (long + ((short - long) as f64 * share).round() as usize).clamp(long + 1, short - 1);
        let trial = attempt(guess)?;
        if trial.length.fits(pages) {
            let full = trial.length.pages >= f64::from(pages) - SLACK;
            (short, short_pages, best) = (guess, trial.length.pages, Some(trial));
            if full {
                break;
            }
        } else {
            (long, long_pages) = (guess, trial.length.pages.max(target));
        }
    }
    match best {
        Some(best) => Ok((best, true)),
        None => {
            let shortest = attempt(most)?;
            let fits = shortest.length.fits(pages);
            Ok((shortest, fits))
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Tries briefs that lose `step` pages with each cut. Returns cuts taken, whether they fit, and trials.
    fn search(whole: f64, step: f64, most: usize, pages: u32) -> (usize, bool, usize) {
        let mut trials = 0;
        let (trial, fits) = mildest(most, pages, |cuts| {
            trials += 1;
            Ok(Trial { length: Length { pages: whole - step * cuts as f64, spills: false }, set: cuts })
        })
        .unwrap();
        (trial.set, fits, trials)
    }

    #[test]
    fn what_fits_is_left_whole() {
        assert_eq!(search(1.9, 0.01, 50, 2), (0, true, 1));
        assert_eq!(search(2.0, 0.01, 0, 2), (0, true, 1));
    }

    #[test]
    fn a_little_too_long_takes_a_few_trials() {
        for (whole, step) in [(2.1, 0.01), (2.6, 0.02), (5.0, 0.03), (2.02, 0.5)] {
            let (cuts, fits, trials) = search(whole, step, 110, 2);
            let left = whole - step * cuts as f64;
            assert!(fits && (left >= 2.0 - SLACK || left + step > 2.0), "{whole}: {cuts} cuts leave {left}");
            assert!(trials <= 7, "{whole}: {trials} trials");
        }
    }

    #[test]
    fn what_never_fits_comes_out_shortest() {
        let (cuts, fits, _) = search(9.0, 0.05, 100, 2);
        assert_eq!((cuts, fits), (100, false));
    }
}
