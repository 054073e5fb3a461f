//! What a table may ask of one row of a file, by the names of its fields. [`crate::source`] answers: it knows which column
//! is which field, which words an export uses, and what the references name. What cannot be read is a problem at the
//! cell, so that a table asks for all its fields and the user sees all that is wrong with a row.

use chrono::NaiveDate;
use serde::de::DeserializeOwned;

use super::Table;
use super::ids::{MilestoneId, ObjectiveId};
use crate::problem::{Place, Problem};

/// What a field of words says.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Word<T> {
    Known(T),
    /// As it stands in the export.
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
    /// The table whose row it is.
    fn table(&self) -> &'static Table;

    /// The cells of all columns of the field that are not empty, whole.
    fn cells(&self, field: &str) -> Vec<String>;

    /// Our word for what a cell of the field says, if it is known.
    fn word_for(&self, field: &str, said: &str) -> Option<String>;

    /// The first cell of the field that is not empty.
    fn text(&self, field: &str) -> Option<String>;

    /// The field's date. One that is no promise tells how fresh the file is.
    fn date(&mut self, field: &str) -> Option<NaiveDate>;

    /// The field's date if its cell can be read as one; of a column that holds other texts too.
    fn any_date(&self, field: &str) -> Option<NaiveDate>;

    /// The field's cell as it is written, where it names a week, a month, a quarter or a part of one.
    fn period(&self, field: &str) -> Option<String>;

    /// The date, if it does not lie after as-of: what comes later is not known yet.
    fn known(&self, date: Option<NaiveDate>) -> Option<NaiveDate>;

    /// A share from 0 to 1, whether the column is written so or in percent.
    fn share(&mut self, field: &'static str) -> Option<f64>;

    /// The objective that the field `objective` names.
    fn objective(&mut self) -> Option<ObjectiveId>;

    /// The milestone that the field `milestone` names.
    fn milestone(&mut self) -> Option<MilestoneId>;

    /// The metric that the field `metric` names.
    fn metric(&mut self) -> Option<String>;

    /// Where the field's cell stands; the row where there is no such column.
    fn place(&self, field: &str) -> Place;

    fn problem(&mut self, problem: Problem);

    /// Notes that a field that the table needs is empty. A cell that cannot be read has its problem already.
    fn lacks(&mut self, field: &str);

    /// The row is confidential for a reason of its table. From here on problems name its place, not its text.
    fn conceal(&mut self);

    /// Whether the row is not for everybody.
    fn is_confidential(&self) -> bool;

    /// Whether the manager alone may see all rows of its file.
    fn is_of_private_file(&self) -> bool;

    /// The id of the row, where its table has ids.
    fn id(&self) -> Option<String> {
        self.table().field("id").and_then(|field| self.text(field.name))
    }

    /// The first cell of the field; that there is none is a problem.
    fn needed(&mut self, field: &'static str) -> String {
        self.text(field).unwrap_or_else(|| {
            self.lacks(field);
            String::new()
        })
    }

    /// All values of all columns of the field; a cell with several is taken apart.
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

    /// Our word for what the field says: of its columns the first whose word is known.
    fn word<T: DeserializeOwned>(&self, field: &str) -> Word<T> {
        let cells = self.cells(field);
        let known = cells.iter().find_map(|cell| self.word_of(field, cell));
        match (known, cells.into_iter().next()) {
            (Some(word), _) => Word::Known(word),
            (None, Some(text)) => Word::Unknown(text),
            (None, None) => Word::Empty,
        }
    }

    /// Our word for a part of what the field says.
    fn word_of<T: DeserializeOwned>(&self, field: &str, part: &str) -> Option<T> {
        serde_json::from_value(serde_json::Value::String(self.word_for(field, part)?)).ok()
    }

    /// Our word for what the field says; an unknown one means `otherwise`, under a warning that does not quote it.
    fn word_or<T: DeserializeOwned>(&mut self, field: &str, otherwise: &str) -> Option<T> {
        let word = self.word(field);
        if let Word::Unknown(_) = word {
            self.unknown_word(field, otherwise);
        }
        word.known()
    }

    /// All known words of a cell that may hold several.
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

    /// Warns of a word that is not known and means `otherwise`.
    fn unknown_word(&mut self, field: &str, otherwise: &str) {
        let words = self.table().field(field).map(|field| field.words().join(", ")).unwrap_or_default();
        let message = format!("`{field}` of {} does not know this word; {otherwise}", self.table().name);
        let problem = Problem::warning("unknown-word", message).at(self.place(field));
        self.problem(problem.help(format!("its words are {words}")));
    }
}
