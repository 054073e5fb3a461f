//! A task before its references are resolved. Only the reader of tasks uses it.

use std::hash::Hasher as _;

use chrono::NaiveDate;

use super::super::record::Record;
use super::status::{Unmapped, alarm, status};
use crate::lexicon;
use crate::preset::normal;
use crate::problem::Place;
use crate::tables::{Cells as _, Lines, Marked, Word};
use crate::team::{Task, TaskKey, TaskStatus};

/// A task as in its row, before its references are resolved.
pub(super) struct Draft {
    pub task: Task,
    /// The tool's internal number.
    pub inner: Option<String>,
    /// Whether it has no key and is identified by its row.
    pub by_row: bool,
    pub parents: Vec<String>,
    /// The cells of its parents as they stand, with the addresses in them, which may hold a key.
    pub parent_cells: Vec<String>,
    /// Values that may name its milestone.
    pub values: Vec<String>,
    /// Names of the rows above it in its plan, the nearest one first.
    pub above: Vec<String>,
    /// Status words without a mapping, with their fields.
    pub unmapped: Vec<Unmapped>,
    pub place: Place,
    pub lines: Lines,
    /// Its newest date, which shows how recent the export is.
    pub newest: Option<NaiveDate>,
    /// Whether its row cannot be read completely: then it is kept only for its mark.
    pub failed: bool,
    /// Whether it is counted among the rows read.
    pub is_read: bool,
}

impl Marked for Draft {
    fn mark(&mut self) {
        self.task.mark();
    }

    fn is_marked(&self) -> bool {
        self.task.confidential
    }

    fn fail(&mut self, is_read: bool) -> bool {
        self.failed = true;
        self.is_read = is_read;
        true
    }
}

/// Reads a task from its row. `is_tracked` says whether its file dates what happened, so that a start has happened.
pub(super) fn of(record: &mut Record<'_, '_>, labels: Vec<String>, is_tracked: bool) -> Draft {
    let (key, title) = (record.text("key").or_else(|| record.text("wbs")), record.text("title"));
    if key.is_none() && title.is_none() {
        record.lacks("title");
    }
    let kind = record.text("type");
    let parents = record.cells("parent");
    let outside = match record.word::<String>("type") {
        Word::Known(word) => word == "epic" || word == "subtask",
        _ => record.mapping().subtasks_have_parent() && !parents.is_empty(),
    };
    let (created, started) = (record.date("created"), record.date("started"));
    // A cell of due dates that says "done 5 Nov", unless the status says otherwise.
    let says_open = matches!(record.word::<TaskStatus>("status"), Word::Known(status) if status != TaskStatus::Done);
    let done_instead = record.done_instead("due").filter(|_| !says_open);
    let due = if done_instead.is_some() { None } else { record.date("due") };
    let changed = record.date("status_changed");
    // It shows only how recent the file is, which the record notes.
    record.date("updated");
    let done_on = record.date("done_on").or(done_instead.flatten());
    if let Some(started) = started.filter(|_| is_tracked) {
        record.seen(started);
    }
    // A tool exports the day on which a task was archived, or just that it was.
    let is_stuck = record.flag("blocked");
    let archived = record.any_date("archived").is_some() || record.flag("archived");
    let mut unmapped = Vec::new();
    let status = match status(
        record,
        record.known(started).is_some(),
        done_on.is_some() || done_instead.is_some(),
        &mut unmapped,
    ) {
        TaskStatus::Todo | TaskStatus::Doing if archived => TaskStatus::Dropped,
        status => status,
    };
    let is_done = status == TaskStatus::Done;
    let is_open = !is_done && status != TaskStatus::Dropped;
    let stated = alarm(record).filter(|_| is_open);
    let mut values = record.cells("milestone");
    values.extend(record.list("milestone"));
    values.dedup();
    let place = record.place(if key.is_some() { "key" } else { "title" });
    Draft {
        inner: record.text("id"),
        by_row: key.is_none(),
        above: Vec::new(),
        parents,
        parent_cells: record.raw_cells("parent"),
        values,
        unmapped,
        place: place.unquoted(),
        lines: record.lines(),
        newest: record.newest(),
        failed: false,
        is_read: true,
        task: Task {
            key: TaskKey(key.unwrap_or_else(|| format!("row {}", record.line()))),
            title: title.unwrap_or_default(),
            kind,
            counts: !outside,
            parent: None,
            epic: None,
            sections: Vec::new(),
            milestone: None,
            objective: None,
            status,
            waiting: status == TaskStatus::Paused
                && record.text("status").is_some_and(|word| lexicon::is_waiting(&word)),
            blocked: is_open && (is_stuck || record.text("status").is_some_and(|word| lexicon::is_blocked(&word))),
            stated: stated.map(|(status, _)| status),
            stated_as: stated.and_then(|(_, word)| word),
            reason: record.text("reason").filter(|_| is_open),
            assignee: record.text("assignee").map(|name| person(&name)),
            created,
            started,
            done_on: done_on.or(changed.filter(|_| is_done)).filter(|_| is_done || status == TaskStatus::Dropped),
            reopened: done_on.is_some() && !is_done && status != TaskStatus::Dropped,
            due,
            due_period: record.period("due"),
            estimate: record.number("estimate"),
            sprints: record.list("sprint"),
            labels,
            confidential: record.is_confidential(),
            is_private: record.is_of_private_file(),
            withheld: false,
        },
    }
}

/// Returns a number that identifies a person, however their name is written.
fn person(name: &str) -> u64 {
    let mut hasher = siphasher::sip::SipHasher24::new();
    hasher.write(normal(name).as_bytes());
    hasher.finish()
}
