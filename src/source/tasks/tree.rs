//! The parents of tasks. Only the reader of tasks uses this.

use std::collections::BTreeMap;

use super::draft::Draft;
use crate::preset::normal;

/// Maximum number of parents that are followed: more than any tracker nests, and a limit for cycles.
pub(crate) const MAX_PARENTS: usize = 16;

/// The parent of each task, by position.
pub(crate) struct Tree {
    pub(super) parents: Vec<Option<usize>>,
}

impl Tree {
    /// Parents are given by key, by the tool's internal number, or by a title that only one task has.
    pub(super) fn new(drafts: &[Draft]) -> Self {
        let mut by_key: BTreeMap<String, usize> = BTreeMap::new();
        let mut by_title: BTreeMap<String, Option<usize>> = BTreeMap::new();
        for (index, draft) in drafts.iter().enumerate() {
            by_key.insert(normal(draft.task.key.as_str()), index);
            by_title.entry(normal(&draft.task.title)).and_modify(|at| *at = None).or_insert(Some(index));
        }
        for (index, draft) in drafts.iter().enumerate() {
            if let Some(inner) = &draft.inner {
                by_key.entry(normal(inner)).or_insert(index);
            }
        }
        let find =
            |name: &String| by_key.get(&normal(name)).copied().or(by_title.get(&normal(name)).copied().flatten());
        Self { parents: drafts.iter().map(|draft| draft.parents.iter().find_map(find)).collect() }
    }

    pub(crate) fn parent(&self, index: usize) -> Option<usize> {
        self.parents.get(index).copied().flatten()
    }

    /// Returns the given tasks and all tasks below them.
    pub(crate) fn with_all_below(&self, mut is: Vec<bool>) -> Vec<bool> {
        let mut children: Vec<Vec<usize>> = vec![Vec::new(); is.len()];
        for (child, parent) in self.parents.iter().enumerate() {
            if let Some(children) = parent.and_then(|parent| children.get_mut(parent)) {
                children.push(child);
            }
        }
        let mut todo: Vec<usize> = (0..is.len()).filter(|index| is[*index]).collect();
        while let Some(index) = todo.pop() {
            for &child in &children[index] {
                if !std::mem::replace(&mut is[child], true) {
                    todo.push(child);
                }
            }
        }
        is
    }
}
