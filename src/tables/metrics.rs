//! Metrics: numbers over time, with a row for each value, a column for each metric, or periods as columns.

use super::SeenBy::{Nobody, Shared};
use super::Table;
use super::field::{CONFIDENTIAL, date, number, text, word};
use super::objectives::STATED;

pub(super) const TABLE: Table = Table {
    name: "metrics",
    about: "numbers over time: a row each, or a date and a column a metric, or periods as columns",
    fields: &[
        date("date", Shared, "Day, week or month of the value", "2026-11-20"),
        text("metric", Shared, "Name of the metric", "Update lag"),
        number("value", Shared, "Value", "26.5"),
        number("target", Shared, "Target value", "24"),
        text("unit", Shared, "Unit of the value", "h"),
        word("better", &["up", "down"], Nobody, "Which way is better"),
        word("status", STATED, Shared, "Status, in the manager's words"),
        text("reason", Shared, "Reason for the status", "Two large accounts left"),
        CONFIDENTIAL,
    ],
    required: &[&["date"]],
    quotable: true,
    newest_by: None,
    starter: None,
    item: None,
};
