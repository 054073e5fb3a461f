//! The plan in one copy: which tasks are left out, which count without any text, and which objectives are there at all.

use std::collections::{BTreeSet, HashMap, HashSet};

use crate::fold::fold;
use crate::team::{About, MilestoneId, ObjectiveId, Task, TaskKey, Team};

/// Leaves out the tasks of private files and of the given objectives and milestones, with all that lies below them. Of
/// confidential ones only what can be counted stays: no text, no key, nothing that tells one from another.
pub(super) fn withhold_tasks(team: &mut Team, objectives: &BTreeSet<ObjectiveId>, milestones: &BTreeSet<MilestoneId>) {
    let leaves = |task: &Task| {
        task.is_private
            || task.milestone.as_ref().is_some_and(|id| milestones.contains(id))
            || task.objective.as_ref().is_some_and(|id| objectives.contains(id))
    };
    let gone = with_all_below(&team.tasks, leaves);
    let hidden = with_all_below(&team.tasks, |task| task.confidential);
    let is_open = |task: &Task| !gone.contains(&task.key) && !hidden.contains(&task.key);
    let said = |task: &Task| {
        let texts = task.labels.iter().chain(&task.sprints).chain([&task.key.0, &task.title]);
        texts.map(|text| fold(text)).collect::<Vec<_>>()
    };
    // What only withheld tasks are called, no agreement may name.
    let open: HashSet<String> = team.tasks.iter().filter(|task| is_open(task)).flat_map(said).collect();
    let told: HashSet<String> = team.tasks.iter().filter(|task| !is_open(task)).flat_map(said).collect();
    for agreement in team.agreements.iter_mut().filter(|agreement| agreement.what == About::Scope) {
        let is_kept = |entry: &&str| !told.contains(&fold(entry)) || open.contains(&fold(entry));
        let (all, kept) = (agreement.covers().count(), agreement.covers().filter(is_kept).collect::<Vec<_>>());
        if kept.len() < all {
            agreement.to = (!kept.is_empty()).then(|| kept.join(", "));
        }
    }
    // What an ask buys cannot be told without telling how many of its tasks are withheld.
    for ask in team.asks.iter_mut().filter(|ask| ask.tasks.iter().any(|entry| told.contains(&fold(entry)))) {
        ask.tasks.clear();
    }
    team.tasks.retain(|task| !gone.contains(&task.key));
    for (task, n) in team.tasks.iter_mut().filter(|task| hidden.contains(&task.key)).zip(1..) {
        *task = Task {
            key: TaskKey(format!("{WITHHELD}{n}")),
            title: String::new(),
            kind: None,
            counts: task.counts,
            parent: None,
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

/// How the keys of tasks begin that count without being named. No output has one; it cannot be typed into a cell.
const WITHHELD: &str = "\u{1}";

/// The keys of all tasks of a kind, and of those below them. Each task is looked at once.
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

/// Leaves out objectives and milestones, and what other milestones say of them.
pub(super) fn leave_out(team: &mut Team, objectives: &BTreeSet<ObjectiveId>, milestones: &BTreeSet<MilestoneId>) {
    team.objectives.retain(|objective| !objectives.contains(&objective.id));
    team.milestones.retain(|milestone| !milestones.contains(&milestone.id));
    let shown: HashSet<MilestoneId> = team.milestones.iter().map(|milestone| milestone.id.clone()).collect();
    for milestone in &mut team.milestones {
        // What it may be called by another name is not told either.
        milestone.carried_from = milestone.carried_from.take().filter(|id| shown.contains(id));
    }
}

/// An objective that no table defines is there through the rows of this copy that use its name.
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
    // A counted task must not carry a name that is not there.
    for task in &mut team.tasks {
        task.objective = task.objective.take().filter(|id| !unused.contains(id));
    }
}

/// Whether a key is that of a task without one.
pub(super) fn is_row(key: &TaskKey) -> bool {
    key.as_str().strip_prefix("row ").is_some_and(|n| n.parse::<u64>().is_ok())
}

/// Tasks without a key go by their row; the rows of a copy are those that it has.
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
