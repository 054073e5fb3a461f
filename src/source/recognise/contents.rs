//! Analyses the cells of a column in the first rows of a file: whether they are titles, persons or status words. A
//! header only suggests a field; the cells must confirm it.

use std::collections::{BTreeMap, BTreeSet};

use crate::lexicon;
use crate::preset::Layout;
use crate::problem::Failure;
use crate::table::{Inspection, Row, answer, is_amount, is_short_clock};

/// Number of rows that are analysed.
const ROWS: usize = 300;
/// Most characters of a status word: longer texts are sentences.
const LONGEST_WORD: usize = 40;

/// The cells of one column.
#[derive(Debug, Clone, Default)]
pub struct Content {
    pub filled: usize,
    pub distinct: usize,
    /// Number of cells that can be read as a date.
    pub dates: usize,
    pub numbers: usize,
    /// Cells that are a number in some unit: those of one column may be in several.
    pub amounts: usize,
    /// Number of cells such as `3:40`, which can be hours and minutes, or minutes and seconds.
    pub clocks: usize,
    /// Number of cells that say yes or no.
    pub answers: usize,
    /// Whether the cells are whole numbers that increase by one from row to row.
    pub counts_rows: bool,
    /// Number of cells that look like names of persons.
    persons: usize,
    /// Number of cells with a first and a last name, or an address.
    full_names: usize,
    /// Number of cells with two or more words.
    spoken: usize,
    /// Short texts and how often each one occurs.
    pub words: BTreeMap<String, usize>,
}

/// Analyses each column of a file.
pub fn of(inspection: &Inspection) -> Result<Vec<Content>, Failure> {
    let mut contents = of_rows(inspection, false)?;
    if inspection.has_hidden() {
        for (content, hidden) in contents.iter_mut().zip(of_rows(inspection, true)?) {
            // No visible row has a cell in this column.
            if content.filled == 0 {
                *content = hidden;
            }
        }
    }
    Ok(contents)
}

/// Analyses either the rows that a copy may leave out, or the others.
fn of_rows(inspection: &Inspection, hidden: bool) -> Result<Vec<Content>, Failure> {
    let mut contents = vec![Content::default(); inspection.columns.len()];
    let mut seen: Vec<BTreeSet<String>> = vec![BTreeSet::new(); inspection.columns.len()];
    let mut last: Vec<Option<f64>> = vec![None; inspection.columns.len()];
    contents.iter_mut().for_each(|content| content.counts_rows = true);
    inspection.first_rows(ROWS, hidden, &mut |row| {
        for (column, content) in contents.iter_mut().enumerate() {
            if let Some(text) = row.text(column) {
                content.add(row, column, &text, &mut last[column]);
                seen[column].insert(text);
            }
        }
    })?;
    for (content, seen) in contents.iter_mut().zip(seen) {
        content.distinct = seen.len();
        content.counts_rows &= content.filled > 2;
    }
    Ok(contents)
}

impl Content {
    fn add(&mut self, row: &Row<'_>, column: usize, text: &str, last: &mut Option<f64>) {
        self.filled += 1;
        self.dates += usize::from(row.is_date(column));
        let number = row.as_number(column);
        self.numbers += usize::from(number.is_some());
        self.counts_rows &= match (*last, number) {
            (_, None) => false,
            (None, Some(first)) => first.fract() == 0.0,
            (Some(before), Some(number)) => number == before + 1.0,
        };
        *last = number;
        self.amounts += usize::from(is_amount(text));
        self.clocks += usize::from(is_short_clock(text));
        self.answers += usize::from(answer(text).is_some());
        let is_person = is_person(text);
        self.persons += usize::from(is_person);
        self.full_names += usize::from(is_person && text.contains([' ', '@', '.']));
        self.spoken += usize::from(text.split_whitespace().count() > 1 || is_written_without_blanks(text));
        if text.chars().count() <= LONGEST_WORD {
            *self.words.entry(text.to_owned()).or_default() += 1;
        }
    }

    /// Returns whether nearly all cells name persons.
    pub fn is_of_persons(&self) -> bool {
        self.filled > 0 && self.persons * 10 >= self.filled * 9
    }

    /// Returns whether the cells name persons by first and last name or by address: single words could be anything.
    pub fn is_of_full_names(&self) -> bool {
        self.is_of_persons() && self.full_names * 2 > self.filled
    }

    /// Returns whether hardly any cell is repeated, in a sufficient number of rows.
    pub fn is_of_each_row(&self) -> bool {
        self.filled > 4 && self.distinct * 10 >= self.filled * 9
    }

    /// Returns the share of cells that are known words of a field.
    pub fn known(&self, layout: &Layout, field: &str) -> f32 {
        // A single letter may be anything; a sign says what it shows.
        let is_word = |word: &str| word.chars().nth(1).is_some() || !word.chars().any(char::is_alphanumeric);
        let is_known = |word: &str| is_word(word) && layout.word(field, word).is_some();
        let known = self.words.iter().filter(|(word, _)| is_known(word));
        known.map(|(_, n)| *n).sum::<usize>() as f32 / self.filled.max(1) as f32
    }

    /// Returns the share of known words if single letters such as `R`, `A` and `G` count as words.
    pub fn known_with_letters(&self, layout: &Layout, field: &str) -> f32 {
        let known = self.words.iter().filter(|(word, _)| layout.word(field, word).is_some());
        known.map(|(_, n)| *n).sum::<usize>() as f32 / self.filled.max(1) as f32
    }

    /// Which part of the cells say how a plan is kept.
    pub fn of_plan(&self) -> f32 {
        let of_plan = self.words.iter().filter(|(word, _)| lexicon::is_plan_status(word));
        of_plan.map(|(_, n)| *n).sum::<usize>() as f32 / self.filled.max(1) as f32
    }

    /// Returns the share of cells that are different from each other.
    pub fn variety(&self) -> f32 {
        self.distinct as f32 / self.filled.max(1) as f32
    }

    /// Returns whether the column identifies rows. A name may be repeated by mistake, which is reported when the rows
    /// are read.
    pub fn tells_rows_apart(&self) -> bool {
        self.distinct > 1 && self.filled - self.distinct <= (self.filled / 20).max(1)
    }

    /// Returns the share of cells with several words.
    pub fn speech(&self) -> f32 {
        self.spoken as f32 / self.filled.max(1) as f32
    }
}

/// Returns whether a text is a phrase in Chinese or Japanese, which have no spaces: six characters are enough.
fn is_written_without_blanks(text: &str) -> bool {
    text.chars().filter(|c| ('\u{3040}'..='\u{9fff}').contains(c)).count() > 5
}

/// Returns whether a text names persons with one to three capitalised words each: `Ana`, `Irene P`, `K. Lee, R. Patel`,
/// `ana@acme.dev`, `@hubot`.
fn is_person(text: &str) -> bool {
    let mut parts = text.split([',', ';', '&', '/', '\n']).map(str::trim).filter(|part| !part.is_empty()).peekable();
    let is_one = |part: &str| {
        if part.starts_with('@') || (part.contains('@') && !part.contains(' ')) {
            return true;
        }
        // `d'Souza`
        let words: Vec<&str> = part.split([' ', '\'', '’', '\u{a0}']).filter(|word| !word.is_empty()).collect();
        let is_name = |word: &str| {
            let starts =
                word.chars().next().is_some_and(|c| c.is_uppercase() || ('\u{ac00}'..='\u{d7a3}').contains(&c));
            let small =
                matches!(word, "de" | "da" | "von" | "van" | "der" | "del" | "la" | "di" | "dos" | "bin" | "el" | "d");
            (starts || small) && word.chars().all(|c| c.is_alphabetic() || matches!(c, '.' | '\'' | '’' | '-'))
        };
        (1..=4).contains(&words.len()) && words.iter().all(|word| is_name(word))
    };
    parts.peek().is_some() && parts.all(is_one)
}

#[cfg(test)]
mod tests {
    use super::is_person;

    #[test]
    fn persons() {
        for name in ["Ana", "Irene P", "K. Lee,R. Patel", "ana@acme.dev", "Maria d'Souza", "Ludwig van Beethoven"] {
            assert!(is_person(name), "{name}");
        }
        for other in ["Revisar avance", "Upload logo files", "v1.2", "Q4 2026", "in progress", ""] {
            assert!(!is_person(other), "{other}");
        }
    }
}
