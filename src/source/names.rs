//! What a reference names: by id, then by name. Without a table that defines them, the names used are the things.

use std::collections::BTreeMap;

use crate::preset::normal;
use crate::problem::{Problem, Severity, nearest};
use crate::source::record::Record;
use crate::team::{Objective, ObjectiveId};

/// The ids and names of one table, as references are compared with them.
#[derive(Debug, Clone, Default)]
pub struct NameIndex<Id> {
    by_id: BTreeMap<String, Id>,
    /// A name that several bear names none of them.
    by_name: BTreeMap<String, Vec<Id>>,
    /// As written, for "did you mean".
    written: Vec<String>,
    /// There is a table that defines them, so a name that is not in it is wrong.
    pub defined: bool,
    /// What was used without a table.
    used: Vec<Id>,
}

/// What a reference names.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Found<Id> {
    One(Id),
    Several,
    None,
}

impl<Id: Clone + PartialEq> NameIndex<Id> {
    pub fn add(&mut self, id: &str, name: &str, it: Id) {
        self.by_id.insert(normal(id), it.clone());
        let named = self.by_name.entry(normal(name)).or_default();
        if !named.contains(&it) {
            named.push(it);
        }
        self.written.extend([id, name].into_iter().filter(|text| !text.is_empty()).map(str::to_owned));
    }

    /// No problem offers this one as what was meant.
    pub fn conceal(&mut self, id: &str, name: &str) {
        self.written.retain(|text| text != id && text != name);
    }

    pub fn find(&self, text: &str) -> Found<Id> {
        let text = normal(text);
        if let Some(it) = self.by_id.get(&text) {
            return Found::One(it.clone());
        }
        match self.by_name.get(&text).map(Vec::as_slice) {
            Some([one]) => Found::One(one.clone()),
            Some([_, _, ..]) => Found::Several,
            _ => Found::None,
        }
    }

    /// What the record's field refers to. What it does not find, where a table defines them, is a problem at the cell.
    pub fn refer(&self, record: &mut Record<'_, '_>, field: &'static str) -> Option<Id> {
        let text = record.text(field)?;
        match self.find(&text) {
            Found::One(it) => Some(it),
            Found::None if !self.defined => None,
            found => {
                let problem = self.unknown(field, &text, &found).at(record.place(field));
                record.problem(problem);
                None
            }
        }
    }

    /// The problem of a reference that names none, or several. The text itself stands in the excerpt, if it may be shown.
    pub fn unknown(&self, field: &str, text: &str, found: &Found<Id>) -> Problem {
        if *found == Found::Several {
            let message = format!("several {field}s have this name");
            return Problem::error("ambiguous-reference", message).help("give each an id, and refer to that");
        }
        let help = match nearest(text, self.written.iter().map(String::as_str)) {
            Some(near) => format!("did you mean \"{near}\"?"),
            None => format!("name one by its id or its name: {}", self.written.join(" · ")),
        };
        Problem::error("unknown-reference", format!("there is no {field} of this id or name")).help_quoting(help)
    }
}

impl NameIndex<String> {
    /// The metric that the record's field names, by its own name or its column's. One that the config does not have is
    /// kept as it is written, under a warning: nothing will be drawn for it.
    pub fn metric(&self, record: &mut Record<'_, '_>) -> Option<String> {
        let text = record.text("metric")?;
        match self.find(&text) {
            Found::One(name) => Some(name),
            _ if !self.defined => Some(text),
            found => {
                let mut problem = self.unknown("metric", &text, &found).at(record.place("metric"));
                problem.severity = Severity::Warning;
                record.problem(problem);
                Some(text)
            }
        }
    }
}

impl NameIndex<ObjectiveId> {
    /// What the record's field refers to; without an objectives table a new name is a new objective.
    pub fn objective(&mut self, record: &mut Record<'_, '_>) -> Option<ObjectiveId> {
        match record.text("objective") {
            Some(text) if !self.defined => Some(self.take(&text)),
            _ => self.refer(record, "objective"),
        }
    }

    /// The objective of that name, made if there is none.
    pub fn take(&mut self, text: &str) -> ObjectiveId {
        if let Found::One(id) = self.find(text) {
            return id;
        }
        let id = ObjectiveId::from(text);
        self.add(text, text, id.clone());
        self.used.push(id.clone());
        id
    }

    /// The objectives that were used without a table, in the order of their first use.
    pub fn used(self) -> impl Iterator<Item = Objective> {
        self.used.into_iter().map(|id| Objective { name: id.0.clone(), id, ..Objective::default() })
    }
}
