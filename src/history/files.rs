//! Reads and writes the folder `history/`, which has one JSON file for each recorded 1:1.

use std::collections::BTreeSet;
use std::path::{Path, PathBuf};

use chrono::{Datelike as _, NaiveDate};
use serde::Deserialize;

use super::{ItemId, Recorded, SCHEMA, Snapshot, VERSION, Withheld, pseudonym, shown};
use crate::input;
use crate::output::{self, Mode};
use crate::problem::{Failure, Place, Problem, Problems};

/// The folder for snapshots in a team folder.
const FOLDER: &str = "history";
/// Largest size of a snapshot in bytes; one with a million tasks is smaller.
const MAX_BYTES: u64 = 256 * 1024 * 1024;

/// Recordings at most this many days apart are of the same 1:1.
const SAME_MEETING_DAYS: i64 = 4;

/// The fields that snapshots of all versions begin with.
#[derive(Deserialize)]
struct Head {
    schema: Option<String>,
    version: Option<u32>,
}

impl Recorded {
    /// Reads the 1:1s recorded before `as_of`, oldest first. A team without the folder has no history.
    ///
    /// An unreadable snapshot is an error, because without it every stated change would be wrong.
    pub fn load(dir: &Path, as_of: NaiveDate) -> Result<(Self, Problems), Failure> {
        Self::load_with(dir, None, as_of)
    }

    /// Reads the team's own history and that of a service that may not write to the team folder (`batch --history`). If
    /// both recorded a date, the team's own snapshot is used.
    pub fn load_with(dir: &Path, service: Option<&Path>, as_of: NaiveDate) -> Result<(Self, Problems), Failure> {
        let mut problems = Problems::default();
        let mut snapshots = read_folder(&dir.join(FOLDER), FOLDER, &mut problems)?;
        if let Some(service) = service {
            let own: Vec<NaiveDate> = snapshots.iter().map(|snapshot| snapshot.as_of).collect();
            let theirs = read_folder(service, &service.display().to_string(), &mut problems)?;
            snapshots.extend(theirs.into_iter().filter(|snapshot| !own.contains(&snapshot.as_of)));
        }
        snapshots.retain(|snapshot| snapshot.as_of < as_of);
        snapshots.sort_by_key(|snapshot| snapshot.as_of);
        Ok((Self { open: snapshots, shown: shown::load(dir, &mut problems) }, problems))
    }
}

/// Reads the snapshots in one folder; `shown` is its name in messages.
fn read_folder(folder: &Path, shown: &str, problems: &mut Problems) -> Result<Vec<Snapshot>, Failure> {
    let mut snapshots = Vec::new();
    for name in names(folder)? {
        let shown = format!("{shown}/{name}");
        let text = match input::read_whole(&folder.join(&name), &shown, MAX_BYTES) {
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
    Ok(snapshots)
}

/// Returns the file name of a snapshot, such as `2026-11-20.json`.
fn file_name(as_of: NaiveDate) -> String {
    format!("{as_of}.json")
}

/// Returns the path of the snapshot of a 1:1.
pub(crate) fn path(dir: &Path, as_of: NaiveDate) -> PathBuf {
    dir.join(FOLDER).join(file_name(as_of))
}

/// Writes a snapshot to the team's history. Returns whether the file changed.
pub(crate) fn keep(dir: &Path, snapshot: &Snapshot) -> Result<bool, Failure> {
    keep_in(&dir.join(FOLDER), snapshot)
}

/// Another recording of the 1:1, because of which a snapshot was not recorded.
#[derive(Debug, PartialEq, Eq)]
pub(crate) struct RecordedBefore {
    /// As-of date of the earlier recording.
    pub as_of: NaiveDate,
}

/// Records a 1:1 automatically, in the team folder or in a service's own folder, at most once within four days, so that
/// a daily job does not record one 1:1 five times. With `replace`, the new snapshot replaces those within four days.
pub(crate) fn record_once(
    dir: &Path,
    service: Option<&Path>,
    snapshot: &Snapshot,
    replace: bool,
) -> Result<Result<(), RecordedBefore>, Failure> {
    let own = dir.join(FOLDER);
    let folder = service.unwrap_or(&own);
    let mut near: Vec<(PathBuf, NaiveDate)> = Vec::new();
    for folder in [Some(own.as_path()), service].into_iter().flatten() {
        for name in names(folder)? {
            let Some(date) = name.strip_suffix(".json").and_then(|date| date.parse::<NaiveDate>().ok()) else {
                continue;
            };
            if (date - snapshot.as_of).num_days().abs() <= SAME_MEETING_DAYS {
                near.push((folder.join(&name), date));
            }
        }
    }
    let json = snapshot.to_json();
    if near.iter().any(|(path, _)| std::fs::read(path).is_ok_and(|kept| kept == json.as_bytes())) {
        return Ok(Ok(()));
    }
    if let Some((_, as_of)) = near.first().filter(|_| !replace) {
        return Ok(Err(RecordedBefore { as_of: *as_of }));
    }
    keep_in(folder, snapshot)?;
    let kept = folder.join(file_name(snapshot.as_of));
    for (path, _) in near.iter().filter(|(path, _)| *path != kept) {
        std::fs::remove_file(path).map_err(|e| Failure::write(path, e))?;
    }
    Ok(Ok(()))
}

/// Returns the date of another 1:1 that was recorded within four days of `as_of`.
pub(crate) fn recorded_near(dir: &Path, as_of: NaiveDate) -> Result<Option<NaiveDate>, Failure> {
    let names = names(&dir.join(FOLDER))?;
    let dates = names.iter().filter_map(|name| name.strip_suffix(".json")?.parse::<NaiveDate>().ok());
    let is_near = |date: &NaiveDate| *date != as_of && (*date - as_of).num_days().abs() <= SAME_MEETING_DAYS;
    Ok(dates.into_iter().find(is_near))
}

fn keep_in(folder: &Path, snapshot: &Snapshot) -> Result<bool, Failure> {
    output::write(&folder.join(file_name(snapshot.as_of)), snapshot.to_json().as_bytes(), Mode::FolderGroup)
}

/// Removes from all snapshots what is withheld today, and the pseudonyms that older versions wrote for withheld keys.
/// What the boss saw of it stays in `private/`. Returns the number of changed files.
pub(crate) fn clean(dir: &Path, withheld: &Withheld) -> Result<usize, Failure> {
    let mut changed = 0;
    for name in names(&dir.join(FOLDER))? {
        let path = dir.join(FOLDER).join(&name);
        let shown = format!("{FOLDER}/{name}");
        let text = input::read_whole(&path, &shown, MAX_BYTES)?;
        let Ok(before) = Snapshot::parse(&text, &shown) else { continue };
        let mut after = before.clone();
        after.forget(withheld);
        if after != before {
            shown::keep_older(dir, &before)?;
        }
        if after != before || pseudonym::is_in(&text) {
            output::write(&path, after.to_json().as_bytes(), Mode::FolderGroup)?;
            changed += 1;
        }
    }
    Ok(changed)
}

/// Removes items from all snapshots.
pub(crate) fn forget_items(dir: &Path, items: &BTreeSet<ItemId>) -> Result<(), Failure> {
    for name in names(&dir.join(FOLDER))? {
        let path = dir.join(FOLDER).join(&name);
        let shown = format!("{FOLDER}/{name}");
        let Ok(before) = Snapshot::parse(&input::read_whole(&path, &shown, MAX_BYTES)?, &shown) else { continue };
        let mut after = before.clone();
        after.forget_items(items);
        if after != before {
            output::write(&path, after.to_json().as_bytes(), Mode::FolderGroup)?;
        }
    }
    Ok(())
}

/// Returns the error for a snapshot under another name: a copy would count one 1:1 twice.
fn misnamed(shown: &str, as_of: NaiveDate) -> Problem {
    let name = file_name(as_of);
    Problem::error("misnamed-snapshot", format!("this is the snapshot of {as_of}, which belongs in {name}"))
        .at(Place::file(shown))
        .help(format!("rename it to {name}, or take it out of the folder"))
}

/// Returns the names of the JSON files in the folder, sorted.
fn names(folder: &Path) -> Result<Vec<String>, Failure> {
    let entries = match std::fs::read_dir(folder) {
        Ok(entries) => entries,
        Err(e) if e.kind() == std::io::ErrorKind::NotFound => return Ok(Vec::new()),
        Err(e) => return Err(Failure::read(folder, e)),
    };
    let mut names = Vec::new();
    for entry in entries {
        let name = entry.map_err(|e| Failure::read(folder, e))?.file_name();
        // Editors and file systems leave hidden files behind.
        if let Some(name) = name.to_str().filter(|name| name.ends_with(".json") && !name.starts_with('.')) {
            names.push(name.to_owned());
        }
    }
    names.sort();
    Ok(names)
}

impl Snapshot {
    /// Parses a snapshot; `shown` is its name in messages. Fails on a newer version with its number.
    pub fn parse(text: &[u8], shown: &str) -> Result<Self, Problems> {
        let head: Head = serde_json::from_slice(text).map_err(|e| not_readable(&e, shown))?;
        match (head.schema.as_deref(), head.version) {
            (Some(SCHEMA), Some(VERSION)) => {}
            (Some(schema), Some(version)) if schema.starts_with("headsup.snapshot/") => {
                let message =
                    format!("this snapshot is of version {version}, and this headsup reads version {VERSION}");
                let problem = Problem::error("unknown-version", message).at(Place::file(shown));
                let newer = concat!("use a release of headsup after ", env!("CARGO_PKG_VERSION"));
                return Err(problem.help(newer).into());
            }
            _ => {
                let message = format!("this is no snapshot: its schema is not {SCHEMA}");
                let problem = Problem::error("no-snapshot", message).at(Place::file(shown));
                return Err(problem.help("take it out of the folder").into());
            }
        }
        let mut snapshot: Snapshot = serde_json::from_slice(text).map_err(|e| not_readable(&e, shown))?;
        pseudonym::remove(&mut snapshot);
        let odd = snapshot.dates().find(|date| !(1900..=2999).contains(&date.year()));
        match odd {
            None => Ok(snapshot),
            Some(date) => {
                let problem = Problem::error("bad-date", format!("this snapshot holds the date {date}"));
                Err(problem.at(Place::file(shown)).help("restore the file as headsup wrote it").into())
            }
        }
    }

    fn dates(&self) -> impl Iterator<Item = NaiveDate> {
        let of_milestones = self.milestones.values().flat_map(|it| [it.agreed, it.due, it.p50, it.done_on]).flatten();
        [self.as_of, self.on, self.quarter_start].into_iter().chain(of_milestones)
    }

    /// Serialises the snapshot as `render` writes it: indented, and byte for byte equal for equal numbers.
    pub fn to_json(&self) -> String {
        // Serialisation cannot fail: keys are strings and all numbers are finite.
        let mut json = serde_json::to_string_pretty(self).unwrap_or_default();
        json.push('\n');
        json
    }
}

fn not_readable(error: &serde_json::Error, shown: &str) -> Problems {
    let what = error.to_string();
    // The position is not repeated in the message, because the problem's place has it.
    let what = what.split(" at line ").next().unwrap_or(&what);
    Problem::error("bad-snapshot", format!("this snapshot cannot be read: {what}"))
        .at(Place::at(shown, error.line() as u64, error.column() as u64))
        .help("restore the file as headsup wrote it, or take it out of the folder")
        .into()
}
