//! What a column holds, for `headsup inspect`: counts, extremes, the commonest words. A user compares these with the
//! tool that the export came from, to check the reading.

use std::collections::BTreeMap;
use std::hash::{BuildHasher as _, BuildHasherDefault, DefaultHasher};

use chrono::NaiveDate;

use crate::problem::{Failure, Problem};
use crate::table::inspection::{Inspection, MAX_PROBLEMS_OF_A_CODE};
use crate::table::row::Row;
use crate::table::values::kinds::Kind;

/// Distinct values are counted exactly up to here.
const DISTINCT: usize = 10_000;
/// Distinct values that all columns together may remember, so that ten thousand columns fit into memory.
const DISTINCT_OF_ALL: usize = 4_000_000;
/// Words shown with their counts.
const WORDS: usize = 20;
/// A longer text is no word.
const LONGEST_WORD: usize = 200;
const EXAMPLES: usize = 3;

/// The contents of one column.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Profile {
    pub empty: u64,
    pub filled: u64,
    /// Exact up to ten thousand, then a lower bound.
    pub distinct: u64,
    pub dates: Option<(NaiveDate, NaiveDate)>,
    pub numbers: Option<(f64, f64)>,
    pub sum: f64,
    /// The commonest words of a column of text or lists, with their counts; the commonest first.
    pub words: Vec<(String, u64)>,
    /// Values as they stand in the file.
    pub examples: Vec<String>,
    /// Cells that are not what the column holds.
    pub unread: Vec<Problem>,
    pub unread_cells: u64,
    /// The line of the first cell whose text stands in an earlier row too.
    pub first_repeat: Option<(String, u64)>,
}

/// Reads all rows of a inspected file: one profile a column. `wanted` says of each column what it is going to be read as,
/// if that is known: text in a column of dates is unread then.
pub fn profile(inspection: &Inspection, wanted: &[Option<Kind>]) -> Result<Vec<Profile>, Failure> {
    let mut counts: Vec<Count> = inspection.columns.iter().map(|_| Count::default()).collect();
    let mut remembered = 0;
    inspection.rows(&mut |row| {
        for (count, column) in counts.iter_mut().zip(&inspection.columns) {
            let wanted = wanted.get(column.position).copied().flatten();
            count.add(row, column.position, column.kind, wanted, &mut remembered);
        }
    })?;
    Ok(counts.into_iter().map(Count::finish).collect())
}

/// A profile in the making.
#[derive(Default)]
struct Count {
    profile: Profile,
    /// Hashes of the values seen.
    seen: std::collections::HashSet<u64, BuildHasherDefault<DefaultHasher>>,
    words: BTreeMap<String, u64>,
    sum: Sum,
}

impl Count {
    fn add(&mut self, row: &Row<'_>, column: usize, kind: Kind, wanted: Option<Kind>, remembered: &mut usize) {
        let Some(text) = row.text(column) else {
            self.profile.empty += 1;
            return;
        };
        let has_value = match kind {
            Kind::Date => self.date(row, column),
            Kind::Number => self.number(row, column),
            Kind::Text => {
                self.word(&text);
                match wanted {
                    Some(Kind::Date) => self.date(row, column),
                    Some(Kind::Number) => self.number(row, column),
                    _ => true,
                }
            }
            Kind::List => {
                row.list(column).iter().for_each(|value| self.word(value));
                true
            }
        };
        if !has_value {
            self.profile.empty += 1;
            return;
        }
        self.profile.filled += 1;
        let hash = self.seen.hasher().hash_one(&text);
        if self.seen.len() < DISTINCT && *remembered < DISTINCT_OF_ALL {
            if self.seen.insert(hash) {
                *remembered += 1;
                if self.profile.examples.len() < EXAMPLES {
                    self.profile.examples.push(text);
                }
                return;
            }
        } else if !self.seen.contains(&hash) {
            return;
        }
        if self.profile.first_repeat.is_none() {
            self.profile.first_repeat = Some((text, row.line()));
        }
    }

    /// Whether the cell has a value; one that cannot be read counts as one.
    fn date(&mut self, row: &Row<'_>, column: usize) -> bool {
        match row.date_as_written(column) {
            Ok(Some(day)) => {
                let (first, last) = self.profile.dates.unwrap_or((day, day));
                self.profile.dates = Some((first.min(day), last.max(day)));
                true
            }
            Ok(None) => false,
            Err(problem) => self.unread(*problem),
        }
    }

    fn number(&mut self, row: &Row<'_>, column: usize) -> bool {
        match row.number(column) {
            Ok(Some(number)) => {
                let (least, most) = self.profile.numbers.unwrap_or((number, number));
                self.profile.numbers = Some((least.min(number), most.max(number)));
                self.sum.add(number);
                true
            }
            Ok(None) => false,
            Err(problem) => self.unread(*problem),
        }
    }

    fn unread(&mut self, problem: Problem) -> bool {
        self.profile.unread_cells += 1;
        if self.profile.unread_cells <= MAX_PROBLEMS_OF_A_CODE {
            self.profile.unread.push(problem);
        }
        true
    }

    fn word(&mut self, word: &str) {
        if let Some(n) = self.words.get_mut(word) {
            *n += 1;
        } else if self.words.len() < DISTINCT && word.len() <= LONGEST_WORD {
            self.words.insert(word.to_owned(), 1);
        }
    }

    fn finish(self) -> Profile {
        let mut words: Vec<(String, u64)> = self.words.into_iter().collect();
        words.sort_by(|(a, n), (b, m)| m.cmp(n).then_with(|| a.cmp(b)));
        words.truncate(WORDS);
        Profile { distinct: self.seen.len() as u64, sum: self.sum.total(), words, ..self.profile }
    }
}

/// A sum that keeps what rounding would lose (Neumaier 1974), so that a column of cents adds up to the cent.
#[derive(Debug, Clone, Copy, Default)]
struct Sum {
    total: f64,
    lost: f64,
}

impl Sum {
    fn add(&mut self, value: f64) {
        let total = self.total + value;
        self.lost +=
            if self.total.abs() >= value.abs() { (self.total - total) + value } else { (value - total) + self.total };
        self.total = total;
    }

    fn total(self) -> f64 {
        self.total + self.lost
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_sum_of_cents_is_exact() {
        let mut sum = Sum::default();
        (0..10).for_each(|_| sum.add(0.1));
        assert_eq!(sum.total(), 1.0);
    }
}
