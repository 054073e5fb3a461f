//! Decides which sections are side by side: the plan beside what is next, wins beyond money beside goals. The renderers
//! of pages use it; the reading order is still that of the sections.

use super::{Section, SectionStyle};
use crate::config::SectionId;

/// Sections that may share a row, each with its share of the width in twelfths.
const ROWS: [&[(SectionId, u8)]; 2] = [
    &[(SectionId::Planned, 5), (SectionId::Next, 7)],
    &[(SectionId::Beyond, 5), (SectionId::TeamGoals, 3), (SectionId::ForMe, 4)],
];

/// Returns the width of each section in twelfths of the page; 12 if it has a row of its own. Widths of one row add up
/// to 12.
pub(crate) fn twelfths(sections: &[Section]) -> Vec<u8> {
    let mut widths = vec![12; sections.len()];
    let mut first = 0;
    while first < sections.len() {
        let Some(row) = row_of(&sections[first]) else {
            first += 1;
            continue;
        };
        let alike = sections[first..].iter().take_while(|section| row_of(section) == Some(row)).count();
        let shares: Vec<u8> = sections[first..first + alike].iter().map(|section| share(section, row)).collect();
        let all: u8 = shares.iter().sum();
        let mut left = 12;
        for (nth, own) in shares.iter().enumerate() {
            let width = if nth + 1 == alike { left } else { own * 12 / all };
            widths[first + nth] = width;
            left -= width;
        }
        first += alike;
    }
    widths
}

/// Returns the row that a section may share. A boxed section, or one of a single line, has its own row.
fn row_of(section: &Section) -> Option<usize> {
    let is_plain = section.style == SectionStyle::Ruled;
    ROWS.iter().position(|row| is_plain && row.iter().any(|(id, _)| id.word() == section.id))
}

fn share(section: &Section, row: usize) -> u8 {
    ROWS[row].iter().find(|(id, _)| id.word() == section.id).map_or(12, |(_, share)| *share)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn section(id: &'static str) -> Section {
        Section { id, title: id.to_owned(), style: SectionStyle::Ruled, blocks: Vec::new() }
    }

    #[test]
    fn present_sections_share_the_row() {
        let ids = ["people", "said and done", "next two weeks", "cross-team", "beyond revenue and retention", "for me"];
        assert_eq!(twelfths(&ids.map(section)), [12, 5, 7, 12, 6, 6]);
        assert_eq!(twelfths(&["team goals", "risks", "said and done"].map(section)), [12, 12, 12]);
    }

    #[test]
    fn a_section_in_another_style_has_its_own_row() {
        let line = Section { style: SectionStyle::RunIn, ..section("next two weeks") };
        assert_eq!(twelfths(&[section("said and done"), line]), [12, 12]);
    }
}
