//! Sections that are shown every now and then: kept in mind, not worn out.

use super::inputs::Inputs;

/// Sections that are not due, by lower-case title. Weeks count from the last recorded showing, to the nearest week:
/// a 1:1 that moves by a day or two must not cost a section another week. A new boss has seen nothing.
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
