//! Remarks of the manager on milestones in an export: a reason, a date, that it is done. They are kept in a separate log, so that the
//! next export does not remove them. A remark never creates a milestone.

use std::collections::HashSet;

use chrono::NaiveDate;

use crate::preset::normal;
use crate::problem::{Place, Problem};
use crate::team::{Milestone, MilestoneId, Status};

/// File in which `headsup week` keeps remarks.
pub(crate) const REASONS: &str = "data/reasons.csv";

/// A row of that log.
pub(crate) struct Remark {
    pub as_of: Option<NaiveDate>,
    pub place: Place,
    /// The contents of the remark, under the id and the name that the milestone had.
    pub says: Milestone,
}

/// Adds each remark to its milestone, the oldest first. `list` contains each milestone with the date on which its own
/// reason was written. Remarks that match no milestone are reported.
pub(crate) fn join(mut remarks: Vec<Remark>, list: &mut [(Option<NaiveDate>, Milestone)]) -> Option<Problem> {
    remarks.sort_by_key(|row| row.as_of);
    let mut idle: Vec<Remark> = Vec::new();
    for row in remarks {
        let Some((told, milestone)) = meant(&row, list).and_then(|at| list.get_mut(at)) else {
            idle.push(row);
            continue;
        };
        let remark = row.says;
        milestone.confidential |= remark.confidential;
        if says_done(&remark) && !matches!(milestone.stated, Some(Status::Done | Status::Dropped)) {
            milestone.stated = remark.stated;
            milestone.stated_as = None;
        }
        // The remark was made when the milestone had no reason, so a newer reason in its own file wins.
        if remark.reason.is_some() && (milestone.reason.is_none() || told.is_some_and(|told| Some(told) <= row.as_of)) {
            milestone.reason = remark.reason;
            *told = row.as_of.or(Some(NaiveDate::MIN));
        }
        // A date given after that of the list had passed takes its place, until the list has a newer one.
        let has_passed = milestone.due.is_some_and(|due| Some(due) < row.as_of);
        if milestone.due.is_none() || (has_passed && remark.due.is_some()) {
            milestone.due = remark.due;
            milestone.period = remark.period.clone();
        }
        if milestone.original.is_none() {
            milestone.original = remark.due;
            milestone.original_is_due = true;
            milestone.agreed_period = remark.period;
        }
    }
    let first = idle.first()?;
    let message = match idle.len() {
        1 => "no file has the milestone that this row is about; it is left out".to_owned(),
        n => format!("no file has the milestones that {n} rows are about; they are left out; this is the first"),
    };
    let help = "if the milestone has another name or id now, write that into the row; if it is gone, delete the row";
    let problem = Problem::note("idle-remark", message).at(first.place.clone()).help(help);
    Some(if idle.iter().any(|row| row.says.confidential) { problem.concealed() } else { problem })
}

/// Takes back what was said of rows without a date, where their milestone got one by a remark.
pub(super) fn answered(
    problems: &mut Vec<Problem>,
    undated: &[(MilestoneId, Place)],
    list: &[(Option<NaiveDate>, Milestone)],
) {
    let dated = list.iter().filter(|(_, milestone)| milestone.due.is_some());
    let dated: HashSet<&MilestoneId> = dated.map(|(_, milestone)| &milestone.id).collect();
    let answered = undated.iter().filter(|(id, _)| dated.contains(id));
    let answered: HashSet<(&str, u64)> = answered.map(|(_, place)| (place.file.as_str(), place.line)).collect();
    let is_of = |place: &Place| answered.contains(&(place.file.as_str(), place.line));
    problems.retain(|problem| problem.code != "no-date" || !problem.place.as_ref().is_some_and(is_of));
}

/// Returns the index of the milestone that a remark is about: the one with its id and name; otherwise the only one with
/// its name, since row numbers change between exports; otherwise the one with its id, which was renamed.
fn meant(remark: &Remark, list: &[(Option<NaiveDate>, Milestone)]) -> Option<usize> {
    let name = normal(&remark.says.name);
    let all = || list.iter().enumerate().map(|(at, (_, milestone))| (at, milestone));
    let of_id = || all().filter(|(_, milestone)| milestone.id == remark.says.id);
    let of_name = || all().filter(|(_, milestone)| normal(&milestone.name) == name);
    let only = |mut found: Vec<usize>| if found.len() == 1 { found.pop() } else { None };
    of_id()
        .find(|(_, milestone)| normal(&milestone.name) == name)
        .map(|(at, _)| at)
        .or_else(|| only(of_name().map(|(at, _)| at).collect()))
        .or_else(|| of_id().next().map(|(at, _)| at))
}

/// Returns whether a row only says that the milestone is done. The export need not say so too.
pub(super) fn says_done(row: &Milestone) -> bool {
    row.stated == Some(Status::Done)
        && is_remark(&Milestone { stated: None, reason: Some(String::new()), ..row.clone() })
}

/// Returns whether a row only gives a reason or a date, and leaves the state of the milestone to the tracker. In a log
/// that is kept by hand, the newest row wins instead.
pub(super) fn is_remark(row: &Milestone) -> bool {
    let says_how = row.stated.is_some() || row.stated_as.is_some() || row.progress.is_some() || row.done_on.is_some();
    let says_what = row.objective.is_some() || row.original.is_some() || row.start.is_some() || !row.aliases.is_empty();
    (row.reason.is_some() || row.due.is_some()) && !says_how && !says_what
}
