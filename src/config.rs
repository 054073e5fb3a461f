//! `headsup.toml` → [`Config`], with every problem of the file found at once and placed.
//!
//! The names are the contract of the README's reference; `headsup schema` prints them as JSON Schema.
//! Every command that reads a team folder calls [`Config::load`] first.
//!
//! A new key is a field of [`raw`] (with a doc comment that says how to write it), a field here, and a line in [`resolve`].

mod load;
mod raw;
mod resolve;
mod section_id;
mod sections;

pub use load::schema;
pub use section_id::{SECTIONS, SectionId};
pub use sections::{
    BriefSection, Calendar, Config, Format, MetricSection, NextRule, Paper, Source, TeamSection, WeighBy, is_private,
};
