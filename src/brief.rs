//! Turns an analysis into the brief: a headline, a summary, and sections that consist of a few kinds of blocks.
//!
//! A section is a file in `brief/` and its line in the list at the end of this file; its name is in
//! [`SectionId`](crate::config::SectionId), which the config knows too. Each renderer handles each kind of block in one
//! place, so that formats stay alike. The priority of a block decides what is left out when the pages are full
//! ([`budget`]). Pure. [`crate::pipeline`] calls [`compose`](compose()).

pub mod agenda;
mod asks;
mod beyond;
mod blocks;
mod bounds;
pub mod budget;
mod compose;
mod concerns;
mod cross_team;
mod decided;
mod drift;
mod facts;
mod gist;
mod goals;
mod headline;
mod masthead;
mod next;
mod options;
mod people;
mod phrase;
mod plan_review;
mod priorities;
mod quarter;
mod reading;
mod risks;
pub(crate) mod rows;
mod signals;
mod since;
mod value;
mod widths;

pub use blocks::{
    ALWAYS, Agenda, AgendaPart, AgendaPoint, Align, Banner, Block, Brief, Bullet, Figure, Item, Labels, List, Meter,
    Priority, Section, SectionStyle, Span, Spans, Style, Table, TableColumn, TableRow, Tile, Tiles, WEB_ONLY,
};
pub use compose::compose;
pub use options::Options;

use crate::config::SectionId as Id;
use crate::redact::Audience::{self, Boss, Me, Shared};
use phrase::Context;

/// Makes a section from the context, or `None` if it has no content.
type Make = fn(&Context) -> Option<Section>;

const EVERY_COPY: &[Audience] = &[Me, Boss, Shared];
const NOT_FORWARDED: &[Audience] = &[Me, Boss];

/// Returns which copies may have a section, and the function that makes it.
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

/// Returns the sections of this copy that have content, in order.
fn sections(context: &Context) -> impl Iterator<Item = Section> {
    Id::ALL.iter().filter_map(|id| {
        let (copies, make) = listed(*id);
        let made = if copies.contains(&context.audience) { make(context) } else { None };
        made.map(|section| Section { id: id.word(), ..section })
    })
}
