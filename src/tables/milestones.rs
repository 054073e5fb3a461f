//! Milestones: the steps towards an objective; several rows of a milestone are its log.

use super::SeenBy::{Nobody, Shared};
use super::Table;
use super::field::{CONFIDENTIAL, date, flag, list, number, share, text, word};
use super::objectives::STATED;

pub(super) const TABLE: Table = Table {
    name: "milestones",
    about: "the steps to each objective; several rows of one are a log",
    fields: &[
        text("id", Nobody, "What other tables call it; its name where it has none", "M-3"),
        text("objective", Shared, "The objective it leads to", "Update speed"),
        text("milestone", Shared, "Its name", "Self-serve release"),
        date("start", Shared, "When work on it was planned to start", "2026-10-05").planned(),
        date("agreed_due", Shared, "The date that was agreed first; never edited", "2026-12-04").planned(),
        date("due", Shared, "Today's promise", "2026-12-08").planned(),
        date("done_on", Shared, "When it was reached", "2026-11-27"),
        share("progress", Shared, "How much of it is done", "62%"),
        word("status", STATED, Shared, "How it stands, in the manager's words"),
        text("reason", Shared, "Why it stands so", "Legal has not signed"),
        number("weight", Nobody, "Its weight within the objective; 1 where none is given", "2"),
        list("aliases", Nobody, "What trackers call it", "release-2; Self serve"),
        date("scope_agreed_on", Shared, "When its scope was agreed", "2026-10-02"),
        text("carried_from", Shared, "The milestone of an earlier quarter that it continues", "M-1"),
        text("owner_team", Shared, "The other team whose milestone it is", "Platform"),
        text("metric", Shared, "The metric that has to hold, of an outcome", "Error rate"),
        number("target", Shared, "What that metric has to reach", "0.5"),
        number("hold_weeks", Shared, "For how many closed weeks it has to hold", "4"),
        number("start_value", Shared, "Of a key result: where its number was at the start", "31"),
        number("current_value", Shared, "Of a key result: where its number is", "38"),
        text("confidence", Shared, "How sure the team is to reach it, in its own words", "7/10"),
        CONFIDENTIAL,
        date("as_of", Nobody, "When the row was written, in a log", "2026-11-20"),
        // These fields belong to the outline of a plan, as in tasks.
        number("outline_level", Nobody, "How deep the row lies in a plan", "2"),
        text("wbs", Nobody, "Its number in a plan", "1.2"),
        text("predecessors", Nobody, "What goes before it in a plan", "11FS"),
        flag("is_summary", "It stands for the rows below it"),
        flag("is_active", "It is planned at all"),
    ],
    required: &[&["milestone"], &["agreed_due", "due", "done_on", "status", "current_value"]],
    quotable: true,
    newest_by: Some("id"),
    starter: None,
    item: None,
};
