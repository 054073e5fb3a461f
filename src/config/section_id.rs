//! The names of the sections, in the order in which they are read. `[brief.every]` names them, so the config has to know
//! them; [`crate::brief`] lists which copies have each and what makes it.

use crate::tables::word_enum;

word_enum! {
    /// A section of the brief: its English title in lower case, stable for anchors, JSON and `[brief.every]`.
    pub enum SectionId {
        Since = "since the last 1:1",
        NeededFromYou = "needed from you",
        Decided = "decided last time",
        Quarter = "where the quarter stands",
        Changed = "moved away from what we agreed",
        Value = "value since the last 1:1",
        Metrics = "signals",
        Planned = "said and done",
        Next = "next two weeks",
        People = "people",
        CrossTeam = "cross-team",
        Risks = "risks",
        Beyond = "beyond revenue and retention",
        TeamGoals = "team goals",
        ForMe = "for me",
        Concerns = "concerns",
    }
}

/// The names that `[brief.every]` may have.
pub const SECTIONS: &[&str] = SectionId::WORDS;
