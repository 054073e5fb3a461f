//! Finds the team folders below a batch's root, and the folders that are skipped, with the reasons.

use std::path::{Path, PathBuf};

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use crate::problem::Failure;

/// A folder that is not looked into, and why.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize, JsonSchema)]
pub(crate) struct PassedOver {
    /// Below the root, with `/`.
    pub path: String,
    pub reason: String,
}

/// The team folders below a root.
#[derive(Debug, Default, PartialEq)]
pub(crate) struct TeamFolders {
    /// Paths relative to the root, with `/`, sorted. `.` is the root itself.
    pub paths: Vec<String>,
    /// Skipped folders with a headsup.toml, and folders that cannot be read, sorted.
    pub passed_over: Vec<PassedOver>,
}

/// Finds all team folders below `root`.
///
/// Folders whose name begins with a dot, and `out`, are not searched; symbolic links are not followed. A folder below
/// `root` that cannot be read, such as `lost+found`, is skipped and does not fail the batch.
pub(crate) fn team_folders(root: &Path) -> Result<TeamFolders, Failure> {
    let mut found = TeamFolders::default();
    let mut open: Vec<(PathBuf, String)> = vec![(root.to_owned(), String::new())];
    while let Some((dir, path)) = open.pop() {
        if dir.join("headsup.toml").is_file() {
            found.paths.push(if path.is_empty() { ".".to_owned() } else { path });
            // The files of a team folder are not searched for further teams.
            continue;
        }
        match below(&dir, &path, &mut found) {
            Ok(folders) => open.extend(folders),
            Err(error) if path.is_empty() => return Err(Failure::read(dir, error)),
            Err(error) => found.passed_over.push(PassedOver { path, reason: format!("it cannot be read: {error}") }),
        }
    }
    found.paths.sort();
    found.passed_over.sort();
    Ok(found)
}

/// Returns the subfolders of `dir` that should be searched.
fn below(dir: &Path, path: &str, found: &mut TeamFolders) -> std::io::Result<Vec<(PathBuf, String)>> {
    let mut folders = Vec::new();
    for entry in std::fs::read_dir(dir)? {
        let entry = entry?;
        let kind = entry.file_type()?;
        let name = entry.file_name();
        let shown = name.to_string_lossy();
        let below = if path.is_empty() { shown.clone().into_owned() } else { format!("{path}/{shown}") };
        let reason = match name.to_str() {
            Some(name) if kind.is_dir() && !name.starts_with('.') => {
                if name != "out" {
                    folders.push((entry.path(), below));
                }
                continue;
            }
            Some(_) if kind.is_symlink() => "a symbolic link",
            Some(_) => "its name begins with a dot",
            None => "its name is not UTF-8",
        };
        if entry.path().join("headsup.toml").is_file() {
            found.passed_over.push(PassedOver { path: below, reason: reason.to_owned() });
        }
    }
    Ok(folders)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    #[cfg(unix)]
    fn a_skipped_folder_is_listed() {
        let root = tempfile::tempdir().unwrap();
        for name in ["a/b", "out", ".old", "c"] {
            std::fs::create_dir_all(root.path().join(name)).unwrap();
            std::fs::write(root.path().join(name).join("headsup.toml"), "").unwrap();
        }
        std::os::unix::fs::symlink(root.path().join("c"), root.path().join("link")).unwrap();
        let found = team_folders(root.path()).unwrap();
        assert_eq!(found.paths, ["a/b", "c"]);
        let passed: Vec<_> = found.passed_over.iter().map(|it| (&*it.path, &*it.reason)).collect();
        assert_eq!(passed, [(".old", "its name begins with a dot"), ("link", "a symbolic link")]);
    }

    #[test]
    fn a_missing_root_is_a_failure() {
        let root = tempfile::tempdir().unwrap();
        assert_eq!(team_folders(&root.path().join("gone")).unwrap_err().exit_code(), 74);
    }
}
