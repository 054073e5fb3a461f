//! Which rows a copy may leave out. How a column is read must not rest on them, so that what a copy says is the same with
//! them and without; and they are known only when all files are read. So what has any is read again, knowing them.

use std::collections::HashMap;
use std::sync::Arc;

use crate::table::Hidden;

/// What is known when all files are read.
#[derive(Debug, Default)]
pub(crate) struct Look {
    /// Nothing is known yet: a column that can be read in two ways does not keep its file from being read.
    pub is_first: bool,
    /// How often they were read before.
    pub looks: usize,
    pub hidden: HiddenRows,
}

impl Look {
    /// What is known of a file.
    pub(crate) fn of_file(&self, file: &str) -> Hidden {
        let Some(rows) = self.hidden.0.get(file) else { return Hidden::default() };
        let lines = |marked: bool| rows.iter().filter(|(_, is)| **is || !marked).map(|(line, _)| *line).collect();
        Hidden { lines: Arc::new(lines(false)), marked: Arc::new(lines(true)) }
    }
}

/// Rows that a copy may leave out, by the name of their file in messages and the line on which they begin. How a column is
/// read must not rest on them, and they are known only when all files are read: so what has any is read twice.
#[derive(Debug, Default)]
pub(crate) struct HiddenRows(HashMap<String, HashMap<u64, bool>>);

impl HiddenRows {
    /// `is_marked`: it is confidential.
    pub(crate) fn add(&mut self, file: &str, line: u64, is_marked: bool) {
        if !self.0.contains_key(file) {
            self.0.insert(file.to_owned(), HashMap::new());
        }
        if let Some(rows) = self.0.get_mut(file) {
            *rows.entry(line).or_default() |= is_marked;
        }
    }

    /// Takes in others; whether any of them is new.
    pub(crate) fn extend(&mut self, others: HiddenRows) -> bool {
        let before = self.len();
        for (file, rows) in others.0 {
            for (line, is_marked) in rows {
                self.add(&file, line, is_marked);
            }
        }
        self.len() > before
    }

    /// Rows, and those of them that are marked.
    fn len(&self) -> (usize, usize) {
        let rows = || self.0.values().flat_map(HashMap::values);
        (rows().count(), rows().filter(|is_marked| **is_marked).count())
    }
}
