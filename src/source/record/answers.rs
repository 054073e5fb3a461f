//! Fields that are answered by a word: yes or no, or one of the words that the table knows. The readers of tables ask
//! for them by [`Record`].

use serde::de::DeserializeOwned;

use super::Record;
use super::word::{Word, parse};
use crate::problem::Problem;
use crate::table::answer;

impl Record<'_, '_> {
    /// Whether the row says nothing but this field.
    pub fn says_only(&self, field: &str) -> bool {
        let mut filled = self.row.filled();
        filled.next().is_some_and(|column| self.mapping.columns(field).contains(&column)) && filled.next().is_none()
    }

    /// Whether any of its columns says that it is confidential; of several a single yes decides.
    pub(super) fn is_marked(&mut self) -> bool {
        if self.table.field("confidential").is_none() {
            return false;
        }
        let cells = self.cells("confidential");
        if cells.iter().any(|cell| answer(cell) == Some(true)) {
            return true;
        }
        if cells.iter().all(|cell| answer(cell) == Some(false)) {
            return false;
        }
        let problem = Problem::warning("unknown-word", "`confidential` is neither yes nor no; it counts as yes");
        self.problems.push(problem.at(self.place("confidential")));
        true
    }

    /// Whether the field says yes. A word that is neither yes nor no counts as yes: in doubt a thing is confidential.
    pub fn flag(&mut self, field: &str) -> bool {
        let Some(text) = self.text(field) else { return false };
        answer(&text).unwrap_or_else(|| {
            let problem =
                Problem::warning("unknown-word", format!("`{field}` is neither yes nor no; it counts as yes"));
            self.problems.push(problem.at(self.place(field)));
            true
        })
    }

    /// Our word for what the field says: of its columns the first whose word is known.
    pub fn word<T: DeserializeOwned>(&self, field: &str) -> Word<T> {
        let cells = self.cells(field);
        let known = cells.iter().find_map(|cell| parse(&self.mapping.word(field, cell)?));
        match (known, cells.into_iter().next()) {
            (Some(word), _) => Word::Known(word),
            (None, Some(text)) => Word::Unknown(text),
            (None, None) => Word::Empty,
        }
    }

    /// Our word for a part of what the field says.
    pub fn word_of<T: DeserializeOwned>(&self, field: &str, part: &str) -> Option<T> {
        parse(&self.mapping.word(field, part)?)
    }

    /// The same where an unknown word means `otherwise`, under a warning that does not quote it.
    pub fn word_or<T: DeserializeOwned>(&mut self, field: &str, otherwise: &str) -> Option<T> {
        match self.word(field) {
            Word::Known(word) => return Some(word),
            Word::Unknown(_) => self.unknown_word(field, otherwise),
            Word::Empty => {}
        }
        None
    }

    fn unknown_word(&mut self, field: &str, otherwise: &str) {
        let words = self.table.field(field).map(|field| field.words().join(", ")).unwrap_or_default();
        let message = format!("`{field}` of {} does not know this word; {otherwise}", self.table.name());
        let problem = Problem::warning("unknown-word", message).at(self.place(field));
        self.problems.push(problem.help(format!("its words are {words}")));
    }

    /// All known words of a cell that may hold several.
    pub fn words<T: DeserializeOwned>(&mut self, field: &str, otherwise: &str) -> Vec<T> {
        let Some(text) = self.text(field) else { return Vec::new() };
        let mut words = Vec::new();
        for part in text.split([' ', ',', ';', '/', '+', '|', '\n']).filter(|part| !part.is_empty() && *part != "and") {
            match self.mapping.word(field, part).and_then(|word| parse(&word)) {
                Some(word) => words.push(word),
                None => self.unknown_word(field, otherwise),
            }
        }
        words
    }
}
