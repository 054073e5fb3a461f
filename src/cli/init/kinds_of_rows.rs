//! Splits a file that contains several tables: a RAID log holds risks, actions and issues, and a plan has milestones
//! among its tasks. A column says which kind a row is.

use std::collections::BTreeMap;

use super::export::Export;
use crate::lexicon;
use crate::preset::GENERIC;
use crate::team::TableKind;

/// Most different words in a column that says which kind a row is.
const MAX_KINDS: usize = 12;

/// The column that says which kind a row is, and the tables of the file with the words for each.
pub(crate) struct Kinds {
    pub column: usize,
    pub tables: Vec<(TableKind, Vec<String>)>,
    /// Words for rows that do not belong to any of our tables.
    pub others: Vec<String>,
}

/// Returns the tables of an export's rows, or `None` if all rows belong to one table.
pub(crate) fn of(export: &Export<'_>) -> Option<Kinds> {
    if export.found.preset.name != GENERIC {
        return None;
    }
    let found = export.contents.iter().enumerate().filter_map(|(column, content)| {
        let is_of_words = content.filled > 1 && content.words.values().sum::<usize>() == content.filled;
        if !is_of_words || content.words.len() > MAX_KINDS || content.words.len() < 2 {
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
