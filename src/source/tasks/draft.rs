//! A task before its references are resolved. Only the reader of tasks uses it.

use super::status::Unmapped;
use chrono::NaiveDate;

use crate::problem::Place;
use crate::tables::{Lines, Marked};
use crate::team::Task;

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
