//! The only writer of files. Writes to a temporary name beside the target and then renames, so that a killed run leaves
//! the old file or the new one, never a part.
//!
//! [`write`] and [`write_together`] wait for the disk before the rename; a batch leaves its briefs to one [`sync`] at its
//! end.

use std::collections::BTreeSet;
use std::fs::File;
use std::io::Write as _;
use std::path::{Path, PathBuf};

use tempfile::NamedTempFile;

use crate::problem::Failure;

/// Prefix of the temporary names of half-written files.
const PARTIAL: &str = ".headsup-partial-";

/// Who may read a written file.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Mode {
    /// The rights that the system's umask leaves.
    Normal,
    /// Only the owner, where the system has file modes: for `me` copies and private logs.
    Private,
    /// The owner, and the folder's group with the rights it has on the folder, unless the folder is open to the world:
    /// for history, which a service and a manager share.
    FolderGroup,
}

/// When a write waits for the disk.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Durability {
    /// Before the file takes its name.
    Now,
    /// Later, by [`sync`]: for files that can be made again, such as the briefs of a batch.
    Later,
}

/// A file to write.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Output<'a> {
    pub path: &'a Path,
    pub bytes: &'a [u8],
    pub mode: Mode,
    pub durability: Durability,
}

/// Writes `bytes` to `path` and makes its folder. Returns whether the file changed; equal content is left alone.
pub(crate) fn write(path: &Path, bytes: &[u8], mode: Mode) -> Result<bool, Failure> {
    let changed = write_together(&[Output { path, bytes, mode, durability: Durability::Now }])?;
    Ok(!changed.is_empty())
}

/// Adds `bytes` to the end of an existing file in one write, so that a few lines are written whole or not at all. For
/// files that others hold a lock on, which must not be replaced.
pub(crate) fn append(path: &Path, bytes: &[u8]) -> Result<(), Failure> {
    let append = || -> std::io::Result<()> {
        let mut file = File::options().append(true).open(path)?;
        file.write_all(bytes)?;
        file.sync_all()
    };
    append().map_err(|e| Failure::write(path, e))
}

/// Writes files that belong together: no file takes its name before all are completely staged. Returns the paths that
/// changed.
pub(crate) fn write_together(files: &[Output<'_>]) -> Result<Vec<PathBuf>, Failure> {
    let staged = stage(files)?;
    let now = || staged.iter().filter(|(file, _)| file.durability == Durability::Now);
    for (output, file) in now() {
        file.as_file().sync_all().map_err(|e| Failure::write(output.path, e))?;
    }
    let synced: BTreeSet<&Path> = now().map(|(output, _)| folder(output.path)).collect();
    let changed = rename(staged)?;
    if files.iter().all(|output| output.durability == Durability::Now) {
        synced.into_iter().for_each(sync_folder);
    }
    Ok(changed)
}

/// Waits until the disk has these files and their names. Returns each failure with the index of its file.
pub(crate) fn sync(paths: &[PathBuf]) -> Vec<(usize, Failure)> {
    // Windows flushes only files that were opened for writing.
    let open = |path: &Path| File::options().read(true).write(cfg!(windows)).open(path);
    let synced = |path: &PathBuf| open(path).and_then(|file| file.sync_all()).map_err(|e| Failure::write(path, e));
    let failed = paths.iter().enumerate().filter_map(|(at, path)| synced(path).err().map(|failure| (at, failure)));
    let failed = failed.collect();
    paths.iter().map(|path| folder(path)).collect::<BTreeSet<_>>().into_iter().for_each(sync_folder);
    failed
}

/// Syncs a folder, so that renames survive a power cut. Errors are ignored: some systems cannot sync a folder.
fn sync_folder(folder: &Path) {
    let _ = File::open(folder).and_then(|folder| folder.sync_all());
}

/// Writes each file whose content differs from the existing one under a temporary name, and makes the folders. A staged
/// file is deleted when dropped; a later run sweeps the ones that a killed run left.
fn stage<'a>(files: &[Output<'a>]) -> Result<Vec<(Output<'a>, NamedTempFile)>, Failure> {
    let mut staged = Vec::new();
    for output in files {
        if is_written(output)? {
            limit_existing(output).map_err(|e| Failure::write(output.path, e))?;
        } else {
            let write = || -> std::io::Result<NamedTempFile> {
                make_folder(folder(output.path))?;
                let mut partial = partial(folder(output.path), output.mode)?;
                limit_new(&partial, output)?;
                partial.write_all(output.bytes)?;
                Ok(partial)
            };
            staged.push((*output, write().map_err(|e| Failure::write(output.path, e))?));
        }
    }
    Ok(staged)
}

/// Gives staged files their names. Returns their paths.
fn rename(staged: Vec<(Output<'_>, NamedTempFile)>) -> Result<Vec<PathBuf>, Failure> {
    let mut paths = Vec::new();
    for (output, file) in staged {
        file.persist(output.path).map_err(|e| Failure::write(output.path, e.error))?;
        paths.push(output.path.to_owned());
    }
    paths.iter().map(|path| folder(path)).collect::<BTreeSet<_>>().into_iter().for_each(sweep);
    Ok(paths)
}

/// Makes a folder and those above it. A `private` folder is closed to everybody but its owner.
fn make_folder(folder: &Path) -> std::io::Result<()> {
    std::fs::create_dir_all(folder)?;
    #[cfg(unix)]
    if is_private(folder) {
        use std::os::unix::fs::PermissionsExt as _;
        let mode = std::fs::metadata(folder)?.permissions().mode();
        if mode & 0o077 != 0 {
            std::fs::set_permissions(folder, std::fs::Permissions::from_mode(mode & 0o7700))?;
        }
    }
    Ok(())
}

/// Whether a folder holds files for the manager only.
fn is_private(folder: &Path) -> bool {
    folder.file_name().is_some_and(|name| name.eq_ignore_ascii_case("private"))
}

/// Returns the largest mode that a file may get: what its kind allows, limited by the mode of the existing file.
#[cfg(unix)]
fn max_mode(output: &Output<'_>) -> u32 {
    use std::os::unix::fs::PermissionsExt as _;
    let there = std::fs::metadata(output.path).map_or(0o777, |there| there.permissions().mode() & 0o777);
    match output.mode {
        _ if is_private(folder(output.path)) => there & 0o600,
        Mode::Private => there & 0o600,
        Mode::Normal | Mode::FolderGroup => there,
    }
}

/// Limits the rights of a new file to those of the file that it replaces, and keeps that file's group.
#[cfg(unix)]
fn limit_new(file: &NamedTempFile, output: &Output<'_>) -> std::io::Result<()> {
    use std::os::unix::fs::{MetadataExt as _, PermissionsExt as _, fchown};
    let mut max = max_mode(output);
    let new = file.as_file().metadata()?;
    if let Ok(there) = std::fs::metadata(output.path)
        && there.gid() != new.gid()
        && fchown(file.as_file(), None, Some(there.gid())).is_err()
    {
        max &= 0o707;
    }
    let mode = new.mode() & 0o777;
    // Whoever may write a file may also read its last version.
    let narrow = mode & (max | 0o600);
    if narrow != mode {
        file.as_file().set_permissions(std::fs::Permissions::from_mode(narrow))?;
    }
    Ok(())
}

#[cfg(not(unix))]
fn limit_new(_file: &NamedTempFile, _output: &Output<'_>) -> std::io::Result<()> {
    Ok(())
}

/// Limits the rights of an existing file, whose content is not written again, to those of its kind.
#[cfg(unix)]
fn limit_existing(output: &Output<'_>) -> std::io::Result<()> {
    use std::os::unix::fs::PermissionsExt as _;
    let mode = std::fs::metadata(output.path)?.permissions().mode() & 0o7777;
    let narrow = mode & (max_mode(output) | 0o600);
    if narrow != mode {
        std::fs::set_permissions(output.path, std::fs::Permissions::from_mode(narrow))?;
    }
    Ok(())
}

#[cfg(not(unix))]
fn limit_existing(_output: &Output<'_>) -> std::io::Result<()> {
    Ok(())
}

/// Whether the file already has this content.
fn is_written(file: &Output<'_>) -> Result<bool, Failure> {
    let Ok(there) = std::fs::metadata(file.path) else { return Ok(false) };
    // Opening a pipe would block, and a device must not be replaced.
    if !there.is_file() {
        return Err(Failure::write(file.path, std::io::Error::other("what is there is not a file")));
    }
    Ok(std::fs::read(file.path).is_ok_and(|old| old == file.bytes))
}

/// Returns the folder of a file.
fn folder(path: &Path) -> &Path {
    path.parent().filter(|folder| !folder.as_os_str().is_empty()).unwrap_or(Path::new("."))
}

/// Writes `bytes` to a temporary file in `dir`, to be checked before they are written to their target. It is deleted
/// when dropped; a later run sweeps one that a killed run left.
pub(crate) fn scratch_file(dir: &Path, bytes: &[u8]) -> Result<NamedTempFile, Failure> {
    let written = || -> std::io::Result<NamedTempFile> {
        let mut file = partial(dir, Mode::Private)?;
        file.write_all(bytes)?;
        Ok(file)
    };
    written().map_err(|e| Failure::write(dir, e))
}

/// Makes a new, locked file with a temporary name.
fn partial(dir: &Path, mode: Mode) -> std::io::Result<NamedTempFile> {
    let mut builder = tempfile::Builder::new();
    builder.prefix(PARTIAL);
    #[cfg(unix)]
    if mode == Mode::Normal {
        use std::os::unix::fs::PermissionsExt as _;
        // The umask still applies to this mode.
        builder.permissions(std::fs::Permissions::from_mode(0o666));
    }
    loop {
        let file = builder.tempfile_in(dir)?;
        #[cfg(unix)]
        if mode == Mode::FolderGroup {
            share_with_group(&file, dir)?;
        }
        // The lock keeps other runs from sweeping the file until it has its name. Files on a system without locks are
        // never swept.
        let _ = file.as_file().lock();
        if file.path().exists() {
            return Ok(file);
        }
    }
}

/// Gives a file its folder's group with the rights that the group has on the folder, unless the folder is open to the
/// world.
#[cfg(unix)]
fn share_with_group(file: &NamedTempFile, dir: &Path) -> std::io::Result<()> {
    use std::os::unix::fs::{MetadataExt as _, PermissionsExt as _, fchown};
    let folder = std::fs::metadata(dir)?;
    let is_open_to_world = folder.mode() & 0o007 != 0;
    if is_open_to_world || folder.mode() & 0o070 == 0 {
        return Ok(());
    }
    // Only a member of the group can give a file to it; otherwise the file keeps its owner's group.
    if file.as_file().metadata()?.gid() == folder.gid() || fchown(file.as_file(), None, Some(folder.gid())).is_ok() {
        let mode = 0o600 | (folder.mode() & 0o060);
        file.as_file().set_permissions(std::fs::Permissions::from_mode(mode))?;
    }
    Ok(())
}

/// Deletes half-written files that a killed run left and that nobody holds a lock on.
fn sweep(dir: &Path) {
    let Ok(entries) = std::fs::read_dir(dir) else { return };
    for entry in entries.flatten() {
        let ours = entry.file_name().to_str().is_some_and(|name| name.starts_with(PARTIAL));
        if !ours || !entry.file_type().is_ok_and(|kind| kind.is_file()) {
            continue;
        }
        if File::open(entry.path()).is_ok_and(|file| file.try_lock().is_ok()) {
            // A file that cannot be deleted does no harm.
            let _ = std::fs::remove_file(entry.path());
        }
    }
}

#[cfg(test)]
#[path = "output_tests.rs"]
mod tests;
