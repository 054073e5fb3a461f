//! Phrases that several sections share, and how a user's own text is set into a sentence.

/// `text` cut off after `length` characters, at the end of a word where one is near, with an ellipsis.
pub(super) fn clipped(text: &str, length: usize) -> String {
    if text.chars().count() <= length {
        return text.to_owned();
    }
    let end = text.char_indices().nth(length.saturating_sub(1)).map_or(text.len(), |(at, _)| at);
    let head = &text[..end];
    let cut = head.rfind(char::is_whitespace).filter(|&at| at >= end / 2).unwrap_or(end);
    format!("{}…", head[..cut].trim_end_matches([' ', ',', ';', ':', '.', '\u{a0}']))
}
