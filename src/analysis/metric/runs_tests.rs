//! The rules on artificial series: how often a stable one is news, and how soon a shift is found.

use super::super::values::Nature;
use super::*;

#[path = "runs_again_tests.rs"]
mod again;

const WEEKS: usize = 170;
/// Weeks before a series has a range.
const FIRST: usize = 14;

const RATE: Nature = Nature {
    by_changes: false,
    resets: false,
    is_count: false,
    recent: 8,
    year: 52,
    floor: None,
    ceiling: None,
    printed: 1e-6,
};

/// A deterministic random generator: a 64-bit linear congruential generator (Knuth).
struct Dice(u64);

impl Dice {
    fn uniform(&mut self) -> f64 {
        self.0 = self.0.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        ((self.0 >> 11) as f64 + 0.5) / (1u64 << 53) as f64
    }

    /// Box–Muller transform.
    fn normal(&mut self) -> f64 {
        (-2.0 * self.uniform().ln()).sqrt() * (2.0 * std::f64::consts::PI * self.uniform()).cos()
    }

    /// Knuth's product of uniforms.
    fn poisson(&mut self, mean: f64) -> f64 {
        let (limit, mut product, mut count) = ((-mean).exp(), self.uniform(), 0.0);
        while product > limit {
            product *= self.uniform();
            count += 1.0;
        }
        count
    }

    fn share(&mut self, of: u32, chance: f64) -> f64 {
        let hits = (0..of).filter(|_| self.uniform() < chance).count();
        100.0 * hits as f64 / f64::from(of)
    }
}

#[derive(Debug, Clone, Copy, PartialEq)]
enum Made {
    Normal,
    Poisson(f64),
    Proportion,
    Lognormal,
    /// First-order autoregression with coefficient 0.5.
    Autoregressive,
    Growth,
    Season,
    Stock,
}

const KINDS: [Made; 11] = [
    Made::Normal,
    Made::Poisson(0.3),
    Made::Poisson(1.0),
    Made::Poisson(2.9),
    Made::Poisson(5.0),
    Made::Proportion,
    Made::Lognormal,
    Made::Autoregressive,
    Made::Growth,
    Made::Season,
    Made::Stock,
];

impl Made {
    /// Returns a series of `weeks`, shifted from week `from` on by `shift` of its own standard deviations.
    fn series(self, dice: &mut Dice, weeks: usize, from: usize, shift: f64) -> Vec<(usize, f64)> {
        let phase = 52.0 * dice.uniform();
        let swing = [0.15, 0.3, 0.45][(3.0 * dice.uniform()) as usize];
        let mut before = dice.normal();
        let mut value = |week: usize| {
            let by = if week >= from { shift } else { 0.0 };
            match self {
                Made::Normal => 100.0 + 10.0 * (dice.normal() + by),
                Made::Poisson(mean) => dice.poisson((mean + by * mean.sqrt()).max(0.0)),
                Made::Proportion => dice.share(250, 0.08 + by * (0.08f64 * 0.92 / 250.0).sqrt()),
                Made::Lognormal => {
                    let sigma = 0.4f64;
                    let spread = ((sigma * sigma).exp_m1() * (sigma * sigma).exp()).sqrt();
                    100.0 * ((sigma * dice.normal()).exp() + by * spread)
                }
                Made::Autoregressive => {
                    before = 0.5 * before + 0.75f64.sqrt() * dice.normal();
                    100.0 + 10.0 * (before + by)
                }
                Made::Growth => 200.0 * (0.01 * week as f64).exp() * (1.0 + 0.06 * (dice.normal() + by)),
                Made::Season => {
                    let angle = 2.0 * std::f64::consts::PI * (week as f64 + phase) / 52.0;
                    200.0 * (1.0 + swing * angle.sin()) * (1.0 + 0.08 * (dice.normal() + by))
                }
                Made::Stock => {
                    before += 5.0 * dice.normal();
                    500.0 + before
                }
            }
        };
        (0..weeks).map(|week| (week, value(week))).collect()
    }

    fn nature(self) -> Nature {
        Nature { by_changes: self == Made::Stock, is_count: matches!(self, Made::Poisson(_)), ..RATE }
    }
}

/// Returns the share of the weeks of stable series that have news: the first two of each signal. Weeks before `first`
/// do not count.
fn news_of(count: usize, first: usize, nature: &Nature, mut stable: impl FnMut() -> Vec<(usize, f64)>) -> f64 {
    let (mut news, mut weeks) = (0, 0);
    for _ in 0..count {
        let values = stable();
        let mut first_found: Vec<(usize, bool)> = Vec::new();
        for end in (first + PERIODS.min(WEEKS - first)..=WEEKS).step_by(PERIODS).chain([WEEKS]) {
            first_found
                .extend(walk(&values[..end], 0, None, nature).held.iter().map(|held| (held.first_found, held.above)));
        }
        first_found.sort_unstable();
        first_found.dedup();
        news += 2 * first_found.iter().filter(|(week, _)| *week >= first).count();
        weeks += WEEKS - first;
    }
    news as f64 / weeks as f64
}

/// Returns the share of shifts that a signal on their side finds within eight weeks. `shifted` makes a series with a
/// shift from the given week on, eight weeks before its end.
fn found_share(
    count: usize,
    dice: &mut Dice,
    (nature, above): (&Nature, bool),
    mut shifted: impl FnMut(&mut Dice, usize) -> Vec<(usize, f64)>,
) -> f64 {
    let mut first_found = 0;
    for _ in 0..count {
        let from = 110 + (20.0 * dice.uniform()) as usize;
        let values = shifted(dice, from);
        let found = walk(&values, 0, None, nature).held;
        first_found += usize::from(found.iter().any(|held| held.at >= from && held.above == above));
    }
    first_found as f64 / count as f64
}

fn false_news(kind: Made, series: usize) -> f64 {
    let mut dice = Dice(20_261_130);
    // A season is unknown until it has occurred twice.
    let first = if kind == Made::Season { 110 } else { FIRST };
    news_of(series, first, &kind.nature(), || kind.series(&mut dice, WEEKS, WEEKS, 0.0))
}

fn found_within_eight(kind: Made, shift: f64, series: usize) -> f64 {
    let as_known = (&kind.nature(), shift > 0.0);
    found_share(series, &mut Dice(7_041_776), as_known, |dice, from| kind.series(dice, from + 8, from, shift))
}

#[test]
fn stable_series_are_rarely_news() {
    // 40 series of each kind, 156 weeks each: more than 6,000 metric-weeks for each kind (2,400 for seasons).
    let shares: Vec<(Made, f64)> = KINDS.iter().map(|kind| (*kind, false_news(*kind, 40))).collect();
    let mean = shares.iter().map(|(_, share)| share).sum::<f64>() / shares.len() as f64;
    assert!(mean <= 0.02, "{mean:.4} on the mean: {shares:.4?}");
    for (kind, share) in &shares {
        assert!(*share <= 0.05, "{kind:?}: {share:.4}");
    }
}

#[test]
fn shifts_are_found_within_eight_weeks() {
    let kinds = KINDS.iter().filter(|kind| **kind != Made::Stock);
    for (shift, goal) in [(1.5, 0.80), (2.0, 0.95)] {
        let shares: Vec<(Made, f64)> =
            kinds.clone().map(|kind| (*kind, found_within_eight(*kind, shift, 120))).collect();
        let mean = shares.iter().map(|(_, share)| share).sum::<f64>() / shares.len() as f64;
        assert!(mean >= goal, "{shift} σ: {mean:.3} on the mean: {shares:.3?}");
    }
}

#[test]
fn weeks_outside_are_counted_by_the_range_of_their_time() {
    let mut dice = Dice(515);
    for kind in [Made::Growth, Made::Normal, Made::Stock] {
        let values = kind.series(&mut dice, 130, 118, -4.0);
        let told: Vec<usize> = (100..values.len())
            .filter(|end| {
                let is_outside = |held: &Held| held.at == *end && held.rule == Rule::OutsideLimit && !held.above;
                walk(&values[..=*end], 0, None, &kind.nature()).held.iter().any(is_outside)
            })
            .collect();
        let found = walk(&values, 0, None, &kind.nature()).held;
        let of_rule = |held: &&Held| held.at >= 100 && held.rule == Rule::OutsideLimit && !held.above;
        for held in found.iter().filter(of_rule) {
            assert!((held.since..=held.at).all(|at| at < 100 || told.contains(&at)), "{kind:?}: {held:?}, {told:?}");
        }
    }
}
