//! What a team set out to do, and how far it came: objectives, the milestones on the way to them, tasks. From the tables
//! of a tracker.

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
    /// Today's sentence, where it stands beside a short name.
    pub wording: Option<String>,
    /// The sentence as it was agreed; today's is [`Objective::wording_now`].
    pub agreed_wording: Option<String>,
    pub scope_agreed_on: Option<NaiveDate>,
    pub owner: Option<String>,
    pub strategy: Option<String>,
    /// Why its milestones reach it.
    pub path_note: Option<String>,
    /// Default 1.
    pub weight: Option<f64>,
    /// Name of the outcome metric.
    pub metric: Option<String>,
    pub target: Option<f64>,
    pub stated: Option<Status>,
    /// The word that stands for `stated`, where it is not the status itself.
    pub stated_as: Option<StatedAs>,
    pub reason: Option<String>,
    /// No table defines it: it is there because rows use its name.
    pub implied: bool,
    pub confidential: bool,
}

marked!(Objective);

impl Objective {
    /// The sentence as it stands today: its own column, else the name.
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
    /// How much of the way from its start to its target is done; below 0 where it is worse than at the start. None
    /// without a start, and of what is to stay as it is.
    pub fn share(&self) -> Option<f64> {
        let way = self.target - self.from?;
        (way != 0.0).then(|| (self.now - self.from.unwrap_or_default()) / way)
    }
}

#[derive(Debug, Clone, Default, PartialEq, Serialize, JsonSchema)]
pub struct Milestone {
    pub id: MilestoneId,
    pub objective: Option<ObjectiveId>,
    /// Empty where this copy may not name it (`withheld`).
    pub name: String,
    /// When work on it was planned to start.
    pub start: Option<NaiveDate>,
    /// Its agreed date is part of a plan: it has a column of its own, and its objectives were agreed.
    #[serde(skip)]
    pub has_baseline: bool,
    /// `agreed_due`, never edited; the first `due` seen where it is missing.
    pub original: Option<NaiveDate>,
    /// No `agreed_due` says it: `original` is the first `due` seen, and a recorded 1:1 may have seen another before.
    #[serde(skip)]
    pub original_is_due: bool,
    pub due: Option<NaiveDate>,
    /// `original` as it is written, where it is a week, a month or a quarter: "Q4"; the date is its last day.
    pub agreed_period: Option<String>,
    /// The same of `due`.
    pub period: Option<String>,
    pub done_on: Option<NaiveDate>,
    /// 0 to 1, as its own column says.
    pub progress: Option<f64>,
    /// Earlier rows of the log, oldest first.
    pub log: Vec<ProgressAt>,
    pub stated: Option<Status>,
    /// The word that stands for `stated`, where it is not the status itself.
    pub stated_as: Option<StatedAs>,
    /// The status as it is written, where nobody knows what it means.
    #[serde(skip)]
    pub stated_text: Option<String>,
    /// Its status says that work on it goes on, and nothing of the plan.
    pub begun: bool,
    pub reason: Option<String>,
    /// Default 1.
    pub weight: Option<f64>,
    pub aliases: Vec<String>,
    pub scope_agreed_on: Option<NaiveDate>,
    pub carried_from: Option<MilestoneId>,
    /// Another team's milestone that ours waits for: outside our progress.
    pub owner_team: Option<String>,
    /// The metric that has to reach `target` for `hold_weeks`, of an outcome.
    pub metric: Option<String>,
    pub target: Option<f64>,
    /// For how many closed weeks the metric has to hold.
    pub hold_weeks: Option<u32>,
    /// Of a key result: where it began, where it is, where it is to be.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub key_result: Option<KeyResult>,
    /// How sure its team is, as written: "low", "7/10".
    #[serde(skip_serializing_if = "Option::is_none")]
    pub confidence: Option<String>,
    pub confidential: bool,
    /// Set by [`crate::redact`]: counts in sums, is shown nowhere.
    pub withheld: bool,
}

#[derive(Debug, Clone, PartialEq, Serialize, JsonSchema)]
pub struct Task {
    pub key: TaskKey,
    /// Empty where this copy may not show it (`withheld`).
    pub title: String,
    pub kind: Option<String>,
    /// Tasks count as work; epics and sub-tasks do not unless configured.
    pub counts: bool,
    pub parent: Option<TaskKey>,
    pub milestone: Option<MilestoneId>,
    pub objective: Option<ObjectiveId>,
    pub status: TaskStatus,
    /// Its status says that it is stuck, which nobody decided: of what is paused.
    pub blocked: bool,
    /// Its team says that it does not go as planned: red, at risk, late.
    pub stated: Option<Status>,
    /// The word that stands for `stated`, where it is not the status itself.
    pub stated_as: Option<StatedAs>,
    /// Why it stands so.
    pub reason: Option<String>,
    /// Who works on it, as a number that stands for the name: it tells whether two tasks are one person's, and shows
    /// nobody. No figure per assignee, ever.
    #[serde(skip)]
    pub assignee: Option<u64>,
    pub created: Option<NaiveDate>,
    pub started: Option<NaiveDate>,
    pub done_on: Option<NaiveDate>,
    /// Has a done date without done status: it was opened again, the date is ignored.
    pub reopened: bool,
    pub due: Option<NaiveDate>,
    /// `due` as it is written, where it is a week, a month or a quarter.
    pub due_period: Option<String>,
    pub estimate: Option<f64>,
    pub sprints: Vec<String>,
    pub labels: Vec<String>,
    pub confidential: bool,
    /// It stands in a private file.
    pub is_private: bool,
    /// Set by [`crate::redact`]: counts in sums, is shown nowhere.
    pub withheld: bool,
}

marked!(Task);

impl Task {
    /// What people call it: its title, else its key. Empty where this copy may not show it.
    pub fn name(&self) -> &str {
        if self.title.trim().is_empty() && !self.withheld { self.key.as_str() } else { &self.title }
    }

    /// The names that an ask or an agreement may call it by: its labels, its parent's key, its own.
    pub fn names(&self) -> impl Iterator<Item = &str> {
        let parent = self.parent.as_ref().map(TaskKey::as_str);
        self.labels.iter().map(String::as_str).chain(parent).chain([self.key.as_str()])
    }

    /// Whether it goes by this key, parent or label.
    pub fn goes_by(&self, name: &str) -> bool {
        self.names().any(|own| own.eq_ignore_ascii_case(name))
    }
}
