//! One file that is several tables: a log whose rows say which they are, as a RAID log has risks, actions and issues, and a
//! plan milestones among its tasks.

use std::collections::BTreeMap;

use super::export::Export;
use crate::lexicon;
use crate::preset::GENERIC;
use crate::team::TableKind;

/// A column of few words has no more.
const MOST_KINDS: usize = 12;

/// The tables of a file, each with the words of its rows, and the column that has them.
pub(crate) struct Kinds {
    pub column: usize,
    pub tables: Vec<(TableKind, Vec<String>)>,
    /// Words of rows that are none of our tables.
    pub others: Vec<String>,
}

/// The tables of an export's rows, if they are of several.
pub(crate) fn of(export: &Export<'_>) -> Option<Kinds> {
    if export.found.preset.name != GENERIC {
        return None;
    }
    let found = export.contents.iter().enumerate().filter_map(|(column, content)| {
        let is_of_words = content.filled > 1 && content.words.values().sum::<usize>() == content.filled;
        if !is_of_words || content.words.len() > MOST_KINDS || content.words.len() < 2 {
            return None;
        }
        let mut tables: BTreeMap<TableKind, Vec<String>> = BTreeMap::new();
        let mut others = Vec::new();
        for word in content.words.keys() {
            match table_named(word) {
                Some(table) => tables.entry(table).or_default().push(word.clone()),
                None => others.push(word.clone()),
            }
        }
        let known: usize = tables.values().flatten().filter_map(|word| content.words.get(word)).sum();
        let is_told = tables.len() > 1 && known * 2 >= content.filled;
        is_told.then(|| Kinds { column, tables: tables.into_iter().collect(), others })
    });
    found.into_iter().next()
}

fn table_named(word: &str) -> Option<TableKind> {
    let name = lexicon::table_of_row(word)?;
    TableKind::ALL.iter().find(|table| table.name() == name).copied()
}
