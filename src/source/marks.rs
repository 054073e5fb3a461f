//! Spreads confidentiality: a mark applies to every row of the same item, in any order and in any file. Each reader of
//! a log passes its rows to [`spread`] before they are combined.

use std::collections::{HashMap, HashSet};

use super::secrecy;
use crate::fold::{fold, is_unspaced, words};
use crate::problem::Problems;
use crate::table::{Row, answer};
use crate::tables::{Lines, Marked};

/// Identifies an item: by its id, or by its text. It is compared folded, so that a different spelling hides no less.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub(crate) struct Key(&'static str, String);

impl Key {
    /// Returns the key of a text, or `None` if nothing remains to compare.
    pub(crate) fn of(what: &'static str, text: &str) -> Option<Key> {
        // To a person, `A-01` and `A-1` are the same id.
        let bare = |word: &str| match word.trim_start_matches('0') {
            "" => word.to_owned(),
            bare if word.bytes().all(|byte| byte.is_ascii_digit()) => bare.to_owned(),
            _ => word.to_owned(),
        };
        let folded = fold(text).split(' ').map(bare).collect::<Vec<_>>().join(" ");
        (!folded.is_empty()).then_some(Key(what, folded))
    }
}

/// Marks every row that shares a key with a marked row, directly or through other rows. Takes time linear in the number
/// of rows.
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

/// Removes everything but the place from problems in confidential rows, whether the mark is their own, that of another
/// row, or that of something they belong to.
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

/// The marks by which a row's own cells make it confidential.
#[derive(Debug, Default)]
pub(crate) struct OwnMarks {
    /// Columns that say yes or no to whether a row is confidential.
    pub confidential: Vec<usize>,
    /// Columns whose cells may say how confidential a row is.
    pub levels: Vec<usize>,
    /// Columns by which a tracker restricts who sees a row.
    pub restrictions: Vec<usize>,
    pub labels: Vec<usize>,
    /// Labels that mark a task as confidential.
    pub names: Labels,
}

impl OwnMarks {
    /// Returns whether the own cells of any row can make it confidential.
    pub(crate) fn may_hold(&self) -> bool {
        let columns = [&self.confidential, &self.levels, &self.restrictions];
        columns.iter().any(|columns| !columns.is_empty()) || !self.names.names.is_empty()
    }

    pub(crate) fn hold_for(&self, row: &Row<'_>) -> bool {
        let any = |columns: &[usize], is: &dyn Fn(&str) -> bool| {
            columns.iter().filter_map(|column| row.text(*column)).any(|cell| is(&cell))
        };
        self.may_hold()
            && (row.is_wide()
                || row.last_of_short().is_some_and(|cell| self.is_mark_out_of_place(&cell))
                || any(&self.confidential, &|cell| answer(cell) != Some(false))
                || any(&self.levels, &secrecy::is_secret)
                || any(&self.restrictions, &secrecy::is_restricting)
                || any(&self.labels, &|cell| self.names.are_in(cell)))
    }

    /// Returns whether the last cell of a row that lacks cells may be its mark: a yes, or a level.
    fn is_mark_out_of_place(&self, cell: &str) -> bool {
        let last = cell.rsplit([',', ';', '|', '\t']).next().unwrap_or(cell).trim();
        (!self.confidential.is_empty() && answer(last) == Some(true))
            || (!self.levels.is_empty() && secrecy::is_secret(last))
    }
}

/// Labels that mark a task as confidential.
#[derive(Debug, Default)]
pub(crate) struct Labels {
    /// Folded labels without spaces.
    names: HashSet<String>,
    /// Length of the longest label, in characters.
    longest: usize,
    /// Labels in scripts that do not separate words with spaces.
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

    /// Returns whether a cell may contain one of the labels: between others with any separator, with a colour after it
    /// (`hr (red)`), as part of a longer label (`hr-exit`), or with dots (`h.r.`).
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

/// Groups of rows that belong to the same item: a disjoint-set forest (union–find with path halving).
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
        // The earlier row becomes the root, so that the forest does not depend on the order of joining.
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
        // By id in different spellings, by text, and through a row that shares its id with one and its text with
        // another.
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
