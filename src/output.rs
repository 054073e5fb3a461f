//! The only writer of files: to a temporary name beside the target, then renamed, so that a kill leaves the old file or
//! the new one, never half of one.
//!
//! [`write`] and [`write_together`] wait for the disk before the rename; a batch leaves its briefs to one [`sync`] at its
//! end.

use std::collections::BTreeSet;
use std::fs::File;
use std::io::Write as _;
use std::path::{Path, PathBuf};

use tempfile::NamedTempFile;

use crate::problem::Failure;

/// How the names of half-written files begin.
const PARTIAL: &str = ".headsup-partial-";

/// Who may read what is written.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Mode {
    /// As the system's umask says.
    Normal,
    /// The owner alone, where the system has file modes: `me` copies, private logs.
    Private,
    /// The owner and, in a folder that is closed to the world, the folder's group with the folder's rights: history,
    /// which a service and a manager share.
    FolderGroup,
}

/// When the disk is waited for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Durability {
    /// Before the file takes its name.
    Now,
    /// Later, by [`sync`]: what can be remade, as the briefs of a batch.
    Later,
}

/// What is to be written, and where.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Output<'a> {
    pub path: &'a Path,
    pub bytes: &'a [u8],
    pub mode: Mode,
    pub durability: Durability,
}

/// Writes `bytes` to `path`, making its folder. Returns whether anything changed: equal content is left alone.
pub(crate) fn write(path: &Path, bytes: &[u8], mode: Mode) -> Result<bool, Failure> {
    let changed = write_together(&[Output { path, bytes, mode, durability: Durability::Now }])?;
    Ok(!changed.is_empty())
}

/// Adds `bytes` to the end of a file in one write, for a file that others hold a lock on and that must stay the same file.
/// A few lines are written whole or not at all.
pub(crate) fn append(path: &Path, bytes: &[u8]) -> Result<(), Failure> {
    let append = || -> std::io::Result<()> {
        let mut file = File::options().append(true).open(path)?;
        file.write_all(bytes)?;
        file.sync_all()
    };
    append().map_err(|e| Failure::write(path, e))
}

/// Writes files that belong together: none takes its name before all of them are whole. Returns those that changed.
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

/// Waits until the disk has these files and their names. Returns what failed, with the index of the file.
pub(crate) fn sync(paths: &[PathBuf]) -> Vec<(usize, Failure)> {
    // Windows flushes only what was opened for writing.
    let open = |path: &Path| File::options().read(true).write(cfg!(windows)).open(path);
    let synced = |path: &PathBuf| open(path).and_then(|file| file.sync_all()).map_err(|e| Failure::write(path, e));
    let failed = paths.iter().enumerate().filter_map(|(at, path)| synced(path).err().map(|failure| (at, failure)));
    let failed = failed.collect();
    paths.iter().map(|path| folder(path)).collect::<BTreeSet<_>>().into_iter().for_each(sync_folder);
    failed
}

/// Makes renames survive a power cut. A system that cannot sync a folder is not a reason to fail.
fn sync_folder(folder: &Path) {
    let _ = File::open(folder).and_then(|folder| folder.sync_all());
}

/// Writes each file that differs from what is there under a temporary name, making the folders. Staged files vanish when
/// dropped, and are swept where a kill left them.
fn stage<'a>(files: &[Output<'a>]) -> Result<Vec<(Output<'a>, NamedTempFile)>, Failure> {
    let mut staged = Vec::new();
    for output in files {
        if is_written(output)? {
            narrow(output).map_err(|e| Failure::write(output.path, e))?;
        } else {
            let write = || -> std::io::Result<NamedTempFile> {
                make_folder(folder(output.path))?;
                let mut partial = partial(folder(output.path), output.mode)?;
                keep_narrow(&partial, output)?;
                partial.write_all(output.bytes)?;
                Ok(partial)
            };
            staged.push((*output, write().map_err(|e| Failure::write(output.path, e))?));
        }
    }
    Ok(staged)
}

/// Gives staged files their names. Returns these.
fn rename(staged: Vec<(Output<'_>, NamedTempFile)>) -> Result<Vec<PathBuf>, Failure> {
    let mut paths = Vec::new();
    for (output, file) in staged {
        file.persist(output.path).map_err(|e| Failure::write(output.path, e.error))?;
        paths.push(output.path.to_owned());
    }
    paths.iter().map(|path| folder(path)).collect::<BTreeSet<_>>().into_iter().for_each(sweep);
    Ok(paths)
}

/// Makes a folder with those above it. One for what the manager alone may see is closed to everybody else.
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

/// Whether a folder is one for what the manager alone may see.
fn is_private(folder: &Path) -> bool {
    folder.file_name().is_some_and(|name| name.eq_ignore_ascii_case("private"))
}

/// What others may do with a file, at most: what its kind allows, and what they may do with the one that is there.
#[cfg(unix)]
fn most(output: &Output<'_>) -> u32 {
    use std::os::unix::fs::PermissionsExt as _;
    let there = std::fs::metadata(output.path).map_or(0o777, |there| there.permissions().mode() & 0o777);
    match output.mode {
        _ if is_private(folder(output.path)) => there & 0o600,
        Mode::Private => there & 0o600,
        Mode::Normal | Mode::FolderGroup => there,
    }
}

/// Takes from a new file all rights that the one it replaces does not give. The group's rights stay with its group.
#[cfg(unix)]
fn keep_narrow(file: &NamedTempFile, output: &Output<'_>) -> std::io::Result<()> {
    use std::os::unix::fs::{MetadataExt as _, PermissionsExt as _, fchown};
    let mut most = most(output);
    let new = file.as_file().metadata()?;
    if let Ok(there) = std::fs::metadata(output.path)
        && there.gid() != new.gid()
        && fchown(file.as_file(), None, Some(there.gid())).is_err()
    {
        most &= 0o707;
    }
    let mode = new.mode() & 0o777;
    // Whoever may write a file may read what was written last.
    let narrow = mode & (most | 0o600);
    if narrow != mode {
        file.as_file().set_permissions(std::fs::Permissions::from_mode(narrow))?;
    }
    Ok(())
}

#[cfg(not(unix))]
fn keep_narrow(_file: &NamedTempFile, _output: &Output<'_>) -> std::io::Result<()> {
    Ok(())
}

/// Takes from a file that need not be written anew the rights that its kind does not give.
#[cfg(unix)]
fn narrow(output: &Output<'_>) -> std::io::Result<()> {
    use std::os::unix::fs::PermissionsExt as _;
    let mode = std::fs::metadata(output.path)?.permissions().mode() & 0o7777;
    let narrow = mode & (most(output) | 0o600);
    if narrow != mode {
        std::fs::set_permissions(output.path, std::fs::Permissions::from_mode(narrow))?;
    }
    Ok(())
}

#[cfg(not(unix))]
fn narrow(_output: &Output<'_>) -> std::io::Result<()> {
    Ok(())
}

/// Whether the file is there already, byte for byte.
fn is_written(file: &Output<'_>) -> Result<bool, Failure> {
    let Ok(there) = std::fs::metadata(file.path) else { return Ok(false) };
    // A pipe would be waited for, and a device be replaced.
    if !there.is_file() {
        return Err(Failure::write(file.path, std::io::Error::other("what is there is not a file")));
    }
    Ok(std::fs::read(file.path).is_ok_and(|old| old == file.bytes))
}

/// The folder of a file.
fn folder(path: &Path) -> &Path {
    path.parent().filter(|folder| !folder.as_os_str().is_empty()).unwrap_or(Path::new("."))
}

/// Writes `bytes` to a file beside the one they are for, to be checked before they are written there. It vanishes when
/// dropped, and is swept where a kill left it.
pub(crate) fn scratch_file(dir: &Path, bytes: &[u8]) -> Result<NamedTempFile, Failure> {
    let written = || -> std::io::Result<NamedTempFile> {
        let mut file = partial(dir, Mode::Private)?;
        file.write_all(bytes)?;
        Ok(file)
    };
    written().map_err(|e| Failure::write(dir, e))
}

/// A new file under a temporary name.
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
        #[cfg(unix)]
        if mode == Mode::FolderGroup {
            share_with_group(&file, dir)?;
        }
        // Locked until it has its name, so that nobody sweeps it; a file system without locks is not swept.
        let _ = file.as_file().lock();
        if file.path().exists() {
            return Ok(file);
        }
    }
}

/// Gives a file the group of its folder and the rights that the group has there, unless the folder is open to the world.
#[cfg(unix)]
fn share_with_group(file: &NamedTempFile, dir: &Path) -> std::io::Result<()> {
    use std::os::unix::fs::{MetadataExt as _, PermissionsExt as _, fchown};
    let folder = std::fs::metadata(dir)?;
    let is_open_to_world = folder.mode() & 0o007 != 0;
    if is_open_to_world || folder.mode() & 0o070 == 0 {
        return Ok(());
    }
    // Somebody outside the group cannot give a file to it; the file then stays its owner's.
    if file.as_file().metadata()?.gid() == folder.gid() || fchown(file.as_file(), None, Some(folder.gid())).is_ok() {
        let mode = 0o600 | (folder.mode() & 0o060);
        file.as_file().set_permissions(std::fs::Permissions::from_mode(mode))?;
    }
    Ok(())
}

/// Takes away what a killed run left behind: half-written files that nobody holds.
fn sweep(dir: &Path) {
    let Ok(entries) = std::fs::read_dir(dir) else { return };
    for entry in entries.flatten() {
        let ours = entry.file_name().to_str().is_some_and(|name| name.starts_with(PARTIAL));
        if !ours || !entry.file_type().is_ok_and(|kind| kind.is_file()) {
            continue;
        }
        if File::open(entry.path()).is_ok_and(|file| file.try_lock().is_ok()) {
            // One that cannot be removed does no harm.
            let _ = std::fs::remove_file(entry.path());
        }
    }
}

#[cfg(test)]
#[path = "output_tests.rs"]
mod tests;
