//! A file of a new team folder.

use crate::output::Mode;

/// A file to write, with its path relative to the team folder.
pub(crate) struct NewFile {
    pub path: String,
    pub bytes: Vec<u8>,
    pub mode: Mode,
}

impl NewFile {
    pub(crate) fn new(path: impl Into<String>, text: impl Into<Vec<u8>>) -> Self {
        Self { path: path.into(), bytes: text.into(), mode: Mode::Normal }
    }

    pub(crate) fn private(path: impl Into<String>, text: impl Into<Vec<u8>>) -> Self {
        Self { mode: Mode::Private, ..Self::new(path, text) }
    }
}

/// Formats a text as a TOML string.
pub(crate) fn quoted(text: &str) -> String {
    toml::Value::String(text.to_owned()).to_string()
}
