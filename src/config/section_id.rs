//! The ids of the sections, in reading order. They belong to the config because `[brief.every]` refers to them;
//! [`crate::brief`] lists which copies contain each and what builds it.

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

/// The names that `[brief.every]` accepts.
pub const SECTIONS: &[&str] = SectionId::WORDS;
