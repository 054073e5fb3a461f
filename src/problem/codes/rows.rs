//! Codes of rows and cells: what a field needs, what a word means, what a reference names.

use super::{Code, error, note, warning};

pub(super) const CODES: &[Code] = &[
    error(
        "no-column",
        "A field or a metric has no column, or the configured one is not in the file.",
        "data/plan.csv has no column \"Due\" for `due`",
        "Name the column in [source.columns], as due = \"Finish\"; `headsup inspect` shows the header.",
    ),
    error(
        "empty-cell",
        "A field that the table needs is empty.",
        "`text` is empty; it is required in wins",
        "Fill it in, or delete the row.",
    ),
    error(
        "bad-date",
        "A cell is not a date as the rest of its column has it.",
        "\"31/31/26\" is not a date",
        "Correct the cell, or set `bad_rows = \"skip\"` in its [[source]].",
    ),
    error(
        "bad-number",
        "A cell is not a number as the rest of its column has it.",
        "\"n.k.\" is not a number",
        "Correct the cell, list the word under `missing`, or set `bad_rows = \"skip\"`.",
    ),
    error(
        "bad-share",
        "A share is not between 0 and 100 %.",
        "`progress` is not between 0 and 100 %",
        "Correct the cell.",
    ),
    warning(
        "unknown-word",
        "A field of words has a word that is not known.",
        "`kind` of wins does not know this word; the win counts as neither revenue nor retention",
        "Use one of the field's words, or say what yours means in [source.values.FIELD].",
    ),
    warning(
        "unmapped-status",
        "A status is not known: its tasks count as open, of an objective or a milestone it is left out.",
        "a status is not known; 4 tasks that have it count as open",
        "Say what it means: [source.values.status] doing = [\"In review\"].",
    ),
    warning(
        "unmapped-resolution",
        "How a task ended is not known: it counts as done.",
        "a resolution is not known; 4 tasks that have it count as done",
        "Say what it means: [source.values.resolution] dropped = [\"Stale\"].",
    ),
    warning(
        "unmatched-milestone",
        "Tasks name milestones that there are not.",
        "12 tasks refer to milestones that do not exist",
        "Add them to the milestones table, or as `aliases` of those that are there.",
    ),
    error(
        "unknown-reference",
        "A row names an objective, a milestone or a metric that there is not.",
        "there is no milestone of this id or name",
        "Use the id or the name as its own table has it.",
    ),
    error(
        "ambiguous-reference",
        "A row names several at once.",
        "several milestones have this name",
        "Give each an id, and refer to that.",
    ),
    error(
        "repeated-id",
        "Two rows have one id and say different things.",
        "this objective stands on line 3 already",
        "Give each its own id.",
    ),
    warning(
        "repeated-task",
        "Rows repeat a task and its day; each counts once.",
        "3 rows repeat a task and the day on which it was finished",
        "Nothing, if they are copies.",
    ),
    warning(
        "repeated-win",
        "A win stands twice; it counts once.",
        "this win stands on line 4 of data/wins.csv already",
        "Delete one of the two rows.",
    ),
    warning(
        "repeated-file",
        "Two sources read one file into one table; it is read once.",
        "data/jira.csv is another [[source]]'s already",
        "Remove one of the two, or narrow the pattern.",
    ),
    note(
        "new-level",
        "A metric left its old level for good; its usual range counts from the new one.",
        "\"Active users\" has kept a new level since 2026-07-03",
        "If it is here to stay, write baseline = \"2026-07-03\" in its [[metric]], so that the range counts from there.",
    ),
    note(
        "metric-kind",
        "What a metric measures is neither given nor plain from its name, so only its latest value is said.",
        "it is not known what \"Widgets\" measures",
        "Write kind = \"flow\" (it adds up), \"rate\" (a mean), \"stock\" (what there is) or \"cumulative\" (a running total) in its [[metric]].",
    ),
    warning(
        "repeated-day",
        "Two exports have the same days of a metric, and say different things of some.",
        "2 days of \"Sales\" differ from data/old.csv",
        "Remove the older export; parts of one whole belong into one file, where the rows of a day are added.",
    ),
    warning(
        "cut-export",
        "An export has exactly as many rows as its tracker's limit.",
        "data/jira.csv has exactly 1,000 rows",
        "Export in parts and name them with a pattern, as file = \"data/jira*.csv\".",
    ),
    note(
        "no-work",
        "Rows of a plan that stand for others are not read.",
        "rows that are not read: a summary of the rows below",
        "Nothing.",
    ),
    warning(
        "bad-link",
        "A link is not http, https or mailto; it is left out.",
        "this is no web or mail link; it is left out",
        "Write it as https://example.org/page.",
    ),
    warning(
        "placeholder",
        "A text is still what `headsup init` wrote, and it stands in the brief.",
        "\"Our first objective\" is what `headsup init` wrote",
        "Write the team's own.",
    ),
    error(
        "no-such-id",
        "The row to amend has no id in any file of its table.",
        "no row of asks has the id \"A-9\"",
        "Give the row an id in its file.",
    ),
    error(
        "no-log",
        "headsup.toml names no file for the log that a row is to be written to.",
        "headsup.toml names no file for wins in data/",
        "Make the file with its header, and add a [[source]] for it.",
    ),
    error(
        "not-appendable",
        "A new row would not be read back as it was meant.",
        "a new row would not be read back as it was meant",
        "Write the row by hand.",
    ),
    error(
        "not-encodable",
        "A new row has characters that the file's encoding lacks.",
        "\"ł\" cannot be written in windows-1252",
        "Save the file as UTF-8.",
    ),
];
