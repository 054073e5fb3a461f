//! `headsup` turns a team's CSV exports into the brief a manager hands their boss ahead of the 1:1.
//!
//! The program in `main.rs` is a thin wrapper of [`cli`]. The library is there for the program and its tests; it is not a
//! stable API.
//!
//! # Floors
//!
//! Data flows one way, from files to a page. A module uses its own floor and those above it in this table, never those
//! below it, and no files use one another in a circle (`tests/headsup/floors.rs` holds this).
//!
//! | floor | what it does |
//! |---|---|
//! | [`problem`] | what is wrong, where, and how to fix it; exit codes |
//! | [`input`] | the only reader of small files; refuses pipes and devices |
//! | [`output`] | the only writer of files |
//! | [`sink`] | text that is printed: nothing in it can steer a terminal or a CI job |
//! | [`document`] | a TOML text → values with their places, validated against a JSON Schema |
//! | [`fold`] | when two texts are the same to a person |
//! | [`tables`] | each table declared once: its fields, what a row needs, how `add` writes it |
//! | [`lexicon`] | header and status words in the languages that exports come in |
//! | [`words`] | the fixed words of a language, its dates and numbers |
//! | [`chart`] | plain data → SVG; pure |
//! | [`table`] | bytes of any export → rows whose cells know their place and kind |
//! | [`team`] | the typed model of a team |
//! | [`config`] | `headsup.toml` → [`config::Config`] |
//! | [`preset`] | `data/presets/*.toml` → which header of which tool is which field |
//! | [`history`] | snapshots: what the next 1:1 compares with |
//! | [`redact`] | a team → what one copy (me, boss, shared) may show; the only filter |
//! | [`source`] | exports → a guarded [`team::Team`] |
//! | [`analysis`] | a redacted team and its history → every number of the brief; pure |
//! | [`brief`] | analysis → sections of blocks, headline first; pure |
//! | [`render`] | a brief → HTML, PDF, Markdown, plain text, JSON; pure |
//! | [`pipeline`] | a team folder and a date → a brief's bytes, in one function |
//! | [`deliver`] | calendar, mail, batch, CI, live preview |
//! | [`cli`] | the commands, one file each |
//!
//! # Glossary
//!
//! One word for one meaning, everywhere:
//!
//! - **team**: a manager and the people who report to them; reads one folder.
//! - **objective**: agreed with the boss for a quarter. **milestone**: a step on the way to one objective.
//!   **task**: work that builds up to one milestone.
//! - **metric**: a number over time. **signal**: a metric that left its usual range by a named rule.
//! - **win**: something that drove value. **ask**: what is needed from the boss. **person note**: a highlight,
//!   something learned, a concern or an early signal about somebody. **goal**: long term, of the team or of the manager.
//!   **agreement**: something the boss agreed to on a date. **event**: something that happened to a metric.
//! - **1:1**: the meeting a brief is for. **snapshot**: the numbers as they stood at a 1:1.
//! - **copy**: whom a rendering is for: me, boss or shared.
//! - **as-of**: the date of the data. **since**: the last recorded 1:1 before it.
//! - **original**, **agreed**, **due**, **forecast**, **done**: the five dates of a milestone.
//! - **slip**: days from agreed to what is expected now. **drift**: a move away from what was agreed, in date, scope or wording.
//! - **throughput**: tasks finished in a closed week. **pace**: share done against share planned.
//! - **source**: one configured export. **preset**: how one tool writes its exports.
//! - **problem**: something wrong in the input, with its place and how to fix it.

// What nothing outside can reach says so, so that the compiler finds what is used nowhere.
#![warn(unreachable_pub)]

pub mod analysis;
pub mod brief;
pub mod chart;
pub mod cli;
pub mod config;
pub mod deliver;
pub(crate) mod document;
pub(crate) mod fold;
pub mod history;
pub(crate) mod input;
pub mod lexicon;
pub(crate) mod output;
pub mod pipeline;
pub mod preset;
pub mod problem;
pub mod redact;
pub mod render;
pub(crate) mod sink;
pub mod source;
pub mod table;
pub mod tables;
pub mod team;
pub mod words;
