//! A row of a milestone, and the combination of all rows of a milestone. Only the reader of milestones uses this.

use chrono::NaiveDate;

use super::remarks::is_remark;
use crate::problem::Place;
use crate::source::marks::Key;
use crate::source::names::NameIndex;
use crate::tables::Marked;
use crate::team::{Milestone, MilestoneId, ObjectiveId, ProgressAt};

/// A row of the milestones table.
pub(super) struct Row {
    pub as_of: Option<NaiveDate>,
    /// Whether it has its own id; otherwise its name is its id.
    pub named: bool,
    /// Whether it comes from a tracker's export, as opposed to a log kept by hand.
    pub tracker: bool,
    /// Whether it comes from the log of remarks.
    pub remark: bool,
    pub place: Place,
    pub milestone: Milestone,
}

impl Marked for Row {
    fn mark(&mut self) {
        self.milestone.confidential = true;
    }

    fn is_marked(&self) -> bool {
        self.milestone.confidential
    }
}

impl Row {
    /// Applies the outline of a plan: the highest row above is its objective, unless it names one; the nearest one is
    /// put before its name ("Dayton › Data migration"), so that rows with the same name can be distinguished.
    pub(super) fn in_outline(&mut self, above: &[String], objectives: &mut NameIndex<ObjectiveId>, confidential: bool) {
        let Some((top, between)) = above.split_last() else { return };
        if self.milestone.objective.is_none() && !objectives.defined {
            self.milestone.objective = Some(objectives.take(top, confidential));
        }
        if let Some(nearest) = between.first() {
            self.milestone.name = format!("{nearest} › {}", self.milestone.name);
        }
    }

    /// Returns the keys that rows of one milestone share: its id, and its name within its objective.
    pub(super) fn keys(&self) -> Vec<Key> {
        let milestone = &self.milestone;
        let objective = milestone.objective.as_ref().map_or("", |id| id.as_str());
        let id = Key::of("id", milestone.id.as_str()).filter(|_| !self.named);
        id.into_iter().chain(Key::of("name", &format!("{objective} / {}", milestone.name))).collect()
    }

    /// Its milestone and its place, where it gives no date.
    pub(super) fn undated(&self) -> Option<(MilestoneId, Place)> {
        let it = &self.milestone;
        let is_dated = it.original.or(it.due).or(it.done_on).is_some();
        (!is_dated).then(|| (it.id.clone(), self.place.clone()))
    }

    /// Distinguishes milestones with the same name under different objectives.
    pub(super) fn tell_apart(&mut self, other: Option<&ObjectiveId>) {
        if self.named
            && let (Some(other), Some(own)) = (other, &self.milestone.objective)
            && other != own
        {
            self.milestone.id = MilestoneId(format!("{own} / {}", self.milestone.name));
        }
    }
}

/// Combines all rows of a milestone: the newest wins, and the earlier ones are its log.
pub(super) fn fold(mut rows: Vec<Row>) -> Milestone {
    // A row without a date counts as being as new as the previous row in the file.
    let mut last = None;
    for row in &mut rows {
        row.as_of = row.as_of.or(last);
        last = row.as_of;
    }
    rows.sort_by_key(|row| row.as_of);
    let first_due = rows.iter().find_map(|row| row.milestone.due);
    let first_period = rows.iter().find(|row| row.milestone.due.is_some()).and_then(|row| row.milestone.period.clone());
    // What it was called before is another name of it.
    let earlier: Vec<String> = rows.iter().map(|row| row.milestone.name.clone()).collect();
    let mut folded = Milestone::default();
    let mut log = Vec::new();
    let mut is_of_tracker = false;
    for Row { as_of, milestone, tracker, .. } in rows {
        if let (Some(on), Some(progress)) = (as_of, milestone.progress) {
            log.push(ProgressAt { on, progress });
        }
        if is_of_tracker && !tracker && is_remark(&milestone) {
            folded.reason = milestone.reason.or(folded.reason);
            folded.due = folded.due.or(milestone.due);
            folded.confidential |= milestone.confidential;
            continue;
        }
        is_of_tracker |= tracker;
        folded = Milestone {
            objective: milestone.objective.or(folded.objective),
            start: milestone.start.or(folded.start),
            has_baseline: milestone.has_baseline || folded.has_baseline,
            // The first agreed date never changes.
            original: folded.original.or(milestone.original),
            agreed_period: if folded.original.is_some() { folded.agreed_period } else { milestone.agreed_period },
            period: if milestone.due.is_some() { milestone.period } else { folded.period },
            due: milestone.due.or(folded.due),
            weight: milestone.weight.or(folded.weight),
            aliases: if milestone.aliases.is_empty() { folded.aliases } else { milestone.aliases },
            scope_agreed_on: milestone.scope_agreed_on.or(folded.scope_agreed_on),
            carried_from: milestone.carried_from.or(folded.carried_from),
            owner_team: milestone.owner_team.or(folded.owner_team),
            metric: milestone.metric.or(folded.metric),
            target: milestone.target.or(folded.target),
            hold_weeks: milestone.hold_weeks.or(folded.hold_weeks),
            key_result: milestone.key_result.or(folded.key_result),
            confidence: milestone.confidence.or(folded.confidence),
            confidential: milestone.confidential || folded.confidential,
            ..milestone
        };
    }
    if folded.original.is_none() {
        folded.original = first_due;
        folded.original_is_due = true;
        folded.agreed_period = first_period;
    }
    folded.log = log;
    folded.aliases.extend(earlier.into_iter().filter(|name| *name != folded.name));
    folded.aliases.sort();
    folded.aliases.dedup();
    folded
}
