//! Two writers of one team's logs wait for each other: a lock on its headsup.toml, which is there in every team folder and
//! is never replaced. [`super::add`] and [`super::amend`] hold it.

use std::fs::{File, TryLockError};
use std::time::{Duration, Instant};

use crate::config::Config;
use crate::problem::Failure;

/// Held by whoever writes: it is there in every team folder, and headsup never replaces it.
pub const CONFIG: &str = "headsup.toml";

/// Until it is dropped, no other headsup writes to a log of this team.
pub fn lock(config: &Config) -> Result<File, Failure> {
    let path = config.dir.join(CONFIG);
    let file = File::open(&path).map_err(|e| Failure::read(&path, e))?;
    let until = Instant::now() + WAIT;
    loop {
        match file.try_lock() {
            Ok(()) => return Ok(file),
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

/// How long one headsup waits for another that writes to the logs of the same team.
const WAIT: Duration = Duration::from_secs(10);

/// Who holds the lock, where the system says so: `headsup (process 4711)`.
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
