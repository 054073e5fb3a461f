//! The brief of an analysis: what its sections say, in which order, and what they leave unsaid.

pub mod story;

use headsup::clearance::Audience;
use story::*;

#[test]
fn the_sections_stand_in_the_contracts_order_with_its_titles() {
    let titles: Vec<String> = compose(&story()).sections.into_iter().map(|section| section.title).collect();
    let expected = [
        "Decided last time",
        "Needed from you",
        "Where the quarter stands",
        "Moved away from what we agreed",
        "Value since the last 1:1",
        "Signals",
        "Said and done",
        "Next two weeks",
        "People",
        "Cross-team",
        "Beyond revenue and retention",
        "Team goals",
        "For me",
    ];
    assert_eq!(titles, expected);
    let mine = compose_for(&story_for_me(), "en", Audience::Me);
    assert_eq!(mine.sections.first().unwrap().title, "Talking points");
    assert_eq!(mine.sections.last().unwrap().title, "Concerns");
}
