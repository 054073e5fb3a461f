//! A team that has tasks and neither objectives nor milestones: what is open, what is overdue, what was finished.

use std::borrow::Cow;
use std::collections::BTreeMap;

use chrono::{Days, NaiveDate};
use schemars::JsonSchema;
use serde::Serialize;

use super::inputs::Inputs;
use super::pressing::is_overdue;
use super::sizes::Sizes;
use super::work::{MilestoneWork, Work, Works, is_open};
use super::workload::{self, Trials};
use super::{Forecast, ForecastMethod};
use crate::team::{Milestone, Objective, Task, TaskKey, TaskStatus};

/// Weeks over which what arrives is held against what is finished.
const FLOW_WEEKS: u64 = 8;
/// Where arrivals are at least this share of the finished tasks, no date is given for "all done".
const QUEUE: f64 = 0.8;
/// One in so many finished tasks may be of no known day, else what was finished each week is not known either.
pub(super) const MOST_UNDATED: usize = 10;
/// So many groups have a row of their own.
const MOST_GROUPS: usize = 8;

/// The tasks of a team as a whole.
#[derive(Debug, Clone, PartialEq, Serialize, JsonSchema)]
pub struct Backlog {
    pub open: u32,
    /// Of the open ones, those put aside.
    pub paused: u32,
    /// Finished since the last 1:1.
    pub done_since: u32,
    /// Done, whenever that was.
    pub done: u32,
    /// Of these the ones that were finished on no known day.
    pub undated: u32,
    /// The open task that was created first.
    pub oldest: Option<OldTask>,
    /// When what is open now will be done; null where new tasks arrive about as fast, or too little is known.
    pub forecast: Option<Forecast>,
    /// Opened and finished in the last eight weeks; null where the export does not say when tasks were created.
    pub flow: Option<Flow>,
    /// What the tasks are grouped by: `project`, `epic`, `sprint` or `label`; null where they are not.
    pub grouped_by: Option<GroupedBy>,
    /// The groups with the most open tasks first.
    pub groups: Vec<TaskGroup>,
}

/// Tasks of the last eight weeks.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, JsonSchema)]
pub struct Flow {
    pub opened: u32,
    pub finished: u32,
}

impl Flow {
    /// Whether tasks arrive about as fast as they are finished.
    pub fn is_queue(self) -> bool {
        f64::from(self.opened) >= QUEUE * f64::from(self.finished)
    }
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, JsonSchema)]
#[serde(rename_all = "lowercase")]
pub enum GroupedBy {
    Project,
    Epic,
    Sprint,
    Label,
}

#[derive(Debug, Clone, PartialEq, Eq, Serialize, JsonSchema)]
pub struct TaskGroup {
    /// Empty of the tasks that are in no group.
    pub name: String,
    pub open: u32,
    /// Finished since the last 1:1.
    pub done_since: u32,
    /// Finished on no known day.
    #[serde(skip)]
    pub undated: u32,
    pub overdue: u32,
}

#[derive(Debug, Clone, PartialEq, Eq, Serialize, JsonSchema)]
pub struct OldTask {
    pub key: TaskKey,
    pub title: String,
    pub created: NaiveDate,
}

/// None where there are objectives or milestones, or no tasks.
pub(super) fn of_tasks(inputs: &Inputs, works: &Works, sizes: &Sizes, trials: &mut Trials) -> Option<Backlog> {
    let tasks: Vec<&Task> = inputs.team.tasks.iter().filter(|task| task.counts).collect();
    if tasks.is_empty() || !works.now.is_empty() || works.elsewhere().next().is_some() {
        return None;
    }
    let open = || tasks.iter().copied().filter(|task| is_open(task));
    // Blocked tasks are listed separately.
    let paused = open().filter(|task| task.status == TaskStatus::Paused && !task.blocked).count();
    let flow = flow(inputs, &tasks);
    let (grouped_by, groups) = groups(inputs, &tasks).unzip();
    let done = || tasks.iter().copied().filter(|task| task.status == TaskStatus::Done);
    let undated = done().filter(|task| is_undated(task)).count();
    // Of what was finished on no known day no pace is made.
    let is_paced = undated * MOST_UNDATED <= done().count();
    let created = open().filter(|task| !task.withheld).filter_map(|task| {
        Some(OldTask { key: task.key.clone(), title: task.name().to_owned(), created: task.created? })
    });
    Some(Backlog {
        open: open().count() as u32,
        paused: paused as u32,
        done_since: tasks.iter().filter(|task| inputs.is_newly_done(task)).count() as u32,
        done: done().count() as u32,
        undated: undated as u32,
        oldest: created.min_by(|one, other| (one.created, &one.key).cmp(&(other.created, &other.key))),
        forecast: match flow {
            Some(flow) if flow.is_queue() => None,
            _ if !is_paced => None,
            _ => forecast(inputs, &tasks, sizes, trials),
        },
        flow,
        grouped_by,
        groups: groups.unwrap_or_default(),
    })
}

/// Done on a day that no export says.
pub(super) fn is_undated(task: &Task) -> bool {
    task.status == TaskStatus::Done && task.done_on.is_none()
}

/// When what is open and not paused will be done: the forecast of one milestone that has all of it. Not from old data.
fn forecast(inputs: &Inputs, tasks: &[&Task], sizes: &Sizes, trials: &mut Trials) -> Option<Forecast> {
    let all = Milestone::default();
    let milestone =
        MilestoneWork { milestone: &all, agreed: None, moved: Vec::new(), tasks: tasks.to_vec(), ours: true };
    let work = Work { objective: Cow::Owned(Objective::default()), milestones: vec![milestone], loose: Vec::new() };
    let works = [work];
    let question = workload::question(inputs, &works, sizes);
    let expected = workload::forecasts(inputs, &works, &question, trials).into_iter().next()?;
    let forecast = expected.milestones.into_iter().next()??;
    (forecast.method == ForecastMethod::MonteCarlo && !inputs.is_stale(crate::team::TableKind::Tasks))
        .then_some(forecast)
}

/// None where half of the tasks or more have no date of creation.
fn flow(inputs: &Inputs, tasks: &[&Task]) -> Option<Flow> {
    let to = workload::reach(inputs);
    let from = to - Days::new(7 * FLOW_WEEKS);
    let is_of = |day: NaiveDate| from < day && day <= to;
    let dated = tasks.iter().filter(|task| task.created.is_some()).count();
    (2 * dated > tasks.len()).then(|| Flow {
        opened: tasks.iter().filter(|task| task.created.is_some_and(is_of)).count() as u32,
        finished: tasks.iter().filter(|task| task.status == TaskStatus::Done && task.done_on.is_some_and(is_of)).count()
            as u32,
    })
}

/// The tasks by the first of project, epic, sprint and label that half of the open ones have, and more than one of it.
fn groups(inputs: &Inputs, tasks: &[&Task]) -> Option<(GroupedBy, Vec<TaskGroup>)> {
    let titles: BTreeMap<&TaskKey, &str> =
        inputs.team.tasks.iter().filter(|task| !task.withheld).map(|task| (&task.key, task.name())).collect();
    let name = |task: &Task, by: GroupedBy| -> Option<String> {
        match by {
            GroupedBy::Project => task.objective.as_ref().map(ToString::to_string),
            GroupedBy::Epic => {
                let parent = task.parent.as_ref()?;
                Some(titles.get(parent).map_or_else(|| parent.to_string(), |title| (*title).to_owned()))
            }
            GroupedBy::Sprint => task.sprints.last().cloned(),
            GroupedBy::Label => task.labels.first().cloned(),
        }
    };
    // What this copy may not name has no group.
    let open: Vec<&&Task> = tasks.iter().filter(|task| is_open(task) && !task.withheld).collect();
    let ways = [GroupedBy::Project, GroupedBy::Epic, GroupedBy::Sprint, GroupedBy::Label];
    let by = ways.into_iter().find(|by| {
        let names: Vec<String> = open.iter().filter_map(|task| name(task, *by)).collect();
        let different: std::collections::BTreeSet<&String> = names.iter().collect();
        2 * names.len() >= open.len() && different.len() > 1
    })?;
    let mut groups: BTreeMap<String, TaskGroup> = BTreeMap::new();
    for task in tasks {
        let of = if task.withheld { None } else { name(task, by) }.unwrap_or_default();
        let group =
            groups.entry(of.clone()).or_insert(TaskGroup { name: of, open: 0, done_since: 0, undated: 0, overdue: 0 });
        group.open += u32::from(is_open(task));
        group.done_since += u32::from(inputs.is_newly_done(task));
        group.undated += u32::from(is_undated(task));
        group.overdue += u32::from(is_overdue(task, inputs.as_of()));
    }
    let mut groups: Vec<TaskGroup> = groups.into_values().filter(|group| group.open + group.done_since > 0).collect();
    groups.sort_by_key(|group| (group.name.is_empty(), std::cmp::Reverse(group.open)));
    // What has no row of its own stands with the tasks of no group.
    if groups.len() > MOST_GROUPS {
        let rest = groups.split_off(MOST_GROUPS - 1);
        let sum = |of: fn(&TaskGroup) -> u32| rest.iter().map(of).sum();
        groups.push(TaskGroup {
            name: String::new(),
            open: sum(|group| group.open),
            done_since: sum(|group| group.done_since),
            undated: sum(|group| group.undated),
            overdue: sum(|group| group.overdue),
        });
    }
    Some((by, groups))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::analysis::fixtures::{day, run, task};
    use crate::history::History;
    use crate::team::Team;

    #[test]
    fn a_team_with_only_tasks_names_what_is_overdue() {
        let due = |key: &str, status, due: &str| Task { due: Some(day(due)), ..task(key, status) };
        let tasks = vec![
            due("T-1", TaskStatus::Todo, "2026-11-02"),
            Task { title: String::new(), ..due("T-2", TaskStatus::Doing, "2026-11-13") },
            Task { done_on: Some(day("2026-11-18")), ..due("T-3", TaskStatus::Done, "2026-11-20") },
            due("T-4", TaskStatus::Todo, "2026-12-15"),
            due("T-5", TaskStatus::Paused, "2026-11-01"),
        ];
        let team = Team { name: "Ops".into(), tasks, ..Team::default() };
        let analysis = run(&team, &History::default());
        let (backlog, pressing) = (analysis.backlog.expect("there are only tasks"), analysis.pressing);
        assert_eq!((backlog.open, backlog.paused, pressing.overdue, backlog.done_since), (4, 1, 2, 1));
        let named: Vec<&str> = pressing.overdue_tasks.iter().map(|task| task.title.as_str()).collect();
        assert!(backlog.grouped_by.is_none() && backlog.flow.is_none() && backlog.forecast.is_none());
        // What has no title goes by its key.
        assert_eq!(named, ["Task T-1", "T-2"]);
    }
    #[test]
    fn tasks_are_grouped_by_the_first_that_half_of_them_have() {
        let of = |key: &str, parent: Option<&str>, label: &str, status| Task {
            parent: parent.map(Into::into),
            labels: vec![label.to_owned()],
            ..task(key, status)
        };
        let tasks = vec![
            of("T-1", Some("E-1"), "a", TaskStatus::Todo),
            of("T-2", Some("E-2"), "b", TaskStatus::Todo),
            of("T-3", Some("E-2"), "b", TaskStatus::Doing),
            of("T-4", None, "b", TaskStatus::Todo),
            Task { title: "Checkout".into(), counts: false, ..task("E-2", TaskStatus::Todo) },
        ];
        let team = Team { name: "Ops".into(), tasks, ..Team::default() };
        let backlog = run(&team, &History::default()).backlog.expect("there are only tasks");
        assert_eq!(backlog.grouped_by, Some(GroupedBy::Epic));
        let groups: Vec<(&str, u32)> = backlog.groups.iter().map(|group| (group.name.as_str(), group.open)).collect();
        assert_eq!(groups, [("Checkout", 2), ("E-1", 1), ("", 1)]);
    }
}
