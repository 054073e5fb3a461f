//! Reads `headsup.toml` into a checked [`Config`] and reports all problems of the file at once, each with its position.
//!
//! The key names are documented in the README's reference, and `headsup schema` prints them as JSON Schema. Every
//! command that reads a team folder calls [`Config::load`] first.
//!
//! A new key needs a field in [`raw`] (with a doc comment that says how to write it), a field here, and a line in
//! [`resolve`].

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
