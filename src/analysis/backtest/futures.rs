//! Simulates a thousand futures of one flow of work: by the forecast's own model, and by the two simple methods that it
//! is compared with.

use chrono::{Days, NaiveDate};

use super::Kind;
use crate::analysis::forecast::rate::Rate;
use crate::analysis::forecast::trials::{
    self, DoneAfter, LAST_WEEK, Stream, WeekDraws, luck, quantile, standing_still,
};
use crate::analysis::forecast::workweek::WorkWeek;

/// Trials of each forecast; their noise is small compared with that of a single outcome.
const TRIALS: usize = 1_000;

/// The coming weeks, drawn for every trial.
pub(super) trait Future {
    /// Prepares a week, counted from 0.
    fn turn_to(&mut self, week: usize);
    /// Returns the tasks finished in the week in a trial.
    fn tasks(&self, trial: usize) -> f64;
    /// Returns the day of the week, from 1, on which `needed` of its `tasks` are finished.
    fn day(&self, needed: f64, tasks: f64) -> usize;
}

/// The forecast's own model ([`crate::analysis::forecast`]).
pub(super) struct Modelled {
    rate: Rate,
    team: WorkWeek,
    on: NaiveDate,
    still: Vec<u16>,
    week: usize,
    draws: WeekDraws,
    luck: Vec<u8>,
    done_by: [f64; 7],
}

impl Modelled {
    pub(crate) fn new(rate: Rate, team: WorkWeek, on: NaiveDate) -> Self {
        let (still, draws) = (standing_still(&rate, TRIALS), WeekDraws::default());
        Self { rate, team, on, still, week: 0, draws, luck: Vec::new(), done_by: [0.0; 7] }
    }
}

impl Future for Modelled {
    fn turn_to(&mut self, week: usize) {
        let before = self.on + Days::new(7 * week as u64);
        let mut done = 0.0;
        for (days, done_by) in (1..).zip(&mut self.done_by) {
            done += self.team.of(before + Days::new(days));
            *done_by = done;
        }
        if done > 0.0 {
            self.done_by.iter_mut().for_each(|share| *share /= done);
        }
        self.draws.prepare(&self.rate, done, week);
        (self.week, self.luck) = (week, luck(Stream::Finished, week, TRIALS));
    }

    fn tasks(&self, trial: usize) -> f64 {
        if self.week < usize::from(self.still[trial]) { 0.0 } else { self.draws.of(trial, self.luck[trial]) }
    }

    fn day(&self, needed: f64, tasks: f64) -> usize {
        let share = needed / (tasks + 1.0);
        self.done_by.iter().position(|done| *done >= share).unwrap_or(6) + 1
    }
}

/// Weeks drawn from a list, each equally likely.
pub(super) struct Drawn {
    weeks: Vec<f64>,
    luck: Vec<u8>,
}

impl Drawn {
    /// Plain resampling: draws from the past weeks themselves.
    pub(crate) fn resampled(past: &[f64]) -> Self {
        Self { weeks: past.to_vec(), luck: Vec::new() }
    }

    /// A negative binomial with the mean and variance of the past weeks; Poisson if the variance is smaller than the
    /// mean.
    pub(crate) fn negative_binomial(past: &[f64]) -> Self {
        let mean = past.iter().sum::<f64>() / past.len() as f64;
        let squares: f64 = past.iter().map(|tasks| (tasks - mean).powi(2)).sum();
        let variance = squares / (past.len() as f64 - 1.0).max(1.0);
        let weeks = trials::week_quantiles(mean, (variance / mean.max(1e-9)).max(1.0));
        Self { weeks: weeks.into_iter().map(f64::from).collect(), luck: Vec::new() }
    }
}

impl Future for Drawn {
    fn turn_to(&mut self, week: usize) {
        self.luck = luck(Stream::Finished, week, TRIALS);
    }

    fn tasks(&self, trial: usize) -> f64 {
        self.weeks[usize::from(self.luck[trial]) * self.weeks.len() / 256]
    }

    /// Assumes that work is spread evenly over the seven days.
    fn day(&self, needed: f64, tasks: f64) -> usize {
        ((7.0 * needed / tasks).ceil() as usize).clamp(1, 7)
    }
}

/// P50 and P85 of one question: tasks, or days from now.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(super) struct Levels {
    pub p50: u64,
    pub p85: u64,
}

impl Levels {
    /// Returns the pinball loss of both together (Koenker & Bassett 1978): half of the miss at P50; at P85, 0.85 of a
    /// miss on the side that it promises to avoid, and 0.15 of a miss on the other.
    ///
    /// Worked example: P50 10 and P85 6 tasks, actual 4: ½ × 6 + 0.85 × 2 = 4.7.
    pub(crate) fn loss(&self, kind: Kind, actual: u64) -> f64 {
        let missed = |promised: u64, level: f64| {
            let short = match kind {
                Kind::Count => promised as f64 - actual as f64,
                Kind::Date => actual as f64 - promised as f64,
            };
            if short > 0.0 { level * short } else { (level - 1.0) * short }
        };
        missed(self.p50, 0.5) + missed(self.p85, 0.85)
    }
}

/// The answers of one method, by horizon.
pub(super) struct Answers {
    counts: Vec<Levels>,
    dates: Vec<Levels>,
}

impl Answers {
    pub(crate) fn of(future: &mut dyn Future, horizons: &[u32], batches: &[usize]) -> Self {
        let mut finished = vec![0.0; TRIALS];
        let mut batch_of = vec![0; TRIALS];
        let mut done_after: Vec<DoneAfter> = batches.iter().map(|_| DoneAfter::of(TRIALS)).collect();
        let mut counts = Vec::with_capacity(horizons.len());
        for week in 0..LAST_WEEK {
            future.turn_to(week);
            for trial in 0..TRIALS {
                let tasks = future.tasks(trial);
                // Batches grow with their horizons, so only the next one can be finished.
                while let Some(batch) = batches.get(batch_of[trial]).map(|batch| *batch as f64)
                    && finished[trial] + tasks >= batch
                {
                    let day = if batch > finished[trial] { future.day(batch - finished[trial], tasks) } else { 1 };
                    done_after[batch_of[trial]].add(7 * week + day);
                    batch_of[trial] += 1;
                }
                finished[trial] += tasks;
            }
            if horizons.get(counts.len()).is_some_and(|weeks| week + 1 == *weeks as usize) {
                counts.push(count(&finished));
            }
            if counts.len() == horizons.len() && batch_of.iter().all(|batch| *batch == batches.len()) {
                break;
            }
        }
        Self { counts, dates: done_after.iter().map(date).collect() }
    }

    pub(crate) fn of_kind(&self, kind: Kind) -> &[Levels] {
        match kind {
            Kind::Count => &self.counts,
            Kind::Date => &self.dates,
        }
    }
}

/// P50 is the number for which the share of trials with fewer tasks, plus half of those with as many, is nearest to a
/// half; P85 is the largest number that 85 % of the trials reach.
fn count(finished: &[f64]) -> Levels {
    let mut sorted = finished.to_vec();
    sorted.sort_unstable_by(f64::total_cmp);
    let middle = quantile(&sorted, 0.5);
    let below = |tasks: f64| sorted.partition_point(|finished| *finished < tasks) as f64;
    let off = |tasks: &f64| ((below(*tasks) + below(*tasks + 1.0)) / sorted.len() as f64 - 1.0).abs();
    let nearest = [middle, middle + 1.0, (middle - 1.0).max(0.0)];
    let p50 = nearest.into_iter().min_by(|a, b| off(a).total_cmp(&off(b))).unwrap_or(middle);
    Levels { p50: p50 as u64, p85: quantile(&sorted, 0.15).min(p50) as u64 }
}

fn date(after: &DoneAfter) -> Levels {
    let two_years = 7 * LAST_WEEK as u64;
    let p50 = after.quantile(0.5).unwrap_or(two_years);
    Levels { p50, p85: after.quantile(0.85).unwrap_or(two_years).max(p50) }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_broken_promise_has_a_larger_loss() {
        let counts = Levels { p50: 10, p85: 6 };
        assert!((counts.loss(Kind::Count, 4) - 4.7).abs() < 1e-12);
        // 14 tasks: ½ × 4 + 0.15 × 8.
        assert!((counts.loss(Kind::Count, 14) - 3.2).abs() < 1e-12);
        // A date that is 4 days after P50 and 2 before P85: ½ × 4 + 0.15 × 2.
        assert!((Levels { p50: 10, p85: 16 }.loss(Kind::Date, 14) - 2.3).abs() < 1e-12);
    }

    #[test]
    fn plain_resampling_repeats_the_past_weeks() {
        let answers = Answers::of(&mut Drawn::resampled(&[4.0; 12]), &[2, 4], &[8, 10]);
        assert_eq!(answers.counts, [Levels { p50: 8, p85: 8 }, Levels { p50: 16, p85: 16 }]);
        // 8 tasks take two weeks; 10 two and a half, 17.5 days.
        assert_eq!(answers.dates, [Levels { p50: 14, p85: 14 }, Levels { p50: 18, p85: 18 }]);
    }

    #[test]
    fn the_median_of_few_tasks_is_the_nearest() {
        // None in 60 %, one in 30 %, two in 10 %: counting half of the ties, the share for none is 0.2 from a half, for
        // one 0.25.
        let few: Vec<f64> = [0.0; 6].into_iter().chain([1.0; 3]).chain([2.0]).collect();
        assert_eq!(count(&few), Levels { p50: 0, p85: 0 });
    }
}
