//! A row of a milestone, and what the rows of one milestone come to. Used by the reader of milestones alone.

use chrono::NaiveDate;

use super::remarks::is_remark;
use crate::problem::Place;
use crate::source::marks::Key;
use crate::source::names::NameIndex;
use crate::tables::Marked;
use crate::team::{Milestone, MilestoneId, ObjectiveId, ProgressAt};

/// One row.
pub(super) struct Row {
    pub as_of: Option<NaiveDate>,
    /// Without an id of its own it goes by its name.
    pub named: bool,
    /// Of a tracker's export, not of a log kept by hand.
    pub tracker: bool,
    /// Of the log of what other files have no place for.
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
    /// What a row of a plan is part of: the highest of them is its objective, where it names none; the nearest stands before
    /// its name ("Dayton › Data migration"), so that rows of one name are told apart.
    pub(super) fn in_outline(&mut self, above: &[String], objectives: &mut NameIndex<ObjectiveId>, confidential: bool) {
        let Some((top, between)) = above.split_last() else { return };
        if self.milestone.objective.is_none() && !objectives.defined {
            self.milestone.objective = Some(objectives.take(top, confidential));
        }
        if let Some(nearest) = between.first() {
            self.milestone.name = format!("{nearest} › {}", self.milestone.name);
        }
    }

    /// By what rows are of one milestone: its id, and its name under its objective.
    pub(super) fn keys(&self) -> Vec<Key> {
        let milestone = &self.milestone;
        let objective = milestone.objective.as_ref().map_or("", |id| id.as_str());
        let id = Key::of("id", milestone.id.as_str()).filter(|_| !self.named);
        id.into_iter().chain(Key::of("name", &format!("{objective} / {}", milestone.name))).collect()
    }

    /// Milestones of one name under different objectives are different milestones.
    pub(super) fn tell_apart(&mut self, other: Option<&ObjectiveId>) {
        if self.named
            && let (Some(other), Some(own)) = (other, &self.milestone.objective)
            && other != own
        {
            self.milestone.id = MilestoneId(format!("{own} / {}", self.milestone.name));
        }
    }
}

/// One milestone of all its rows: the newest wins, the earlier ones are its log.
pub(super) fn fold(mut rows: Vec<Row>) -> Milestone {
    // A row without a date is as new as the one before it in the file.
    let mut last = None;
    for row in &mut rows {
        row.as_of = row.as_of.or(last);
        last = row.as_of;
    }
    rows.sort_by_key(|row| row.as_of);
    let first_due = rows.iter().find_map(|row| row.milestone.due);
    let first_period = rows.iter().find(|row| row.milestone.due.is_some()).and_then(|row| row.milestone.period.clone());
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
            // Never edited: the first agreed date stays.
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
            confidential: milestone.confidential || folded.confidential,
            ..milestone
        };
    }
    if folded.original.is_none() {
        folded.original = first_due;
        folded.agreed_period = first_period;
    }
    folded.log = log;
    folded.aliases.sort();
    folded.aliases.dedup();
    folded
}
