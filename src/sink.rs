//! Cleans everything that is printed, so that no text from a user's files can steer a terminal or a CI job.
//!
//! Terminals obey escape sequences (C0, C1, OSC) and characters that turn the direction of text. CI systems take a line
//! that begins with `::`, or contains `##[` or `##vso[`, for a command. [`crate::cli`] and its progress bars print through
//! [`clean`].

use std::borrow::Cow;

/// Replaces what a terminal or a CI system would obey instead of showing. Line ends stay.
pub(crate) fn clean(text: &str) -> Cow<'_, str> {
    let harmless = |c: char| c == '\n' || !(c.is_control() || is_deceptive(c));
    let is_command = |line: &str| line.trim_start().starts_with("::");
    if text.chars().all(harmless) && !text.contains("##") && !text.lines().any(is_command) {
        return Cow::Borrowed(text);
    }
    let mut out = String::with_capacity(text.len() + 8);
    for line in text.split_inclusive('\n') {
        let mut shown = String::with_capacity(line.len());
        for c in line.chars() {
            match c {
                '\t' => shown.push(' '),
                c if harmless(c) => shown.push(c),
                _ => shown.push('\u{FFFD}'),
            }
        }
        out += &without_commands(&shown);
    }
    Cow::Owned(out)
}

/// Cleans a text and replaces its line ends: for names of files, which may contain them.
pub(crate) fn clean_line(text: &str) -> Cow<'_, str> {
    match clean(text) {
        Cow::Borrowed(text) if !text.contains('\n') => Cow::Borrowed(text),
        text => Cow::Owned(text.replace('\n', "\u{FFFD}")),
    }
}

/// Cleans a text that this program coloured: colour sequences stay, all other escape sequences go. The text that it
/// quotes was cleaned before.
pub(crate) fn clean_styled(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    let mut rest = text;
    while let Some(start) = rest.find("\u{1b}[") {
        let (before, sequence) = rest.split_at(start);
        out += &clean(before);
        let end = sequence[2..].find(|c: char| !matches!(c, '0'..='9' | ';')).map(|at| at + 2);
        match end {
            Some(end) if sequence[end..].starts_with('m') => {
                out += &sequence[..=end];
                rest = &sequence[end + 1..];
            }
            _ => {
                out.push('\u{FFFD}');
                rest = &sequence[1..];
            }
        }
    }
    out + &clean(rest)
}

/// Whether a character turns the direction of text, ends a line, or is invisible. Emoji joiners and variant selectors
/// are allowed.
fn is_deceptive(c: char) -> bool {
    matches!(c, '\u{061C}' | '\u{200B}' | '\u{200E}' | '\u{200F}' | '\u{2028}'..='\u{202E}' | '\u{2060}'..='\u{206F}' | '\u{FEFF}'
        | '\u{FFF9}'..='\u{FFFB}' | '\u{E0000}'..='\u{E0FFF}')
}

/// Returns a line in which CI commands are broken up by a blank.
fn without_commands(line: &str) -> Cow<'_, str> {
    let mut line = Cow::Borrowed(line);
    if line.trim_start().starts_with("::") {
        line = Cow::Owned(line.replacen("::", ": :", 1));
    }
    let is_command = |at: usize, line: &str| {
        line[at..].trim_start_matches('#').starts_with(|c: char| c == '[' || c.is_ascii_alphabetic())
    };
    while let Some(at) = line.match_indices("##").map(|(at, _)| at).find(|at| is_command(*at, &line)) {
        line = Cow::Owned(line[..at].to_owned() + "# " + &line[at + 1..]);
    }
    line
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn terminal_and_ci_commands_are_not_printed() {
        for (text, shown) in [
            ("plain Grüße 東京\n", "plain Grüße 東京\n"),
            ("a\u{1b}]0;TITLE\u{7}b", "a\u{FFFD}]0;TITLE\u{FFFD}b"),
            ("x\u{9b}31mRED\u{7f}\r", "x\u{FFFD}31mRED\u{FFFD}\u{FFFD}"),
            ("\u{202e}evil\u{2066}\u{200b}", "\u{FFFD}evil\u{FFFD}\u{FFFD}"),
            ("a\n::error::x\n  ::set-output", "a\n: :error::x\n  : :set-output"),
            ("say ##[error]x ##vso[task] ###[x", "say # #[error]x # #vso[task] # # #[x"),
            ("## A title\n", "## A title\n"),
            ("one\ttab\u{2028}two", "one tab\u{FFFD}two"),
        ] {
            assert_eq!(clean(text), shown);
            assert_eq!(clean(&clean(text)), shown, "cleaning twice changes nothing");
        }
        assert_eq!(clean_line("a\n::error::b"), "a\u{FFFD}: :error::b");
    }

    #[test]
    fn only_colour_sequences_stay() {
        assert_eq!(clean_styled("\u{1b}[1m\u{1b}[91merror\u{1b}[0m: x"), "\u{1b}[1m\u{1b}[91merror\u{1b}[0m: x");
        assert_eq!(clean_styled("\u{1b}[2J\u{1b}]0;t\u{7}"), "\u{FFFD}[2J\u{FFFD}]0;t\u{FFFD}");
    }
}
