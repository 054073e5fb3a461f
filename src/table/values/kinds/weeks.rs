//! Columns of weeks, months or quarters without a year: `W44`, `Q3`, or plain numbers below "KW".

use super::tally::note;
use super::{Column, Example, Tally, vocabulary};
use crate::lexicon;
use crate::problem::Problem;
use crate::table::values::dates::SpanReading;
use crate::table::values::periods;

impl Tally {
    /// Counts a cell that names a period.
    pub(super) fn count_span(&mut self, span: SpanReading, cell: &str, n: u64, example: &dyn Fn() -> Example) {
        self.spans += n;
        self.spans_without_year += n * u64::from(!span.has_year());
        self.days_of_month += n * u64::from(span.is_day());
        self.weeks_by_letter += n * u64::from(span.is_week_by_letter(cell));
        if let Some([dmy, mdy]) = span.by_order() {
            self.vote(dmy.is_some(), mdy.is_some(), n, example);
        }
        (!span.has_year()).then(|| note(&mut self.first_without_year, example));
    }
}

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
        // A word among them, such as "done", does not condemn the column.
        let of = tally.filled - tally.no_value;
        let are_named =
            || tally.spans_without_year > 0 && (tally.spans == of || (tally.spans > 1 && tally.spans * 3 >= of * 2));
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
