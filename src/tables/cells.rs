//! Access to one row of a file by the names of its fields. [`crate::source`] implements it: it knows which column
//! belongs to which field, which words an export uses, and what the references name. A cell that cannot be read becomes
//! a problem, so that a table can ask for all its fields and the user sees everything that is wrong with a row.

use chrono::NaiveDate;
use serde::de::DeserializeOwned;

use super::Table;
use super::ids::{MilestoneId, ObjectiveId};
use crate::problem::{Place, Problem};

/// The value of a field of words.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Word<T> {
    Known(T),
    /// A word without a meaning, as it is in the export.
    Unknown(String),
    Empty,
}

impl<T> Word<T> {
    pub fn known(self) -> Option<T> {
        match self {
            Word::Known(word) => Some(word),
            _ => None,
        }
    }
}

/// The cells of one row, by the names of their fields.
pub trait Cells {
    /// Returns the table of the row.
    fn table(&self) -> &'static Table;

    /// Returns the whole cells of all columns of the field, without empty ones.
    fn cells(&self, field: &str) -> Vec<String>;

    /// Returns our word for the contents of a cell, or `None` if it is unknown.
    fn word_for(&self, field: &str, said: &str) -> Option<String>;

    /// Returns the first cell of the field that is not empty.
    fn text(&self, field: &str) -> Option<String>;

    /// Returns the field's date. Unless it is a promised date, it shows how recent the file is.
    fn date(&mut self, field: &str) -> Option<NaiveDate>;

    /// Returns the field's date if its cell can be read as one, for columns that also contain other texts.
    fn any_date(&self, field: &str) -> Option<NaiveDate>;

    /// Returns the field's cell as it is written if it names a week, a month, a quarter or a part of one.
    fn period(&self, field: &str) -> Option<String>;

    /// Returns the date if it is not after as-of: later ones are not known yet.
    fn known(&self, date: Option<NaiveDate>) -> Option<NaiveDate>;

    /// Returns a share from 0 to 1, also if the column is in percent.
    fn share(&mut self, field: &'static str) -> Option<f64>;

    /// Returns the objective that the field `objective` names.
    fn objective(&mut self) -> Option<ObjectiveId>;

    /// Returns the milestone that the field `milestone` names.
    fn milestone(&mut self) -> Option<MilestoneId>;

    /// Returns the metric that the field `metric` names.
    fn metric(&mut self) -> Option<String>;

    /// Returns the place of the field's cell, or of the row if there is no such column.
    fn place(&self, field: &str) -> Place;

    fn problem(&mut self, problem: Problem);

    /// Reports that a required field is empty. A cell that cannot be read has been reported already.
    fn lacks(&mut self, field: &str);

    /// Marks the row as confidential for a reason of its table. Later problems show its place but not its text.
    fn conceal(&mut self);

    /// Returns whether the row is confidential.
    fn is_confidential(&self) -> bool;

    /// Returns whether only the manager may see the rows of its file.
    fn is_of_private_file(&self) -> bool;

    /// Returns the id of the row, or `None` if its table has no ids.
    fn id(&self) -> Option<String> {
        self.table().field("id").and_then(|field| self.text(field.name))
    }

    /// Returns the first cell of the field. A missing one is a problem.
    fn needed(&mut self, field: &'static str) -> String {
        self.text(field).unwrap_or_else(|| {
            self.lacks(field);
            String::new()
        })
    }

    /// Returns all values of all columns of the field; a cell with several values is split.
    fn list(&self, field: &str) -> Vec<String> {
        let mut list = Vec::new();
        for cell in self.cells(field) {
            // Some tools write a list as ["one","two"], or [one,two].
            let inner = cell.strip_prefix('[').and_then(|rest| rest.strip_suffix(']'));
            let cell = inner.map(|inner| inner.replace('"', "")).unwrap_or(cell);
            let sign = if cell.contains([';', '|', '\n']) { [';', '|', '\n'].as_slice() } else { [','].as_slice() };
            list.extend(cell.split(sign).map(str::trim).filter(|item| !item.is_empty()).map(str::to_owned));
        }
        list
    }

    /// Returns our word for the field: that of its first column whose word is known.
    fn word<T: DeserializeOwned>(&self, field: &str) -> Word<T> {
        let cells = self.cells(field);
        let known = cells.iter().find_map(|cell| self.word_of(field, cell));
        match (known, cells.into_iter().next()) {
            (Some(word), _) => Word::Known(word),
            (None, Some(text)) => Word::Unknown(text),
            (None, None) => Word::Empty,
        }
    }

    /// Returns our word for a part of the field's cell.
    fn word_of<T: DeserializeOwned>(&self, field: &str, part: &str) -> Option<T> {
        serde_json::from_value(serde_json::Value::String(self.word_for(field, part)?)).ok()
    }

    /// Returns our word for the field. An unknown word means `otherwise`, with a warning that does not quote it.
    fn word_or<T: DeserializeOwned>(&mut self, field: &str, otherwise: &str) -> Option<T> {
        let word = self.word(field);
        if let Word::Unknown(_) = word {
            self.unknown_word(field, otherwise);
        }
        word.known()
    }

    /// Returns all known words of a cell that may contain several.
    fn words<T: DeserializeOwned>(&mut self, field: &str, otherwise: &str) -> Vec<T> {
        let Some(text) = self.text(field) else { return Vec::new() };
        let mut words = Vec::new();
        for part in text.split([' ', ',', ';', '/', '+', '|', '\n']).filter(|part| !part.is_empty() && *part != "and") {
            match self.word_of(field, part) {
                Some(word) => words.push(word),
                None => self.unknown_word(field, otherwise),
            }
        }
        words
    }

    /// Warns of an unknown word, which means `otherwise`.
    fn unknown_word(&mut self, field: &str, otherwise: &str) {
        let words = self.table().field(field).map(|field| field.words().join(", ")).unwrap_or_default();
        let message = format!("`{field}` of {} does not know this word; {otherwise}", self.table().name);
        let problem = Problem::warning("unknown-word", message).at(self.place(field));
        self.problem(problem.help(format!("its words are {words}")));
    }
}
