//! How old the data are: a source that was not exported again must not look like a team that stood still.

use chrono::NaiveDate;
use serde::Serialize;

use super::inputs::Inputs;
use crate::team::SourceRead;

#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Stale {
    pub file: String,
    pub newest: NaiveDate,
    pub days: i64,
    pub cadence: u32,
}

/// Sources whose newest date is more than their cadence before as-of, with that date.
pub(super) fn stale<'a>(inputs: &'a Inputs) -> impl Iterator<Item = (&'a SourceRead, NaiveDate)> {
    inputs.team.sources.iter().filter_map(|source| {
        let newest = source.newest?;
        ((inputs.as_of() - newest).num_days() > i64::from(source.cadence)).then_some((source, newest))
    })
}

/// The stale sources as the banner names them.
pub(super) fn stale_sources(inputs: &Inputs) -> Vec<Stale> {
    stale(inputs)
        .map(|(source, newest)| Stale {
            file: source.file.clone(),
            newest,
            days: (inputs.as_of() - newest).num_days(),
            cadence: source.cadence,
        })
        .collect()
}
