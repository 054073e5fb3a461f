//! Exports → [`Team`]: each configured source is read by its preset and its mapping into typed records,
//! references are resolved, logs are folded (the newest row of an id wins). All problems are collected.

use chrono::NaiveDate;

use crate::config::Config;
use crate::problem::{Failure, Problems};
use crate::team::Team;

/// Reads all sources of a team folder. Rows dated after `as_of` are not known yet and are left out of logs and metrics.
pub fn load(_config: &Config, _as_of: NaiveDate) -> Result<(Team, Problems), Failure> {
    todo!()
}
