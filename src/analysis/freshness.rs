//! The age of the data: a source that was not exported again must not look like a team without progress.
//!
//! Only tasks and metrics become stale, because each export of a tracker or a meter has new data. Plans, lists of
//! milestones and logs are valid until somebody changes them.

use chrono::{Datelike, NaiveDate, Weekday};
use schemars::JsonSchema;
use serde::Serialize;

use super::inputs::Inputs;
use crate::team::{SourceRead, TableKind};

/// Minimum number of working days between the newest date and as-of, so that nothing becomes stale over a weekend.
const MIN_WORKING_DAYS: usize = 3;

#[derive(Debug, Clone, PartialEq, Serialize, JsonSchema)]
pub struct Stale {
    pub file: String,
    pub table: TableKind,
    pub newest: NaiveDate,
    pub days: i64,
    pub cadence: u32,
}

/// Returns the sources of tasks and metrics whose newest date is further before as-of than their cadence, with that
/// date.
pub(super) fn stale<'a>(inputs: &'a Inputs) -> impl Iterator<Item = (&'a SourceRead, NaiveDate)> {
    inputs.team.sources.iter().filter_map(|source| {
        let newest = source.newest.filter(|_| matches!(source.table, TableKind::Tasks | TableKind::Metrics))?;
        let is_old = (inputs.as_of() - newest).num_days() > i64::from(source.cadence)
            && working_days_between(newest, inputs.as_of()) >= MIN_WORKING_DAYS;
        is_old.then_some((source, newest))
    })
}

impl Inputs<'_> {
    /// Whether any source of `table` is older than its cadence.
    pub(crate) fn is_stale(&self, table: TableKind) -> bool {
        stale(self).any(|(source, _)| source.table == table)
    }
}

/// Returns the number of days from Monday to Friday between two dates, without both.
fn working_days_between(from: NaiveDate, to: NaiveDate) -> usize {
    let is_working = |day: &NaiveDate| !matches!(day.weekday(), Weekday::Sat | Weekday::Sun);
    from.iter_days().skip(1).take_while(|day| *day < to).filter(is_working).take(MIN_WORKING_DAYS).count()
}

/// Returns the stale sources, for the banner.
pub(super) fn stale_sources(inputs: &Inputs) -> Vec<Stale> {
    stale(inputs)
        .map(|(source, newest)| Stale {
            file: source.file.clone(),
            table: source.table,
            newest,
            days: (inputs.as_of() - newest).num_days(),
            cadence: source.cadence,
        })
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::analysis::fixtures::day;

    #[test]
    fn nothing_becomes_stale_over_a_weekend() {
        // Friday to Monday: none; Friday 13 to Thursday 19 November: Monday, Tuesday, Wednesday.
        assert_eq!(working_days_between(day("2026-11-13"), day("2026-11-16")), 0);
        assert_eq!(working_days_between(day("2026-11-13"), day("2026-11-19")), 3);
        assert_eq!(working_days_between(day("2026-11-13"), day("2026-11-13")), 0);
    }
}
