//! The typed model of a team: what [`crate::source`] makes of the exports and [`crate::clearance`] filters.
//!
//! Values in here are checked: a date is a date, a reference names something that is there, a list keeps the
//! order of the files. Texts are as the user wrote them, trimmed, without control characters.

pub mod fields;

use std::collections::BTreeMap;
use std::fmt;

use chrono::NaiveDate;
use serde::{Deserialize, Serialize};

macro_rules! ids {
    ($($(#[$doc:meta])* $name:ident),+ $(,)?) => {$(
        $(#[$doc])*
        #[derive(Debug, Clone, Default, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
        #[serde(transparent)]
        pub struct $name(pub String);

        impl $name {
            pub fn as_str(&self) -> &str {
                &self.0
            }
        }

        impl From<&str> for $name {
            fn from(text: &str) -> Self {
                Self(text.to_owned())
            }
        }

        impl fmt::Display for $name {
            fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.write_str(&self.0)
            }
        }
    )+};
}

ids! {
    /// An objective's `id`, or its name where it has none.
    ObjectiveId,
    /// A milestone's `id`, or its name where it has none.
    MilestoneId,
    /// A task's key, or `row N` where the export has none.
    TaskKey,
    /// An ask's `id`, or its position where it has none.
    AskId,
}

/// A team with everything known about it, nothing filtered.
#[derive(Debug, Clone, Default, PartialEq, Serialize)]
pub struct Team {
    pub name: String,
    pub manager: String,
    pub boss: String,
    pub boss_since: Option<NaiveDate>,
    pub members: Vec<String>,
    pub objectives: Vec<Objective>,
    pub milestones: Vec<Milestone>,
    pub tasks: Vec<Task>,
    pub metrics: Vec<Metric>,
    pub wins: Vec<Win>,
    pub people: Vec<PersonNote>,
    pub asks: Vec<Ask>,
    pub goals: Vec<Goal>,
    pub agreements: Vec<Agreement>,
    pub events: Vec<Event>,
    /// Values in the tasks that name no milestone: value, how many tasks.
    pub unmatched: BTreeMap<String, u64>,
    pub sources: Vec<SourceRead>,
}

/// What was read of one configured source; the brief's footer adds these up.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct SourceRead {
    /// As configured, relative to the team folder.
    pub file: String,
    pub table: TableKind,
    pub records: u64,
    pub read: u64,
    pub skipped: u64,
    /// The newest date in its data (not in its promises: due dates do not count), for staleness.
    pub newest: Option<NaiveDate>,
    /// Days before it counts as stale.
    pub cadence: u32,
}

/// The tables that headsup knows.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize, schemars::JsonSchema)]
#[serde(rename_all = "lowercase")]
pub enum TableKind {
    Objectives,
    Milestones,
    Tasks,
    Metrics,
    Wins,
    People,
    Asks,
    Goals,
    Agreements,
    Events,
}

impl TableKind {
    pub const ALL: [TableKind; 10] = [
        TableKind::Objectives,
        TableKind::Milestones,
        TableKind::Tasks,
        TableKind::Metrics,
        TableKind::Wins,
        TableKind::People,
        TableKind::Asks,
        TableKind::Goals,
        TableKind::Agreements,
        TableKind::Events,
    ];

    pub fn name(self) -> &'static str {
        match self {
            TableKind::Objectives => "objectives",
            TableKind::Milestones => "milestones",
            TableKind::Tasks => "tasks",
            TableKind::Metrics => "metrics",
            TableKind::Wins => "wins",
            TableKind::People => "people",
            TableKind::Asks => "asks",
            TableKind::Goals => "goals",
            TableKind::Agreements => "agreements",
            TableKind::Events => "events",
        }
    }

    /// Whether a problem in this table may quote a cell. Tables that hold words about people may not be quoted.
    pub fn may_be_quoted(self) -> bool {
        !matches!(self, TableKind::People | TableKind::Asks | TableKind::Goals | TableKind::Agreements)
    }
}

/// What a row says of its own status, in our words.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Status {
    NotStarted,
    OnPace,
    Ahead,
    AtRisk,
    Late,
    Done,
    Dropped,
    Unknown,
}

#[derive(Debug, Clone, Default, PartialEq, Serialize)]
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
    /// Default 1.
    pub weight: Option<f64>,
    /// Name of the outcome metric.
    pub metric: Option<String>,
    pub target: Option<f64>,
    pub stated: Option<Status>,
    pub reason: Option<String>,
}

impl Objective {
    /// The sentence as it stands today: its own column, else the name.
    pub fn wording_now(&self) -> &str {
        self.wording.as_deref().unwrap_or(&self.name)
    }
}

/// One row of a milestone's progress log.
#[derive(Debug, Clone, Copy, PartialEq, Serialize)]
pub struct ProgressAt {
    pub on: NaiveDate,
    /// 0 to 1.
    pub progress: f64,
}

#[derive(Debug, Clone, Default, PartialEq, Serialize)]
pub struct Milestone {
    pub id: MilestoneId,
    pub objective: Option<ObjectiveId>,
    /// Empty where this copy may not name it (`withheld`).
    pub name: String,
    /// `agreed_due`, never edited; the first `due` seen where it is missing.
    pub original: Option<NaiveDate>,
    pub due: Option<NaiveDate>,
    pub done_on: Option<NaiveDate>,
    /// 0 to 1, as its own column says.
    pub progress: Option<f64>,
    /// Earlier rows of the log, oldest first.
    pub log: Vec<ProgressAt>,
    pub stated: Option<Status>,
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
    pub confidential: bool,
    /// Set by [`crate::clearance`]: counts in sums, is shown nowhere.
    pub withheld: bool,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum TaskStatus {
    Todo,
    Doing,
    Done,
    Dropped,
}

#[derive(Debug, Clone, PartialEq, Serialize)]
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
    pub created: Option<NaiveDate>,
    pub started: Option<NaiveDate>,
    pub done_on: Option<NaiveDate>,
    /// Has a done date without done status: it was opened again, the date is ignored.
    pub reopened: bool,
    pub due: Option<NaiveDate>,
    pub estimate: Option<f64>,
    pub sprints: Vec<String>,
    pub labels: Vec<String>,
    pub confidential: bool,
    /// Set by [`crate::clearance`]: counts in sums, is shown nowhere.
    pub withheld: bool,
}

/// How rows of a metric become one value of a period.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize, schemars::JsonSchema, Default)]
#[serde(rename_all = "lowercase")]
pub enum Aggregate {
    Sum,
    #[default]
    Mean,
    Min,
    Max,
    /// The value of the newest row: for stocks.
    Last,
    /// Aggregated numerator ÷ aggregated denominator.
    Ratio,
}

impl Aggregate {
    /// As it is written in headsup.toml.
    pub fn name(self) -> &'static str {
        match self {
            Aggregate::Sum => "sum",
            Aggregate::Mean => "mean",
            Aggregate::Min => "min",
            Aggregate::Max => "max",
            Aggregate::Last => "last",
            Aggregate::Ratio => "ratio",
        }
    }
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, schemars::JsonSchema)]
#[serde(rename_all = "lowercase")]
pub enum Better {
    Up,
    Down,
}

/// All rows of one day, folded. For a ratio, `sum` is the numerator's and `denominator` the denominator's.
///
/// A day whose rows have no value has a `count` of 0: its value is missing, where a day without rows is no day at all.
#[derive(Debug, Clone, Copy, PartialEq, Default, Serialize)]
pub struct Day {
    pub sum: f64,
    pub count: u64,
    pub min: f64,
    pub max: f64,
    pub last: f64,
    pub denominator: f64,
}

impl Day {
    /// Adds a row.
    pub fn add(&mut self, value: f64) {
        self.merge(&Day { sum: value, count: 1, min: value, max: value, last: value, denominator: 0.0 });
    }

    /// Adds what later rows of the day came to.
    pub fn merge(&mut self, later: &Day) {
        self.denominator += later.denominator;
        if later.count == 0 {
            return;
        }
        let first = self.count == 0;
        self.sum += later.sum;
        self.count += later.count;
        self.min = if first { later.min } else { self.min.min(later.min) };
        self.max = if first { later.max } else { self.max.max(later.max) };
        self.last = later.last;
    }
}

/// A target from a date on.
#[derive(Debug, Clone, Copy, PartialEq, Serialize)]
pub struct TargetFrom {
    /// None: from the beginning.
    pub from: Option<NaiveDate>,
    pub value: f64,
}

/// Which weeks make the usual range.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize)]
pub struct BaselineWindow {
    /// The range is made anew from this date (a process that changed).
    pub from: Option<NaiveDate>,
    /// Later weeks do not move the limits.
    pub until: Option<NaiveDate>,
}

#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Metric {
    pub name: String,
    pub aggregate: Aggregate,
    pub better: Option<Better>,
    /// `%` means that the values are percentages: changes are in points, and a bare 0.5 prints as 0.5 %.
    pub unit: Option<String>,
    /// Oldest first.
    pub targets: Vec<TargetFrom>,
    pub baseline: BaselineWindow,
    /// Points are said in basis points.
    pub bps: bool,
    pub days: BTreeMap<NaiveDate, Day>,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum WinKind {
    Revenue,
    Retention,
    Feature,
    Dataset,
    Quality,
    Speed,
    CrossTeam,
    Morale,
    Culture,
    Process,
    Onboarding,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Drives {
    Revenue,
    Retention,
    Beyond,
}

#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Win {
    pub date: Option<NaiveDate>,
    pub text: String,
    pub kind: Option<WinKind>,
    pub drives: Drives,
    /// As written, e.g. `38 k$ a year`.
    pub amount: Option<String>,
    pub evidence: Option<String>,
    /// http, https or mailto only.
    pub link: Option<String>,
    /// A named customer or customer data; without it the claim is "not validated".
    pub validated_by: Option<String>,
    pub with_team: Option<String>,
    pub people: Vec<String>,
    pub objective: Option<ObjectiveId>,
    pub confidential: bool,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum NoteKind {
    Highlight,
    Learning,
    /// Also what an unknown kind becomes: when in doubt, leave out.
    Concern,
    /// An early signal about a person.
    Signal,
}

#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct PersonNote {
    pub date: Option<NaiveDate>,
    pub person: String,
    pub kind: NoteKind,
    pub text: String,
    /// The ask that goes with it: an ask's id, or the wish itself (a course, an hour of a developer's time).
    pub ask: Option<String>,
    pub hypothesis: Option<String>,
    pub next_step: Option<String>,
    pub raised_on: Option<NaiveDate>,
    pub closed_on: Option<NaiveDate>,
    pub confidential: bool,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum AskKind {
    Decision,
    Resource,
    Expense,
    Feedback,
}

/// How widely an ask is known. Blank or unknown is private.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Stage {
    Private,
    Agreed,
    Raised,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum AskStatus {
    Open,
    Granted,
    Declined,
}

/// What a change was agreed, or is asked to be agreed, about.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum About {
    Date,
    Scope,
    Wording,
    Confirm,
}

#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Ask {
    pub id: AskId,
    pub asked_on: Option<NaiveDate>,
    pub kind: Option<AskKind>,
    pub text: String,
    pub why: Option<String>,
    pub recommendation: Option<String>,
    pub alternative: Option<String>,
    pub if_not: Option<String>,
    /// What it wants to be agreed anew; `scope wording` is both.
    pub about: Vec<About>,
    pub objective: Option<ObjectiveId>,
    pub milestone: Option<MilestoneId>,
    /// Whom it is needed from; none: the boss.
    pub from_team: Option<String>,
    /// Another team that needs it from us.
    pub to_team: Option<String>,
    pub needed_by: Option<NaiveDate>,
    pub stage: Stage,
    pub status: AskStatus,
    pub answered_on: Option<NaiveDate>,
    pub answer: Option<String>,
    pub delivered_on: Option<NaiveDate>,
    pub confidential: bool,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum GoalOf {
    Team,
    Me,
}

#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Goal {
    pub goal: String,
    pub who: GoalOf,
    /// As written, e.g. `June 2027`.
    pub horizon: Option<String>,
    pub target: Option<String>,
    /// 0 to 1.
    pub progress: Option<f64>,
    pub note: Option<String>,
    pub date: Option<NaiveDate>,
    pub feedback: Option<String>,
    pub confidential: bool,
}

#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Agreement {
    pub date: NaiveDate,
    pub objective: Option<ObjectiveId>,
    pub milestone: Option<MilestoneId>,
    pub what: About,
    pub from: Option<String>,
    pub to: Option<String>,
    /// `to` as a date, where `what` is date: the milestone's new agreed date.
    pub to_date: Option<NaiveDate>,
    pub with: Option<String>,
}

impl Agreement {
    /// The task keys or labels that an agreement about scope covers: `to`, split at commas, semicolons and line ends.
    pub fn covers(&self) -> impl Iterator<Item = &str> {
        let to = self.to.as_deref().unwrap_or_default();
        to.split([',', ';', '\n']).map(str::trim).filter(|entry| !entry.is_empty())
    }
}

#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Event {
    pub date: NaiveDate,
    /// None: every metric.
    pub metric: Option<String>,
    pub text: String,
}
