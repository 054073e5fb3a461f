//! Decides whether a file is private, so that only the manager may see its rows: its written name, the path that is
//! opened, or any link on the way to it is in a folder called `private`. [`super::files`] asks once for each file that
//! a source opens, and every row of the file carries the result.

use std::cell::OnceCell;
use std::collections::{HashSet, VecDeque};
use std::ffi::OsString;
use std::path::{Component, Path, PathBuf};

use crate::config::is_private;

/// Most links that are followed for one file; Linux has the same limit.
const MAX_LINKS: usize = 40;

/// Data about a team folder for deciding which files are private.
pub(crate) struct Origins {
    /// Path of the folder as it was given, and its real path.
    roots: Option<[PathBuf; 2]>,
    /// Device and inode number of every file in a private folder. They are read when a file has a second name.
    private: OnceCell<HashSet<(u64, u64)>>,
}

impl Origins {
    pub(crate) fn of(dir: &Path) -> Self {
        let roots = std::path::absolute(dir).ok().map(|root| {
            let real = dir.canonicalize().unwrap_or_else(|_| root.clone());
            [root, real]
        });
        Self { roots, private: OnceCell::new() }
    }

    /// Returns whether the rows of a file are private. `written` is its name or pattern in headsup.toml, `path` the
    /// file that was found.
    ///
    /// Folders above the team folder do not count: a team may itself be in a folder called `private`. If the question
    /// cannot be decided, the file is private.
    pub(crate) fn is_private(&self, written: &str, path: &Path) -> bool {
        if is_private(written) {
            return true;
        }
        let (Ok(absolute), Some(roots)) = (std::path::absolute(path), &self.roots) else { return true };
        let Some(steps) = steps(&absolute) else { return true };
        steps.iter().any(|step| lies_in_private(step, roots)) || self.has_private_twin(path)
    }

    /// Returns whether the file is also in a private folder of the team under another name (a hard link).
    #[cfg(unix)]
    fn has_private_twin(&self, path: &Path) -> bool {
        use std::os::unix::fs::MetadataExt as _;
        let Ok(file) = std::fs::metadata(path) else { return false };
        let private = || self.roots.as_ref().map(|[_, root]| private_files(root)).unwrap_or_default();
        file.nlink() > 1 && self.private.get_or_init(private).contains(&(file.dev(), file.ino()))
    }

    #[cfg(not(unix))]
    fn has_private_twin(&self, _path: &Path) -> bool {
        false
    }
}

/// Returns whether the rows of a single file are private.
pub(crate) fn is_private_file(dir: &Path, written: &str, path: &Path) -> bool {
    Origins::of(dir).is_private(written, path)
}

/// Returns whether a path has a folder called `private` below one of the roots, or anywhere if it is outside of them.
fn lies_in_private(path: &Path, roots: &[PathBuf]) -> bool {
    if roots.iter().any(|root| root.starts_with(path)) {
        return false;
    }
    let below = roots.iter().find_map(|root| path.strip_prefix(root).ok()).unwrap_or(path);
    below.components().any(|part| matches!(part, Component::Normal(name) if is_private(&name.to_string_lossy())))
}

/// Returns every path on the way to a file: each folder, and the target of each link. Returns `None` if links form a
/// cycle.
fn steps(path: &Path) -> Option<Vec<PathBuf>> {
    let mut steps = Vec::new();
    let mut links = 0;
    let mut at = PathBuf::new();
    let mut todo: VecDeque<OsString> = path.components().map(|part| part.as_os_str().to_owned()).collect();
    while let Some(part) = todo.pop_front() {
        match Path::new(&part).components().next() {
            Some(Component::Normal(name)) => at.push(name),
            Some(Component::ParentDir) => {
                at.pop();
                continue;
            }
            Some(Component::CurDir) | None => continue,
            Some(root) => {
                at.push(root);
                continue;
            }
        }
        steps.push(at.clone());
        if at.is_symlink() {
            links += 1;
            if links > MAX_LINKS {
                return None;
            }
            let target = std::fs::read_link(&at).ok()?;
            at.pop();
            for part in target.components().rev() {
                todo.push_front(part.as_os_str().to_owned());
            }
        }
    }
    Some(steps)
}

/// Returns device and inode number of every file in a private folder of the team, wherever it is. Links to folders are
/// followed inside private folders as long as they stay in the team folder.
#[cfg(unix)]
fn private_files(root: &Path) -> HashSet<(u64, u64)> {
    use std::os::unix::fs::MetadataExt as _;
    let mut files = HashSet::new();
    let mut seen = HashSet::new();
    let mut folders = vec![(root.to_owned(), false)];
    while let Some((folder, is_in_private)) = folders.pop() {
        for entry in std::fs::read_dir(folder).into_iter().flatten().flatten() {
            let path = entry.path();
            let Ok(found) = std::fs::metadata(&path) else { continue };
            let is_private = is_in_private || is_private(&entry.file_name().to_string_lossy());
            if found.is_dir() {
                let is_followed =
                    !path.is_symlink() || (is_private && path.canonicalize().is_ok_and(|real| real.starts_with(root)));
                if is_followed && seen.insert((found.dev(), found.ino(), is_private)) {
                    folders.push((path, is_private));
                }
            } else if is_in_private {
                files.insert((found.dev(), found.ino()));
            }
        }
    }
    files
}

#[cfg(all(test, unix))]
mod tests {
    use std::os::unix::fs::symlink;

    use super::*;

    /// Creates a team below a folder that is itself called `private`, which must not matter.
    fn team() -> (tempfile::TempDir, PathBuf) {
        let above = tempfile::tempdir().unwrap();
        let dir = above.path().join("private/team");
        for folder in ["data", "private/old", "elsewhere"] {
            std::fs::create_dir_all(dir.join(folder)).unwrap();
        }
        for file in ["data/tasks.csv", "private/asks.csv", "private/old/asks.csv", "elsewhere/asks.csv"] {
            std::fs::write(dir.join(file), "id\n").unwrap();
        }
        (above, dir)
    }

    #[test]
    fn the_folder_decides_by_whatever_name_it_is_reached() {
        let (_above, dir) = team();
        symlink("../private/asks.csv", dir.join("data/link.csv")).unwrap();
        symlink(dir.join("private"), dir.join("data/folder")).unwrap();
        symlink("link.csv", dir.join("data/link-to-link.csv")).unwrap();
        // A link in private/ that points out of it: the path still goes through private/.
        symlink("../elsewhere/asks.csv", dir.join("private/out.csv")).unwrap();
        symlink("../private/out.csv", dir.join("data/in-and-out.csv")).unwrap();
        std::fs::hard_link(dir.join("private/old/asks.csv"), dir.join("data/twin.csv")).unwrap();
        symlink("ring.csv", dir.join("data/ring.csv")).unwrap();
        for folder in ["data/private", "old/Private"] {
            std::fs::create_dir_all(dir.join(folder)).unwrap();
            std::fs::write(dir.join(folder).join("wins.csv"), "id\n").unwrap();
        }
        std::fs::hard_link(dir.join("data/private/wins.csv"), dir.join("data/twin-2.csv")).unwrap();
        std::fs::hard_link(dir.join("old/Private/wins.csv"), dir.join("data/twin-3.csv")).unwrap();
        let private = |written: &str, file: &str| is_private_file(&dir, written, &dir.join(file));
        for file in [
            "private/asks.csv",
            "data/../private/asks.csv",
            "data/link.csv",
            "data/folder/asks.csv",
            "data/link-to-link.csv",
            "data/in-and-out.csv",
            "data/twin.csv",
            "data/twin-2.csv",
            "data/twin-3.csv",
            "data/ring.csv",
        ] {
            assert!(private("*/*.csv", file), "{file}");
        }
        assert!(private("Private/x.csv", "data/tasks.csv"), "the written name alone decides too");
        assert!(!private("data/tasks.csv", "data/tasks.csv"));
        assert!(!private("*/*.csv", "elsewhere/asks.csv"));
    }
}
