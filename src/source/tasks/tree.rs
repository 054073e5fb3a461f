//! Which task is part of which, and whose it is. Used by the reader of tasks alone.

use std::collections::HashSet;
use std::hash::Hasher as _;

use crate::preset::normal;

/// How far parents are climbed: deeper than any tracker nests, and an end where parents form a ring.
pub const MOST_PARENTS: usize = 16;

/// A number that stands for a person, however their name is written.
pub fn person(name: &str) -> u64 {
    let mut hasher = siphasher::sip::SipHasher24::new();
    hasher.write(normal(name).as_bytes());
    hasher.finish()
}

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
