//! Filters the plan for one copy: which tasks are left out, which count without any text, and which objectives exist.

use std::collections::{BTreeSet, HashMap, HashSet};

use crate::fold::fold;
use crate::team::{About, Ask, MilestoneId, ObjectiveId, Task, TaskKey, Team};

/// Removes the tasks of private files and of the given objectives and milestones, with all their sub-tasks.
/// Confidential tasks lose their text and key, and everything else that identifies them, and only count.
pub(super) fn withhold_tasks(team: &mut Team, objectives: &BTreeSet<ObjectiveId>, milestones: &BTreeSet<MilestoneId>) {
    let is_removed = |task: &Task| {
        task.is_private
            || task.milestone.as_ref().is_some_and(|id| milestones.contains(id))
            || task.objective.as_ref().is_some_and(|id| objectives.contains(id))
    };
    let removed = with_all_below(&team.tasks, is_removed);
    let hidden = with_all_below(&team.tasks, |task| task.confidential);
    let is_open = |task: &Task| !removed.contains(&task.key) && !hidden.contains(&task.key);
    let names_of = |task: &Task| {
        let texts = task.labels.iter().chain(&task.sprints).chain([&task.key.0, &task.title]);
        texts.map(|text| fold(text)).collect::<Vec<_>>()
    };
    // An agreement may not use a name that only withheld tasks have.
    let open_names: HashSet<String> = team.tasks.iter().filter(|task| is_open(task)).flat_map(names_of).collect();
    let withheld_names: HashSet<String> = team.tasks.iter().filter(|task| !is_open(task)).flat_map(names_of).collect();
    for agreement in team.agreements.iter_mut().filter(|agreement| agreement.what == About::Scope) {
        let is_kept = |entry: &&str| !withheld_names.contains(&fold(entry)) || open_names.contains(&fold(entry));
        let (all, kept) = (agreement.covers().count(), agreement.covers().filter(is_kept).collect::<Vec<_>>());
        if kept.len() < all {
            agreement.to = (!kept.is_empty()).then(|| kept.join(", "));
        }
    }
    // The effect of such an ask would reveal how many of its tasks are withheld.
    for ask in team.asks.iter_mut().filter(|ask| ask.tasks.iter().any(|entry| withheld_names.contains(&fold(entry)))) {
        ask.tasks.clear();
    }
    team.tasks.retain(|task| !removed.contains(&task.key));
    for (task, n) in team.tasks.iter_mut().filter(|task| hidden.contains(&task.key)).zip(1..) {
        *task = Task {
            key: TaskKey(format!("{WITHHELD}{n}")),
            title: String::new(),
            kind: None,
            counts: task.counts,
            parent: None,
            epic: None,
            sections: Vec::new(),
            milestone: task.milestone.take(),
            objective: task.objective.take(),
            reason: None,
            labels: Vec::new(),
            sprints: Vec::new(),
            confidential: true,
            withheld: true,
            ..task.clone()
        };
    }
}

/// Prefix of the keys of tasks that count without being named. No output contains it, and nobody can type it into a
/// cell.
const WITHHELD: &str = "\u{1}";

/// Returns the keys of the tasks for which `is` holds and of all their sub-tasks. Visits each task once.
fn with_all_below(tasks: &[Task], is: impl Fn(&Task) -> bool) -> HashSet<TaskKey> {
    let mut children: HashMap<&TaskKey, Vec<&Task>> = HashMap::new();
    for task in tasks {
        if let Some(parent) = &task.parent {
            children.entry(parent).or_default().push(task);
        }
    }
    let mut found = HashSet::new();
    let mut todo: Vec<&Task> = tasks.iter().filter(|task| is(task)).collect();
    while let Some(task) = todo.pop() {
        if found.insert(task.key.clone()) {
            todo.extend(children.get(&task.key).into_iter().flatten());
        }
    }
    found
}

/// Removes objectives and milestones, and references to them.
pub(super) fn remove_hidden(team: &mut Team, objectives: &BTreeSet<ObjectiveId>, milestones: &BTreeSet<MilestoneId>) {
    team.objectives.retain(|objective| !objectives.contains(&objective.id));
    team.milestones.retain(|milestone| !milestones.contains(&milestone.id));
    let shown: HashSet<MilestoneId> = team.milestones.iter().map(|milestone| milestone.id.clone()).collect();
    for milestone in &mut team.milestones {
        // A former name would reveal a milestone that is left out.
        milestone.carried_from = milestone.carried_from.take().filter(|id| shown.contains(id));
    }
}

/// Removes objectives that no table defines and that no row of this copy refers to.
pub(super) fn keep_named_objectives(team: &mut Team) {
    let used: BTreeSet<&ObjectiveId> = (team.milestones.iter().map(|it| &it.objective))
        .chain(team.tasks.iter().filter(|it| !it.withheld).map(|it| &it.objective))
        .chain(team.wins.iter().map(|it| &it.objective))
        .chain(team.asks.iter().map(|it| &it.objective))
        .chain(team.agreements.iter().map(|it| &it.objective))
        .flatten()
        .collect();
    let unused: BTreeSet<ObjectiveId> = (team.objectives.iter())
        .filter(|objective| objective.implied && !used.contains(&objective.id))
        .map(|objective| objective.id.clone())
        .collect();
    team.objectives.retain(|objective| !unused.contains(&objective.id));
    // A withheld task must not refer to a removed objective.
    for task in &mut team.tasks {
        task.objective = task.objective.take().filter(|id| !unused.contains(id));
    }
}

/// Whether a key is the row number of a task without a key.
pub(super) fn is_row(key: &TaskKey) -> bool {
    key.as_str().strip_prefix("row ").is_some_and(|n| n.parse::<u64>().is_ok())
}

/// Numbers the tasks without a key by their row among those of this copy.
pub(super) fn number_rows(team: &mut Team) {
    let mut renamed = HashMap::new();
    for (task, n) in team.tasks.iter_mut().filter(|task| is_row(&task.key)).zip(1u64..) {
        let old = std::mem::replace(&mut task.key, TaskKey(format!("row {n}")));
        renamed.insert(old, task.key.clone());
    }
    for parent in team.tasks.iter_mut().filter_map(|task| task.parent.as_mut()) {
        if let Some(key) = renamed.get(parent) {
            *parent = key.clone();
        }
    }
}

/// Returns the folded names by which only withheld tasks go: those that are confidential or belong to the given
/// objectives and milestones, with all below them. An ask that names one is about such tasks.
pub(super) fn names_of_withheld_tasks(
    team: &Team,
    objectives: &BTreeSet<ObjectiveId>,
    milestones: &BTreeSet<MilestoneId>,
) -> HashSet<String> {
    let withheld = with_all_below(&team.tasks, |task| {
        task.confidential
            || task.milestone.as_ref().is_some_and(|id| milestones.contains(id))
            || task.objective.as_ref().is_some_and(|id| objectives.contains(id))
    });
    let names = |of_withheld: bool| -> HashSet<String> {
        let tasks = team.tasks.iter().filter(|task| withheld.contains(&task.key) == of_withheld);
        tasks.flat_map(Task::names).map(|name| fold(name)).collect()
    };
    if withheld.is_empty() { HashSet::new() } else { &names(true) - &names(false) }
}

/// Whether an ask refers to one of `names`, which are folded, as a task.
pub(super) fn names_any(ask: &Ask, names: &HashSet<String>) -> bool {
    ask.tasks.iter().any(|name| names.contains(&fold(name)))
}

/// Removes the tasks of asks that would drop a confidential task: the effect of the ask would reveal the task.
pub(super) fn forget_confidential_tasks_of_asks(team: &mut Team) {
    let confidential = team.tasks.iter().filter(|task| task.confidential);
    let names: HashSet<String> = confidential.flat_map(Task::names).map(|name| fold(name)).collect();
    for ask in &mut team.asks {
        if names_any(ask, &names) {
            ask.tasks.clear();
        }
    }
}
