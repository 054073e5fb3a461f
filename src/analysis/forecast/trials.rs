//! Chance in the forecast: how much work is finished in each week of a trial, and on which day each trial was done.
//! [`super::simulate`] uses it for objectives, [`crate::analysis::backtest`] for single flows of work.
//!
//! Chance depends on week and trial alone (common random numbers): two forecasts that differ by a few tasks differ by
//! those tasks and not by chance, and one objective's forecast does not change because another one exists. [`paired`]
//! defines which trials of objectives that share people are run together.

use rand_core::Rng as _;
use rand_pcg::Pcg32;

use super::rate::{RESUMES, Rate};

/// Number of weeks after which a trial ends: two years.
pub const LAST_WEEK: usize = 104;
/// Number of strata: every 50th trial has the same quantile of the rate. Numbers of trials are multiples of it.
const STRATA: usize = 50;
/// Number of outcomes of a week in each stratum: one for each value of the random byte.
const OUTCOMES: usize = 256;
/// Mean number of tasks a week above which a normal distribution replaces the exact sum of probabilities.
const MAX_EXACT_MEAN: f64 = 150.0;
/// Quantiles of the trials that a forecast states.
pub(super) const P50: f64 = 0.5;
pub(super) const P85: f64 = 0.85;
/// Seed of all random numbers. It is fixed, so that the same inputs give the same bytes.
const SEED: u64 = 0x6865_6164_7375_7021;

/// What a random number decides.
#[derive(Debug, Clone, Copy)]
pub enum Stream {
    Finished = 1,
    Added = 2,
    Stopped = 3,
}

fn generator(stream: Stream, week: usize) -> Pcg32 {
    Pcg32::new(SEED.wrapping_add(week as u64), stream as u64)
}

/// Returns one random byte for each trial in one week.
pub fn luck(stream: Stream, week: usize, trials: usize) -> Vec<u8> {
    let mut bytes = vec![0; trials];
    generator(stream, week).fill_bytes(&mut bytes);
    bytes
}

/// Returns the number of the objective's own trial that is run in trial `trial` of the team, for objective number
/// `turn` of those that share people. Each objective goes through all of its own trials, so that alone it has the same
/// dates, and meets the trials of the others as if by chance. Without this all objectives would have their good weeks
/// and their high rates in the same trials: a team's last objective would be done far too early in some trials and far
/// too late in others.
///
/// Worked example: in the first fifty trials the second objective is one stratum ahead of the first, in the next fifty
/// it is two ahead: trials 0, 49, 50 of the first meet trials 1, 0, 52 of the second.
pub fn paired(trial: usize, turn: usize) -> usize {
    let (block, stratum) = (trial / STRATA, trial % STRATA);
    block * STRATA + (stratum + turn * (block + 1)) % STRATA
}

/// Returns for each trial the number of weeks in which a flow that may have stopped still finishes nothing; 0 in most
/// trials.
///
/// The flow has stopped with probability [`Rate::stopped`]. From then on it resumes each week with probability
/// [`RESUMES`].
pub fn standing_still(rate: &Rate, trials: usize) -> Vec<u16> {
    let mut chance = generator(Stream::Stopped, 0);
    let weeks = |share: f64| libm::floor(libm::log(share) / libm::log(1.0 - RESUMES)).min(1e4) as u16;
    (0..trials)
        .map(|_| {
            let share = (f64::from(chance.next_u32()) + 0.5) / 4_294_967_296.0;
            if share < rate.stopped { weeks(share / rate.stopped) } else { 0 }
        })
        .collect()
}

/// Returns a random number from 0 to 1 for one task of one trial. It decides which milestone the task belongs to.
pub fn toss(week: usize, trial: usize, task: usize) -> f64 {
    // SplitMix64 (Steele, Lea & Flood 2014), as a function of week, trial and task instead of a sequence.
    let mut mixed = SEED ^ ((week as u64) << 48) ^ ((trial as u64) << 24) ^ task as u64;
    mixed = (mixed ^ (mixed >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
    mixed = (mixed ^ (mixed >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
    ((mixed ^ (mixed >> 31)) >> 11) as f64 / 9_007_199_254_740_992.0
}

/// Table of the tasks finished in one week, by the stratum of the trial and its random byte.
#[derive(Debug, Clone, Default)]
pub struct WeekDraws {
    tasks: Vec<u32>,
    /// Exposure and weeks ahead that the table was made for.
    of: Option<(f64, usize)>,
}

impl WeekDraws {
    /// Makes the table for a week of `exposure` weeks of work, `ahead` weeks from now.
    ///
    /// The rate of a stratum is a quantile of a gamma distribution with the rate's mean and uncertainty (Wilson &
    /// Hilferty 1931: quantile ≈ mean × (1 − c/9 + z √c/3)³, with c the relative variance). The tasks of its week are
    /// negative binomial with variance φ × mean, or Poisson where φ is 1.
    pub fn prepare(&mut self, rate: &Rate, exposure: f64, ahead: usize) {
        // Uncertainty grows slowly: from eight weeks ahead on, one table serves four weeks.
        let ahead = if ahead < 8 { ahead } else { ahead / 4 * 4 };
        if self.of == Some((exposure, ahead)) {
            return;
        }
        self.of = Some((exposure, ahead));
        self.tasks.resize(STRATA * OUTCOMES, 0);
        let c = rate.uncertainty(ahead as f64 + 0.5);
        for (stratum, tasks) in self.tasks.chunks_exact_mut(OUTCOMES).enumerate() {
            let root = 1.0 - c / 9.0 + normal_quantile((stratum as f64 + 0.5) / STRATA as f64) * c.sqrt() / 3.0;
            let mean = rate.pace.in_week(ahead as f64 + 1.0) * exposure * root.max(0.0).powi(3);
            fill(tasks, mean, rate.dispersion);
        }
    }

    /// Returns the tasks finished in this week of a trial.
    pub fn of(&self, trial: usize, luck: u8) -> f64 {
        f64::from(self.tasks[trial % STRATA * OUTCOMES + usize::from(luck)])
    }
}

/// Returns the quantiles of a week's work with this mean and dispersion (variance ÷ mean), evenly spaced.
pub fn week_quantiles(mean: f64, dispersion: f64) -> Vec<u32> {
    let mut tasks = vec![0; OUTCOMES];
    fill(&mut tasks, mean, dispersion);
    tasks
}

/// Returns outcomes of consecutive weeks together in ascending order, all equally likely. `exposures` are the weeks of
/// work in each; the first is `ahead` weeks from now.
pub fn weeks_range(rate: &Rate, exposures: &[f64], ahead: usize) -> Vec<u32> {
    const TRIALS: usize = STRATA * OUTCOMES;
    let mut sums = vec![0; TRIALS];
    for (week, exposure) in (ahead..).zip(exposures) {
        let mut draws = WeekDraws::default();
        draws.prepare(rate, *exposure, week);
        if exposures.len() == 1 {
            sums = draws.tasks;
            break;
        }
        let luck = luck(Stream::Finished, week, TRIALS);
        sums.iter_mut().zip(luck).enumerate().for_each(|(trial, (sum, luck))| *sum += draws.of(trial, luck) as u32);
    }
    sums.sort_unstable();
    sums
}

/// Fills `tasks` with the quantiles of a week's work, evenly spaced.
fn fill(tasks: &mut [u32], mean: f64, dispersion: f64) {
    let outcomes = tasks.len() as f64;
    let share = |place: usize| (place as f64 + 0.5) / outcomes;
    if mean > MAX_EXACT_MEAN {
        let spread = (dispersion * mean).sqrt();
        for (place, tasks) in tasks.iter_mut().enumerate() {
            *tasks = (mean + spread * normal_quantile(share(place)) + 0.5).max(0.0) as u32;
        }
        return;
    }
    // P(n + 1) = P(n) × (n × a + b) ÷ (n + 1): Panjer's recursion for Poisson (a = 0) and negative binomial.
    let (mut probability, a, b) = if dispersion > 1.001 {
        let shape = mean / (dispersion - 1.0);
        let a = 1.0 - 1.0 / dispersion;
        (libm::pow(dispersion, -shape), a, a * shape)
    } else {
        (libm::exp(-mean), 0.0, mean)
    };
    let (mut sum, mut count) = (probability, 0u32);
    for (place, tasks) in tasks.iter_mut().enumerate() {
        let share = share(place);
        while sum < share && (probability > 1e-12 || f64::from(count) < mean) {
            probability *= (f64::from(count) * a + b) / (f64::from(count) + 1.0);
            count += 1;
            sum += probability;
        }
        *tasks = count;
    }
}

/// Returns the value that a standard normal variable stays below with probability `share`.
///
/// Source: Abramowitz & Stegun 26.2.23; the error is below 4.5 × 10⁻⁴.
fn normal_quantile(share: f64) -> f64 {
    let t = (-2.0 * libm::log(share.min(1.0 - share))).sqrt();
    let above =
        t - (2.515_517 + t * (0.802_853 + t * 0.010_328)) / (1.0 + t * (1.432_788 + t * (0.189_269 + t * 0.001_308)));
    if share < 0.5 { -above } else { above }
}

/// The day on which each trial was done. Trials are counted by day, so that thousands of them need no sorting.
#[derive(Debug, Clone)]
pub struct DoneAfter {
    days: Vec<u32>,
    done: u32,
    trials: u32,
}

impl DoneAfter {
    /// Counts for `trials` trials, none of them done yet.
    pub fn of(trials: usize) -> Self {
        Self { days: vec![0; 7 * (LAST_WEEK + 1) + 1], done: 0, trials: trials as u32 }
    }

    /// Counts one more trial whose work is done `day` days from now.
    pub fn add(&mut self, day: usize) {
        if let Some(done) = self.days.get_mut(day) {
            *done += 1;
            self.done += 1;
        }
    }

    /// Returns whether at least `share` of the trials are done, so that its [`Self::quantile`] is known.
    pub fn has(&self, share: f64) -> bool {
        f64::from(self.done) >= share * f64::from(self.trials)
    }

    /// Returns the day by which `share` of the trials are done: the day whose own share is nearest to it. None where
    /// that takes longer than two years.
    ///
    /// The nearest day is used because many trials are done on the same day: the first day with at least the share
    /// would be kept more often than stated.
    pub fn quantile(&self, share: f64) -> Option<u64> {
        let wanted = share * f64::from(self.trials);
        let (mut sum, mut before) = (0.0, None);
        for (day, done) in self.days.iter().enumerate().filter(|(_, done)| **done > 0) {
            let last = sum;
            sum += f64::from(*done);
            if sum >= wanted {
                return before.filter(|_| wanted - last < sum - wanted).or(Some(day as u64));
            }
            before = Some(day as u64);
        }
        None
    }

    /// Returns the share of the trials that are done by a day.
    pub fn share_by(&self, day: i64) -> f64 {
        let in_time = self.days.iter().zip(0i64..).take_while(|(_, at)| *at <= day);
        f64::from(in_time.map(|(done, _)| done).sum::<u32>()) / f64::from(self.trials)
    }
}

/// Returns the amount that `share` of the trials do not exceed (nearest rank). `amounts` is in ascending order; 0 if it
/// is empty.
pub fn quantile(amounts: &[f64], share: f64) -> f64 {
    let rank = ((share * amounts.len() as f64).ceil() as usize).max(1);
    amounts.get(rank - 1).copied().unwrap_or(0.0)
}

#[cfg(test)]
mod tests {
    use super::super::rate::Pace;
    use super::*;

    fn rate(mean: f64, dispersion: f64) -> Rate {
        Rate { pace: Pace { mean, slope: 0.0, weeks: 15.0 }, between: 0.0, drift: 0.003, dispersion, stopped: 0.0 }
    }

    fn moments(draws: &WeekDraws) -> (f64, f64) {
        let all: Vec<f64> = (0..STRATA)
            .flat_map(|trial| (0..=255).map(move |luck| (trial, luck)))
            .map(|(t, l)| draws.of(t, l))
            .collect();
        let mean = all.iter().sum::<f64>() / all.len() as f64;
        (mean, all.iter().map(|tasks| (tasks - mean).powi(2)).sum::<f64>() / all.len() as f64)
    }

    #[test]
    fn a_week_has_the_mean_and_spread_of_its_rate() {
        // A Poisson mean of 5, a relative variance of the rate of 1.33 %, and 0.3 % for drift: variance 5 + 25 ×
        // (0.0133 + 0.003) = 5.41.
        for (mean, dispersion, ahead) in [(5.0, 1.0, 0), (5.0, 3.0, 0), (0.5, 2.0, 4), (40.0, 2.5, 7), (400.0, 4.0, 0)]
        {
            let rate = rate(mean, dispersion);
            let mut draws = WeekDraws::default();
            draws.prepare(&rate, 1.0, ahead);
            let variance = dispersion * mean + rate.uncertainty(ahead as f64 + 0.5) * mean * mean;
            let (got, spread) = moments(&draws);
            assert!((got / mean - 1.0).abs() < 0.03, "{mean} {got}");
            // The table holds quantiles, which cut off the tails: its variance is lower.
            assert!((0.85..1.05).contains(&(spread / variance)), "{mean} {dispersion}: {spread} of {variance}");
        }
    }

    #[test]
    fn half_a_week_brings_half_and_a_week_off_nothing() {
        let mut draws = WeekDraws::default();
        draws.prepare(&rate(6.0, 1.5), 0.5, 0);
        assert!((moments(&draws).0 - 3.0).abs() < 0.1);
        draws.prepare(&rate(6.0, 1.5), 0.0, 1);
        assert_eq!(moments(&draws), (0.0, 0.0));
    }

    #[test]
    fn a_flow_that_stopped_stands_still_for_three_weeks_more_on_average() {
        // A stopped flow resumes with a probability of 1/4 a week: (1 − 1/4) ÷ 1/4 = 3 weeks.
        let still = standing_still(&Rate { stopped: 1.0, ..rate(5.0, 1.0) }, 20_000);
        let mean = still.iter().map(|weeks| f64::from(*weeks)).sum::<f64>() / 20_000.0;
        assert!((mean - 3.0).abs() < 0.1, "{mean}");
        assert!(standing_still(&rate(5.0, 1.0), 100).iter().all(|weeks| *weeks == 0));
    }

    #[test]
    fn chance_depends_on_week_and_trial_alone() {
        assert_eq!(luck(Stream::Finished, 3, 100), luck(Stream::Finished, 3, 200)[..100]);
        assert_ne!(luck(Stream::Finished, 3, 100), luck(Stream::Finished, 4, 100));
        assert_ne!(luck(Stream::Finished, 3, 100), luck(Stream::Added, 3, 100));
        let mean = (0..10_000).map(|trial| toss(2, trial, 1)).sum::<f64>() / 10_000.0;
        assert!((mean - 0.5).abs() < 0.02, "{mean}");
    }

    #[test]
    fn objectives_meet_each_other_as_if_by_chance() {
        assert_eq!([0, 49, 50].map(|trial| paired(trial, 0)), [0, 49, 50]);
        assert_eq!([0, 49, 50].map(|trial| paired(trial, 1)), [1, 0, 52]);
        for (one, other) in [(0, 1), (0, 2), (1, 2)] {
            let met = |trial: usize| [paired(trial, one), paired(trial, other)];
            let mut all: Vec<usize> = (0..10_000).map(|trial| paired(trial, other)).collect();
            all.sort_unstable();
            assert!(all.iter().enumerate().all(|(at, trial)| at == *trial), "{other}");
            // Strata are paired without a trend: their covariance is near 0. 208 is the variance of the strata.
            let products = (0..10_000).map(|trial| met(trial).map(|own| (own % STRATA) as f64 - 24.5));
            let covariance = products.map(|[one, other]| one * other).sum::<f64>() / 10_000.0;
            assert!(covariance.abs() < 10.0, "{one} and {other}: {covariance} of 208");
        }
    }

    #[test]
    fn a_share_of_the_trials_is_done_by_the_nearest_day() {
        let mut days = DoneAfter::of(10);
        [7, 7, 7, 7, 8, 8, 8, 14].into_iter().for_each(|day| days.add(day));
        // By day 7 four of ten trials are done, by day 8 seven, by day 14 eight: day 7 is nearest to five, day 14 to
        // eight.
        assert_eq!([0.5, 0.72, 0.8, 0.85].map(|share| days.quantile(share)), [Some(7), Some(8), Some(14), None]);
        assert_eq!([-1, 7, 14].map(|day| days.share_by(day)), [0.0, 0.4, 0.8]);
        assert_eq!(DoneAfter::of(3).quantile(0.5), None);
    }

    #[test]
    fn normal_quantiles_are_those_of_the_tables() {
        for (share, z) in [(0.5, 0.0), (0.85, 1.0364), (0.975, 1.96), (0.15, -1.0364)] {
            assert!((normal_quantile(share) - z).abs() < 1e-3, "{share}");
        }
    }
}
