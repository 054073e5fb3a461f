//! Compares the scope with the agreed one: what was added, dropped and moved, and what of it nobody agreed to.
//!
//! There is nothing to compare until the scope was agreed on a known date, or the boss confirmed the objective at a
//! recorded 1:1.

use std::collections::{BTreeMap, BTreeSet, HashMap, HashSet};

use chrono::NaiveDate;
use schemars::JsonSchema;
use serde::Serialize;

use super::inputs::Inputs;
use super::snapshot_index::{SnapshotIndex, TaskIndex};
use super::work::{MilestoneWork, Work};
use crate::team::{About, MilestoneId, Task, TaskKey, TaskStatus};

#[derive(Debug, Clone, PartialEq, Serialize, JsonSchema)]
pub struct Scope {
    pub agreed_on: NaiveDate,
    pub baseline: u32,
    pub added: u32,
    pub dropped: u32,
    pub now: u32,
    /// Added tasks that no agreement covers.
    pub unagreed: u32,
    /// Whether the baseline was estimated from creation dates, not read from a snapshot.
    pub estimated: bool,
    /// Labels, or parents, that the added tasks share: name, count; most first.
    pub added_under: Vec<(String, u32)>,
    /// Tasks of the baseline that now belong to something else; `now` = baseline + added − dropped − moved.
    pub moved: u32,
    /// Tasks of the objective that changed their milestone since the last 1:1.
    #[serde(rename = "moved_tasks")]
    pub moved_tasks: Vec<TaskKey>,
    pub reestimated: Vec<TaskKey>,
    pub reopened: Vec<TaskKey>,
}

/// Returns the day on which the scope of a milestone was agreed: its own, else its objective's.
pub(super) fn agreed_on(work: &Work, milestone: &MilestoneWork) -> Option<NaiveDate> {
    milestone.milestone.scope_agreed_on.or(work.objective.scope_agreed_on)
}

/// Returns the day on which the boss confirmed an objective, and with it its scope: the first of this quarter, else the
/// last before it. `None` without a snapshot of that day.
fn confirmed_on(inputs: &Inputs, work: &Work) -> Option<NaiveDate> {
    let of_objective = inputs.index.agreements_of_objective(&work.objective.id).iter().copied();
    let of_all = inputs.team.agreements.iter().filter(|it| it.objective.is_none());
    let confirms = of_objective.chain(of_all).filter(|it| it.what == About::Confirm && it.milestone.is_none());
    let days: BTreeSet<NaiveDate> =
        confirms.map(|it| it.date).filter(|on| snapshot_of(inputs, *on).is_some()).collect();
    let on = days.range(inputs.quarter.start..).next().or(days.last()).copied()?;
    // If a team states for some of its plan when the scope was agreed, the rest counts as not agreed.
    let (objectives, milestones) = (&inputs.team.objectives, &inputs.team.milestones);
    let is_stated = objectives.iter().any(|it| it.scope_agreed_on.is_some())
        || milestones.iter().any(|it| it.scope_agreed_on.is_some());
    (!is_stated).then_some(on)
}

/// Returns the recorded 1:1 of a day.
fn snapshot_of<'i, 'a>(inputs: &'i Inputs<'a>, day: NaiveDate) -> Option<&'i SnapshotIndex<'a>> {
    inputs.meetings.iter().find(|then| [then.snapshot.as_of, then.snapshot.on].contains(&day))
}

/// Returns the scope of an objective, such that now = baseline + added − dropped − moved.
///
/// The baseline is the tasks in the snapshot of the day on which the scope was agreed, else the tasks created by then;
/// without either there is no scope. Tasks missing from the export still count, because nobody said that they were
/// dropped.
pub(super) fn of_objective(inputs: &Inputs, work: &Work, task_index: &TaskIndex) -> Option<Scope> {
    let confirmed = confirmed_on(inputs, work);
    let parts = parts(work, confirmed, inputs.as_of());
    let agreed_on = *parts.keys().next()?;
    let mut tally = Tally::default();
    for (agreed_on, part) in &parts {
        match snapshot_of(inputs, *agreed_on) {
            Some(then) => tally.count_since(then, part, work, task_index),
            None => tally.estimate(*agreed_on, part),
        }
    }
    // No task existed by then, so no export shows what was agreed.
    if (tally.estimated || confirmed == Some(agreed_on)) && tally.baseline == 0 {
        return None;
    }
    if let Some(last) = inputs.last() {
        tally.name_changes(&SnapshotIndex::new(last), work);
    }
    let ledger = Ledger::of(inputs, work);
    let parents = |key: &TaskKey| task_index.get(key);
    let added = tally.added.len() as u32;
    Some(Scope {
        agreed_on,
        baseline: tally.baseline,
        added,
        dropped: tally.dropped,
        now: tally.baseline + added - tally.dropped - tally.moved_out,
        unagreed: tally.added.iter().filter(|task| !task.withheld && !ledger.covers(task)).count() as u32,
        estimated: tally.estimated,
        added_under: added_under(work, &tally.added, parents),
        moved: tally.moved_out,
        moved_tasks: tally.moved.into_iter().collect(),
        reestimated: tally.reestimated.into_iter().collect(),
        reopened: tally.reopened.into_iter().collect(),
    })
}

/// Returns when a change of this objective's scope was last agreed.
pub(super) fn agreed_again_on(inputs: &Inputs, work: &Work) -> Option<NaiveDate> {
    Ledger::of(inputs, work).newest
}

/// The part of an objective whose scope was agreed on one day: some of its milestones, perhaps also the tasks without
/// milestone.
#[derive(Default)]
struct Part<'a> {
    milestones: Vec<&'a MilestoneWork<'a>>,
    ids: HashSet<&'a MilestoneId>,
    loose: Vec<&'a Task>,
    /// Whether tasks without milestone belong to this part.
    whole_objective: bool,
}

/// Returns the parts by day; `confirmed` is the day for milestones and tasks without one of their own.
fn parts<'a>(work: &'a Work<'a>, confirmed: Option<NaiveDate>, as_of: NaiveDate) -> BTreeMap<NaiveDate, Part<'a>> {
    let mut parts: BTreeMap<NaiveDate, Part> = BTreeMap::new();
    for milestone in work.milestones.iter().filter(|milestone| milestone.ours) {
        if let Some(agreed_on) = agreed_on(work, milestone).or(confirmed) {
            let part = parts.entry(agreed_on).or_default();
            part.ids.insert(&milestone.milestone.id);
            part.milestones.push(milestone);
        }
    }
    if let Some(agreed_on) = work.objective.scope_agreed_on.or(confirmed) {
        let part = parts.entry(agreed_on).or_default();
        part.loose.extend(&work.loose);
        part.whole_objective = true;
    }
    parts.retain(|agreed_on, _| *agreed_on <= as_of);
    parts
}

impl<'a> Part<'a> {
    fn scope(&self) -> impl Iterator<Item = &'a Task> {
        let loose = self.loose.iter().copied().filter(|task| task.status != TaskStatus::Dropped);
        self.milestones.iter().flat_map(|milestone| milestone.scope()).chain(loose)
    }

    fn tasks(&self) -> impl Iterator<Item = &'a Task> {
        self.milestones.iter().flat_map(|milestone| milestone.tasks.iter()).chain(&self.loose).copied()
    }

    /// Whether a task with the recorded state `then` was in this part.
    fn held(&self, then: &crate::history::TaskAt, work: &Work) -> bool {
        match &then.milestone {
            Some(id) => self.ids.contains(id),
            None => self.whole_objective && then.objective.as_ref() == Some(&work.objective.id),
        }
    }
}

#[derive(Default)]
struct Tally<'a> {
    baseline: u32,
    dropped: u32,
    moved_out: u32,
    estimated: bool,
    added: Vec<&'a Task>,
    moved: BTreeSet<TaskKey>,
    reestimated: BTreeSet<TaskKey>,
    reopened: BTreeSet<TaskKey>,
}

impl<'a> Tally<'a> {
    /// Counts the changes from the tasks of a snapshot.
    fn count_since(&mut self, then: &SnapshotIndex, part: &Part<'a>, work: &Work, task_index: &TaskIndex) {
        let is_recorded = |task: &&Task| !task.confidential;
        let now: BTreeSet<&TaskKey> = part.scope().filter(is_recorded).map(|task| &task.key).collect();
        let whole = part.whole_objective.then(|| then.tasks_of_objective(&work.objective.id)).unwrap_or_default();
        let of_milestones = part.ids.iter().flat_map(|id| then.tasks_of_milestone(id));
        for key in of_milestones.chain(whole) {
            self.baseline += 1;
            match task_index.get(key).filter(|task| !now.contains(&task.key)) {
                Some(task) if task.status != TaskStatus::Dropped && task.milestone.is_some() => self.moved_out += 1,
                Some(_) => self.dropped += 1,
                None => {}
            }
        }
        let held = |task: &Task| then.task(&task.key).is_some_and(|at| part.held(at, work));
        self.added.extend(part.scope().filter(is_recorded).filter(|task| !held(task)));
        // Snapshots do not list confidential tasks, so their own dates decide. One that was dropped on an unknown day
        // may have been dropped before the snapshot.
        let is_distinctive = |task: &Task| task.status != TaskStatus::Dropped || task.done_on.is_some();
        self.estimate_tasks(then.snapshot.as_of, part, |task| task.confidential && is_distinctive(task));
        self.name_changes(then, work);
    }

    /// Counts the changes by the tasks' creation dates; a task without one counts as part of the baseline.
    fn estimate(&mut self, agreed_on: NaiveDate, part: &Part<'a>) {
        self.estimated = true;
        self.estimate_tasks(agreed_on, part, |_| true);
    }

    fn estimate_tasks(&mut self, agreed_on: NaiveDate, part: &Part<'a>, which: impl Fn(&Task) -> bool) {
        let was_there = |task: &Task| task.created.is_none_or(|created| created <= agreed_on);
        let in_scope: BTreeSet<&TaskKey> = part.scope().map(|task| &task.key).collect();
        for task in part.tasks().filter(|task| which(task)) {
            match (was_there(task), in_scope.contains(&task.key)) {
                (true, true) => self.baseline += 1,
                (true, false) if task.done_on.is_none_or(|closed| closed > agreed_on) => {
                    self.baseline += 1;
                    self.dropped += 1;
                }
                (true, false) => {}
                (false, true) => self.added.push(task),
                (false, false) => {}
            }
        }
    }

    /// Collects the tasks that moved, were re-estimated or were reopened since `then`.
    fn name_changes(&mut self, then: &SnapshotIndex, work: &Work) {
        for task in work.scope().filter(|task| !task.withheld) {
            let Some(at) = then.task(&task.key) else { continue };
            let (was, is) = (at.milestone.as_ref(), task.milestone.as_ref());
            if was != is {
                self.moved.insert(task.key.clone());
            }
            if at.estimate.zip(task.estimate).is_some_and(|(then, now)| then != now) {
                self.reestimated.insert(task.key.clone());
            }
            if at.done && task.status != TaskStatus::Done {
                self.reopened.insert(task.key.clone());
            }
        }
        self.reopened.extend(work.scope().filter(|task| task.reopened && !task.withheld).map(|it| it.key.clone()));
    }
}

/// The agreements about the scope of one objective, by what they cover. With a milestone as the key, an agreement
/// covers only that milestone; with `None`, the whole objective.
struct Ledger<'i, 'a> {
    /// By the lower-case key or label that an agreement names.
    by_name: HashMap<String, HashSet<Option<&'i MilestoneId>>>,
    /// The last date of agreements that name no existing task: they cover everything added by then.
    until: HashMap<Option<&'i MilestoneId>, NaiveDate>,
    newest: Option<NaiveDate>,
    meetings: &'i [SnapshotIndex<'a>],
}

impl<'i, 'a> Ledger<'i, 'a> {
    fn of(inputs: &'i Inputs<'a>, work: &Work) -> Self {
        let of_milestones =
            work.milestones.iter().flat_map(|it| inputs.index.agreements_of_milestone(&it.milestone.id));
        let of_objective = inputs.index.agreements_of_objective(&work.objective.id).iter();
        let agreements = of_milestones.chain(of_objective.filter(|agreement| agreement.milestone.is_none()));
        let mut ledger =
            Self { by_name: HashMap::new(), until: HashMap::new(), newest: None, meetings: &inputs.meetings };
        for agreement in agreements.filter(|agreement| agreement.what == About::Scope) {
            let reach = agreement.milestone.as_ref();
            ledger.newest = ledger.newest.max(Some(agreement.date));
            if agreement.covers().any(|entry| inputs.index.names_a_task(entry)) {
                for entry in agreement.covers() {
                    ledger.by_name.entry(entry.to_ascii_lowercase()).or_default().insert(reach);
                }
            } else {
                let until = ledger.until.entry(reach).or_insert(agreement.date);
                *until = agreement.date.max(*until);
            }
        }
        ledger
    }

    fn covers(&self, task: &Task) -> bool {
        let reaches = [None, task.milestone.as_ref()];
        let is_named = |name: &str| {
            let named = self.by_name.get(&name.to_ascii_lowercase());
            named.is_some_and(|named| reaches.iter().any(|reach| named.contains(reach)))
        };
        let mut until = reaches.iter().filter_map(|reach| self.until.get(reach));
        (!self.by_name.is_empty() && task.names().any(is_named)) || until.any(|date| self.was_added_by(task, *date))
    }

    fn was_added_by(&self, task: &Task, date: NaiveDate) -> bool {
        let seen = || self.meetings.iter().any(|then| then.snapshot.as_of <= date && then.task(&task.key).is_some());
        task.created.map_or_else(seen, |created| created <= date)
    }
}

/// Returns what the added tasks have in common: labels that most of the objective's tasks do not have, else their
/// parents.
fn added_under<'t>(work: &Work, added: &[&Task], task: impl Fn(&TaskKey) -> Option<&'t Task>) -> Vec<(String, u32)> {
    let all = work.scope().count();
    let mut labels: BTreeMap<&str, usize> = BTreeMap::new();
    for label in work.scope().flat_map(|task| &task.labels) {
        *labels.entry(label).or_default() += 1;
    }
    let places: BTreeSet<&str> = (work.milestones.iter())
        .flat_map(|it| it.milestone.aliases.iter().chain([&it.milestone.name]).map(String::as_str))
        .collect();
    let is_distinctive = |label: &str| !places.contains(label) && labels.get(label).copied() < Some(all / 2 + 1);
    let mut counts: BTreeMap<String, u32> = BTreeMap::new();
    for added in added.iter().filter(|task| !task.withheld) {
        let mut names: BTreeSet<String> = added.labels.iter().filter(|label| is_distinctive(label)).cloned().collect();
        let parent = added.parent.as_ref().filter(|parent| names.is_empty() && is_distinctive(parent.as_str()));
        if let Some(parent) = parent {
            let title = task(parent).map(|task| task.title.clone());
            names.insert(title.filter(|title| !title.is_empty()).unwrap_or_else(|| parent.0.clone()));
        }
        for name in names {
            *counts.entry(name).or_default() += 1;
        }
    }
    let mut counts: Vec<(String, u32)> = counts.into_iter().collect();
    counts.sort_by(|(one, many), (other, more)| more.cmp(many).then_with(|| one.cmp(other)));
    counts
}
