//! Metrics: numbers over time, with a row for each value, a column for each metric, or periods as columns.

use super::SeenBy::{Nobody, Shared};
use super::Table;
use super::field::{CONFIDENTIAL, date, number, text, word};
use super::objectives::STATED;

pub(super) const TABLE: Table = Table {
    name: "metrics",
    about: "numbers over time: a row each, or a date and a column a metric, or periods as columns",
    fields: &[
        date("date", Shared, "The day, week or month it is about", "2026-11-20"),
        text("metric", Shared, "Its name", "Update lag"),
        number("value", Shared, "The number", "26.5"),
        number("target", Shared, "What it is to reach", "24"),
        text("unit", Shared, "What it is measured in", "h"),
        word("better", &["up", "down"], Nobody, "Which way is better"),
        word("status", STATED, Shared, "How it stands, in the manager's words"),
        text("reason", Shared, "Why it stands so", "Two large accounts left"),
        CONFIDENTIAL,
    ],
    required: &[&["date"]],
    quotable: true,
    newest_by: None,
    starter: None,
    item: None,
};
