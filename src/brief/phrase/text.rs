//! How a user's own text is set into a sentence.

use super::Context;
use crate::redact::Audience;
use crate::team::ObjectiveId;

/// The longest name of an objective or a milestone that is used as it stands in the middle of a line, in characters.
pub(in crate::brief) const LONG_NAME: usize = 40;

/// The longest text of a user's inside a headline, in characters.
pub(in crate::brief) const LONG_TEXT: usize = 110;

impl Context<'_> {
    /// `Batch to stream is at risk: the vendor is late`; what has a colon of its own follows after a semicolon.
    pub(crate) fn and_reason(&self, text: &str, reason: &str) -> String {
        match reason.contains(self.words.colon()) || reason.contains(": ") {
            true => format!("{text}{}{reason}", self.words.semicolon()),
            false => self.say("common.and_reason", &[("text", text), ("reason", reason)]),
        }
    }

    /// That no reason is given. Nothing in a copy that may be forwarded: it leaves reasons out that give an ask away, and
    /// to say so of the others alone would tell which those are.
    pub(in crate::brief) fn no_reason(&self) -> Option<String> {
        (self.audience != Audience::Shared).then(|| self.say("common.no_reason", &[]))
    }
}

/// An objective's name for the middle of a sentence: as it is; where it is a whole sentence, its id if that is a
/// word rather than a code, else its first words.
pub(in crate::brief) fn name_of(name: &str, id: &ObjectiveId) -> String {
    let name = flat(name);
    if name.chars().count() <= LONG_NAME {
        return name;
    }
    let id = flat(id.as_str());
    let is_word = id.chars().filter(|c| c.is_alphabetic()).count() >= 4 && !id.chars().any(|c| c.is_ascii_digit());
    if is_word && id.chars().count() <= LONG_NAME {
        let mut letters = id.replace(['-', '_'], " ");
        if let Some(first) = letters.get(..1) {
            letters = first.to_uppercase() + &letters[1..];
        }
        return letters;
    }
    clipped(&name, LONG_NAME)
}

/// A lead that waits for a reason, where none follows it: `Self-serve release, 9 days late.`
pub(in crate::brief) fn without_reason(lead: &str) -> String {
    stopped(lead.trim_end_matches(|c: char| c == ':' || c.is_whitespace()))
}

/// As many decimals as a number was written with, up to four.
pub(in crate::brief) fn own_decimals(value: f64) -> usize {
    (0..4)
        .find(|&places| {
            let scaled = value * 10f64.powi(places as i32);
            (scaled - scaled.round()).abs() < 1e-6
        })
        .unwrap_or(4)
}

/// A user's text on one line and without its final stop, to stand inside a sentence.
pub(in crate::brief) fn flat(text: &str) -> String {
    let line = text.split_whitespace().collect::<Vec<_>>().join(" ");
    match line.strip_suffix('.') {
        Some(rest) if !rest.ends_with('.') => rest.to_owned(),
        _ => line,
    }
}

/// `text` cut off after `length` characters, at the end of a word where one is near, with an ellipsis.
pub(in crate::brief) fn clipped(text: &str, length: usize) -> String {
    if text.chars().count() <= length {
        return text.to_owned();
    }
    let end = text.char_indices().nth(length.saturating_sub(1)).map_or(text.len(), |(at, _)| at);
    let head = &text[..end];
    let cut = head.rfind(char::is_whitespace).filter(|&at| at >= end / 2).unwrap_or(end);
    format!("{}…", head[..cut].trim_end_matches([' ', ',', ';', ':', '.', '\u{a0}']))
}

/// `text` with a capital at its start, for after a full stop. What is not a word, as `iOS`, stays as it is.
pub(in crate::brief) fn capital(text: &str) -> String {
    let mut letters = text.chars();
    match (letters.next(), letters.next()) {
        (Some(first), second) if first.is_lowercase() && !second.is_some_and(char::is_uppercase) => {
            first.to_uppercase().collect::<String>() + &text[first.len_utf8()..]
        }
        _ => text.to_owned(),
    }
}

/// `text` with a final stop, unless it ends with one of its own.
pub(in crate::brief) fn stopped(text: &str) -> String {
    if text.is_empty() || text.ends_with(['.', '!', '?', '…', ':', '。', '！', '？']) {
        text.to_owned()
    } else {
        format!("{text}.")
    }
}
