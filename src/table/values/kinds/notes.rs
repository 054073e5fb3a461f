//! Notes on columns of numbers that are read but may mean something else.

use super::{Column, vocabulary};
use crate::problem::Problem;

impl Column<'_> {
    pub(super) fn number_notes(&self) -> Vec<Problem> {
        let tally = self.tally;
        let header = self.header;
        let all: u64 = tally.units.iter().map(|(_, n)| n).sum();
        let place = |p: Problem| match &tally.first_number {
            Some(example) => p.at(example.place.clone()),
            None => p,
        };
        let mut notes = Vec::new();
        let percent = tally.units.iter().find(|(unit, _)| unit == "%").map_or(0, |(_, n)| *n);
        if percent > 0 && percent < all {
            notes.push(place(
                Problem::warning(
                    "mixed-percent",
                    format!(
                        "{percent} of the {all} numbers in column `{header}` carry a percent sign, the others do not"
                    ),
                )
                .help("all are read as they stand; make the column uniform if they mean different things"),
            ));
        }
        if vocabulary::promises_percentages(header)
            && percent == 0
            && all > 1
            && tally.zero_to_one == all
            && tally.plain < all
        {
            notes.push(place(Problem::warning(
                "percent-or-ratio",
                format!("column `{header}` promises percentages, but all its numbers are between 0 and 1: they may be ratios"),
            ).help("they are read as they stand; if 0.5 means 50 %, leave the metric's unit out")));
        }
        if let Some((cell, n)) = self.sentinel(all) {
            notes.push(place(
                Problem::warning(
                    "sentinel",
                    format!("column `{header}` holds {cell} in {n} rows, far from all its other numbers: it may mean \"missing\""),
                )
                .help(format!("if so: `missing = [\"{cell}\"]` in this [[source]]")),
            ));
        }
        if vocabulary::promises_durations(header)
            && tally.plain == all
            && tally.over_an_hour > 0
            && tally.whole_minutes * 10 >= all * 9
        {
            // If all numbers are 60 000 or more, they are milliseconds: as seconds, all would be at least 17 hours.
            let unit = if tally.least.is_some_and(|least| least >= 60_000.0) { "milliseconds" } else { "seconds" };
            notes.push(place(Problem::note("seconds", format!("the numbers in column `{header}` look like {unit}"))));
        }
        if tally.bounds > 0 {
            notes.push(place(Problem::note(
                "bounds",
                format!("{} cells of column `{header}` are bounds (as `< 10`); the bound itself is read", tally.bounds),
            )));
        }
        notes
    }

    /// Returns a number that tools write for "missing" if it differs clearly from the other numbers, such as −1 among
    /// counts or 9999 among tens.
    fn sentinel(&self, all: u64) -> Option<(&str, u64)> {
        let tally = self.tally;
        let (Some(least), Some(most)) = (tally.least, tally.most) else { return None };
        let (_, cell, n) = tally.sentinels.iter().find(|(value, ..)| {
            let value = *value as f64;
            let is_far = value.abs() >= 10.0 * least.abs().max(most.abs());
            match value {
                -1.0 => least >= 0.0 && tally.plain + self.minus_ones() >= all,
                _ if value < 0.0 => is_far || (least >= 0.0 && value.abs() > most),
                _ => is_far,
            }
        })?;
        (n * 2 < all).then_some((cell.as_str(), *n))
    }

    fn minus_ones(&self) -> u64 {
        self.tally.sentinels.iter().find(|(value, ..)| *value == -1).map_or(0, |(.., n)| *n)
    }
}
