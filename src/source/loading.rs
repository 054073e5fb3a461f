//! One load under way, as the readers of all tables know it.

use chrono::NaiveDate;

use super::files::Opened;
use crate::config::Config;
use crate::problem::Problems;
use crate::team::TableKind;

/// One load under way.
pub struct Loading<'a> {
    pub config: &'a Config,
    pub as_of: NaiveDate,
    pub problems: &'a mut Problems,
}

/// The opened files of one table.
pub fn of<'a, 'o>(opened: &'a mut [Opened<'o>], table: TableKind) -> impl Iterator<Item = &'a mut Opened<'o>> {
    opened.iter_mut().filter(move |file| file.source.table == table)
}
