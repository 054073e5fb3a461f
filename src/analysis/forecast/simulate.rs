//! Runs the trials: 10,000 futures of a team, week by week, in which finished tasks are assigned to milestones.
//! [`super::outlook`] reads dates and odds from them.

use std::collections::HashMap;

use chrono::{Days, NaiveDate, Weekday};

use super::rate::Rate;
use super::trials::{self, DoneAfter, LAST_WEEK, P85, Stream, WeekDraws};
use super::workload::{Asked, Remaining, Workload};
use super::workweek::WorkWeek;
use crate::analysis::calendar;

/// Number of trials.
pub(crate) const TRIALS: usize = 10_000;
/// Number of trials that bands are drawn from, the first ones. A line two points wide shows no more detail.
const BAND_TRIALS: usize = 2_000;
/// Highest number of steps in which the work of one week of a trial is assigned to milestones. More tasks than that are
/// assigned in batches.
const MAX_STEPS: f64 = 64.0;
/// Amounts of work below this, in tasks, count as zero: they are rounding errors.
const ROUNDING_ERROR: f64 = 1e-9;

/// One week of the future; the first is the rest of the present week.
struct Week {
    number: usize,
    /// Days between now and its first day.
    before: usize,
    closes: NaiveDate,
    days: usize,
}

impl Week {
    fn all(now: NaiveDate, week_ends: Weekday) -> impl Iterator<Item = Week> {
        let first = calendar::week_ending(now + Days::new(1), week_ends);
        (0..LAST_WEEK).map(move |number| {
            let closes = first + Days::new(7 * number as u64);
            let through = (closes - now).num_days() as usize;
            let days = through.min(7);
            Week { number, before: through - days, closes, days }
        })
    }

    fn exposure(&self, team: &WorkWeek) -> f64 {
        team.between(self.closes - Days::new(self.days as u64), self.closes)
    }
}

/// One objective in the trials.
pub(super) struct Run<'a> {
    /// Its index among the objectives of the team.
    pub place: usize,
    pub work: &'a Workload,
    /// Index of the first run of the group that shares people, and position of this run in the group (see
    /// [`trials::paired`]).
    group: usize,
    turn: usize,
    rate: Rate,
    /// For each milestone; None where nothing is added.
    added: Vec<Option<Rate>>,
    /// For each trial and milestone: tasks left.
    left: Vec<f64>,
    /// For each trial: number of milestones still open.
    open: Vec<u16>,
    /// For each trial: number of weeks in which nothing is finished, because the flow has stopped.
    still: Vec<u16>,
    /// For each trial: the week in which the objective was done, and the work of that week that it did not need.
    over: Vec<(usize, f64)>,
    has_gifts: bool,
    pub done_after: Vec<DoneAfter>,
    /// Tasks finished so far in each of the first [`BAND_TRIALS`] trials.
    finished: Vec<f64>,
    /// By the close of each week: the quantiles 15 %, 50 % and 85 % of [`Self::finished`].
    pub finished_by: Vec<(NaiveDate, [f64; 3])>,
    /// Table of the week that is being run.
    draws: WeekDraws,
    draws_added: Vec<WeekDraws>,
    /// For each day of the week: share of its work that is done by the end of the day.
    done_by: Vec<f64>,
}

impl<'a> Run<'a> {
    pub(crate) fn new(place: usize, work: &'a Workload, rate: Rate, added: Vec<Option<Rate>>) -> Self {
        let left: Vec<f64> = work.milestones.iter().map(|milestone| milestone.open / work.unit).collect();
        let open = left.iter().filter(|left| **left > ROUNDING_ERROR).count() as u16;
        Self {
            place,
            work,
            group: 0,
            turn: 0,
            still: trials::standing_still(&rate, TRIALS),
            draws_added: vec![WeekDraws::default(); added.len()],
            done_after: vec![DoneAfter::of(TRIALS); left.len()],
            left: left.repeat(TRIALS),
            open: vec![open; TRIALS],
            over: vec![(0, 0.0); TRIALS],
            has_gifts: work.milestones.iter().any(|milestone| milestone.gift.is_some()),
            finished: vec![0.0; BAND_TRIALS],
            finished_by: Vec::new(),
            draws: WeekDraws::default(),
            done_by: Vec::new(),
            rate,
            added,
        }
    }

    /// Returns whether the objective had work when the trials began. If not, its people already work elsewhere.
    fn had_work(&self) -> bool {
        self.work.milestones.iter().any(|milestone| milestone.open > 0.0)
    }

    fn grows(&self) -> bool {
        self.added.iter().any(Option::is_some)
    }

    /// Returns whether its forecasts no longer depend on this week and later ones: P85 is reached, and the week of each
    /// agreed date is over.
    fn is_answered(&self, week: &Week, asked: &Asked) -> bool {
        let is_known = |(place, milestone): (usize, &Remaining)| {
            let close = |agreed| (calendar::week_ending(agreed, asked.week_ends) - asked.now).num_days();
            let is_past = milestone.agreed.is_none_or(|agreed| close(agreed) <= week.before as i64);
            let is_open = milestone.open / self.work.unit > ROUNDING_ERROR && asked.is_of((self.place, place));
            !is_open || is_past && self.done_after[place].has(P85)
        };
        self.work.milestones.iter().enumerate().all(is_known)
    }

    fn close(&mut self, week: &Week) {
        let mut finished = self.finished.clone();
        finished.sort_unstable_by(f64::total_cmp);
        self.finished_by.push((week.closes, [0.15, 0.5, 0.85].map(|share| trials::quantile(&finished, share))));
    }

    fn begin(&mut self, week: &Week) {
        let team = &self.work.week;
        let opens = week.closes - Days::new(week.days as u64);
        let by_day = (1..=week.days).map(|days| team.between(opens, opens + Days::new(days as u64)));
        self.done_by = by_day.collect();
        let exposure = week.exposure(team);
        self.done_by.iter_mut().for_each(|share| *share /= exposure.max(ROUNDING_ERROR));
        self.draws.prepare(&self.rate, exposure, week.number);
        for (draws, rate) in self.draws_added.iter_mut().zip(&self.added) {
            if let Some(rate) = rate {
                draws.prepare(rate, exposure, week.number);
            }
        }
    }

    /// Returns the tasks that are finished in a week of a trial.
    fn brings(&self, week: &Week, trial: usize, luck: u8) -> f64 {
        if week.number < usize::from(self.still[trial]) { 0.0 } else { self.draws.of(trial, luck) }
    }

    /// Runs one week of a trial: adds new tasks and gifts, then finishes `work` tasks.
    fn run_week(&mut self, week: &Week, trial: usize, work: f64, luck_added: u8) {
        let count = self.work.milestones.len();
        for (place, added) in self.added.iter().enumerate().filter(|(_, added)| added.is_some()) {
            let left = &mut self.left[trial * count + place];
            if added.is_some() && *left > ROUNDING_ERROR {
                *left += self.draws_added[place].of(trial, luck_added);
            }
        }
        let mut finished = if self.has_gifts { self.receive_gifts(week, trial) } else { 0.0 };
        let in_order = self.work.in_parallel <= 0.0;
        let piece = (work / MAX_STEPS).max(1.0);
        let mut used = 0.0;
        while used < work - ROUNDING_ERROR && self.open[trial] > 0 {
            let task = used as usize;
            let place = self.next(week.number, trial, task);
            let left = self.left[trial * count + place];
            // In order, one milestone takes everything. In parallel, each task (or batch of tasks) is assigned on its
            // own.
            let step = if in_order || self.open[trial] == 1 { left } else { left.min(piece) }.min(work - used);
            used += step;
            self.finish(week, trial, place, step, used / (work + 1.0));
        }
        finished += used;
        if self.open[trial] == 0 {
            self.over[trial] = (week.number, work - used);
        }
        if let Some(sum) = self.finished.get_mut(trial) {
            *sum += finished;
        }
    }

    /// Returns the milestone of the next task: the first open one, or one drawn in proportion to what is left of each.
    fn next(&self, week: usize, trial: usize, task: usize) -> usize {
        let count = self.work.milestones.len();
        let left = &self.left[trial * count..(trial + 1) * count];
        let first = left.iter().position(|left| *left > ROUNDING_ERROR).unwrap_or(0);
        if self.open[trial] == 1 || self.work.in_parallel <= 0.0 {
            return first;
        }
        let toss = trials::toss(week, trial, task);
        if toss >= self.work.in_parallel {
            return first;
        }
        let mut at = toss / self.work.in_parallel * left.iter().sum::<f64>();
        let drawn = left.iter().position(|left| {
            at -= left;
            *left > ROUNDING_ERROR && at < 0.0
        });
        drawn.unwrap_or(first)
    }

    /// Finishes `amount` tasks of a milestone. The last of them is finished when `share` (0 to 1) of the week's work is
    /// done.
    fn finish(&mut self, week: &Week, trial: usize, place: usize, amount: f64, share: f64) {
        let left = &mut self.left[trial * self.work.milestones.len() + place];
        *left -= amount;
        if *left <= ROUNDING_ERROR {
            *left = 0.0;
            self.open[trial] -= 1;
            let day = self.done_by.iter().position(|done| *done >= share).unwrap_or(week.days - 1);
            self.done_after[place].add(week.before + day + 1);
        }
    }

    /// Finishes the work that others give to a milestone, and returns its amount. It counts for that milestone only.
    fn receive_gifts(&mut self, week: &Week, trial: usize) -> f64 {
        let mut received = 0.0;
        for place in 0..self.work.milestones.len() {
            let Some(gift) = &self.work.milestones[place].gift else { continue };
            let left = self.left[trial * self.work.milestones.len() + place];
            let opens = week.closes - Days::new(week.days as u64 - 1);
            let days = (week.closes.min(gift.until) - opens.max(gift.from)).num_days() + 1;
            let all = (gift.until - gift.from).num_days() + 1;
            let amount = (gift.work / self.work.unit * days.max(0) as f64 / all as f64).min(left);
            if left > ROUNDING_ERROR && amount > 0.0 {
                self.finish(week, trial, place, amount, 1.0);
                received += amount;
            }
        }
        received
    }
}

/// Runs the trials of a team until every forecast that is asked for is known.
///
/// Where an objective is done in a trial, its work goes to the objectives that take over from it
/// ([`Workload::takes_over`]), in proportion to their own rates. Objectives that share no people, directly or through
/// others, are run separately.
pub(super) fn run(runs: &mut [Run], asked: &Asked) {
    for (run, (group, turn)) in groups(&takers(runs)).into_iter().enumerate() {
        (runs[run].group, runs[run].turn) = (group, turn);
    }
    runs.sort_by_key(|run| run.group);
    for tied in runs.chunk_by_mut(|one, other| one.group == other.group) {
        run_tied(tied, asked);
    }
    runs.sort_by_key(|run| run.place);
}

fn run_tied(runs: &mut [Run], asked: &Asked) {
    let mut freed = Freed::of(runs);
    // The trials in which something is still open, and for each objective the number of its own trial in them.
    let mut going: Vec<usize> = (0..TRIALS).collect();
    let own = |run: &Run| (0..TRIALS).map(|trial| trials::paired(trial, run.turn)).collect();
    let own: Vec<Vec<usize>> = runs.iter().map(own).collect();
    let grows = runs.iter().any(Run::grows);
    for week in Week::all(asked.now, asked.week_ends) {
        let is_banded = week.closes - Days::new(week.days as u64) < asked.until;
        if !is_banded && (going.is_empty() || runs.iter().all(|run| run.is_answered(&week, asked))) {
            break;
        }
        runs.iter_mut().for_each(|run| run.begin(&week));
        let luck = trials::luck(Stream::Finished, week.number, TRIALS);
        let luck_added = if grows { trials::luck(Stream::Added, week.number, TRIALS) } else { vec![0; TRIALS] };
        going.retain(|trial| {
            if runs.iter().zip(&own).all(|(run, own)| run.open[own[*trial]] == 0) {
                return false;
            }
            freed.turn_to(runs, &week, |place| own[place][*trial], &luck);
            for (place, run) in runs.iter_mut().enumerate() {
                let trial = own[place][*trial];
                if run.open[trial] > 0 {
                    let brings = run.brings(&week, trial, luck[trial]);
                    run.run_week(&week, trial, brings + freed.work[place], luck_added[trial]);
                }
            }
            true
        });
        if is_banded {
            runs.iter_mut().for_each(|run| run.close(&week));
        }
    }
}

/// Returns for each run the runs that take over from it, in order, with the share of its work that goes on there.
fn takers(runs: &[Run]) -> Vec<Vec<(usize, f64)>> {
    let places: HashMap<usize, usize> = runs.iter().enumerate().map(|(at, run)| (run.place, at)).collect();
    let mut takers = vec![Vec::new(); runs.len()];
    for (at, run) in runs.iter().enumerate() {
        for (from, share) in &run.work.takes_over {
            if let Some(from) = places.get(from) {
                takers[*from].push((at, *share));
            }
        }
    }
    takers
}

/// Groups runs that share people, directly or through others. Returns for each run the index of the first of its group,
/// and its position in the group.
fn groups(takers: &[Vec<(usize, f64)>]) -> Vec<(usize, usize)> {
    // Union–find: each run points to an earlier run of its group, the first run to itself.
    let mut group: Vec<usize> = (0..takers.len()).collect();
    fn first(group: &mut [usize], mut at: usize) -> usize {
        while group[at] != at {
            group[at] = group[group[at]];
            at = group[at];
        }
        at
    }
    for (from, takers) in takers.iter().enumerate() {
        for (taker, _) in takers {
            let (one, other) = (first(&mut group, from), first(&mut group, *taker));
            group[one.max(other)] = one.min(other);
        }
    }
    let mut members = vec![0; takers.len()];
    let tie = |at: usize| {
        let first = first(&mut group, at);
        members[first] += 1;
        (first, members[first] - 1)
    };
    (0..takers.len()).map(tie).collect()
}

/// The work that finished objectives free for others in a week of a trial.
struct Freed {
    takers: Vec<Vec<(usize, f64)>>,
    /// Work of each objective in a week. Freed work is divided in proportion to it.
    rates: Vec<f64>,
    /// Whether each objective frees work once it is done.
    frees: Vec<bool>,
    /// The work that each objective takes over, in its own tasks.
    work: Vec<f64>,
}

impl Freed {
    fn of(runs: &[Run]) -> Self {
        let takers = takers(runs);
        let frees = runs.iter().zip(&takers).map(|(run, takers)| run.had_work() && !takers.is_empty()).collect();
        let rates = runs.iter().map(|run| run.rate.pace.mean * run.work.unit).collect();
        Self { takers, rates, frees, work: vec![0.0; runs.len()] }
    }

    /// Computes the freed work of a week. It is divided among the objectives that are still open, so that nothing is
    /// given twice; work that no objective takes over is lost. `own` returns for each objective the number of its own
    /// trial.
    fn turn_to(&mut self, runs: &[Run], week: &Week, own: impl Fn(usize) -> usize, luck: &[u8]) {
        self.work.fill(0.0);
        let is_open = |place: usize| runs[place].open[own(place)] > 0;
        for (from, done) in runs.iter().enumerate().filter(|(from, _)| self.frees[*from] && !is_open(*from)) {
            let trial = own(from);
            let (done_in, over) = done.over[trial];
            let over = if done_in + 1 == week.number { over } else { 0.0 };
            let work = (done.brings(week, trial, luck[trial]) + over) * done.work.unit;
            let open = || self.takers[from].iter().filter(|(place, _)| is_open(*place));
            let all: f64 = open().map(|(place, _)| self.rates[*place]).sum();
            for (place, takes) in open() {
                self.work[*place] +=
                    work * takes * self.rates[*place] / all.max(ROUNDING_ERROR) / runs[*place].work.unit;
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn turns_are_counted_within_a_group_that_shares_people() {
        // 0, 2 and 4 are one group, through 2; 1 and 5 are another; 3 shares nobody.
        let takers: Vec<Vec<(usize, f64)>> = [vec![2], vec![5], vec![4], vec![], vec![], vec![]]
            .map(|of| of.into_iter().map(|at| (at, 0.5)).collect())
            .into();
        assert_eq!(groups(&takers), [(0, 0), (1, 0), (0, 1), (3, 0), (0, 2), (1, 1)]);
    }
}
