//! Cases for the search for a cut, with artificial briefs of known heights.

use super::*;

const ROOM: f64 = 750.0;

/// An artificial brief: units of known heights in the order in which they are cut. Its estimate is wrong by the share
/// `wrong_by` before the first measurement, and by `then_by` points after it.
struct ArtificialBrief {
    whole: f64,
    things: Vec<f64>,
    wrong_by: f64,
    then_by: f64,
    is_measured: bool,
}

impl ArtificialBrief {
    fn points(&self, cut: &Cut) -> f64 {
        self.whole - cut.taken().filter_map(|number| self.things.get(number)).sum::<f64>()
    }
}

fn split_into_pages(points: f64, room: f64) -> Vec<f64> {
    let mut pages = vec![room; (points / room).ceil().max(1.0) as usize - 1];
    pages.push(points - room * pages.len() as f64);
    pages
}

impl Model for ArtificialBrief {
    fn max_cuts(&self) -> usize {
        self.things.len()
    }

    fn cheap_cuts(&self) -> usize {
        self.things.len() / 2
    }

    fn learn(&mut self, _: &Cut, _: &Measured) {
        self.is_measured = true;
    }

    fn filled(&self, cut: &Cut, room: f64) -> Vec<f64> {
        let points = self.points(cut);
        split_into_pages(if self.is_measured { points - self.then_by } else { points * (1.0 + self.wrong_by) }, room)
    }
}

/// Searches a cut for a brief of `whole` pages from which each cut removes `step` pages. Returns its pages, whether it
/// fits, and the number of trials.
fn search(whole: f64, step: f64, max_cuts: usize, wrong_by: f64, then_by: f64) -> (f64, bool, usize) {
    let things = vec![step * ROOM; max_cuts];
    let mut model =
        ArtificialBrief { whole: whole * ROOM, things: things.clone(), wrong_by, then_by, is_measured: false };
    let truth = ArtificialBrief { whole: whole * ROOM, things, wrong_by: 0.0, then_by: 0.0, is_measured: true };
    let attempt = |cut: &Cut| {
        let points = truth.points(cut);
        let length = Length { filled: split_into_pages(points, ROOM), spills: false };
        Ok(Trial { length, measured: Measured::new(), set: points })
    };
    let fitted = fit_to_pages(&mut model, Paper { pages: 2, room: ROOM }, attempt).unwrap();
    (fitted.trial.set / ROOM, fitted.fits, fitted.trials)
}

#[test]
fn a_brief_that_fits_is_compiled_once_without_cuts() {
    let rounded = |(pages, fits, trials): (f64, bool, usize)| ((pages * 1000.0).round(), fits, trials);
    assert_eq!(rounded(search(1.9, 0.01, 50, 0.0, 0.0)), (1900.0, true, 1));
    assert_eq!(rounded(search(2.0, 0.01, 0, 0.1, 0.0)), (2000.0, true, 1));
    assert_eq!(rounded(search(1.9, 0.01, 50, 0.5, 0.0)), (1900.0, true, 2));
}

#[test]
fn a_long_brief_is_compiled_twice_or_after_a_bad_estimate_three_times() {
    for (whole, step) in [(2.1, 0.01), (2.6, 0.02), (5.0, 0.03), (2.02, 0.5)] {
        for wrong_by in [0.0, 0.1, -0.1, 0.6, -0.6] {
            for (then_by, most_trials) in [(0.0, 2), (20.0, 3)] {
                let (pages, fits, trials) = search(whole, step, 110, wrong_by, then_by);
                let is_full = pages >= 2.0 - MAX_SLACK || pages + step > 2.0 - 2.0 * (MEASURE_ERROR + then_by) / ROOM;
                assert!(fits && is_full, "{whole}, {wrong_by}: {pages} pages are left");
                assert!(trials <= most_trials, "{whole}, {wrong_by}, {then_by}: {trials} trials");
            }
        }
    }
}

#[test]
fn a_brief_that_never_fits_gets_all_cuts() {
    for wrong_by in [0.0, -0.9, 0.5] {
        let (pages, fits, _) = search(9.0, 0.05, 100, wrong_by, 0.0);
        assert_eq!(((pages * 100.0).round(), fits), (400.0, false));
    }
}

#[test]
fn a_small_cut_avoids_a_last_page_of_a_few_lines() {
    assert_eq!(search(1.05, 0.02, 50, 0.0, 0.0).0.ceil(), 1.0);
    let pages = |whole, step| (search(whole, step, 50, 0.0, 0.0).0 * 1000.0).round();
    assert_eq!(pages(1.05, 0.005), 1050.0, "ten things are too many");
    assert_eq!(pages(1.3, 0.1), 1300.0, "a third of a page is worth turning to");
}

/// A title, a picture that is taller than the rest of its page, and text before and after it.
#[test]
fn a_cut_that_leaves_no_page_empty_is_preferred() {
    struct Picture;
    let filled = |cut: &Cut, room: f64| {
        // Without the third unit the picture fits on the first page.
        if cut.taken().any(|number| number == 2) { vec![room * 0.95, room * 0.4] } else { vec![room * 0.6, room * 0.7] }
    };
    impl Model for Picture {
        fn max_cuts(&self) -> usize {
            6
        }
        fn cheap_cuts(&self) -> usize {
            6
        }
        fn learn(&mut self, _: &Cut, _: &Measured) {}
        fn filled(&self, cut: &Cut, room: f64) -> Vec<f64> {
            if cut.taken().any(|number| number == 2) {
                vec![room * 0.95, room * 0.4]
            } else {
                vec![room * 0.6, room * 0.7]
            }
        }
    }
    let attempt = |cut: &Cut| {
        let length = Length { filled: filled(cut, ROOM), spills: false };
        Ok(Trial { length, measured: Measured::new(), set: cut.taken().collect::<Vec<_>>() })
    };
    let fitted = fit_to_pages(&mut Picture, Paper { pages: 2, room: ROOM }, attempt).unwrap();
    assert_eq!((fitted.trial.set, fitted.trials), (vec![2], 2));
}
