//! Drafts wins from finished work, as sentences: a milestone that was reached, or tasks that were finished for an open
//! one. A single task is not a win.

use std::collections::{BTreeMap, BTreeSet};

use chrono::NaiveDate;

use super::memory::Memory;
use crate::analysis::{Analysis, MilestoneState};
use crate::history::ItemId;
use crate::tables::TableKind;
use crate::team::{Milestone, MilestoneId, ObjectiveId, Task, TaskStatus, Team};
use crate::words::Words;

/// Most tasks that a draft names; the others are counted.
const MAX_NAMED: usize = 3;
/// Fewest finished tasks that make a draft.
const MIN_TASKS: usize = 2;
/// Most drafts in a week: nobody answers more of them.
const MAX_DRAFTS: usize = 4;

/// A win that finished work suggests.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Draft {
    pub text: String,
    pub date: NaiveDate,
    pub objective: Option<String>,
    /// Whether anything that it is drafted from is confidential.
    pub confidential: bool,
    /// It names tasks by their titles, which are no words for a boss.
    pub is_of_titles: bool,
    /// The items that it is drafted from. Once the manager has answered, they are not drafted again.
    pub items: Vec<ItemId>,
}

/// The milestone and the objective of a task. The flag sorts tasks without a milestone last.
type BuildsUpTo<'a> = (bool, Option<&'a MilestoneId>, Option<&'a ObjectiveId>);

/// Returns drafts for what was finished since the last 1:1, unless a win mentions it or the manager has answered
/// already. Milestones come first, then the tasks of open milestones, one draft for each, then tasks without a
/// milestone. Confidential tasks are left out: the boss reads wins, and must not learn of these tasks.
pub(crate) fn drafts(
    team: &Team,
    analysis: &Analysis,
    words: &Words,
    is_settled: &dyn Fn(&ItemId) -> bool,
) -> Vec<Draft> {
    let news = |date: &NaiveDate| analysis.since.date < *date && *date <= analysis.as_of;
    let told = |name: &str| team.wins.iter().any(|win| win.text.to_lowercase().contains(&name.to_lowercase()));
    let find = |id: &MilestoneId| team.milestones.iter().find(|milestone| milestone.id == *id);
    let is_hidden = |id: &ObjectiveId| team.objectives.iter().any(|it| it.id == *id && it.confidential);
    let states = || {
        let of_objectives = analysis
            .objectives
            .iter()
            .flat_map(|objective| objective.milestones.iter().map(|state| (Some(&objective.id), state)));
        of_objectives.chain(analysis.elsewhere.iter().map(|state| (None, state)))
    };
    let done: BTreeSet<&MilestoneId> =
        states().filter(|(_, state)| state.done_on.is_some()).map(|(_, state)| &state.id).collect();
    let reached = states().filter(|(_, state)| !told(&state.name)).filter_map(|(objective, state)| {
        Some(Draft {
            text: reached(words, state),
            date: state.done_on.filter(news)?,
            objective: objective.map(|id| id.0.clone()),
            confidential: objective.is_some_and(is_hidden) || find(&state.id).is_some_and(|it| it.confidential),
            is_of_titles: false,
            items: vec![Memory::item(TableKind::Milestones, state.id.as_str())],
        })
    });
    let mut drafts: Vec<Draft> = reached.filter(|draft| !draft.items.iter().any(is_settled)).collect();

    let item = |task: &Task| Memory::item(TableKind::Tasks, task.key.as_str());
    let is_shown = |task: &Task| task.counts && !task.withheld && !task.confidential && !task.is_private;
    let is_done = |task: &&Task| is_shown(task) && task.status == TaskStatus::Done && !told(task.name());
    let of_open = |task: &&Task| task.milestone.as_ref().is_none_or(|id| !done.contains(id));
    let mut groups: BTreeMap<BuildsUpTo<'_>, Vec<(NaiveDate, &Task)>> = BTreeMap::new();
    for task in team.tasks.iter().filter(of_open).filter(is_done).filter(|task| !is_settled(&item(task))) {
        if let Some(date) = task.done_on.filter(news) {
            let key = (task.milestone.is_none(), task.milestone.as_ref(), task.objective.as_ref());
            groups.entry(key).or_default().push((date, task));
        }
    }
    let mut of_tasks: Vec<(usize, Draft)> = Vec::new();
    for ((_, milestone, objective), mut tasks) in groups {
        tasks.sort_by_key(|(date, task)| (*date, &task.key));
        let Some((last, _)) = tasks.last().filter(|_| tasks.len() >= MIN_TASKS) else { continue };
        let milestone = milestone.and_then(find);
        let of_milestone = milestone.and_then(|milestone| milestone.objective.as_ref());
        let draft = Draft {
            text: finished(words, milestone, &tasks),
            date: *last,
            objective: objective.map(|id| id.0.clone()),
            confidential: milestone.is_some_and(|it| it.confidential)
                || objective.into_iter().chain(of_milestone).any(is_hidden),
            is_of_titles: true,
            items: tasks.iter().map(|(_, task)| item(task)).collect(),
        };
        of_tasks.push((tasks.len(), draft));
    }
    // The most work comes first; the sort is stable.
    of_tasks.sort_by_key(|(count, _)| std::cmp::Reverse(*count));
    drafts.extend(of_tasks.into_iter().map(|(_, draft)| draft));
    drafts.truncate(MAX_DRAFTS);
    drafts
}

/// Describes a milestone that was reached: `Self-serve release is done, 3 days before the agreed date`.
fn reached(words: &Words, state: &MilestoneState) -> String {
    let milestone = [("milestone", state.name.as_str())];
    let early = state.agreed.zip(state.done_on).map(|(agreed, done)| (agreed, (agreed - done).num_days()));
    match early {
        Some((_, days @ 1..)) => words.count("draft.milestone_early", days.unsigned_abs(), &milestone),
        Some((agreed, 0)) => {
            let date = words.day_month(agreed);
            words.say("draft.milestone_on_time", &[("milestone", &state.name), ("date", &date)])
        }
        _ => words.say("draft.milestone", &milestone),
    }
}

/// Describes finished tasks: `6 tasks of Self-serve release are finished, among them “Search page” and “API limits”`.
fn finished(words: &Words, milestone: Option<&Milestone>, tasks: &[(NaiveDate, &Task)]) -> String {
    let all = tasks.len() <= MAX_NAMED;
    let named = if all { tasks.len() } else { MAX_NAMED - 1 };
    let names: Vec<String> = tasks.iter().take(named).map(|(_, task)| words.quote(task.name())).collect();
    let names = words.list(&names);
    let key = match (milestone, all) {
        (Some(_), true) => "draft.tasks",
        (Some(_), false) => "draft.tasks_some",
        (None, true) => "draft.beside",
        (None, false) => "draft.beside_some",
    };
    let milestone = milestone.map_or("", |milestone| milestone.name.as_str());
    words.count(key, tasks.len() as u64, &[("milestone", milestone), ("names", &names)])
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

    /// A team as of 20 November, whose last 1:1 was on 13 November.
    fn team() -> Team {
        let mut tasks: Vec<Task> = (1..=5)
            .map(|n| done("M1", &format!("T{n}"), "2026-11-17"))
            .chain([done("M2", "T6", "2026-11-17")])
            .collect();
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

    fn drafted(team: &Team, is_settled: &dyn Fn(&ItemId) -> bool) -> Vec<(String, bool)> {
        let analysis = run(team, &History::default());
        let words = Words::of_or_english("en");
        let drafts = drafts(team, &analysis, words, is_settled);
        drafts.into_iter().map(|draft| (draft.text.replace('\u{a0}', " "), draft.confidential)).collect()
    }

    fn said(team: &Team) -> Vec<(String, bool)> {
        drafted(team, &|_| false)
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
            quote_by: None,
            quote_on: None,
            with_team: None,
            people: vec![],
            objective: None,
            confidential: false,
        }
    }

    const OF_M1: &str = "5 tasks of Milestone M1 are finished, among them “Task T1” and “Task T2”";

    #[test]
    fn finished_work_is_drafted_once_for_each_milestone_and_never_for_a_single_task() {
        let expected = [("Milestone M2 is done, 16 days before the agreed date", false), (OF_M1, false)];
        assert_eq!(said(&team()), expected.map(|(text, hidden)| (text.to_owned(), hidden)));
    }

    #[test]
    fn answered_work_is_not_drafted_again_but_later_work_is() {
        let team = team();
        let reached = Memory::item(TableKind::Milestones, "M2");
        let first = |n: &str| Memory::item(TableKind::Tasks, n);
        let settled = [reached, first("T1"), first("T2"), first("T3")];
        let said = drafted(&team, &|item| settled.contains(item));
        assert_eq!(said, [("2 tasks of Milestone M1 are finished: “Task T4” and “Task T5”".to_owned(), false)]);
    }

    #[test]
    fn work_of_a_known_win_and_confidential_tasks_are_not_drafted_and_confidential_milestones_are_marked() {
        let mut team = team();
        team.wins = vec![win("Milestone M2 is done, task t8 too")];
        team.tasks[1].confidential = true;
        let text = "4 tasks of Milestone M1 are finished, among them “Task T1” and “Task T3”";
        assert_eq!(said(&team), [(text.to_owned(), false)]);
        team.milestones[0].confidential = true;
        assert_eq!(said(&team), [(text.to_owned(), true)]);
        team.milestones[0].confidential = false;
        team.objectives[0].confidential = true;
        assert_eq!(said(&team), [(text.to_owned(), true)]);
    }
}
