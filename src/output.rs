//! The only writer of files: to a temporary name beside the target, synced, renamed. A kill leaves the old file or
//! the new one, never half of one.

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

/// The same for files that belong together: none has its name before all of them are whole.
pub fn write_together(files: &[Output<'_>]) -> Result<bool, Failure> {
    let unnamed = Unnamed::written(files)?;
    unnamed.sync()?;
    let folders = unnamed.name()?;
    for folder in folders.iter().filter_map(|folder| File::open(folder).ok()) {
        // The renames themselves must survive a power cut; a file system that cannot sync a folder is no reason to fail.
        let _ = folder.sync_all();
    }
    Ok(!folders.is_empty())
}

/// So few groups are synced file by file: a whole disk may hold much that others wrote.
const FEW: usize = 4;

/// Gives many groups of files their names. Their disks are waited for together, once before the names and once after,
/// since a wait for each file takes a sixth of a batch's time. What failed is said of each group.
pub fn name_all(groups: Vec<Unnamed>) -> Vec<Result<(), Failure>> {
    let files = groups.iter().flat_map(|group| &group.files).map(|(_, file)| file.as_file());
    let are_synced = groups.len() > FEW && sync_disks(files).is_ok();
    let mut folders = BTreeSet::new();
    let named = groups.into_iter().map(|group| {
        // Whose file it is that a disk did not take, only the file's own sync tells.
        if !are_synced {
            group.sync()?;
        }
        folders.extend(group.name()?);
        Ok(())
    });
    let named = named.collect();
    let folders: Vec<File> = folders.iter().filter_map(|folder| File::open(folder).ok()).collect();
    let _ = if are_synced { sync_disks(folders.iter()) } else { folders.iter().try_for_each(File::sync_all) };
    named
}

/// Waits until the disks that the files are on have all that was written to them.
#[cfg(target_os = "linux")]
fn sync_disks<'a>(files: impl Iterator<Item = &'a File>) -> std::io::Result<()> {
    use std::os::unix::fs::MetadataExt as _;
    let mut synced = BTreeSet::new();
    for file in files {
        if synced.insert(file.metadata()?.dev()) {
            rustix::fs::syncfs(file)?;
        }
    }
    Ok(())
}

/// The same, file by file, where the system knows no other way.
#[cfg(not(target_os = "linux"))]
fn sync_disks<'a>(mut files: impl Iterator<Item = &'a File>) -> std::io::Result<()> {
    files.try_for_each(File::sync_all)
}

/// Files that belong together, written and not named yet. They are gone when dropped, and swept where a kill left them.
#[derive(Debug, Default)]
pub struct Unnamed {
    files: Vec<(PathBuf, NamedTempFile)>,
}

impl Unnamed {
    /// Writes what is not there already, making the folders.
    pub fn written(files: &[Output<'_>]) -> Result<Self, Failure> {
        let mut unnamed = Self::default();
        for file in files {
            if !is_written(file)? {
                let written = || -> std::io::Result<NamedTempFile> {
                    std::fs::create_dir_all(folder(file.path))?;
                    let mut partial = partial(folder(file.path), file.mode)?;
                    partial.write_all(file.bytes)?;
                    Ok(partial)
                };
                let partial = written().map_err(|e| Failure::write(file.path, e))?;
                unnamed.files.push((file.path.to_owned(), partial));
            }
        }
        Ok(unnamed)
    }

    /// Waits until the disk has them.
    fn sync(&self) -> Result<(), Failure> {
        self.files.iter().try_for_each(|(path, file)| file.as_file().sync_all().map_err(|e| Failure::write(path, e)))
    }

    /// Gives them their names. Returns the folders that they are in.
    fn name(self) -> Result<BTreeSet<PathBuf>, Failure> {
        let folders: BTreeSet<PathBuf> = self.files.iter().map(|(path, _)| folder(path).to_owned()).collect();
        for (path, file) in self.files {
            file.persist(&path).map_err(|e| Failure::write(&path, e.error))?;
        }
        folders.iter().for_each(|folder| sweep(folder));
        Ok(folders)
    }
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
        if File::open(entry.path()).is_ok_and(|file| file.try_lock().is_ok()) {
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
    fn of_many_groups_each_gets_its_names_or_says_why_not() {
        let dir = tempfile::tempdir().unwrap();
        let paths: Vec<PathBuf> = (0..=FEW).map(|n| dir.path().join(n.to_string()).join("brief.pdf")).collect();
        let written = |path| Unnamed::written(&[Output { path, bytes: b"whole", mode: Mode::Normal }]).unwrap();
        let groups: Vec<Unnamed> = paths.iter().map(|path| written(path)).collect();
        assert!(paths.iter().all(|path| !path.exists()));
        std::fs::create_dir(&paths[1]).unwrap();
        let named = name_all(groups);
        assert!(named.iter().zip(0..).all(|(named, n)| named.is_ok() == (n != 1)));
        assert!(paths.iter().zip(0..).all(|(path, n)| n == 1 || std::fs::read(path).unwrap() == b"whole"));
        assert_eq!(std::fs::read_dir(dir.path().join("1")).unwrap().count(), 1, "nothing half-written is left");
        let one = vec![written(&paths[0].with_file_name("page-one.html"))];
        assert!(name_all(one)[0].is_ok() && paths[0].with_file_name("page-one.html").exists());
    }

    #[test]
    fn what_a_killed_run_left_is_swept_and_what_is_being_written_is_not() {
        let dir = tempfile::tempdir().unwrap();
        let place = |name: &str| dir.path().join(name);
        for name in [".headsup-partial-dead", ".headsup-partial-alive", ".headsup-notes"] {
            std::fs::write(place(name), "half").unwrap();
        }
        let alive = File::open(place(".headsup-partial-alive")).unwrap();
        alive.lock().unwrap();
        assert!(write(&place("brief.html"), b"whole", Mode::Normal).unwrap());
        let mut left: Vec<_> = std::fs::read_dir(dir.path()).unwrap().map(|e| e.unwrap().file_name()).collect();
        left.sort();
        assert_eq!(left, [".headsup-notes", ".headsup-partial-alive", "brief.html"]);
    }
}
