//! Opens the files of each configured source: expands globs, inspects the files and maps their headers. Only files in
//! the team folder are opened.

mod opening;
mod unread;

use std::collections::HashMap;
use std::path::{Path, PathBuf};

use chrono::NaiveDate;
use rayon::prelude::*;

use self::opening::{Opening, own_marks};
use super::hidden::Look;
use super::mapping::{self, Mapping};
use super::marks::OwnMarks;
use super::metrics::long::Folded;
use super::origin::{Origins, is_private_file};
use super::outline::PlanOutline;
use crate::config::{Config, Source, is_private};
use crate::input::{is_outside, shown};
use crate::preset::{Presets, normal};
use crate::problem::{Failure, PRIVATE_FILE, Place, Problem, Problems, nearest};
use crate::table::Inspection;
use crate::team::{Grain, TableKind};

/// Maximum number of small files whose text stays in memory, so that they are read only once.
const MAX_FILES_IN_MEMORY: usize = 500;

/// A file that is ready to be read.
pub(crate) struct Opened<'a> {
    /// Index of the configured source that it belongs to.
    pub index: usize,
    pub source: &'a Source,
    pub path: PathBuf,
    /// Whether only the manager may see its rows; see [`super::origin`].
    pub is_private: bool,
    pub inspection: Inspection,
    pub mapping: Mapping<'a>,
    pub counts: Counts,
    /// Values of a plain file of metrics, folded while it was inspected.
    pub folded: Option<Folded>,
    /// The columns of `where`, each with the values of which a row must have one.
    pub filter: Vec<(usize, Vec<String>)>,
    /// Rows of a plan that are not work.
    pub outline: PlanOutline,
    /// The marks by which a row's own cells make it confidential.
    pub marks: OwnMarks,
    /// Problems found while it was opened.
    found: Problems,
}

/// Counts of a file's rows.
#[derive(Debug, Default)]
pub(crate) struct Counts {
    pub records: u64,
    pub read: u64,
    pub skipped: u64,
    pub newest: Option<NaiveDate>,
    /// Number of read rows that the copy that may be forwarded leaves out and does not count.
    pub confidential: u64,
    /// Number of skipped rows that this copy leaves out and does not count.
    pub withheld_skipped: u64,
    /// Newest date in the other rows.
    pub newest_open: Option<NaiveDate>,
    /// What a row stands for, in a metrics file.
    pub grain: Grain,
}

/// Inspects and maps the files of all sources in parallel. Plain files of metrics are folded up to `as_of` at the same
/// time. Files that cannot be read are reported as problems and left out. `before` are the files as the previous look
/// opened them: a file is only read again if more rows of it are known to be hidden, or if it was mapped in doubt.
pub(crate) fn open<'a>(
    config: &'a Config,
    presets: &'a Presets,
    as_of: Option<NaiveDate>,
    look: &Look,
    before: Vec<Opened<'a>>,
    problems: &mut Problems,
) -> Result<Vec<Opened<'a>>, Failure> {
    let opening = Opening { config, presets, as_of, look };
    let origins = Origins::of(&config.dir);
    let mut files: Vec<File<'a>> = Vec::new();
    // The files to open, by their real path: indices into `files`.
    let mut by_real: HashMap<PathBuf, Vec<usize>> = HashMap::new();
    for (index, source) in config.sources.iter().enumerate() {
        let mut found = Problems::default();
        let paths = paths(&config.dir, source, &mut found);
        let is_private = source.is_private();
        problems.0.extend(found.0.into_iter().map(|it| if is_private { it.concealed() } else { it }));
        for path in paths {
            let mut file = File { index, source, is_private: origins.is_private(&source.file, &path), path };
            let known = by_real.entry(file.path.canonicalize().unwrap_or_else(|_| file.path.clone())).or_default();
            // A file that is private under one of its names is private under all of them.
            file.is_private |= known.iter().any(|&at| files[at].is_private);
            known.iter().filter(|_| file.is_private).for_each(|&at| files[at].is_private = true);
            if known.iter().any(|&at| files[at].is_alike(source)) {
                let message = format!("{} is another [[source]]'s already; it is read once", file.shown());
                let help = "take one of the two out, or the file from the pattern";
                let place = source.place.clone();
                let place = if file.is_private { place.unquoted() } else { place };
                let problem = Problem::warning("repeated-file", message).at(place).help(help);
                problems.push(Problem { withheld: file.is_private, ..problem });
            } else {
                known.push(files.len());
                files.push(file);
            }
        }
    }
    // If the named file does not exist, the message lists similar files in its folder.
    if !problems.has_errors() {
        problems.extend(unread::files(&config.dir, |path| by_real.contains_key(path)));
    }
    let are_many = files.len() > MAX_FILES_IN_MEMORY;
    let mut known: HashMap<(usize, PathBuf), Opened<'a>> = (before.into_iter())
        .filter(|file| !file.mapping.is_doubtful && look.of_file(&file.inspection.file) == *file.inspection.hidden())
        .map(|file| ((file.index, file.path.clone()), file))
        .collect();
    let files: Vec<_> = (files.into_iter())
        .map(|file| {
            let known = known.remove(&(file.index, file.path.clone()));
            (file, known)
        })
        .collect();
    let read: Vec<_> = files
        .into_par_iter()
        .map(|(file, known)| {
            if let Some(known) = known {
                return (file, known.found, Ok(Some((known.inspection, known.folded, known.mapping))));
            }
            let mut found = Problems::default();
            let mut read = opening.open(&file.path, &file.shown(), file.source, &mut found);
            if let Ok(Some((inspection, ..))) = &mut read
                && are_many
            {
                inspection.let_go();
            }
            (file, found, read)
        })
        .collect();
    let mut opened = Vec::new();
    for (file, found, read) in read {
        let File { index, source, path, is_private } = file;
        let told = |found: Problems| match is_private {
            true => Problems(found.0.into_iter().map(|problem| problem.concealed()).collect()),
            // A row that cannot be read may be a confidential one.
            false if source.table == TableKind::Tasks && !config.brief.confidential_labels.is_empty() => {
                Problems(found.0.into_iter().map(Problem::unquoted).collect())
            }
            false => found,
        };
        problems.extend(told(found.clone()));
        match read {
            Ok(Some((inspection, folded, mapping))) => {
                // Rows of metrics are folded one by one, so if one of them is confidential, the whole file is.
                let is_metrics = source.table == TableKind::Metrics;
                let marks = own_marks(config, source, &mapping);
                let is_private = is_private || (is_metrics && has_marks(&inspection, &marks)?);
                let counts =
                    Counts { records: inspection.records, skipped: inspection.skipped_rows, ..Counts::default() };
                let column = |field: &str| mapping.columns(field).first().copied();
                let mut outline = PlanOutline::of(&inspection, source.table, column, |row| marks.hold_for(row))?;
                if source.table == TableKind::Tasks && marks.may_hold() && mapping.columns("title").len() > 1 {
                    outline.hide_below(&inspection, mapping.columns("title"), |row| marks.hold_for(row))?;
                }
                let filter = filter(source, &inspection, problems);
                opened.push(Opened {
                    index,
                    source,
                    path,
                    is_private,
                    inspection,
                    mapping,
                    counts,
                    folded,
                    filter,
                    outline,
                    marks,
                    found,
                });
            }
            Ok(None) => {}
            // A file that cannot be read does not hide the problems of the others.
            Err(Failure::Input(found)) => problems.extend(told(found)),
            Err(Failure::Io { source: error, .. }) if is_private => {
                let message = format!("the file cannot be read: {error}");
                let place = Place::file(format!("{PRIVATE_FILE} {}", source.table.name()));
                problems.push(Problem::error("no-file", message).at(place).concealed());
            }
            Err(other) => return Err(other),
        }
    }
    Ok(opened)
}

/// Returns whether any row of a file is marked as confidential.
fn has_marks(inspection: &Inspection, marks: &OwnMarks) -> Result<bool, Failure> {
    let mut any = false;
    if marks.may_hold() {
        inspection.rows(&mut |row| any |= marks.hold_for(row))?;
    }
    Ok(any)
}

/// A file to open.
struct File<'a> {
    index: usize,
    source: &'a Source,
    path: PathBuf,
    is_private: bool,
}

impl File<'_> {
    /// Returns whether another source reads the file into the same table, with the same columns and the same words.
    fn is_alike(&self, other: &Source) -> bool {
        let source = self.source;
        (source.table, &source.columns, &source.values) == (other.table, &other.columns, &other.values)
    }

    /// Returns its name in messages, which hide the names of private files.
    fn shown(&self) -> String {
        match self.is_private {
            true => format!("{PRIVATE_FILE} {}", self.source.table.name()),
            false => shown(&self.path),
        }
    }
}

/// Returns the columns of a source's `where`, each with the values of which a row must have one. A missing column is a
/// problem.
fn filter(source: &Source, inspection: &Inspection, problems: &mut Problems) -> Vec<(usize, Vec<String>)> {
    let mut filter = Vec::new();
    for (name, words) in &source.filter {
        match mapping::position(inspection, name).first() {
            Some(&column) => filter.push((column, words.iter().map(|word| normal(word)).collect())),
            None => {
                let headers = || inspection.columns.iter().map(|column| column.name.as_str());
                let help = match nearest(name, headers()) {
                    Some(near) => format!("did you mean \"{near}\"?"),
                    None => format!("its header is {}", headers().collect::<Vec<_>>().join(" · ")),
                };
                let message = format!("{} has no column \"{name}\" for `where`", inspection.file);
                problems.push(Problem::error("no-column", message).at(source.place.clone()).help(help));
            }
        }
    }
    filter
}

/// Returns the files that a source names, sorted by name. If there are none, this is a problem.
fn paths(dir: &Path, source: &Source, problems: &mut Problems) -> Vec<PathBuf> {
    let is_glob = source.file.contains(['*', '?', '[']);
    let plain = dir.join(&source.file);
    let mut paths = Vec::new();
    // Whatever it is, opening it reports if it cannot be read as a file.
    if plain.exists() {
        paths.push(plain);
    } else if is_glob {
        let pattern = format!("{}/{}", glob::Pattern::escape(&dir.display().to_string()), source.file);
        let options = glob::MatchOptions { require_literal_separator: true, ..glob::MatchOptions::new() };
        match glob::glob_with(&pattern, options) {
            Ok(found) => paths.extend(found.filter_map(Result::ok).filter(|path| path.is_file())),
            Err(error) => {
                let message = format!("\"{}\" is no pattern for file names: {}", source.file, error.msg);
                problems.push(Problem::error("bad-value", message).at(source.place.clone()));
                return paths;
            }
        }
        paths.sort();
    }
    if paths.is_empty() && source.is_private() && !has_private_folder(dir, &source.file) {
        let message = format!("the private {} are not here; they are not read", source.table.name());
        problems.push(Problem::note("private-elsewhere", message).at(source.place.clone()).concealed());
    } else if paths.is_empty() {
        let message = match is_glob {
            true => format!("no file matches \"{}\"", source.file),
            false => format!("there is no file \"{}\"", source.file),
        };
        problems.push(Problem::error("no-file", message).at(source.place.clone()).help(neighbours(dir, &source.file)));
    }
    paths.retain(|path| {
        let inside = !is_outside(dir, path);
        if !inside {
            let message = format!("\"{}\" leads out of the team folder", path.display());
            let help = "copy the file into the team folder";
            problems.push(Problem::error("no-file", message).at(source.place.clone()).help(help));
        }
        inside
    });
    paths
}

/// Whether the private folder of a source exists. A copy of the team folder from git does not have it.
fn has_private_folder(dir: &Path, file: &str) -> bool {
    let mut folders = Path::new(file).ancestors().skip(1);
    let folder = folders.find(|folder| folder.file_name().is_some_and(|name| is_private(&name.to_string_lossy())));
    folder.is_none_or(|folder| dir.join(folder).is_dir())
}

/// Describes which other files are in the folder of a missing file.
fn neighbours(dir: &Path, file: &str) -> String {
    let below = Path::new(file).parent().unwrap_or(Path::new(""));
    let Ok(entries) = std::fs::read_dir(dir.join(below)) else {
        return format!("there is no folder \"{}\"", below.display());
    };
    let mut names: Vec<String> = entries
        .filter_map(Result::ok)
        .filter(|entry| entry.path().is_file() && !is_private_file(dir, "", &entry.path()))
        .map(|entry| below.join(entry.file_name()).display().to_string())
        .collect();
    names.sort();
    match nearest(file, names.iter().map(String::as_str)) {
        Some(near) => format!("did you mean \"{near}\"?"),
        None if names.is_empty() => "the folder is empty".to_owned(),
        None => format!("the folder has {}", names.join(", ")),
    }
}
