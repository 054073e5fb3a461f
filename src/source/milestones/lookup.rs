//! The milestones that were read, and a lookup of the names by which tasks refer to them.

use std::collections::{BTreeMap, BTreeSet, HashMap, HashSet};

use crate::preset::normal;
use crate::source::marks::Key;
use crate::source::names::{Found, NameIndex};
use crate::team::{Milestone, MilestoneId, ObjectiveId};

/// The milestones, and the names that tasks may use for them.
#[derive(Debug, Default)]
pub(crate) struct Milestones {
    pub(super) list: Vec<Milestone>,
    at: HashMap<MilestoneId, usize>,
    by_id: BTreeMap<String, Vec<MilestoneId>>,
    by_title: BTreeMap<String, Vec<MilestoneId>>,
    by_alias: BTreeMap<String, Vec<MilestoneId>>,
    pub(super) names: NameIndex<MilestoneId>,
    /// Names of the confidential milestones.
    confidential_names: HashSet<Key>,
}

impl Milestones {
    pub(super) fn new(list: Vec<Milestone>) -> Self {
        let mut names = NameIndex::default();
        let mut by_id: BTreeMap<String, Vec<MilestoneId>> = BTreeMap::new();
        let mut by_title: BTreeMap<String, Vec<MilestoneId>> = BTreeMap::new();
        let mut by_alias: BTreeMap<String, Vec<MilestoneId>> = BTreeMap::new();
        for milestone in &list {
            let call = |names: &mut BTreeMap<String, Vec<MilestoneId>>, name: &str| {
                let named = names.entry(normal(name)).or_default();
                // Two or more milestones with the same name cannot be distinguished.
                if !named.contains(&milestone.id) {
                    named.truncate(if milestone.confidential { 1 } else { 2 });
                    named.push(milestone.id.clone());
                    named.truncate(2);
                }
            };
            call(&mut by_title, &milestone.name);
            call(&mut by_id, milestone.id.as_str());
            names.add(milestone.id.as_str(), &milestone.name, milestone.id.clone());
            if milestone.confidential {
                names.conceal(milestone.id.as_str(), &milestone.name);
            }
            milestone.aliases.iter().for_each(|alias| call(&mut by_alias, alias));
        }
        names.defined = !list.is_empty();
        let at = list.iter().enumerate().map(|(at, milestone)| (milestone.id.clone(), at)).collect();
        let confidential = list.iter().filter(|milestone| milestone.confidential);
        let confidential_names = confidential.flat_map(names_of).filter_map(|name| Key::of("name", name)).collect();
        Self { list, at, by_id, by_title, by_alias, names, confidential_names }
    }

    /// Resolves the milestone from which another one was carried over, which its row may give by name.
    pub(super) fn settle_carried(&mut self) {
        for milestone in &mut self.list {
            if let Some(from) = &mut milestone.carried_from
                && let Found::One(id) = self.names.find(from.as_str())
            {
                *from = id;
            }
        }
    }

    pub(crate) fn names(&self) -> NameIndex<MilestoneId> {
        self.names.clone()
    }

    pub(crate) fn is_empty(&self) -> bool {
        self.list.is_empty()
    }

    pub(crate) fn get(&self, id: &MilestoneId) -> Option<&Milestone> {
        self.list.get(*self.at.get(id)?)
    }

    pub(crate) fn into_list(self) -> Vec<Milestone> {
        self.list
    }

    /// Returns whether one of these values names a confidential milestone that is not in the list, or may name one
    /// because several have that name.
    pub(crate) fn may_be_hidden(&self, values: &[String]) -> bool {
        let is_confidential = |id: &MilestoneId| {
            self.names.is_confidential(id) || self.get(id).is_some_and(|milestone| milestone.confidential)
        };
        let lists =
            |value: &String| [&self.by_id, &self.by_title, &self.by_alias].map(|names| names.get(&normal(value)));
        let is_spelt_otherwise = |value: &String| {
            self.is_name_of_confidential(value) && self.find(std::slice::from_ref(value), None) == Found::None
        };
        values.iter().any(|value| {
            is_spelt_otherwise(value) || self.names.is_hidden(value) || {
                // Whether it is an id, a title or an alias: in doubt the confidential one is meant.
                let named: BTreeSet<&MilestoneId> = lists(value).into_iter().flatten().flatten().collect();
                named.len() > 1 && named.into_iter().any(is_confidential)
            }
        })
    }

    /// Returns whether a confidential milestone has this id, title or alias, in whatever spelling.
    pub(crate) fn is_name_of_confidential(&self, value: &str) -> bool {
        !self.confidential_names.is_empty()
            && Key::of("name", value).is_some_and(|name| self.confidential_names.contains(&name))
    }

    /// Returns the milestone that a task's labels name, by title or alias. A label that equals an id, such as `p1`, is no
    /// reference.
    pub(crate) fn labelled(&self, labels: &[String], objective: Option<&ObjectiveId>) -> Found<MilestoneId> {
        let of = |names: &BTreeMap<String, Vec<MilestoneId>>, label: &String| {
            names.get(&normal(label)).cloned().unwrap_or_default()
        };
        self.first_of(labels, objective, &[&|label| of(&self.by_title, label), &|label| of(&self.by_alias, label)])
    }

    /// Returns the milestone that these values name: by id, otherwise by title, otherwise by alias. If several have the
    /// name, it is the one of this objective.
    pub(crate) fn find(&self, values: &[String], objective: Option<&ObjectiveId>) -> Found<MilestoneId> {
        let by_id = |value: &String| self.by_id.get(&normal(value)).cloned().unwrap_or_default();
        let by_alias = |value: &String| self.by_alias.get(&normal(value)).cloned().unwrap_or_default();
        let by_name = |value: &String| match self.names.find(value) {
            Found::One(id) => vec![id],
            // With equal titles, it is unclear which one is meant.
            Found::Several => self.by_title.get(&normal(value)).cloned().unwrap_or_default(),
            Found::None => Vec::new(),
        };
        self.first_of(values, objective, &[&by_id, &by_name, &by_alias])
    }

    fn first_of(
        &self,
        values: &[String],
        objective: Option<&ObjectiveId>,
        levels: &[&dyn Fn(&String) -> Vec<MilestoneId>],
    ) -> Found<MilestoneId> {
        for level in levels {
            let mut found: Vec<MilestoneId> = values.iter().flat_map(level).collect();
            // A milestone without an id is known by its name, which others may have too.
            let alike = |id: &MilestoneId| self.by_title.get(&normal(id.as_str())).cloned().unwrap_or_default();
            found.extend(found.iter().flat_map(alike).collect::<Vec<_>>());
            found.sort();
            found.dedup();
            if found.len() > 1 && objective.is_some() {
                let is_own = |id: &MilestoneId| self.get(id).and_then(|it| it.objective.as_ref()) == objective;
                let own: Vec<MilestoneId> = found.iter().filter(|id| is_own(id)).cloned().collect();
                if own.len() == 1 {
                    found = own;
                }
            }
            match found.as_slice() {
                [] => {}
                [one] => return Found::One(one.clone()),
                _ => return Found::Several,
            }
        }
        Found::None
    }
}

/// Returns all names of a milestone.
pub(super) fn names_of(milestone: &Milestone) -> impl Iterator<Item = &str> {
    let names = [milestone.id.as_str(), milestone.name.as_str()].into_iter();
    names.chain(milestone.aliases.iter().map(String::as_str))
}
