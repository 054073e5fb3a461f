//! Three views of how fast a flow of work is, and how far each of them is to be believed. [`super::rate`] asks.
//!
//! - **recent**: the mean of past weeks, of which those eight weeks back count half.
//! - **year**: the same with 52 weeks.
//! - **growth**: a straight line through the weeks, of which those 26 weeks back count half. It only ever rises: what
//!   falls would soon be carried on to nothing, and dates would flee.
//!
//! A view is believed by how well it has foretold the work of eight weeks (dynamic model averaging: Raftery, Kárný &
//! Ettler, *Technometrics* 52, 2010). Each week the log of its weight gains the log of the likelihood of the last eight
//! weeks' work, by Student's t so that one odd week decides nothing, and forgets 2 % of what it knew.

/// One week of the past: work finished, in tasks, and the share of its working time that was seen.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Week {
    pub work: f64,
    pub exposure: f64,
}

/// Weeks whose work a view foretells.
pub(crate) const FORETOLD: usize = 8;
const RECENT: f64 = 8.0;
const YEAR: f64 = 52.0;
const GROWTH: f64 = 26.0;
/// How far the views are believed before they have foretold anything: recent, year, growth.
const PRIOR: [f64; 3] = [0.4, 0.25, 0.35];
const FORGET: f64 = 0.02;
/// Sums of eight weeks overlap, so each says less than a whole one.
const SHARE_OF_NEWS: f64 = 0.6;
/// Degrees of freedom of Student's t.
const FREEDOM: f64 = 5.0;
/// Relative variance of eight weeks' work that no view can know.
const UNKNOWN: f64 = 0.004;
/// Before anything was finished: half a task a week, with the weight of a tenth of a week.
pub(crate) const PRIOR_RATE: f64 = 0.5;
const PRIOR_WEEKS: f64 = 0.1;
/// With fewer weeks nothing is expected of the next one.
const LEAST_WEEKS: f64 = 2.5;
/// The slope of a line is shrunk to none with so much weight, in weeks².
const PRIOR_SLOPE: f64 = 200.0;
/// Growth is at most this share of the rate a week, and each week ahead brings 5 % less of it than the one before
/// (a damped trend: Gardner & McKenzie 1985).
const MOST_GROWTH: f64 = 0.05;
const DAMPED: f64 = 0.95;

/// Tasks a week now, and how many more each week ahead.
#[derive(Debug, Clone, Copy, PartialEq, Default)]
pub struct Pace {
    pub mean: f64,
    pub slope: f64,
    /// Discounted weeks that it rests on.
    pub weeks: f64,
}

impl Pace {
    /// Tasks in a week so many weeks ahead.
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
    /// Of work × age⁰, age¹.
    work: [f64; 2],
}

impl Line {
    fn new(half_life: f64) -> Self {
        Self { kept: libm::exp2(-1.0 / half_life), weeks: [0.0; 3], work: [0.0; 2] }
    }

    /// All ages grow by one: (age + 1)² = age² + 2 age + 1.
    fn learn(&mut self, week: Week) {
        let ([zero, one, two], [work, aged]) = (self.weeks, self.work);
        self.weeks = [zero, zero + one, zero + 2.0 * one + two].map(|sum| sum * self.kept);
        self.work = [work, work + aged].map(|sum| sum * self.kept);
        self.weeks[0] += week.exposure;
        self.work[0] += week.work;
    }

    /// None where it does not rise.
    fn pace(&self) -> Option<Pace> {
        let ([zero, one, two], [work, aged]) = (self.weeks, self.work);
        let spread = zero * (two + PRIOR_SLOPE) - one * one;
        let slope = (one * work - zero * aged) / spread;
        let mean = (work + one * slope) / zero;
        let is_rising = slope > 0.0 && mean > 0.0;
        is_rising.then(|| Pace { mean, slope: slope.min(MOST_GROWTH * mean), weeks: spread / (two + PRIOR_SLOPE) })
    }
}

/// The views, and what each has foretold.
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
        let (recent, year, growth) = (Level::new(RECENT), Level::new(YEAR), Line::new(GROWTH));
        Self { recent, year, growth, logs: PRIOR.map(libm::log) }
    }
}

impl Views {
    pub(crate) fn learn(&mut self, week: Week) {
        self.recent.learn(week);
        self.year.learn(week);
        self.growth.learn(week);
    }

    /// Whether there are enough weeks to expect anything of the next one.
    pub(crate) fn foretell(&self) -> bool {
        self.year.weeks >= LEAST_WEEKS
    }

    /// What each view sees.
    pub(crate) fn paces(&self) -> [Pace; 3] {
        let recent = self.recent.pace();
        // A line that stands lower than the last weeks says nothing but its slope.
        let rising = |growth: Pace| Pace { mean: growth.mean.max(recent.mean), ..growth };
        let growth = self.growth.pace().map_or(recent, rising);
        [recent, self.year.pace(), growth]
    }

    /// How far each is believed; they add up to 1.
    pub(crate) fn weights(&self) -> [f64; 3] {
        let most = self.logs.into_iter().fold(f64::NEG_INFINITY, f64::max);
        let weights = self.logs.map(|log| libm::exp(log - most));
        let all: f64 = weights.iter().sum();
        weights.map(|weight| weight / all)
    }

    /// Eight weeks have brought `work` where the views had foretold `foretold`; `dispersion` is variance ÷ mean.
    pub(crate) fn judge(&mut self, foretold: [f64; 3], work: f64, dispersion: f64) {
        for ((log, expected), prior) in self.logs.iter_mut().zip(foretold).zip(PRIOR) {
            let expected = expected.max(0.5);
            let variance = dispersion * expected + UNKNOWN * expected * expected;
            let off = (work - expected).powi(2) / variance;
            let likelihood = -0.5 * ((FREEDOM + 1.0) * libm::log1p(off / FREEDOM) + libm::log(variance));
            *log = (1.0 - FORGET) * *log + FORGET * libm::log(prior) + SHARE_OF_NEWS * likelihood;
        }
        let most = self.logs.into_iter().fold(f64::NEG_INFINITY, f64::max);
        self.logs.iter_mut().for_each(|log| *log -= most);
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
        // Sixty weeks of 4, then eight of 8, which have half of the weight: 6, less what the prior takes off.
        let [recent, year, _] = views([4.0; 60].into_iter().chain([8.0; 8])).paces();
        assert!((recent.mean - (6.0 * 12.0 + 0.05) / 12.1).abs() < 0.05, "{recent:?}");
        assert!((4.5..5.0).contains(&year.mean), "{year:?}");
        // After very many weeks 1 ÷ (1 − 2^(−1/8)) = 12.05 of them count.
        assert!((views([3.0; 3000]).paces()[0].weeks - 12.05).abs() < 0.01);
    }

    #[test]
    fn a_line_finds_growth_and_never_decline() {
        let rising = views((0..80).map(|week| 4.0 + 0.1 * f64::from(week)));
        let growth = rising.paces()[2];
        // The last of the weeks had 11.9; the slope is shrunk by a hundredth.
        assert!((growth.mean - 11.9).abs() < 0.3 && (growth.slope - 0.1).abs() < 0.01, "{growth:?}");
        assert!((Pace { mean: 10.0, slope: 0.1, weeks: 9.0 }.in_week(8.0) - 10.673).abs() < 1e-3);
        let falling = views((0..80).map(|week| 12.0 - 0.1 * f64::from(week)));
        assert_eq!(falling.paces()[2], falling.paces()[0]);
    }

    #[test]
    fn the_view_that_foretold_best_is_believed() {
        let mut views = Views::default();
        assert!((views.weights()[0] - 0.4).abs() < 1e-12);
        (0..10).for_each(|_| views.judge([40.0, 30.0, 40.0], 40.0, 1.0));
        let [recent, year, growth] = views.weights();
        assert!(year < 0.02 && (recent / growth - 0.4 / 0.35).abs() < 1e-9, "{:?}", views.weights());
        // In time it is forgotten.
        (0..400).for_each(|_| views.judge([40.0; 3], 40.0, 1.0));
        assert!((views.weights()[1] - 0.25).abs() < 0.01);
    }
}
