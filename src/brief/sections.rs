//! The list of sections: which copies have each, and the file that makes it. A new section is its file, its name in
//! [`SectionId`](Id), its line here, and its words.

use super::phrase::Context;
use super::{
    Section, asks, beyond, concerns, cross_team, decided, drift, goals, next, people, plan_review, quarter, risks,
    signals, since, value,
};
use crate::config::SectionId as Id;
use crate::redact::Audience::{self, Boss, Me, Shared};

/// Makes a section from the context; it may have nothing to say.
type Make = fn(&Context) -> Option<Section>;

const EVERY_COPY: &[Audience] = &[Me, Boss, Shared];
const NOT_FORWARDED: &[Audience] = &[Me, Boss];

/// Which copies may have a section, and what makes it.
fn listed(id: Id) -> (&'static [Audience], Make) {
    match id {
        Id::Since => (EVERY_COPY, since::section),
        Id::NeededFromYou => (EVERY_COPY, asks::section),
        Id::Decided => (EVERY_COPY, decided::section),
        Id::Quarter => (EVERY_COPY, quarter::section),
        Id::Changed => (EVERY_COPY, drift::section),
        Id::Value => (EVERY_COPY, value::section),
        Id::Metrics => (EVERY_COPY, signals::section),
        Id::Planned => (EVERY_COPY, plan_review::section),
        Id::Next => (EVERY_COPY, next::section),
        Id::People => (EVERY_COPY, people::section),
        Id::CrossTeam => (EVERY_COPY, cross_team::section),
        Id::Risks => (EVERY_COPY, risks::section),
        Id::Beyond => (EVERY_COPY, beyond::section),
        Id::TeamGoals => (EVERY_COPY, goals::team),
        Id::ForMe => (NOT_FORWARDED, goals::for_me),
        Id::Concerns => (NOT_FORWARDED, concerns::section),
    }
}

/// The sections of this copy that have something to say, in their order.
pub(super) fn told(context: &Context) -> impl Iterator<Item = Section> {
    Id::ALL.iter().filter_map(|id| {
        let (copies, make) = listed(*id);
        let made = if copies.contains(&context.audience) { make(context) } else { None };
        made.map(|section| Section { id: id.word(), ..section })
    })
}
