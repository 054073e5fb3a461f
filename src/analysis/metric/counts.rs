//! How unusual a small count is, given the weeks of its baseline: the limits of [`super::judge`] for means of less than
//! three a week, for which a normal distribution would extend below zero.
//!
//! With `total` events in `weeks` baseline weeks, the events of `ahead` further weeks follow a negative binomial
//! distribution: a Poisson count whose rate is only known from the baseline (Gelman et al., *Bayesian Data Analysis*,
//! section 2.6, with Jeffreys' prior). Counts that vary more than a Poisson count are divided by their dispersion.

/// The baseline of a count.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(crate) struct CountBaseline {
    pub total: f64,
    pub weeks: f64,
    /// Variance ÷ mean, at least 1.
    pub dispersion: f64,
}

impl CountBaseline {
    /// Returns the chance that `ahead` weeks have `count` or more.
    ///
    /// Worked example: with 10 events in 10 weeks, a week with 5 or more has a chance of 0.73 %; Poisson with exactly
    /// one a week would give 0.37 %.
    pub(crate) fn chance_of_at_least(&self, count: f64, ahead: f64) -> f64 {
        let limit = (count / self.dispersion - 1e-9).ceil();
        1.0 - self.below(limit, ahead)
    }

    /// Returns the chance that `ahead` weeks have `count` or fewer.
    pub(crate) fn chance_of_at_most(&self, count: f64, ahead: f64) -> f64 {
        self.below((count / self.dispersion + 1e-9).floor() + 1.0, ahead)
    }

    /// Returns the largest count of one week whose chance is at least `chance`.
    pub(crate) fn max_in_a_week(&self, chance: f64) -> f64 {
        let mut count = 0.0;
        while self.chance_of_at_least(count + 1.0, 1.0) >= chance {
            count += 1.0;
        }
        count
    }

    /// P(X < limit) of the negative binomial with r = total + ½ and q = ahead ÷ (weeks + ahead).
    fn below(&self, limit: f64, ahead: f64) -> f64 {
        let r = (self.total + 0.5) / self.dispersion;
        let q = ahead / (self.weeks + ahead);
        let mut term = (r * (1.0 - q).ln()).exp();
        let (mut sum, mut at) = (0.0, 0.0);
        while at < limit {
            sum += term;
            term *= (at + r) / (at + 1.0) * q;
            at += 1.0;
        }
        sum.min(1.0)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const ONE_A_WEEK: CountBaseline = CountBaseline { total: 10.0, weeks: 10.0, dispersion: 1.0 };

    #[test]
    fn a_count_has_the_chance_of_the_worked_example() {
        assert!((ONE_A_WEEK.chance_of_at_least(5.0, 1.0) - 0.0073).abs() < 1e-4);
        // The chances of "less" and of "at least" add up to 1.
        assert_eq!(ONE_A_WEEK.chance_of_at_least(0.0, 1.0), 1.0);
        let sum = ONE_A_WEEK.chance_of_at_most(2.0, 4.0) + ONE_A_WEEK.chance_of_at_least(3.0, 4.0);
        assert!((sum - 1.0).abs() < 1e-12);
    }

    #[test]
    fn a_long_baseline_gives_poisson_chances() {
        let long = CountBaseline { total: 1e6, weeks: 1e6, dispersion: 1.0 };
        // Poisson at one a week: P(X ≥ 5) = 0.00366.
        assert!((long.chance_of_at_least(5.0, 1.0) - 0.003_66).abs() < 1e-5);
        assert_eq!(long.max_in_a_week(0.003), 5.0);
    }

    #[test]
    fn one_event_is_usual_even_if_the_baseline_has_none() {
        let none = CountBaseline { total: 0.0, weeks: 30.0, dispersion: 1.0 };
        assert_eq!(none.max_in_a_week(0.003), 1.0);
    }
}
