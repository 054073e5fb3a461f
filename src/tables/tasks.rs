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
        text("key", Shared, "What people call it", "CUR-118"),
        text("id", Nobody, "The tool's inner number, which parents may refer to", "10118"),
        text("title", Shared, "What is to be done", "Match suppliers by tax number"),
        word("type", &["epic", "subtask"], Nobody, "What kind of task it is; epics and sub-tasks do not count as work"),
        list("parent", Nobody, "The task it is part of", "CUR-100"),
        list("milestone", Shared, "The milestone it builds up to", "Self-serve release"),
        list("objective", Shared, "The objective, where no milestone is named", "Update speed"),
        word("status", TaskStatus::WORDS, Nobody, "How it stands"),
        text("plan_status", Nobody, "How its plan is kept, where that has a column of its own", "red"),
        text("reason", Boss, "Why it stands so; said of what is overdue, blocked or red", "The supplier is late"),
        word("resolution", TaskStatus::WORDS, Nobody, "How a closed task ended"),
        word("status_category", TaskStatus::WORDS, Nobody, "To which of the tool's kinds the status belongs"),
        date("status_changed", Nobody, "When the status last changed", "2026-11-18"),
        date("updated", Nobody, "When anything of it last changed", "2026-11-19"),
        text("assignee", Nobody, "Who works on it; no figure is made of it", "A. Osei"),
        date("created", Nobody, "When it was made", "2026-10-05"),
        date("started", Nobody, "When work on it began", "2026-11-09"),
        date("done_on", Shared, "When it was finished", "2026-11-18"),
        date("due", Shared, "When it is to be finished", "2026-11-27").planned(),
        number("estimate", Nobody, "How large it is", "3"),
        list("sprint", Shared, "Its sprints or cycles", "Sprint 12"),
        list("labels", Shared, "Its labels", "scoring; api"),
        share("percent_complete", Nobody, "How much of it is done, where no status says it", "50%"),
        // These fields belong to the outline of a plan.
        number("outline_level", Nobody, "How deep the row lies in a plan", "2"),
        text("wbs", Nobody, "Its number in a plan", "1.2"),
        text("predecessors", Nobody, "What goes before it in a plan", "11FS"),
        flag("is_summary", "It stands for the rows below it"),
        flag("is_active", "It is planned at all"),
        flag("archived", "It was put away in the tool: what is not done by then will not be"),
        CONFIDENTIAL,
    ],
    required: &[&["title", "key"]],
    quotable: true,
    newest_by: None,
    starter: None,
    item: None,
};
