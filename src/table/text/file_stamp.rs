//! Detects changes of a file between passes: a table is read several times, first to infer how it is read, and then to
//! read it. [`crate::table::infer`] takes the stamp, and every pass verifies it at its end.

use std::path::Path;
use std::time::SystemTime;

use crate::problem::{Failure, Place, Problem};

/// Properties of a file that change when it is written to.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct FileStamp {
    length: u64,
    modified: Option<SystemTime>,
}

impl FileStamp {
    /// Takes the stamp of the file as it is now. Pipes and devices are refused: they cannot be read twice and may never
    /// end.
    pub(crate) fn of(path: &Path, shown: &str) -> Result<Self, Failure> {
        let file = std::fs::metadata(path).map_err(|e| Failure::read(path, e))?;
        if !file.is_file() {
            let what =
                if file.is_dir() { "a folder" } else { "a pipe or a device, and a table is read more than once" };
            return Err(Problem::error("no-file", format!("this is {what}"))
                .at(Place::file(shown))
                .help("save the export as a file, and name that")
                .into());
        }
        Ok(Self { length: file.len(), modified: file.modified().ok() })
    }

    /// Returns the length in bytes.
    pub(crate) fn length(&self) -> u64 {
        self.length
    }

    /// Checks that the file has not changed.
    pub(crate) fn verify_unchanged(&self, path: &Path, shown: &str) -> Result<(), Failure> {
        if Self::of(path, shown)? == *self {
            return Ok(());
        }
        Err(Failure::TryAgain(format!("{shown} changed while it was read: try again when its export is finished")))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_file_that_was_written_to_has_another_stamp() {
        let file = tempfile::NamedTempFile::new().unwrap();
        std::fs::write(file.path(), "a,b\n").unwrap();
        let stamp = FileStamp::of(file.path(), "data/a.csv").unwrap();
        assert!(stamp.verify_unchanged(file.path(), "data/a.csv").is_ok());
        std::fs::write(file.path(), "a,b\n1,2\n").unwrap();
        let failure = stamp.verify_unchanged(file.path(), "data/a.csv").unwrap_err();
        assert_eq!(failure.exit_code(), 75);
        assert!(failure.to_string().starts_with("data/a.csv changed"), "{failure}");
    }
}
