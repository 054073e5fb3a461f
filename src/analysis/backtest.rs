//! The forecast's track record: goes through the past weeks of a series, forecasts in each with only what was known
//! then, and compares with what happened. `headsup backtest` prints it; [`super::analyse`] takes the record of the
//! team's own dates from it. [`score`] sums it up.
//!
//! # The questions
//!
//! At the close of each week, for k = 2, 4 and 8 weeks:
//!
//! - **count**: how many tasks will be finished in the next k weeks? P85 is the number that 85 % of the simulated
//!   futures reach; it held if at least as many were finished. P50 is the number that as many futures exceed as fall
//!   short of; a tie counts half.
//! - **date**: when will the next k weeks' work be done? The batch is k times the mean of the last twelve weeks, at
//!   least one task. As in the forecast of a milestone, tasks are not distinguished: the batch is done on the day on
//!   which as many tasks have been finished since. P50 and P85 held if that day was not later. A trial that takes
//!   longer than two years counts as two years.
//!
//! A count is tested if its k weeks are within the data. A date is tested up to the first week whose batch was not
//! finished within the data: leaving out only single slow batches would make the record too good.

use chrono::{Days, NaiveDate, Weekday};
use schemars::JsonSchema;
use serde::Serialize;

use super::TrackRecord;
use super::calendar::{self, Span};
use super::forecast::rate::Rate;
use super::forecast::workweek::WorkWeek;
use super::forecast::{self, MIN_FULL_WEEKS};
use crate::team::{Task, TaskStatus};

mod futures;
mod kind;
pub mod score;

use futures::{Answers, Drawn, Future, Modelled};
pub use kind::Kind;
pub use score::{Record, Score};

/// Horizons of the tested forecasts, in weeks.
pub const HORIZONS: [u32; 3] = [2, 4, 8];
/// Weeks that determine the batch of a date, and that plain resampling uses.
const PLAIN_WEEKS: usize = 12;
/// Weeks that the negative binomial uses.
const BINOMIAL_WEEKS: usize = 26;
/// Weeks of a team's past that its own record uses.
const RECORD_WEEKS: u64 = 52;
/// Horizon of the record in the brief, in weeks.
const BRIEF_HORIZON: u32 = 4;
/// Minimum number of forecasts in a record.
const MIN_RECORD: u32 = 5;

/// The past of one flow of work.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct WorkHistory {
    pub name: String,
    /// The days on which tasks were finished, sorted, each with the days since the task's creation, if known.
    finished: Vec<(NaiveDate, Option<i64>)>,
    /// Days without work.
    off: Vec<Span>,
    /// The last day that the data cover.
    through: Option<NaiveDate>,
}

impl WorkHistory {
    /// Makes a history from the creation day, if known, and the finish day of each task, in any order.
    pub fn new(
        name: impl Into<String>,
        finished: impl IntoIterator<Item = (Option<NaiveDate>, NaiveDate)>,
        off: Vec<Span>,
    ) -> Self {
        let cycle = |(created, finished): (Option<NaiveDate>, NaiveDate)| {
            (finished, created.map(|created| (finished - created).num_days().max(0)))
        };
        let mut finished: Vec<_> = finished.into_iter().map(cycle).collect();
        finished.sort_unstable();
        let through = finished.last().map(|(day, _)| *day);
        Self { name: name.into(), finished, off, through }
    }

    /// Makes a history of the tasks that count as work and were done on a known day.
    pub fn of_tasks(name: impl Into<String>, tasks: &[Task], off: Vec<Span>) -> Self {
        let done = tasks.iter().filter(|task| task.counts && task.status == TaskStatus::Done);
        Self::new(name, done.filter_map(|task| Some((task.created, task.done_on?))), off)
    }

    /// Extends the data to a day up to which nothing more was finished.
    pub fn reaching(self, through: NaiveDate) -> Self {
        Self { through: self.through.map(|last| last.max(through)), ..self }
    }

    fn finished_by(&self, on: NaiveDate) -> usize {
        self.finished.partition_point(|(day, _)| *day <= on)
    }

    /// Returns the lower median of the days from creation to finish of the tasks finished by a day.
    fn median_cycle(&self, on: NaiveDate) -> i64 {
        let mut cycles: Vec<i64> =
            self.finished[..self.finished_by(on)].iter().filter_map(|(_, cycle)| *cycle).collect();
        let middle = cycles.len().saturating_sub(1) / 2;
        if cycles.is_empty() { 0 } else { *cycles.select_nth_unstable(middle).1 }
    }
}

/// A number of tasks, or a day.
#[derive(Debug, Clone, Copy, PartialEq, PartialOrd, Serialize, JsonSchema)]
#[serde(untagged)]
pub enum Answer {
    Tasks(u64),
    Day(NaiveDate),
}

/// A forecast of the past, and its outcome.
#[derive(Debug, Clone, PartialEq, Serialize, JsonSchema)]
pub struct PastForecast {
    pub series: String,
    pub kind: Kind,
    /// Horizon in weeks.
    pub weeks: u32,
    /// Last day of the week in which it was made.
    pub made_on: NaiveDate,
    pub p50: Answer,
    pub p85: Answer,
    pub actual: Answer,
    /// Number of tasks in the batch of a date.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub tasks: Option<u64>,
    /// Losses of this forecast by our model, by plain resampling and by a negative binomial; `None` if nothing was
    /// finished in the weeks that the latter two use.
    #[serde(skip)]
    pub losses: Option<[f64; 3]>,
}

impl PastForecast {
    /// Whether P50 held: 1 or 0, or ½ for a count that was met exactly.
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

/// Tests the forecast on all series, each up to the last day of its data.
pub fn record(series: &[WorkHistory], week_ends: Weekday) -> Record {
    use rayon::prelude::*;
    let walked = series.par_iter().map(|series| Walk::new(series, week_ends, &Kind::BOTH, &HORIZONS).run(None, true));
    Record::of(walked.collect::<Vec<_>>().concat())
}

/// Returns the record of a team's own dates over the last year, for its brief. Forecasts a week apart share most of
/// their outcome, so only those made after the previous one had ended count.
pub fn own_record(series: &WorkHistory, week_ends: Weekday) -> Option<TrackRecord> {
    let since = series.through? - Days::new(7 * RECORD_WEEKS);
    let mut made = Walk::new(series, week_ends, &[Kind::Date], &[BRIEF_HORIZON]).run(Some(since), false);
    let mut free = since;
    made.retain(|forecast| {
        let is_apart = forecast.made_on >= free;
        if let (true, Answer::Day(ended)) = (is_apart, forecast.actual) {
            free = ended.max(forecast.made_on + Days::new(7 * u64::from(BRIEF_HORIZON)));
        }
        is_apart
    });
    let score = Score::of(Kind::Date, BRIEF_HORIZON, &made.iter().collect::<Vec<_>>());
    (score.n >= MIN_RECORD)
        .then(|| Some(TrackRecord { n: score.n, p50_held: score.p50_held?, p85_held: score.p85_held? }))?
}

/// Goes through the past of one series.
struct Walk<'a> {
    series: &'a WorkHistory,
    week_ends: Weekday,
    kinds: &'a [Kind],
    horizons: &'a [u32],
    /// Last days of the weeks since the first finished task, and the number of tasks finished in each.
    closed: Vec<NaiveDate>,
    tasks: Vec<f64>,
}

impl<'a> Walk<'a> {
    fn new(series: &'a WorkHistory, week_ends: Weekday, kinds: &'a [Kind], horizons: &'a [u32]) -> Self {
        let ends = series.finished.first().zip(series.through);
        let closed = ends.map_or(Vec::new(), |((first, _), last)| calendar::closed_weeks(*first, last, week_ends));
        let in_week = |closes: &NaiveDate| series.finished_by(*closes) - series.finished_by(*closes - Days::new(7));
        let tasks = closed.iter().map(|closes| in_week(closes) as f64).collect();
        Self { series, week_ends, kinds, horizons, closed, tasks }
    }

    /// Forecasts at the end of each week from `since` on, or from the first with enough data. `compared`: with the
    /// losses of the simple methods.
    fn run(&self, since: Option<NaiveDate>, compared: bool) -> Vec<PastForecast> {
        let mut made = Vec::new();
        let mut is_seen = vec![true; self.horizons.len()];
        for place in MIN_FULL_WEEKS - 1..self.closed.len() {
            if since.is_none_or(|since| self.closed[place] >= since) {
                self.forecast(place, compared, &mut is_seen, &mut made);
            }
        }
        made
    }

    fn forecast(&self, place: usize, compared: bool, is_seen: &mut [bool], made: &mut Vec<PastForecast>) {
        let on = self.closed[place];
        let recent = |weeks: usize| &self.tasks[(place + 1).saturating_sub(weeks)..=place];
        let plain = recent(PLAIN_WEEKS);
        let mean = plain.iter().sum::<f64>() / plain.len() as f64;
        let batch = |weeks: &u32| ((mean * f64::from(*weeks)) as usize).max(1);
        let batches: Vec<usize> = self.horizons.iter().map(batch).collect();
        let ask = |future: &mut dyn Future| Answers::of(future, self.horizons, &batches);
        let ours = ask(&mut Modelled::new(self.rate(place), self.team(on), on));
        let others = (compared && mean > 0.0)
            .then(|| [ask(&mut Drawn::resampled(plain)), ask(&mut Drawn::negative_binomial(recent(BINOMIAL_WEEKS)))]);
        for (index, weeks) in self.horizons.iter().enumerate() {
            for kind in self.kinds {
                let actual = match kind {
                    Kind::Count => self.count(place, *weeks),
                    Kind::Date => self.days_until(on, batches[index]).filter(|_| is_seen[index]),
                };
                let Some(actual) = actual else {
                    is_seen[index] &= *kind == Kind::Count;
                    continue;
                };
                let loss = |answers: &Answers| answers.of_kind(*kind)[index].loss(*kind, actual);
                let levels = ours.of_kind(*kind)[index];
                let answer = |value: u64| match kind {
                    Kind::Count => Answer::Tasks(value),
                    Kind::Date => Answer::Day(on + Days::new(value)),
                };
                made.push(PastForecast {
                    series: self.series.name.clone(),
                    kind: *kind,
                    weeks: *weeks,
                    made_on: on,
                    p50: answer(levels.p50),
                    p85: answer(levels.p85),
                    actual: answer(actual),
                    tasks: (*kind == Kind::Date).then_some(batches[index] as u64),
                    losses: others.as_ref().map(|[plain, binomial]| [loss(&ours), loss(plain), loss(binomial)]),
                });
            }
        }
    }

    /// Returns the rate learned from the weeks up to a place, including those between the start of work and the first
    /// finish.
    fn rate(&self, place: usize) -> Rate {
        let (on, first) = (self.closed[place], self.series.finished[0].0);
        let began = forecast::began(first, self.series.median_cycle(on) as u64, self.week_ends);
        let finished = self.series.finished[..self.series.finished_by(on)].iter().map(|(day, _)| (*day, 1.0));
        let finished: Vec<_> = finished.collect();
        Rate::learned(forecast::weeks(&finished, 1.0, &self.team(on), (began, on), self.week_ends))
    }

    fn team(&self, on: NaiveDate) -> WorkWeek {
        let finished = self.series.finished[..self.series.finished_by(on)].iter().map(|(day, _)| *day);
        WorkWeek::learned(finished, self.series.off.clone(), on)
    }

    /// Returns the number of tasks finished in the weeks after a place, if the data cover them.
    fn count(&self, place: usize, weeks: u32) -> Option<u64> {
        let tasks = self.tasks.get(place + 1..=place + weeks as usize)?;
        Some(tasks.iter().sum::<f64>() as u64)
    }

    /// Returns the days until a batch is finished, if that is within the data.
    fn days_until(&self, on: NaiveDate, batch: usize) -> Option<u64> {
        let (day, _) = self.series.finished.get(self.series.finished_by(on) + batch - 1)?;
        Some((*day - on).num_days() as u64)
    }
}
