//! The numbers for a team that has tasks but neither objectives nor milestones: open, overdue and finished tasks.

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

/// Number of weeks over which created and finished tasks are compared.
const FLOW_WEEKS: u64 = 8;
/// No date for "all done" is given if the created tasks are at least this share of the finished ones.
const QUEUE_SHARE: f64 = 0.8;
/// At most one in this many finished tasks may have no known date, or the weekly numbers are not known either.
pub(super) const MAX_UNDATED_RATIO: usize = 10;
/// Maximum number of groups with a row of their own.
const MAX_GROUPS: usize = 8;

/// All tasks of a team together.
#[derive(Debug, Clone, PartialEq, Serialize, JsonSchema)]
pub struct Backlog {
    pub open: u32,
    /// Open tasks that are paused.
    pub paused: u32,
    /// Tasks finished since the last 1:1.
    pub done_since: u32,
    /// All done tasks.
    pub done: u32,
    /// Done tasks without a known date.
    pub undated: u32,
    /// The open task that was created first.
    pub oldest: Option<OldTask>,
    /// When the tasks open now will be done; null if new tasks arrive about as fast, or too little is known.
    pub forecast: Option<Forecast>,
    /// Created and finished tasks of the last eight weeks; null if the export has no creation dates.
    pub flow: Option<Flow>,
    /// Kind of the groups: `project`, `epic`, `section`, `sprint` or `label`; null if there are no groups.
    pub grouped_by: Option<GroupedBy>,
    /// Groups, those with the most open tasks first.
    pub groups: Vec<TaskGroup>,
}

/// Tasks created and finished in the last eight weeks.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, JsonSchema)]
pub struct Flow {
    pub opened: u32,
    pub finished: u32,
    /// Whether the export goes back eight weeks. In a younger list the first tasks are new, but the backlog has not grown.
    #[serde(skip)]
    pub is_whole: bool,
}

impl Flow {
    /// Whether tasks arrive about as fast as they are finished.
    pub fn is_queue(self) -> bool {
        f64::from(self.opened) >= QUEUE_SHARE * f64::from(self.finished)
    }
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, JsonSchema)]
#[serde(rename_all = "lowercase")]
pub enum GroupedBy {
    Project,
    Epic,
    /// The heading above the rows of a list, or the summary above those of a plan.
    Section,
    Sprint,
    Label,
}

#[derive(Debug, Clone, PartialEq, Eq, Serialize, JsonSchema)]
pub struct TaskGroup {
    /// Empty for the tasks that are in no group.
    pub name: String,
    pub open: u32,
    /// Tasks finished since the last 1:1.
    pub done_since: u32,
    /// Tasks finished on an unknown day.
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

/// Returns `None` if there are objectives or milestones, or no tasks.
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
    // Tasks finished on unknown days have no pace.
    let is_paced = undated * MAX_UNDATED_RATIO <= done().count();
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

/// Whether a task was done on an unknown day.
pub(super) fn is_undated(task: &Task) -> bool {
    task.status == TaskStatus::Done && task.done_on.is_none()
}

/// Forecasts when the open tasks that are not paused will be done, as for one milestone with all of them. Returns
/// `None` if the data are old.
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

/// Returns `None` if at least half of the tasks have no creation date.
fn flow(inputs: &Inputs, tasks: &[&Task]) -> Option<Flow> {
    let to = workload::reach(inputs);
    let from = to - Days::new(7 * FLOW_WEEKS);
    let is_of = |day: NaiveDate| from < day && day <= to;
    let dated = tasks.iter().filter(|task| task.created.is_some()).count();
    let first = tasks.iter().flat_map(|task| [task.created, task.started, task.done_on]).flatten().min();
    (2 * dated > tasks.len()).then(|| Flow {
        is_whole: first.is_some_and(|first| first <= from),
        opened: tasks.iter().filter(|task| task.created.is_some_and(is_of)).count() as u32,
        finished: tasks.iter().filter(|task| task.status == TaskStatus::Done && task.done_on.is_some_and(is_of)).count()
            as u32,
    })
}

/// Levels of a plan by which its tasks may be grouped.
const SECTION_LEVELS: usize = 3;

/// Groups the tasks by the first of project, epic, section, sprint and label that at least half of the open ones have,
/// with more than one value.
fn groups(inputs: &Inputs, tasks: &[&Task]) -> Option<(GroupedBy, Vec<TaskGroup>)> {
    let titles: BTreeMap<&TaskKey, &str> =
        inputs.team.tasks.iter().filter(|task| !task.withheld).map(|task| (&task.key, task.name())).collect();
    let name = |task: &Task, (by, level): (GroupedBy, usize)| -> Option<String> {
        match by {
            GroupedBy::Project => task.objective.as_ref().map(ToString::to_string),
            GroupedBy::Epic => {
                let Some(parent) = task.parent.as_ref() else { return task.epic.clone() };
                Some(titles.get(parent).map_or_else(|| parent.to_string(), |title| (*title).to_owned()))
            }
            GroupedBy::Section => task.sections.get(level).cloned(),
            GroupedBy::Sprint => task.sprints.last().cloned(),
            GroupedBy::Label => task.labels.first().cloned(),
        }
    };
    // Tasks that this copy may not name are in no group.
    let open: Vec<&&Task> = tasks.iter().filter(|task| is_open(task) && !task.withheld).collect();
    let sections = (0..SECTION_LEVELS).map(|level| (GroupedBy::Section, level));
    let ways = [(GroupedBy::Project, 0), (GroupedBy::Epic, 0)].into_iter().chain(sections);
    let by = ways.chain([(GroupedBy::Sprint, 0), (GroupedBy::Label, 0)]).find(|by| {
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
    // Further groups are merged with the tasks of no group.
    if groups.len() > MAX_GROUPS {
        let rest = groups.split_off(MAX_GROUPS - 1);
        let sum = |of: fn(&TaskGroup) -> u32| rest.iter().map(of).sum();
        groups.push(TaskGroup {
            name: String::new(),
            open: sum(|group| group.open),
            done_since: sum(|group| group.done_since),
            undated: sum(|group| group.undated),
            overdue: sum(|group| group.overdue),
        });
    }
    Some((by.0, groups))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::analysis::fixtures::{day, run, task};
    use crate::history::History;
    use crate::team::Team;

    #[test]
    fn a_team_with_only_tasks_names_overdue_tasks() {
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
        // A task without a title is named by its key.
        assert_eq!(named, ["Task T-1", "T-2"]);
    }
    #[test]
    fn tasks_are_grouped_by_what_half_of_them_have() {
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
