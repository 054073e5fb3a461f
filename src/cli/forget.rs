//! `headsup forget`: removes a person from every file of a team folder. Notes about them are deleted, their name
//! becomes `[removed]` elsewhere, and briefs are deleted, since they can be made again.

mod erase;

use std::io::IsTerminal as _;
use std::path::{Path, PathBuf};

use clap::Args;

use super::{Terminal, prompt, surroundings};
use crate::analysis::note_id;
use crate::config::Config;
use crate::history::{files, shown};
use crate::output::{self, Mode};
use crate::pipeline;
use crate::problem::Failure;
use crate::redact::{Audience, redact};
use crate::team::TableKind;

/// Folders that contain no data of the team.
const SKIPPED: [&str; 3] = [".git", "fonts", "target"];

/// Remove a person from every file of a team folder.
///
/// It removes the notes about the person, the name, and the briefs that were made. The name is matched as it is written,
/// in upper or lower case. Older versions in git are not changed, nor what your tracker exports next week.
#[derive(Debug, Args)]
#[command(
    after_help = "Examples:\n  headsup forget \"M. Laurent\" my-team --dry-run\n  headsup forget \"M. Laurent\" my-team"
)]
pub struct Forget {
    /// Name of the person, as it is written in the files
    pub person: String,
    /// Team folder
    #[arg(default_value = ".")]
    pub team_dir: PathBuf,
    /// Do not ask for confirmation
    #[arg(long)]
    pub yes: bool,
    /// List what would change, and change nothing
    #[arg(long, conflicts_with = "yes")]
    pub dry_run: bool,
}

/// What happens to a file.
enum Change {
    Delete,
    /// The file cannot be searched. It is deleted if another file names the person.
    DeleteUnread,
    Write {
        bytes: Vec<u8>,
        what: String,
    },
}

impl Forget {
    pub fn run(&self, terminal: &Terminal) -> Result<(), Failure> {
        let (config, problems) = Config::load(&self.team_dir)?;
        terminal.show(&problems);
        let name = self.person.trim();
        let is_it = |other: &str| other.trim().to_lowercase() == name.to_lowercase();
        if name.chars().count() < 2 || is_it(&config.team.manager) || is_it(&config.team.boss) {
            return Err(Failure::Usage(
                "name somebody of the team: manager and boss are changed in headsup.toml".into(),
            ));
        }
        let changes = self.changes(&config)?;
        // The log of a CI job must not name the person.
        let who = if surroundings::under_ci() { "this person" } else { name };
        if changes.iter().all(|(_, change)| matches!(change, Change::DeleteUnread)) {
            let kept =
                if changes.is_empty() { "" } else { "; PDFs, mails and invites cannot be searched and are kept" };
            terminal.say(&format!("no file of {} names {who}{kept}", self.team_dir.display()));
            return Ok(());
        }
        for (path, change) in &changes {
            let is_last_record = path.ends_with("private/last-record.json");
            let path = surroundings::shown_log(&config.dir, path);
            match change {
                Change::DeleteUnread if is_last_record => {
                    terminal.say(&format!("{path}: deleted, the last record cannot be undone"));
                }
                Change::Delete | Change::DeleteUnread => {
                    terminal.say(&format!("{path}: deleted, a brief can be made again"));
                }
                Change::Write { what, .. } => terminal.say(&format!("{path}: {what}")),
            }
        }
        if self.dry_run {
            terminal.say("nothing was changed");
            return Ok(());
        }
        let is_sure = self.yes
            || (std::io::stdin().is_terminal()
                && prompt::agree(&format!("Change these {} files for good?", changes.len()))?);
        if !is_sure {
            return Err(Failure::Usage("nothing was changed: add --yes to do it without a terminal".into()));
        }
        // The team is read while the notes still exist: the snapshots refer to them by ids that are computed from them.
        let read = pipeline::read(&self.team_dir, surroundings::as_of(None, config.calendar.timezone)?);
        if let Ok(read) = read {
            let whole = redact(&read.team, Audience::Me, true);
            let notes = whole.team().people.iter().filter(|note| is_it(&note.person)).map(note_id).collect();
            files::forget_items(&self.team_dir, &notes)?;
            shown::forget_items(&self.team_dir, &notes)?;
        }
        for (path, change) in changes {
            match change {
                Change::Delete | Change::DeleteUnread => {
                    std::fs::remove_file(&path).map_err(|e| Failure::write(&path, e))?
                }
                // A snapshot may have been rewritten a moment ago, so its name is removed from the new contents.
                Change::Write { .. } if is_json(&path) => {
                    let bytes = std::fs::read(&path).map_err(|e| Failure::read(&path, e))?;
                    if let Some((bytes, _)) = erase::name(&bytes, name) {
                        output::write(&path, &bytes, Mode::Normal)?;
                    }
                }
                Change::Write { bytes, .. } => {
                    output::write(&path, &bytes, Mode::Normal)?;
                }
            }
        }
        terminal
            .say(&format!("forgotten; git and backups keep what they have, and the next export may name {who} again"));
        Ok(())
    }

    /// Returns each file that names the person, with what happens to it.
    fn changes(&self, config: &Config) -> Result<Vec<(PathBuf, Change)>, Failure> {
        let name = self.person.trim();
        let mut people_files: Vec<PathBuf> = Vec::new();
        for source in config.sources.iter().filter(|source| source.table == TableKind::People) {
            let pattern = format!("{}/{}", glob::Pattern::escape(&config.dir.display().to_string()), source.file);
            people_files.extend(glob::glob(&pattern).into_iter().flatten().filter_map(Result::ok));
        }
        let mut changes = Vec::new();
        for path in walk(&self.team_dir)? {
            let bytes = std::fs::read(&path).map_err(|e| Failure::read(&path, e))?;
            let in_out = path.strip_prefix(self.team_dir.join("out")).is_ok();
            // A PDF is compressed and an attachment is encoded, so these files cannot be searched for a name.
            let is_sealed = path.extension().is_some_and(|it| ["pdf", "eml", "ics"].iter().any(|sealed| it == *sealed));
            // The rows that the last record wrote are kept in base64.
            if (in_out && is_sealed) || path.ends_with("private/last-record.json") {
                changes.push((path, Change::DeleteUnread));
                continue;
            }
            if in_out && erase::holds(&bytes, name) {
                changes.push((path, Change::Delete));
                continue;
            }
            let is_config = path.file_name().is_some_and(|it| it == "headsup.toml");
            let (bytes, rows) = match people_files.contains(&path) {
                true => erase::rows(&bytes, name),
                false if is_config => (erase::members(&bytes, name), 0),
                false => (bytes, 0),
            };
            let erased = erase::name(&bytes, name);
            let names = erased.as_ref().map_or(0, |(_, count)| *count);
            let original = std::fs::read(&path).map_err(|e| Failure::read(&path, e))?;
            let new = erased.map_or(bytes, |(bytes, _)| bytes);
            if new != original {
                let what = match (rows, names) {
                    (0, 0) => "no longer a member".to_owned(),
                    (0, names) => format!("the name removed {names} times"),
                    (rows, 0) => format!("{rows} rows deleted"),
                    (rows, names) => format!("{rows} rows deleted, the name removed {names} times"),
                };
                changes.push((path, Change::Write { bytes: new, what }));
            }
        }
        Ok(changes)
    }
}

fn is_json(path: &Path) -> bool {
    path.extension().is_some_and(|it| it == "json")
}

/// Lists all files of the team folder, sorted by path.
fn walk(dir: &Path) -> Result<Vec<PathBuf>, Failure> {
    let mut found = Vec::new();
    let mut folders = vec![dir.to_owned()];
    while let Some(folder) = folders.pop() {
        for entry in std::fs::read_dir(&folder).map_err(|e| Failure::read(&folder, e))? {
            let entry = entry.map_err(|e| Failure::read(&folder, e))?;
            let kind = entry.file_type().map_err(|e| Failure::read(entry.path(), e))?;
            let is_skipped = SKIPPED.iter().any(|name| entry.file_name() == *name);
            if kind.is_dir() && !is_skipped {
                folders.push(entry.path());
            } else if kind.is_file() {
                found.push(entry.path());
            }
        }
    }
    found.sort();
    Ok(found)
}
