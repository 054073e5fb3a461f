//! Resolves references: by id, then by name. Without a table that defines them, the names that are used define the
//! items.

use std::cell::Cell;
use std::collections::{BTreeMap, BTreeSet, HashSet};

use crate::fold::fold;
use crate::preset::normal;
use crate::problem::{Problem, Severity, nearest};
use crate::tables::{Cells, Marked};
use crate::team::{MilestoneId, Objective, ObjectiveId};

/// Most unresolved references for which the nearest name is searched.
const MAX_LOOKS: u32 = 10;
/// Most names that a message lists.
const MAX_LISTED: usize = 100;

/// The ids and names of one table, normalised for comparison.
#[derive(Debug, Clone, Default)]
pub(crate) struct NameIndex<Id> {
    by_id: BTreeMap<String, Id>,
    /// Ids by name. A name that several items share resolves to none of them.
    by_name: BTreeMap<String, Vec<Id>>,
    /// Names as they are written, for "did you mean".
    written: Vec<String>,
    /// Whether a table defines the items, so that an unknown name is an error.
    pub defined: bool,
    /// Items that were used without a table.
    used: Vec<Id>,
    /// Number of searches for the nearest name.
    looks: Cell<u32>,
    /// Items that only confidential rows have used so far.
    concealed: BTreeSet<Id>,
    /// Items that are confidential in their table.
    pub confidential: BTreeSet<Id>,
    /// Folded names of the confidential items.
    concealed_names: HashSet<String>,
    /// Folded names of confidential rows that are kept only for their mark: they cannot be read, or are not known yet.
    hidden: HashSet<String>,
    /// Spelling of an id in the first row that may be shown, if a confidential row spelled it differently before.
    respelt: BTreeMap<Id, Id>,
}

/// The names that rows of a log may refer to.
#[derive(Debug, Default)]
pub(crate) struct Names {
    pub objectives: NameIndex<ObjectiveId>,
    pub milestones: NameIndex<MilestoneId>,
    pub metrics: NameIndex<String>,
}

impl Names {
    /// Returns whether a row belongs to something confidential.
    pub(crate) fn hide(&self, row: &mut impl Marked) -> bool {
        row.objective().is_some_and(|id| self.objectives.is_confidential(id))
            || row.milestone().is_some_and(|id| self.milestones.is_confidential(id))
    }
}

/// The result of resolving a reference.
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

    /// Excludes an item from suggestions.
    pub(crate) fn conceal(&mut self, id: &str, name: &str) {
        self.concealed_names.extend([fold(id), fold(name)].into_iter().filter(|name| !name.is_empty()));
        self.unoffer(id, name);
    }

    fn unoffer(&mut self, id: &str, name: &str) {
        // The newest ones are at the end, so this does not search the whole list.
        while self.written.last().is_some_and(|text| text == id || text == name) {
            self.written.pop();
        }
    }

    /// Records the name of a confidential row that cannot be found by references.
    pub(crate) fn hide(&mut self, name: &str) {
        let folded = fold(name);
        if !folded.is_empty() {
            self.hidden.insert(folded);
        }
    }

    /// Records the name of a confidential row of another table, unless a table defines an item of this name.
    pub(crate) fn hide_unless_open(&mut self, name: &str) {
        if !self.defined || self.find(name) == Found::None {
            self.hide(name);
        }
    }

    /// Returns whether any name is that of a confidential item.
    pub(crate) fn has_confidential(&self) -> bool {
        !self.hidden.is_empty() || !self.concealed_names.is_empty()
    }

    /// Returns whether a confidential item has this name, or one that a person would read as the same.
    pub(crate) fn is_name_of_confidential(&self, name: &str) -> bool {
        let folded = fold(name);
        self.hidden.contains(&folded) || self.concealed_names.contains(&folded)
    }

    /// Returns whether the item is confidential in its table.
    pub(crate) fn is_confidential(&self, id: &Id) -> bool {
        self.confidential.contains(id)
    }

    /// Returns whether only a confidential row has this name, or one that a person would read as the same.
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

    /// Resolves the row's field. If a table defines the items, an unknown name is reported at its cell.
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

    /// Returns the problem of a reference that matches none or several. The text itself is shown only in the excerpt,
    /// if that is allowed.
    pub(crate) fn unknown(&self, field: &str, text: &str, found: &Found<Id>) -> Problem {
        if *found == Found::Several {
            let message = format!("several {field}s have this name");
            return Problem::error("ambiguous-reference", message).help("give each an id, and refer to that");
        }
        // The search examines all names, and few of very many such problems are shown, so the number of searches is
        // limited.
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
    /// Returns the metric that the row's field names, by its own name or by that of its column. An unknown metric is
    /// kept as written, with a warning: it has no chart.
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
    /// Resolves the row's field. Without an objectives table, a new name creates an objective.
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

    /// Resolves the objective of a log's row. Without an objectives table, a name that no plan uses does not create an
    /// objective; a warning suggests which one may be meant.
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

    /// Returns the objective with that name, and creates it if necessary. No message suggests the name that a
    /// confidential row uses.
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

    /// Returns the objectives whose spelling has changed: from the first one to the one to show.
    pub(crate) fn respelt(&self) -> &BTreeMap<ObjectiveId, ObjectiveId> {
        &self.respelt
    }

    /// Returns the objectives that were used without a table, in the order of their first use.
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
