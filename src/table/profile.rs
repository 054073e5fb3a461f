//! The contents of a column for `headsup inspect`: counts, extremes, most frequent words. A user compares them with the
//! tool that wrote the export, to check that the file is read correctly.

use std::collections::BTreeMap;
use std::hash::{BuildHasher as _, BuildHasherDefault, DefaultHasher};

use chrono::NaiveDate;

use crate::problem::{Failure, Problem};
use crate::table::inspection::{Inspection, MAX_PROBLEMS_OF_A_CODE};
use crate::table::row::Row;
use crate::table::values::kinds::Kind;

/// Up to this number, distinct values are counted exactly.
const MAX_DISTINCT: usize = 10_000;
/// Most distinct values that all columns together store, so that ten thousand columns fit into memory.
const MAX_DISTINCT_OF_ALL: usize = 4_000_000;
/// Most words that are shown with their counts.
const MAX_WORDS: usize = 20;
/// Most characters of a word.
const MAX_WORD_CHARS: usize = 200;
const MAX_EXAMPLES: usize = 3;

/// The contents of one column.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Profile {
    pub empty: u64,
    pub filled: u64,
    /// Number of distinct values: exact up to ten thousand, then a lower bound.
    pub distinct: u64,
    pub dates: Option<(NaiveDate, NaiveDate)>,
    pub numbers: Option<(f64, f64)>,
    pub sum: f64,
    /// The most frequent words of a column of text or lists with their counts, the most frequent first.
    pub words: Vec<(String, u64)>,
    /// Examples of values as they are in the file.
    pub examples: Vec<String>,
    /// Problems of cells that do not have the type of the column.
    pub unread: Vec<Problem>,
    pub unread_cells: u64,
    /// The first cell that repeats the text of an earlier row, with its line.
    pub first_repeat: Option<(String, u64)>,
}

/// Reads all rows of an inspected file and returns a profile for each column. `wanted` is the kind that each column
/// will be read as, if known: text in a column of dates is then reported as unread.
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

/// A profile that is being built.
#[derive(Default)]
struct Count {
    profile: Profile,
    /// Hashes of the values seen so far.
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
        if self.seen.len() < MAX_DISTINCT && *remembered < MAX_DISTINCT_OF_ALL {
            if self.seen.insert(hash) {
                *remembered += 1;
                if self.profile.examples.len() < MAX_EXAMPLES {
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

    /// Returns whether the cell has a value, even one that cannot be read.
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
        } else if self.words.len() < MAX_DISTINCT && word.len() <= MAX_WORD_CHARS {
            self.words.insert(word.to_owned(), 1);
        }
    }

    fn finish(self) -> Profile {
        let mut words: Vec<(String, u64)> = self.words.into_iter().collect();
        words.sort_by(|(a, n), (b, m)| m.cmp(n).then_with(|| a.cmp(b)));
        words.truncate(MAX_WORDS);
        Profile { distinct: self.seen.len() as u64, sum: self.sum.total(), words, ..self.profile }
    }
}

/// A sum that compensates for rounding errors (Neumaier 1974), so that amounts in cents add up exactly.
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
