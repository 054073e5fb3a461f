//! The only writer of files: to a temporary name beside the target, synced, renamed. A kill leaves the old file or
//! the new one, never half of one.

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

/// Writes `bytes` to `path`, making its folder. Returns whether anything changed: equal content is left alone.
pub fn write(path: &Path, bytes: &[u8], mode: Mode) -> Result<bool, Failure> {
    if let Ok(there) = std::fs::metadata(path) {
        // A pipe would be waited for, and a device be replaced.
        if !there.is_file() {
            return Err(Failure::write(path, std::io::Error::other("there is something that is no file")));
        }
        if std::fs::read(path).is_ok_and(|old| old == bytes) {
            return Ok(false);
        }
    }
    let dir = match path.parent() {
        Some(dir) if !dir.as_os_str().is_empty() => dir,
        _ => Path::new("."),
    };
    std::fs::create_dir_all(dir).map_err(|e| Failure::write(dir, e))?;
    sweep(dir);
    let written = || -> std::io::Result<()> {
        let mut file = partial(dir, mode)?;
        file.write_all(bytes)?;
        file.as_file().sync_all()?;
        file.persist(path).map_err(|e| e.error)?;
        Ok(())
    };
    written().map_err(|e| Failure::write(path, e))?;
    // The rename itself must survive a power cut; a file system that cannot sync a folder is no reason to fail.
    if let Ok(folder) = std::fs::File::open(dir) {
        let _ = folder.sync_all();
    }
    Ok(true)
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
