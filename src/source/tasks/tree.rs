//! Which task is part of which.

use std::collections::HashSet;

/// Which task is whose parent, by position.
pub struct Tree {
    pub(super) parents: Vec<Option<usize>>,
}

impl Tree {
    pub fn parent(&self, index: usize) -> Option<usize> {
        self.parents.get(index).copied().flatten()
    }

    /// All tasks that are marked or lie below one that is. Each is looked at once, rings of parents included.
    pub fn below(&self, marked: impl Iterator<Item = bool>) -> Vec<usize> {
        let mut known: Vec<Option<bool>> = marked.map(|marked| marked.then_some(true)).collect();
        let mut way = Vec::new();
        for start in 0..known.len() {
            let mut at = Some(start);
            let mut on_the_way = HashSet::new();
            let answer = loop {
                let Some(index) = at else { break false };
                if let Some(answer) = known[index] {
                    break answer;
                }
                if !on_the_way.insert(index) {
                    break false;
                }
                way.push(index);
                at = self.parent(index);
            };
            way.drain(..).for_each(|index| known[index] = Some(answer));
        }
        known.iter().enumerate().filter(|(_, known)| **known == Some(true)).map(|(index, _)| index).collect()
    }
}
