//! A task before anything is looked up. Used by the reader of tasks alone.

use super::status::Unmapped;
use chrono::NaiveDate;

use crate::problem::Place;
use crate::tables::{Lines, Marked};
use crate::team::Task;

/// A task as its row says, before anything is looked up.
pub(super) struct Draft {
    pub task: Task,
    /// The tool's inner number.
    pub inner: Option<String>,
    /// Without a key of its own it goes by its row.
    pub by_row: bool,
    pub parents: Vec<String>,
    /// What the row says of its milestone.
    pub values: Vec<String>,
    /// What it is part of in its plan, the nearest first.
    pub above: Vec<String>,
    /// Words of its status that nothing maps, by their field.
    pub unmapped: Vec<Unmapped>,
    pub place: Place,
    pub lines: Lines,
    /// The newest of its dates, which tells how fresh the export is.
    pub newest: Option<NaiveDate>,
    /// Its row cannot be read whole: it is there for its mark alone.
    pub failed: bool,
    /// It is counted among the rows read.
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
