//! Reports exports in the team's data folder that no `[[source]]` names.

use std::path::{Path, PathBuf};

use crate::input::shown;
use crate::problem::{Place, Problem, Problems};
use crate::source::origin::Origins;

/// Folder for exports.
const FOLDER: &str = "data";

/// Returns a warning for each export that is not read. `is_read` decides by the real path.
pub(crate) fn files(dir: &Path, is_read: impl Fn(&PathBuf) -> bool) -> Problems {
    let Ok(entries) = std::fs::read_dir(dir.join(FOLDER)) else { return Problems::default() };
    let mut paths: Vec<PathBuf> =
        entries.filter_map(|entry| Some(entry.ok()?.path())).filter(|path| is_export(path)).collect();
    let origins = Origins::of(dir);
    paths.retain(|path| path.canonicalize().is_ok_and(|real| !is_read(&real)) && !origins.is_private("", path));
    paths.sort();
    let unread = |path: &PathBuf| {
        let shown = shown(path);
        Problem::warning("unread-file", "no [[source]] names this file; it is not read")
            .at(Place::file(&shown))
            .help(format!("`headsup inspect {shown}` says what to write into headsup.toml; what is out of use can go"))
    };
    Problems(paths.iter().map(unread).collect())
}

fn is_export(path: &Path) -> bool {
    let is_table = |end: &std::ffi::OsStr| end.eq_ignore_ascii_case("csv") || end.eq_ignore_ascii_case("tsv");
    let is_hidden = path.file_name().is_some_and(|name| name.to_string_lossy().starts_with(['.', '~']));
    path.extension().is_some_and(is_table) && !is_hidden && path.is_file()
}
