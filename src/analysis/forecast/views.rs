//! Three views of the speed of a flow of work, with weights by how well each has predicted. [`super::rate`] uses them.
//!
//! - **recent**: the mean of past weeks; a week eight weeks back counts half.
//! - **year**: the mean of past weeks; a week 52 weeks back counts half.
//! - **growth**: a straight line through the past weeks; a week 26 weeks back counts half. It is used only if it rises,
//!   because a falling line would soon be extrapolated to zero.
//!
//! The weights depend on how well a view has predicted the work of eight weeks (dynamic model averaging: Raftery, Kárný
//! & Ettler, *Technometrics* 52, 2010). Each week the log of a weight gains the log of the likelihood of the last eight
//! weeks' work, by Student's t so that one outlier decides nothing, and 2 % of it is forgotten.

/// One week of the past: finished work in tasks, and the share of its working time that the data cover.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Week {
    pub work: f64,
    pub exposure: f64,
}

/// Number of weeks whose work a view predicts.
pub(crate) const PREDICTED_WEEKS: usize = 8;
const RECENT_HALF_LIFE: f64 = 8.0;
const YEAR_HALF_LIFE: f64 = 52.0;
const GROWTH_HALF_LIFE: f64 = 26.0;
/// Prior weights: recent, year, growth.
const PRIOR: [f64; 3] = [0.4, 0.25, 0.35];
const FORGETTING: f64 = 0.02;
/// Sums of eight weeks overlap, so each counts less than an independent one.
const OVERLAP_WEIGHT: f64 = 0.6;
/// Degrees of freedom of Student's t.
const FREEDOM: f64 = 5.0;
/// Relative variance of eight weeks' work that no view can predict.
const UNPREDICTABLE: f64 = 0.004;
/// Prior rate before anything was finished, in tasks a week, and its weight in weeks.
pub(crate) const PRIOR_RATE: f64 = 0.5;
const PRIOR_WEEKS: f64 = 0.1;
/// Minimum number of weeks for a prediction of the next one.
const MIN_WEEKS: f64 = 2.5;
/// Weight with which the slope of the line is shrunk towards zero, in weeks².
const PRIOR_SLOPE: f64 = 200.0;
/// Maximum growth per week as a share of the rate, and the factor by which the growth of each further week is smaller
/// (a damped trend: Gardner & McKenzie 1985).
const MAX_GROWTH: f64 = 0.05;
const DAMPED: f64 = 0.95;

/// Tasks in a week now, and the increase for each week ahead.
#[derive(Debug, Clone, Copy, PartialEq, Default)]
pub struct Pace {
    pub mean: f64,
    pub slope: f64,
    /// Discounted weeks that it is estimated from.
    pub weeks: f64,
}

impl Pace {
    /// Returns the tasks in the week that is `ahead` weeks ahead.
    ///
    /// Worked example: 10 a week, growing by 0.1: in 8 weeks 10 + 0.1 × (1 − 0.95⁸) ÷ 0.05 = 10.67.
    pub fn in_week(&self, ahead: f64) -> f64 {
        self.mean + self.slope * (1.0 - libm::pow(DAMPED, ahead)) / (1.0 - DAMPED)
    }
}

/// A discounted mean.
#[derive(Debug, Clone, Copy)]
struct Level {
    kept: f64,
    work: f64,
    weeks: f64,
}

impl Level {
    fn new(half_life: f64) -> Self {
        Self { kept: libm::exp2(-1.0 / half_life), work: 0.0, weeks: 0.0 }
    }

    fn learn(&mut self, week: Week) {
        self.work = self.work * self.kept + week.work;
        self.weeks = self.weeks * self.kept + week.exposure;
    }

    fn pace(&self) -> Pace {
        let mean = (self.work + PRIOR_RATE * PRIOR_WEEKS) / (self.weeks + PRIOR_WEEKS);
        Pace { mean, slope: 0.0, weeks: self.weeks }
    }
}

/// A discounted least-squares line; ages are weeks before the newest.
#[derive(Debug, Clone, Copy)]
struct Line {
    kept: f64,
    /// Discounted sums of exposure × age⁰, age¹, age².
    weeks: [f64; 3],
    /// Discounted sums of work × age⁰, age¹.
    work: [f64; 2],
}

impl Line {
    fn new(half_life: f64) -> Self {
        Self { kept: libm::exp2(-1.0 / half_life), weeks: [0.0; 3], work: [0.0; 2] }
    }

    /// Increases all ages by one: (age + 1)² = age² + 2 age + 1.
    fn learn(&mut self, week: Week) {
        let ([zero, one, two], [work, aged]) = (self.weeks, self.work);
        self.weeks = [zero, zero + one, zero + 2.0 * one + two].map(|sum| sum * self.kept);
        self.work = [work, work + aged].map(|sum| sum * self.kept);
        self.weeks[0] += week.exposure;
        self.work[0] += week.work;
    }

    /// Returns `None` if the line does not rise.
    fn pace(&self) -> Option<Pace> {
        let ([zero, one, two], [work, aged]) = (self.weeks, self.work);
        let spread = zero * (two + PRIOR_SLOPE) - one * one;
        let slope = (one * work - zero * aged) / spread;
        let mean = (work + one * slope) / zero;
        let is_rising = slope > 0.0 && mean > 0.0;
        is_rising.then(|| Pace { mean, slope: slope.min(MAX_GROWTH * mean), weeks: spread / (two + PRIOR_SLOPE) })
    }
}

/// The views, with the logs of their weights.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Views {
    recent: Level,
    year: Level,
    growth: Line,
    /// Logs of the weights.
    logs: [f64; 3],
}

impl Default for Views {
    fn default() -> Self {
        let (recent, year, growth) =
            (Level::new(RECENT_HALF_LIFE), Level::new(YEAR_HALF_LIFE), Line::new(GROWTH_HALF_LIFE));
        Self { recent, year, growth, logs: PRIOR.map(libm::log) }
    }
}

impl Views {
    pub(crate) fn learn(&mut self, week: Week) {
        self.recent.learn(week);
        self.year.learn(week);
        self.growth.learn(week);
    }

    /// Whether there are enough weeks for a prediction of the next one.
    pub(crate) fn can_predict(&self) -> bool {
        self.year.weeks >= MIN_WEEKS
    }

    /// Returns the pace of each view.
    pub(crate) fn paces(&self) -> [Pace; 3] {
        let recent = self.recent.pace();
        // If the line is below the recent mean, only its slope is used.
        let rising = |growth: Pace| Pace { mean: growth.mean.max(recent.mean), ..growth };
        let growth = self.growth.pace().map_or(recent, rising);
        [recent, self.year.pace(), growth]
    }

    /// Returns the weights of the views; they add up to 1.
    pub(crate) fn weights(&self) -> [f64; 3] {
        let max = self.logs.into_iter().fold(f64::NEG_INFINITY, f64::max);
        let weights = self.logs.map(|log| libm::exp(log - max));
        let all: f64 = weights.iter().sum();
        weights.map(|weight| weight / all)
    }

    /// Updates the weights: eight weeks had `work`, and the views had predicted `predicted`; `dispersion` is variance ÷
    /// mean.
    pub(crate) fn judge(&mut self, predicted: [f64; 3], work: f64, dispersion: f64) {
        for ((log, expected), prior) in self.logs.iter_mut().zip(predicted).zip(PRIOR) {
            let expected = expected.max(0.5);
            let variance = dispersion * expected + UNPREDICTABLE * expected * expected;
            let off = (work - expected).powi(2) / variance;
            let likelihood = -0.5 * ((FREEDOM + 1.0) * libm::log1p(off / FREEDOM) + libm::log(variance));
            *log = (1.0 - FORGETTING) * *log + FORGETTING * libm::log(prior) + OVERLAP_WEIGHT * likelihood;
        }
        let max = self.logs.into_iter().fold(f64::NEG_INFINITY, f64::max);
        self.logs.iter_mut().for_each(|log| *log -= max);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn views(work: impl IntoIterator<Item = f64>) -> Views {
        let mut views = Views::default();
        work.into_iter().for_each(|work| views.learn(Week { work, exposure: 1.0 }));
        views
    }

    #[test]
    fn means_are_discounted() {
        // Sixty weeks of 4, then eight of 8, which have half of the weight: 6, minus the effect of the prior.
        let [recent, year, _] = views([4.0; 60].into_iter().chain([8.0; 8])).paces();
        assert!((recent.mean - (6.0 * 12.0 + 0.05) / 12.1).abs() < 0.05, "{recent:?}");
        assert!((4.5..5.0).contains(&year.mean), "{year:?}");
        // After very many weeks 1 ÷ (1 − 2^(−1/8)) = 12.05 of them count.
        assert!((views([3.0; 3000]).paces()[0].weeks - 12.05).abs() < 0.01);
    }

    #[test]
    fn a_line_finds_growth_and_ignores_decline() {
        let rising = views((0..80).map(|week| 4.0 + 0.1 * f64::from(week)));
        let growth = rising.paces()[2];
        // The last of the weeks had 11.9; the slope is shrunk by a hundredth.
        assert!((growth.mean - 11.9).abs() < 0.3 && (growth.slope - 0.1).abs() < 0.01, "{growth:?}");
        assert!((Pace { mean: 10.0, slope: 0.1, weeks: 9.0 }.in_week(8.0) - 10.673).abs() < 1e-3);
        let falling = views((0..80).map(|week| 12.0 - 0.1 * f64::from(week)));
        assert_eq!(falling.paces()[2], falling.paces()[0]);
    }

    #[test]
    fn the_view_that_predicted_best_has_the_largest_weight() {
        let mut views = Views::default();
        assert!((views.weights()[0] - 0.4).abs() < 1e-12);
        (0..10).for_each(|_| views.judge([40.0, 30.0, 40.0], 40.0, 1.0));
        let [recent, year, growth] = views.weights();
        assert!(year < 0.02 && (recent / growth - 0.4 / 0.35).abs() < 1e-9, "{:?}", views.weights());
        // Old predictions are forgotten in time.
        (0..400).for_each(|_| views.judge([40.0; 3], 40.0, 1.0));
        assert!((views.weights()[1] - 0.25).abs() < 0.01);
    }
}
