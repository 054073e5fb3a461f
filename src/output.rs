//! The only writer of files: to a temporary name beside the target, synced, renamed. A kill leaves the old file or
//! the new one, never half of one.

use std::collections::BTreeSet;
use std::io::Write as _;
use std::path::Path;

use tempfile::NamedTempFile;

use crate::problem::Failure;

/// How the names of half-written files begin.
const PARTIAL: &str = ".headsup-partial-";

/// Who may read what is written.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Mode {
    /// As the system's umask says.
    Normal,
    /// The owner alone, where the system has such modes: `me` copies, history, private logs.
    Private,
}

/// What is to be written, and where.
#[derive(Debug, Clone, Copy)]
pub struct Output<'a> {
    pub path: &'a Path,
    pub bytes: &'a [u8],
    pub mode: Mode,
}

/// Writes `bytes` to `path`, making its folder. Returns whether anything changed: equal content is left alone.
pub fn write(path: &Path, bytes: &[u8], mode: Mode) -> Result<bool, Failure> {
    write_together(&[Output { path, bytes, mode }])
}

/// The same for files that belong together: none has its name before all of them are whole, and the disk is waited for
/// once rather than file by file.
pub fn write_together(files: &[Output<'_>]) -> Result<bool, Failure> {
    let mut whole = Vec::with_capacity(files.len());
    for file in files {
        if !is_written(file)? {
            let written = || -> std::io::Result<NamedTempFile> {
                std::fs::create_dir_all(folder(file.path))?;
                let mut partial = partial(folder(file.path), file.mode)?;
                partial.write_all(file.bytes)?;
                Ok(partial)
            };
            whole.push((file.path, written().map_err(|e| Failure::write(file.path, e))?));
        }
    }
    for (path, file) in &whole {
        file.as_file().sync_all().map_err(|e| Failure::write(path, e))?;
    }
    let folders: BTreeSet<&Path> = whole.iter().map(|(path, _)| folder(path)).collect();
    let changed = !whole.is_empty();
    for (path, file) in whole {
        file.persist(path).map_err(|e| Failure::write(path, e.error))?;
    }
    for folder in folders {
        sweep(folder);
        // The renames themselves must survive a power cut; a file system that cannot sync a folder is no reason to fail.
        if let Ok(folder) = std::fs::File::open(folder) {
            let _ = folder.sync_all();
        }
    }
    Ok(changed)
}

/// Whether the file is there as it should be already.
fn is_written(file: &Output<'_>) -> Result<bool, Failure> {
    let Ok(there) = std::fs::metadata(file.path) else { return Ok(false) };
    // A pipe would be waited for, and a device be replaced.
    if !there.is_file() {
        return Err(Failure::write(file.path, std::io::Error::other("there is something that is no file")));
    }
    Ok(std::fs::read(file.path).is_ok_and(|old| old == file.bytes))
}

/// The folder of a file.
fn folder(path: &Path) -> &Path {
    path.parent().filter(|folder| !folder.as_os_str().is_empty()).unwrap_or(Path::new("."))
}

/// Writes `bytes` to a file beside the one they are for, to be looked at before they are written there. It is gone when
/// dropped, and swept where a kill left it.
pub fn trial(dir: &Path, bytes: &[u8]) -> Result<NamedTempFile, Failure> {
    let written = || -> std::io::Result<NamedTempFile> {
        let mut file = partial(dir, Mode::Private)?;
        file.write_all(bytes)?;
        Ok(file)
    };
    written().map_err(|e| Failure::write(dir, e))
}

/// A file that is not there yet, under a name that says so.
fn partial(dir: &Path, mode: Mode) -> std::io::Result<NamedTempFile> {
    let mut builder = tempfile::Builder::new();
    builder.prefix(PARTIAL);
    #[cfg(unix)]
    if mode == Mode::Normal {
        use std::os::unix::fs::PermissionsExt as _;
        // The umask takes its share of this, as it does of any new file.
        builder.permissions(std::fs::Permissions::from_mode(0o666));
    }
    loop {
        let file = builder.tempfile_in(dir)?;
        // Held until it has its name, so that nobody sweeps it; a file system without locks is not swept.
        let _ = file.as_file().lock();
        if file.path().exists() {
            return Ok(file);
        }
    }
}

/// Takes away what a killed run left behind: half-written files that nobody holds.
fn sweep(dir: &Path) {
    let Ok(entries) = std::fs::read_dir(dir) else { return };
    for entry in entries.flatten() {
        let ours = entry.file_name().to_str().is_some_and(|name| name.starts_with(PARTIAL));
        if !ours || !entry.file_type().is_ok_and(|kind| kind.is_file()) {
            continue;
        }
        if std::fs::File::open(entry.path()).is_ok_and(|file| file.try_lock().is_ok()) {
            // One that cannot be removed does no harm.
            let _ = std::fs::remove_file(entry.path());
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    #[cfg(unix)]
    fn what_is_no_file_is_not_written_over() {
        let device = Path::new("/dev/null");
        assert!(write(device, b"brief", Mode::Normal).is_err());
        assert!(!std::fs::metadata(device).unwrap().is_file());
    }

    #[test]
    fn files_that_belong_together_are_all_written_or_none() {
        let dir = tempfile::tempdir().unwrap();
        let (brief, page) = (dir.path().join("brief.pdf"), dir.path().join("brief.html"));
        std::fs::write(&brief, "last week's").unwrap();
        std::fs::create_dir(&page).unwrap();
        let of = |path| Output { path, bytes: b"this week's", mode: Mode::Normal };
        assert!(write_together(&[of(&brief), of(&page)]).is_err());
        assert_eq!(std::fs::read(&brief).unwrap(), b"last week's");
        assert_eq!(std::fs::read_dir(dir.path()).unwrap().count(), 2, "nothing half-written is left");
        std::fs::remove_dir(&page).unwrap();
        assert!(write_together(&[of(&brief), of(&page)]).unwrap());
        assert!([&brief, &page].into_iter().all(|path| std::fs::read(path).unwrap() == b"this week's"));
        assert!(!write_together(&[of(&brief), of(&page)]).unwrap(), "nothing has changed");
    }

    #[test]
    fn what_a_killed_run_left_is_swept_and_what_is_being_written_is_not() {
        let dir = tempfile::tempdir().unwrap();
        let place = |name: &str| dir.path().join(name);
        for name in [".headsup-partial-dead", ".headsup-partial-alive", ".headsup-notes"] {
            std::fs::write(place(name), "half").unwrap();
        }
        let alive = std::fs::File::open(place(".headsup-partial-alive")).unwrap();
        alive.lock().unwrap();
        assert!(write(&place("brief.html"), b"whole", Mode::Normal).unwrap());
        let mut left: Vec<_> = std::fs::read_dir(dir.path()).unwrap().map(|e| e.unwrap().file_name()).collect();
        left.sort();
        assert_eq!(left, [".headsup-notes", ".headsup-partial-alive", "brief.html"]);
    }
}
