//! Wins that finished work suggests: a milestone that was done, or else the tasks of one that were.

use std::collections::{BTreeMap, BTreeSet};

use chrono::NaiveDate;

use crate::analysis::Analysis;
use crate::team::{Milestone, MilestoneId, ObjectiveId, Task, TaskStatus, Team};

/// Tasks that a draft names; more are counted.
const NAMED: usize = 3;

/// A win that finished work suggests.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Draft {
    pub text: String,
    pub date: NaiveDate,
    pub objective: Option<String>,
    /// As anything is that it is drafted from.
    pub confidential: bool,
}

/// What a task builds up to; tasks of no milestone come last.
type BuildsUpTo<'a> = (bool, Option<&'a MilestoneId>, Option<&'a ObjectiveId>);

/// What was finished since the last 1:1 and no win speaks of yet: milestones, then the tasks of those still open, one
/// draft a milestone, then the tasks of none. A confidential task is no win: the boss reads wins, and of such tasks no word.
pub fn drafts(team: &Team, analysis: &Analysis) -> Vec<Draft> {
    let news = |date: &NaiveDate| analysis.since.date < *date && *date <= analysis.as_of;
    let told = |name: &str| team.wins.iter().any(|win| win.text.to_lowercase().contains(&name.to_lowercase()));
    let find = |id: &MilestoneId| team.milestones.iter().find(|milestone| milestone.id == *id);
    let states = || analysis.objectives.iter().flat_map(|objective| &objective.milestones);
    let done: BTreeSet<&MilestoneId> =
        states().filter(|state| state.done_on.is_some()).map(|state| &state.id).collect();
    let is_hidden = |id: &ObjectiveId| team.objectives.iter().any(|it| it.id == *id && it.confidential);
    let of_milestones = analysis.objectives.iter().flat_map(|objective| {
        let done = objective.milestones.iter().filter(|state| !told(&state.name));
        done.filter_map(|state| {
            Some(Draft {
                text: format!("{} done", state.name),
                date: state.done_on.filter(news)?,
                objective: Some(objective.id.0.clone()),
                confidential: is_hidden(&objective.id)
                    || find(&state.id).is_some_and(|milestone| milestone.confidential),
            })
        })
    });
    let mut drafts: Vec<Draft> = of_milestones.collect();

    let is_shown = |task: &Task| task.counts && !task.withheld && !task.confidential;
    let is_done = |task: &&Task| is_shown(task) && task.status == TaskStatus::Done && !told(&task.title);
    let mut by_milestone: BTreeMap<BuildsUpTo<'_>, Vec<(NaiveDate, &Task)>> = BTreeMap::new();
    let of_open = |task: &&Task| task.milestone.as_ref().is_none_or(|id| !done.contains(id));
    for task in team.tasks.iter().filter(of_open).filter(is_done) {
        if let Some(date) = task.done_on.filter(news) {
            let key = (task.milestone.is_none(), task.milestone.as_ref(), task.objective.as_ref());
            by_milestone.entry(key).or_default().push((date, task));
        }
    }
    drafts.extend(by_milestone.into_iter().filter_map(|((_, milestone, objective), mut tasks)| {
        tasks.sort_by_key(|(date, task)| (*date, &task.key));
        let milestone = milestone.and_then(find);
        let draft = of_tasks(milestone, objective, &tasks)?;
        let of_milestone = milestone.and_then(|milestone| milestone.objective.as_ref());
        let confidential = draft.confidential || objective.into_iter().chain(of_milestone).any(is_hidden);
        Some(Draft { confidential, ..draft })
    }));
    drafts
}

/// `Self-serve release: Search page, API limits and 2 more tasks`.
fn of_tasks(
    milestone: Option<&Milestone>,
    objective: Option<&ObjectiveId>,
    tasks: &[(NaiveDate, &Task)],
) -> Option<Draft> {
    let titles: Vec<&str> = tasks.iter().take(NAMED).map(|(_, task)| task.title.as_str()).collect();
    let more = tasks.len() - titles.len();
    let mut text = milestone.map_or_else(String::new, |milestone| format!("{}: ", milestone.name)) + &titles.join(", ");
    if more > 0 {
        text += &format!(" and {more} more {}", if more == 1 { "task" } else { "tasks" });
    }
    Some(Draft {
        text,
        date: tasks.last()?.0,
        objective: objective.map(|id| id.0.clone()),
        confidential: milestone.is_some_and(|milestone| milestone.confidential),
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::analysis::fixtures::{day, milestone, objective, run, task_of};
    use crate::history::History;
    use crate::team::{Drives, Win};

    fn done(milestone: &str, key: &str, on: &str) -> Task {
        Task { done_on: Some(day(on)), objective: Some("O".into()), ..task_of(milestone, key, TaskStatus::Done) }
    }

    fn team() -> Team {
        let mut tasks: Vec<Task> =
            (1..=5).map(|n| done("M1", &format!("T{n}"), &format!("2026-11-{}", 14 + n))).collect();
        tasks.push(done("M2", "T6", "2026-11-18"));
        tasks.push(task_of("M1", "T7", TaskStatus::Todo));
        tasks.push(Task { milestone: None, objective: None, ..done("M1", "T8", "2026-11-19") });
        Team {
            name: "Curation".into(),
            objectives: vec![objective("O")],
            milestones: vec![
                milestone("O", "M1", "2026-11-30"),
                Milestone { done_on: Some(day("2026-11-18")), ..milestone("O", "M2", "2026-12-04") },
            ],
            tasks,
            ..Team::default()
        }
    }

    fn said(team: &Team) -> Vec<(String, bool)> {
        let analysis = run(team, &History::default());
        drafts(team, &analysis).into_iter().map(|draft| (draft.text, draft.confidential)).collect()
    }

    fn win(text: &str) -> Win {
        Win {
            date: None,
            text: text.into(),
            kind: None,
            drives: Drives::Beyond,
            amount: None,
            evidence: None,
            link: None,
            validated_by: None,
            quote: None,
            with_team: None,
            people: vec![],
            objective: None,
            confidential: false,
        }
    }

    #[test]
    fn finished_work_is_drafted_once_a_milestone() {
        let expected = [
            ("Milestone M2 done", false),
            ("Milestone M1: Task T1, Task T2, Task T3 and 2 more tasks", false),
            ("Task T8", false),
        ];
        assert_eq!(said(&team()), expected.map(|(text, hidden)| (text.to_owned(), hidden)));
    }

    #[test]
    fn what_a_win_tells_already_and_confidential_tasks_are_not_drafted_and_confidential_milestones_are_marked() {
        let mut team = team();
        team.wins = vec![win("Milestone M2 is done, task t8 too")];
        team.tasks[1].confidential = true;
        let text = "Milestone M1: Task T1, Task T3, Task T4 and 1 more task";
        assert_eq!(said(&team), [(text.to_owned(), false)]);
        team.milestones[0].confidential = true;
        assert_eq!(said(&team), [(text.to_owned(), true)]);
        team.milestones[0].confidential = false;
        team.objectives[0].confidential = true;
        assert_eq!(said(&team), [(text.to_owned(), true)]);
    }
}
