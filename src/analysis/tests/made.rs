//! Compares printed odds with outcomes for artificial milestones whose future is known, with the whole analysis, for
//! nine kinds of teams.
//!
//! Results for 500 milestones of each kind (`cargo test --lib made_milestones -- --ignored --nocapture` prints them;
//! some minutes): the share that was done by P50 and by P85, and the mean of the printed odds beside the share done by
//! the agreed date:
//!
//! | kind | milestones | by P50 | by P85 | odds | met |
//! |---|---|---|---|---|---|
//! | steady | 500 | 0.57 | 0.92 | 0.70 | 0.72 |
//! | overdispersed | 500 | 0.54 | 0.88 | 0.65 | 0.70 |
//! | drifting | 500 | 0.54 | 0.86 | 0.71 | 0.74 |
//! | tiny | 500 | 0.58 | 0.91 | 0.57 | 0.64 |
//! | sprint ends | 500 | 0.54 | 0.91 | 0.66 | 0.71 |
//! | parallel | 1000 | 0.47 | 0.93 | 0.67 | 0.68 |
//! | shared capacity | 1500 | 0.48 | 0.91 | 0.56 | 0.57 |
//! | scope growth | 500 | 0.49 | 0.84 | 0.56 | 0.56 |
//! | holidays | 500 | 0.53 | 0.94 | 0.66 | 0.68 |
//!
//! The aim is 0.40 to 0.62 by P50 and 0.78 to 0.93 by P85. Parallel work and holidays are at its edge (1,200 more teams
//! with holidays give 0.92; the standard error of 500 is 0.011): P85 holds a little too often for teams as even as
//! these, since the forecast has the doubt that real series need. A smaller prior drift gained less here than it lost
//! on eleven real projects with a year of history.

use chrono::{Days, NaiveDate};
use rand_core::Rng as _;
use rand_pcg::Pcg32;

use crate::analysis::calendar::Span;
use crate::analysis::fixtures::{day, frame, milestone, objective, redacted, task_of};
use crate::analysis::{Forecast, Timeframe, analyse};
use crate::history::History;
use crate::team::{Task, TaskStatus, Team};

const AS_OF: &str = "2026-11-20";
/// Weeks of the future that are generated.
const AHEAD: u64 = 100;

struct Dice(Pcg32);

impl Dice {
    /// Returns a number between 0 and 1, excluding both.
    fn chance(&mut self) -> f64 {
        (f64::from(self.0.next_u32()) + 0.5) / 4_294_967_296.0
    }

    fn between(&mut self, least: u64, most: u64) -> u64 {
        least + (self.chance() * (most - least + 1) as f64) as u64
    }

    /// Box–Muller transform.
    fn normal(&mut self) -> f64 {
        (-2.0 * self.chance().ln()).sqrt() * (2.0 * std::f64::consts::PI * self.chance()).cos()
    }

    /// Knuth's product of uniforms.
    fn poisson(&mut self, mean: f64) -> u64 {
        let (mut product, mut count) = (self.chance(), 0);
        while product > (-mean).exp() {
            product *= self.chance();
            count += 1;
        }
        count
    }
}

#[derive(Debug, Clone, Copy, PartialEq)]
enum Kind {
    Steady,
    Overdispersed,
    Drifting,
    Tiny,
    SprintEnds,
    Parallel,
    SharedCapacity,
    ScopeGrowth,
    Holidays,
}

const KINDS: [Kind; 9] = [
    Kind::Steady,
    Kind::Overdispersed,
    Kind::Drifting,
    Kind::Tiny,
    Kind::SprintEnds,
    Kind::Parallel,
    Kind::SharedCapacity,
    Kind::ScopeGrowth,
    Kind::Holidays,
];

/// An artificial team as of 20 November, and the day on which each of its open milestones will be done.
struct Made {
    team: Team,
    frame: Timeframe,
    done_on: Vec<(String, NaiveDate)>,
}

/// The work of one objective in each week, past weeks first, and how its tasks arise.
struct Flow {
    past: u64,
    dice: Dice,
    level: f64,
    phase: u64,
    off: Vec<Span>,
}

impl Flow {
    fn tasks(&mut self, kind: Kind, week: u64, closes: NaiveDate) -> u64 {
        let mean = match kind {
            Kind::Overdispersed => -2.5 * (self.dice.chance().ln() + self.dice.chance().ln()),
            Kind::Drifting => {
                self.level += 0.08 * self.dice.normal();
                5.0 * self.level.exp()
            }
            Kind::Tiny => 0.8,
            Kind::SprintEnds if (week + self.phase) % 2 == 0 => 1.0,
            Kind::SprintEnds => 9.0,
            Kind::SharedCapacity => 3.0,
            _ => 5.0,
        };
        let tasks = self.dice.poisson(mean);
        if self.off.iter().any(|span| span.contains(closes)) { 0 } else { tasks }
    }

    /// Returns a working day of the week that closes on a Friday; at the end of a sprint one of its last two.
    fn day(&mut self, kind: Kind, closes: NaiveDate) -> NaiveDate {
        closes - Days::new(self.dice.between(0, if kind == Kind::SprintEnds { 1 } else { 4 }))
    }
}

fn made(kind: Kind, seed: u64) -> Made {
    let as_of = day(AS_OF);
    let mut dice = Dice(Pcg32::new(9_176 + seed, kind as u64));
    let past = dice.between(10, 45);
    let phase = dice.between(0, 1);
    // Fridays would be enough: no task is generated in a week off.
    let off: Vec<Span> = match kind {
        Kind::Holidays => [("2026-10-24", "2026-11-06"), ("2026-12-19", "2027-01-01")]
            .map(|(start, end)| Span { start: day(start), end: day(end) })
            .to_vec(),
        _ => Vec::new(),
    };
    let frame = Timeframe { off: off.iter().map(|span| (span.start, span.end)).collect(), ..frame() };
    let mut flow = Flow { past, dice, level: 0.0, phase, off };
    let objectives = if kind == Kind::SharedCapacity { 3 } else { 1 };
    let milestones: Vec<(String, usize)> = match kind {
        Kind::SharedCapacity => (0..3).map(|place| (format!("M{place}"), place)).collect(),
        Kind::Parallel => vec![("M0".into(), 0), ("M1".into(), 0)],
        _ => vec![("M0".into(), 0)],
    };
    let least = if kind == Kind::Tiny { 2 } else { 6 };
    let most = if kind == Kind::Tiny { 8 } else { 45 };
    let open: Vec<u64> = milestones.iter().map(|_| flow.dice.between(least, most)).collect();
    let mut tasks = finished(kind, &mut flow, &milestones, objectives, &open);
    let done_on = future(kind, &mut flow, &milestones, &open);
    let scope_agreed = as_of - Days::new(7 * past);
    for ((id, _), open) in milestones.iter().zip(&open) {
        for n in 0..*open {
            let mut todo = task_of(id, &format!("{id}-{n}"), TaskStatus::Todo);
            todo.created = Some(scope_agreed);
            tasks.push(todo);
        }
    }
    if kind == Kind::ScopeGrowth {
        add_since(&mut tasks, &mut flow, scope_agreed);
    }
    let mut team = Team { tasks, ..Team::default() };
    team.objectives = (0..objectives).map(|place| objective(&format!("O{place}"))).collect();
    for objective in &mut team.objectives {
        // Any date is possible.
        (objective.quarter, objective.scope_agreed_on) = (Some("Q4 2026".into()), Some(scope_agreed));
    }
    let open_all: u64 = open.iter().sum();
    team.milestones = (milestones.iter().zip(&open))
        .map(|((id, place), open)| {
            // Two parallel milestones are both done when everything is.
            let work = if kind == Kind::Parallel { open_all } else { *open };
            let weeks = work as f64 / if kind == Kind::Tiny { 0.8 } else { 4.0 };
            let agreed = as_of + Days::new(7 + (flow.dice.chance() * 14.0 * weeks) as u64);
            milestone(&format!("O{place}"), id, &agreed.to_string())
        })
        .collect();
    Made { team, frame, done_on }
}

/// Marks some of the tasks as added since the scope was agreed, as many a week as will be added in the future.
fn add_since(tasks: &mut [Task], flow: &mut Flow, scope_agreed: NaiveDate) {
    for week in (0..flow.past).rev() {
        let closes = scope_agreed + Days::new(7 * (week + 1));
        for _ in 0..flow.dice.poisson(1.4) {
            let day = flow.day(Kind::ScopeGrowth, closes);
            let is_free = |task: &&mut Task| {
                task.created == Some(scope_agreed) && task.done_on.is_none_or(|done_on| done_on > day + Days::new(3))
            };
            if let Some(task) = tasks.iter_mut().rev().find(is_free) {
                task.created = Some(day);
            }
        }
    }
}

/// Returns the tasks that were finished in the weeks before as-of.
fn finished(kind: Kind, flow: &mut Flow, milestones: &[(String, usize)], objectives: u64, open: &[u64]) -> Vec<Task> {
    let as_of = day(AS_OF);
    let mut tasks = Vec::new();
    for week in 0..flow.past {
        let closes = as_of - Days::new(7 * (flow.past - 1 - week));
        for place in 0..objectives as usize {
            for _ in 0..flow.tasks(kind, week, closes) {
                let of = match kind {
                    // With two milestones, each task is taken from one of them in proportion to what is left.
                    Kind::Parallel => usize::from(flow.dice.chance() * (open[0] + open[1]) as f64 >= open[0] as f64),
                    _ => place,
                };
                let mut done = task_of(&milestones[of].0, &format!("D{}", tasks.len()), TaskStatus::Done);
                let day = flow.day(kind, closes);
                (done.done_on, done.started) = (Some(day), Some(day - Days::new(3)));
                done.created = Some(as_of - Days::new(7 * flow.past));
                done.assignee = Some(flow.dice.between(0, 4));
                tasks.push(done);
            }
        }
    }
    tasks
}

/// Simulates the weeks after as-of by the same rules until all open tasks are done.
fn future(kind: Kind, flow: &mut Flow, milestones: &[(String, usize)], open: &[u64]) -> Vec<(String, NaiveDate)> {
    let mut left: Vec<u64> = open.to_vec();
    let mut done_on: Vec<Option<NaiveDate>> = vec![None; left.len()];
    for week in 0..AHEAD {
        let closes = day(AS_OF) + Days::new(7 * (week + 1));
        let mut finishes: Vec<(NaiveDate, usize)> = Vec::new();
        for place in 0..if kind == Kind::SharedCapacity { 3 } else { 1 } {
            for _ in 0..flow.tasks(kind, flow.past + week, closes) {
                finishes.push((flow.day(kind, closes), place));
            }
        }
        if kind == Kind::ScopeGrowth && left[0] > 0 {
            left[0] += flow.dice.poisson(1.4);
        }
        finishes.sort_unstable();
        for (day, place) in finishes {
            let all: u64 = left.iter().sum();
            let of = match kind {
                _ if all == 0 => break,
                Kind::Parallel => usize::from(flow.dice.chance() * all as f64 >= left[0] as f64),
                // A finished objective's people continue with one of the others.
                Kind::SharedCapacity if left[place] == 0 => {
                    let others: Vec<usize> = (0..3).filter(|other| left[*other] > 0).collect();
                    others[(flow.dice.chance() * others.len() as f64) as usize]
                }
                _ => place,
            };
            left[of] -= 1;
            if left[of] == 0 {
                done_on[of] = Some(day);
            }
        }
    }
    let never = day(AS_OF) + Days::new(7 * AHEAD);
    milestones.iter().zip(done_on).map(|((id, _), on)| (id.clone(), on.unwrap_or(never))).collect()
}

/// The forecast for one artificial milestone, and its outcome.
struct Outcome {
    by_p50: bool,
    by_p85: bool,
    odds: f64,
    met: bool,
}

fn outcomes(kind: Kind, count: u64) -> Vec<Outcome> {
    (0..count).flat_map(|seed| outcomes_of(&made(kind, seed))).collect()
}

fn outcomes_of(made: &Made) -> Vec<Outcome> {
    let states = analyse(&redacted(made.team.clone()), &History::default(), &made.frame).objectives;
    let of = |(id, done_on): &(String, NaiveDate)| {
        let mut milestones = states.iter().flat_map(|objective| &objective.milestones);
        let state = milestones.find(|milestone| milestone.id.as_str() == id)?;
        let Forecast { p50, p85, odds, .. } = state.forecast?;
        // A date within a week counts at the end of the week.
        let agreed = crate::analysis::calendar::week_ending(state.agreed?, chrono::Weekday::Fri);
        Some(Outcome {
            by_p50: *done_on <= p50,
            by_p85: p85.is_none_or(|p85| *done_on <= p85),
            odds: odds?,
            met: *done_on <= agreed,
        })
    };
    made.done_on.iter().filter_map(of).collect()
}

/// Returns shares of the outcomes: done by P50, done by P85, mean odds, done by the agreed date.
fn shares(outcomes: &[Outcome]) -> [f64; 4] {
    let mean = |of: &dyn Fn(&Outcome) -> f64| outcomes.iter().map(of).sum::<f64>() / outcomes.len() as f64;
    let is = |held: bool| f64::from(u8::from(held));
    [mean(&|one| is(one.by_p50)), mean(&|one| is(one.by_p85)), mean(&|one| one.odds), mean(&|one| is(one.met))]
}

#[test]
fn made_milestones_are_done_as_often_as_predicted() {
    // A few of each kind, all together: the standard error of a share of 100 is 0.05.
    let all: Vec<Outcome> = KINDS.iter().flat_map(|kind| outcomes(*kind, 9)).collect();
    let [p50, p85, odds, met] = shares(&all);
    assert!(all.len() >= 100, "{}", all.len());
    assert!((0.38..=0.64).contains(&p50) && (0.76..=0.95).contains(&p85), "{p50:.3} {p85:.3}");
    assert!((odds - met).abs() <= 0.08, "odds {odds:.3}, met {met:.3}");
}

#[test]
#[ignore = "five hundred of each kind take minutes"]
fn by_hand_five_hundred_made_milestones_of_each_kind() {
    let mut wrong = Vec::new();
    for kind in KINDS {
        let made = outcomes(kind, 500);
        let [p50, p85, odds, met] = shares(&made);
        let row = format!("| {kind:?} | {} | {p50:.2} | {p85:.2} | {odds:.2} | {met:.2} |", made.len());
        println!("{row}");
        let (low, high): (Vec<Outcome>, Vec<Outcome>) = made.into_iter().partition(|one| one.odds < 0.5);
        let halves = [low, high].map(|half| shares(&half));
        println!("    {halves:.2?}");
        let is_right = (0.40..=0.62).contains(&p50) && (0.78..=0.93).contains(&p85) && (odds - met).abs() <= 0.08;
        if !is_right || halves.iter().any(|[_, _, odds, met]| (odds - met).abs() > 0.1) {
            wrong.push(row);
        }
    }
    assert!(wrong.is_empty(), "{wrong:#?}");
}

#[test]
fn two_weeks_without_a_task_halve_the_odds() {
    // Two weeks without a finished task, after weeks of five, at least halve the odds of a date.
    for seed in 0..6 {
        let Made { mut team, frame, .. } = made(Kind::Steady, seed);
        let forecast = |team: &Team| {
            let states = analyse(&redacted(team.clone()), &History::default(), &frame).objectives;
            states[0].milestones[0].forecast.expect("a forecast")
        };
        team.milestones[0].original = Some(forecast(&team).p50 + Days::new(10));
        let going = forecast(&team).odds.expect("odds");
        // The same past two weeks ago, with the agreed date two weeks nearer.
        for task in team.tasks.iter_mut().filter(|task| task.status == TaskStatus::Done) {
            task.done_on = task.done_on.map(|day| day - Days::new(14));
        }
        team.milestones[0].original = team.milestones[0].original.map(|agreed| agreed - Days::new(14));
        let stopped = forecast(&team).odds.expect("odds");
        assert!(going > 0.5 && stopped <= going / 2.0, "{seed}: {going:.2} and {stopped:.2}");
    }
}
