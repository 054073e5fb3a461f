//! The progress of reading large files, for a progress bar. It does not influence what is read.
//!
//! As with the `log` crate, the program registers a listener once, before anything is read; the library does not depend
//! on it.

use std::sync::OnceLock;

/// Smallest file whose progress is reported, in bytes: smaller ones are read too fast.
const MIN_REPORTED_BYTES: u64 = 16 << 20;

/// A pass over a file that is in progress.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Pass<'a> {
    /// Name of the file for people.
    pub file: &'a str,
    /// Size of the file, and how much of it has been read, in bytes.
    pub bytes: u64,
    pub read: u64,
    /// Whether the pass has ended, successfully or not.
    pub ended: bool,
}

/// Is called for each percent of each pass.
pub type Listener = fn(Pass<'_>);

static LISTENER: OnceLock<Listener> = OnceLock::new();

/// Registers the listener until the program ends. Only the first call has an effect.
pub fn listen(listener: Listener) {
    let _ = LISTENER.set(listener);
}

/// Reports the progress of one pass.
pub struct ReadProgress {
    listener: Option<Listener>,
    file: String,
    bytes: u64,
    read: u64,
    /// Number of bytes at which the next percent begins.
    next: u64,
}

impl ReadProgress {
    /// Creates the progress of a pass over a file of `bytes` bytes.
    pub fn of(file: &str, bytes: u64) -> Self {
        Self::told_to(LISTENER.get().copied(), file, bytes)
    }

    fn told_to(listener: Option<Listener>, file: &str, bytes: u64) -> Self {
        let listener = listener.filter(|_| bytes >= MIN_REPORTED_BYTES);
        Self { listener, file: file.to_owned(), bytes, read: 0, next: 0 }
    }

    /// Records that more bytes have been read.
    pub fn advance(&mut self, bytes: u64) {
        self.read += bytes;
        if self.read >= self.next {
            self.next = self.read + self.bytes / 100;
            self.tell(false);
        }
    }

    fn tell(&self, ended: bool) {
        if let Some(listener) = self.listener {
            listener(Pass { file: &self.file, bytes: self.bytes, read: self.read.min(self.bytes), ended });
        }
    }
}

impl Drop for ReadProgress {
    fn drop(&mut self) {
        self.tell(true);
    }
}

#[cfg(test)]
mod tests {
    use std::sync::Mutex;

    use super::*;

    static REPORTED: Mutex<Vec<(u64, bool)>> = Mutex::new(Vec::new());

    fn listener(pass: Pass<'_>) {
        REPORTED.lock().unwrap().push((100 * pass.read / pass.bytes, pass.ended));
    }

    #[test]
    fn each_percent_of_a_large_file_and_the_end_are_reported() {
        drop(ReadProgress::told_to(Some(listener), "small.csv", MIN_REPORTED_BYTES - 1));
        let mut progress = ReadProgress::told_to(Some(listener), "large.csv", MIN_REPORTED_BYTES);
        (0..MIN_REPORTED_BYTES / 4096).for_each(|_| progress.advance(4096));
        drop(progress);
        let told = std::mem::take(&mut *REPORTED.lock().unwrap());
        assert!((100..=102).contains(&told.len()), "{told:?}");
        assert_eq!((told.first(), told.last()), (Some(&(0, false)), Some(&(100, true))));
        assert!(told.is_sorted() && told.iter().filter(|(_, ended)| *ended).count() == 1);
    }
}
