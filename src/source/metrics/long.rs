//! The plain long metrics file — date, metric, value, and nothing to filter by — folded on all cores: millions of rows
//! take the time of a look at each. A row that is not plain sends the whole file to the careful pass beside this one.

use std::collections::BTreeMap;

use chrono::NaiveDate;

use super::Pick;
use super::series::{Role, Series};
use crate::preset::normal;
use crate::problem::Failure;
use crate::table::{Memo, Row, Survey};
use crate::team::Day;

/// Where a long file has what.
#[derive(Clone, Copy)]
pub struct Columns {
    pub date: usize,
    pub name: usize,
    pub value: usize,
    pub target: Option<usize>,
}

/// What the rows of a file came to.
pub struct Folded {
    pub read: u64,
    pub newest: Option<NaiveDate>,
}

/// Repeated dates and names that are remembered.
const REMEMBERED: usize = 256;

/// The days of one pick of a series, in one block of the file or in all of them.
#[derive(Default)]
struct Part {
    days: BTreeMap<NaiveDate, Day>,
    targets: BTreeMap<NaiveDate, f64>,
    /// The day that the last row was of: rows mostly come by date.
    open: Option<(NaiveDate, Day)>,
    /// Whether any row has its name.
    found: bool,
}

impl Part {
    fn day(&mut self, on: NaiveDate) -> &mut Day {
        if self.open.is_none_or(|(date, _)| date != on) {
            self.close();
            self.open = Some((on, self.days.remove(&on).unwrap_or_default()));
        }
        &mut self.open.get_or_insert_default().1
    }

    fn close(&mut self) {
        if let Some((date, day)) = self.open.take() {
            self.days.insert(date, day);
        }
    }

    /// Takes in what the rows of the next block came to.
    fn merge(&mut self, mut next: Part) {
        next.close();
        next.days.iter().for_each(|(on, day)| self.days.entry(*on).or_default().merge(day));
        self.targets.extend(next.targets);
        self.found |= next.found;
    }
}

/// One block of the file, or all of them.
struct Block {
    parts: Vec<Part>,
    read: u64,
    newest: Option<NaiveDate>,
    odd: bool,
    /// What a cell of the date column says: a day, or that it is missing; None if it is no date.
    dates: Memo<Option<Option<NaiveDate>>>,
    /// Which part a name is of; None if of none.
    names: Memo<Option<usize>>,
}

impl Block {
    fn new(parts: usize) -> Self {
        Self {
            parts: std::iter::repeat_with(Part::default).take(parts).collect(),
            read: 0,
            newest: None,
            odd: false,
            dates: Memo::new(REMEMBERED),
            names: Memo::new(REMEMBERED),
        }
    }

    fn merge(&mut self, next: Block) {
        self.odd |= next.odd;
        self.read += next.read;
        self.newest = self.newest.max(next.newest);
        self.parts.iter_mut().zip(next.parts).for_each(|(part, next)| part.merge(next));
    }

    /// Adds a row; None where it is not plain.
    fn add(&mut self, row: &Row<'_>, columns: Columns, as_of: NaiveDate, names: &[&str]) -> Option<()> {
        let date = self.dates.get_or_make(row.tidy(columns.date), || row.date(columns.date).ok());
        self.read += 1;
        let Some(on) = date? else { return Some(()) };
        let known = on <= as_of;
        if known {
            self.newest = self.newest.max(Some(on));
        }
        let part = self.names.get_or_make(row.tidy(columns.name), || {
            let name = row.text(columns.name).map(|name| normal(&name));
            names.iter().position(|wanted| name.as_deref() == Some(wanted))
        });
        let Some(part) = part.and_then(|part| self.parts.get_mut(part)) else { return Some(()) };
        part.found = true;
        if known {
            if let Some(target) = columns.target
                && let Some(target) = row.number(target).ok()?
            {
                part.targets.insert(on, target);
            }
            let value = row.number(columns.value).ok()?;
            let day = part.day(on);
            if let Some(value) = value {
                day.add(value);
            }
        }
        Some(())
    }
}

/// Folds a file into its series. None: a row is not plain, and nothing was folded.
pub fn fold(
    survey: &Survey,
    columns: Columns,
    as_of: NaiveDate,
    picks: &[Pick],
    series: &mut [Series],
) -> Result<Option<Folded>, Failure> {
    if picks.iter().any(|pick| pick.role != Role::Value || !pick.filter.is_empty()) {
        return Ok(None);
    }
    // Several metrics may be made of one name: they have the same days.
    let mut names: Vec<&str> = Vec::new();
    picks.iter().for_each(|pick| {
        if !names.contains(&pick.name.as_str()) {
            names.push(&pick.name);
        }
    });
    let mut whole = Block::new(names.len());
    survey.fold(
        || Block::new(names.len()),
        |block, row| block.odd = block.odd || block.add(row, columns, as_of, &names).is_none(),
        |block| whole.merge(block),
    )?;
    if whole.odd {
        return Ok(None);
    }
    for pick in picks {
        let part = names.iter().position(|name| *name == pick.name).and_then(|part| whole.parts.get(part));
        if let (Some(part), Some(one)) = (part, series.get_mut(pick.series)) {
            one.found |= part.found;
            part.days.iter().for_each(|(on, day)| one.merge(*on, day));
            part.targets.iter().for_each(|(on, target)| one.target(*on, Some(*target)));
        }
    }
    Ok(Some(Folded { read: whole.read, newest: whole.newest }))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn later_rows_of_a_day_are_taken_in_their_order() {
        let mut part = Part::default();
        let day = |n| NaiveDate::from_ymd_opt(2026, 11, n).unwrap();
        for (on, value) in [(day(1), 4.0), (day(2), 1.0), (day(1), 6.0)] {
            part.day(on).add(value);
        }
        part.close();
        assert_eq!(part.days[&day(1)], Day { sum: 10.0, count: 2, min: 4.0, max: 6.0, last: 6.0, denominator: 0.0 });
        assert_eq!(part.days.len(), 2);
    }
}
