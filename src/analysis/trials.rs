//! Trials, the runs of a future: which past week each week repeats, and how the rate drifts meanwhile.
//! [`super::forecast`] and [`super::backtest`] live through them.

use rand_core::Rng as _;
use rand_pcg::Pcg32;

/// A trial ends after two years.
pub const LAST_WEEK: usize = 104;
/// Kinds of drift: every 50th trial drifts alike. Both numbers of trials in use are multiples of it.
const STRATA: usize = 50;
/// Fixed, so that the same inputs give the same bytes.
const SEED: (u64, u64) = (0x6865_6164_7375_7021, 0x0076_6965_7765_6421);

/// The chance in the trials.
pub struct TrialRng(Pcg32);

impl TrialRng {
    /// The same chance in every run of the program.
    pub fn fixed() -> Self {
        Self(Pcg32::new(SEED.0, SEED.1))
    }

    /// A number below `n`, each as likely to within n ÷ 2³² (Lemire 2019, without his rejection).
    pub fn below(&mut self, n: usize) -> usize {
        ((u64::from(self.0.next_u32()) * n as u64) >> 32) as usize
    }
}

/// How the rate of a trial departs from that of the past weeks. Plain resampling supposes that the last weeks tell the
/// rate exactly, and that it stays. Neither is so, and forecasts further ahead miss more often. Therefore:
///
/// - A dozen weeks are a sample: each trial draws its model weeks from them, with repetition, and lives through those
///   (Efron 1979, *Bootstrap Methods*; the spread of *k* weeks' work grows by √(1 + *k*/12)).
/// - The rate drifts: week *j* of a trial finishes exp(*d*·√*j*·*z*) times the work of the week it repeats, with one
///   *z* a trial: zero in the middle, spread with variance 1. Worked example: with *d* = 0.25 and *z* = −1, week 4
///   finishes e^−0.5 = 61 % of its model.
///
/// *d* = 0 is plain resampling: every week of the past, as likely in every trial.
pub struct RateDrift {
    /// A stratum: the factor of each week.
    factors: Vec<[f64; LAST_WEEK]>,
    is_plain: bool,
}

impl RateDrift {
    pub fn new(per_week: f64) -> Self {
        let factors = |stratum: usize| {
            let below = (stratum as f64 + 0.5) / STRATA as f64;
            // The logistic distribution, scaled to variance 1. libm, because a platform's own logarithm may differ.
            let z = libm::log(below / (1.0 - below)) * 3f64.sqrt() / std::f64::consts::PI;
            std::array::from_fn(|week| libm::exp(per_week * ((week + 1) as f64).sqrt() * z))
        };
        Self { factors: (0..STRATA).map(factors).collect(), is_plain: per_week == 0.0 }
    }

    /// The factor of each week of a trial.
    pub fn of(&self, trial: usize) -> &[f64; LAST_WEEK] {
        &self.factors[trial % STRATA]
    }

    /// Draws the past weeks that one trial lives through. `models` are those of the trial before; before the first, all
    /// past weeks.
    pub fn draw_models(&self, rng: &mut TrialRng, models: &mut [usize]) {
        if !self.is_plain {
            let weeks = models.len();
            models.iter_mut().for_each(|model| *model = rng.below(weeks));
        }
    }
}

/// On which day after as-of each trial was done. Counted by day, so that the thousands of trials need no sorting.
#[derive(Debug, Clone)]
pub struct DoneAfter {
    /// Trials done on each day.
    done: Vec<u32>,
    trials: u32,
}

impl DoneAfter {
    /// For `trials` trials, none of them done yet.
    pub fn of(trials: usize) -> Self {
        Self { done: vec![0; 7 * LAST_WEEK + 1], trials: trials as u32 }
    }

    /// One more trial is done, after `weeks` weeks and a part of one: on the day in which that moment lies.
    pub fn add(&mut self, weeks: f64) {
        let days = 7.0 * weeks;
        // Rounded up by hand: `ceil` is a call on the processors that every build runs on.
        let whole = days as u32;
        if let Some(done) = self.done.get_mut((whole + u32::from(f64::from(whole) < days)) as usize) {
            *done += 1;
        }
    }

    /// The day by which `share` of the trials are done (nearest rank); None where that takes longer than two years.
    pub fn quantile(&self, share: f64) -> Option<u64> {
        let rank = rank(share, self.trials as usize) as u32;
        let mut sum = 0;
        let reached = self.done.iter().position(|done| {
            sum += done;
            sum >= rank
        });
        reached.map(|day| day as u64)
    }

    /// The share of the trials done by a day.
    pub fn share_by(&self, days: i64) -> f64 {
        let in_time = self.done.iter().zip(0i64..).take_while(|(_, day)| *day <= days);
        in_time.map(|(done, _)| done).sum::<u32>() as f64 / f64::from(self.trials)
    }
}

/// The amount that `share` of the trials do not exceed (nearest rank), of their amounts in order; 0 of none.
pub fn quantile(amounts: &[f64], share: f64) -> f64 {
    amounts.get(rank(share, amounts.len()) - 1).copied().unwrap_or(0.0)
}

/// Which of `trials` in order, from 1.
fn rank(share: f64, trials: usize) -> usize {
    ((share * trials as f64).ceil() as usize).max(1)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_quantile_is_the_nearest_rank() {
        assert_eq!(quantile(&[10.0, 20.0, 30.0, 40.0], 0.5), 20.0);
        assert_eq!(quantile(&[10.0, 20.0, 30.0, 40.0], 0.51), 30.0);
        assert_eq!(quantile(&[], 0.5), 0.0);
    }

    #[test]
    fn days_are_counted_up_to_two_years() {
        let mut days = DoneAfter::of(6);
        [1.0, 1.01, 2.0, 104.0, 105.0].into_iter().for_each(|weeks| days.add(weeks));
        assert_eq!([0.1, 0.2, 0.5, 0.6].map(|share| days.quantile(share)), [Some(7), Some(8), Some(14), Some(728)]);
        // Two of six trials never get there: 85 % is beyond.
        assert_eq!(days.quantile(0.85), None);
        assert_eq!([-1, 7, 14].map(|day| days.share_by(day)), [0.0, 1.0 / 6.0, 0.5]);
    }

    #[test]
    fn without_drift_a_week_finishes_what_its_model_did() {
        assert!((0..STRATA).all(|trial| RateDrift::new(0.0).of(trial).iter().all(|factor| *factor == 1.0)));
    }

    #[test]
    fn a_trial_has_its_own_sample_of_the_past_unless_it_is_plain() {
        let all: Vec<usize> = (0..12).collect();
        let (mut rng, mut models) = (TrialRng::fixed(), all.clone());
        RateDrift::new(0.0).draw_models(&mut rng, &mut models);
        assert_eq!(models, all);
        // Of 12 draws from 12 weeks, 12 × (1 − (11/12)^12) = 7.8 differ on average.
        let drift = RateDrift::new(0.25);
        let differ = (0..2000).map(|_| {
            drift.draw_models(&mut rng, &mut models);
            models.iter().collect::<std::collections::BTreeSet<_>>().len()
        });
        assert!((differ.sum::<usize>() as f64 / 2000.0 - 7.78).abs() < 0.1);
    }

    #[test]
    fn drift_leaves_the_middle_and_spreads_with_time() {
        let drift = RateDrift::new(0.25);
        let week = |week: usize| (0..STRATA).map(|trial| drift.of(trial)[week - 1].ln()).collect::<Vec<_>>();
        let mean = |values: &[f64]| values.iter().sum::<f64>() / STRATA as f64;
        let spread = |values: &[f64]| (values.iter().map(|v| v * v).sum::<f64>() / STRATA as f64).sqrt();
        assert!(mean(&week(4)).abs() < 1e-12);
        assert!((spread(&week(4)) - 0.5).abs() < 0.02);
        assert!((spread(&week(16)) - 1.0).abs() < 0.04);
    }

    #[test]
    fn chance_is_even_and_always_the_same() {
        let mut rng = TrialRng::fixed();
        let mut counts = [0u32; 12];
        (0..12_000).for_each(|_| counts[rng.below(12)] += 1);
        assert!(counts.iter().all(|count| (900..1100).contains(count)), "{counts:?}");
        assert_eq!(TrialRng::fixed().below(1000), TrialRng::fixed().below(1000));
    }
}
