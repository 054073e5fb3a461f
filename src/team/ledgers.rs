//! What the manager writes down as it comes: wins, notes about people, asks, goals, and what the boss agreed to.

use chrono::NaiveDate;
use serde::{Deserialize, Serialize};

use super::{AskId, MilestoneId, ObjectiveId};

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
