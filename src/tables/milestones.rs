//! Milestones: the steps towards an objective; several rows of a milestone are its log.

use super::SeenBy::{Nobody, Shared};
use super::Table;
use super::field::{CONFIDENTIAL, date, flag, list, number, share, text, word};
use super::objectives::STATED;

pub(super) const TABLE: Table = Table {
    name: "milestones",
    about: "the steps to each objective; several rows of one are a log",
    fields: &[
        text("id", Nobody, "Id that other tables use [default: the name]", "M-3"),
        text("objective", Shared, "Objective that it leads to", "Update speed"),
        text("milestone", Shared, "Name of the milestone", "Self-serve release"),
        date("start", Shared, "Planned start", "2026-10-05").planned(),
        date("agreed_due", Shared, "Date that was agreed first; never edited", "2026-12-04").planned(),
        date("due", Shared, "Date that the team promises today", "2026-12-08").planned(),
        date("done_on", Shared, "When it was finished", "2026-11-27"),
        share("progress", Shared, "Share that is done", "62%"),
        word("status", STATED, Shared, "Status, in the manager's words"),
        text("reason", Shared, "Reason for the status", "Legal has not signed"),
        number("weight", Nobody, "Weight within the objective [default: 1]", "2"),
        list("aliases", Nobody, "Other names, for example in trackers", "release-2; Self serve"),
        date("scope_agreed_on", Shared, "When the scope was agreed", "2026-10-02"),
        text("carried_from", Shared, "Milestone of an earlier quarter that it continues", "M-1"),
        text("owner_team", Shared, "Other team that is responsible for it", "Platform"),
        text("metric", Shared, "Metric that must hold, if the milestone is an outcome", "Error rate"),
        number("target", Shared, "Value that the metric must reach", "0.5"),
        number("hold_weeks", Shared, "Number of closed weeks in which it must hold", "4"),
        number("start_value", Shared, "Value of a key result at the start", "31"),
        number("current_value", Shared, "Current value of a key result", "38"),
        text("confidence", Shared, "How confident the team is, in its own words", "7/10"),
        CONFIDENTIAL,
        date("as_of", Nobody, "When the row of a log was written", "2026-11-20"),
        // These fields belong to the outline of a plan, as in tasks.
        number("outline_level", Nobody, "Depth of the row in a plan", "2"),
        text("wbs", Nobody, "Number in a plan", "1.2"),
        text("predecessors", Nobody, "What must be finished before it, in a plan", "11FS"),
        flag("is_summary", "Whether it summarises the rows below it"),
        flag("is_active", "Whether it is part of the plan"),
    ],
    required: &[&["milestone"], &["agreed_due", "due", "done_on", "status", "current_value"]],
    quotable: true,
    newest_by: Some("id"),
    starter: None,
    item: None,
};
