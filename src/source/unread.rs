//! Lists the columns of a team's exports that no field uses, for `headsup check`.

use crate::config::Config;
use crate::preset::Presets;
use crate::problem::{Failure, Problems};
use crate::team::TableKind;

use super::hidden::Look;
use super::{files, metrics};

/// The unused columns of one file.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct UnreadColumns {
    /// Name of the file in messages.
    pub file: String,
    pub is_private: bool,
    pub read: usize,
    pub names: Vec<String>,
}

/// Of each file. Of metrics a column a metric, those of numbers are named in the config. A file that cannot be read has none.
pub(crate) fn columns(config: &Config) -> Result<Vec<UnreadColumns>, Failure> {
    let presets = Presets::load(&config.dir)?;
    let opened = files::open(config, &presets, None, &Look::default(), Vec::new(), &mut Problems::default())?;
    let mut unread = Vec::new();
    for file in &opened {
        let mut used = file.mapping.all_columns();
        if file.source.table == TableKind::Metrics {
            used.extend(metrics::columns_of_numbers(file, &config.metrics));
        }
        let is_read =
            |position: usize| used.contains(&position) || file.filter.iter().any(|(column, _)| *column == position);
        let columns = &file.inspection.columns;
        let (read, others): (Vec<_>, Vec<_>) = columns.iter().partition(|column| is_read(column.position));
        let mut names: Vec<String> = Vec::new();
        for column in others {
            // Trackers repeat headers; each one is listed once.
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
