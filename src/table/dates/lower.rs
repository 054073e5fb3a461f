//! A text in lower case. One is made of every cell that may be a date or a duration.

/// A text in lower case: one of ASCII, which most are, of up to so many bytes without room of its own.
pub enum Lower<const ROOM: usize> {
    Short([u8; ROOM], usize),
    Long(String),
}

impl<const ROOM: usize> Lower<ROOM> {
    pub fn of(text: &str) -> Self {
        if text.len() > ROOM || !text.is_ascii() {
            return Self::Long(text.to_lowercase());
        }
        let mut letters = [0; ROOM];
        letters.iter_mut().zip(text.bytes()).for_each(|(letter, own)| *letter = own.to_ascii_lowercase());
        Self::Short(letters, text.len())
    }
}

impl<const ROOM: usize> std::ops::Deref for Lower<ROOM> {
    type Target = str;

    fn deref(&self) -> &str {
        match self {
            // ASCII, so that it is text.
            Self::Short(letters, len) => std::str::from_utf8(&letters[..*len]).unwrap_or_default(),
            Self::Long(word) => word,
        }
    }
}
