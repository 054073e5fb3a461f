//! The only writer of files: to a temporary name beside the target, synced, renamed. A kill leaves the old file or
//! the new one, never half of one.

use std::io::Write as _;
use std::path::Path;

use crate::problem::Failure;

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
    if std::fs::read(path).is_ok_and(|old| old == bytes) {
        return Ok(false);
    }
    let dir = match path.parent() {
        Some(dir) if !dir.as_os_str().is_empty() => dir,
        _ => Path::new("."),
    };
    std::fs::create_dir_all(dir).map_err(|e| Failure::write(dir, e))?;
    let written = || -> std::io::Result<()> {
        let mut builder = tempfile::Builder::new();
        builder.prefix(".headsup-");
        #[cfg(unix)]
        if mode == Mode::Normal {
            use std::os::unix::fs::PermissionsExt as _;
            // The umask takes its share of this, as it does of any new file.
            builder.permissions(std::fs::Permissions::from_mode(0o666));
        }
        let mut file = builder.tempfile_in(dir)?;
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
