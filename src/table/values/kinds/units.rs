//! The units of a column of numbers: a common one, several of one kind, or units that cannot be combined.

use super::vocabulary::{self, is_flag};
use super::{Column, is_mostly};
use crate::problem::Problem;
use crate::table::values::numbers::{are_of_one_kind, conversion, is_currency, scale};

/// Returns whether a unit is a known unit of measurement, as opposed to a word after a number.
fn is_known(unit: &str) -> bool {
    unit == "%" || is_currency(unit) || scale(unit).is_some() || conversion(unit, unit).is_some()
}

impl Column<'_> {
    /// Returns the most frequent of several units of one kind, such as `840 ms` and `1.2 s`, to which the others are
    /// converted.
    pub(super) fn usual_of_one_kind(&self) -> Option<String> {
        let units = &self.tally.units;
        let all: u64 = units.iter().map(|(_, n)| n).sum();
        let is_named = units.len() > 1 && units.iter().all(|(unit, _)| !unit.is_empty());
        if !is_named || !is_mostly(all, self.tally) || !are_of_one_kind(units.iter().map(|(unit, _)| unit.as_str())) {
            return None;
        }
        units.iter().max_by_key(|(_, n)| *n).map(|(unit, _)| unit.clone())
    }

    /// Returns the problem of units that cannot be combined in a column, such as `€` and `¥`, or `ms` and `kg`.
    pub(super) fn mixed_units(&self) -> Option<Problem> {
        let mut named: Vec<(&str, u64)> = self.tally.units.iter().map(|(unit, n)| (unit.as_str(), *n)).collect();
        let bare = named.iter().find(|(unit, _)| unit.is_empty()).map_or(0, |(_, n)| *n);
        named.retain(|(unit, _)| !unit.is_empty() && scale(unit).is_none());
        named.sort_by_key(|(_, n)| std::cmp::Reverse(*n));
        // Letters after some of many plain numbers are statisticians' flags.
        if named.first().is_none_or(|(unit, n)| *n < bare && is_flag(unit)) {
            return None;
        }
        let [(usual, _), (odd, _), ..] = named[..] else { return None };
        let example = self.tally.first_of_unit.iter().find(|(unit, _)| unit == odd).map(|(_, example)| &**example);
        Some(self.units_differ(usual, odd, example))
    }

    /// Returns whether every cell is a number with the same unit: `3h`, `12h`.
    pub(super) fn has_one_unit(&self) -> bool {
        matches!(self.tally.units.as_slice(), [(_, n)] if *n + self.tally.no_value == self.tally.filled)
    }

    /// Returns the unit that the numbers share, and whether they are scaled (`1.2K`). `None` if this is not a column of
    /// numbers.
    pub(super) fn unit(&self) -> Option<(String, bool)> {
        let tally = self.tally;
        let bare = tally.units.iter().find(|(unit, _)| unit.is_empty()).map_or(0, |(_, n)| *n);
        let named = || tally.units.iter().filter(|(unit, _)| !unit.is_empty());
        let top = named().max_by_key(|(_, n)| *n);
        let all: u64 = tally.units.iter().map(|(_, n)| n).sum();
        if named().count() + usize::from(bare > 0) > 1
            && named().all(|(unit, _)| scale(unit).is_some() || is_currency(unit))
            && named().any(|(unit, _)| scale(unit).is_some())
            && is_mostly(all, tally)
        {
            return Some((String::new(), true));
        }
        // `1.2m` among whole amounts multiplies them, and is not a remark. A million with a small letter counts only
        // beside amounts of similar size.
        if let [(unit, _)] = named().collect::<Vec<_>>()[..]
            && unit == "m"
            && bare > 0
            && tally.most.is_some_and(|most| most >= 100_000.0)
            && !vocabulary::promises_durations(self.header)
        {
            return Some((String::new(), true));
        }
        let is_scaled = bare > 0 && named().any(|_| true) && named().all(|(unit, _)| scale(unit).is_some());
        match top {
            Some(_) if is_scaled && is_mostly(all, tally) && !vocabulary::promises_durations(self.header) => {
                Some((String::new(), true))
            }
            // `12.3 b`: statisticians' flags after some of the numbers.
            Some(_) if is_mostly(all, tally) && bare * 2 >= all && named().all(|(unit, _)| is_flag(unit)) => {
                Some((String::new(), false))
            }
            Some((unit, n)) if is_mostly(bare + n, tally) => Some((unit.clone(), false)),
            // `€` and `¥` in one column: these are numbers, but the user has to say how to combine them.
            Some((unit, _)) if is_mostly(all, tally) && named().all(|(unit, _)| is_known(unit)) => {
                Some((unit.clone(), false))
            }
            None if is_mostly(bare, tally) => Some((String::new(), false)),
            _ => None,
        }
    }
}
