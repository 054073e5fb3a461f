//! Forecasts the day on which each milestone is done. [`super::analyse`] asks for the [`Outlook`] of all objectives at
//! once.
//!
//! # How a date comes about
//!
//! 1. **Past** ([`rate`], [`workweek`]): the work finished in each week since an objective began, by the working time
//!    of the week that the data reach, gives a rate, how sure it is, and how uneven weeks are. An objective begins a
//!    median cycle time before its first finished task; days off are no working time.
//! 2. **Trials** ([`trials`], [`simulate`]): 10,000 futures, week by week. In each a rate is drawn, then the work of
//!    each week. Finished tasks go to the earliest agreed milestone, or to any open one, as often as the past shows.
//!    What is added to a growing scope is drawn too. Where an objective is done, those that share its people go on
//!    with them.
//! 3. **Answer**: P50 is the day by which half of the trials are done, P85 85 %, the odds of an agreed date the share
//!    that is done by the close of its week.
//!
//! With fewer than four full weeks there is no distribution: the pace so far is carried on, a date without odds.
//!
//! Sources: Magennis, focusedobjective.com; Vacanti, *Actionable Agile Metrics for Predictability* (2015). [`rate`]
//! names the sources of its model.

pub(crate) mod rate;
mod simulate;
pub mod trials;
mod views;
mod workload;
pub(crate) mod workweek;

use chrono::{Days, NaiveDate, Weekday};

use super::calendar;
use super::{Forecast, ForecastMethod};
use rate::{Rate, Week};
use simulate::Run;
use trials::{DoneAfter, P50, P85};
pub use workload::{Asked, Gift, Remaining, Workload};
use workweek::WorkWeek;

/// Full weeks of history that the trials need. With fewer the forecast carries on the pace so far.
pub const MIN_FULL_WEEKS: usize = 4;
/// Number of recent weeks in which [`keeps_growing`] looks for added work.
const GROWTH_WEEKS: u64 = 12;
/// Longest time for which a pace is carried on, in days: two quarters.
pub(super) const MAX_PACE_DAYS: f64 = 183.0;
/// Minimum number of finished tasks for a pace or a rate: two tasks show neither, however long ago the first was.
const MIN_FINISHED: f64 = 5.0;

/// The forecast of one objective.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Outlook {
    /// One for each milestone, in the order of [`Workload::milestones`]. None: the milestone is done, its past does not
    /// suffice for a date, or its forecast was not asked for.
    pub milestones: Vec<Option<Forecast>>,
    /// For each week from now on: its last day, then the work done by then in 85 %, 50 % and 15 % of the trials.
    pub band: Vec<(NaiveDate, f64, f64, f64)>,
}

/// Forecasts the objectives of a team.
pub fn outlook(objectives: &[Workload], asked: &Asked) -> Vec<Outlook> {
    let Asked { now, week_ends, until, .. } = *asked;
    let pasts: Vec<Past> = objectives.iter().map(|work| Past::of(work, week_ends, now)).collect();
    let works = || objectives.iter().zip(&pasts).enumerate();
    let mut runs: Vec<Run> = works()
        .filter_map(|(place, (work, past))| Some(Run::new(place, work, past.rate?, past.added.clone())))
        .collect();
    simulate::run(&mut runs, asked);
    let mut runs = runs.into_iter().peekable();
    let outlook = |(place, (work, past)): (usize, (&Workload, &Past))| {
        let run = runs.next_if(|run| run.place == place);
        Outlook {
            milestones: forecasts(place, work, past, run.as_ref(), asked),
            band: run.map(|run| band(work, run.finished_by, now, until)).unwrap_or_default(),
        }
    };
    works().map(outlook).collect()
}

/// Carries on `progress` (0 to 1) at the rate at which it was made since `start`, when it was `then`. For milestones
/// without tasks.
///
/// Worked example: half done in 30 days leaves 30 more. None before anything is done, and when everything is.
pub fn pace(then: f64, progress: f64, start: NaiveDate, as_of: NaiveDate) -> Option<Forecast> {
    let elapsed = (as_of - start).num_days();
    if elapsed <= 0 || progress <= then || progress >= 1.0 {
        return None;
    }
    let left = elapsed as f64 * (1.0 - progress) / (progress - then);
    by_pace(left, as_of, (elapsed / 7) as u32)
}

fn by_pace(days: f64, now: NaiveDate, weeks: u32) -> Option<Forecast> {
    (0.0..=MAX_PACE_DAYS).contains(&days).then(|| Forecast {
        p50: now + Days::new(days.ceil() as u64),
        p85: None,
        odds: None,
        method: ForecastMethod::Pace,
        weeks,
        known_tasks_only: false,
        grows: false,
    })
}

/// What the past of one objective shows.
#[derive(Default)]
struct Past {
    /// Full weeks since the objective began.
    full_weeks: usize,
    /// Tasks finished since the objective began.
    done: f64,
    /// Work done per calendar day, in tasks.
    per_day: f64,
    /// None: there are too few weeks, or nothing was finished.
    rate: Option<Rate>,
    /// For each milestone the rate at which work is added to it. None where the scope does not keep growing.
    added: Vec<Option<Rate>>,
    grows: bool,
}

impl Past {
    fn of(work: &Workload, week_ends: Weekday, now: NaiveDate) -> Self {
        let nothing_added = vec![None; work.milestones.len()];
        let Some(began) = work.began.filter(|began| *began <= now) else {
            return Self { added: nothing_added, ..Self::default() };
        };
        let full_weeks = full_weeks(began, now, week_ends);
        let done: f64 = work.finished.iter().filter(|(day, _)| *day <= now).map(|(_, size)| size / work.unit).sum();
        let weeks = |rows: &[(NaiveDate, f64)]| weeks(rows, work.unit, &work.week, (began, now), week_ends);
        let enough = full_weeks >= MIN_FULL_WEEKS && done >= MIN_FINISHED && !work.by_pace;
        let grows = enough && work.scope_agreed && keeps_growing(work, now);
        let added =
            |milestone: &Remaining| (!milestone.added.is_empty()).then(|| Rate::learned(weeks(&milestone.added)));
        Self {
            full_weeks,
            done,
            per_day: done / ((now - began).num_days() + 1) as f64,
            rate: enough.then(|| Rate::learned(weeks(&work.finished))),
            added: if grows { work.milestones.iter().map(added).collect() } else { nothing_added },
            grows,
        }
    }
}

/// Returns the day on which a flow of work began: `cycle` days (the median cycle time of its tasks) before its first
/// finish on `first`, but not before the week of that finish.
pub fn began(first: NaiveDate, cycle: u64, week_ends: Weekday) -> NaiveDate {
    (first - Days::new(cycle)).max(calendar::week_ending(first, week_ends) - Days::new(6))
}

/// Counts the weeks of which every day lies between `began` and `now`, both included.
pub fn full_weeks(began: NaiveDate, now: NaiveDate, week_ends: Weekday) -> usize {
    let closed = calendar::closed_weeks(began, now, week_ends);
    closed.iter().filter(|closing| **closing - Days::new(6) >= began).count()
}

/// Returns the work of each week between two days, in tasks, with the working time of the week that lies between them.
pub fn weeks(
    rows: &[(NaiveDate, f64)],
    unit: f64,
    team: &WorkWeek,
    (began, now): (NaiveDate, NaiveDate),
    week_ends: Weekday,
) -> Vec<Week> {
    let first = calendar::week_ending(began, week_ends);
    let last = calendar::week_ending(now, week_ends);
    let count = (last - first).num_days().max(0) as usize / 7 + 1;
    let mut weeks: Vec<Week> = (0..count)
        .map(|number| {
            let closes = first + Days::new(7 * number as u64);
            let opens = (closes - Days::new(7)).max(began - Days::new(1));
            Week { work: 0.0, exposure: team.between(opens, closes.min(now)) }
        })
        .collect();
    for (day, size) in rows.iter().filter(|(day, _)| began <= *day && *day <= now) {
        let number = (calendar::week_ending(*day, week_ends) - first).num_days() / 7;
        weeks[number as usize].work += size / unit;
    }
    weeks
}

/// Returns whether work was added in at least three of the last twelve weeks, one of them among the last four.
fn keeps_growing(work: &Workload, now: NaiveDate) -> bool {
    let added = || work.milestones.iter().flat_map(|milestone| &milestone.added);
    let any = |week: &u64| {
        let closes = now - Days::new(7 * week);
        added().any(|(day, _)| closes - Days::new(7) < *day && *day <= closes)
    };
    (0..GROWTH_WEEKS).filter(any).count() >= 3 && (0..4).any(|week| any(&week))
}

fn forecasts(
    objective: usize,
    work: &Workload,
    past: &Past,
    run: Option<&Run>,
    asked: &Asked,
) -> Vec<Option<Forecast>> {
    let (mut open, now) = (0.0, asked.now);
    let mut forecasts = Vec::with_capacity(work.milestones.len());
    for (place, milestone) in work.milestones.iter().enumerate() {
        open += milestone.open / work.unit;
        let forecast = || {
            let by_trials = |run: &Run| simulated(&run.done_after[place], milestone, work, past, asked.week_ends, now);
            let by_rate = || {
                if past.done < MIN_FINISHED {
                    return None;
                }
                let forecast = by_pace(open / past.per_day, now, past.full_weeks as u32)?;
                Some(Forecast { known_tasks_only: !work.scope_agreed || past.grows, ..forecast })
            };
            run.and_then(by_trials).or_else(by_rate)
        };
        let is_asked = milestone.open > 0.0 && asked.is_of((objective, place));
        forecasts.push(is_asked.then(forecast).flatten());
    }
    forecasts
}

/// Reads a forecast from the trials. None where fewer than half of them were done within two years.
fn simulated(
    after: &DoneAfter,
    milestone: &Remaining,
    work: &Workload,
    past: &Past,
    week_ends: Weekday,
    now: NaiveDate,
) -> Option<Forecast> {
    let p50 = now + Days::new(after.quantile(P50)?);
    let p85 = after.quantile(P85).map(|days| (now + Days::new(days)).max(p50));
    let odds = |agreed| after.share_by((calendar::week_ending(agreed, week_ends) - now).num_days());
    Some(Forecast {
        p50,
        p85,
        odds: milestone.agreed.map(odds),
        method: ForecastMethod::MonteCarlo,
        weeks: past.full_weeks as u32,
        known_tasks_only: !work.scope_agreed,
        grows: past.grows,
    })
}

/// Returns the quantiles of the work done at the close of each week, and at the last day of the quarter.
fn band(
    work: &Workload,
    finished_by: Vec<(NaiveDate, [f64; 3])>,
    now: NaiveDate,
    until: NaiveDate,
) -> Vec<(NaiveDate, f64, f64, f64)> {
    let mut before = (now, [work.done; 3]);
    let mut band = Vec::with_capacity(finished_by.len());
    for (closes, finished) in finished_by {
        let done = finished.map(|finished| work.done + work.unit * finished);
        // If the quarter ends within a week, that week counts by the share of its days.
        let part = ((until - before.0).num_days() as f64 / (closes - before.0).num_days() as f64).min(1.0);
        let at = |place: usize| before.1[place] + part * (done[place] - before.1[place]);
        before = (closes.min(until), [at(0), at(1), at(2)]);
        band.push((before.0, before.1[0], before.1[1], before.1[2]));
    }
    band
}

#[cfg(test)]
mod tests;
