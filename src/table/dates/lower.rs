//! A word of a date in lower case. [`super::read`] makes one of every word of every cell that may be a date.

/// A word in lower case: those of ASCII, which most are, without room of their own.
pub enum Lower {
    Short([u8; Lower::ROOM], usize),
    Long(String),
}

impl Lower {
    const ROOM: usize = 16;

    pub fn of(word: &str) -> Self {
        let mut room = [0; Self::ROOM];
        match room.get_mut(..word.len()).filter(|_| word.is_ascii()) {
            Some(letters) => {
                letters.copy_from_slice(word.as_bytes());
                letters.make_ascii_lowercase();
                Self::Short(room, word.len())
            }
            None => Self::Long(word.to_lowercase()),
        }
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
