//! Finds delimiters and line endings in a text, examining many bytes at once. If nothing is quoted, each of them ends a
//! cell; if a text [`is_well_quoted`], each of them outside quotes does. [`super::split`] uses it.

use wide::u8x16;

/// Bytes that are examined at once: the bits of a word.
const WORD_BITS: usize = 64;

/// An iterator over the offsets of delimiters, LF and CR.
pub(crate) struct SeparatorScanner<'t> {
    text: &'t [u8],
    signs: [u8x16; 3],
    /// The quote character, if separators inside quotes are skipped.
    quote: Option<u8x16>,
    /// All bits set if the next byte is inside quotes, else zero.
    inside: u64,
    /// Number of bytes of the text that have been examined.
    seen: usize,
    /// One bit for each of the bytes examined last, the lowest bit for the first byte. It is set where a cell ends.
    found: u64,
}

impl<'t> SeparatorScanner<'t> {
    pub(crate) fn of(text: &'t [u8], delimiter: u8) -> Self {
        let signs = [delimiter, b'\n', b'\r'].map(u8x16::splat);
        Self { text, signs, quote: None, inside: 0, seen: 0, found: 0 }
    }

    /// Finds only separators outside quotes. The text must be one that [`is_well_quoted`].
    pub(crate) fn outside(self, quote: u8) -> Self {
        Self { quote: Some(u8x16::splat(quote)), ..self }
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

    #[inline]
    fn look(&mut self, bytes: &[u8; WORD_BITS]) -> u64 {
        let ends = bits(bytes, self.signs);
        let Some(quote) = self.quote else { return ends };
        let inside = within(bits(bytes, [quote]), &mut self.inside);
        ends & !inside
    }
}

/// Returns one bit for each byte, set if it is one of the signs.
#[inline]
fn bits<const N: usize>(bytes: &[u8; WORD_BITS], signs: [u8x16; N]) -> u64 {
    let (parts, _) = bytes.as_chunks::<16>();
    parts.iter().rev().fold(0, |found, part| {
        let part = u8x16::new(*part);
        let is_one = signs.into_iter().map(|sign| part.simd_eq(sign)).reduce(|a, b| a | b);
        found << 16 | is_one.map_or(0, |is_one| u64::from(is_one.to_bitmask()))
    })
}

/// Returns one bit for each byte, set from an opening quote up to its closing quote (exclusive), where the number of
/// quotes so far is odd. `inside` carries this from word to word, as all bits set or zero.
#[inline]
fn within(quotes: u64, inside: &mut u64) -> u64 {
    let odd = [1, 2, 4, 8, 16, 32].into_iter().fold(quotes, |odd, step| odd ^ odd << step) ^ *inside;
    *inside = if odd >> (WORD_BITS - 1) == 1 { u64::MAX } else { 0 };
    odd
}

/// Returns whether all quotes of a text are such as most programs write: each directly at the beginning or at the end
/// of a cell, none doubled, and no line ending inside. The cells of such a text need no further examination.
pub(crate) fn is_well_quoted(text: &[u8], delimiter: u8, quote: u8) -> bool {
    let (ends, breaks) = ([delimiter, b'\n', b'\r'].map(u8x16::splat), [b'\n', b'\r'].map(u8x16::splat));
    let quote = [u8x16::splat(quote)];
    // Whether the previous byte ends a cell, as the beginning of the text does, and whether it is a closing quote.
    let (mut inside, mut ended, mut closed) = (0, 1, 0);
    let mut is_well = |bytes: &[u8; WORD_BITS]| {
        let (quotes, ends) = (bits(bytes, quote), bits(bytes, ends));
        let inside = within(quotes, &mut inside);
        let closing = quotes & !inside;
        let wrong = (quotes & inside & !(ends << 1 | ended))
            | ((closing << 1 | closed) & !ends)
            | (bits(bytes, breaks) & inside);
        (ended, closed) = (ends >> (WORD_BITS - 1), closing >> (WORD_BITS - 1));
        wrong == 0
    };
    let (parts, rest) = text.as_chunks::<WORD_BITS>();
    // A line ending after the text ends its last cell, and must not be inside quotes.
    let mut last = [b'\n'; WORD_BITS];
    last.iter_mut().zip(rest).for_each(|(byte, own)| *byte = *own);
    parts.iter().all(&mut is_well) && is_well(&last)
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
    fn only_quotes_around_whole_cells_are_well_placed() {
        for (text, is_well) in [
            ("", true),
            ("a;b\n", true),
            ("\"a\";\"b;c\";\"\"\n\"d\"", true),
            ("\"a\";24\" wide", false),
            ("\"a\"b;c", false),
            ("\"a \"\"b\"\"\";c", false),
            ("\"a\nb\";c", false),
            ("a; \"b\"", false),
            ("\"a\" ;b", false),
            ("\"a", false),
        ] {
            // At any position within a word.
            for before in 0..70 {
                let text = format!("{}\n{text}", "x".repeat(before));
                assert_eq!(is_well_quoted(text.as_bytes(), b';', b'"'), is_well, "{text:?}");
                let after = format!("{text}\n{}", "y".repeat(before));
                assert_eq!(is_well_quoted(after.as_bytes(), b';', b'"'), is_well, "{after:?}");
            }
        }
    }

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
