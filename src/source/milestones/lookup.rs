//! The milestones that were read, and which of them a task means by what it calls it.

use std::collections::{BTreeMap, HashMap, HashSet};

use crate::preset::normal;
use crate::source::marks::Key;
use crate::source::names::{Found, NameIndex};
use crate::team::{Milestone, MilestoneId, ObjectiveId};

/// The milestones, and what tasks may call them.
#[derive(Debug, Default)]
pub(crate) struct Milestones {
    pub(super) list: Vec<Milestone>,
    at: HashMap<MilestoneId, usize>,
    by_id: BTreeMap<String, Vec<MilestoneId>>,
    by_title: BTreeMap<String, Vec<MilestoneId>>,
    by_alias: BTreeMap<String, Vec<MilestoneId>>,
    pub(super) names: NameIndex<MilestoneId>,
    /// What those that are confidential are called.
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
                // Two that go by one name cannot be told apart, nor can more.
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

    /// A milestone may be carried from one that its row calls by name.
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

    /// Whether one of these values names a confidential milestone that is not in the list, or may name one: of several
    /// that go by a name.
    pub(crate) fn may_be_hidden(&self, values: &[String]) -> bool {
        let is_confidential = |id: &MilestoneId| self.get(id).is_some_and(|milestone| milestone.confidential);
        let lists =
            |value: &String| [&self.by_id, &self.by_title, &self.by_alias].map(|names| names.get(&normal(value)));
        let is_spelt_otherwise = |value: &String| {
            !self.confidential_names.is_empty()
                && Key::of("name", value).is_some_and(|name| self.confidential_names.contains(&name))
                && self.find(std::slice::from_ref(value), None) == Found::None
        };
        values.iter().any(|value| {
            is_spelt_otherwise(value)
                || self.names.is_hidden(value)
                || lists(value).into_iter().flatten().any(|named| named.len() > 1 && named.iter().any(is_confidential))
        })
    }

    /// The milestone that these values name: the first of id, title and alias by which any of them does. Of several of one
    /// name it is the one of this objective.
    pub(crate) fn find(&self, values: &[String], objective: Option<&ObjectiveId>) -> Found<MilestoneId> {
        let by_id = |value: &String| self.by_id.get(&normal(value)).cloned().unwrap_or_default();
        let by_alias = |value: &String| self.by_alias.get(&normal(value)).cloned().unwrap_or_default();
        let by_name = |value: &String| match self.names.find(value) {
            Found::One(id) => vec![id],
            // Equal titles: which one is meant cannot be told.
            Found::Several => self.by_title.get(&normal(value)).cloned().unwrap_or_default(),
            Found::None => Vec::new(),
        };
        for level in [&by_id as &dyn Fn(&String) -> Vec<MilestoneId>, &by_name, &by_alias] {
            let mut found: Vec<MilestoneId> = values.iter().flat_map(level).collect();
            // One without an id goes by its name, which others may have too.
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

/// All that a milestone may be called.
pub(super) fn names_of(milestone: &Milestone) -> impl Iterator<Item = &str> {
    let names = [milestone.id.as_str(), milestone.name.as_str()].into_iter();
    names.chain(milestone.aliases.iter().map(String::as_str))
}
