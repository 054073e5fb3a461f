//! Validates the rules on series that were not used to choose the thresholds of [`super::super::judge`]: other
//! generators, parameters and seeds.

use rand_core::Rng as _;
use rand_pcg::Pcg32;

use super::super::super::values::Nature;
use super::{Dice, FIRST, RATE, WEEKS, found_share, news_of};

/// Number of series of each kind for each seed; each has 156 weeks (a season 60).
const SERIES: usize = 20;
/// Three sets of series; in a single one a share has a standard error of a tenth of a point.
const SEEDS: [u64; 3] = [0x5eed_0002, 0x5eed_0003, 0x5eed_0004];
const SHIFTED: usize = 100;

struct Chance(Pcg32);

impl Chance {
    fn uniform(&mut self) -> f64 {
        (f64::from(self.0.next_u32()) + 0.5) / 4_294_967_296.0
    }

    /// Marsaglia's polar method.
    fn normal(&mut self) -> f64 {
        loop {
            let (x, y) = (2.0 * self.uniform() - 1.0, 2.0 * self.uniform() - 1.0);
            let square = x * x + y * y;
            if square < 1.0 {
                return x * (-2.0 * square.ln() / square).sqrt();
            }
        }
    }

    /// Inverts its cumulative distribution.
    fn poisson(&mut self, mean: f64) -> f64 {
        let (share, mut count, mut chance) = (self.uniform(), 0.0, (-mean).exp());
        let mut sum = chance;
        while sum < share && count < 1_000.0 {
            count += 1.0;
            chance *= mean / count;
            sum += chance;
        }
        count
    }
}

#[derive(Debug, Clone, Copy, PartialEq)]
enum Other {
    Normal,
    /// Whole numbers that are not small counts.
    Rounded,
    Poisson(f64),
    /// A percentage of this many cases, each of which occurs with this chance.
    Proportion(u32, f64),
    /// With this standard deviation of the logs.
    Lognormal(f64),
    Autoregressive,
    Growth,
    Season,
    Walk,
}

const KINDS: [Other; 13] = [
    Other::Normal,
    Other::Rounded,
    Other::Poisson(0.4),
    Other::Poisson(1.5),
    Other::Poisson(2.5),
    Other::Poisson(4.5),
    Other::Proportion(120, 0.15),
    Other::Proportion(60, 0.03),
    Other::Lognormal(0.5),
    Other::Autoregressive,
    Other::Growth,
    Other::Season,
    Other::Walk,
];

impl Other {
    fn series(self, chance: &mut Chance, weeks: usize, from: usize, shift: f64) -> Vec<(usize, f64)> {
        let (growth, swing) = (0.004 + 0.012 * chance.uniform(), 0.2 + 0.3 * chance.uniform());
        let phase = 52.0 * chance.uniform();
        let (mut before, mut level) = (chance.normal(), 1_000.0);
        let mut value = |week: usize| {
            let by = if week >= from { shift } else { 0.0 };
            match self {
                Other::Normal => 50.0 + 4.0 * (chance.normal() + by),
                Other::Rounded => (40.0 + 6.0 * (chance.normal() + by)).round(),
                Other::Poisson(mean) => chance.poisson((mean + by * mean.sqrt()).max(0.0)),
                Other::Proportion(of, share) => {
                    let share = share + by * (share * (1.0 - share) / f64::from(of)).sqrt();
                    let hits = (0..of).filter(|_| chance.uniform() < share).count();
                    100.0 * hits as f64 / f64::from(of)
                }
                Other::Lognormal(sigma) => {
                    let spread = ((sigma * sigma).exp_m1() * (sigma * sigma).exp()).sqrt();
                    20.0 * ((sigma * chance.normal()).exp() + by * spread)
                }
                Other::Autoregressive => {
                    before = 0.5 * before + 0.75f64.sqrt() * chance.normal();
                    30.0 + 3.0 * (before + by)
                }
                Other::Growth => 300.0 * (growth * week as f64).exp() * (1.0 + 0.07 * (chance.normal() + by)),
                Other::Season => {
                    let angle = 2.0 * std::f64::consts::PI * (week as f64 + phase) / 52.0;
                    150.0 * (1.0 + swing * angle.sin()) * (1.0 + 0.07 * (chance.normal() + by))
                }
                Other::Walk => {
                    level += 8.0 * chance.normal();
                    level
                }
            }
        };
        (0..weeks).map(|week| (week, value(week))).collect()
    }

    fn nature(self) -> Nature {
        let is_share = matches!(self, Other::Proportion(..));
        Nature {
            by_changes: self == Other::Walk,
            is_count: matches!(self, Other::Poisson(_)),
            floor: is_share.then_some(0.0),
            ceiling: is_share.then_some(100.0),
            ..RATE
        }
    }
}

/// Returns each kind with a random generator.
fn kinds(seed: u64) -> impl Iterator<Item = (Other, Chance)> {
    KINDS.into_iter().zip(0..).map(move |(kind, stream)| (kind, Chance(Pcg32::new(seed, stream))))
}

#[test]
fn other_stable_series_are_rarely_news() {
    let share = |(kind, mut chance): (Other, Chance)| {
        let first = if kind == Other::Season { 110 } else { FIRST };
        news_of(SERIES, first, &kind.nature(), || kind.series(&mut chance, WEEKS, WEEKS, 0.0))
    };
    let sets: Vec<Vec<f64>> = SEEDS.iter().map(|seed| kinds(*seed).map(share).collect()).collect();
    let of_kind = |at: usize| sets.iter().map(|set| set[at]).sum::<f64>() / sets.len() as f64;
    let shares: Vec<(Other, f64)> = KINDS.into_iter().enumerate().map(|(at, kind)| (kind, of_kind(at))).collect();
    let mean = shares.iter().map(|(_, share)| share).sum::<f64>() / shares.len() as f64;
    assert!(mean <= 0.02, "{mean:.4} on the mean: {shares:.4?}");
    assert!(shares.iter().all(|(_, share)| *share <= 0.05), "{shares:.4?}");
}

#[test]
fn other_shifts_are_found_within_eight_weeks() {
    for (shift, goal) in [(1.5, 0.80), (2.0, 0.95)] {
        let share = |(kind, mut chance): (Other, Chance)| {
            let series = |_: &mut Dice, from: usize| kind.series(&mut chance, from + 8, from, shift);
            (kind, found_share(SHIFTED, &mut Dice(1_913), (&kind.nature(), true), series))
        };
        let shares: Vec<(Other, f64)> = kinds(SEEDS[0]).filter(|(kind, _)| *kind != Other::Walk).map(share).collect();
        let mean = shares.iter().map(|(_, share)| share).sum::<f64>() / shares.len() as f64;
        assert!(mean >= goal, "{shift} σ: {mean:.3} on the mean: {shares:.3?}");
    }
}
