//! Where cells and lines may end: the delimiters and line ends of a text, of which many bytes are looked at together.
//! Where nothing is quoted every one of them ends a cell. [`super::split`] takes text apart by it.

use wide::u8x16;

/// Bytes that are looked at together: the bits of a word.
const TOGETHER: usize = 64;

/// The offsets of delimiters, LF and CR.
pub(crate) struct SeparatorScanner<'t> {
    text: &'t [u8],
    signs: [u8x16; 3],
    /// How far the text was looked at.
    seen: usize,
    /// A bit for each of the last bytes that were looked at; the lowest stands for the first. Set where a cell ends.
    found: u64,
}

impl<'t> SeparatorScanner<'t> {
    pub(crate) fn of(text: &'t [u8], delimiter: u8) -> Self {
        Self { text, signs: [delimiter, b'\n', b'\r'].map(u8x16::splat), seen: 0, found: 0 }
    }

    /// The text from this byte on.
    pub(crate) fn text_from(&self, at: usize) -> &'t [u8] {
        self.text.get(at..).unwrap_or_default()
    }

    /// The next one that does not stand before this byte.
    #[inline]
    pub(crate) fn next_from(&mut self, at: usize) -> Option<usize> {
        if at < self.seen {
            self.found &= u64::MAX << at.saturating_sub(self.seen - TOGETHER);
        } else {
            (self.seen, self.found) = (at, 0);
        }
        self.next()
    }

    fn look(&self, bytes: &[u8; TOGETHER]) -> u64 {
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
            self.found = match rest.first_chunk::<TOGETHER>() {
                Some(bytes) => self.look(bytes),
                None => {
                    let mut bytes = [0; TOGETHER];
                    bytes.iter_mut().zip(rest).for_each(|(byte, own)| *byte = *own);
                    // What stands after the text is no part of it, whatever the delimiter.
                    self.look(&bytes) & ((1 << rest.len()) - 1)
                }
            };
            self.seen += TOGETHER;
        }
        let first = self.found.trailing_zeros() as usize;
        self.found &= self.found - 1;
        Some(self.seen - TOGETHER + first)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn all_are_found_in_texts_of_any_length() {
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
