//! The folder `history/`: one JSON file for each recorded 1:1, read with its problems placed, written once.

use std::path::{Path, PathBuf};

use chrono::NaiveDate;

use super::{History, SCHEMA, Snapshot, VERSION};
use crate::output::{self, Mode};
use crate::problem::{Failure, Place, Problem, Problems};

/// Where the snapshot of a 1:1 is kept.
pub fn path(dir: &Path, as_of: NaiveDate) -> PathBuf {
    dir.join("history").join(format!("{as_of}.json"))
}

/// Keeps a snapshot as the record of its 1:1.
pub fn keep(dir: &Path, snapshot: &Snapshot) -> Result<bool, Failure> {
    output::write(&path(dir, snapshot.as_of), snapshot.to_json().as_bytes(), Mode::Private)
}

impl Snapshot {
    /// The file's text.
    pub fn to_json(&self) -> String {
        // Ids, dates and finite numbers: there is nothing in here that JSON cannot hold.
        serde_json::to_string_pretty(self).unwrap_or_default() + "\n"
    }

    /// Reads a file's text. `shown` is its name for people.
    pub fn parse(text: &str, shown: &str) -> Result<Self, Problem> {
        #[derive(serde::Deserialize)]
        struct Head {
            schema: String,
            version: u32,
        }
        let unreadable = |error: serde_json::Error| {
            Problem::error("bad-snapshot", format!("this is no snapshot: {error}"))
                .at(Place::at(shown, error.line() as u64, error.column() as u64))
                .mend("restore the file from a backup, or move it out of history/: the 1:1 is then not compared with")
        };
        let head: Head = serde_json::from_str(text).map_err(unreadable)?;
        if head.schema != SCHEMA || head.version > VERSION {
            let message = format!(
                "this is {} version {}; this headsup reads {SCHEMA} version {VERSION}",
                head.schema, head.version
            );
            return Err(Problem::error("newer-snapshot", message)
                .at(Place::file(shown))
                .mend("install the newest headsup"));
        }
        serde_json::from_str(text).map_err(unreadable)
    }
}

impl History {
    /// All 1:1s recorded before `as_of`, oldest first. Files that are no `*.json` are not looked at.
    pub fn load(dir: &Path, as_of: NaiveDate) -> Result<(History, Problems), Failure> {
        let folder = dir.join("history");
        let entries = match std::fs::read_dir(&folder) {
            Ok(entries) => entries,
            Err(e) if e.kind() == std::io::ErrorKind::NotFound => return Ok(Default::default()),
            Err(e) => return Err(Failure::read(folder, e)),
        };
        let mut paths: Vec<PathBuf> = entries
            .map(|entry| entry.map(|e| e.path()))
            .collect::<Result<_, _>>()
            .map_err(|e| Failure::read(&folder, e))?;
        paths.retain(|path| path.extension().is_some_and(|ending| ending == "json"));
        paths.sort();
        let (mut history, mut problems) = (History::default(), Problems::default());
        for path in paths {
            let text = std::fs::read_to_string(&path).map_err(|e| Failure::read(&path, e))?;
            let shown = path.strip_prefix(dir).unwrap_or(&path).display().to_string();
            match Snapshot::parse(&text, &shown) {
                Ok(snapshot) if snapshot.as_of < as_of => history.snapshots.push(snapshot),
                Ok(_) => {}
                Err(problem) => problems.push(problem),
            }
        }
        history.snapshots.sort_by_key(|snapshot| snapshot.as_of);
        Ok((history, problems))
    }
}
