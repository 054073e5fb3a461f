//! Recognises cells by their shape: relative dates, codes, numbers directly followed by a unit. [`super::tally`] counts
//! them.

use crate::table::values::dates::Lower;

/// Most bytes of a relative date such as `in 3 weeks` in any language.
const LONGEST_RELATIVE: usize = 39;
/// Most bytes of a code.
const LONGEST_CODE: usize = 24;

/// Returns whether a cell is a relative date: `11 days ago`, `in 3 weeks`.
pub(crate) fn is_relative(cell: &str) -> bool {
    let lower = Lower::<LONGEST_RELATIVE>::of(cell);
    cell.len() <= LONGEST_RELATIVE
        && (lower.ends_with(" ago")
            || lower.starts_with("il y a ")
            || lower.starts_with("vor ")
            || lower.starts_with("hace ")
            || (lower.starts_with("in ") && lower.ends_with('s') && lower.split(' ').count() == 3))
}

/// Returns whether a cell is one word that mixes letters or punctuation with digits.
pub(crate) fn is_code(cell: &str) -> bool {
    cell.len() <= LONGEST_CODE
        && cell.bytes().any(|b| b.is_ascii_digit())
        && cell.chars().all(|c| c.is_alphanumeric() || matches!(c, '-' | '/' | '.' | '_'))
}

/// Returns whether the unit of a number consists of letters directly after its digits: `2B`, `15ms`.
pub(crate) fn is_glued(cell: &str, unit: &str) -> bool {
    let letters = !unit.is_empty() && unit.chars().all(char::is_alphabetic);
    letters && cell.strip_suffix(unit).is_some_and(|digits| digits.bytes().all(|b| b.is_ascii_digit()))
}
