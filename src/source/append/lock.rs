//! A lock that makes two writers of one team's files wait for each other. It is held on headsup.toml, which exists in
//! every team folder. [`super::add`] and [`super::amend`] hold it, and so does every writer of headsup.toml itself.

use std::fs::{File, TryLockError};
use std::path::Path;
use std::time::{Duration, Instant};

use crate::problem::Failure;

/// Name of the file that is locked.
pub(crate) const CONFIG: &str = "headsup.toml";

/// Acquires the lock. Until it is dropped, no other headsup process writes to the team's files in this folder.
pub fn lock(dir: &Path) -> Result<File, Failure> {
    let path = dir.join(CONFIG);
    let open = || File::open(&path).map_err(|e| Failure::read(&path, e));
    let mut file = open()?;
    let until = Instant::now() + WAIT;
    loop {
        match file.try_lock() {
            Ok(()) if is_at(&file, &path) => return Ok(file),
            // The previous holder has replaced the file, so the new one must be locked.
            Ok(()) => file = open()?,
            Err(TryLockError::Error(e)) => return Err(Failure::write(&path, e)),
            Err(TryLockError::WouldBlock) if Instant::now() < until => std::thread::sleep(Duration::from_millis(50)),
            Err(TryLockError::WouldBlock) => {
                let holder = holder(&file).unwrap_or_else(|| "another program".to_owned());
                let seconds = WAIT.as_secs();
                return Err(Failure::TryAgain(format!(
                    "{} has been locked by {holder} for {seconds} seconds; nothing was written: try again when it is done",
                    path.display()
                )));
            }
        }
    }
}

/// Returns whether the open file is still the one at that path.
#[cfg(unix)]
fn is_at(file: &File, path: &Path) -> bool {
    use std::os::unix::fs::MetadataExt as _;
    let id = |it: std::fs::Metadata| (it.dev(), it.ino());
    file.metadata().map(id).ok() == std::fs::metadata(path).map(id).ok()
}

/// On this system, an open file cannot be replaced.
#[cfg(not(unix))]
fn is_at(_file: &File, _path: &Path) -> bool {
    true
}

/// Longest time to wait for another process that writes to the files of the same team.
const WAIT: Duration = Duration::from_secs(10);

/// Returns who holds the lock, if the system reports it: `headsup (process 4711)`.
#[cfg(target_os = "linux")]
fn holder(file: &File) -> Option<String> {
    use std::os::unix::fs::MetadataExt as _;
    let inode = format!(":{}", file.metadata().ok()?.ino());
    let locks = std::fs::read_to_string("/proc/locks").ok()?;
    // "1: FLOCK  ADVISORY  WRITE 4711 08:01:131 0 EOF"
    let holds = |line: &&str| line.contains("FLOCK") && line.split_whitespace().any(|word| word.ends_with(&inode));
    let process = locks.lines().find(holds)?.split_whitespace().nth(4)?;
    let name = std::fs::read_to_string(format!("/proc/{process}/comm")).ok()?;
    Some(format!("{} (process {process})", name.trim()))
}

#[cfg(not(target_os = "linux"))]
fn holder(_file: &File) -> Option<String> {
    None
}
