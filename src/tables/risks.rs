//! Risks: what may go wrong, how likely it is, and what it would do.

mod rating;

use std::collections::HashMap;

use chrono::NaiveDate;
use schemars::JsonSchema;
use serde::Serialize;

pub use rating::{Level, Rating, Stated};
use rating::{Scale, Written};

use super::SeenBy::{Nobody, Shared};
use super::cells::Cells;
use super::field::{CONFIDENTIAL, date, rating, text, word};
use super::ids::ObjectiveId;
use super::log::{LogRow, Logged, Marked, marked};
use super::word_enum::word_enum;
use super::{Item, Private, Table};
use crate::fold::normal;
use crate::problem::Problems;

word_enum! {
    /// Whether a risk still stands.
    pub enum RiskStatus {
        Open = "open",
        Closed = "closed",
    }
}

pub(super) const TABLE: Table = Table {
    name: "risks",
    about: "what may go wrong",
    fields: &[
        text("id", Nobody, "Id of the risk; the newest row of an id counts", "R-3"),
        text("risk", Shared, "What may happen", "The supplier's API is switched off before ours is ready"),
        rating("likelihood", Level::WORDS, Shared, "Likelihood: a level, 1 to 5, or a percentage"),
        rating("impact", Level::WORDS, Shared, "Impact: a level, 1 to 5, or a percentage"),
        text("owner", Shared, "Who watches it", "A. Osei"),
        text("mitigation", Shared, "What is done about it", "a mirror of the feed, by 4 December"),
        word("status", RiskStatus::WORDS, Shared, "Whether it is still open"),
        date("date", Shared, "When the row was written", "2026-11-18"),
        text("objective", Shared, "Objective that it threatens", "Update speed"),
        CONFIDENTIAL,
    ],
    required: &[&["risk"]],
    quotable: true,
    newest_by: Some("id"),
    starter: None,
    item: Some(Item {
        name: "risk",
        about: "Something that may go wrong, or how a known risk has changed",
        positional: &["risk"],
        dated: "date",
        first_id: Some("R-01"),
        defaults: &[],
        without: &[],
        private: Private::OnRequest,
    }),
};

/// What may go wrong, as its newest row has it.
#[derive(Debug, Clone, PartialEq, Serialize, JsonSchema)]
pub struct Risk {
    pub id: Option<String>,
    pub risk: String,
    pub likelihood: Option<Rating>,
    pub impact: Option<Rating>,
    pub owner: Option<String>,
    pub mitigation: Option<String>,
    pub status: RiskStatus,
    pub date: Option<NaiveDate>,
    pub objective: Option<ObjectiveId>,
    pub confidential: bool,
    /// Its earlier rows, oldest first, without their own.
    pub earlier: Vec<Risk>,
}

impl Risk {
    /// Returns likelihood × impact from 0 to 1, or `None` if one of them is missing.
    pub fn score(&self) -> Option<f64> {
        Some(self.likelihood.as_ref()?.share * self.impact.as_ref()?.share)
    }
}

marked!(Risk, objective: ObjectiveId);

/// A row, with its ratings as they are written.
pub struct RiskRow {
    risk: Risk,
    likely: Written,
    bad: Written,
}

impl Marked for RiskRow {
    fn mark(&mut self) {
        self.risk.mark();
    }

    fn is_marked(&self) -> bool {
        self.risk.is_marked()
    }

    fn objective(&mut self) -> Option<&mut ObjectiveId> {
        self.risk.objective()
    }
}

impl LogRow for RiskRow {
    type Item = Risk;

    const SAID_IN: &'static str = "risk";

    fn read(cells: &mut impl Cells) -> Self {
        let risk = Risk {
            id: cells.text("id"),
            risk: cells.needed("risk"),
            likelihood: None,
            impact: None,
            owner: cells.text("owner"),
            mitigation: cells.text("mitigation"),
            status: cells.word_or("status", "the risk counts as open").unwrap_or(RiskStatus::Open),
            date: cells.date("date"),
            objective: cells.objective(),
            confidential: cells.is_confidential(),
            earlier: Vec::new(),
        };
        Self { risk, likely: Written::read(cells, "likelihood"), bad: Written::read(cells, "impact") }
    }

    fn written_on(&self) -> Option<NaiveDate> {
        self.risk.date
    }

    fn said(&self) -> String {
        self.risk.risk.clone()
    }

    fn fold(mut rows: Vec<Logged<Self>>, _problems: &mut Problems) -> Vec<Risk> {
        rows.chunk_by_mut(|row, next| row.place.file == next.place.file).for_each(rate);
        fold(rows.into_iter().filter(|row| row.is_known).map(|row| row.item.risk).collect())
    }
}

/// Rates the rows of a file, with one scale for each column. Rows that a copy may leave out do not change the ratings
/// of others.
fn rate(rows: &mut [Logged<RiskRow>]) {
    let is_hidden = |row: &Logged<RiskRow>| row.is_marked() || row.is_hidden;
    let all_hidden = rows.iter().all(is_hidden);
    let open = || rows.iter().filter(|row| all_hidden || !is_hidden(row)).map(|row| &row.item);
    let (likelihood, impact) = (Scale::of(open().map(|row| row.likely)), Scale::of(open().map(|row| row.bad)));
    for RiskRow { risk, likely, bad } in rows.iter_mut().map(|row| &mut row.item) {
        (risk.likelihood, risk.impact) = (likely.rating(likelihood), bad.rating(impact));
    }
}

/// Returns the newest row of each risk with its earlier rows. Risks are identified by their id, otherwise by their
/// text.
fn fold(rows: Vec<Risk>) -> Vec<Risk> {
    let identity =
        |risk: &Risk| risk.id.as_deref().map_or_else(|| (false, normal(&risk.risk)), |id| (true, normal(id)));
    let mut risks: Vec<Vec<Risk>> = Vec::new();
    let mut places: HashMap<(bool, String), usize> = HashMap::new();
    for row in rows {
        let at = *places.entry(identity(&row)).or_insert(risks.len());
        match risks.get_mut(at) {
            Some(rows) => rows.push(row),
            None => risks.push(vec![row]),
        }
    }
    risks.into_iter().filter_map(newest).collect()
}

fn newest(mut rows: Vec<Risk>) -> Option<Risk> {
    // A row without a date counts as being as new as the previous row in the file.
    let mut last: Option<NaiveDate> = None;
    for row in &mut rows {
        row.date = row.date.or(last);
        last = row.date;
    }
    rows.sort_by_key(|row| row.date);
    let confidential = rows.iter().any(|row| row.confidential);
    let mut newest = rows.pop()?;
    newest.confidential = confidential;
    newest.earlier = rows;
    Some(newest)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_newest_row_of_a_risk_wins_and_a_confidential_one_stays_so() {
        let row = |id: Option<&str>, risk: &str, day: u32, confidential| Risk {
            id: id.map(str::to_owned),
            risk: risk.to_owned(),
            likelihood: None,
            impact: None,
            owner: None,
            mitigation: None,
            status: RiskStatus::Open,
            date: NaiveDate::from_ymd_opt(2026, 11, day),
            objective: None,
            confidential,
            earlier: Vec::new(),
        };
        let folded = fold(vec![
            row(Some("R-1"), "feed switched off", 20, false),
            row(Some("R-1"), "feed may be switched off", 6, true),
            row(None, "Nobody can sign", 6, false),
            row(None, "nobody can sign", 13, false),
        ]);
        let found: Vec<(&str, usize, bool)> =
            folded.iter().map(|risk| (risk.risk.as_str(), risk.earlier.len(), risk.confidential)).collect();
        assert_eq!(found, [("feed switched off", 1, true), ("nobody can sign", 1, false)]);
    }
}
