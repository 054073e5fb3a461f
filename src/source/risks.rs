//! The risks table: a register with a row a risk, or a log of several rows of which the newest wins.
//!
//! Likelihood and impact are words, a number on a scale, or percent; a scale is decided for a whole column.

use std::collections::HashMap;

use chrono::NaiveDate;

use super::logs::{Logged, recount};
use super::marks::{Key, spread};
use super::record::{Marked, Record, Word, read};
use super::{Loading, NameIndex, Opened, of};
use crate::preset::normal;
use crate::problem::{Failure, Problem};
use crate::tables::{Level, RiskStatus, TableKind};
use crate::team::{ObjectiveId, Rating, Risk, Stated};

impl Loading<'_> {
    /// The risks as of the newest row of each, with its earlier rows.
    pub(super) fn risks(
        &mut self,
        opened: &mut [Opened<'_>],
        objectives: &mut NameIndex<ObjectiveId>,
    ) -> Result<Vec<Risk>, Failure> {
        let mut rows: Vec<Logged<Row>> = Vec::new();
        let mut ends = Vec::new();
        for file in of(opened, TableKind::Risks) {
            rows.extend(read(file, self.as_of, self.problems, |record| {
                let row = row(record, objectives);
                let date = row.risk.date;
                Some(Logged::of(record, date, record.place("risk"), row))
            })?);
            ends.push(rows.len());
        }
        let said = |row: &Row| Key::of("risk", &row.risk.risk);
        spread(&mut rows, |row| row.id_key().chain(said(&row.item)).collect(), |row| row.item.risk.confidential);
        recount(self.problems, opened, TableKind::Risks, &rows, |row| row.risk.confidential);
        let mut start = 0;
        for end in ends {
            rate(&mut rows[start..end]);
            start = end;
        }
        Ok(fold(rows.into_iter().filter(|row| row.is_known).map(|row| row.item.risk).collect()))
    }
}

/// Rates the rows of a file, on one scale a column. A confidential row does not change how the others are read.
fn rate(rows: &mut [Logged<Row>]) {
    let all_hidden = rows.iter().all(|row| row.item.risk.confidential);
    let open = || rows.iter().map(|row| &row.item).filter(|row| all_hidden || !row.risk.confidential);
    let (likelihood, impact) = (Scale::of(open().map(|row| row.likely)), Scale::of(open().map(|row| row.bad)));
    for Row { risk, likely, bad } in rows.iter_mut().map(|row| &mut row.item) {
        (risk.likelihood, risk.impact) = (likely.rating(likelihood), bad.rating(impact));
    }
}

/// A row, with its ratings as they are written.
struct Row {
    risk: Risk,
    likely: Cell,
    bad: Cell,
}

impl Marked for Row {
    fn mark(&mut self) {
        self.risk.mark();
    }
}

fn row(record: &mut Record<'_, '_>, objectives: &mut NameIndex<ObjectiveId>) -> Row {
    let risk = Risk {
        id: record.text("id"),
        risk: record.needed("risk"),
        likelihood: None,
        impact: None,
        owner: record.text("owner"),
        mitigation: record.text("mitigation"),
        status: record.word_or("status", "the risk counts as open").unwrap_or(RiskStatus::Open),
        date: record.date("date"),
        objective: objectives.logged(record),
        confidential: record.is_confidential(),
        earlier: Vec::new(),
    };
    Row { risk, likely: Cell::read(record, "likelihood"), bad: Cell::read(record, "impact") }
}

/// A rating as a cell has it.
#[derive(Debug, Clone, Copy, PartialEq)]
enum Cell {
    Empty,
    Level(Level),
    /// A share of 1, as a percentage says it.
    Share(f64),
    /// `4 of 5`.
    Step(f64, f64),
    /// On a scale that the column tells.
    Number(f64),
}

impl Cell {
    fn read(record: &mut Record<'_, '_>, field: &'static str) -> Self {
        let text = match record.word(field) {
            Word::Known(level) => return Cell::Level(level),
            Word::Empty => return Cell::Empty,
            Word::Unknown(text) => text,
        };
        let cell = Cell::number(&text).or_else(|| {
            // "3 - Medium", "High (4)": the word says more than the number.
            let parts = text.split(|c: char| !c.is_alphanumeric() && c != ' ').map(str::trim);
            let mut levels = parts.filter_map(|part| record.word_of(field, part)).map(Cell::Level);
            levels.next().filter(|level| levels.all(|other| other == *level))
        });
        cell.unwrap_or_else(|| {
            let message = format!("`{field}` is not a level, not 1 to 5, and not a percentage; it is left out");
            let problem = Problem::warning("unknown-word", message).at(record.place(field));
            record.problem(problem.help(format!("write one of {}, or 3, or 40%", Level::WORDS.join(", "))));
            Cell::Empty
        })
    }

    /// `40%`, `4/5`, `4 of 5`, `4`, `0,4`.
    fn number(text: &str) -> Option<Self> {
        let parse = |text: &str| -> Option<f64> {
            let number: f64 = text.trim().replace(',', ".").parse().ok()?;
            (number.is_finite() && number >= 0.0).then_some(number)
        };
        if let Some(percent) = text.trim().strip_suffix('%') {
            return Some(Cell::Share(parse(percent)? / 100.0));
        }
        let fraction = ["/", " of ", " von ", " sur ", " de "].iter().find_map(|sign| text.split_once(sign));
        match fraction {
            Some((step, of)) => Some(Cell::Step(parse(step)?, parse(of)?)),
            None => parse(text).map(Cell::Number),
        }
    }

    /// What it comes to; None where it lies off its scale.
    fn rating(self, scale: Scale) -> Option<Rating> {
        let share = |share: f64| (share <= 1.0).then_some(Rating { share, stated: Stated::Share });
        let step = |step, of| Some(Rating { share: middle(step, of)?, stated: Stated::Step { step, of } });
        match (self, scale) {
            (Cell::Empty, _) => None,
            (Cell::Level(level), _) => Some(Rating { share: share_of(level), stated: Stated::Level(level) }),
            (Cell::Share(number), _) | (Cell::Number(number), Scale::Share) => share(number),
            (Cell::Number(number), Scale::Percent) => share(number / 100.0),
            (Cell::Step(number, of), _) | (Cell::Number(number), Scale::Steps(of)) => step(number, of),
        }
    }
}

/// The middle of the fifth that a level stands for: very low is 10 %, very high 90 %.
fn share_of(level: Level) -> f64 {
    middle(f64::from(level as u8) + 1.0, 5.0).unwrap_or_default()
}

/// The middle of step `number` of a scale from 1 to `steps`; None if it is not on the scale. 0 is the scale's foot.
fn middle(number: f64, steps: f64) -> Option<f64> {
    (number <= steps && steps > 0.0).then(|| ((number - 0.5) / steps).max(0.0))
}

/// On which scale the plain numbers of a column stand.
#[derive(Debug, Clone, Copy, PartialEq)]
enum Scale {
    /// From 1 to so many.
    Steps(f64),
    /// Shares of 1.
    Share,
    Percent,
}

impl Scale {
    /// The smallest scale that holds all numbers of a column: fractions up to 1, then 1 to 5, 1 to 10, percent.
    fn of(cells: impl Iterator<Item = Cell>) -> Self {
        let numbers: Vec<f64> = cells
            .filter_map(|cell| match cell {
                Cell::Number(number) => Some(number),
                _ => None,
            })
            .collect();
        let most = numbers.iter().copied().fold(0.0, f64::max);
        let has_fractions = numbers.iter().any(|number| number.fract() != 0.0);
        match most {
            most if most <= 1.0 && has_fractions => Scale::Share,
            most if most <= 5.0 => Scale::Steps(5.0),
            most if most <= 10.0 => Scale::Steps(10.0),
            _ => Scale::Percent,
        }
    }
}

/// The newest row of each risk, with the earlier ones: by its id, else by its words.
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
    // A row without a date is as new as the one before it in the file.
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

    fn numbers(texts: &[&str]) -> Vec<Option<f64>> {
        let cells: Vec<Cell> = texts.iter().map(|text| Cell::number(text).unwrap()).collect();
        let scale = Scale::of(cells.iter().copied());
        cells
            .into_iter()
            .map(|cell| cell.rating(scale).map(|rating| (rating.share * 1000.0).round() / 1000.0))
            .collect()
    }

    #[test]
    fn a_column_of_numbers_stands_on_one_scale() {
        assert_eq!(numbers(&["1", "3", "5"]), [Some(0.1), Some(0.5), Some(0.9)]);
        assert_eq!(numbers(&["1", "8"]), [Some(0.05), Some(0.75)]);
        assert_eq!(numbers(&["0.2", "1"]), [Some(0.2), Some(1.0)]);
        assert_eq!(numbers(&["20", "60"]), [Some(0.2), Some(0.6)]);
        assert_eq!(numbers(&["20%", "4/5", "4"]), [Some(0.2), Some(0.7), Some(0.7)]);
        assert_eq!(numbers(&["20", "600"]), [Some(0.2), None]);
    }

    #[test]
    fn a_level_is_the_middle_of_its_fifth() {
        assert_eq!([Level::VeryLow, Level::Medium, Level::VeryHigh].map(share_of), [0.1, 0.5, 0.9]);
    }

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
