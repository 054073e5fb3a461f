//! Line endings.

/// Returns whether a byte ends a line.
pub(crate) fn is_line_end(byte: u8) -> bool {
    matches!(byte, b'\n' | b'\r')
}

/// Counts line endings: LF, CR and CRLF each end one line.
pub(crate) fn line_breaks(bytes: &[u8]) -> u64 {
    let crs = memchr::memchr_iter(b'\r', bytes).filter(|i| bytes.get(i + 1) != Some(&b'\n')).count();
    (memchr::memchr_iter(b'\n', bytes).count() + crs) as u64
}
