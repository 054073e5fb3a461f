//! Helpers that fit a user's text into a sentence.

use super::Context;
use crate::redact::Audience;
use crate::team::ObjectiveId;

/// Maximum length of an objective's or milestone's name inside a line, in characters.
pub(in crate::brief) const MAX_NAME_CHARS: usize = 40;

/// Maximum length of a user's text inside a headline, in characters.
pub(in crate::brief) const MAX_TEXT_CHARS: usize = 110;

impl Context<'_> {
    /// `Batch to stream is at risk: the vendor is late`; a reason with a colon of its own follows a semicolon instead.
    pub(crate) fn and_reason(&self, text: &str, reason: &str) -> String {
        match reason.contains(self.words.colon()) || reason.contains(": ") {
            true => format!("{text}{}{reason}", self.words.semicolon()),
            false => self.say("common.and_reason", &[("text", text), ("reason", reason)]),
        }
    }

    /// Says that no reason is given. `None` in a forwardable copy: it leaves out reasons that reveal an ask, and the
    /// remark on the other milestones would show which those are.
    pub(in crate::brief) fn no_reason(&self) -> Option<String> {
        (self.audience != Audience::Shared).then(|| self.say("common.no_reason", &[]))
    }
}

/// Returns an objective's name for the middle of a sentence. If the name is a whole sentence, returns its id if that is
/// a word rather than a code, else its first words.
pub(in crate::brief) fn name_of(name: &str, id: &ObjectiveId) -> String {
    let name = flat(name);
    if name.chars().count() <= MAX_NAME_CHARS {
        return name;
    }
    let id = flat(id.as_str());
    let is_word = id.chars().filter(|c| c.is_alphabetic()).count() >= 4 && !id.chars().any(|c| c.is_ascii_digit());
    if is_word && id.chars().count() <= MAX_NAME_CHARS {
        let mut letters = id.replace(['-', '_'], " ");
        if let Some(first) = letters.get(..1) {
            letters = first.to_uppercase() + &letters[1..];
        }
        return letters;
    }
    clipped(&name, MAX_NAME_CHARS)
}

/// Ends a lead without its colon if no reason follows it: `Self-serve release, 9 days late.`
pub(in crate::brief) fn without_reason(lead: &str) -> String {
    stopped(lead.trim_end_matches(|c: char| c == ':' || c.is_whitespace()))
}

/// Number of decimals that a number has, up to four.
pub(in crate::brief) fn own_decimals(value: f64) -> usize {
    (0..4)
        .find(|&places| {
            let scaled = value * 10f64.powi(places as i32);
            (scaled - scaled.round()).abs() < 1e-6
        })
        .unwrap_or(4)
}

/// Returns a user's text on one line without its final full stop, for the inside of a sentence.
pub(in crate::brief) fn flat(text: &str) -> String {
    let line = text.split_whitespace().collect::<Vec<_>>().join(" ");
    match line.strip_suffix('.') {
        Some(rest) if !rest.ends_with('.') => rest.to_owned(),
        _ => line,
    }
}

/// Clips `text` after `length` characters, if possible at the end of a word, with an ellipsis.
pub(in crate::brief) fn clipped(text: &str, length: usize) -> String {
    if text.chars().count() <= length {
        return text.to_owned();
    }
    let end = text.char_indices().nth(length.saturating_sub(1)).map_or(text.len(), |(at, _)| at);
    let head = &text[..end];
    let cut = head.rfind(char::is_whitespace).filter(|&at| at >= end / 2).unwrap_or(end);
    format!("{}…", head[..cut].trim_end_matches([' ', ',', ';', ':', '.', '\u{a0}']))
}

/// Returns `text` with a capital at its start. Words such as `iOS` stay as they are.
pub(in crate::brief) fn capital(text: &str) -> String {
    let mut letters = text.chars();
    match (letters.next(), letters.next()) {
        (Some(first), second) if first.is_lowercase() && !second.is_some_and(char::is_uppercase) => {
            first.to_uppercase().collect::<String>() + &text[first.len_utf8()..]
        }
        _ => text.to_owned(),
    }
}

/// Returns `text` with a final full stop, unless it already ends with punctuation.
pub(in crate::brief) fn stopped(text: &str) -> String {
    if text.is_empty() || text.ends_with(['.', '!', '?', '…', ':', '。', '！', '？']) {
        text.to_owned()
    } else {
        format!("{text}.")
    }
}
