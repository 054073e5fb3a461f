//! Columns of weeks, months or quarters without a year: `W44`, `Q3`, or plain numbers below "KW".

use super::{Column, is_mostly, vocabulary};
use crate::lexicon;
use crate::problem::Problem;
use crate::table::values::periods;

impl Column<'_> {
    /// Returns whether the cells name such periods and the header promises days, or whether they are plain numbers of
    /// weeks.
    pub(super) fn are_periods(&self) -> bool {
        let tally = self.tally;
        let is_week = |n: Option<f64>| n.is_some_and(|n| (1.0..=53.0).contains(&n));
        let are_weeks = || {
            let all = tally.filled - tally.no_value;
            tally.plain == all
                && all > 0
                && tally.decimals.point_only == 0
                && is_week(tally.least)
                && is_week(tally.most)
        };
        let are_named = || tally.dates == 0 && is_mostly(tally.spans_without_year, tally);
        let promises_days = || vocabulary::is_date_header(self.header) || lexicon::is_date_header(self.header);
        (are_named() && promises_days()) || (periods::is_number_of_week(self.header) && are_weeks())
    }

    /// Returns the note about them.
    pub(super) fn no_year(&self) -> Problem {
        let message = format!(
            "the days, weeks, months or quarters of column `{}` have no year; they are read as those nearest to the day of the \
             data, metrics as the latest that have begun",
            self.header
        );
        let help = "write the year into the cells, as 2026-W47, if they are of other years";
        let problem = Problem::warning("no-year", message).help(help);
        match self.tally.first_without_year.as_ref().or(self.tally.first.as_ref()) {
            Some(first) => problem.at(first.place.clone()),
            None => problem,
        }
    }
}
