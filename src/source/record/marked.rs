//! Rows that know whether they are confidential.

/// A row that knows whether it is confidential. Every table's rows do: [`super::read`] marks them by the file that they come
/// from and by their own mark, so that no reader of a table can forget to.
pub trait Marked {
    /// Marks it as confidential. Nothing takes a mark away.
    fn mark(&mut self);

    /// Its row cannot be read whole. Whether it is kept all the same, for its mark: then it says nothing else.
    /// `is_skipped`: it is counted as skipped, and not as read.
    fn fail(&mut self, is_skipped: bool) -> bool {
        let _ = is_skipped;
        false
    }
}

/// The physical lines of one row.
#[derive(Debug, Clone, Copy, Default)]
pub struct Lines {
    pub first: u64,
    pub last: u64,
}

impl Marked for () {
    fn mark(&mut self) {}
}

impl<A, T: Marked> Marked for (A, T) {
    fn mark(&mut self) {
        self.1.mark();
    }
}

impl<A, B, T: Marked> Marked for (A, B, T) {
    fn mark(&mut self) {
        self.2.mark();
    }
}
