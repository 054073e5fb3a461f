//! Reads whole files of a limited size: everything that people and programs wrote besides tables ([`crate::table`]
//! reads those, of any size). Refuses pipes and devices, which may never end, and files that are too large for their
//! kind.

use std::io::Read as _;
use std::path::Path;

use crate::problem::{Failure, Place, Problem};

/// Largest size in bytes of a file written by hand: a config or a preset.
pub(crate) const MAX_HANDWRITTEN_BYTES: u64 = 1 << 20;
/// Largest size in bytes of a calendar with its attachments, from a file or from a server.
pub(crate) const MAX_CALENDAR_BYTES: u64 = 64 << 20;

/// Returns a path as messages name it.
pub(crate) fn shown(path: &Path) -> String {
    path.strip_prefix(".").unwrap_or(path).display().to_string()
}

/// Reads the file at `path`, at most `max` bytes; `shown` is its name in messages. Fails if it is not a file or is
/// larger.
pub(crate) fn read_whole(path: &Path, shown: &str, max: u64) -> Result<Vec<u8>, Failure> {
    let wrong = |code, message: String, help: &str| -> Result<Vec<u8>, Failure> {
        Err(Problem::error(code, message).at(Place::file(shown)).help(help.to_owned()).into())
    };
    let kind = std::fs::metadata(path).map_err(|e| Failure::read(path, e))?;
    if !kind.is_file() {
        let what = if kind.is_dir() { "a folder" } else { "a pipe or a device" };
        return wrong("no-file", format!("this is {what}"), "save it as a file, and name that");
    }
    let mut bytes = Vec::new();
    let read = std::fs::File::open(path).and_then(|file| file.take(max.saturating_add(1)).read_to_end(&mut bytes));
    read.map_err(|e| Failure::read(path, e))?;
    if bytes.len() as u64 > max {
        let message = format!("this file has {} bytes; {max} are the most", kind.len());
        return wrong("too-large", message, "is this the file that was meant?");
    }
    Ok(bytes)
}

/// Whether `path` lies outside of `dir` once its symbolic links are followed. False if either does not exist.
pub(crate) fn is_outside(dir: &Path, path: &Path) -> bool {
    match (dir.canonicalize(), path.canonicalize()) {
        (Ok(dir), Ok(path)) => !path.starts_with(dir),
        _ => false,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn code(read: Result<Vec<u8>, Failure>) -> String {
        match read {
            Err(Failure::Input(problems)) => problems.0.iter().map(|problem| problem.code.to_string()).collect(),
            other => format!("{other:?}"),
        }
    }

    #[test]
    fn a_file_over_its_size_is_refused() {
        let dir = tempfile::tempdir().unwrap();
        let path = dir.path().join("a.ics");
        std::fs::write(&path, "12345").unwrap();
        assert_eq!(read_whole(&path, "a.ics", 5).unwrap(), b"12345");
        assert_eq!(code(read_whole(&path, "a.ics", 4)), "too-large");
        assert_eq!(code(read_whole(dir.path(), "folder", 9)), "no-file");
        assert!(matches!(read_whole(&dir.path().join("b"), "b", 9), Err(Failure::Io { .. })));
    }

    #[test]
    #[cfg(unix)]
    fn a_device_that_never_ends_is_refused() {
        assert_eq!(code(read_whole(Path::new("/dev/zero"), "/dev/zero", 9)), "no-file");
    }
}
