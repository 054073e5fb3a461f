//! A team that has tasks and neither objectives nor milestones: what is open, what is overdue, what was finished.

use chrono::NaiveDate;
use schemars::JsonSchema;
use serde::Serialize;

use super::inputs::Inputs;
use super::work::{Works, is_open};
use crate::team::{Task, TaskKey, TaskStatus};

/// So many overdue tasks are named, the longest overdue first.
const MOST_NAMED: usize = 5;

/// The tasks of a team as a whole.
#[derive(Debug, Clone, PartialEq, Serialize, JsonSchema)]
pub struct Backlog {
    pub open: u32,
    /// Of the open ones, those put aside.
    pub paused: u32,
    /// Finished since the last 1:1.
    pub done_since: u32,
    /// Open, not paused, and due before as-of.
    pub overdue: u32,
    /// The longest overdue of them that this copy may name.
    pub overdue_tasks: Vec<DueTask>,
    /// The open task that was created first.
    pub oldest: Option<OldTask>,
}

#[derive(Debug, Clone, PartialEq, Eq, Serialize, JsonSchema)]
pub struct DueTask {
    pub key: TaskKey,
    pub title: String,
    pub due: NaiveDate,
}

#[derive(Debug, Clone, PartialEq, Eq, Serialize, JsonSchema)]
pub struct OldTask {
    pub key: TaskKey,
    pub title: String,
    pub created: NaiveDate,
}

/// None where there are objectives or milestones, or no tasks.
pub(super) fn of_tasks(inputs: &Inputs, works: &Works) -> Option<Backlog> {
    let tasks: Vec<&Task> = inputs.team.tasks.iter().filter(|task| task.counts).collect();
    if tasks.is_empty() || !works.now.is_empty() || works.elsewhere().next().is_some() {
        return None;
    }
    let open = || tasks.iter().copied().filter(|task| is_open(task));
    let paused = open().filter(|task| task.status == TaskStatus::Paused).count();
    let is_overdue =
        |task: &&Task| task.status != TaskStatus::Paused && task.due.is_some_and(|due| due < inputs.as_of());
    let overdue = open().filter(is_overdue);
    let named = overdue
        .clone()
        .filter(|task| !task.withheld)
        .filter_map(|task| Some(DueTask { key: task.key.clone(), title: task.name().to_owned(), due: task.due? }));
    let mut named: Vec<DueTask> = named.collect();
    named.sort_by(|one, other| (one.due, &one.key).cmp(&(other.due, &other.key)));
    named.truncate(MOST_NAMED);
    let created = open().filter(|task| !task.withheld).filter_map(|task| {
        Some(OldTask { key: task.key.clone(), title: task.name().to_owned(), created: task.created? })
    });
    Some(Backlog {
        open: open().count() as u32,
        paused: paused as u32,
        done_since: tasks.iter().filter(|task| inputs.is_newly_done(task)).count() as u32,
        overdue: overdue.count() as u32,
        overdue_tasks: named,
        oldest: created.min_by(|one, other| (one.created, &one.key).cmp(&(other.created, &other.key))),
    })
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
        let backlog = run(&team, &History::default()).backlog.expect("there are only tasks");
        assert_eq!((backlog.open, backlog.paused, backlog.overdue, backlog.done_since), (4, 1, 2, 1));
        let named: Vec<&str> = backlog.overdue_tasks.iter().map(|task| task.title.as_str()).collect();
        // What has no title goes by its key.
        assert_eq!(named, ["Task T-1", "T-2"]);
    }
}
