//! A team with its brief, and how the page refers to it.

use crate::chart::Tone;
use crate::deliver::batch::{Card, TeamResult};

#[derive(Clone, Copy)]
pub(crate) struct Made<'a> {
    pub team: &'a TeamResult,
    pub card: &'a Card,
}

/// Returns a unique anchor that consists of letters and digits only.
pub(crate) fn anchor(team: &TeamResult) -> String {
    format!("t{}", &crate::deliver::ident(&[team.path.as_bytes()])[..10])
}

/// Encodes a path of folders and a file as part of an address.
pub(crate) fn url_path(path: &str) -> String {
    let mut out = String::with_capacity(path.len());
    for byte in path.bytes() {
        match byte {
            b'a'..=b'z' | b'A'..=b'Z' | b'0'..=b'9' | b'-' | b'_' | b'.' | b'~' | b'/' => out.push(byte as char),
            _ => out.push_str(&format!("%{byte:02X}")),
        }
    }
    out
}

/// Returns the emphasis of a text.
pub(crate) fn tone(is_warning: bool) -> Tone {
    if is_warning { Tone::Warning } else { Tone::Plain }
}
