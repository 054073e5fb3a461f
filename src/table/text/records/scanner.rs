//! Finds delimiters and line endings in a text, examining many bytes at once. If nothing is quoted, each of them ends a
//! cell. [`super::split`] uses it.

use wide::u8x16;

/// Bytes that are examined at once: the bits of a word.
const WORD_BITS: usize = 64;

/// An iterator over the offsets of delimiters, LF and CR.
pub(crate) struct SeparatorScanner<'t> {
    text: &'t [u8],
    signs: [u8x16; 3],
    /// Number of bytes of the text that have been examined.
    seen: usize,
    /// One bit for each of the bytes examined last, the lowest bit for the first byte. It is set where a cell ends.
    found: u64,
}

impl<'t> SeparatorScanner<'t> {
    pub(crate) fn of(text: &'t [u8], delimiter: u8) -> Self {
        Self { text, signs: [delimiter, b'\n', b'\r'].map(u8x16::splat), seen: 0, found: 0 }
    }

    /// Returns the text from this byte on.
    pub(crate) fn text_from(&self, at: usize) -> &'t [u8] {
        self.text.get(at..).unwrap_or_default()
    }

    /// Returns the next separator at or after this byte.
    #[inline]
    pub(crate) fn next_from(&mut self, at: usize) -> Option<usize> {
        if at < self.seen {
            self.found &= u64::MAX << at.saturating_sub(self.seen - WORD_BITS);
        } else {
            (self.seen, self.found) = (at, 0);
        }
        self.next()
    }

    fn look(&self, bytes: &[u8; WORD_BITS]) -> u64 {
        let [a, b, c] = self.signs;
        let (parts, _) = bytes.as_chunks::<16>();
        parts.iter().rev().fold(0, |found, part| {
            let part = u8x16::new(*part);
            found << 16 | u64::from((part.simd_eq(a) | part.simd_eq(b) | part.simd_eq(c)).to_bitmask())
        })
    }
}

impl Iterator for SeparatorScanner<'_> {
    type Item = usize;

    #[inline]
    fn next(&mut self) -> Option<usize> {
        while self.found == 0 {
            let rest = self.text.get(self.seen..).filter(|rest| !rest.is_empty())?;
            self.found = match rest.first_chunk::<WORD_BITS>() {
                Some(bytes) => self.look(bytes),
                None => {
                    let mut bytes = [0; WORD_BITS];
                    bytes.iter_mut().zip(rest).for_each(|(byte, own)| *byte = *own);
                    // Bits beyond the end of the text are cleared, whatever the delimiter.
                    self.look(&bytes) & ((1 << rest.len()) - 1)
                }
            };
            self.seen += WORD_BITS;
        }
        let first = self.found.trailing_zeros() as usize;
        self.found &= self.found - 1;
        Some(self.seen - WORD_BITS + first)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn all_separators_are_found_in_texts_of_any_length() {
        for length in 0..200 {
            let text: Vec<u8> = (0..length).map(|i| b"a,\n\r\0;"[i * 7 % 11 % 6]).collect();
            for delimiter in [b',', b';', b'\0'] {
                let by_hand: Vec<usize> =
                    (0..length).filter(|i| [delimiter, b'\n', b'\r'].contains(&text[*i])).collect();
                assert_eq!(SeparatorScanner::of(&text, delimiter).collect::<Vec<_>>(), by_hand);
                for step in [1, 3, 50, 64, 65, 130] {
                    let (mut ends, mut at) = (SeparatorScanner::of(&text, delimiter), step % 5);
                    while let Some(end) = by_hand.iter().find(|end| **end >= at) {
                        assert_eq!(ends.next_from(at), Some(*end));
                        at = *end + step;
                    }
                    assert_eq!(ends.next_from(at), None);
                }
            }
        }
    }
}
