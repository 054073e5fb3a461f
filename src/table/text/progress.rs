//! How far the reading of a large file is, for whoever shows it. Nothing that is read depends on it.
//!
//! As with the `log` crate, the program says once, before anything is read, who listens; the library does not know who.

use std::sync::OnceLock;

/// A smaller file is read before anybody looks.
const LARGE: u64 = 16 << 20;

/// One pass over a file, under way.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Pass<'a> {
    /// The file's name for people.
    pub file: &'a str,
    /// Bytes of the file, and how many of them are read.
    pub bytes: u64,
    pub read: u64,
    /// The pass has ended, well or not.
    pub ended: bool,
}

/// Hears of each percent of each pass.
pub type Listener = fn(Pass<'_>);

static LISTENER: OnceLock<Listener> = OnceLock::new();

/// Says who listens, from here to the end of the program. Only the first one does.
pub fn listen(listener: Listener) {
    let _ = LISTENER.set(listener);
}

/// Tells of one pass.
pub struct ReadProgress {
    listener: Option<Listener>,
    file: String,
    bytes: u64,
    read: u64,
    /// The next percent begins here.
    next: u64,
}

impl ReadProgress {
    /// Of a pass over a file of so many bytes, to who listens.
    pub fn of(file: &str, bytes: u64) -> Self {
        Self::told_to(LISTENER.get().copied(), file, bytes)
    }

    fn told_to(listener: Option<Listener>, file: &str, bytes: u64) -> Self {
        let listener = listener.filter(|_| bytes >= LARGE);
        Self { listener, file: file.to_owned(), bytes, read: 0, next: 0 }
    }

    /// So many bytes more are read.
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

    static TOLD: Mutex<Vec<(u64, bool)>> = Mutex::new(Vec::new());

    fn listener(pass: Pass<'_>) {
        TOLD.lock().unwrap().push((100 * pass.read / pass.bytes, pass.ended));
    }

    #[test]
    fn each_percent_of_a_large_file_is_told_and_the_end() {
        drop(ReadProgress::told_to(Some(listener), "small.csv", LARGE - 1));
        let mut progress = ReadProgress::told_to(Some(listener), "large.csv", LARGE);
        (0..LARGE / 4096).for_each(|_| progress.advance(4096));
        drop(progress);
        let told = std::mem::take(&mut *TOLD.lock().unwrap());
        assert!((100..=102).contains(&told.len()), "{told:?}");
        assert_eq!((told.first(), told.last()), (Some(&(0, false)), Some(&(100, true))));
        assert!(told.is_sorted() && told.iter().filter(|(_, ended)| *ended).count() == 1);
    }
}
