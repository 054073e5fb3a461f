//! How objectives and milestones stand in the words of their team.

use super::{Context, flat};
use crate::analysis::{MilestoneState, ObjectiveState, StatusCause};
use crate::redact::Audience;
use crate::team::Status;

impl Context<'_> {
    /// A stated status of unknown meaning, as written. Not in a forwardable copy, because it may say anything.
    pub(crate) fn unknown_word(&self, milestone: &MilestoneState) -> Option<String> {
        let word = milestone.stated_text.as_deref().filter(|_| self.audience != Audience::Shared)?;
        Some(self.words.quote(&flat(word)))
    }

    /// The status of an objective; `amber, as stated` if it is its team's own.
    pub(crate) fn objective_status(&self, objective: &ObjectiveState) -> String {
        match objective.because {
            StatusCause::Stated => self.as_stated(&self.stated(Some(objective.status), objective.status_as)),
            StatusCause::NoDate => self.say("status.no_date", &[]),
            StatusCause::NoPlan => self.say("status.in_progress", &[]),
            _ => match objective.milestones.iter().find_map(|milestone| self.unknown_word(milestone)) {
                Some(word) if objective.status == Status::NotReported => self.as_stated(&word),
                _ => self.status(objective.status),
            },
        }
    }

    /// Returns whether an objective is on pace or ahead only according to its team.
    pub(crate) fn is_as_stated(&self) -> bool {
        let well = |objective: &&ObjectiveState| matches!(objective.status, Status::OnPace | Status::Ahead);
        self.analysis.objectives.iter().filter(well).any(|objective| objective.because == StatusCause::Stated)
    }
}
