//! What the manager writes down as it comes: wins, notes about people, asks, goals, and what the boss agreed to.

use chrono::NaiveDate;
use schemars::JsonSchema;
use serde::Serialize;

use super::{AskId, MilestoneId, ObjectiveId};
use crate::tables::{About, AskKind, AskStatus, Drives, GoalOf, Level, NoteKind, RiskStatus, Stage, WinKind};

#[derive(Debug, Clone, PartialEq, Serialize, JsonSchema)]
pub struct Win {
    pub date: Option<NaiveDate>,
    pub text: String,
    pub kind: Option<WinKind>,
    pub drives: Drives,
    /// As written, e.g. `$38,000 a year`.
    pub amount: Option<String>,
    pub evidence: Option<String>,
    /// http, https or mailto only.
    pub link: Option<String>,
    /// A named customer or customer data; without it the claim is "not validated".
    pub validated_by: Option<String>,
    /// What the customer said, in their words.
    pub quote: Option<String>,
    pub with_team: Option<String>,
    pub people: Vec<String>,
    pub objective: Option<ObjectiveId>,
    pub confidential: bool,
}

#[derive(Debug, Clone, PartialEq, Serialize, JsonSchema)]
pub struct PersonNote {
    /// What its log calls it; no copy prints it.
    #[serde(skip)]
    pub id: Option<String>,
    pub date: Option<NaiveDate>,
    pub person: String,
    pub kind: NoteKind,
    pub text: String,
    /// How it was before, in the manager's words.
    pub before: Option<String>,
    /// The ask that goes with it: an ask's id, or the wish itself (a course, an hour of a developer's time).
    pub ask: Option<String>,
    pub hypothesis: Option<String>,
    pub next_step: Option<String>,
    pub raised_on: Option<NaiveDate>,
    pub closed_on: Option<NaiveDate>,
    pub confidential: bool,
}

#[derive(Debug, Clone, PartialEq, Serialize, JsonSchema)]
pub struct Ask {
    pub id: AskId,
    pub asked_on: Option<NaiveDate>,
    pub kind: Option<AskKind>,
    pub text: String,
    pub why: Option<String>,
    pub recommendation: Option<String>,
    pub alternative: Option<String>,
    pub if_not: Option<String>,
    /// What it brings, as written: `+8 in 2 weeks` tasks, or words.
    pub gives: Option<String>,
    /// What it costs, as written.
    pub amount: Option<String>,
    /// Keys or labels of the tasks that it takes away.
    pub tasks: Vec<String>,
    /// What it wants to be agreed anew; `scope wording` is both.
    pub about: Vec<About>,
    pub objective: Option<ObjectiveId>,
    pub milestone: Option<MilestoneId>,
    /// The team it is needed from; none: the boss.
    pub needed_from: Option<String>,
    /// The team that needs it from us.
    pub we_owe: Option<String>,
    pub needed_by: Option<NaiveDate>,
    pub stage: Stage,
    pub status: AskStatus,
    pub answered_on: Option<NaiveDate>,
    pub answer: Option<String>,
    pub delivered_on: Option<NaiveDate>,
    pub confidential: bool,
}

#[derive(Debug, Clone, PartialEq, Serialize, JsonSchema)]
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

/// How likely a risk is, or how bad it would be.
#[derive(Debug, Clone, Copy, PartialEq, Serialize, JsonSchema)]
pub struct Rating {
    /// 0 to 1: percent as they are, levels at the middle of their fifth.
    pub share: f64,
    pub stated: Stated,
}

/// In what form a rating was given.
#[derive(Debug, Clone, Copy, PartialEq, Serialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum Stated {
    Level(Level),
    /// A step of a scale that begins at 1.
    Step {
        step: f64,
        of: f64,
    },
    /// The share itself.
    Share,
}

/// What may go wrong, as its newest row has it.
#[derive(Debug, Clone, PartialEq, Serialize, JsonSchema)]
pub struct Risk {
    pub id: Option<String>,
    pub risk: String,
    pub likelihood: Option<Rating>,
    pub impact: Option<Rating>,
    pub owner: Option<String>,
    pub mitigation: Option<String>,
    pub status: RiskStatus,
    pub date: Option<NaiveDate>,
    pub objective: Option<ObjectiveId>,
    pub confidential: bool,
    /// Its earlier rows, oldest first, without their own.
    pub earlier: Vec<Risk>,
}

impl Risk {
    /// Likelihood × impact, 0 to 1; None where one of them is not given.
    pub fn score(&self) -> Option<f64> {
        Some(self.likelihood.as_ref()?.share * self.impact.as_ref()?.share)
    }
}

#[derive(Debug, Clone, PartialEq, Serialize, JsonSchema)]
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
    pub confidential: bool,
}

impl Agreement {
    /// The task keys or labels that an agreement about scope covers: `to`, split at commas, semicolons and line ends.
    pub fn covers(&self) -> impl Iterator<Item = &str> {
        let to = self.to.as_deref().unwrap_or_default();
        to.split([',', ';', '\n']).map(str::trim).filter(|entry| !entry.is_empty())
    }
}
