//! Collects the inputs of the forecast for each objective, and assigns its results to the milestones.

use std::collections::{BTreeMap, BTreeSet, HashMap};

use chrono::{Days, NaiveDate, Weekday};

use super::backtest::{self, WorkHistory};
use super::calendar::Span;
use super::forecast::workweek::WorkWeek;
use super::forecast::{self, Asked, Outlook, Remaining, Workload};
use super::inputs::Inputs;
use super::scope;
use super::sizes::Sizes;
use super::work::{MilestoneWork, Work};
use super::{Forecast, TrackRecord};
use crate::team::{EventKind, ProgressAt, TableKind, Task, TaskStatus};

/// Maximum number of milestones that are simulated. Those of further objectives are forecast by their pace.
const MAX_SIMULATED: usize = 500;
/// A person who works on more objectives than this does not show which objective takes over freed capacity.
const MAX_SHARED: usize = 50;

/// The forecast of one objective.
pub(super) struct Expected {
    /// One for each milestone, in the same order.
    pub milestones: Vec<Option<Forecast>>,
    /// From as-of on: date, and amounts done in 85 %, 50 % and 15 % of the trials.
    pub band: Vec<(NaiveDate, f64, f64, f64)>,
}

/// Returns the inputs of a team's forecast.
pub(super) fn question(inputs: &Inputs, works: &[Work], sizes: &Sizes) -> Question {
    Question {
        objectives: workloads(inputs, works, sizes),
        asked: Asked {
            week_ends: inputs.frame.calendar.week_ends,
            now: reach(inputs),
            until: inputs.quarter.end,
            only: None,
        },
    }
}

/// Forecasts all objectives at once, because they may take over each other's people.
pub(super) fn forecasts(inputs: &Inputs, works: &[Work], question: &Question, trials: &mut Trials) -> Vec<Expected> {
    works.iter().zip(trials.of(question.clone())).map(|(work, outlook)| expected(inputs, work, outlook)).collect()
}

/// Caches trials. A copy of a brief that only leaves out texts has the same work and past as the one before.
#[derive(Default)]
pub struct Trials {
    known: Vec<(Question, Vec<Outlook>)>,
    record: Option<((WorkHistory, Weekday), Option<TrackRecord>)>,
}

/// Everything that a forecast depends on.
#[derive(Clone, PartialEq)]
pub(super) struct Question {
    pub objectives: Vec<Workload>,
    asked: Asked,
}

impl Question {
    /// Returns the last day of the data.
    pub(crate) fn now(&self) -> NaiveDate {
        self.asked.now
    }

    /// Returns the question for one milestone, given as the indices of its objective and of itself. It contains the
    /// objectives that share people with its own, directly or through others; the rest is empty. Bands are left out.
    pub(crate) fn only(&self, milestone: (usize, usize)) -> Question {
        let mut tied = vec![false; self.objectives.len()];
        let mut next = vec![milestone.0];
        while let Some(place) = next.pop() {
            if !std::mem::replace(&mut tied[place], true) {
                // Taking over is mutual.
                next.extend(self.objectives[place].takes_over.iter().map(|(from, _)| *from));
            }
        }
        let of = |(work, is_tied): (&Workload, bool)| if is_tied { work.clone() } else { Workload::default() };
        let asked = Asked { until: self.asked.now, only: Some(milestone), ..self.asked };
        Question { objectives: self.objectives.iter().zip(tied).map(of).collect(), asked }
    }

    fn answer(&self) -> Vec<Outlook> {
        forecast::outlook(&self.objectives, &self.asked)
    }
}

impl Trials {
    /// Returns how a team's own past forecasts have held.
    pub(super) fn record(&mut self, history: WorkHistory, week_ends: Weekday) -> Option<TrackRecord> {
        let asked = (history, week_ends);
        let known = self.record.take().filter(|(before, _)| *before == asked);
        let record = known.map_or_else(|| backtest::own_record(&asked.0, week_ends), |(_, record)| record);
        self.record = Some((asked, record));
        record
    }

    pub(super) fn of(&mut self, asked: Question) -> &[Outlook] {
        let known = self.known.iter().position(|(question, _)| *question == asked);
        let place = known.unwrap_or_else(|| {
            let answer = asked.answer();
            self.known.push((asked, answer));
            self.known.len() - 1
        });
        &self.known[place].1
    }
}

/// Returns the last day of the task data: as-of, or the newest event in an older export.
pub(super) fn reach(inputs: &Inputs) -> NaiveDate {
    let exports = inputs.team.sources.iter().filter(|source| source.table == TableKind::Tasks);
    exports.filter_map(|source| source.newest).max().map_or(inputs.as_of(), |newest| newest.min(inputs.as_of()))
}

/// Returns the days on which the team does not work: from the config, and from events of kind off.
pub(super) fn days_off(inputs: &Inputs) -> Vec<Span> {
    let of_config = inputs.frame.off.iter().map(|(start, end)| Span { start: *start, end: *end });
    let off = inputs.team.events.iter().filter(|event| event.kind == Some(EventKind::Off));
    of_config.chain(off.map(|event| Span { start: event.date, end: event.until.unwrap_or(event.date) })).collect()
}

fn workloads(inputs: &Inputs, works: &[Work], sizes: &Sizes) -> Vec<Workload> {
    let people: Vec<People> = works.iter().map(|work| People::of(work, reach(inputs))).collect();
    let mut in_trials = 0;
    let workload = |(work, takes_over): (&Work, Vec<(usize, f64)>)| {
        let milestones = work.counted().count();
        // Each objective without milestones needs trials too.
        let cost = milestones.max(1);
        let by_pace = in_trials + cost > MAX_SIMULATED;
        in_trials += if by_pace { 0 } else { cost };
        Workload { by_pace, ..workload(inputs, work, sizes, takes_over) }
    };
    works.iter().zip(takes_over(&people)).map(workload).collect()
}

fn workload(inputs: &Inputs, work: &Work, sizes: &Sizes, takes_over: Vec<(usize, f64)>) -> Workload {
    let now = reach(inputs);
    let in_plan = || work.counted().flat_map(MilestoneWork::scope);
    let done = || in_plan().filter(|task| task.status == TaskStatus::Done);
    let finished: Vec<(NaiveDate, f64)> =
        done().filter_map(|task| Some((task.done_on?, sizes.of(task)))).filter(|(day, _)| *day <= now).collect();
    let remaining = |milestone: &MilestoneWork| Remaining {
        open: open_work(milestone, sizes),
        agreed: milestone.agreed,
        added: added(work, milestone, sizes),
        gift: None,
    };
    Workload {
        milestones: work.counted().map(remaining).collect(),
        done: done().map(|task| sizes.of(task)).sum(),
        began: began(done(), now, inputs.frame.calendar.week_ends),
        scope_agreed: work.counted().all(|milestone| scope::agreed_on(work, milestone).is_some()),
        unit: sizes.unit(),
        in_parallel: in_parallel(work, now),
        takes_over,
        by_pace: false,
        week: WorkWeek::learned(finished.iter().map(|(day, _)| *day), days_off(inputs), now),
        finished,
    }
}

/// Returns when work began: the first finish, minus the median time that a task takes, from its start or else its
/// creation. The creation or start of the first task is not used: one that was open since last year would make a new
/// team look slow. No empty weeks are added before the week of the first finish.
///
/// Worked example: the first of three tasks was finished on Friday 16 October; they took 3, 4 and 40 days: work began
/// on 12 October. With a median of 20 days it would also be Monday 12 October, the start of that week.
fn began<'a>(done: impl Iterator<Item = &'a Task>, now: NaiveDate, week_ends: Weekday) -> Option<NaiveDate> {
    let pace_start = |task: &Task| task.started.or(task.created);
    let done: Vec<(NaiveDate, Option<NaiveDate>)> =
        done.filter_map(|task| Some((task.done_on?, pace_start(task)))).filter(|(day, _)| *day <= now).collect();
    let mut cycles: Vec<u64> =
        done.iter().filter_map(|(day, created)| Some((*day - (*created)?).num_days().max(0) as u64)).collect();
    cycles.sort_unstable();
    let median = cycles.get(cycles.len().saturating_sub(1) / 2).copied().unwrap_or(0);
    let first = done.iter().map(|(day, _)| *day).min()?;
    Some(forecast::began(first, median, week_ends))
}

/// Returns the open work. Paused tasks, and open tasks of a milestone stated as done, do not count.
fn open_work(milestone: &MilestoneWork, sizes: &Sizes) -> f64 {
    if milestone.is_done() { 0.0 } else { milestone.queued_tasks().map(|task| sizes.of(task)).sum() }
}

/// Returns day and size of the tasks added since the scope was agreed, including dropped ones.
fn added(work: &Work, milestone: &MilestoneWork, sizes: &Sizes) -> Vec<(NaiveDate, f64)> {
    let Some(agreed_on) = scope::agreed_on(work, milestone) else { return Vec::new() };
    let created = milestone.tasks.iter().filter_map(|task| Some((task.created?, sizes.of(task))));
    created.filter(|(created, _)| *created > agreed_on).collect()
}

/// Estimates how often tasks were taken from any milestone rather than from the earliest ([`Workload::in_parallel`]).
///
/// For each finished task it is known which milestones had work then: those with tasks, created by then, that were
/// finished on its day or later. In strict order it belongs to the earliest; in parallel, with the earliest's share *p*
/// of those tasks. So the share of tasks that are not of the earliest is π × (1 − *p*), on average. A prior of two
/// tasks' worth of a team that works in order four times out of five is added. Only finished tasks count, because tasks
/// dropped today change nothing about the past.
///
/// Worked example: A and B had 5 tasks each; they were finished in turn, A first, so five tasks were not of A while 1 −
/// *p* was about one half nine times: π = (5 + 0.4) ÷ (4.5 + 2) = 0.83.
fn in_parallel(work: &Work, now: NaiveDate) -> f64 {
    const PRIOR: f64 = 0.2;
    const PRIOR_TASKS: f64 = 2.0;
    const NEARLY_IN_ORDER: f64 = 0.05;
    let life = |place: usize, task: &Task| {
        let done_on = task.done_on.filter(|day| *day <= now && task.status == TaskStatus::Done)?;
        Some((done_on, task.created.unwrap_or(NaiveDate::MIN), place))
    };
    let milestones: Vec<&MilestoneWork> = work.counted().collect();
    let of_milestone = |(place, milestone): (usize, &&MilestoneWork)| {
        milestone.tasks.iter().filter_map(|task| life(place, task)).collect::<Vec<_>>()
    };
    let mut lives: Vec<(NaiveDate, NaiveDate, usize)> = milestones.iter().enumerate().flat_map(of_milestone).collect();
    lives.sort_unstable();
    let mut by_creation: Vec<usize> = (0..lives.len()).collect();
    by_creation.sort_by_key(|index| lives[*index].1);
    let mut created = by_creation.into_iter().peekable();
    let (mut elsewhere, mut expected) = (0.0, 0.0);
    // For each milestone, the number of remaining tasks created by the day; the milestones that have any; the total.
    let (mut left, mut open, mut all) = (vec![0usize; milestones.len()], BTreeSet::new(), 0usize);
    for (index, (day, creation, place)) in lives.iter().enumerate() {
        while let Some(new) = created.next_if(|new| lives[*new].1 <= *day) {
            // A task created after it was finished was never remaining.
            if new >= index {
                left[lives[new].2] += 1;
                open.insert(lives[new].2);
                all += 1;
            }
        }
        let first = open.first().copied().unwrap_or(*place);
        if left[first] < all {
            elsewhere += f64::from(u8::from(*place != first));
            expected += 1.0 - left[first] as f64 / all as f64;
        }
        if creation <= day {
            left[*place] -= 1;
            all -= 1;
            if left[*place] == 0 {
                open.remove(place);
            }
        }
    }
    let share = (elsewhere + PRIOR * PRIOR_TASKS) / (expected + PRIOR_TASKS);
    if share < NEARLY_IN_ORDER { 0.0 } else { share.min(1.0) }
}

/// How many tasks of an objective each person finished lately; people are numbers here.
struct People(BTreeMap<u64, f64>);

impl People {
    /// Half a year shows who works on what.
    const DAYS: Days = Days::new(182);

    fn of(work: &Work, now: NaiveDate) -> Self {
        let lately = |task: &&Task| task.done_on.is_some_and(|day| now - Self::DAYS < day && day <= now);
        let mut people = BTreeMap::new();
        for person in work.counted().flat_map(MilestoneWork::scope).filter(lately).filter_map(|task| task.assignee) {
            *people.entry(person).or_default() += 1.0;
        }
        Self(people)
    }
}

/// Returns for each objective the shares of other objectives' work that it takes over ([`Workload::takes_over`]): the
/// share done by people who also work on this one. Empty if the export names nobody.
fn takes_over(people: &[People]) -> Vec<Vec<(usize, f64)>> {
    let mut works_on: HashMap<u64, Vec<usize>> = HashMap::new();
    for (place, people) in people.iter().enumerate() {
        people.0.keys().for_each(|person| works_on.entry(*person).or_default().push(place));
    }
    let mut takes_over = vec![Vec::new(); people.len()];
    for (from, theirs) in people.iter().enumerate() {
        let mut shared: BTreeMap<usize, f64> = BTreeMap::new();
        for (person, tasks) in &theirs.0 {
            for place in works_on[person].iter().filter(|place| **place != from && works_on[person].len() <= MAX_SHARED)
            {
                *shared.entry(*place).or_default() += tasks;
            }
        }
        let all: f64 = theirs.0.values().sum();
        shared.into_iter().for_each(|(place, tasks)| takes_over[place].push((from, tasks / all)));
    }
    takes_over
}

fn expected(inputs: &Inputs, work: &Work, outlook: &Outlook) -> Expected {
    let mut of_counted = outlook.milestones.iter().cloned();
    let of = |(milestone, planned_from): (&MilestoneWork, NaiveDate)| {
        let counted = milestone.ours && !milestone.is_dropped();
        let forecast = if counted { of_counted.next().flatten() } else { None };
        let forecast = forecast.map(|forecast| as_known(inputs, forecast));
        // Without tasks, the progress column is used.
        let by_progress = || {
            let progress =
                milestone.milestone.progress.filter(|_| milestone.is_open() && milestone.tasks.is_empty())?;
            if milestone.milestone.key_result.is_some() {
                return None;
            }
            let (start, then) = pace_start(milestone, planned_from)?;
            forecast::pace(then, progress, start, inputs.as_of())
        };
        forecast.or_else(by_progress)
    };
    let planned_from = work.planned_from(inputs.quarter.start);
    Expected { milestones: work.milestones.iter().zip(planned_from).map(of).collect(), band: outlook.band.clone() }
}

/// Limits a forecast to what is known: open work is not done before as-of, and an old export gives no odds.
pub(super) fn as_known(inputs: &Inputs, forecast: Forecast) -> Forecast {
    let is_stale = inputs.is_stale(TableKind::Tasks);
    Forecast {
        p50: if is_stale { forecast.p50 } else { forecast.p50.max(inputs.as_of()) },
        p85: forecast.p85.map(|p85| if is_stale { p85 } else { p85.max(inputs.as_of()) }),
        odds: forecast.odds.filter(|_| !is_stale),
        ..forecast
    }
}

/// Returns the day and the progress from which its pace is measured: its own start, else the first day of its progress
/// log, else the day from which it is planned. `None` if none is known.
fn pace_start(milestone: &MilestoneWork, planned_from: NaiveDate) -> Option<(NaiveDate, f64)> {
    let log = || milestone.milestone.log.iter();
    let last = log().map(|row| row.on).max();
    // A single row is no history.
    let is_past = |row: &&ProgressAt| Some(row.on) < last || milestone.milestone.progress != Some(row.progress);
    let first = log().min_by_key(|row| row.on).filter(is_past);
    let logged = first.map(|row| (row.on, row.progress));
    let planned = || milestone.has_plan().then_some((planned_from, 0.0));
    milestone.own_start().map(|start| (start, 0.0)).or(logged).or_else(planned)
}
