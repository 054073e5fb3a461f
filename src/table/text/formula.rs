//! Protects against text that a spreadsheet would execute: it takes a cell that begins with `=`, `+`, `-` or `@` for a
//! formula (OWASP, "CSV Injection"). When such a text is written, it gets the apostrophe with which spreadsheets, and
//! tools that export for them, mark text; when it is read, the apostrophe is removed. [`crate::table::append`] and
//! [`crate::table::Row::text`] use it.

use std::borrow::Cow;

use crate::table::values::numbers;

/// Characters that begin a formula. Some languages treat full-width signs like the plain ones.
const SIGNS: [char; 8] = ['=', '+', '-', '@', '＝', '＋', '－', '＠'];

/// Characters that end a cell in some spreadsheet.
const DELIMITERS: [char; 6] = [',', ';', '\t', '|', '\n', '\r'];

/// Returns whether the text begins like a formula, after any number of apostrophes.
fn begins_a_formula(text: &str) -> bool {
    text.trim_start_matches('\'').starts_with(SIGNS)
}

/// Returns the text to write into a cell. A signed number is a number for a spreadsheet too, and stays unchanged.
///
/// A spreadsheet may split cells where the file does not: at the delimiter of its own country, even inside quotes. A
/// text that would then begin a cell gets a space before it, which makes it text.
pub(crate) fn guarded(text: &str) -> Cow<'_, str> {
    let text = apart(text);
    if begins_a_formula(&text) && numbers::read(&text).is_none() { Cow::Owned(format!("'{text}")) } else { text }
}

/// Inserts a space between characters that may delimit cells and those that may begin a formula.
fn apart(text: &str) -> Cow<'_, str> {
    let mut out = String::new();
    let mut copied = 0;
    for (at, c) in text.char_indices().filter(|(_, c)| DELIMITERS.contains(c)) {
        let rest = &text[at + c.len_utf8()..];
        if rest.trim_start_matches(['\'', '"']).starts_with(SIGNS) {
            out += &text[copied..at + c.len_utf8()];
            out.push(' ');
            copied = at + c.len_utf8();
        }
    }
    if copied == 0 { Cow::Borrowed(text) } else { Cow::Owned(out + &text[copied..]) }
}

/// Returns the text that a cell means.
pub(crate) fn unguarded(cell: &str) -> &str {
    match cell.strip_prefix('\'') {
        Some(text) if begins_a_formula(text) => text,
        _ => cell,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn text_like_a_formula_is_marked_as_text_but_a_number_is_not() {
        for (text, cell) in [
            ("=cmd|'/C calc'!A0", "'=cmd|'/C calc'!A0"),
            ("@SUM(A1)", "'@SUM(A1)"),
            ("- half the time", "'- half the time"),
            ("'=1", "''=1"),
            ("＝1+1", "'＝1+1"),
            ("-5", "-5"),
            ("+12%", "+12%"),
            ("'tis done", "'tis done"),
            ("a = b", "a = b"),
            ("x;=cmd|'/C calc'!A0", "x; =cmd|'/C calc'!A0"),
            ("a,\"=1+1\"\n@x", "a, \"=1+1\"\n @x"),
            ("", ""),
        ] {
            assert_eq!(guarded(text), cell);
        }
        assert_eq!(unguarded("'tis done"), "'tis done");
    }

    proptest! {
        #[test]
        fn guarded_text_is_read_back_unchanged(text in "['=+@a1-]{0,6}") {
            let cell = guarded(&text);
            prop_assert!(!cell.starts_with(SIGNS) || numbers::read(&text).is_some());
            prop_assert_eq!(unguarded(&cell), &text);
        }
    }
}
