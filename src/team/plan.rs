//! What a team plans to do and how far it has come: objectives, their milestones, and tasks, from the tables of a
//! tracker.

use chrono::NaiveDate;
use schemars::JsonSchema;
use serde::Serialize;

use super::{MilestoneId, ObjectiveId, TaskKey};
use crate::tables::{StatedAs, Status, TaskStatus, marked};

#[derive(Debug, Clone, Default, PartialEq, Serialize, JsonSchema)]
pub struct Objective {
    pub id: ObjectiveId,
    pub name: String,
    /// As written in the export, e.g. `Q4 2026`; objectives of other quarters are the last quarter's close.
    pub quarter: Option<String>,
    pub agreed_on: Option<NaiveDate>,
    /// The current sentence, if the objective also has a short name.
    pub wording: Option<String>,
    /// The sentence as it was agreed; the current one is [`Objective::wording_now`].
    pub agreed_wording: Option<String>,
    pub scope_agreed_on: Option<NaiveDate>,
    pub owner: Option<String>,
    pub strategy: Option<String>,
    /// Why its milestones lead to it.
    pub path_note: Option<String>,
    /// Default 1.
    pub weight: Option<f64>,
    /// Name of the outcome metric.
    pub metric: Option<String>,
    pub target: Option<f64>,
    pub stated: Option<Status>,
    /// The stated word, if it is not the status itself.
    pub stated_as: Option<StatedAs>,
    pub reason: Option<String>,
    /// No table defines it; it exists because rows refer to its name.
    pub implied: bool,
    pub confidential: bool,
}

marked!(Objective);

impl Objective {
    /// Returns the current sentence: that of its own column, else the name.
    pub fn wording_now(&self) -> &str {
        self.wording.as_deref().unwrap_or(&self.name)
    }
}

/// One row of a milestone's progress log.
#[derive(Debug, Clone, Copy, PartialEq, Serialize, JsonSchema)]
pub struct ProgressAt {
    pub on: NaiveDate,
    /// 0 to 1.
    pub progress: f64,
}

/// What a key result measures.
#[derive(Debug, Clone, PartialEq, Serialize, JsonSchema)]
pub struct KeyResult {
    pub from: Option<f64>,
    pub now: f64,
    pub target: f64,
    pub unit: Option<String>,
}

impl KeyResult {
    /// Returns the share of the way from the start to the target that is done; negative if the value is worse than at
    /// the start. `None` without a start, or if start and target are equal.
    pub fn share(&self) -> Option<f64> {
        let way = self.target - self.from?;
        (way != 0.0).then(|| (self.now - self.from.unwrap_or_default()) / way)
    }
}

#[derive(Debug, Clone, Default, PartialEq, Serialize, JsonSchema)]
pub struct Milestone {
    pub id: MilestoneId,
    pub objective: Option<ObjectiveId>,
    /// Empty if this copy may not name it (`withheld`).
    pub name: String,
    /// Planned start of work.
    pub start: Option<NaiveDate>,
    /// Its agreed date is a baseline: it comes from `agreed_due`, and the team has an objectives table.
    #[serde(skip)]
    pub has_baseline: bool,
    /// The agreed date: `agreed_due`, never edited; without one the first `due` seen.
    pub original: Option<NaiveDate>,
    /// There is no `agreed_due`: `original` is the first `due` seen, and a recorded 1:1 may have an earlier one.
    #[serde(skip)]
    pub original_is_due: bool,
    pub due: Option<NaiveDate>,
    /// `original` as written if it is a week, a month or a quarter ("Q4"); the date is then its last day.
    pub agreed_period: Option<String>,
    /// `due` as written if it is a week, a month or a quarter.
    pub period: Option<String>,
    pub done_on: Option<NaiveDate>,
    /// 0 to 1, from its own column.
    pub progress: Option<f64>,
    /// Earlier rows of its progress log, oldest first.
    pub log: Vec<ProgressAt>,
    pub stated: Option<Status>,
    /// The stated word, if it is not the status itself.
    pub stated_as: Option<StatedAs>,
    /// The status as written, if its meaning is unknown.
    #[serde(skip)]
    pub stated_text: Option<String>,
    /// Its status says only that work has begun, nothing about the plan.
    pub begun: bool,
    pub reason: Option<String>,
    /// Default 1.
    pub weight: Option<f64>,
    pub aliases: Vec<String>,
    pub scope_agreed_on: Option<NaiveDate>,
    pub carried_from: Option<MilestoneId>,
    /// The other team that owns it: ours waits for it, and it is not part of our progress.
    pub owner_team: Option<String>,
    /// The outcome metric that must stay at `target` for `hold_weeks`.
    pub metric: Option<String>,
    pub target: Option<f64>,
    /// For how many closed weeks the metric must stay at its target.
    pub hold_weeks: Option<u32>,
    /// Start, current value and target, if it is a key result.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub key_result: Option<KeyResult>,
    /// How confident its team is, as written: "low", "7/10".
    #[serde(skip_serializing_if = "Option::is_none")]
    pub confidence: Option<String>,
    pub confidential: bool,
    /// Set by [`crate::redact`]: it counts in sums and is shown nowhere.
    pub withheld: bool,
}

#[derive(Debug, Clone, PartialEq, Serialize, JsonSchema)]
pub struct Task {
    pub key: TaskKey,
    /// Empty if this copy may not show it (`withheld`).
    pub title: String,
    pub kind: Option<String>,
    /// Whether it counts as work; epics and sub-tasks do not unless configured.
    pub counts: bool,
    pub parent: Option<TaskKey>,
    /// What it is part of, as written, if no row is its parent.
    #[serde(skip)]
    pub epic: Option<String>,
    /// The headings or summaries above it in its list or plan, the highest first.
    #[serde(skip)]
    pub sections: Vec<String>,
    pub milestone: Option<MilestoneId>,
    pub objective: Option<ObjectiveId>,
    pub status: TaskStatus,
    /// A paused task whose status says that it is stuck, rather than paused by a decision.
    pub blocked: bool,
    /// Whether it waits for others rather than being put aside, so that its due date still counts.
    pub waiting: bool,
    /// The status that its team states if it does not go as planned: red, at risk, late.
    pub stated: Option<Status>,
    /// The stated word, if it is not the status itself.
    pub stated_as: Option<StatedAs>,
    /// The reason for the stated status.
    pub reason: Option<String>,
    /// A number for the person who works on it: it shows whether two tasks belong to one person without showing whose.
    /// There is no figure per assignee.
    #[serde(skip)]
    pub assignee: Option<u64>,
    pub created: Option<NaiveDate>,
    pub started: Option<NaiveDate>,
    pub done_on: Option<NaiveDate>,
    /// It has a done date but no done status: it was reopened, and the date is ignored.
    pub reopened: bool,
    pub due: Option<NaiveDate>,
    /// `due` as written if it is a week, a month or a quarter.
    pub due_period: Option<String>,
    pub estimate: Option<f64>,
    pub sprints: Vec<String>,
    pub labels: Vec<String>,
    pub confidential: bool,
    /// It comes from a private file.
    pub is_private: bool,
    /// Set by [`crate::redact`]: it counts in sums and is shown nowhere.
    pub withheld: bool,
}

marked!(Task);

impl Task {
    /// Returns its title, else its key. Empty if this copy may not show it.
    pub fn name(&self) -> &str {
        if self.title.trim().is_empty() && !self.withheld { self.key.as_str() } else { &self.title }
    }

    /// Returns the names by which an ask or an agreement may refer to it: its labels, its parent's key, its own key.
    pub fn names(&self) -> impl Iterator<Item = &str> {
        let parent = self.parent.as_ref().map(TaskKey::as_str);
        self.labels.iter().map(String::as_str).chain(parent).chain([self.key.as_str()])
    }

    /// Whether `name` is its key, its parent's key or one of its labels.
    pub fn goes_by(&self, name: &str) -> bool {
        self.names().any(|own| own.eq_ignore_ascii_case(name))
    }
}

#[cfg(test)]
impl Task {
    /// Returns a task of which nothing else is known.
    pub(crate) fn bare(key: &str, status: TaskStatus) -> Self {
        Self {
            key: key.into(),
            title: format!("Task {key}"),
            kind: None,
            counts: true,
            parent: None,
            epic: None,
            sections: vec![],
            milestone: None,
            objective: None,
            status,
            blocked: false,
            waiting: false,
            stated: None,
            stated_as: None,
            reason: None,
            assignee: None,
            created: None,
            started: None,
            done_on: None,
            reopened: false,
            due: None,
            due_period: None,
            estimate: None,
            sprints: vec![],
            labels: vec![],
            confidential: false,
            is_private: false,
            withheld: false,
        }
    }
}
