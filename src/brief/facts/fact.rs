//! Something that could be said in the headline.

use crate::brief::phrase::{Context, LONG_TEXT, clipped, flat};
use crate::team::{AskId, MilestoneId, ObjectiveId};

/// What kind of news a fact is; the first is the most urgent.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(in crate::brief) enum Rank {
    /// A milestone is late: the worst of them, with the ask that moves it.
    Late,
    /// An answer is overdue.
    Overdue,
    /// An ask moves a milestone that is at risk.
    AskAtRisk,
    /// A milestone is at risk.
    AtRisk,
    /// The boss must act, by a date that is to come.
    Act,
    /// It got worse since the last 1:1.
    Worse,
    /// It crossed a limit or an agreed date.
    Crossed,
    /// It got better, or all is well.
    Better,
    /// What comes next.
    Next,
    /// It stands as it stood.
    Steady,
}

/// What a fact is about, so that nothing is told twice.
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
    /// How the milestones or objectives stand as a whole.
    Standing,
    /// Tasks that are blocked.
    Blocked,
    /// Tasks that do not go as planned by their team's word.
    Stated,
    /// Reasons that are missing.
    Reasons,
    LastQuarter,
    Progress,
    /// What nobody reports.
    Reported,
    Plan,
    Metrics,
}

/// Something that could be said.
#[derive(Debug, Clone)]
pub(in crate::brief) struct Fact {
    pub rank: Rank,
    /// Days late or at stake, weighed by the objective; comparable within a rank, larger first.
    pub size: f64,
    /// New since the last 1:1.
    pub new: bool,
    pub objective: Option<ObjectiveId>,
    /// What it is about, the main subject first.
    pub subjects: Vec<Subject>,
    /// A whole sentence without its final stop.
    pub text: String,
    /// How a title says it, where that is not how a bullet says it and fits into two lines; the longest first.
    pub title: Vec<String>,
    /// What a bullet says where the sentence takes more than a line: the rest stands on the page.
    pub line: Option<String>,
    /// Shorter wordings of the fact, the longest first, for a title that would take more than two lines.
    pub shorter: Vec<String>,
    /// The name in it that the reader looks for.
    pub name: Option<String>,
    /// It rests on little and stands below the title, never in it.
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

/// A user's text for the inside of a headline: on one line, without its stop, not endless.
pub(super) fn inside(text: &str) -> String {
    clipped(&flat(text), LONG_TEXT)
}

/// The weight of an objective against that of an average one.
pub(super) fn weight(context: &Context, id: &ObjectiveId) -> f64 {
    let average = context.average_weight();
    match context.objective(id) {
        Some(objective) if average > 0.0 => objective.weight / average,
        _ => 1.0,
    }
}
