//! Agreements: what the boss agreed to on a date.

use chrono::NaiveDate;
use schemars::JsonSchema;
use serde::Serialize;

use super::SeenBy::{Nobody, Shared};
use super::cells::Cells;
use super::field::{CONFIDENTIAL, date, text, word};
use super::ids::{MilestoneId, ObjectiveId};
use super::log::{LogRow, Logged, marked, newest};
use super::{About, Item, Private, Table};
use crate::problem::{Problem, Problems};

/// Everything that an ask may be about except its last word, `drop`: dropping is agreed to by the milestone's status.
const AGREED: &[&str] = About::WORDS.split_at(About::WORDS.len() - 1).0;

pub(super) const TABLE: Table = Table {
    name: "agreements",
    about: "what the boss agreed to, on a date",
    fields: &[
        date("date", Shared, "When it was agreed", "2026-11-06"),
        text("objective", Shared, "Objective that it is about", "Update speed"),
        text("milestone", Shared, "Milestone that it is about", "Self-serve release"),
        word("what", AGREED, Shared, "What was agreed"),
        text("from", Nobody, "Former date, tasks, labels or wording", "2026-12-04"),
        text("to", Shared, "New date, tasks, labels or wording", "2026-12-11"),
        text("with", Nobody, "Who agreed, if not the boss", "Alex Kim"),
        CONFIDENTIAL,
    ],
    required: &[&["date"], &["what"]],
    quotable: false,
    newest_by: None,
    starter: Some(100),
    item: Some(Item {
        name: "agreement",
        about: "Something the boss agreed to",
        positional: &["what"],
        dated: "date",
        first_id: None,
        defaults: &[],
        without: &[],
        private: Private::Never,
    }),
};

/// What the boss agreed to on a date.
#[derive(Debug, Clone, PartialEq, Serialize, JsonSchema)]
pub struct Agreement {
    pub date: NaiveDate,
    pub objective: Option<ObjectiveId>,
    pub milestone: Option<MilestoneId>,
    pub what: About,
    pub from: Option<String>,
    pub to: Option<String>,
    /// `to` as a date, where `what` is date: the milestone's new agreed date.
    pub to_date: Option<NaiveDate>,
    pub with: Option<String>,
    pub confidential: bool,
}

impl Agreement {
    /// Returns the task keys or labels that an agreement about scope covers: `to`, split at commas, semicolons and line
    /// endings.
    pub fn covers(&self) -> impl Iterator<Item = &str> {
        let to = self.to.as_deref().unwrap_or_default();
        to.split([',', ';', '\n']).map(str::trim).filter(|entry| !entry.is_empty())
    }
}

marked!(Agreement, objective: ObjectiveId, milestone: MilestoneId);

impl LogRow for Agreement {
    type Item = Self;

    const SAID_IN: &'static str = "what";

    fn read(cells: &mut impl Cells) -> Self {
        let date = cells.date("date");
        if date.is_none() {
            cells.lacks("date");
        }
        let what = cells.word("what").known();
        if what.is_none() {
            let problem = Problem::error("unknown-word", "`what` was agreed on is not said in a word that is known");
            cells.problem(problem.at(cells.place("what")).help("one of date, scope, wording, confirm"));
        }
        let (objective, milestone) = (cells.objective(), cells.milestone());
        let to = cells.text("to");
        let to_date = if what == Some(About::Date) { new_date(cells, to.as_deref()) } else { None };
        // Even an unreadable row passes on its mark to what it is about.
        Self {
            date: date.unwrap_or_default(),
            objective,
            milestone,
            what: what.unwrap_or(About::Confirm),
            from: cells.text("from"),
            to,
            to_date,
            with: cells.text("with"),
            confidential: false,
        }
    }

    fn written_on(&self) -> Option<NaiveDate> {
        Some(self.date)
    }

    fn said(&self) -> String {
        let about = [self.objective.as_ref().map(|id| id.as_str()), self.milestone.as_ref().map(|id| id.as_str())];
        let texts = about.into_iter().chain([self.to.as_deref()]).map(Option::unwrap_or_default).collect::<Vec<_>>();
        format!("{} {:?} {}", self.date, self.what, texts.join(" "))
    }

    fn fold(rows: Vec<Logged<Self>>, _problems: &mut Problems) -> Vec<Self> {
        newest(rows)
    }
}

/// Returns the agreed date. The column also contains texts, so a cell need not be a date.
fn new_date(cells: &mut impl Cells, to: Option<&str>) -> Option<NaiveDate> {
    let date = to.and_then(|to| to.parse().ok()).or_else(|| cells.any_date("to"));
    if date.is_none() {
        let problem = Problem::error("bad-date", "`to` is no date, and a date is what was agreed");
        cells.problem(problem.at(cells.place("to")).help("write it as 2026-11-27"));
    }
    date
}
