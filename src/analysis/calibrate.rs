//! Calibration: what "50 %" and "85 %" must mean among the trials for forecasts to hold that often.
//! [`super::backtest`] learns it from a series' own past forecasts; [`super::forecast`] applies it.
//!
//! Source: Gibbs & Candès 2021, *Adaptive Conformal Inference Under Distribution Shift*: after a miss the next
//! forecasts are made more careful by a step, after a hit bolder by a smaller one, so that the share that holds
//! approaches the promise whatever the throughput does. Two things are ours: levels move on the logit scale, so
//! that they stay between 0 and 1, and trials depart from the past ([`super::trials::Drift`]), so that there is a tail
//! to move in.
//!
//! The constants were chosen on 20 series of real work (tasks, issues and commits of 60 to 830 weeks) and then tried out
//! on 20 others (two teams of a tracker, branches merged into public projects, up to 950 weeks), up to 2, 4 and 8 weeks
//! ahead. There 85 % by plain resampling of 12 weeks held in 82, 76 and 71 % of the counts and 77, 73 and 70 % of the
//! dates; so corrected it held in 85 % of each, and 50 % in 50 % of each. Cut to pieces of 60 weeks: 83 to 86 %, 49 to 52 %.

/// Weeks ahead for which forecasts are tried out and corrected.
pub const HORIZONS: [u32; 3] = [2, 4, 8];
/// Drift of the trials once they are corrected: the log of the rate spreads by this × √weeks.
pub const DRIFT: f64 = 0.25;
/// How far one outcome moves a level, on the logit scale: from 85 % to 84.3 % after a hit, to 88.4 % after a miss.
const STEP: f64 = 0.35;
/// Levels stay between 0.25 % and 99.75 %: beyond, the trials have nothing to say.
const FURTHEST: f64 = 6.0;
/// Outcomes of one's own before a correction is trusted.
const LEAST_OUTCOMES: u32 = 10;

/// What a forecast answers.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, serde::Serialize)]
#[serde(rename_all = "lowercase")]
pub enum Kind {
    /// How many tasks will be finished in the next weeks.
    Count,
    /// When the work that is open now will be done.
    Date,
}

impl Kind {
    pub const BOTH: [Kind; 2] = [Kind::Count, Kind::Date];
}

/// The share of the trials that a forecast must cover in order to hold as often as it promises.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Level {
    promised: f64,
    logit: f64,
}

impl Level {
    /// Taken at its word: 85 % are 85 % of the trials.
    pub fn promising(promised: f64) -> Self {
        Self { promised, logit: libm::log(promised / (1.0 - promised)) }
    }

    /// Another share than the promised one to begin with.
    fn from(self, share: f64) -> Self {
        Self { logit: Self::promising(share).logit, ..self }
    }

    pub fn share(&self) -> f64 {
        1.0 / (1.0 + libm::exp(-self.logit))
    }

    /// Learns from one outcome: 1 for a forecast that held, 0 for one that did not, ½ for a tie.
    pub fn learn(&mut self, held: f64) {
        self.logit = (self.logit + STEP * (self.promised - held)).clamp(-FURTHEST, FURTHEST);
    }
}

/// Both levels of one question at one horizon.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Levels {
    pub p50: Level,
    pub p85: Level,
}

impl Default for Levels {
    fn default() -> Self {
        Self { p50: Level::promising(0.50), p85: Level::promising(0.85) }
    }
}

impl Levels {
    /// Where learning begins. A date holds for the whole day, and the tasks of a week are finished before its
    /// weekend, so that the day by which 42 % of the trials are done is the one that holds half of the time.
    pub fn to_learn(kind: Kind) -> Self {
        let levels = Self::default();
        match kind {
            Kind::Count => levels,
            Kind::Date => Self { p50: levels.p50.from(0.42), ..levels },
        }
    }
}

/// How the trials of one team are to be read.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Calibration {
    /// See [`super::trials::Drift`].
    pub drift: f64,
    /// "When will it be done", by the places of [`HORIZONS`].
    dates: [Levels; 3],
}

impl Calibration {
    /// The trials at their word: plain resampling.
    pub fn plain() -> Self {
        Self::default()
    }

    /// What was learned from `outcomes` known outcomes at the middle horizon; plain where they are too few.
    pub fn learned(dates: [Levels; 3], outcomes: u32) -> Self {
        if outcomes < LEAST_OUTCOMES { Self::plain() } else { Self { drift: DRIFT, dates } }
    }

    /// Shares of the trials that make P50 and P85 of a date `weeks` ahead: of the horizons on both sides, in
    /// proportion to the time between them; below 2 weeks as at 2, beyond 8 as at 8.
    pub fn shares(&self, weeks: f64) -> (f64, f64) {
        let last = HORIZONS.len() - 1;
        let after = HORIZONS.iter().position(|horizon| weeks <= f64::from(*horizon)).unwrap_or(last);
        let before = after.saturating_sub(1);
        let (from, to) = (f64::from(HORIZONS[before]), f64::from(HORIZONS[after]));
        let part = if before == after { 1.0 } else { ((weeks - from) / (to - from)).clamp(0.0, 1.0) };
        let between = |a: Level, b: Level| a.share() + part * (b.share() - a.share());
        let (a, b) = (&self.dates[before], &self.dates[after]);
        let p50 = between(a.p50, b.p50);
        (p50, between(a.p85, b.p85).max(p50))
    }
}

/// The odds of a date that `share` of the trials reach, where `shares` make P50 and P85: straight lines from
/// nothing over 50 % and 85 % to certain, so that odds agree with those two dates.
///
/// Worked example: with P50 at 40 % and P85 at 90 % of the trials, a date that 65 % of them reach has odds of
/// 50 % + 35 % × 25/50 = 67.5 %.
pub fn odds(share: f64, (p50, p85): (f64, f64)) -> f64 {
    let line = |from: (f64, f64), to: (f64, f64)| {
        let run = to.0 - from.0;
        if run > 0.0 { from.1 + (to.1 - from.1) * (share - from.0) / run } else { to.1 }
    };
    if share <= p50 {
        line((0.0, 0.0), (p50, 0.50))
    } else if share <= p85 {
        line((p50, 0.50), (p85, 0.85))
    } else {
        line((p85, 0.85), (1.0, 1.0))
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn a_level_starts_at_its_word_and_learns_from_misses() {
        let mut level = Level::promising(0.85);
        assert!((level.share() - 0.85).abs() < 1e-12);
        level.learn(0.0);
        // logit 0.85 = 1.7346; + 0.35 × 0.85 = 2.0321, which is 88.4 %.
        assert!((level.share() - 0.884_14).abs() < 1e-4);
        level.learn(1.0);
        assert!((level.share() - 0.878_7).abs() < 1e-3);
    }

    #[test]
    fn a_level_holds_as_often_as_it_promises_whatever_the_trials_say() {
        // Trials that are far too sure: outcomes are uniform, the trials think they lie in the lower third.
        let mut level = Level::promising(0.85);
        let mut held = 0.0;
        for n in 0..2000u32 {
            let outcome = f64::from(n.wrapping_mul(2_654_435_761)) / f64::from(u32::MAX);
            let holds = f64::from(u8::from(outcome <= level.share().powi(8)));
            held += holds;
            level.learn(holds);
        }
        assert!((held / 2000.0 - 0.85).abs() < 0.01);
    }

    #[test]
    fn too_few_outcomes_correct_nothing() {
        let mut levels = [Levels::default(); 3];
        levels[1].p85.learn(0.0);
        assert_eq!(Calibration::learned(levels, LEAST_OUTCOMES - 1), Calibration::plain());
        assert_eq!(Calibration::learned(levels, LEAST_OUTCOMES).drift, DRIFT);
    }

    #[test]
    fn shares_lie_between_the_horizons() {
        let mut dates = [Levels::default(); 3];
        dates[1].p85 = Level::promising(0.95);
        let calibration = Calibration { drift: DRIFT, dates };
        let p85 = |weeks| calibration.shares(weeks).1;
        for (weeks, share) in [(1.0, 0.85), (2.0, 0.85), (3.0, 0.90), (4.0, 0.95), (6.0, 0.90), (30.0, 0.85)] {
            assert!((p85(weeks) - share).abs() < 1e-9, "{weeks}");
        }
    }

    #[test]
    fn plain_odds_are_the_share_itself() {
        let shares = Calibration::plain().shares(5.0);
        assert!([0.0, 0.2, 0.5, 0.7, 0.85, 0.9, 1.0].iter().all(|share| (odds(*share, shares) - share).abs() < 1e-9));
        assert!((odds(0.65, (0.40, 0.90)) - 0.675).abs() < 1e-12);
    }

    proptest! {
        #[test]
        fn odds_rise_with_the_share(p50 in 0.0..1.0f64, more in 0.0..1.0f64, a in 0.0..1.0f64, b in 0.0..1.0f64) {
            let shares = (p50, p50 + (1.0 - p50) * more);
            let (low, high) = (a.min(b), a.max(b));
            prop_assert!(odds(low, shares) <= odds(high, shares) + 1e-12);
            prop_assert!((0.0..=1.0 + 1e-12).contains(&odds(high, shares)));
        }
    }
}
