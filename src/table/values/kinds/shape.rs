//! Cells that are told by their shape: relative dates, codes, numbers with a unit right behind. [`super::tally`] counts
//! them.

use crate::table::values::dates::Lower;

/// Longer than `in 3 weeks` in any language.
const LONGEST_RELATIVE: usize = 39;
/// A longer word is no code.
const LONGEST_CODE: usize = 24;

/// `11 days ago`, `in 3 weeks`
pub(crate) fn is_relative(cell: &str) -> bool {
    let lower = Lower::<LONGEST_RELATIVE>::of(cell);
    cell.len() <= LONGEST_RELATIVE
        && (lower.ends_with(" ago")
            || lower.starts_with("il y a ")
            || lower.starts_with("vor ")
            || lower.starts_with("hace ")
            || (lower.starts_with("in ") && lower.ends_with('s') && lower.split(' ').count() == 3))
}

/// One word of letters or signs and digits.
pub(crate) fn is_code(cell: &str) -> bool {
    cell.len() <= LONGEST_CODE
        && cell.bytes().any(|b| b.is_ascii_digit())
        && cell.chars().all(|c| c.is_alphanumeric() || matches!(c, '-' | '/' | '.' | '_'))
}

/// `2B`, `15ms`: a number whose unit is letters right behind its digits.
pub(crate) fn is_glued(cell: &str, unit: &str) -> bool {
    let letters = !unit.is_empty() && unit.chars().all(char::is_alphabetic);
    letters && cell.strip_suffix(unit).is_some_and(|digits| digits.bytes().all(|b| b.is_ascii_digit()))
}
