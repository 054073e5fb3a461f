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
pub struct Chance(Pcg32);

impl Chance {
    /// The same chance in every run of the program.
    pub fn fixed() -> Self {
        Self(Pcg32::new(SEED.0, SEED.1))
    }

    /// A number below `n`, each as likely to within n ÷ 2³² (Lemire 2019, without his rejection).
    pub fn below(&mut self, n: usize) -> usize {
        ((u64::from(self.0.next_u32()) * n as u64) >> 32) as usize
    }
}

/// How the rate of a trial moves away from that of the past weeks.
///
/// Plain resampling supposes that the rate of the last weeks stays. It does not, and forecasts further ahead miss
/// more often. Week *j* of a trial therefore finishes exp(*d*·√*j*·*z*) times the work of the week it repeats, with
/// one *z* a trial: zero in the middle, spread with variance 1. *d* = 0 is plain resampling.
///
/// Worked example: with *d* = 0.25 and *z* = −1, week 4 finishes e^−0.5 = 61 % of its model.
pub struct Drift {
    /// A stratum: the factor of each week.
    factors: Vec<[f64; LAST_WEEK]>,
}

impl Drift {
    pub fn new(per_week: f64) -> Self {
        let factors = |stratum: usize| {
            let below = (stratum as f64 + 0.5) / STRATA as f64;
            // The logistic distribution, scaled to variance 1. libm, because a platform's own logarithm may differ.
            let z = libm::log(below / (1.0 - below)) * 3f64.sqrt() / std::f64::consts::PI;
            std::array::from_fn(|week| libm::exp(per_week * ((week + 1) as f64).sqrt() * z))
        };
        Self { factors: (0..STRATA).map(factors).collect() }
    }

    /// The factor of each week of a trial.
    pub fn of(&self, trial: usize) -> &[f64; LAST_WEEK] {
        &self.factors[trial % STRATA]
    }
}

/// The value that `share` of `trials` do not exceed (nearest rank), where `values` are of those trials that have
/// one, and the rest is beyond all; None: beyond. Puts `values` in another order.
pub fn quantile<T: Copy + PartialOrd>(values: &mut [T], trials: usize, share: f64) -> Option<T> {
    let rank = ((share * trials as f64).ceil() as usize).max(1);
    let by_value = |a: &T, b: &T| a.partial_cmp(b).unwrap_or(std::cmp::Ordering::Equal);
    (rank <= values.len()).then(|| *values.select_nth_unstable_by(rank - 1, by_value).1)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_quantile_is_the_nearest_rank() {
        assert_eq!(quantile(&mut [30, 10, 20, 40], 4, 0.5), Some(20));
        assert_eq!(quantile(&mut [30, 10, 20, 40], 4, 0.51), Some(30));
        // Two of six trials never get there: 85 % is beyond all.
        assert_eq!(quantile(&mut [30, 10, 20, 40], 6, 0.85), None);
        assert_eq!(quantile::<u16>(&mut [], 0, 0.5), None);
    }

    #[test]
    fn without_drift_a_week_finishes_what_its_model_did() {
        assert!((0..STRATA).all(|trial| Drift::new(0.0).of(trial).iter().all(|factor| *factor == 1.0)));
    }

    #[test]
    fn drift_leaves_the_middle_and_spreads_with_time() {
        let drift = Drift::new(0.25);
        let week = |week: usize| (0..STRATA).map(|trial| drift.of(trial)[week - 1].ln()).collect::<Vec<_>>();
        let mean = |values: &[f64]| values.iter().sum::<f64>() / STRATA as f64;
        let spread = |values: &[f64]| (values.iter().map(|v| v * v).sum::<f64>() / STRATA as f64).sqrt();
        assert!(mean(&week(4)).abs() < 1e-12);
        assert!((spread(&week(4)) - 0.5).abs() < 0.02);
        assert!((spread(&week(16)) - 1.0).abs() < 0.04);
    }

    #[test]
    fn chance_is_even_and_always_the_same() {
        let mut chance = Chance::fixed();
        let mut counts = [0u32; 12];
        (0..12_000).for_each(|_| counts[chance.below(12)] += 1);
        assert!(counts.iter().all(|count| (900..1100).contains(count)), "{counts:?}");
        assert_eq!(Chance::fixed().below(1000), Chance::fixed().below(1000));
    }
}
