//! Trials: 10,000 futures of a team, week by week, in which finished tasks go to milestones. [`super::outlook`] reads
//! dates and odds from them.

use std::collections::HashMap;

use chrono::{Days, NaiveDate, Weekday};

use super::rate::Rate;
use super::trials::{self, DoneAfter, LAST_WEEK, Stream, WeekDraws};
use super::workweek::WorkWeek;
use super::{Asked, P85, Remaining, Workload};
use crate::analysis::calendar;

/// Futures that are run.
pub(crate) const TRIALS: usize = 10_000;
/// Bands are drawn from the first of them: a line two points wide shows no more.
const BAND_TRIALS: usize = 2_000;
/// In a week of a trial work is assigned to milestones so often at the most.
const MOST_DRAWS: f64 = 64.0;
/// What is less than this of a task is nothing.
const NOTHING: f64 = 1e-9;

/// One week of the future, or what is left of the present one.
struct Week {
    number: usize,
    /// Days from now before its first day.
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
    /// Its place among the objectives of the team.
    pub place: usize,
    pub work: &'a Workload,
    /// Index of the first run of those that share people, and the position of this one among them ([`trials::paired`]).
    group: usize,
    turn: usize,
    rate: Rate,
    /// By milestone; None where nothing is added.
    added: Vec<Option<Rate>>,
    /// For each trial, by milestone: tasks left.
    left: Vec<f64>,
    /// For each trial: milestones still open.
    open: Vec<u16>,
    /// For each trial: weeks that it stands still.
    still: Vec<u16>,
    /// For each trial: the week in which it was done, and the work of that week that was left over.
    over: Vec<(usize, f64)>,
    has_gifts: bool,
    pub done_after: Vec<DoneAfter>,
    /// Tasks finished by the close of a week, one a trial of the first [`BAND_TRIALS`].
    finished: Vec<f64>,
    /// By the close of each week: what 15 %, 50 % and 85 % of these do not exceed.
    pub finished_by: Vec<(NaiveDate, [f64; 3])>,
    /// The present week.
    draws: WeekDraws,
    draws_added: Vec<WeekDraws>,
    /// Share of the week's work that is done by the end of each of its days.
    done_by: Vec<f64>,
}

impl<'a> Run<'a> {
    pub(crate) fn new(place: usize, work: &'a Workload, rate: Rate, added: Vec<Option<Rate>>) -> Self {
        let left: Vec<f64> = work.milestones.iter().map(|milestone| milestone.open / work.unit).collect();
        let open = left.iter().filter(|left| **left > NOTHING).count() as u16;
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

    /// Returns whether it had work when the trials began. If not, its people already work elsewhere.
    fn had_work(&self) -> bool {
        self.work.milestones.iter().any(|milestone| milestone.open > 0.0)
    }

    fn grows(&self) -> bool {
        self.added.iter().any(Option::is_some)
    }

    /// Returns whether the forecasts of its milestones do not depend on this week and later ones: P85 is reached, and the
    /// week of the agreed date is over.
    fn is_answered(&self, week: &Week, asked: &Asked) -> bool {
        let is_known = |(place, milestone): (usize, &Remaining)| {
            let close = |agreed| (calendar::week_ending(agreed, asked.week_ends) - asked.now).num_days();
            let is_past = milestone.agreed.is_none_or(|agreed| close(agreed) <= week.before as i64);
            let is_open = milestone.open / self.work.unit > NOTHING && asked.is_of((self.place, place));
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
        self.done_by.iter_mut().for_each(|share| *share /= exposure.max(NOTHING));
        self.draws.prepare(&self.rate, exposure, week.number);
        for (draws, rate) in self.draws_added.iter_mut().zip(&self.added) {
            if let Some(rate) = rate {
                draws.prepare(rate, exposure, week.number);
            }
        }
    }

    /// The work that a week of a trial brings.
    fn brings(&self, week: &Week, trial: usize, luck: u8) -> f64 {
        if week.number < usize::from(self.still[trial]) { 0.0 } else { self.draws.of(trial, luck) }
    }

    /// Adds what comes in, then finishes `work` tasks, `given` aside.
    fn live(&mut self, week: &Week, trial: usize, work: f64, luck_added: u8) {
        let count = self.work.milestones.len();
        for (place, added) in self.added.iter().enumerate().filter(|(_, added)| added.is_some()) {
            let left = &mut self.left[trial * count + place];
            if added.is_some() && *left > NOTHING {
                *left += self.draws_added[place].of(trial, luck_added);
            }
        }
        let mut finished = if self.has_gifts { self.receive_gifts(week, trial) } else { 0.0 };
        let in_order = self.work.in_parallel <= 0.0;
        let piece = (work / MOST_DRAWS).max(1.0);
        let mut used = 0.0;
        while used < work - NOTHING && self.open[trial] > 0 {
            let task = used as usize;
            let place = self.next(week.number, trial, task);
            let left = self.left[trial * count + place];
            // In order, one milestone takes all; in parallel, each task (or batch of them) is assigned on its own.
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

    /// The milestone that the next task belongs to: the first open one, or by what is left of each.
    fn next(&self, week: usize, trial: usize, task: usize) -> usize {
        let count = self.work.milestones.len();
        let left = &self.left[trial * count..(trial + 1) * count];
        let first = left.iter().position(|left| *left > NOTHING).unwrap_or(0);
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
            *left > NOTHING && at < 0.0
        });
        drawn.unwrap_or(first)
    }

    /// `amount` tasks of a milestone are done, the last of them when `share` of the week's work is.
    fn finish(&mut self, week: &Week, trial: usize, place: usize, amount: f64, share: f64) {
        let left = &mut self.left[trial * self.work.milestones.len() + place];
        *left -= amount;
        if *left <= NOTHING {
            *left = 0.0;
            self.open[trial] -= 1;
            let day = self.done_by.iter().position(|done| *done >= share).unwrap_or(week.days - 1);
            self.done_after[place].add(week.before + day + 1);
        }
    }

    /// Work that others bring to a milestone; it counts there and nowhere else.
    fn receive_gifts(&mut self, week: &Week, trial: usize) -> f64 {
        let mut received = 0.0;
        for place in 0..self.work.milestones.len() {
            let Some(gift) = &self.work.milestones[place].gift else { continue };
            let left = self.left[trial * self.work.milestones.len() + place];
            let opens = week.closes - Days::new(week.days as u64 - 1);
            let days = (week.closes.min(gift.until) - opens.max(gift.from)).num_days() + 1;
            let all = (gift.until - gift.from).num_days() + 1;
            let amount = (gift.work / self.work.unit * days.max(0) as f64 / all as f64).min(left);
            if left > NOTHING && amount > 0.0 {
                self.finish(week, trial, place, amount, 1.0);
                received += amount;
            }
        }
        received
    }
}

/// Runs the trials of a team until all that is asked is known.
///
/// Where an objective is done in a trial, its work goes to those that take over from it ([`Workload::takes_over`]), in
/// proportion to their own rates. Objectives that share no people, directly or through
/// others, run separately.
pub(super) fn run(runs: &mut [Run], asked: &Asked) {
    for (run, (group, turn)) in ties(&takers(runs)).into_iter().enumerate() {
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
    // The trials in which something is still open, and the number that each of them has for each objective.
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
                    run.live(&week, trial, brings + freed.work[place], luck_added[trial]);
                }
            }
            true
        });
        if is_banded {
            runs.iter_mut().for_each(|run| run.close(&week));
        }
    }
}

/// For each run those that take over from it, in order, with the share that goes on there.
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
fn ties(takers: &[Vec<(usize, f64)>]) -> Vec<(usize, usize)> {
    // Union–find: each points to one before it of the same group, the first to itself.
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

/// The work that finished objectives free for the others in a week of a trial.
struct Freed {
    takers: Vec<Vec<(usize, f64)>>,
    /// Work a week of each objective, in proportion to which it takes over.
    rates: Vec<f64>,
    /// Whether each objective frees anybody once it is done.
    frees: Vec<bool>,
    /// The work that each objective takes over.
    work: Vec<f64>,
}

impl Freed {
    fn of(runs: &[Run]) -> Self {
        let takers = takers(runs);
        let frees = runs.iter().zip(&takers).map(|(run, takers)| run.had_work() && !takers.is_empty()).collect();
        let rates = runs.iter().map(|run| run.rate.pace.mean * run.work.unit).collect();
        Self { takers, rates, frees, work: vec![0.0; runs.len()] }
    }

    /// Computes the work of a week. Shares are of all objectives that are still open, so that no work is given twice;
    /// work that no objective takes over is lost. `own` gives the number of the trial for each objective.
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
                self.work[*place] += work * takes * self.rates[*place] / all.max(NOTHING) / runs[*place].work.unit;
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn turns_are_counted_within_those_who_share_people() {
        // 0, 2 and 4 are tied through 2; 1 and 5 to each other; 3 shares nobody.
        let takers: Vec<Vec<(usize, f64)>> = [vec![2], vec![5], vec![4], vec![], vec![], vec![]]
            .map(|of| of.into_iter().map(|at| (at, 0.5)).collect())
            .into();
        assert_eq!(ties(&takers), [(0, 0), (1, 0), (0, 1), (3, 0), (0, 2), (1, 1)]);
    }
}
