//! Finished tasks of all objectives by closed week, with the usual range of the last week.

use std::collections::BTreeSet;

use chrono::{Days, NaiveDate};
use serde::Serialize;

use super::backlog::{MAX_UNDATED_RATIO, is_undated};
use super::calendar;
use super::forecast::rate::Rate;
use super::forecast::trials::week_range;
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
/// A week is news if the forecast gave this chance or less to as few tasks, or to as many.
const MAX_NEWS_CHANCE: f64 = 0.05;
/// Minimum number of people, so that a count is not a figure per person.
const MIN_PEOPLE: usize = 3;

#[derive(Debug, Clone, PartialEq, Serialize, schemars::JsonSchema)]
pub struct Throughput {
    /// Closed weeks of the quarter, oldest first.
    pub weeks: Vec<FinishedWeek>,
    /// Null with fewer than six full weeks of history.
    pub usual: Option<UsualWeek>,
    /// Whether the last week is far outside the usual range.
    pub news: bool,
    /// Texts of the events of the last week; null if there were none.
    pub reason: Option<String>,
    /// Whether there was an event whose text this copy may not show: a day off.
    #[serde(skip)]
    pub has_untold: bool,
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
    let range = usual(inputs, &days, first, last.ending);
    Some(Throughput {
        weeks: counted,
        news: range.as_ref().is_some_and(|range| is_unusual(range, last.done)),
        usual: range.map(|range| UsualWeek { low: share(&range, 0.10), high: share(&range, 0.90) }),
        reason: reason(inputs, last.ending),
        has_untold: of_week(inputs, last.ending).any(|event| event.text.is_empty()),
    })
}

/// Returns the outcomes, equally likely and sorted, that the forecast two weeks before gave to the week that closes on
/// `ending`.
fn usual(inputs: &Inputs, finished: &[NaiveDate], first: NaiveDate, ending: NaiveDate) -> Option<Vec<u32>> {
    let week_ends = inputs.frame.calendar.week_ends;
    let made_on = ending - Days::new(7 * WEEKS_BEFORE);
    let full = |through: NaiveDate| forecast::full_weeks(first, through, week_ends);
    if full(ending) < MIN_WEEKS || full(made_on) < forecast::MIN_FULL_WEEKS {
        return None;
    }
    let known: Vec<(NaiveDate, f64)> = finished.iter().filter(|day| **day <= made_on).map(|day| (*day, 1.0)).collect();
    let team = WorkWeek::learned(known.iter().map(|(day, _)| *day), workload::days_off(inputs), made_on);
    let rate = Rate::learned(weeks(&known, 1.0, &team, (first, made_on), week_ends));
    let exposure = team.between(ending - Days::new(7), ending);
    Some(week_range(&rate, exposure, WEEKS_BEFORE as usize - 1))
}

fn share(range: &[u32], share: f64) -> u32 {
    range.get((share * range.len() as f64) as usize).copied().unwrap_or(0)
}

fn is_unusual(range: &[u32], done: u32) -> bool {
    let part = |count: usize| count as f64 / range.len() as f64;
    let so_few = part(range.iter().filter(|tasks| **tasks <= done).count());
    let so_many = part(range.iter().filter(|tasks| **tasks >= done).count());
    so_few <= MAX_NEWS_CHANCE || so_many <= MAX_NEWS_CHANCE
}

/// Returns the events of the week that belong to no metric.
fn of_week<'a>(inputs: &Inputs<'a>, ending: NaiveDate) -> impl Iterator<Item = &'a Event> {
    inputs.team.events.iter().filter(move |event| {
        let last = event.until.unwrap_or(event.date);
        event.metric.is_none() && event.date <= ending && last > ending - Days::new(7)
    })
}

/// Returns the texts of the week's events.
fn reason(inputs: &Inputs, ending: NaiveDate) -> Option<String> {
    let texts: Vec<&str> =
        of_week(inputs, ending).map(|event| event.text.as_str()).filter(|text| !text.is_empty()).collect();
    (!texts.is_empty()).then(|| texts.join("; "))
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
