//! `headsup record --undo`: takes the last record back. Each record lists what it wrote in `private/last-record.json`,
//! so that exactly this can be removed again, even if more was written after it.

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use chrono::NaiveDate;
use serde::{Deserialize, Serialize};

use crate::cli::{Terminal, surroundings};
use crate::history::{Snapshot, files, shown};
use crate::input;
use crate::output::{self, Mode};
use crate::problem::{Failure, Place, Problem};
use crate::source::append::Appended;

const JOURNAL: &str = "private/last-record.json";
const SCHEMA: &str = "headsup.last-record/1";
/// Largest journal that is read, in bytes: a few rows and two snapshots need far less.
const MAX_BYTES: u64 = 1 << 29;

/// The journal of what one record wrote.
#[derive(Debug, Serialize, Deserialize)]
pub(crate) struct Journal {
    schema: String,
    as_of: NaiveDate,
    rows: Vec<WrittenRow>,
    /// The snapshots that existed for this date before. `None` if there were none.
    history_before: Option<String>,
    shown_before: Option<Snapshot>,
    #[serde(skip)]
    dir: PathBuf,
}

/// A row that was appended to a log.
#[derive(Debug, Serialize, Deserialize)]
struct WrittenRow {
    /// Path relative to the team folder.
    file: PathBuf,
    offset: u64,
    /// The bytes of the row in base64, since a log may be in any encoding.
    bytes: String,
}

impl Journal {
    /// Begins the journal for the record of `as_of`, before anything is written.
    pub(crate) fn begin(dir: &Path, as_of: NaiveDate) -> Result<Self, Failure> {
        let path = files::path(dir, as_of);
        let history_before = match std::fs::read_to_string(&path) {
            Ok(text) => Some(text),
            Err(e) if e.kind() == std::io::ErrorKind::NotFound => None,
            Err(e) => return Err(Failure::read(path, e)),
        };
        let shown_before = shown::recorded(dir, as_of)?;
        let schema = SCHEMA.to_owned();
        let journal = Self { schema, as_of, rows: Vec::new(), history_before, shown_before, dir: dir.to_owned() };
        journal.keep()?;
        Ok(journal)
    }

    /// Adds a row that was written.
    pub(crate) fn add(&mut self, row: &Appended) -> Result<(), Failure> {
        let file = row.file.strip_prefix(&self.dir).unwrap_or(&row.file).to_owned();
        self.rows.push(WrittenRow { file, offset: row.offset, bytes: STANDARD.encode(&row.bytes) });
        self.keep()
    }

    /// Writes the journal. A CI job writes none: its copy of the folder is thrown away.
    fn keep(&self) -> Result<(), Failure> {
        if surroundings::under_ci() {
            return Ok(());
        }
        let json = serde_json::to_string_pretty(self).unwrap_or_default() + "\n";
        output::write(&self.dir.join(JOURNAL), json.as_bytes(), Mode::Private).map(drop)
    }

    fn read(dir: &Path) -> Result<Self, Failure> {
        let path = dir.join(JOURNAL);
        if !path.exists() {
            return Err(Problem::error("nothing-to-undo", "no record of this folder can be taken back")
                .at(Place::file(dir.display().to_string()))
                .help("the last one was taken back already, or was made elsewhere: take its file out of history/")
                .into());
        }
        match serde_json::from_slice::<Self>(&input::read_whole(&path, JOURNAL, MAX_BYTES)?) {
            Ok(journal) if journal.schema == SCHEMA => Ok(Self { dir: dir.to_owned(), ..journal }),
            _ => Err(Problem::error("bad-snapshot", "this file cannot be read")
                .at(Place::file(JOURNAL))
                .help("delete it; the last record cannot be taken back then")
                .into()),
        }
    }
}

/// Takes the whole last record back. If a part cannot be taken back, nothing is changed.
pub(crate) fn run(dir: &Path, terminal: &Terminal) -> Result<(), Failure> {
    let journal = Journal::read(dir)?;
    let mut files: BTreeMap<PathBuf, Vec<u8>> = BTreeMap::new();
    // Rows are removed in reverse order, so that the positions of the remaining ones stay valid.
    for row in journal.rows.iter().rev() {
        let path = dir.join(&row.file);
        if !files.contains_key(&path) {
            let bytes = std::fs::read(&path).map_err(|e| Failure::read(&path, e))?;
            files.insert(path.clone(), bytes);
        }
        let written = STANDARD.decode(&row.bytes).unwrap_or_default();
        let start = usize::try_from(row.offset).unwrap_or(usize::MAX);
        let range = start..start.saturating_add(written.len());
        let bytes = files.entry(path.clone()).or_default();
        if bytes.get(range.clone()) != Some(written.as_slice()) {
            return Err(Problem::error(
                "changed-log",
                "a row that the record wrote was changed since; nothing is taken back",
            )
            .at(Place::file(surroundings::shown_log(dir, &path)))
            .help("take the row out by hand, and the snapshot out of history/")
            .into());
        }
        bytes.drain(range);
    }
    for (path, bytes) in &files {
        output::write(path, bytes, Mode::Normal)?;
    }
    let kept = files::path(dir, journal.as_of);
    match &journal.history_before {
        Some(before) => output::write(&kept, before.as_bytes(), Mode::FolderGroup).map(drop)?,
        None => remove(&kept)?,
    }
    shown::restore(dir, journal.as_of, journal.shown_before)?;
    remove(&dir.join(JOURNAL))?;
    let rows = match journal.rows.len() {
        0 => String::new(),
        1 => " and the row that it wrote".to_owned(),
        n => format!(" and the {n} rows that it wrote"),
    };
    terminal.say(&format!("took back the record of {}{rows}", journal.as_of));
    Ok(())
}

fn remove(path: &Path) -> Result<(), Failure> {
    match std::fs::remove_file(path) {
        Err(e) if e.kind() != std::io::ErrorKind::NotFound => Err(Failure::write(path, e)),
        _ => Ok(()),
    }
}
