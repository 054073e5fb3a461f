//! Files that are read whole: what people and programs wrote besides the tables ([`crate::table`] reads those, of any
//! size). Whatever is no file is refused, since a pipe or a device need never end, and so is what is too large for its kind.

use std::io::Read as _;
use std::path::Path;

use crate::problem::{Failure, Place, Problem};

/// In bytes: what is written by hand, a config or a preset, has no reason to be larger.
pub(crate) const BY_HAND: u64 = 1 << 20;
/// A calendar with what is attached to its entries, from a file or from a server.
pub(crate) const CALENDAR: u64 = 64 << 20;

/// A path as messages name it.
pub(crate) fn shown(path: &Path) -> String {
    path.strip_prefix(".").unwrap_or(path).display().to_string()
}

/// The bytes of the file at `path`, at most `most` of them; `shown` is its name for people.
pub(crate) fn whole(path: &Path, shown: &str, most: u64) -> Result<Vec<u8>, Failure> {
    let wrong = |code, message: String, help: &str| -> Result<Vec<u8>, Failure> {
        Err(Problem::error(code, message).at(Place::file(shown)).help(help.to_owned()).into())
    };
    let kind = std::fs::metadata(path).map_err(|e| Failure::read(path, e))?;
    if !kind.is_file() {
        let what = if kind.is_dir() { "a folder" } else { "a pipe or a device" };
        return wrong("no-file", format!("this is {what}"), "save it as a file, and name that");
    }
    let mut bytes = Vec::new();
    let read = std::fs::File::open(path).and_then(|file| file.take(most.saturating_add(1)).read_to_end(&mut bytes));
    read.map_err(|e| Failure::read(path, e))?;
    if bytes.len() as u64 > most {
        let message = format!("this file has {} bytes; {most} are the most", kind.len());
        return wrong("too-large", message, "is this the file that was meant?");
    }
    Ok(bytes)
}

/// Whether `path`, its symbolic links followed, lies outside of `dir`. A file that is not there leaves nothing.
pub(crate) fn leaves(dir: &Path, path: &Path) -> bool {
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
    fn only_a_file_of_its_size_is_read() {
        let dir = tempfile::tempdir().unwrap();
        let path = dir.path().join("a.ics");
        std::fs::write(&path, "12345").unwrap();
        assert_eq!(whole(&path, "a.ics", 5).unwrap(), b"12345");
        assert_eq!(code(whole(&path, "a.ics", 4)), "too-large");
        assert_eq!(code(whole(dir.path(), "folder", 9)), "no-file");
        assert!(matches!(whole(&dir.path().join("b"), "b", 9), Err(Failure::Io { .. })));
    }

    #[test]
    #[cfg(unix)]
    fn a_device_that_never_ends_is_refused() {
        assert_eq!(code(whole(Path::new("/dev/zero"), "/dev/zero", 9)), "no-file");
    }
}
