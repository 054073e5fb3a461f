//! Reads exports into a [`Team`](crate::team::Team): each configured source is read with its preset and its mapping
//! into typed records, references are resolved, and logs are folded, so that the newest row of an id wins. All problems
//! are collected.
//!
//! Objectives are read first, then milestones, then tasks, then the rest, so that references can be resolved at once.

pub mod append;
#[cfg(debug_assertions)]
mod asked;
mod columns;
mod files;
mod hidden;
mod load;
mod loading;
mod logs;
pub(crate) mod mapping;
mod marks;
pub mod metrics;
mod milestones;
mod names;
mod objectives;
pub(crate) mod origin;
pub(crate) mod outline;
pub(crate) mod past;
pub mod recognise;
mod record;
mod secrecy;
mod tasks;
pub(crate) mod unread;

use files::Opened;
pub use load::load;
use loading::{Loading, by_name, of};
use names::NameIndex;
