//! A key result in words: its status by its numbers, the numbers themselves, and its team's confidence.

use super::{Context, flat, own_decimals};
use crate::analysis::{MilestoneState, OutcomeVerdict, StatusCause};

impl Context<'_> {
    /// The status of a key result by its numbers: `behind the path`.
    pub(super) fn key_status(&self, milestone: &MilestoneState) -> String {
        let key = match milestone.key_result.as_ref().map(|it| it.verdict) {
            Some(OutcomeVerdict::Meets) => "status.key_meets",
            Some(OutcomeVerdict::OnPath) => "quarter.outcome_on_path",
            Some(OutcomeVerdict::BehindPath) => "quarter.outcome_behind_path",
            Some(OutcomeVerdict::NotMoving) => "status.key_still",
            Some(OutcomeVerdict::Worse) => "status.key_worse",
            _ => "status.in_progress",
        };
        self.say(key, &[])
    }

    /// The status of a milestone with the numbers of its key result: `red, as stated (120, target 50)`.
    pub(crate) fn milestone_standing(&self, milestone: &MilestoneState) -> String {
        let status = self.milestone_status(milestone);
        match self.key_values(milestone).filter(|_| milestone.because != StatusCause::KeyResult) {
            Some(values) => self.say("quarter.key_beside", &[("status", &status), ("values", &values)]),
            None => status,
        }
    }

    /// The numbers of a key result and its team's confidence: `38, from 31 to 45; path today 38.7; confidence low`.
    pub(crate) fn key_values(&self, milestone: &MilestoneState) -> Option<String> {
        let values = milestone.key_result.as_ref().map(|it| {
            let number = |value: f64, places| self.quantity(value, it.unit.as_deref(), places);
            let own = |value: f64| number(value, own_decimals(value));
            let (now, target) = (own(it.now), own(it.target));
            let mut values = match it.from {
                Some(from) => {
                    let places = [("value", now.as_str()), ("from", &own(from)), ("target", &target)];
                    self.say("quarter.key_values", &places)
                }
                None => self.say("quarter.key_values_plain", &[("value", &now), ("target", &target)]),
            };
            let is_held = matches!(it.verdict, OutcomeVerdict::OnPath | OutcomeVerdict::BehindPath);
            if let Some(today) = it.path_today.filter(|_| is_held) {
                let places = [it.now, it.target].map(own_decimals).into_iter().max().unwrap_or_default();
                // Numbers that differ get enough decimals to look different.
                let is_one = number(today, places) == number(it.now, places) && today != it.now;
                let places = if is_one { places + 1 } else { places };
                values += self.words.semicolon();
                values += &self.say("signals.path_today", &[("value", &number(today, places))]);
            }
            values
        });
        let confidence = milestone.confidence.as_deref().map(flat);
        let confidence = confidence.map(|text| self.say("quarter.key_confidence", &[("confidence", &text)]));
        let parts: Vec<String> = values.into_iter().chain(confidence).collect();
        (!parts.is_empty()).then(|| parts.join(self.words.semicolon()))
    }
}
