//! Once confidential, always: a mark holds for every row of the same thing, in whatever order and in whichever file the
//! rows come. Each reader of a log hands its rows to [`spread`] before they are folded into one.

use std::collections::{HashMap, HashSet};

use crate::fold::{fold, is_unspaced, words};
use crate::problem::Problems;
use crate::table::{Row, answer};
use crate::tables::{Lines, Marked};

/// What makes rows one thing: an id, or what is said. Compared folded, so that a different spelling hides nothing less.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub(crate) struct Key(&'static str, String);

impl Key {
    /// None where there is nothing to compare by.
    pub(crate) fn of(what: &'static str, text: &str) -> Option<Key> {
        // `A-01` and `A-1` are one number to a person.
        let bare = |word: &str| match word.trim_start_matches('0') {
            "" => word.to_owned(),
            bare if word.bytes().all(|byte| byte.is_ascii_digit()) => bare.to_owned(),
            _ => word.to_owned(),
        };
        let folded = fold(text).split(' ').map(bare).collect::<Vec<_>>().join(" ");
        (!folded.is_empty()).then_some(Key(what, folded))
    }
}

/// Marks every row that is one thing with a marked one, by any of its keys, also across other rows. Linear in the rows.
pub(crate) fn spread<T: Marked>(rows: &mut [T], keys: impl Fn(&T) -> Vec<Key>) {
    if !rows.iter().any(Marked::is_marked) {
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
        if row.is_marked() {
            marked[groups.of(at)] = true;
        }
    }
    for (at, row) in rows.iter_mut().enumerate() {
        if marked[groups.of(at)] {
            row.mark();
        }
    }
}

/// Problems in rows that turned out to be confidential say no more than where they are. Whatever made a row so: its own
/// mark, that of another row, or what it belongs to.
pub(crate) fn conceal<'a>(problems: &mut Problems, rows: impl Iterator<Item = (&'a str, Lines)>) {
    let mut hidden: HashMap<&str, HashSet<u64>> = HashMap::new();
    for (file, lines) in rows {
        hidden.entry(file).or_default().extend(lines.first..=lines.last);
    }
    for problem in problems.0.iter_mut().filter(|problem| !problem.withheld) {
        let place = problem.place.as_ref();
        if place.is_some_and(|it| hidden.get(it.file.as_str()).is_some_and(|lines| lines.contains(&it.line))) {
            *problem = problem.clone().concealed();
        }
    }
}

/// What makes a row of a file confidential by its own cells.
#[derive(Debug, Default)]
pub(crate) struct OwnMarks {
    /// Columns that say so.
    pub confidential: Vec<usize>,
    pub labels: Vec<usize>,
    /// What such labels are called.
    pub names: Labels,
}

impl OwnMarks {
    /// Whether any row may be confidential by its own cells.
    pub(crate) fn may_hold(&self) -> bool {
        !self.confidential.is_empty() || !self.names.names.is_empty()
    }

    pub(crate) fn hold_for(&self, row: &Row<'_>) -> bool {
        let mut marks = self.confidential.iter().filter_map(|column| row.text(*column));
        row.is_wide() && self.may_hold()
            || marks.any(|cell| answer(&cell) != Some(false))
            || self.labels.iter().filter_map(|column| row.text(*column)).any(|cell| self.names.are_in(&cell))
    }
}

/// Labels that make a task confidential.
#[derive(Debug, Default)]
pub(crate) struct Labels {
    /// Folded, without blanks.
    names: HashSet<String>,
    /// The longest, in characters.
    longest: usize,
    /// Those in scripts that set no blanks between words.
    unspaced: Vec<String>,
}

impl Labels {
    pub(crate) fn of(labels: &[String]) -> Self {
        let names: HashSet<String> = labels.iter().map(|label| words(label).collect()).collect();
        Self {
            longest: names.iter().map(|name| name.chars().count()).max().unwrap_or(0),
            unspaced: names.iter().filter(|name| name.chars().any(is_unspaced)).cloned().collect(),
            names,
        }
    }

    /// Whether a cell of labels has one of them, in doubt: among others with any sign between them, with a colour behind
    /// it (`hr (red)`), as part of a longer label (`hr-exit`), or spelt with points (`h.r.`).
    pub(crate) fn are_in(&self, cell: &str) -> bool {
        if self.names.is_empty() {
            return false;
        }
        let words: Vec<String> = words(cell).collect();
        let begins = |from: usize| {
            let mut run = String::new();
            words[from..].iter().take(self.longest).any(|word| {
                run += word;
                self.names.contains(&run)
            })
        };
        (0..words.len()).any(begins) || {
            let whole = words.concat();
            self.unspaced.iter().any(|label| whole.contains(label.as_str()))
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

        fn is_marked(&self) -> bool {
            self.2
        }
    }

    #[test]
    fn a_label_is_met_in_whatever_form() {
        let labels = Labels::of(&["hr".into(), "Lay-offs".into(), "人事".into()]);
        for cell in [
            "HR",
            "h.r.",
            "H R",
            "#HR!",
            "hr\u{200b}",
            "team:hr",
            "_hr_",
            "hr-exit",
            "HR_2026",
            "['hr']",
            "人事部",
            "Layoffs",
            "a; LAY OFFS",
            "hr (red)",
        ] {
            assert!(labels.are_in(cell), "{cell}");
        }
        for cell in ["", "chr", "hrx", "offs", "事"] {
            assert!(!labels.are_in(cell), "{cell}");
        }
    }

    fn marks(mut rows: Vec<Row>) -> Vec<bool> {
        let keys = |row: &Row| Key::of("id", row.0).into_iter().chain(Key::of("text", row.1)).collect();
        spread(&mut rows, keys);
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
