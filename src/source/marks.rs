//! Once confidential, always: a mark holds for every row of the same thing, in whatever order and in whichever file the
//! rows come. Each reader of a log hands its rows to [`spread`] before they are folded into one.

use std::collections::HashMap;

use super::record::Marked;
use crate::fold::fold;

/// What makes rows one thing: an id, or what is said. Compared folded, so that a different spelling hides nothing less.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub struct Key(&'static str, String);

impl Key {
    /// None where there is nothing to compare by.
    pub fn of(what: &'static str, text: &str) -> Option<Key> {
        let folded = fold(text);
        (!folded.is_empty()).then_some(Key(what, folded))
    }
}

/// Marks every row that is one thing with a marked one, by any of its keys, also across other rows. Linear in the rows.
pub fn spread<T: Marked>(rows: &mut [T], keys: impl Fn(&T) -> Vec<Key>, is_marked: impl Fn(&T) -> bool) {
    if !rows.iter().any(&is_marked) {
        return;
    }
    let mut groups = Groups { parent: (0..rows.len()).collect() };
    let mut first: HashMap<Key, usize> = HashMap::new();
    for (at, row) in rows.iter().enumerate() {
        for key in keys(row) {
            let other = *first.entry(key).or_insert(at);
            groups.join(at, other);
        }
    }
    let mut marked = vec![false; rows.len()];
    for (at, row) in rows.iter().enumerate() {
        if is_marked(row) {
            marked[groups.of(at)] = true;
        }
    }
    for (at, row) in rows.iter_mut().enumerate() {
        if marked[groups.of(at)] {
            row.mark();
        }
    }
}

/// Which rows are one thing: a forest in which every root stands for a group (union–find with path halving).
struct Groups {
    parent: Vec<usize>,
}

impl Groups {
    fn of(&mut self, mut at: usize) -> usize {
        while self.parent[at] != at {
            self.parent[at] = self.parent[self.parent[at]];
            at = self.parent[at];
        }
        at
    }

    fn join(&mut self, one: usize, other: usize) {
        let (one, other) = (self.of(one), self.of(other));
        // The earlier row stands for both, so that the forest is the same whatever the order of joining.
        self.parent[one.max(other)] = one.min(other);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    struct Row(&'static str, &'static str, bool);

    impl Marked for Row {
        fn mark(&mut self) {
            self.2 = true;
        }
    }

    fn marks(mut rows: Vec<Row>) -> Vec<bool> {
        let keys = |row: &Row| Key::of("id", row.0).into_iter().chain(Key::of("text", row.1)).collect();
        spread(&mut rows, keys, |row| row.2);
        rows.into_iter().map(|row| row.2).collect()
    }

    #[test]
    fn a_mark_holds_for_all_rows_of_a_thing_in_any_order() {
        // By id however it is written, by text, and by one that shares an id with one that shares a text.
        let rows = || {
            vec![
                Row("A-1", "plan", false),
                Row("#a 1", "other", true),
                Row("", "Other ", false),
                Row("A-2", "new", false),
            ]
        };
        assert_eq!(marks(rows()), [true, true, true, false]);
        let mut reversed = rows();
        reversed.reverse();
        assert_eq!(marks(reversed), [false, true, true, true]);
        assert_eq!(marks(vec![Row("A-1", "plan", false), Row("A-1", "plan", false)]), [false, false]);
    }
}
