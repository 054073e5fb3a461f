//! Which columns of a team's exports no field reads, for `headsup check`.

use crate::config::Config;
use crate::preset::Presets;
use crate::problem::{Failure, Problems};
use crate::team::TableKind;

use super::files;
use super::hidden::Look;

/// The columns of one file that are not read.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct UnreadColumns {
    /// Its name in messages.
    pub file: String,
    pub is_private: bool,
    pub read: usize,
    pub names: Vec<String>,
}

/// Of each file but metrics, whose columns are named in the config. A file that cannot be read has none.
pub(crate) fn columns(config: &Config) -> Result<Vec<UnreadColumns>, Failure> {
    let presets = Presets::load(&config.dir)?;
    let opened = files::open(config, &presets, None, &Look::default(), &mut Problems::default())?;
    let mut unread = Vec::new();
    for file in opened.iter().filter(|file| file.source.table != TableKind::Metrics) {
        let used = file.mapping.all_columns();
        let is_read =
            |position: usize| used.contains(&position) || file.filter.iter().any(|(column, _)| *column == position);
        let columns = &file.inspection.columns;
        let (read, others): (Vec<_>, Vec<_>) = columns.iter().partition(|column| is_read(column.position));
        let mut names: Vec<String> = Vec::new();
        for column in others {
            // A header that stands several times, as trackers repeat it, is named once.
            if !names.contains(&column.name) {
                names.push(column.name.clone());
            }
        }
        if !names.is_empty() {
            let name = file.inspection.file.clone();
            unread.push(UnreadColumns { file: name, is_private: file.is_private, read: read.len(), names });
        }
    }
    Ok(unread)
}
