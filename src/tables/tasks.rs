//! Tasks: a tracker's export.

use super::SeenBy::{Boss, Nobody, Shared};
use super::Table;
use super::field::{CONFIDENTIAL, date, flag, list, number, share, text, word};
use super::word_enum::word_enum;

word_enum! {
    /// How a task stands.
    pub enum TaskStatus {
        Todo = "todo",
        Doing = "doing",
        /// Put aside (parked, on hold, waiting for others): open, but nobody works on it and nothing is expected of it.
        Paused = "paused",
        Done = "done",
        Dropped = "dropped",
    }
}

pub(super) const TABLE: Table = Table {
    name: "tasks",
    about: "the work, as the tracker exports it",
    fields: &[
        text("key", Shared, "Key that people use", "CUR-118"),
        text("id", Nobody, "Internal number in the tool, to which parents may refer", "10118"),
        text("title", Shared, "What should be done", "Match suppliers by tax number"),
        word("type", &["epic", "subtask"], Nobody, "What kind of task it is; epics and sub-tasks do not count as work"),
        list("parent", Nobody, "Task that it is part of", "CUR-100"),
        list("milestone", Shared, "Milestone that it contributes to", "Self-serve release"),
        list("objective", Shared, "Objective, if no milestone is named", "Update speed"),
        word("status", TaskStatus::WORDS, Nobody, "Status"),
        text("plan_status", Nobody, "Status of its schedule, if that has a column of its own", "red"),
        text("reason", Boss, "Reason, which is shown if it is overdue, blocked or red", "The supplier is late"),
        word("resolution", TaskStatus::WORDS, Nobody, "How a closed task ended"),
        word("status_category", TaskStatus::WORDS, Nobody, "Category of the status in the tool"),
        date("status_changed", Nobody, "When the status last changed", "2026-11-18"),
        date("updated", Nobody, "When it was last changed", "2026-11-19"),
        text("assignee", Nobody, "Who works on it; no figure per person is computed", "A. Osei"),
        date("created", Nobody, "When it was created", "2026-10-05"),
        date("started", Nobody, "When work on it began", "2026-11-09"),
        date("done_on", Shared, "When it was finished", "2026-11-18"),
        date("due", Shared, "When it should be finished", "2026-11-27").planned(),
        number("estimate", Nobody, "Estimated size", "3"),
        list("sprint", Shared, "Sprints or cycles", "Sprint 12"),
        list("labels", Shared, "Labels", "scoring; api"),
        share("percent_complete", Nobody, "Share that is done, if there is no status", "50%"),
        // These fields belong to the outline of a plan.
        number("outline_level", Nobody, "Depth of the row in a plan", "2"),
        text("wbs", Nobody, "Number in a plan", "1.2"),
        text("predecessors", Nobody, "What must be finished before it, in a plan", "11FS"),
        flag("is_summary", "Whether it summarises the rows below it"),
        flag("is_active", "Whether it is part of the plan"),
        flag("blocked", "Whether it is stuck, if that has a column of its own"),
        flag("archived", "Whether it is archived in the tool; if it is not done, it never will be"),
        CONFIDENTIAL,
    ],
    required: &[&["title", "key"]],
    quotable: true,
    newest_by: None,
    starter: None,
    item: None,
};
