//! The folder `history/`: one JSON file for each recorded 1:1, read with every problem placed, written once.

use std::path::{Path, PathBuf};

use chrono::{Datelike as _, NaiveDate};
use serde::Deserialize;

use super::{History, SCHEMA, Snapshot, VERSION};
use crate::input;
use crate::output::{self, Mode};
use crate::problem::{Failure, Place, Problem, Problems};

/// The folder of a team that holds its snapshots.
const FOLDER: &str = "history";
/// The largest snapshot, in bytes: a million tasks are less.
const MOST_BYTES: u64 = 256 * 1024 * 1024;

/// What every version of a snapshot begins with.
#[derive(Deserialize)]
struct Head {
    schema: Option<String>,
    version: Option<u32>,
}

impl History {
    /// Reads the 1:1s that were recorded before `as_of`, oldest first. A team without the folder has no history.
    ///
    /// A snapshot that cannot be read is an error among the problems: without it every change would be told wrong.
    pub fn load(dir: &Path, as_of: NaiveDate) -> Result<(Self, Problems), Failure> {
        let mut problems = Problems::default();
        let mut snapshots: Vec<Snapshot> = Vec::new();
        for name in names(&dir.join(FOLDER))? {
            let path = dir.join(FOLDER).join(&name);
            let shown = format!("{FOLDER}/{name}");
            let text = match input::whole(&path, &shown, MOST_BYTES) {
                Ok(text) => text,
                Err(Failure::Input(found)) => {
                    problems.extend(found);
                    continue;
                }
                Err(failure) => return Err(failure),
            };
            match Snapshot::parse(&text, &shown) {
                Ok(snapshot) => {
                    if name != file_name(snapshot.as_of) {
                        problems.push(misnamed(&shown, snapshot.as_of));
                    }
                    snapshots.push(snapshot);
                }
                Err(found) => problems.extend(found),
            }
        }
        snapshots.retain(|snapshot| snapshot.as_of < as_of);
        snapshots.sort_by_key(|snapshot| snapshot.as_of);
        Ok((Self { snapshots }, problems))
    }
}

/// `2026-11-20.json`.
fn file_name(as_of: NaiveDate) -> String {
    format!("{as_of}.json")
}

/// Where the snapshot of a 1:1 is kept.
pub fn path(dir: &Path, as_of: NaiveDate) -> PathBuf {
    dir.join(FOLDER).join(file_name(as_of))
}

/// Keeps a snapshot as the record of its 1:1.
pub fn keep(dir: &Path, snapshot: &Snapshot) -> Result<bool, Failure> {
    output::write(&path(dir, snapshot.as_of), snapshot.to_json().as_bytes(), Mode::Private)
}

/// A copy under another name would count one 1:1 twice.
fn misnamed(shown: &str, as_of: NaiveDate) -> Problem {
    let name = file_name(as_of);
    Problem::error("misnamed-snapshot", format!("this is the snapshot of {as_of}, which belongs in {name}"))
        .at(Place::file(shown))
        .mend(format!("rename it to {name}, or take it out of the folder"))
}

/// The JSON files of the folder, by name.
fn names(folder: &Path) -> Result<Vec<String>, Failure> {
    let entries = match std::fs::read_dir(folder) {
        Ok(entries) => entries,
        Err(e) if e.kind() == std::io::ErrorKind::NotFound => return Ok(Vec::new()),
        Err(e) => return Err(Failure::read(folder, e)),
    };
    let mut names = Vec::new();
    for entry in entries {
        let name = entry.map_err(|e| Failure::read(folder, e))?.file_name();
        // Hidden files are what an editor or a file system left behind.
        if let Some(name) = name.to_str().filter(|name| name.ends_with(".json") && !name.starts_with('.')) {
            names.push(name.to_owned());
        }
    }
    names.sort();
    Ok(names)
}

impl Snapshot {
    /// Reads one snapshot; `shown` is its name for people. One of a newer version is refused by name.
    pub fn parse(text: &[u8], shown: &str) -> Result<Self, Problems> {
        let head: Head = serde_json::from_slice(text).map_err(|e| not_readable(&e, shown))?;
        match (head.schema.as_deref(), head.version) {
            (Some(SCHEMA), Some(VERSION)) => {}
            (Some(schema), Some(version)) if schema.starts_with("headsup.snapshot/") => {
                let message =
                    format!("this snapshot is of version {version}, and this headsup reads version {VERSION}");
                let problem = Problem::error("unknown-version", message).at(Place::file(shown));
                return Err(problem.mend("use a headsup that is as new as the one that wrote it").into());
            }
            _ => {
                let message = format!("this is no snapshot: its schema is not {SCHEMA}");
                let problem = Problem::error("no-snapshot", message).at(Place::file(shown));
                return Err(problem.mend("take it out of the folder").into());
            }
        }
        let snapshot: Snapshot = serde_json::from_slice(text).map_err(|e| not_readable(&e, shown))?;
        let odd = snapshot.dates().find(|date| !(1900..=2999).contains(&date.year()));
        match odd {
            None => Ok(snapshot),
            Some(date) => {
                let problem = Problem::error("bad-date", format!("this snapshot holds the date {date}"));
                Err(problem.at(Place::file(shown)).mend("restore the file as headsup wrote it").into())
            }
        }
    }

    fn dates(&self) -> impl Iterator<Item = NaiveDate> {
        let of_milestones = self.milestones.values().flat_map(|it| [it.agreed, it.due, it.p50, it.done_on]).flatten();
        [self.as_of, self.on, self.quarter_start].into_iter().chain(of_milestones)
    }

    /// As `render` writes it: readable, and the same bytes for the same numbers.
    pub fn to_json(&self) -> String {
        // Maps with string keys, strings and finite numbers are always JSON.
        let mut json = serde_json::to_string_pretty(self).unwrap_or_default();
        json.push('\n');
        json
    }
}

fn not_readable(error: &serde_json::Error, shown: &str) -> Problems {
    let what = error.to_string();
    // The place is said once, in the place.
    let what = what.split(" at line ").next().unwrap_or(&what);
    Problem::error("bad-snapshot", format!("this snapshot cannot be read: {what}"))
        .at(Place::at(shown, error.line() as u64, error.column() as u64))
        .mend("restore the file as headsup wrote it, or take it out of the folder")
        .into()
}
