//! Text that a spreadsheet would run: a cell that begins with `=`, `+`, `-` or `@` is a formula to it (OWASP, "CSV
//! Injection"). Written, such a text gets the apostrophe that spreadsheets, and tools that export for them, mark text
//! with; read, it loses that apostrophe again. [`crate::table::append`] writes by it, [`crate::table::Row::text`] reads by it.

use std::borrow::Cow;

use crate::table::values::numbers;

/// What a formula begins with; the full-width signs are read as the plain ones in some languages.
const SIGNS: [char; 8] = ['=', '+', '-', '@', '＝', '＋', '－', '＠'];

/// Where some spreadsheet ends a cell.
const DELIMITERS: [char; 6] = [',', ';', '\t', '|', '\n', '\r'];

/// Whether the text is one that begins like a formula, behind any number of apostrophes.
fn begins_a_formula(text: &str) -> bool {
    text.trim_start_matches('\'').starts_with(SIGNS)
}

/// The text as it is written into a cell. A number with a sign is one to a spreadsheet too, and stays.
///
/// A spreadsheet may split cells where the file does not: at the delimiter of its own country, in spite of quotes. What
/// would begin a cell then gets a blank before it, which makes it text.
pub(crate) fn guarded(text: &str) -> Cow<'_, str> {
    let text = apart(text);
    if begins_a_formula(&text) && numbers::read(&text).is_none() { Cow::Owned(format!("'{text}")) } else { text }
}

/// With a blank between whatever may delimit cells and whatever may begin a formula.
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

/// The text that a cell means.
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
    fn what_begins_like_a_formula_is_marked_as_text_and_a_number_is_not() {
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
        fn what_is_written_is_read_back(text in "['=+@a1-]{0,6}") {
            let cell = guarded(&text);
            prop_assert!(!cell.starts_with(SIGNS) || numbers::read(&text).is_some());
            prop_assert_eq!(unguarded(&cell), &text);
        }
    }
}
