//! Sections that are shown only every few weeks.

use super::inputs::Inputs;

/// Returns the lower-case titles of the sections that are not due. Weeks since the last showing are rounded to the
/// nearest week, so that a 1:1 that moves by a day or two does not delay a section by another week. Showings to an
/// earlier boss do not count.
pub(super) fn resting(inputs: &Inputs) -> Vec<String> {
    let seen =
        inputs.recorded.iter().rev().filter(|then| inputs.team.boss_since.is_none_or(|since| then.as_of >= since));
    let last_shown = |section: &str| {
        seen.clone()
            .find(|then| then.shown.iter().any(|shown| shown.eq_ignore_ascii_case(section)))
            .map(|then| then.as_of)
    };
    let is_due = |section: &str, weeks: u32| {
        last_shown(section).is_none_or(|shown| ((inputs.as_of() - shown).num_days() + 3) / 7 >= i64::from(weeks))
    };
    let every = inputs.frame.every.iter();
    every.filter(|(section, weeks)| !is_due(section, **weeks)).map(|(section, _)| section.to_lowercase()).collect()
}
