//! Analysis → the brief: a headline, a summary, and sections made of a small closed set of blocks.
//!
//! One file a section in `brief/`, listed once in [`compose`](compose()); a new section is one file and one line. Each renderer
//! knows each block once, so that formats cannot drift apart. What a block is worth decides what gives way
//! when the pages run out ([`budget`](self)). Pure.

pub mod agenda;
mod asks;
mod beyond;
mod blocks;
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
mod sections;
mod signals;
mod since;
mod value;

pub use blocks::{
    ALWAYS, Agenda, AgendaPart, AgendaPoint, Align, Banner, Block, Brief, Bullet, Figure, Item, Labels, List, Meter,
    Priority, Section, SectionStyle, Span, Spans, Style, Table, TableColumn, TableRow, Tile, Tiles, WEB_ONLY,
};
pub use compose::compose;
pub use options::Options;
