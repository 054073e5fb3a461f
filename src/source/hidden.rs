//! Tracks the rows that a copy may leave out. How a column is read must not depend on them, so that a copy says the
//! same with and without them. They are known only after all files have been read, so a file with such rows is read
//! again.

use std::collections::HashMap;
use std::sync::Arc;

use crate::table::Hidden;

/// What is known before files are read once more.
#[derive(Debug, Default)]
pub(crate) struct Look {
    /// Whether this is the first time. Then an ambiguous column does not keep its file from being read.
    pub is_first: bool,
    /// Number of times that the files were read before.
    pub looks: usize,
    pub hidden: HiddenRows,
}

impl Look {
    /// Returns the hidden rows of a file.
    pub(crate) fn of_file(&self, file: &str) -> Hidden {
        let Some(rows) = self.hidden.0.get(file) else { return Hidden::default() };
        let lines = |marked: bool| rows.iter().filter(|(_, is)| **is || !marked).map(|(line, _)| *line).collect();
        Hidden { lines: Arc::new(lines(false)), marked: Arc::new(lines(true)) }
    }
}

/// Rows that a copy may leave out, by the name of their file in messages and the line on which they begin.
#[derive(Debug, Default)]
pub(crate) struct HiddenRows(HashMap<String, HashMap<u64, bool>>);

impl HiddenRows {
    /// Adds a row. `is_marked` says that it is confidential.
    pub(crate) fn add(&mut self, file: &str, line: u64, is_marked: bool) {
        if !self.0.contains_key(file) {
            self.0.insert(file.to_owned(), HashMap::new());
        }
        if let Some(rows) = self.0.get_mut(file) {
            *rows.entry(line).or_default() |= is_marked;
        }
    }

    /// Adds other rows. Returns whether any of them is new.
    pub(crate) fn extend(&mut self, others: HiddenRows) -> bool {
        let before = self.len();
        for (file, rows) in others.0 {
            for (line, is_marked) in rows {
                self.add(&file, line, is_marked);
            }
        }
        self.len() > before
    }

    /// Returns the number of rows, and of those that are confidential.
    fn len(&self) -> (usize, usize) {
        let rows = || self.0.values().flat_map(HashMap::values);
        (rows().count(), rows().filter(|is_marked| **is_marked).count())
    }
}
