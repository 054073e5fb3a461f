//! One load under way, as the readers of all tables know it.

use std::collections::HashMap;

use chrono::NaiveDate;

use super::files::Opened;
use super::names::Names;
use crate::config::Config;
use crate::problem::Problems;
use crate::team::TableKind;

/// One load under way.
pub(crate) struct Loading<'a> {
    pub config: &'a Config,
    pub as_of: NaiveDate,
    pub problems: &'a mut Problems,
    /// What the rows of logs may refer to, once the tables that define it are read.
    pub names: Names,
}

/// Where the opened files of one table stand, by the name that places have for them.
pub(crate) fn by_name(opened: &[Opened<'_>], table: TableKind) -> HashMap<String, usize> {
    let files = opened.iter().enumerate().filter(|(_, file)| file.source.table == table);
    files.map(|(at, file)| (file.inspection.file.clone(), at)).collect()
}

/// The opened files of one table.
pub(crate) fn of<'a, 'o>(opened: &'a mut [Opened<'o>], table: TableKind) -> impl Iterator<Item = &'a mut Opened<'o>> {
    opened.iter_mut().filter(move |file| file.source.table == table)
}
