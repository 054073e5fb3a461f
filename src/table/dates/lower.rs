//! A word in lower case. One is made of every word of every cell that may be a date or a duration.

/// A word in lower case: those of ASCII, which most are, without room of their own.
pub enum Lower {
    Short([u8; Lower::ROOM], usize),
    Long(String),
}

impl Lower {
    const ROOM: usize = 16;

    pub fn of(word: &str) -> Self {
        if word.len() > Self::ROOM || !word.is_ascii() {
            return Self::Long(word.to_lowercase());
        }
        let mut letters = [0; Self::ROOM];
        letters.iter_mut().zip(word.bytes()).for_each(|(letter, own)| *letter = own.to_ascii_lowercase());
        Self::Short(letters, word.len())
    }
}

impl std::ops::Deref for Lower {
    type Target = str;

    fn deref(&self) -> &str {
        match self {
            // ASCII, so that it is text.
            Self::Short(letters, len) => std::str::from_utf8(&letters[..*len]).unwrap_or_default(),
            Self::Long(word) => word,
        }
    }
}
