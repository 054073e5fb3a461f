//! The forecast's track record: walks through the weeks of a series' past, forecasts in each with only what was
//! known then, and compares with what happened. `headsup backtest` prints it; [`super::analyse`] takes from it how
//! the team's own forecasts are to be corrected ([`super::calibrate`]).
//!
//! # What is asked
//!
//! At the close of each week, for k = 2, 4 and 8 weeks:
//!
//! - **count**: how many tasks will be finished in the next k weeks? P85 is the number that 85 % of the futures
//!   reach, the 15th percentile; it held if at least as many were finished. P50 is the median; a tie counts half.
//!   Not asked where the median is none: "none" would hold whatever happens.
//! - **date**: when will the next k weeks' work be done? The batch is k times the mean weekly throughput, at least one
//!   task. As in the forecast of a milestone no task has a name: the batch is done on the day on which as many tasks
//!   have been finished since. P50 and P85 held if that day came no later. A trial that takes longer than two years
//!   counts as two years. The batch is not cut to what is open: where a tracker holds little open work, as in 12 of 20
//!   series tried, 2, 4 and 8 weeks would all ask the same.
//!
//! A count is tried out while its k weeks lie within the data. A date is tried out until the first week whose batch
//! the data do not see finished: to leave out single slow batches would flatter the record.

use chrono::{Days, NaiveDate, Weekday};
use serde::Serialize;

use super::TrackRecord;
use super::calendar;
use super::calibrate::{Calibration, DRIFT, HORIZONS, Kind, Levels};
use super::forecast::{LEAST_WEEKS, SAMPLED_WEEKS};
use super::trials::{DoneAfter, LAST_WEEK, RateDrift, TrialRng, quantile};
use crate::team::{Task, TaskStatus};

/// Trials of each forecast; their noise is small beside that of a single outcome.
const TRIALS: usize = 500;
/// Weeks of a team's past that its own correction is learned from.
const LEARNED_WEEKS: u64 = 104;
/// The horizon whose record is said in the brief, by its place in [`HORIZONS`].
const TOLD: usize = 1;
/// A shorter record says nothing.
const LEAST_RECORD: u32 = 10;

/// The past of one flow of work: the days on which its tasks were finished, in order.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct WorkHistory {
    pub name: String,
    finished: Vec<NaiveDate>,
}

impl WorkHistory {
    /// From the day on which each task was finished, in any order.
    pub fn new(name: impl Into<String>, finished: impl IntoIterator<Item = NaiveDate>) -> Self {
        let mut finished: Vec<NaiveDate> = finished.into_iter().collect();
        finished.sort_unstable();
        Self { name: name.into(), finished }
    }

    /// The tasks that count as work and were done on a known day.
    pub fn of_tasks(name: impl Into<String>, tasks: &[Task]) -> Self {
        let done = tasks.iter().filter(|task| task.counts && task.status == TaskStatus::Done);
        Self::new(name, done.filter_map(|task| task.done_on))
    }

    fn finished_by(&self, on: NaiveDate) -> usize {
        self.finished.partition_point(|date| *date <= on)
    }

    /// Tasks finished in each of the last sampled weeks that closed by `on`, newest first.
    fn throughput(&self, on: NaiveDate, weeks: usize) -> Vec<f64> {
        let closing = |back: usize| on - Days::new(7 * back as u64);
        let in_week = |back| self.finished_by(closing(back)) - self.finished_by(closing(back + 1));
        (0..weeks.min(SAMPLED_WEEKS)).map(|back| in_week(back) as f64).collect()
    }
}

/// A number of tasks, or a day.
#[derive(Debug, Clone, Copy, PartialEq, PartialOrd, Serialize)]
#[serde(untagged)]
pub enum Answer {
    Tasks(u64),
    Day(NaiveDate),
}

/// One forecast of the past, with what came of it.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct PastForecast {
    pub series: String,
    pub kind: Kind,
    /// The horizon.
    pub weeks: u32,
    /// The closing day of the week in which it was made.
    pub made_on: NaiveDate,
    pub p50: Answer,
    pub p85: Answer,
    pub actual: Answer,
    /// Of a date: how many tasks the batch has.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub tasks: Option<u64>,
}

impl PastForecast {
    /// Whether P50 held: 1, 0, or ½ for a count that was just met.
    pub fn p50_held(&self) -> f64 {
        match self.kind {
            Kind::Count if self.actual == self.p50 => 0.5,
            Kind::Count => share(self.actual > self.p50),
            Kind::Date => share(self.actual <= self.p50),
        }
    }

    pub fn p85_held(&self) -> f64 {
        match self.kind {
            Kind::Count => share(self.actual >= self.p85),
            Kind::Date => share(self.actual <= self.p85),
        }
    }
}

fn share(held: bool) -> f64 {
    if held { 1.0 } else { 0.0 }
}

/// How often the forecasts of one kind and horizon held.
#[derive(Debug, Clone, Copy, PartialEq, Serialize)]
pub struct Held {
    pub kind: Kind,
    pub weeks: u32,
    pub n: u32,
    /// Null where there is no forecast.
    pub p50_held: Option<f64>,
    pub p85_held: Option<f64>,
}

/// The record of all series.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Record {
    pub schema: &'static str,
    pub horizons: Vec<Held>,
    /// The same by plain resampling, before it is corrected.
    pub plain: Vec<Held>,
    pub forecasts: Vec<PastForecast>,
}

/// Tries out the forecast on all series, each up to its last finished date.
pub fn record(series: &[WorkHistory], week_ends: Weekday) -> Record {
    use rayon::prelude::*;
    let walk = |corrected: bool| -> Vec<PastForecast> {
        let walked = series.par_iter().map(|series| {
            let through = series.finished.last().copied().unwrap_or_default();
            WalkForward::new(series, &Kind::BOTH, corrected).through(through, week_ends, None).made
        });
        walked.collect::<Vec<_>>().concat()
    };
    let forecasts = walk(true);
    Record { schema: "headsup.backtest/1", horizons: held(&forecasts), plain: held(&walk(false)), forecasts }
}

/// What a team's own past teaches: how to read its trials, and the record of its dates for the brief.
pub fn learn(series: &WorkHistory, as_of: NaiveDate, week_ends: Weekday) -> (Calibration, Option<TrackRecord>) {
    let since = as_of - Days::new(7 * LEARNED_WEEKS);
    let walk = WalkForward::new(series, &[Kind::Date], true).through(as_of, week_ends, Some(since));
    let levels: Vec<Levels> = walk.questions.iter().map(|question| question.levels).collect();
    let told = held(&walk.made).into_iter().find(|held| held.kind == Kind::Date && held.weeks == HORIZONS[TOLD]);
    let told = told.filter(|held| held.n >= LEAST_RECORD);
    let record =
        told.and_then(|held| Some(TrackRecord { n: held.n, p50_held: held.p50_held?, p85_held: held.p85_held? }));
    let calibration = match (<[Levels; 3]>::try_from(levels), record) {
        (Ok(levels), Some(record)) => Calibration::learned(levels, record.n),
        _ => Calibration::plain(),
    };
    (calibration, record)
}

/// Sums up forecasts by kind and horizon.
pub fn held<'a>(made: impl IntoIterator<Item = &'a PastForecast>) -> Vec<Held> {
    let made: Vec<&PastForecast> = made.into_iter().collect();
    let cells = Kind::BOTH.into_iter().flat_map(|kind| HORIZONS.map(|weeks| (kind, weeks)));
    let sum_up = |(kind, weeks)| {
        let of_cell = || made.iter().filter(|made| made.kind == kind && made.weeks == weeks);
        let n = of_cell().count();
        let mean =
            |held: fn(&PastForecast) -> f64| (n > 0).then(|| of_cell().map(|made| held(made)).sum::<f64>() / n as f64);
        Held {
            kind,
            weeks,
            n: n as u32,
            p50_held: mean(PastForecast::p50_held),
            p85_held: mean(PastForecast::p85_held),
        }
    };
    cells.map(sum_up).collect()
}

/// One kind and horizon: how its trials are read, and what is still to be learned.
struct Question {
    kind: Kind,
    weeks: u32,
    levels: Levels,
    /// Forecasts whose outcome was not known yet when last looked at.
    pending: Vec<Pending>,
    /// The data end before the outcome of a date is known: nothing after it is listed.
    ended: bool,
}

/// A forecast on the way, with the day on which each of its answers is known to have held or not.
struct Pending {
    p50: Option<(NaiveDate, f64)>,
    p85: Option<(NaiveDate, f64)>,
}

impl Question {
    /// Learns what has become known by `on`.
    fn settle(&mut self, on: NaiveDate) {
        for pending in &mut self.pending {
            if let Some((_, held)) = pending.p50.take_if(|(known, _)| *known <= on) {
                self.levels.p50.learn(held);
            }
            if let Some((_, held)) = pending.p85.take_if(|(known, _)| *known <= on) {
                self.levels.p85.learn(held);
            }
        }
        self.pending.retain(|pending| pending.p50.is_some() || pending.p85.is_some());
    }
}

/// A walk through the past of one series.
struct WalkForward<'a> {
    series: &'a WorkHistory,
    corrected: bool,
    drift: RateDrift,
    questions: Vec<Question>,
    made: Vec<PastForecast>,
}

impl<'a> WalkForward<'a> {
    fn new(series: &'a WorkHistory, kinds: &[Kind], corrected: bool) -> Self {
        let levels = |kind| if corrected { Levels::to_learn(kind) } else { Levels::default() };
        let question = |kind, weeks| Question { kind, weeks, levels: levels(kind), pending: Vec::new(), ended: false };
        let of_kind = |kind| HORIZONS.map(|weeks| question(kind, weeks));
        Self {
            series,
            corrected,
            drift: RateDrift::new(if corrected { DRIFT } else { 0.0 }),
            questions: kinds.iter().flat_map(|kind| of_kind(*kind)).collect(),
            made: Vec::new(),
        }
    }

    /// Forecasts at the close of every week from `since` (or the first that has enough behind it) to `through`.
    fn through(mut self, through: NaiveDate, week_ends: Weekday, since: Option<NaiveDate>) -> Self {
        let Some(first) = self.series.finished.first() else { return self };
        let closed = calendar::closed_weeks(*first, through, week_ends);
        for (at, on) in closed.iter().enumerate().skip(LEAST_WEEKS - 1) {
            if since.is_some_and(|since| *on < since) {
                continue;
            }
            self.questions.iter_mut().for_each(|question| question.settle(*on));
            self.forecast(*on, at + 1, through);
        }
        self.questions.iter_mut().for_each(|question| question.settle(through));
        self
    }

    fn forecast(&mut self, on: NaiveDate, weeks: usize, through: NaiveDate) {
        let throughput = self.series.throughput(on, weeks);
        let mean = throughput.iter().sum::<f64>() / throughput.len() as f64;
        if mean <= 0.0 {
            return;
        }
        let batches = HORIZONS.map(|weeks| ((mean * f64::from(weeks)) as usize).max(1));
        let mut simulation = Simulation::new(&throughput, batches, &self.drift);
        for (place, question) in self.questions.iter_mut().enumerate() {
            let place = place % HORIZONS.len();
            let made = match question.kind {
                Kind::Count => simulation.count(place, question, self.series, on, through),
                Kind::Date => simulation.date(place, question, self.series, on, batches[place]),
            };
            self.made.extend(made);
            if !self.corrected {
                question.pending.clear();
            }
        }
    }
}

/// What the trials of one week came to, by the places of [`HORIZONS`].
struct Simulation {
    /// Work finished within the horizon, one a trial.
    finished: [Vec<f64>; 3],
    /// When the batch was done.
    done_after: [DoneAfter; 3],
}

impl Simulation {
    fn new(throughput: &[f64], batches: [usize; 3], drift: &RateDrift) -> Self {
        let mut simulation = Self {
            finished: std::array::from_fn(|_| Vec::with_capacity(TRIALS)),
            done_after: std::array::from_fn(|_| DoneAfter::of(TRIALS)),
        };
        // Anew for each week, so that a forecast depends on nothing but what was known in it.
        let mut rng = TrialRng::fixed();
        let mut models: Vec<usize> = (0..throughput.len()).collect();
        let batches = batches.map(|tasks| tasks as f64);
        for trial in 0..TRIALS {
            drift.draw_models(&mut rng, &mut models);
            let mut finished = 0.0;
            // Batches and horizons both grow, so the next of each is all there is to look at.
            let (mut batch, mut horizon) = (0, 0);
            for (week, factor) in drift.of(trial).iter().enumerate() {
                let before = finished;
                finished += throughput[models[rng.below(models.len())]] * factor;
                while batch < 3 && finished >= batches[batch] {
                    let part = (batches[batch] - before) / (finished - before).max(f64::MIN_POSITIVE);
                    simulation.done_after[batch].add(week as f64 + part);
                    batch += 1;
                }
                if horizon < 3 && week as u32 + 1 == HORIZONS[horizon] {
                    simulation.finished[horizon].push(finished);
                    horizon += 1;
                }
                if batch == 3 && horizon == 3 {
                    break;
                }
            }
        }
        simulation
    }

    fn count(
        &mut self,
        place: usize,
        question: &mut Question,
        series: &WorkHistory,
        on: NaiveDate,
        through: NaiveDate,
    ) -> Option<PastForecast> {
        let end = on + Days::new(7 * u64::from(question.weeks));
        let finished = &mut self.finished[place];
        finished.sort_unstable_by(f64::total_cmp);
        if end > through || quantile(finished, 0.5).round() < 1.0 {
            return None;
        }
        let p50 = quantile(finished, 1.0 - question.levels.p50.share()).round() as u64;
        let p85 = quantile(finished, 1.0 - question.levels.p85.share()).floor() as u64;
        let made = PastForecast {
            series: series.name.clone(),
            kind: Kind::Count,
            weeks: question.weeks,
            made_on: on,
            p50: Answer::Tasks(p50),
            p85: Answer::Tasks(p85.min(p50)),
            actual: Answer::Tasks((series.finished_by(end) - series.finished_by(on)) as u64),
            tasks: None,
        };
        question.pending.push(Pending { p50: Some((end, made.p50_held())), p85: Some((end, made.p85_held())) });
        Some(made)
    }

    fn date(
        &mut self,
        place: usize,
        question: &mut Question,
        series: &WorkHistory,
        on: NaiveDate,
        batch: usize,
    ) -> Option<PastForecast> {
        let two_years = 7 * LAST_WEEK as u64;
        let by = |share| on + Days::new(self.done_after[place].quantile(share).unwrap_or(two_years));
        let p50 = by(question.levels.p50.share());
        let p85 = by(question.levels.p85.share()).max(p50);
        let actual = series.finished.get(series.finished_by(on) + batch - 1).copied();
        // A date that has passed without the batch is known to have failed, before the batch is done.
        let known = |date: NaiveDate| match actual {
            Some(actual) if actual <= date => (actual, 1.0),
            _ => (date + Days::new(1), 0.0),
        };
        question.pending.push(Pending { p50: Some(known(p50)), p85: Some(known(p85)) });
        question.ended |= actual.is_none();
        let listed = actual.filter(|_| !question.ended);
        listed.map(|actual| PastForecast {
            series: series.name.clone(),
            kind: Kind::Date,
            weeks: question.weeks,
            made_on: on,
            p50: Answer::Day(p50),
            p85: Answer::Day(p85),
            actual: Answer::Day(actual),
            tasks: Some(batch as u64),
        })
    }
}
