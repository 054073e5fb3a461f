//! Events: what happened to a metric or to the team, and days without work.

use chrono::NaiveDate;
use schemars::JsonSchema;
use serde::Serialize;

use super::SeenBy::{Nobody, Shared};
use super::cells::Cells;
use super::cells::Word;
use super::field::{CONFIDENTIAL, date, text, word};
use super::log::{LogRow, Logged, marked, newest};
use super::word_enum::word_enum;
use super::{Item, Private, Table};
use crate::problem::Problems;

word_enum! {
    /// What kind of event it is, where that matters.
    pub enum EventKind {
        /// Nobody works on these days; its text may say who is ill, so only the manager reads it.
        Off = "off",
    }
}

pub(super) const TABLE: Table = Table {
    name: "events",
    about: "what happened, and days without work",
    fields: &[
        date("date", Shared, "Day of the event, or the first of several days", "2026-11-12"),
        date("until", Shared, "Last of several days", "2026-11-13").planned(),
        word("kind", EventKind::WORDS, Nobody, "off, if nobody worked on these days"),
        text("metric", Shared, "Metric that it concerns, if not all", "Update lag"),
        text("text", Shared, "What happened", "Supplier feed down for a day"),
        CONFIDENTIAL,
    ],
    required: &[&["date"], &["text"]],
    quotable: true,
    newest_by: None,
    starter: Some(100),
    item: Some(Item {
        name: "event",
        about: "Something that happened, or days without work",
        positional: &["text"],
        dated: "date",
        first_id: None,
        defaults: &[],
        without: &[],
        private: Private::OnRequest,
    }),
};

/// Something that happened to a metric.
#[derive(Debug, Clone, PartialEq, Serialize, JsonSchema)]
pub struct Event {
    /// The day, or the first of several.
    pub date: NaiveDate,
    /// The last of several days.
    pub until: Option<NaiveDate>,
    pub kind: Option<EventKind>,
    /// None: every metric.
    pub metric: Option<String>,
    /// Empty where this copy may not show it: why nobody works is for the manager alone.
    pub text: String,
    pub confidential: bool,
}

impl Event {
    /// Returns whether nobody works on its days.
    pub fn is_off(&self) -> bool {
        self.kind == Some(EventKind::Off)
    }

    /// Returns its last day.
    pub fn last(&self) -> NaiveDate {
        self.until.unwrap_or(self.date).max(self.date)
    }
}

marked!(Event);

impl LogRow for Event {
    type Item = Self;

    const SAID_IN: &'static str = "text";

    fn read(cells: &mut impl Cells) -> Self {
        let text = cells.needed("text");
        // Even an unreadable row passes on its mark to what it is about.
        let date = cells.date("date").unwrap_or_else(|| {
            cells.lacks("date");
            NaiveDate::default()
        });
        // People use their own kinds of events. Only `off` has a meaning here, and an unknown word may mean it.
        let kind = cells.word("kind");
        if matches!(kind, Word::Unknown(_)) {
            cells.conceal();
        }
        let (until, metric) = (cells.date("until"), cells.metric());
        Self { date, until, kind: kind.known(), metric, text, confidential: false }
    }

    fn written_on(&self) -> Option<NaiveDate> {
        Some(self.date)
    }

    /// Days off are planned in advance, and the forecast needs them.
    fn is_planned(&self) -> bool {
        self.is_off()
    }

    fn said(&self) -> String {
        self.text.clone()
    }

    fn fold(rows: Vec<Logged<Self>>, _problems: &mut Problems) -> Vec<Self> {
        newest(rows)
    }
}
