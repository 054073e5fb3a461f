//! Removes old briefs of a batch: `--keep N` keeps those of the newest N dates in each team's folder of OUT.

use std::collections::BTreeSet;
use std::path::{Path, PathBuf};

use chrono::NaiveDate;

use crate::problem::Failure;

/// Removes a team's briefs and snapshots in `dir` that are older than the newest `keep` dates. Only files with the
/// names that headsup gives them are removed, such as `2026-11-20-brief-shared.pdf` and `2026-11-20-snapshot.json`.
/// Returns the removed files.
pub(crate) fn prune(dir: &Path, keep: usize) -> Result<Vec<PathBuf>, Failure> {
    let entries = match std::fs::read_dir(dir) {
        Ok(entries) => entries,
        Err(e) if e.kind() == std::io::ErrorKind::NotFound => return Ok(Vec::new()),
        Err(e) => return Err(Failure::read(dir, e)),
    };
    let names = entries.filter_map(|entry| entry.ok()?.file_name().into_string().ok());
    let ours: Vec<(NaiveDate, String)> = names.filter_map(|name| Some((date_of(&name)?, name))).collect();
    let dates: BTreeSet<NaiveDate> = ours.iter().map(|(date, _)| *date).collect();
    let kept: BTreeSet<NaiveDate> = dates.into_iter().rev().take(keep).collect();
    let mut removed = Vec::new();
    for (_, name) in ours.into_iter().filter(|(date, _)| !kept.contains(date)) {
        let path = dir.join(name);
        std::fs::remove_file(&path).map_err(|e| Failure::write(&path, e))?;
        removed.push(path);
    }
    removed.sort();
    Ok(removed)
}

/// Returns the date in the name of a brief or a snapshot, or `None` for another file.
fn date_of(name: &str) -> Option<NaiveDate> {
    let (date, rest) = (name.get(..10)?, name.get(10..)?);
    let is_brief = ["me", "boss", "shared"].iter().any(|copy| {
        let ending = rest.strip_prefix("-brief-").and_then(|rest| rest.strip_prefix(copy));
        ending.is_some_and(|ending| [".pdf", ".html", ".md", ".txt", ".json"].contains(&ending))
    });
    if is_brief || rest == "-snapshot.json" { date.parse().ok() } else { None }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_briefs_of_older_dates_are_removed() {
        let dir = tempfile::tempdir().unwrap();
        let days = ["2026-11-06", "2026-11-13", "2026-11-20"];
        let mut names =
            vec!["notes.txt".to_owned(), "2026-11-06-brief-board.pdf".to_owned(), "2026-11-06.pdf".to_owned()];
        for day in days {
            names.extend(["brief-shared.pdf", "brief-shared.html", "snapshot.json"].map(|end| format!("{day}-{end}")));
        }
        for name in &names {
            std::fs::write(dir.path().join(name), "").unwrap();
        }
        let removed = prune(dir.path(), 2).unwrap();
        assert_eq!(removed.len(), 3);
        assert!(removed.iter().all(|path| path.file_name().unwrap().to_str().unwrap().starts_with("2026-11-06-")));
        assert_eq!(std::fs::read_dir(dir.path()).unwrap().count(), names.len() - 3);
        assert_eq!(prune(dir.path(), 2).unwrap(), Vec::<PathBuf>::new());
        assert_eq!(prune(&dir.path().join("gone"), 2).unwrap(), Vec::<PathBuf>::new());
    }
}
