//! The fields of each table: the canonical headers, what a field holds, and which a table cannot do without.
//! [`crate::config`] checks mappings against them, [`crate::preset`] its files, [`crate::source`] reads by them.

use super::TableKind;

/// What the cells of a field are.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum FieldKind {
    Text,
    /// All values of all columns of that name.
    List,
    Date,
    Number,
    /// 0 to 1, or percent.
    Share,
    /// One of these words, or a word that is mapped to one.
    Word(&'static [&'static str]),
    /// yes or no.
    Flag,
}

/// One field of a table.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Field {
    pub name: &'static str,
    pub kind: FieldKind,
}

const fn field(name: &'static str, kind: FieldKind) -> Field {
    Field { name, kind }
}

use FieldKind::{Date, Flag, List, Number, Share, Text, Word};

const STATED: FieldKind =
    Word(&["not_started", "started", "on_pace", "ahead", "at_risk", "late", "done", "dropped", "unknown"]);
const TASK_STATUS: FieldKind = Word(&["todo", "doing", "done", "dropped"]);
const WIN_KIND: FieldKind = Word(&[
    "revenue",
    "retention",
    "feature",
    "dataset",
    "quality",
    "speed",
    "cross-team",
    "morale",
    "culture",
    "process",
    "onboarding",
]);
const ABOUT: FieldKind = Word(&["date", "scope", "wording", "confirm"]);

const OBJECTIVES: &[Field] = &[
    field("id", Text),
    field("objective", Text),
    field("quarter", Text),
    field("agreed_on", Date),
    field("wording", Text),
    field("agreed_wording", Text),
    field("scope_agreed_on", Date),
    field("owner", Text),
    field("strategy", Text),
    field("weight", Number),
    field("metric", Text),
    field("target", Number),
    field("status", STATED),
    field("reason", Text),
];

const MILESTONES: &[Field] = &[
    field("id", Text),
    field("objective", Text),
    field("milestone", Text),
    field("agreed_due", Date),
    field("due", Date),
    field("done_on", Date),
    field("progress", Share),
    field("status", STATED),
    field("reason", Text),
    field("weight", Number),
    field("aliases", List),
    field("scope_agreed_on", Date),
    field("carried_from", Text),
    field("owner_team", Text),
    field("confidential", Flag),
    field("as_of", Date),
    // Of a plan, as of tasks.
    field("outline_level", Number),
    field("wbs", Text),
    field("predecessors", Text),
    field("is_summary", Flag),
    field("is_active", Flag),
];

const TASKS: &[Field] = &[
    field("key", Text),
    // The tool's inner number, which parents may refer to.
    field("id", Text),
    field("title", Text),
    field("type", Word(&["epic", "subtask"])),
    field("parent", List),
    field("milestone", List),
    field("objective", List),
    field("status", TASK_STATUS),
    // Where the tool has them: how a closed task ended, and to which of its kinds the status belongs.
    field("resolution", TASK_STATUS),
    field("status_category", TASK_STATUS),
    // When the status last changed: the done date of a done task that has no other.
    field("status_changed", Date),
    // When anything of the task last changed: how fresh the export is.
    field("updated", Date),
    field("assignee", Text),
    field("created", Date),
    field("started", Date),
    field("done_on", Date),
    field("due", Date),
    field("estimate", Number),
    field("sprint", List),
    field("labels", List),
    // How much of it is done, where no status says how it stands.
    field("percent_complete", Share),
    // Of a plan, which is an outline: how deep the row lies or its number, what goes before it, whether it stands
    // for those below, and whether it is planned at all.
    field("outline_level", Number),
    field("wbs", Text),
    field("predecessors", Text),
    field("is_summary", Flag),
    field("is_active", Flag),
    // Put away in the tool: what is not done by then will not be.
    field("archived", Flag),
    field("confidential", Flag),
];

const METRICS: &[Field] =
    &[field("date", Date), field("metric", Text), field("value", Number), field("target", Number)];

const WINS: &[Field] = &[
    field("date", Date),
    field("text", Text),
    field("kind", WIN_KIND),
    field("drives", Word(&["revenue", "retention", "beyond"])),
    field("amount", Text),
    field("evidence", Text),
    field("link", Text),
    field("validated_by", Text),
    field("with_team", Text),
    field("people", List),
    field("objective", Text),
    field("confidential", Flag),
];

const PEOPLE: &[Field] = &[
    field("id", Text),
    field("date", Date),
    field("person", Text),
    field("kind", Word(&["highlight", "learning", "concern", "signal"])),
    field("text", Text),
    field("ask", Text),
    field("hypothesis", Text),
    field("next_step", Text),
    field("raised_on", Date),
    field("closed_on", Date),
    field("confidential", Flag),
];

const ASKS: &[Field] = &[
    field("id", Text),
    field("asked_on", Date),
    field("kind", Word(&["decision", "resource", "expense", "feedback"])),
    field("text", Text),
    field("why", Text),
    field("recommendation", Text),
    field("alternative", Text),
    field("if_not", Text),
    field("about", ABOUT),
    field("objective", Text),
    field("milestone", Text),
    field("from_team", Text),
    field("to_team", Text),
    field("needed_by", Date),
    field("stage", Word(&["private", "agreed", "raised"])),
    field("status", Word(&["open", "granted", "declined"])),
    field("answered_on", Date),
    field("answer", Text),
    field("delivered_on", Date),
    field("confidential", Flag),
];

const GOALS: &[Field] = &[
    field("id", Text),
    field("goal", Text),
    field("who", Word(&["team", "me"])),
    field("horizon", Text),
    field("target", Text),
    field("progress", Share),
    field("note", Text),
    field("date", Date),
    field("feedback", Text),
    field("confidential", Flag),
];

const AGREEMENTS: &[Field] = &[
    field("date", Date),
    field("objective", Text),
    field("milestone", Text),
    field("what", ABOUT),
    field("from", Text),
    field("to", Text),
    field("with", Text),
];

const EVENTS: &[Field] = &[field("date", Date), field("metric", Text), field("text", Text)];

impl TableKind {
    /// The table's fields, in the order of the documentation.
    pub fn fields(self) -> &'static [Field] {
        match self {
            TableKind::Objectives => OBJECTIVES,
            TableKind::Milestones => MILESTONES,
            TableKind::Tasks => TASKS,
            TableKind::Metrics => METRICS,
            TableKind::Wins => WINS,
            TableKind::People => PEOPLE,
            TableKind::Asks => ASKS,
            TableKind::Goals => GOALS,
            TableKind::Agreements => AGREEMENTS,
            TableKind::Events => EVENTS,
        }
    }

    /// The field of that name.
    pub fn field(self, name: &str) -> Option<Field> {
        self.fields().iter().find(|field| field.name == name).copied()
    }

    /// Fields that the table cannot do without: of each group one must be there.
    pub fn required(self) -> &'static [&'static [&'static str]] {
        match self {
            TableKind::Objectives => &[&["objective"]],
            TableKind::Milestones => &[&["milestone"], &["agreed_due", "due", "done_on"]],
            TableKind::Tasks => &[&["title", "key"]],
            TableKind::Metrics => &[&["date"]],
            TableKind::Wins => &[&["text"]],
            TableKind::People => &[&["person"], &["text"]],
            TableKind::Asks => &[&["text"]],
            TableKind::Goals => &[&["goal"]],
            TableKind::Agreements => &[&["date"], &["what"]],
            TableKind::Events => &[&["date"], &["text"]],
        }
    }
}
