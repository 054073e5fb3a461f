//! The plain long metrics file — date, metric, value, and nothing to filter by — folded on all cores: millions of rows
//! take the time of a look at each. A row that is not plain sends the whole file to the careful pass beside this one.

use std::collections::BTreeMap;

use chrono::NaiveDate;

use super::Pick;
use super::series::{Role, Series};
use crate::preset::normal;
use crate::problem::Failure;
use crate::table::{Row, Survey};
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

/// The days of one series in one block of the file.
#[derive(Default)]
struct Part {
    days: BTreeMap<NaiveDate, Day>,
    targets: BTreeMap<NaiveDate, f64>,
    /// The day that the last row was of: rows mostly come by date.
    open: Option<(NaiveDate, Day)>,
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
}

/// One block of the file.
struct Block {
    parts: Vec<Part>,
    read: u64,
    newest: Option<NaiveDate>,
    /// The name of the last row and what it is a part of.
    last: (String, Vec<usize>),
    odd: bool,
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
    let start = || Block {
        parts: picks.iter().map(|_| Part::default()).collect(),
        read: 0,
        newest: None,
        last: (String::new(), Vec::new()),
        odd: false,
    };
    let mut blocks = Vec::new();
    let mut folded = Folded { read: 0, newest: None };
    let mut odd = false;
    survey.fold(
        start,
        |block, row| {
            if !block.odd {
                block.odd = add(block, row, columns, as_of, picks).is_none();
            }
        },
        |mut block| {
            block.parts.iter_mut().for_each(Part::close);
            odd |= block.odd;
            folded.read += block.read;
            folded.newest = folded.newest.max(block.newest);
            blocks.push(block.parts);
        },
    )?;
    if odd {
        return Ok(None);
    }
    for parts in blocks {
        for (pick, part) in picks.iter().zip(parts) {
            if let Some(one) = series.get_mut(pick.series) {
                part.days.iter().for_each(|(on, day)| one.merge(*on, day));
                part.targets.into_iter().for_each(|(on, target)| one.target(on, Some(target)));
            }
        }
    }
    Ok(Some(folded))
}

/// Adds a row; None where it is not plain.
fn add(block: &mut Block, row: &Row<'_>, columns: Columns, as_of: NaiveDate, picks: &[Pick]) -> Option<()> {
    let on = row.date(columns.date).ok()??;
    let value = row.number(columns.value).ok()?;
    block.read += 1;
    if on > as_of {
        return Some(());
    }
    block.newest = block.newest.max(Some(on));
    let name = row.cell(columns.name)?;
    if block.last.0 != name {
        let wanted = normal(&row.text(columns.name)?);
        let of = (0..picks.len()).filter(|at| picks[*at].name == wanted).collect();
        block.last = (name.into_owned(), of);
    }
    let target = match columns.target {
        Some(target) => row.number(target).ok()?,
        None => None,
    };
    for at in &block.last.1 {
        let part = block.parts.get_mut(*at)?;
        if let Some(target) = target {
            part.targets.insert(on, target);
        }
        let day = part.day(on);
        if let Some(value) = value {
            day.add(value);
        }
    }
    Some(())
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
