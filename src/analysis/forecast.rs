//! When milestones will be done: Monte Carlo over past throughput. [`super::analyse`] asks for the [`Outlook`] of
//! every objective at once, because a trial lives through the same weeks for all of them.
//!
//! Source: Magennis, focusedobjective.com; Vacanti, *Actionable Agile Metrics for Predictability* (2015).

use chrono::{Days, NaiveDate, Weekday};

use super::calendar;
use super::calibrate::{self, Calibration};
use super::trials::{DoneAfter, LAST_WEEK, RateDrift, TrialRng, quantile};
use super::{Forecast, ForecastMethod};

/// Runs of the future.
const TRIALS: usize = 10_000;
/// Bands are drawn from the first of them: a line two points wide shows no more.
const BAND_TRIALS: usize = 2_000;
/// Closed weeks that are resampled.
pub(super) const SAMPLED_WEEKS: usize = 12;
/// With fewer closed weeks there is nothing to resample: pace.
pub(super) const LEAST_WEEKS: usize = 4;
/// No date is forecast further away than this: ten years of pace.
const FURTHEST_DAYS: f64 = 3653.0;

/// What the forecast must know of one objective. Work is counted in one unit throughout: tasks, or estimate points.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Workload {
    /// In agreed order: a milestone waits for all before it.
    pub milestones: Vec<Remaining>,
    /// Day and size of each task finished by as-of; throughput is counted from these.
    pub finished: Vec<(NaiveDate, f64)>,
    /// All work done, finished on a known day or not; bands start here.
    pub done: f64,
    /// When its first task was started; None: when its first was finished.
    pub started: Option<NaiveDate>,
    /// The scope is agreed; without it a forecast is of known tasks only.
    pub scope_agreed: bool,
}

/// The open work of one milestone.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Remaining {
    pub open: f64,
    /// The date that its odds are asked for.
    pub agreed: Option<NaiveDate>,
    /// Day and size of each task that was added to it since its scope was agreed.
    pub added: Vec<(NaiveDate, f64)>,
}

/// The forecast of one objective.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Outlook {
    /// One a milestone, in the order of [`Workload::milestones`]; None: nothing open, or nothing to go by.
    pub milestones: Vec<Option<Forecast>>,
    /// From as-of on, week by week: date, then work done at 85 %, 50 % and 15 % of the trials.
    pub band: Vec<(NaiveDate, f64, f64, f64)>,
}

/// Forecasts all objectives of a team at `as_of`; bands reach to `until`.
///
/// Weeks of the last 12 closed ones are drawn with equal chance, zeros included, the same for all objectives of a
/// trial; an objective that began later draws among its own. Week *j* of a trial spans the days as-of + 7(j−1) + 1 to
/// as-of + 7j, and a milestone that needs the share *f* of its throughput is done ⌈7(j−1+f)⌉ days after as-of.
///
/// `calibration` says how much the rate departs from the past in the trials and which shares of them make P50 and P85;
/// without a track record of the team's own it is plain.
pub fn outlook(
    objectives: &[Workload],
    calibration: &Calibration,
    week_ends: Weekday,
    as_of: NaiveDate,
    until: NaiveDate,
) -> Vec<Outlook> {
    let band_weeks = ((until - as_of).num_days().max(0) as usize).div_ceil(7).min(LAST_WEEK);
    let pasts: Vec<Past> = objectives.iter().map(|work| Past::of(work, week_ends, as_of)).collect();
    let mut runs: Vec<Run> =
        objectives.iter().zip(&pasts).map(|(work, past)| Run::new(work, past, band_weeks)).collect();
    let longest = pasts.iter().map(|past| past.throughput.len()).max().unwrap_or(0);
    let living: Vec<&mut Run> = runs.iter_mut().filter(|run| run.past.can_be_resampled).collect();
    if !living.is_empty() {
        live(living, &RateDrift::new(calibration.drift), longest, band_weeks);
    }
    runs.into_iter().map(|run| run.outlook(calibration, as_of, until)).collect()
}

/// Runs all trials. `longest` is the most past weeks that one of the objectives has.
fn live(mut runs: Vec<&mut Run>, drift: &RateDrift, longest: usize, band_weeks: usize) {
    let (mut rng, mut models) = (TrialRng::fixed(), (0..longest).collect::<Vec<usize>>());
    for trial in 0..TRIALS {
        runs.iter_mut().for_each(|run| run.begin());
        drift.draw_models(&mut rng, &mut models);
        let banded = if trial < BAND_TRIALS { band_weeks } else { 0 };
        for (week, factor) in drift.of(trial).iter().enumerate() {
            let is_banded = week < banded;
            if !is_banded && runs.iter().all(|run| run.is_done()) {
                break;
            }
            let shared = models[rng.below(longest)];
            for run in runs.iter_mut().filter(|run| is_banded || !run.is_done()) {
                let own = run.past.throughput.len();
                run.live(week, if shared < own { shared } else { rng.below(own) }, *factor);
                if is_banded {
                    run.add_to_band(week);
                }
            }
        }
    }
}

/// Where no tasks tell: `progress` (0 to 1) made since `start`, carried on at the same rate.
///
/// Half done in 30 days leaves 30 more. None before anything is done, and when all is.
pub fn pace(progress: f64, start: NaiveDate, as_of: NaiveDate) -> Option<Forecast> {
    let elapsed = (as_of - start).num_days();
    if elapsed <= 0 || progress <= 0.0 || progress >= 1.0 {
        return None;
    }
    let left = elapsed as f64 * (1.0 - progress) / progress;
    by_pace(left, as_of, (elapsed / 7) as u32)
}

fn by_pace(days: f64, as_of: NaiveDate, weeks: u32) -> Option<Forecast> {
    (0.0..=FURTHEST_DAYS).contains(&days).then(|| Forecast {
        p50: as_of + Days::new(days.ceil() as u64),
        p85: None,
        odds: None,
        method: ForecastMethod::Pace,
        weeks,
        known_tasks_only: false,
        grows: false,
    })
}

/// What an objective's past weeks offer to a trial.
#[derive(Default)]
struct Past {
    /// Closed weeks since its first task was started.
    weeks: usize,
    /// Work a week since then, over closed weeks and the days of the open one.
    rate: f64,
    /// Of the last closed weeks, newest first: work finished.
    throughput: Vec<f64>,
    /// By the same weeks, and in each by milestone: work added to it and to those before it.
    added: Vec<f64>,
    grows: bool,
    /// There are weeks enough to draw from, and work was finished in one of them.
    can_be_resampled: bool,
}

impl Past {
    fn of(work: &Workload, week_ends: Weekday, as_of: NaiveDate) -> Self {
        let first_finished = work.finished.iter().map(|(date, _)| *date).min();
        let Some(started) = work.started.into_iter().chain(first_finished).min().filter(|date| *date <= as_of) else {
            return Self::default();
        };
        let closed = calendar::closed_weeks(started, as_of, week_ends);
        let newest = calendar::last_closing(as_of, week_ends);
        let sampled = closed.len().min(SAMPLED_WEEKS);
        let by_week = |rows: &[(NaiveDate, f64)]| {
            let mut weeks = vec![0.0; sampled];
            for (date, size) in rows.iter().filter(|(date, _)| *date <= newest) {
                if let Some(week) = weeks.get_mut(((newest - *date).num_days() / 7) as usize) {
                    *week += size;
                }
            }
            weeks
        };
        let done: f64 = work.finished.iter().filter(|(date, _)| *date <= as_of).map(|(_, size)| size).sum();
        let throughput = by_week(&work.finished);
        let added: Vec<Vec<f64>> = work.milestones.iter().map(|milestone| by_week(&milestone.added)).collect();
        let up_to_each = |week: usize| {
            added.iter().scan(0.0, move |sum, weeks| {
                *sum += weeks[week];
                Some(*sum)
            })
        };
        Self {
            weeks: closed.len(),
            rate: done * 7.0 / ((as_of - started).num_days() + 1) as f64,
            can_be_resampled: closed.len() >= LEAST_WEEKS && throughput.iter().any(|work| *work > 0.0),
            grows: work.scope_agreed && keeps_growing(&added),
            added: (0..sampled).flat_map(up_to_each).collect(),
            throughput,
        }
    }
}

/// Whether work was added in at least three of the sampled weeks, one of them among the last four.
fn keeps_growing(added: &[Vec<f64>]) -> bool {
    let any = |week: usize| added.iter().any(|weeks| weeks.get(week).is_some_and(|size| *size > 0.0));
    (0..SAMPLED_WEEKS).filter(|week| any(*week)).count() >= 3 && (0..4).any(any)
}

/// One objective in the trials: where it stands in the present one, and what all of them came to.
struct Run<'a> {
    work: &'a Workload,
    past: &'a Past,
    /// Work to be finished until each milestone is done, as of as-of.
    open: Vec<f64>,
    /// The same in the present trial: it grows where scope does.
    needs: Vec<f64>,
    finished: f64,
    /// The first milestone that is still open in this trial, and what it needs; without end where none is.
    next: usize,
    need: f64,
    /// When each milestone was done.
    done_after: Vec<DoneAfter>,
    /// A week of the band: work finished by its end, one a trial of the first [`BAND_TRIALS`].
    finished_by: Vec<Vec<f64>>,
}

impl<'a> Run<'a> {
    fn new(work: &'a Workload, past: &'a Past, band_weeks: usize) -> Self {
        let up_to_each = |sum: &mut f64, milestone: &Remaining| {
            *sum += milestone.open;
            Some(*sum)
        };
        let open: Vec<f64> = work.milestones.iter().scan(0.0, up_to_each).collect();
        Self {
            work,
            past,
            needs: open.clone(),
            open,
            finished: 0.0,
            next: 0,
            need: 0.0,
            done_after: work.milestones.iter().map(|_| DoneAfter::of(TRIALS)).collect(),
            finished_by: (0..band_weeks).map(|_| Vec::with_capacity(BAND_TRIALS)).collect(),
        }
    }

    /// Back to as-of.
    fn begin(&mut self) {
        if self.past.grows {
            self.needs.copy_from_slice(&self.open);
        }
        self.finished = 0.0;
        self.turn_to(self.open.iter().take_while(|need| **need <= 0.0).count());
    }

    fn turn_to(&mut self, next: usize) {
        self.next = next;
        self.need = self.needs.get(next).copied().unwrap_or(f64::INFINITY);
    }

    fn is_done(&self) -> bool {
        self.need == f64::INFINITY
    }

    /// Lives through week `week` of the future as through week `drawn` of the past, at `factor` times its rate.
    fn live(&mut self, week: usize, drawn: usize, factor: f64) {
        let throughput = self.past.throughput[drawn] * factor;
        if self.past.grows && !self.is_done() {
            let added = self.past.added.get(drawn * self.needs.len()..).unwrap_or_default();
            for (need, added) in self.needs.iter_mut().zip(added).skip(self.next) {
                *need += added;
            }
            self.turn_to(self.next);
        }
        let before = self.finished;
        self.finished += throughput;
        while self.finished >= self.need {
            let share = ((self.need - before) / throughput).clamp(0.0, 1.0);
            self.done_after[self.next].add(week as f64 + share);
            self.turn_to(self.next + 1);
        }
    }

    fn add_to_band(&mut self, week: usize) {
        self.finished_by[week].push(self.finished.min(self.needs.last().copied().unwrap_or(0.0)));
    }

    fn outlook(mut self, calibration: &Calibration, as_of: NaiveDate, until: NaiveDate) -> Outlook {
        let mut open = 0.0;
        let mut milestones = Vec::with_capacity(self.work.milestones.len());
        for (milestone, after) in self.work.milestones.iter().zip(&self.done_after) {
            open += milestone.open;
            let forecast = || {
                let simulated = simulated(after, milestone.agreed, calibration, self.work, self.past, as_of);
                simulated.or_else(|| at_rate(open, self.work, self.past, as_of))
            };
            milestones.push((milestone.open > 0.0).then(forecast).flatten());
        }
        let mut band = Vec::with_capacity(self.finished_by.len());
        let mut before = (as_of, [self.work.done; 3]);
        for (week, finished) in self.finished_by.iter_mut().enumerate().filter(|(_, finished)| !finished.is_empty()) {
            finished.sort_unstable_by(f64::total_cmp);
            let ending = as_of + Days::new(7 * (week as u64 + 1));
            let (p50, p85) = calibration.shares(week as f64 + 1.0);
            let mut done = [1.0 - p85, 1.0 - p50, 0.85].map(|share| self.work.done + quantile(finished, share));
            // A last week that the quarter cuts short is done in proportion.
            let part = ((until - before.0).num_days() as f64 / 7.0).min(1.0);
            done.iter_mut().zip(before.1).for_each(|(done, before)| *done = before + part * (*done - before));
            before = (ending.min(until), done);
            band.push((before.0, done[0], done[1], done[2]));
        }
        Outlook { milestones, band }
    }
}

/// None where fewer than half of the trials got there within two years, or there were none.
fn simulated(
    after: &DoneAfter,
    agreed: Option<NaiveDate>,
    calibration: &Calibration,
    work: &Workload,
    past: &Past,
    as_of: NaiveDate,
) -> Option<Forecast> {
    let shares = calibration.shares(after.quantile(0.50)? as f64 / 7.0);
    let by = |share| after.quantile(share).map(|days| as_of + Days::new(days));
    let (p50, p85) = (by(shares.0)?, by(shares.1));
    let odds = |agreed: NaiveDate| calibrate::odds(after.share_by((agreed - as_of).num_days()), shares);
    Some(Forecast {
        p50,
        p85,
        odds: agreed.map(odds),
        method: ForecastMethod::MonteCarlo,
        weeks: past.throughput.len() as u32,
        known_tasks_only: !work.scope_agreed,
        grows: past.grows,
    })
}

/// The rate since the first task was started, carried on over the known tasks.
fn at_rate(open: f64, work: &Workload, past: &Past, as_of: NaiveDate) -> Option<Forecast> {
    let forecast = by_pace(7.0 * open / past.rate, as_of, past.weeks as u32)?;
    Some(Forecast { known_tasks_only: !work.scope_agreed || past.grows, ..forecast })
}

#[cfg(test)]
mod tests;
