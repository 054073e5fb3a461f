//! Finished tasks of all objectives by closed week, with the usual range of the last week and of the last two together.

use std::collections::BTreeSet;

use chrono::{Days, NaiveDate};
use serde::Serialize;

use super::backlog::{MAX_UNDATED_RATIO, is_undated};
use super::calendar;
use super::forecast::rate::Rate;
use super::forecast::trials::weeks_range;
use super::forecast::workweek::WorkWeek;
use super::forecast::{self, weeks};
use super::inputs::Inputs;
use super::workload;
use crate::redact::Audience;
use crate::team::{Event, Task, TaskStatus};

/// The usual range is that of the forecast made this many weeks ago.
const WEEKS_BEFORE: u64 = 2;
/// Minimum number of full weeks of history.
const MIN_WEEKS: usize = 6;
/// A week, or the last two together, is news if the forecast gave this chance or less to as few tasks, or to as many.
const MAX_NEWS_CHANCE: f64 = 0.05;
/// Minimum number of people, so that a count is not a figure per person.
const MIN_PEOPLE: usize = 3;

#[derive(Debug, Clone, PartialEq, Serialize, schemars::JsonSchema)]
pub struct Throughput {
    /// Closed weeks of the quarter, oldest first.
    pub weeks: Vec<FinishedWeek>,
    /// Null with fewer than six full weeks of history.
    pub usual: Option<UsualWeek>,
    /// The usual range of the last two weeks together, by the same forecast.
    pub usual_two: Option<UsualWeek>,
    /// Whether the last week is far outside the usual range.
    pub news: bool,
    /// Number of last weeks that brought far less than the forecast: 2 if they did together and both were below its
    /// median, 1 if the last one did alone, else 0.
    pub slow: usize,
    /// Texts of the events of the slow weeks, else of the last week; null if there were none.
    pub reason: Option<String>,
    /// Days of the only event that `reason` is about.
    #[serde(skip)]
    pub reason_days: Option<(NaiveDate, NaiveDate)>,
    /// Whether the last week had an event; false if an event explains only the week before.
    #[serde(skip)]
    pub has_event: bool,
    /// Whether there was an event whose text this copy may not show: a day off.
    #[serde(skip)]
    pub has_untold: bool,
}

impl Throughput {
    /// Returns the last weeks that brought far less than the forecast.
    pub(crate) fn slow_weeks(&self) -> &[FinishedWeek] {
        &self.weeks[self.weeks.len().saturating_sub(self.slow)..]
    }

    /// Returns whether the last week brought far more than the forecast.
    pub(crate) fn is_fast(&self) -> bool {
        self.news && self.slow == 0
    }
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, schemars::JsonSchema)]
pub struct FinishedWeek {
    pub ending: NaiveDate,
    pub done: u32,
}

/// The 10–90 % range, which contains four of five weeks.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, schemars::JsonSchema)]
pub struct UsualWeek {
    pub low: u32,
    pub high: u32,
}

/// Returns `None` if no week of the quarter has closed, no task has a done date, too many finished tasks have none, or
/// a copy for others would count the work of one or two people.
pub(super) fn of_team(inputs: &Inputs) -> Option<Throughput> {
    let finished: Vec<(NaiveDate, &Task)> = (inputs.team.tasks.iter())
        .filter(|task| task.counts && task.status == TaskStatus::Done)
        .filter_map(|task| Some((task.done_on?, task)))
        .collect();
    let first = finished.iter().map(|(day, _)| *day).min()?;
    let undated = inputs.team.tasks.iter().filter(|task| task.counts && is_undated(task)).count();
    if undated * MAX_UNDATED_RATIO > undated + finished.len() {
        return None;
    }
    if inputs.audience != Audience::Me && !are_many(inputs, &finished) {
        return None;
    }
    let week_ends = inputs.frame.calendar.week_ends;
    let closed = calendar::closed_weeks(first.max(inputs.quarter.start), workload::reach(inputs), week_ends);
    let done = |ending: &NaiveDate| {
        finished.iter().filter(|(day, _)| *day <= *ending && *day > *ending - Days::new(7)).count() as u32
    };
    let counted: Vec<FinishedWeek> =
        closed.iter().map(|ending| FinishedWeek { ending: *ending, done: done(ending) }).collect();
    let last = *counted.last()?;
    let days: Vec<NaiveDate> = finished.iter().map(|(day, _)| *day).collect();
    let expected = expected(inputs, &days, first, last.ending);
    let slow = expected.as_ref().map_or(0, |expected| slow(expected, &counted));
    let unusual = expected.as_ref().is_some_and(|expected| is_rare(so_few(&expected.last, last.done)));
    let events: Vec<&Event> = of_weeks(inputs, last.ending, slow.max(1)).collect();
    let only = match events[..] {
        [event] => Some((event.date, event.until.unwrap_or(event.date))),
        _ => None,
    };
    let texts: Vec<&str> = events.iter().map(|event| event.text.as_str()).filter(|text| !text.is_empty()).collect();
    let range = |outcomes: &[u32]| UsualWeek { low: share(outcomes, 0.10), high: share(outcomes, 0.90) };
    let is_fast = expected.as_ref().is_some_and(|expected| is_rare(so_many(&expected.last, last.done)));
    Some(Throughput {
        weeks: counted,
        news: unusual || is_fast,
        usual: expected.as_ref().map(|expected| range(&expected.last)),
        usual_two: expected.as_ref().map(|expected| range(&expected.two)),
        slow,
        reason: (!texts.is_empty()).then(|| texts.join("; ")),
        reason_days: only,
        has_event: of_weeks(inputs, last.ending, 1).next().is_some(),
        has_untold: events.iter().any(|event| event.text.is_empty()),
    })
}

/// The outcomes, equally likely and sorted, that the forecast two weeks before the last week's end gave.
struct Expected {
    last: Vec<u32>,
    /// Of the last two weeks together.
    two: Vec<u32>,
}

/// Returns what the forecast two weeks before gave to the week that closes on `ending`, and to that and the week before.
fn expected(inputs: &Inputs, finished: &[NaiveDate], first: NaiveDate, ending: NaiveDate) -> Option<Expected> {
    let week_ends = inputs.frame.calendar.week_ends;
    let made_on = ending - Days::new(7 * WEEKS_BEFORE);
    let full = |through: NaiveDate| forecast::full_weeks(first, through, week_ends);
    if full(ending) < MIN_WEEKS || full(made_on) < forecast::MIN_FULL_WEEKS {
        return None;
    }
    let known: Vec<(NaiveDate, f64)> = finished.iter().filter(|day| **day <= made_on).map(|day| (*day, 1.0)).collect();
    let team = WorkWeek::learned(known.iter().map(|(day, _)| *day), workload::days_off(inputs), made_on);
    let rate = Rate::learned(weeks(&known, 1.0, &team, (first, made_on), week_ends));
    let before = ending - Days::new(7);
    let exposures = [team.between(made_on, before), team.between(before, ending)];
    Some(Expected { last: weeks_range(&rate, &[exposures[1]], 1), two: weeks_range(&rate, &exposures, 0) })
}

fn share(range: &[u32], share: f64) -> u32 {
    range.get((share * range.len() as f64) as usize).copied().unwrap_or(0)
}

/// Returns the chance of at most `done` tasks.
fn so_few(range: &[u32], done: u32) -> f64 {
    range.iter().filter(|tasks| **tasks <= done).count() as f64 / range.len() as f64
}

/// Returns the chance of at least `done` tasks.
fn so_many(range: &[u32], done: u32) -> f64 {
    range.iter().filter(|tasks| **tasks >= done).count() as f64 / range.len() as f64
}

fn is_rare(chance: f64) -> bool {
    chance <= MAX_NEWS_CHANCE
}

/// Returns the number of last weeks that brought far less than the forecast ([`Throughput::slow`]).
///
/// Worked example: 5 to 22 tasks a week are usual, 14 to 41 in two weeks. 2 and then 5 tasks are two slow weeks. 5 alone
/// is not a slow week. 2 and then 14 are not slow, because the second week is as usual.
fn slow(expected: &Expected, weeks: &[FinishedWeek]) -> usize {
    let median = share(&expected.last, 0.5);
    match weeks {
        [.., before, last]
            if before.done.max(last.done) < median && is_rare(so_few(&expected.two, before.done + last.done)) =>
        {
            2
        }
        [.., last] if is_rare(so_few(&expected.last, last.done)) => 1,
        _ => 0,
    }
}

/// Returns the events of the last `weeks` weeks that belong to no metric.
fn of_weeks<'a>(inputs: &Inputs<'a>, ending: NaiveDate, weeks: usize) -> impl Iterator<Item = &'a Event> {
    inputs.team.events.iter().filter(move |event| {
        let last = event.until.unwrap_or(event.date);
        event.metric.is_none() && event.date <= ending && last > ending - Days::new(7 * weeks as u64)
    })
}

/// Whether at least three people finished tasks; if the export names nobody, whether the team has that many members.
fn are_many(inputs: &Inputs, finished: &[(NaiveDate, &Task)]) -> bool {
    let people: BTreeSet<u64> = finished.iter().filter_map(|(_, task)| task.assignee).collect();
    let members = inputs.team.members.len();
    if people.is_empty() { members == 0 || members >= MIN_PEOPLE } else { people.len() >= MIN_PEOPLE }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::analysis::fixtures::{day, run, task};
    use crate::history::History;
    use crate::team::Team;

    /// Five tasks a week by `people` people, up to Friday 6 November; then the given number in each week.
    fn team(people: u64, last: &[u32]) -> Team {
        let mut tasks = Vec::new();
        let mut finish = |ending: NaiveDate, count: u32| {
            for n in 0..count {
                let mut done = task(&format!("T{}", tasks.len()), TaskStatus::Done);
                done.done_on = Some(ending - Days::new(u64::from(n % 4)));
                done.assignee = Some(u64::from(n) % people);
                tasks.push(done);
            }
        };
        (0..12).for_each(|week| finish(day("2026-11-06") - Days::new(7 * week), 5));
        last.iter().zip([day("2026-11-13"), day("2026-11-20")]).for_each(|(count, ending)| finish(ending, *count));
        Team { tasks, ..Team::default() }
    }

    #[test]
    fn the_range_is_that_of_the_forecast_two_weeks_before() {
        let throughput = run(&team(4, &[5, 4]), &History::default()).throughput.expect("weeks");
        // Eight weeks of the quarter; 2 October closes the first.
        assert_eq!(throughput.weeks.len(), 8);
        assert_eq!(throughput.weeks[7], FinishedWeek { ending: day("2026-11-20"), done: 4 });
        let usual = throughput.usual.expect("a range");
        assert!((1..=3).contains(&usual.low) && (6..=9).contains(&usual.high), "{usual:?}");
        assert!(!throughput.news);
        // The slow week before neither narrows nor lowers the range of the last week.
        let slow = run(&team(4, &[1, 0]), &History::default()).throughput.expect("weeks");
        assert_eq!(slow.usual, Some(usual));
        assert!(slow.news);
    }

    #[test]
    fn two_weeks_together_are_slow_where_neither_is_alone() {
        let slow = |last: &[u32]| run(&team(4, last), &History::default()).throughput.expect("weeks");
        let two = slow(&[2, 2]);
        let usual = two.usual_two.expect("a range");
        assert!((5..=7).contains(&usual.low) && (13..=16).contains(&usual.high), "{usual:?}");
        assert_eq!((two.slow, two.news, two.slow_weeks().len()), (2, false, 2));
        // One week that is as usual ends it; an empty one is news alone.
        assert_eq!(([0, 5], slow(&[0, 5]).slow), ([0, 5], 0));
        assert_eq!(([6, 0], slow(&[6, 0]).slow), ([6, 0], 1));
        assert_eq!(([5, 5], slow(&[5, 5]).slow), ([5, 5], 0));
        let fast = slow(&[5, 15]);
        assert!(fast.news && fast.is_fast() && fast.slow == 0);
    }

    #[test]
    fn events_of_both_slow_weeks_are_their_reason() {
        let event = |date: &str, until: Option<&str>| Event {
            date: day(date),
            until: until.map(day),
            kind: None,
            metric: None,
            text: "Feedback week".into(),
            confidential: false,
        };
        let mut slow = team(4, &[2, 2]);
        slow.events.push(event("2026-11-09", Some("2026-11-13")));
        let found = run(&slow, &History::default()).throughput.expect("weeks");
        assert_eq!(found.reason.as_deref(), Some("Feedback week"));
        assert!(found.reason_days.is_some() && !found.has_event);
        // Of a week that is as usual only its own events count.
        let mut usual = team(4, &[5, 5]);
        usual.events.push(event("2026-11-09", Some("2026-11-13")));
        assert_eq!(run(&usual, &History::default()).throughput.expect("weeks").reason, None);
    }

    #[test]
    fn short_histories_have_no_range() {
        let mut young = team(4, &[5, 5]);
        young.tasks.retain(|task| task.done_on > Some(day("2026-10-23")));
        assert_eq!(run(&young, &History::default()).throughput.and_then(|weeks| weeks.usual), None);
    }

    #[test]
    fn a_count_is_not_a_figure_per_person() {
        let of = |people: u64, audience| {
            let redacted = crate::redact::redact(&crate::redact::Guarded::new(team(people, &[5, 5])), audience, false);
            crate::analysis::analyse(&redacted, &History::default(), &crate::analysis::fixtures::frame()).throughput
        };
        assert!(of(2, Audience::Me).is_some() && of(2, Audience::Boss).is_none() && of(3, Audience::Boss).is_some());
    }
}
