//! Functions for the beginning of a text. Cells are parsed from left to right, and nearly all of them are ASCII, where
//! each byte is a character.

/// Returns the length in bytes of the longest beginning of a text that consists of characters for which `is_such`
/// holds.
#[inline]
pub(crate) fn leading(text: &str, is_such: impl Fn(char) -> bool) -> usize {
    match text.bytes().position(|b| !b.is_ascii() || !is_such(char::from(b))) {
        Some(at) if !text.as_bytes()[at].is_ascii() => text.find(|c| !is_such(c)).unwrap_or(text.len()),
        Some(at) => at,
        None => text.len(),
    }
}

/// Returns the greatest length of the lower-case words by their first byte in either case, starting from `longest`.
/// With this table, most cells are quickly distinguished from the few words that mean something.
pub(crate) const fn longest_by_first(words: &[&str], mut longest: [usize; 256]) -> [usize; 256] {
    let mut i = 0;
    while i < words.len() {
        let (first, length) = (words[i].as_bytes()[0], words[i].len());
        if longest[first as usize] < length {
            longest[first as usize] = length;
            longest[first.to_ascii_uppercase() as usize] = length;
        }
        i += 1;
    }
    longest
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn letters_outside_of_ascii_are_told_whole() {
        let letters = |text| leading(text, char::is_alphabetic);
        assert_eq!((letters("Mai 3"), letters("März 3"), letters("июл/26"), letters("")), (3, 5, 6, 0));
        assert_eq!((letters("é"), letters("1é"), letters("a–b")), (2, 0, 1));
    }
}
