//! How likely a risk is and how bad it would be: words, numbers on a scale, or percent. One scale is chosen for a whole
//! column. The risks table uses this.

use schemars::JsonSchema;
use serde::Serialize;

use crate::problem::Problem;
use crate::tables::cells::{Cells, Word};
use crate::tables::word_enum::word_enum;

word_enum! {
    /// How likely or how bad, where a word says it; a cell may also hold a number.
    pub enum Level {
        VeryLow = "very_low",
        Low = "low",
        Medium = "medium",
        High = "high",
        VeryHigh = "very_high",
    }
}

/// How likely a risk is, or how bad it would be.
#[derive(Debug, Clone, Copy, PartialEq, Serialize, JsonSchema)]
pub struct Rating {
    /// 0 to 1: percent as they are, levels at the middle of their fifth.
    pub share: f64,
    pub stated: Stated,
}

/// In what form a rating was given.
#[derive(Debug, Clone, Copy, PartialEq, Serialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum Stated {
    Level(Level),
    /// A step of a scale that begins at 1.
    Step {
        step: f64,
        of: f64,
    },
    /// The share itself.
    Share,
}

/// A rating as it is written in a cell.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(crate) enum Written {
    Empty,
    Level(Level),
    /// A share from 0 to 1, given in percent.
    Share(f64),
    /// A step of a given scale: `4 of 5`.
    Step(f64, f64),
    /// A number on the scale of the column.
    Number(f64),
}

impl Written {
    pub(crate) fn read(cells: &mut impl Cells, field: &'static str) -> Self {
        let text = match cells.word(field) {
            Word::Known(level) => return Written::Level(level),
            Word::Empty => return Written::Empty,
            Word::Unknown(text) => text,
        };
        let cell = Written::number(&text).or_else(|| {
            // In "3 - Medium" and "High (4)", the word says more than the number.
            let parts = text.split(|c: char| !c.is_alphanumeric() && c != ' ').map(str::trim);
            let mut levels = parts.filter_map(|part| cells.word_of(field, part)).map(Written::Level);
            levels.next().filter(|level| levels.all(|other| other == *level))
        });
        cell.unwrap_or_else(|| {
            let message = format!("`{field}` is not a level, not 1 to 5, and not a percentage; it is left out");
            let problem = Problem::warning("unknown-word", message).at(cells.place(field));
            cells.problem(problem.help(format!("write one of {}, or 3, or 40%", Level::WORDS.join(", "))));
            Written::Empty
        })
    }

    /// Parses `40%`, `4/5`, `4 of 5`, `4` or `0,4`.
    fn number(text: &str) -> Option<Self> {
        let parse = |text: &str| -> Option<f64> {
            let number: f64 = text.trim().replace(',', ".").parse().ok()?;
            (number.is_finite() && number >= 0.0).then_some(number)
        };
        if let Some(percent) = text.trim().strip_suffix('%') {
            return Some(Written::Share(parse(percent)? / 100.0));
        }
        let fraction = ["/", " of ", " von ", " sur ", " de "].iter().find_map(|sign| text.split_once(sign));
        match fraction {
            Some((step, of)) => Some(Written::Step(parse(step)?, parse(of)?)),
            None => parse(text).map(Written::Number),
        }
    }

    /// Returns the rating on this scale, or `None` if it is not on the scale.
    pub(crate) fn rating(self, scale: Scale) -> Option<Rating> {
        let share = |share: f64| (share <= 1.0).then_some(Rating { share, stated: Stated::Share });
        let step = |step, of| Some(Rating { share: middle(step, of)?, stated: Stated::Step { step, of } });
        match (self, scale) {
            (Written::Empty, _) => None,
            (Written::Level(level), _) => Some(Rating { share: share_of(level), stated: Stated::Level(level) }),
            (Written::Share(number), _) | (Written::Number(number), Scale::Share) => share(number),
            (Written::Number(number), Scale::Percent) => share(number / 100.0),
            (Written::Step(number, of), _) | (Written::Number(number), Scale::Steps(of)) => step(number, of),
        }
    }
}

/// Returns the middle of the fifth for a level: very low is 10 %, very high 90 %.
fn share_of(level: Level) -> f64 {
    middle(f64::from(level as u8) + 1.0, 5.0).unwrap_or_default()
}

/// Returns the middle of step `number` of a scale from 1 to `steps`, or `None` if it is not on the scale. 0 is the
/// bottom of the scale.
fn middle(number: f64, steps: f64) -> Option<f64> {
    (number <= steps && steps > 0.0).then(|| ((number - 0.5) / steps).max(0.0))
}

/// The scale of the plain numbers in a column.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(crate) enum Scale {
    /// Steps from 1 to this number.
    Steps(f64),
    /// Shares from 0 to 1.
    Share,
    Percent,
}

impl Scale {
    /// Returns the smallest scale that contains all numbers of a column: fractions up to 1, then 1 to 5, 1 to 10,
    /// percent.
    pub(crate) fn of(cells: impl Iterator<Item = Written>) -> Self {
        let numbers: Vec<f64> = cells
            .filter_map(|cell| match cell {
                Written::Number(number) => Some(number),
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

#[cfg(test)]
mod tests {
    use super::*;

    fn numbers(texts: &[&str]) -> Vec<Option<f64>> {
        let cells: Vec<Written> = texts.iter().map(|text| Written::number(text).unwrap()).collect();
        let scale = Scale::of(cells.iter().copied());
        cells
            .into_iter()
            .map(|cell| cell.rating(scale).map(|rating| (rating.share * 1000.0).round() / 1000.0))
            .collect()
    }

    #[test]
    fn a_column_of_numbers_has_one_scale() {
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
}
