//! The rate of work: how much one flow finishes in a week, how certain that is, how uneven its weeks are, and whether
//! it has stopped. [`super::trials`] draws weeks from it.
//!
//! # The model
//!
//! The work of a week is a Poisson count whose rate is uncertain (gamma–Poisson), with a factor for uneven weeks:
//!
//! - **rate** *m*: the mean of three views of the past ([`super::views`]: the last weeks, the year, growth), weighted
//!   by how well each has predicted. If the year was faster, the rate is raised by 0.17 of the difference, because a
//!   quiet stretch may not last.
//! - **outliers**: work of more than four standard deviations above the expected is not counted beyond them, so that
//!   one week in which 300 old tasks are closed makes a team neither fast nor uneven (winsorising).
//! - **information** *W*: the discounted weeks that the rate is estimated from; 1/W is the weighted mean over the
//!   views. The rate has the relative variance φ ÷ (m·W), plus that between the views; at most ½.
//! - **drift** *q*: rates change. For a week ahead the relative variance of the rate is larger by 2q, so that of the
//!   mean rate of the next n weeks is larger by n·q. It is learned from how far eight weeks' work differed from its
//!   prediction, beyond what φ explains, and shrunk towards 0.002.
//! - **dispersion** φ: variance ÷ mean of a week's work, from the squared errors of one-week predictions, two weeks
//!   taken together: weeks that balance each other, as in sprints, are less uneven than they look. Shrunk towards 1.5
//!   with the weight of 4 weeks. 1 is Poisson.
//! - **stop**: in each week a flow stops with a probability of 1 %, and resumes with 25 %. The probability that it is
//!   stopped now follows from its empty weeks and from how unusual those are for it (Bayes).
//!
//! Sources: West & Harrison, *Bayesian Forecasting and Dynamic Models* (discounting); McCullagh & Nelder, *Generalized
//! Linear Models* (dispersion, Pearson's statistic); Huber, *Robust Statistics* (bounded influence); Hamilton 1989
//! (states that switch).
//!
//! The constants were chosen on 44 series of real work (merged pull requests and closed issues of public projects, 484
//! to 1,390 weeks) and on artificial flows. Their results on 34 series that were not used for that are in
//! `tests/bench/README.md`. A split-conformal correction from a series' own outcomes changed no loss by more than half
//! a percent, so there is none.

use super::views::{PREDICTED_WEEKS, PRIOR_RATE, Views};
pub(crate) use super::views::{Pace, Week};

/// Share of the difference by which a rate below the year's is raised.
const PULL_TO_YEAR: f64 = 0.17;
/// Standard deviations above the expected beyond which a week's work is not counted.
const MAX_DEVIATIONS: f64 = 4.0;
/// Prior dispersion, its weight in weeks, and the half-life of the learned dispersion, in weeks.
const PRIOR_DISPERSION: f64 = 1.5;
const DISPERSION_WEEKS: f64 = 4.0;
const DISPERSION_HALF_LIFE: f64 = 156.0;
/// Prior drift, its weight in sums of eight weeks, the minimum drift, and the largest drift that one sum can show.
const PRIOR_DRIFT: f64 = 0.002;
const DRIFT_SUMS: f64 = 4.0;
const MIN_DRIFT: f64 = 0.0005;
const MAX_DRIFT: f64 = 0.3;
/// Probabilities, per week, that a flow stops, and that a stopped one resumes.
const STOPS: f64 = 0.01;
pub(super) const RESUMES: f64 = 0.25;
/// Maximum relative variance of the current rate, and weeks after which it no longer grows, so that a slow flow is not
/// treated as one that may end.
const MAX_UNCERTAINTY: f64 = 0.5;
const MAX_DRIFT_WEEKS: f64 = 26.0;
/// Rates below this, in tasks a week, are not distinguished.
const MIN_RATE: f64 = 0.05;
/// Minimum number of discounted weeks of a rate.
const MIN_KNOWN_WEEKS: f64 = 0.5;
/// A week with less working time than this and no finished work is ignored.
const MIN_EXPOSURE: f64 = 0.05;
/// Minimum part of a week from which unevenness is learned.
const MIN_JUDGED_EXPOSURE: f64 = 0.6;
/// Minimum number of tasks expected of a week.
const MIN_EXPECTED: f64 = 0.1;

/// The rate of a flow, learned from its past.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Rate {
    /// Tasks in a full week, now and for each week ahead, and the discounted weeks that they are estimated from.
    pub pace: Pace,
    /// Relative variance between the views.
    pub between: f64,
    /// Growth of the relative variance of the mean rate, per week.
    pub drift: f64,
    /// Variance ÷ mean of a week's work; at least 1.
    pub dispersion: f64,
    /// Probability that the flow is stopped now.
    pub stopped: f64,
}

impl Rate {
    /// Learns a rate from past weeks, oldest first.
    pub fn learned(past: impl IntoIterator<Item = Week>) -> Self {
        let mut learner = Learner::default();
        past.into_iter().for_each(|week| learner.learn(week));
        learner.rate()
    }

    /// Returns the relative variance of the rate `weeks` weeks of work ahead.
    ///
    /// Worked example: 5 tasks a week, φ = 1, W = 15, q = 0.003, views that agree: 1 ÷ 75 = 0.0133 now. For the mean
    /// rate of the next 8 weeks it is 0.0133 + 0.024; for the rate of a single week it grows twice as fast.
    pub fn uncertainty(&self, weeks: f64) -> f64 {
        let now =
            self.dispersion / (self.pace.mean.max(MIN_RATE) * self.pace.weeks.max(MIN_KNOWN_WEEKS)) + self.between;
        now.min(MAX_UNCERTAINTY) + 2.0 * self.drift * weeks.min(MAX_DRIFT_WEEKS)
    }
}

/// A prediction of the next eight weeks' work, and the work found since.
#[derive(Debug, Clone, Copy, Default)]
struct Prediction {
    by_view: [f64; 3],
    work: f64,
    /// Relative variance of the rate at that time.
    unsure: f64,
    found: f64,
    weeks: f64,
}

/// Learns week by week, so that a backtest ([`crate::analysis::backtest`]) need not start again for each week.
#[derive(Debug, Clone, Copy, Default)]
pub(crate) struct Learner {
    views: Views,
    has_begun: bool,
    /// Discounted sum of squared errors of pairs of weeks ÷ expected, number of weeks, and newest error.
    errors: f64,
    last_error: Option<f64>,
    judged: f64,
    /// Discounted sum of the drift that sums of eight weeks showed, and of their weights.
    drift: f64,
    sums: f64,
    /// One prediction for each of the last eight weeks, as a ring buffer.
    predictions: [Prediction; PREDICTED_WEEKS],
    turn: usize,
    stopped: f64,
}

impl Learner {
    pub(crate) fn learn(&mut self, week: Week) {
        if week.exposure < MIN_EXPOSURE && week.work <= 0.0 {
            return;
        }
        let work = if self.views.can_predict() { self.judge(week) } else { week.work };
        self.has_begun = true;
        self.views.learn(Week { work, ..week });
        let rate = self.rate();
        let ahead = |pace: Pace| (1..=PREDICTED_WEEKS).map(|weeks| pace.in_week(weeks as f64)).sum::<f64>();
        self.predictions[self.turn % PREDICTED_WEEKS] = Prediction {
            by_view: self.views.paces().map(ahead),
            work: ahead(rate.pace),
            unsure: rate.uncertainty(0.0),
            ..Prediction::default()
        };
    }

    /// Compares a week with its expected work. Returns how much of its work counts.
    ///
    /// Worked example: 4 expected, φ = 1.5, 300 finished: the standard deviation is 2.4 and a little more for the
    /// uncertain rate, so about 14 count.
    fn judge(&mut self, week: Week) -> f64 {
        let rate = self.rate();
        let expected = rate.pace.in_week(1.0).max(MIN_EXPECTED) * week.exposure;
        let deviation = (rate.dispersion * expected + rate.uncertainty(1.0) * expected * expected).sqrt();
        let work = week.work.min(expected + MAX_DEVIATIONS * deviation.max(1.0));
        let stopped = self.stopped * (1.0 - RESUMES) + (1.0 - self.stopped) * STOPS;
        let empty = empty_week(&rate, week.exposure);
        self.stopped = if week.work <= 0.0 { stopped / (stopped + (1.0 - stopped) * empty) } else { 0.0 };
        if week.exposure >= MIN_JUDGED_EXPOSURE {
            let kept = libm::exp2(-1.0 / DISPERSION_HALF_LIFE);
            let error = work - expected;
            let pair = self.last_error.map_or(error * error, |last| (last + error).powi(2) / 2.0);
            self.errors = self.errors * kept + pair / expected;
            self.last_error = Some(error);
            self.judged = self.judged * kept + 1.0;
            self.judge_eight_weeks(Week { work, ..week }, rate.dispersion);
        }
        work
    }

    /// Compares the work of the last eight weeks with its prediction.
    ///
    /// Worked example: 40 tasks predicted, 60 found, φ = 1, a certain rate: (20 ÷ 40)² = 0.25, of which 1 ÷ 40 is
    /// chance; 0.225 over 8 weeks is a drift of 0.028 a week. The weight of a sum is smaller the larger its own chance
    /// variation.
    fn judge_eight_weeks(&mut self, week: Week, dispersion: f64) {
        let weeks = PREDICTED_WEEKS as f64;
        for prediction in &mut self.predictions {
            prediction.found += week.work;
            prediction.weeks += week.exposure;
        }
        let ended = self.predictions[self.turn % PREDICTED_WEEKS];
        if self.turn >= PREDICTED_WEEKS {
            let seen = ended.weeks / weeks;
            self.views.judge(ended.by_view.map(|work| work * seen), ended.found, dispersion);
            let expected = (ended.work * seen).max(0.5);
            let chance = dispersion / expected + ended.unsure;
            let drift = (((ended.found - expected) / expected).powi(2) - chance) / weeks;
            let prior = weeks * PRIOR_DRIFT;
            let says = (prior / (chance + prior)).powi(2);
            let kept = libm::exp2(-1.0 / DISPERSION_HALF_LIFE);
            self.drift = self.drift * kept + says * drift.min(MAX_DRIFT);
            self.sums = self.sums * kept + says;
        }
        self.turn += 1;
    }

    pub(crate) fn rate(&self) -> Rate {
        let drift = ((self.drift + DRIFT_SUMS * PRIOR_DRIFT) / (self.sums + DRIFT_SUMS)).max(MIN_DRIFT);
        let dispersion = (self.errors + DISPERSION_WEEKS * PRIOR_DISPERSION) / (self.judged + DISPERSION_WEEKS);
        let (pace, between) = self.pace();
        Rate { pace, between, drift, dispersion: dispersion.max(1.0), stopped: self.stopped }
    }

    /// Returns the mean of the views, and the relative variance between them.
    fn pace(&self) -> (Pace, f64) {
        if !self.has_begun {
            return (Pace { mean: PRIOR_RATE, slope: 0.0, weeks: MIN_KNOWN_WEEKS }, 0.0);
        }
        let (paces, weights) = (self.views.paces(), self.views.weights());
        let mean_of = |of: fn(&Pace) -> f64| paces.iter().zip(weights).map(|(pace, weight)| weight * of(pace)).sum();
        let mean: f64 = mean_of(|pace| pace.mean);
        let mean = mean + PULL_TO_YEAR * (paces[1].mean - mean).max(0.0);
        let information: f64 = mean_of(|pace| 1.0 / pace.weeks.max(MIN_KNOWN_WEEKS));
        let squares = paces.iter().zip(weights).map(|(pace, weight)| weight * (pace.mean - mean).powi(2));
        let between = squares.sum::<f64>() / (mean * mean).max(1e-9);
        (Pace { mean, slope: mean_of(|pace| pace.slope), weeks: 1.0 / information }, between)
    }
}

/// Returns the probability of a week without work for a flow that has not stopped: zero of a negative binomial.
fn empty_week(rate: &Rate, exposure: f64) -> f64 {
    let mean = rate.pace.mean * exposure;
    let variance = rate.dispersion * mean + rate.uncertainty(0.0) * mean * mean;
    let shape = mean * mean / (variance - mean).max(1e-6);
    libm::pow(shape / (shape + mean), shape)
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn rate(work: &[f64]) -> Rate {
        Rate::learned(work.iter().map(|work| Week { work: *work, exposure: 1.0 }))
    }

    #[test]
    fn a_steady_flow_has_its_rate_and_little_dispersion() {
        let steady = rate(&[5.0; 40]);
        assert!((4.9..5.0).contains(&steady.pace.mean) && steady.pace.slope.abs() < 0.01, "{steady:?}");
        // 39 weeks judged with almost no error, and 4 of the prior: about 6 ÷ 43, so Poisson.
        assert_eq!(steady.dispersion, 1.0);
        assert!(steady.drift < PRIOR_DRIFT && steady.stopped == 0.0, "{steady:?}");
    }

    #[test]
    fn uncertainty_grows_with_the_weeks_ahead() {
        let pace = Pace { mean: 5.0, slope: 0.0, weeks: 15.0 };
        let rate = Rate { pace, between: 0.0, drift: 0.003, dispersion: 1.0, stopped: 0.0 };
        assert!((rate.uncertainty(0.0) - 0.0133).abs() < 1e-4);
        assert!((rate.uncertainty(8.0) - 0.0613).abs() < 1e-4);
    }

    #[test]
    fn a_change_of_pace_is_followed_by_half_in_ten_weeks() {
        let mut weeks = vec![4.0; 60];
        weeks.extend([8.0; 10]);
        let changed = rate(&weeks);
        assert!((5.6..7.0).contains(&changed.pace.mean), "{changed:?}");
    }

    #[test]
    fn growth_is_carried_on() {
        let growing: Vec<f64> = (0..120).map(|week| 2.0 + 0.1 * f64::from(week)).collect();
        let rate = rate(&growing);
        // The next week would have 14; the mean of its last twelve weeks, which resampling draws from, is 13.35.
        assert!(rate.pace.in_week(1.0) > 13.0 && rate.pace.slope > 0.05, "{rate:?}");
    }

    #[test]
    fn one_week_of_old_tasks_does_not_make_a_team_fast() {
        let mut weeks = vec![4.0; 70];
        let before = rate(&weeks);
        weeks.push(300.0);
        let after = rate(&weeks);
        assert!(after.pace.mean < 1.3 * before.pace.mean, "{before:?} {after:?}");
        weeks.extend([4.0; 12]);
        let later = rate(&weeks);
        assert!(later.dispersion < 2.0 && later.pace.mean < 1.15 * before.pace.mean, "{later:?}");
    }

    #[test]
    fn two_empty_weeks_stop_a_steady_flow_and_not_a_sparse_one() {
        let mut steady = vec![5.0; 30];
        steady.extend([0.0; 2]);
        assert!(rate(&steady).stopped > 0.9);
        let sparse: Vec<f64> = (0..32).map(|week| f64::from(u8::from(week % 4 == 0)) * 2.0).collect();
        assert!(rate(&sparse).stopped < 0.1, "{:?}", rate(&sparse));
    }

    #[test]
    fn weeks_off_are_not_weeks_without_work() {
        let mut weeks: Vec<Week> = vec![Week { work: 5.0, exposure: 1.0 }; 30];
        let before = Rate::learned(weeks.clone());
        weeks.extend([Week { work: 0.0, exposure: 0.0 }; 2]);
        weeks.push(Week { work: 2.0, exposure: 0.4 });
        let after = Rate::learned(weeks);
        assert!((after.pace.mean - before.pace.mean).abs() < 0.1 && after.stopped == 0.0, "{after:?}");
    }

    proptest! {
        #![proptest_config(ProptestConfig { cases: 64, ..crate::analysis::fixtures::few_cases() })]

        #[test]
        fn a_rate_is_always_usable(work in proptest::collection::vec(0.0..400.0f64, 0..80)) {
            let Rate { pace, between, drift, dispersion, stopped } = rate(&work);
            prop_assert!(pace.mean > 0.0 && pace.mean.is_finite() && pace.weeks > 0.0 && pace.slope >= 0.0);
            prop_assert!(between >= 0.0 && drift > 0.0 && dispersion >= 1.0 && (0.0..=1.0).contains(&stopped));
        }
    }
}
