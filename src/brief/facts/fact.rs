//! A fact that the headline may state.

use crate::brief::phrase::{Context, MAX_TEXT_CHARS, clipped, flat};
use crate::team::{AskId, MilestoneId, ObjectiveId};

/// The kind of news; the first is the most urgent.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(in crate::brief) enum Rank {
    /// A milestone is late; the latest one comes with the ask that moves it.
    Late,
    /// An answer is overdue.
    Overdue,
    /// An ask moves a milestone that is at risk.
    AskAtRisk,
    /// A milestone is at risk.
    AtRisk,
    /// The boss must act by a future date.
    Act,
    /// Something got worse since the last 1:1.
    Worse,
    /// Something crossed a limit or an agreed date.
    Crossed,
    /// Something got better, or all is well.
    Better,
    /// What comes next.
    Next,
    /// Nothing changed.
    Steady,
}

/// The subject of a fact, so that nothing is stated twice.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub(in crate::brief) enum Subject {
    Ask(AskId),
    Milestone(MilestoneId),
    Scope(ObjectiveId),
    Wording(ObjectiveId),
    Objective(ObjectiveId),
    Outcome(ObjectiveId),
    Metric(String),
    Win(String),
    /// The state of all milestones or objectives.
    Standing,
    /// Blocked tasks.
    Blocked,
    /// Tasks that do not go as planned according to their team.
    Stated,
    /// Missing reasons.
    Reasons,
    LastQuarter,
    Progress,
    /// Progress that is not reported.
    Reported,
    Plan,
    Metrics,
}

/// A fact that the headline may state.
#[derive(Debug, Clone)]
pub(in crate::brief) struct Fact {
    pub rank: Rank,
    /// Days late or at stake, weighted by the objective; comparable within a rank, larger first.
    pub size: f64,
    /// Whether it is new since the last 1:1.
    pub new: bool,
    pub objective: Option<ObjectiveId>,
    /// Its subjects, the main one first.
    pub subjects: Vec<Subject>,
    /// A whole sentence without its final full stop.
    pub text: String,
    /// Wordings for a title, if they differ from the sentence; the longest first. The first that fits two lines is
    /// used.
    pub title: Vec<String>,
    /// A shorter wording for a bullet, used if the sentence takes more than one line; the page has the rest.
    pub line: Option<String>,
    /// Shorter wordings, the longest first, for a title that would take more than two lines.
    pub shorter: Vec<String>,
    /// The name in the sentence that is set in bold.
    pub name: Option<String>,
    /// Whether its basis is too weak for the title; it may still be a bullet.
    pub is_tentative: bool,
}

impl Fact {
    pub(super) fn new(rank: Rank, size: f64, subject: Subject, text: String) -> Self {
        let (subjects, title, shorter) = (vec![subject], Vec::new(), Vec::new());
        Fact {
            rank,
            size,
            new: false,
            objective: None,
            subjects,
            text,
            title,
            line: None,
            shorter,
            name: None,
            is_tentative: false,
        }
    }

    pub(super) fn about(self, name: &str) -> Self {
        Fact { name: Some(name.to_owned()), ..self }
    }

    pub(super) fn of(self, objective: &ObjectiveId) -> Self {
        Fact { objective: Some(objective.clone()), ..self }
    }

    pub(super) fn or_shorter(self, shorter: Vec<String>) -> Self {
        Fact { shorter, ..self }
    }

    pub(super) fn new_if(self, new: bool) -> Self {
        Fact { new, ..self }
    }
}

/// Returns a user's text for the inside of a headline: on one line, without its full stop, of limited length.
pub(super) fn inside(text: &str) -> String {
    clipped(&flat(text), MAX_TEXT_CHARS)
}

/// Returns the weight of an objective relative to the average.
pub(super) fn weight(context: &Context, id: &ObjectiveId) -> f64 {
    let average = context.average_weight();
    match context.objective(id) {
        Some(objective) if average > 0.0 => objective.weight / average,
        _ => 1.0,
    }
}
