//! The units of a column of numbers: one that they share, several of one kind, or such as do not go together.

use super::vocabulary::{self, is_flag};
use super::{Column, is_mostly};
use crate::problem::Problem;
use crate::table::values::numbers::{are_of_one_kind, conversion, is_currency, scale};

/// Whether a unit measures something, and is no word behind a number.
fn is_known(unit: &str) -> bool {
    unit == "%" || is_currency(unit) || scale(unit).is_some() || conversion(unit, unit).is_some()
}

impl Column<'_> {
    /// The commonest of several units of one kind, into which the others are converted: `840 ms` and `1.2 s`.
    pub(super) fn usual_of_one_kind(&self) -> Option<String> {
        let units = &self.tally.units;
        let all: u64 = units.iter().map(|(_, n)| n).sum();
        let is_named = units.len() > 1 && units.iter().all(|(unit, _)| !unit.is_empty());
        if !is_named || !is_mostly(all, self.tally) || !are_of_one_kind(units.iter().map(|(unit, _)| unit.as_str())) {
            return None;
        }
        units.iter().max_by_key(|(_, n)| *n).map(|(unit, _)| unit.clone())
    }

    /// Cells of several units that one number cannot hold: `840 ms` and `1.2 s`, `€` and `¥`.
    pub(super) fn mixed_units(&self) -> Option<Problem> {
        let mut named: Vec<(&str, u64)> = self.tally.units.iter().map(|(unit, n)| (unit.as_str(), *n)).collect();
        let bare = named.iter().find(|(unit, _)| unit.is_empty()).map_or(0, |(_, n)| *n);
        named.retain(|(unit, _)| !unit.is_empty() && scale(unit).is_none());
        named.sort_by_key(|(_, n)| std::cmp::Reverse(*n));
        // Behind some of many bare numbers letters are a statistician's flags.
        if named.first().is_none_or(|(unit, n)| *n < bare && is_flag(unit)) {
            return None;
        }
        let [(usual, _), (odd, _), ..] = named[..] else { return None };
        let example = self.tally.first_of_unit.iter().find(|(unit, _)| unit == odd).map(|(_, example)| &**example);
        Some(self.units_differ(usual, odd, example))
    }

    /// Every cell is a number with the same unit: `3h`, `12h`.
    pub(super) fn has_one_unit(&self) -> bool {
        matches!(self.tally.units.as_slice(), [(_, n)] if *n + self.tally.no_value == self.tally.filled)
    }

    /// The unit that the numbers share, if this is a column of numbers at all; and whether they are scaled (`1.2K`).
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
        // `1.2m` among whole amounts is more than they are, not a remark.
        // A million written small is one only beside amounts that are near it.
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
            // `12.3 b`: statisticians' flags behind some of the numbers.
            Some(_) if is_mostly(all, tally) && bare * 2 >= all && named().all(|(unit, _)| is_flag(unit)) => {
                Some((String::new(), false))
            }
            Some((unit, n)) if is_mostly(bare + n, tally) => Some((unit.clone(), false)),
            // `€` and `¥` in one column: numbers, of which somebody has to say what they are together.
            Some((unit, _)) if is_mostly(all, tally) && named().all(|(unit, _)| is_known(unit)) => {
                Some((unit.clone(), false))
            }
            None if is_mostly(bare, tally) => Some((String::new(), false)),
            _ => None,
        }
    }
}
