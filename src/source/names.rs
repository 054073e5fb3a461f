//! What a reference names: by id, then by name. Without a table that defines them, the names used are the things.

use std::cell::Cell;
use std::collections::{BTreeMap, BTreeSet, HashSet};

use crate::fold::fold;
use crate::preset::normal;
use crate::problem::{Problem, Severity, nearest};
use crate::tables::{Cells, Marked};
use crate::team::{MilestoneId, Objective, ObjectiveId};

/// References that are not found and are given the nearest name.
const MAX_LOOKS: u32 = 10;
/// The longest list of names in a message.
const MAX_LISTED: usize = 100;

/// The ids and names of one table, as references are compared with them.
#[derive(Debug, Clone, Default)]
pub(crate) struct NameIndex<Id> {
    by_id: BTreeMap<String, Id>,
    /// A name that several bear names none of them.
    by_name: BTreeMap<String, Vec<Id>>,
    /// As written, for "did you mean".
    written: Vec<String>,
    /// There is a table that defines them, so a name that is not in it is wrong.
    pub defined: bool,
    /// What was used without a table.
    used: Vec<Id>,
    /// How often one was looked for that is not there.
    looks: Cell<u32>,
    /// Those of them that only confidential rows use so far.
    concealed: BTreeSet<Id>,
    /// Those that their table has as confidential.
    pub confidential: BTreeSet<Id>,
    /// Folded names of those that are confidential.
    concealed_names: HashSet<String>,
    /// Folded names of confidential rows that are there for their mark alone: they cannot be read, or are not known yet.
    hidden: HashSet<String>,
    /// What an id is called by the first row that may be shown, where a confidential one wrote it another way before.
    respelt: BTreeMap<Id, Id>,
}

/// What the rows of a log may refer to.
#[derive(Debug, Default)]
pub(crate) struct Names {
    pub objectives: NameIndex<ObjectiveId>,
    pub milestones: NameIndex<MilestoneId>,
    pub metrics: NameIndex<String>,
}

impl Names {
    /// Whether a row belongs to something confidential.
    pub(crate) fn hide(&self, row: &mut impl Marked) -> bool {
        row.objective().is_some_and(|id| self.objectives.is_confidential(id))
            || row.milestone().is_some_and(|id| self.milestones.is_confidential(id))
    }
}

/// What a reference names.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) enum Found<Id> {
    One(Id),
    Several,
    None,
}

impl<Id: Clone + Ord> NameIndex<Id> {
    pub(crate) fn add(&mut self, id: &str, name: &str, it: Id) {
        self.by_id.insert(normal(id), it.clone());
        let named = self.by_name.entry(normal(name)).or_default();
        if named.last() != Some(&it) {
            named.push(it);
        }
        self.written.extend([id, name].into_iter().filter(|text| !text.is_empty()).map(str::to_owned));
    }

    /// No problem offers this one as what was meant.
    pub(crate) fn conceal(&mut self, id: &str, name: &str) {
        self.concealed_names.extend([fold(id), fold(name)].into_iter().filter(|name| !name.is_empty()));
        self.unoffer(id, name);
    }

    fn unoffer(&mut self, id: &str, name: &str) {
        // The newest are the last ones, so that this does not go through all.
        while self.written.last().is_some_and(|text| text == id || text == name) {
            self.written.pop();
        }
    }

    /// A confidential row goes by this name, and is not among those that can be found.
    pub(crate) fn hide(&mut self, name: &str) {
        let folded = fold(name);
        if !folded.is_empty() {
            self.hidden.insert(folded);
        }
    }

    /// Whether the table has it as confidential.
    pub(crate) fn is_confidential(&self, id: &Id) -> bool {
        self.confidential.contains(id)
    }

    /// Whether only a confidential row goes by this name, or by one that a person reads as the same.
    pub(crate) fn is_hidden(&self, name: &str) -> bool {
        let is_spelt_otherwise = || self.concealed_names.contains(&fold(name)) && self.find(name) == Found::None;
        (!self.hidden.is_empty() && self.hidden.contains(&fold(name)))
            || (!self.concealed_names.is_empty() && is_spelt_otherwise())
    }

    pub(crate) fn find(&self, text: &str) -> Found<Id> {
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

    /// What the row's field refers to. What it does not find, where a table defines them, is a problem at the cell.
    pub(crate) fn refer(&self, cells: &mut impl Cells, field: &'static str) -> Option<Id> {
        let text = cells.text(field)?;
        if self.is_hidden(&text) {
            cells.conceal();
        }
        match self.find(&text) {
            Found::One(it) => Some(it),
            Found::None if !self.defined => None,
            found => {
                let problem = self.unknown(field, &text, &found).at(cells.place(field));
                cells.problem(problem);
                None
            }
        }
    }

    /// The problem of a reference that names none, or several. The text itself stands in the excerpt, if it may be shown.
    pub(crate) fn unknown(&self, field: &str, text: &str, found: &Found<Id>) -> Problem {
        if *found == Found::Several {
            let message = format!("several {field}s have this name");
            return Problem::error("ambiguous-reference", message).help("give each an id, and refer to that");
        }
        // Of very many problems of this kind few are shown, and each look goes through all names.
        let looks = self.looks.get();
        self.looks.set(looks.saturating_add(1));
        let near = if looks < MAX_LOOKS { nearest(text, self.written.iter().map(String::as_str)) } else { None };
        let help = match near {
            Some(near) => format!("did you mean \"{near}\"?"),
            None if self.written.len() > MAX_LISTED => "name one by its id or its name".to_owned(),
            None => format!("name one by its id or its name: {}", self.written.join(" · ")),
        };
        Problem::error("unknown-reference", format!("there is no {field} of this id or name")).help_quoting(help)
    }
}

impl NameIndex<String> {
    /// The metric that the row's field names, by its own name or its column's. One that the config does not have is
    /// kept as it is written, under a warning: nothing will be drawn for it.
    pub(crate) fn metric(&self, cells: &mut impl Cells) -> Option<String> {
        let text = cells.text("metric")?;
        match self.find(&text) {
            Found::One(name) => Some(name),
            _ if !self.defined => Some(text),
            found => {
                let mut problem = self.unknown("metric", &text, &found).at(cells.place("metric"));
                problem.severity = Severity::Warning;
                cells.problem(problem);
                Some(text)
            }
        }
    }
}

impl NameIndex<ObjectiveId> {
    /// What the row's field refers to; without an objectives table a new name is a new objective.
    pub(crate) fn objective(&mut self, cells: &mut impl Cells) -> Option<ObjectiveId> {
        match cells.text("objective") {
            Some(text) if !self.defined => {
                if self.is_hidden(&text) {
                    cells.conceal();
                }
                Some(self.take(&text, cells.is_confidential()))
            }
            _ => self.refer(cells, "objective"),
        }
    }

    /// What a row of a log refers to. Where no table defines objectives, a name that no plan uses makes none: a warning
    /// says which one it may be.
    pub(crate) fn logged(&mut self, cells: &mut impl Cells) -> Option<ObjectiveId> {
        if self.defined {
            return self.refer(cells, "objective");
        }
        let text = cells.text("objective")?;
        if self.is_hidden(&text) {
            cells.conceal();
        }
        match self.find(&text) {
            Found::One(_) => Some(self.take(&text, cells.is_confidential())),
            _ if self.by_name.is_empty() => None,
            found => {
                let mut problem = self.unknown("objective", &text, &found).at(cells.place("objective"));
                problem.severity = Severity::Warning;
                problem.code = "unknown-objective";
                cells.problem(problem);
                None
            }
        }
    }

    /// The objective of that name, made if there is none. What a confidential row calls it no message offers.
    pub(crate) fn take(&mut self, text: &str, is_confidential: bool) -> ObjectiveId {
        let id = match self.find(text) {
            Found::One(id) => id,
            _ => {
                let id = ObjectiveId::from(text);
                self.add(text, text, id.clone());
                self.unoffer(text, text);
                self.used.push(id.clone());
                self.concealed.insert(id.clone());
                id
            }
        };
        if !is_confidential && self.concealed.remove(&id) {
            self.written.push(text.to_owned());
            if id.as_str() != text {
                self.respelt.insert(id.clone(), ObjectiveId::from(text));
            }
        }
        id
    }

    /// Which ids go by another name than they were first given, from the old to the new.
    pub(crate) fn respelt(&self) -> &BTreeMap<ObjectiveId, ObjectiveId> {
        &self.respelt
    }

    /// The objectives that were used without a table, in the order of their first use.
    pub(crate) fn used(self) -> impl Iterator<Item = Objective> {
        let respelt = self.respelt;
        let called = move |id: ObjectiveId| respelt.get(&id).cloned().unwrap_or(id);
        self.used.into_iter().map(called).map(|id| Objective {
            name: id.0.clone(),
            id,
            implied: true,
            ..Objective::default()
        })
    }
}
