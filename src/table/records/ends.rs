//! Where cells and lines end in a text without quotes: every delimiter and every line end is one there, so that many
//! bytes are looked at together. [`super::Records`] takes such text apart by it.

use wide::u8x16;

/// Bytes that are looked at together: the bits of a word.
const TOGETHER: usize = 64;

/// The offsets of delimiters, LF and CR.
pub struct Ends<'t> {
    text: &'t [u8],
    signs: [u8x16; 3],
    /// How far the text was looked at.
    seen: usize,
    /// A bit for each of the last bytes that were looked at; the lowest stands for the first. Set where a cell ends.
    found: u64,
}

impl<'t> Ends<'t> {
    pub fn of(text: &'t [u8], delimiter: u8) -> Self {
        Self { text, signs: [delimiter, b'\n', b'\r'].map(u8x16::splat), seen: 0, found: 0 }
    }

    fn look(&self, bytes: &[u8; TOGETHER]) -> u64 {
        let (parts, _) = bytes.as_chunks::<16>();
        parts.iter().rev().fold(0, |found, part| {
            let part = u8x16::new(*part);
            let [a, b, c] = self.signs.map(|sign| part.simd_eq(sign));
            found << 16 | u64::from((a | b | c).to_bitmask())
        })
    }
}

impl Iterator for Ends<'_> {
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
                assert_eq!(Ends::of(&text, delimiter).collect::<Vec<_>>(), by_hand);
            }
        }
    }
}
