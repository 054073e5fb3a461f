//! The files of each configured source: globs expanded, surveyed, their headers mapped. A file stays in the team folder.

use std::path::{Path, PathBuf};

use chrono::NaiveDate;
use rayon::prelude::*;

use super::mapping::Mapping;
use crate::config::{Config, Source, leaves};
use crate::preset::Presets;
use crate::problem::{Failure, Place, Problem, Problems, Severity, nearest};
use crate::table::{Survey, survey};
use crate::team::TableKind;

/// One file, ready to be read.
pub struct Opened<'a> {
    /// Which configured source it belongs to.
    pub index: usize,
    pub source: &'a Source,
    pub path: PathBuf,
    pub survey: Survey,
    pub mapping: Mapping<'a>,
    pub counts: Counts,
}

/// What became of a file's rows.
#[derive(Debug, Default)]
pub struct Counts {
    pub records: u64,
    pub read: u64,
    pub skipped: u64,
    pub newest: Option<NaiveDate>,
}

/// Surveys and maps the files of all sources, side by side. Those that cannot be read are problems, and left out.
pub fn open<'a>(config: &'a Config, presets: &'a Presets, problems: &mut Problems) -> Result<Vec<Opened<'a>>, Failure> {
    let mut files = Vec::new();
    for (index, source) in config.sources.iter().enumerate() {
        files.extend(paths(&config.dir, source, problems).into_iter().map(|path| (index, source, path)));
    }
    let read: Vec<_> = files
        .into_par_iter()
        .map(|(index, source, path)| {
            let shown = path.strip_prefix(".").unwrap_or(&path).display().to_string();
            let mut found = Problems::default();
            let read = open_one(&path, &shown, source, presets, &mut found);
            (index, source, path, found, read)
        })
        .collect();
    let mut opened = Vec::new();
    for (index, source, path, found, read) in read {
        // A row that cannot be read may be a confidential one.
        let conceal = source.table == TableKind::Tasks && !config.brief.confidential_labels.is_empty();
        problems.extend(if conceal { unquoted(found) } else { found });
        match read {
            Ok(Some((survey, mapping))) => {
                let counts = Counts { records: survey.records, skipped: survey.skipped_rows, ..Counts::default() };
                opened.push(Opened { index, source, path, survey, mapping, counts });
            }
            Ok(None) => {}
            // A file that cannot be read does not hide the problems of the others.
            Err(Failure::Input(found)) => problems.extend(if conceal { unquoted(found) } else { found }),
            Err(other) => return Err(other),
        }
    }
    Ok(opened)
}

fn unquoted(problems: Problems) -> Problems {
    let bare = |problem: Problem| Problem { place: problem.place.map(Place::unquoted), ..problem };
    Problems(problems.0.into_iter().map(bare).collect())
}

fn open_one<'a>(
    path: &Path,
    shown: &str,
    source: &'a Source,
    presets: &'a Presets,
    problems: &mut Problems,
) -> Result<Option<(Survey, Mapping<'a>)>, Failure> {
    let quotable = source.table.may_be_quoted();
    let mut found = survey(path, shown, &source.reading, quotable)?;
    let mut unmapped = Problems::default();
    let mut mapping = Mapping::new(source, presets, &found, &mut unmapped);
    if let Some(layout) = mapping.as_ref().and_then(Mapping::layout) {
        // The tool's own way of writing dates and gaps, where the user has not settled it.
        let mut reading = source.reading.clone();
        reading.date_order = reading.date_order.or(layout.date_order);
        reading.missing.extend(layout.missing.iter().cloned());
        if reading != source.reading {
            found = survey(path, shown, &reading, quotable)?;
            unmapped = Problems::default();
            mapping = Mapping::new(source, presets, &found, &mut unmapped);
        }
    }
    // What is only worth knowing of columns that may not even be used, `inspect` shows.
    problems.0.extend(found.problems.0.iter().filter(|problem| problem.severity > Severity::Note).cloned());
    problems.extend(unmapped);
    if source.table == TableKind::Tasks && found.records == 1000 {
        let message = format!("{shown} has exactly 1,000 rows, as an export has that was cut at a tracker's limit");
        let mend = "export in parts and name them with a glob, as file = \"data/jira*.csv\"";
        problems.push(Problem::warning("cut-export", message).at(source.place.clone()).mend(mend));
    }
    Ok(mapping.map(|mapping| (found, mapping)))
}

/// The files that a source names, in the order of their names; that there is none is a problem.
fn paths(dir: &Path, source: &Source, problems: &mut Problems) -> Vec<PathBuf> {
    let is_glob = source.file.contains(['*', '?', '[']);
    let plain = dir.join(&source.file);
    let mut paths = Vec::new();
    // Whatever it is: what cannot be read as a file says so when it is opened.
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
    if paths.is_empty() {
        let message = match is_glob {
            true => format!("no file matches \"{}\"", source.file),
            false => format!("there is no file \"{}\"", source.file),
        };
        problems.push(Problem::error("no-file", message).at(source.place.clone()).mend(neighbours(dir, &source.file)));
    }
    paths.retain(|path| {
        let inside = !leaves(dir, path);
        if !inside {
            let message = format!("\"{}\" leads out of the team folder", path.display());
            let mend = "copy the file into the team folder";
            problems.push(Problem::error("no-file", message).at(source.place.clone()).mend(mend));
        }
        inside
    });
    paths
}

/// What else lies in the folder where a file was looked for.
fn neighbours(dir: &Path, file: &str) -> String {
    let below = Path::new(file).parent().unwrap_or(Path::new(""));
    let Ok(entries) = std::fs::read_dir(dir.join(below)) else {
        return format!("there is no folder \"{}\"", below.display());
    };
    let mut names: Vec<String> = entries
        .filter_map(Result::ok)
        .filter(|entry| entry.path().is_file())
        .map(|entry| below.join(entry.file_name()).display().to_string())
        .collect();
    names.sort();
    match nearest(file, names.iter().map(String::as_str)) {
        Some(near) => format!("did you mean \"{near}\"?"),
        None if names.is_empty() => "the folder is empty".to_owned(),
        None => format!("the folder has {}", names.join(", ")),
    }
}
