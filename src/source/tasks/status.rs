//! Determines the status of a task from its row: from how it was closed, its status, the type of its status, and its
//! dates.

use super::super::record::Record;
use crate::lexicon;
use crate::problem::Place;
use crate::tables::{Cells as _, Word};
use crate::team::{StatedAs, Status, TaskStatus};

/// A word without a mapping, with its field and its place.
pub(super) type Unmapped = (&'static str, String, Place);

const STATUS: &str = "status";
/// Field that says how a task was closed.
pub(super) const RESOLUTION: &str = "resolution";

/// Returns the status of a row: from how it was closed, its status or the type of its status, otherwise from its dates.
pub(super) fn status(
    record: &mut Record<'_, '_>,
    started: bool,
    done: bool,
    unmapped: &mut Vec<Unmapped>,
) -> TaskStatus {
    let resolution = record.word(RESOLUTION);
    if let Word::Known(status @ (TaskStatus::Dropped | TaskStatus::Done)) = resolution {
        return status;
    }
    let status = open_or_done(record, started, done, unmapped);
    // The resolution of most tasks only says that they are done, in a word that is also a status.
    if let Word::Unknown(word) = resolution
        && status == TaskStatus::Done
        && record.mapping().word(STATUS, &word).is_none()
    {
        let place = record.place(RESOLUTION);
        unmapped.push((RESOLUTION, word, place));
    }
    status
}

/// What its team says of its plan, where that is not kept: by a column of its own, else by its status.
pub(super) fn alarm(record: &Record<'_, '_>) -> Option<(Status, Option<StatedAs>)> {
    let word = record.text("plan_status").or_else(|| record.text(STATUS))?;
    match lexicon::plan_status(&word)? {
        "red" => Some((Status::Late, Some(StatedAs::Red))),
        "off_track" => Some((Status::Late, Some(StatedAs::OffTrack))),
        "late" => Some((Status::Late, None)),
        "amber" => Some((Status::AtRisk, Some(StatedAs::Amber))),
        "at_risk" => Some((Status::AtRisk, None)),
        _ => None,
    }
}

/// Returns the status of a row, ignoring how it was closed.
fn open_or_done(record: &mut Record<'_, '_>, started: bool, done: bool, unmapped: &mut Vec<Unmapped>) -> TaskStatus {
    let category = record.word("status_category");
    let says = record.word(STATUS);
    // A traffic light describes the plan, not how far the work is.
    let is_of_plan =
        matches!(says, Word::Unknown(_)) && record.text(STATUS).is_some_and(|word| lexicon::is_plan_status(&word));
    match says {
        _ if is_of_plan && done => TaskStatus::Done,
        _ if is_of_plan && started => TaskStatus::Doing,
        _ if is_of_plan => TaskStatus::Todo,
        Word::Known(status) => status,
        Word::Unknown(word) => category.known().unwrap_or_else(|| {
            let place = record.place(STATUS);
            unmapped.push((STATUS, word, place));
            TaskStatus::Todo
        }),
        // Without a status, dates count more than the section or list that contains the task.
        Word::Empty if done => TaskStatus::Done,
        Word::Empty => category.known().unwrap_or_else(|| match record.share("percent_complete") {
            Some(1.0) => TaskStatus::Done,
            Some(share) if share > 0.0 => TaskStatus::Doing,
            Some(_) => TaskStatus::Todo,
            None if started => TaskStatus::Doing,
            None => TaskStatus::Todo,
        }),
    }
}
