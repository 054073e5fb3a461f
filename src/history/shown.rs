//! `private/shown.json`: what the boss saw at each 1:1 besides what a forwarded copy shows, so that the boss's next
//! brief can compare with it. Only the manager can read the file; without it (in a CI job, or for a service that may
//! not read `private/`) briefs compare with `history/` alone.
//!
//! `render` stores the last rendered brief here; `record` makes it the record of its 1:1.

use std::collections::{BTreeMap, BTreeSet};
use std::path::{Path, PathBuf};

use chrono::NaiveDate;
use serde::{Deserialize, Serialize};

use super::{ItemId, Snapshot};
use crate::input;
use crate::output::{self, Mode};
use crate::problem::{Failure, Place, Problem, Problems};

/// Path in the team folder, which messages may name.
const SHOWN: &str = "private/shown.json";
const SCHEMA: &str = "headsup.shown/1";
/// Largest size of the file in bytes: enough for the snapshots of many years.
const MAX_BYTES: u64 = 1 << 30;

/// The content of the file.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, schemars::JsonSchema)]
struct Shown {
    schema: String,
    /// Snapshot of the last rendered brief.
    rendered: Option<Snapshot>,
    /// Snapshots by the as-of date of each recorded 1:1.
    recorded: BTreeMap<NaiveDate, Snapshot>,
}

impl Default for Shown {
    fn default() -> Self {
        Self { schema: SCHEMA.to_owned(), rendered: None, recorded: BTreeMap::new() }
    }
}

fn path(dir: &Path) -> PathBuf {
    dir.join(SHOWN)
}

/// Reads the file. `None` if it does not exist or may not be read.
fn read(dir: &Path) -> Result<Option<Shown>, Failure> {
    let text = match input::read_whole(&path(dir), SHOWN, MAX_BYTES) {
        Ok(text) => text,
        Err(Failure::Io { source, .. })
            if matches!(source.kind(), std::io::ErrorKind::NotFound | std::io::ErrorKind::PermissionDenied) =>
        {
            return Ok(None);
        }
        Err(other) => return Err(other),
    };
    match serde_json::from_slice::<Shown>(&text) {
        Ok(shown) if shown.schema == SCHEMA => Ok(Some(shown)),
        _ => Err(Problem::error("bad-snapshot", "this file cannot be read")
            .at(Place::file(SHOWN))
            .help("restore it as headsup wrote it, or delete it: briefs then compare with history/ alone")
            .into()),
    }
}

/// Returns what the boss saw, by as-of date. An unreadable file is added to the problems.
pub(super) fn load(dir: &Path, problems: &mut Problems) -> BTreeMap<NaiveDate, Snapshot> {
    match read(dir) {
        Ok(shown) => shown.unwrap_or_default().recorded,
        Err(Failure::Input(found)) => {
            problems.0.extend(found.0.into_iter().map(|problem| Problem { withheld: true, ..problem }));
            BTreeMap::new()
        }
        Err(_) => BTreeMap::new(),
    }
}

fn write(dir: &Path, shown: &Shown) -> Result<bool, Failure> {
    let mut json = serde_json::to_string_pretty(shown).unwrap_or_default();
    json.push('\n');
    output::write(&path(dir), json.as_bytes(), Mode::Private)
}

/// Stores what a brief showed to the boss only. `None` if that is nothing more than its open snapshot.
pub(crate) fn keep_rendered(dir: &Path, rendered: Option<&Snapshot>) -> Result<(), Failure> {
    let there = read(dir)?;
    if there.is_none() && rendered.is_none() {
        return Ok(());
    }
    let shown = Shown { rendered: rendered.cloned(), ..there.clone().unwrap_or_default() };
    if there.as_ref() != Some(&shown) {
        write(dir, &shown)?;
    }
    Ok(())
}

/// Records the brief rendered for `as_of` as what the boss saw at that 1:1.
pub(crate) fn record(dir: &Path, as_of: NaiveDate) -> Result<(), Failure> {
    let Some(mut shown) = read(dir)? else { return Ok(()) };
    let before = shown.clone();
    match shown.rendered.clone().filter(|rendered| rendered.as_of == as_of) {
        Some(rendered) => shown.recorded.insert(as_of, rendered),
        None => shown.recorded.remove(&as_of),
    };
    if shown != before {
        write(dir, &shown)?;
    }
    Ok(())
}

/// Returns what the boss saw at the 1:1 of `as_of`, if recorded.
pub(crate) fn recorded(dir: &Path, as_of: NaiveDate) -> Result<Option<Snapshot>, Failure> {
    Ok(read(dir)?.and_then(|mut shown| shown.recorded.remove(&as_of)))
}

/// Restores the earlier record of the 1:1 of `as_of`; `None` deletes it.
pub(crate) fn restore(dir: &Path, as_of: NaiveDate, before: Option<Snapshot>) -> Result<(), Failure> {
    let Some(mut shown) = read(dir)? else { return Ok(()) };
    match before {
        Some(before) => shown.recorded.insert(as_of, before),
        None => shown.recorded.remove(&as_of),
    };
    write(dir, &shown).map(drop)
}

/// Removes items from all stored snapshots.
pub(crate) fn forget_items(dir: &Path, items: &BTreeSet<ItemId>) -> Result<(), Failure> {
    let Some(mut shown) = read(dir)? else { return Ok(()) };
    let before = shown.clone();
    shown.recorded.values_mut().chain(&mut shown.rendered).for_each(|snapshot| snapshot.forget_items(items));
    if shown == before { Ok(()) } else { write(dir, &shown).map(drop) }
}

/// Stores a snapshot of `history/` before something is removed from it, unless one is stored already.
pub(super) fn keep_older(dir: &Path, snapshot: &Snapshot) -> Result<(), Failure> {
    let mut shown = read(dir)?.unwrap_or_default();
    if shown.recorded.contains_key(&snapshot.as_of) {
        return Ok(());
    }
    shown.recorded.insert(snapshot.as_of, snapshot.clone());
    write(dir, &shown).map(drop)
}
