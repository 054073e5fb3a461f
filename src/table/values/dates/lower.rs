//! Text in lower case, which is needed for every cell that may be a date or a duration.

/// A text in lower case. ASCII text of up to `ROOM` bytes, which most cells are, needs no allocation.
pub(crate) enum Lower<const ROOM: usize> {
    Short([u8; ROOM], usize),
    Long(String),
}

impl<const ROOM: usize> Lower<ROOM> {
    pub(crate) fn of(text: &str) -> Self {
        let mut room = [0; ROOM];
        match room.get_mut(..text.len()).filter(|_| text.is_ascii()) {
            Some(letters) => {
                letters.copy_from_slice(text.as_bytes());
                letters.make_ascii_lowercase();
                Self::Short(room, text.len())
            }
            None => Self::Long(text.to_lowercase()),
        }
    }
}

impl<const ROOM: usize> std::ops::Deref for Lower<ROOM> {
    type Target = str;

    fn deref(&self) -> &str {
        match self {
            // The bytes are ASCII and therefore valid text.
            Self::Short(letters, len) => std::str::from_utf8(&letters[..*len]).unwrap_or_default(),
            Self::Long(word) => word,
        }
    }
}
