//! The outline of a plan: a summary row stands for the rows below it, so it is skipped and nothing is counted twice. A
//! row that the plan's author has deactivated is skipped, too.
//!
//! [`super::record`] skips and counts these rows, `headsup inspect` lists them; [`super::tasks`] asks which rows are
//! above another.

mod headings;

use std::collections::{BTreeMap, BTreeSet, HashSet};

use headings::Headings;

use crate::problem::Failure;
use crate::table::answer;
use crate::table::{Inspection, Row};
use crate::team::TableKind;

/// The rows of a plan that are not work themselves, and the summaries of the other rows. Rows are identified by their
/// lines.
#[derive(Debug, Default)]
pub(crate) struct PlanOutline {
    /// The reason why a row is skipped.
    pub passed: BTreeMap<u64, &'static str>,
    /// The names of the rows above a row, the nearest one first.
    pub above: BTreeMap<u64, Vec<String>>,
    /// Rows below a confidential row.
    pub hidden: BTreeSet<u64>,
}

const SUMMARY: &str = "a summary of the rows below it, which count themselves";
const HEADING: &str = "a heading, which names the group of the rows below it";
const NOTE: &str = "a note below the total";
const INACTIVE: &str = "inactive in its plan";
/// Maximum number of levels of a plan that are examined.
const MAX_LEVELS: usize = 64;

/// Rows that show whether names are set in.
const INDENTED_ROWS: usize = 100;

/// A row of a plan.
struct Entry {
    line: u64,
    name: String,
    /// Its level in the outline.
    level: Option<f64>,
    /// Number of spaces before its name.
    indent: usize,
    /// Its outline number, such as `1.2.3`.
    number: Option<String>,
    is_summary: bool,
    is_active: bool,
    is_confidential: bool,
}

impl PlanOutline {
    /// Reads the outline of a file. `at` returns the columns of a field; a file without the columns of a plan is not
    /// read. If `is_confidential` is true for a row, all rows below it are confidential, too.
    pub(crate) fn of(
        inspection: &Inspection,
        table: TableKind,
        at: impl Fn(&str) -> Option<usize>,
        is_confidential: impl Fn(&Row<'_>) -> bool,
    ) -> Result<Self, Failure> {
        if !matches!(table, TableKind::Tasks | TableKind::Milestones) {
            return Ok(Self::default());
        }
        let name = at(if table == TableKind::Milestones { "milestone" } else { "title" });
        let columns = [at("outline_level"), at("wbs"), at("is_summary"), at("is_active"), at("predecessors")];
        let is_set_in = |name: usize| -> Result<bool, Failure> {
            let mut is_set_in = false;
            inspection.first_rows(INDENTED_ROWS, false, &mut |row| is_set_in |= row.indent(name) > 1)?;
            Ok(is_set_in)
        };
        // A plan without such columns indents its names, or has headings.
        if columns.iter().all(Option::is_none) && !name.map_or(Ok(false), is_set_in)? {
            let Headings { headings, notes } = headings::of(inspection, name)?;
            let mut outline = match headings.is_empty() {
                true => Self::default(),
                false => Self::below(inspection, &headings, is_confidential)?,
            };
            outline.passed.extend(notes.into_iter().map(|line| (line, NOTE)));
            return Ok(outline);
        }
        let [level, number, is_summary, is_active, _] = columns;
        let says = |row: &Row<'_>, column: Option<usize>| answer(row.text(column?)?.trim());
        let mut entries = Vec::new();
        inspection.rows(&mut |row| {
            entries.push(Entry {
                line: row.line(),
                name: name.and_then(|name| row.text(name)).unwrap_or_default(),
                indent: name.map_or(0, |name| row.indent(name)),
                level: level.and_then(|level| row.number(level).ok().flatten()),
                number: number.and_then(|number| row.text(number)),
                is_summary: says(row, is_summary) == Some(true),
                is_active: says(row, is_active) != Some(false),
                is_confidential: is_confidential(row),
            });
        })?;
        Ok(Self::from(entries))
    }

    /// Reads the outline of a list with headings, which are given by their lines.
    fn below(
        inspection: &Inspection,
        headings: &BTreeSet<u64>,
        is_confidential: impl Fn(&Row<'_>) -> bool,
    ) -> Result<Self, Failure> {
        let entry = |row: &Row<'_>| {
            let is_heading = headings.contains(&row.line());
            let name = row.filled().next().filter(|_| is_heading).and_then(|column| row.text(column));
            Entry {
                line: row.line(),
                name: name.unwrap_or_default(),
                level: Some(if is_heading { 0.0 } else { 1.0 }),
                indent: 0,
                number: None,
                is_summary: false,
                is_active: true,
                is_confidential: is_confidential(row),
            }
        };
        let (mut entries, mut skipped) = (Vec::new(), BTreeSet::new());
        inspection.rows(&mut |row| entries.push(entry(row)))?;
        inspection.skipped_rows(&mut |row| {
            if headings.contains(&row.line()) {
                skipped.insert(row.line());
                entries.push(entry(row));
            }
        })?;
        entries.sort_by_key(|entry| entry.line);
        let mut outline = Self::from(entries);
        // Those that the structure of the file skips are counted there.
        outline.passed.retain(|line, _| !skipped.contains(line));
        outline.passed.values_mut().for_each(|reason| *reason = HEADING);
        Ok(outline)
    }

    /// Finds the rows below confidential ones where each level has its own column, as `Title 1` and `Title 2`.
    pub(crate) fn hide_below(
        &mut self,
        inspection: &Inspection,
        titles: &[usize],
        is_confidential: impl Fn(&Row<'_>) -> bool,
    ) -> Result<(), Failure> {
        let level = |column: &usize| {
            let name = &inspection.columns.get(*column)?.name;
            Some((name.trim_end().rsplit_once(' ')?.1.parse::<u32>().ok()?, *column))
        };
        let Some(mut titles) = titles.iter().map(level).collect::<Option<Vec<_>>>() else { return Ok(()) };
        titles.sort_unstable();
        // The level of the confidential row that the following rows are below.
        let mut above: Option<u32> = None;
        inspection.rows(&mut |row| {
            let Some((level, _)) = titles.iter().find(|(_, column)| row.text(*column).is_some()) else { return };
            if above.is_some_and(|above| above < *level) {
                self.hidden.insert(row.line());
            } else {
                above = is_confidential(row).then_some(*level);
            }
        })
    }

    /// Whether only the shape of a row led to the reason why it is skipped.
    pub(crate) fn is_by_shape(reason: &str) -> bool {
        [HEADING, NOTE].contains(&reason)
    }

    fn from(mut entries: Vec<Entry>) -> Self {
        // Indentation shows the level if nothing else does. A single space is a mistake.
        let is_set_in = entries.iter().any(|entry| entry.indent > 1);
        if is_set_in && entries.iter().all(|entry| entry.level.is_none() && entry.number.is_none()) {
            entries.iter_mut().for_each(|entry| entry.level = Some((entry.indent / 2) as f64));
        }
        let parents = match entries.iter().all(|entry| entry.level.is_some()) {
            true => by_level(&entries),
            false => by_number(&entries),
        };
        let mut outline = Self::default();
        let has_parts: HashSet<usize> = parents.iter().flatten().copied().collect();
        for (at, entry) in entries.iter().enumerate() {
            // No real plan is this deep; the limit protects against malicious numbers.
            let chain = || std::iter::successors(parents[at], |parent| parents[*parent]).take(MAX_LEVELS);
            let above: Vec<String> = chain().map(|parent| entries[parent].name.clone()).collect();
            if chain().any(|parent| entries[parent].is_confidential) {
                outline.hidden.insert(entry.line);
            }
            if !above.is_empty() {
                outline.above.insert(entry.line, above);
            }
            if !entry.is_active {
                outline.passed.insert(entry.line, INACTIVE);
            } else if entry.is_summary || has_parts.contains(&at) {
                outline.passed.insert(entry.line, SUMMARY);
            }
        }
        outline
    }
}

/// Returns the parent of each row: the nearest row before it with a lower level.
fn by_level(entries: &[Entry]) -> Vec<Option<usize>> {
    let mut open: Vec<usize> = Vec::new();
    let part_of = |(at, entry): (usize, &Entry)| {
        while open.last().is_some_and(|last| entries[*last].level >= entry.level) {
            open.pop();
        }
        let parent = open.last().copied();
        open.push(at);
        parent
    };
    entries.iter().enumerate().map(part_of).collect()
}

/// Returns the parent of each row by numbers, in any order: `1.2.3` belongs to `1.2`, or to `1` if there is no such
/// row.
fn by_number(entries: &[Entry]) -> Vec<Option<usize>> {
    let numbered = entries.iter().enumerate().filter_map(|(at, entry)| Some((entry.number.as_deref()?, at)));
    let by_number: BTreeMap<&str, usize> = numbered.collect();
    let part_of = |entry: &Entry| {
        let own = entry.number.as_deref()?;
        let shorter = std::iter::successors(own.rsplit_once('.'), |(rest, _)| rest.rsplit_once('.'));
        shorter.map(|(rest, _)| rest).find_map(|rest| by_number.get(rest).copied())
    };
    entries.iter().map(part_of).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn entry(line: u64, level: Option<f64>, number: Option<&str>) -> Entry {
        let number = number.map(str::to_owned);
        Entry {
            line,
            name: format!("row {line}"),
            indent: 0,
            level,
            number,
            is_summary: false,
            is_active: true,
            is_confidential: false,
        }
    }

    #[test]
    fn a_row_with_deeper_ones_below_is_their_summary() {
        let levels = [1.0, 2.0, 3.0, 3.0, 2.0, 1.0];
        let outline =
            PlanOutline::from((1..).zip(levels).map(|(line, level)| entry(line, Some(level), None)).collect());
        assert_eq!(outline.passed.keys().copied().collect::<Vec<_>>(), [1, 2]);
        assert_eq!(outline.above[&4], ["row 2", "row 1"]);
        assert_eq!(outline.above.get(&6), None);
    }

    #[test]
    fn what_lies_below_a_confidential_row_is_confidential() {
        let mut plan: Vec<Entry> =
            (1..).zip([1.0, 2.0, 3.0, 1.0, 2.0]).map(|(line, level)| entry(line, Some(level), None)).collect();
        plan[0].is_confidential = true;
        assert_eq!(PlanOutline::from(plan).hidden, BTreeSet::from([2, 3]));
    }

    #[test]
    fn numbers_tell_parents_in_any_order() {
        let numbers = ["1.10", "1.1", "1", "1.1.2", "2"];
        let outline =
            PlanOutline::from((1..).zip(numbers).map(|(line, number)| entry(line, None, Some(number))).collect());
        assert_eq!(outline.passed.keys().copied().collect::<Vec<_>>(), [2, 3]);
        assert_eq!(outline.above[&4], ["row 2", "row 3"]);
        assert_eq!(outline.above[&1], ["row 3"]);
    }

    #[test]
    fn names_that_are_set_in_lie_deeper_by_two_blanks() {
        let indents = [0, 2, 4, 1, 0];
        let row = |(line, indent)| Entry { indent, ..entry(line, None, None) };
        let outline = PlanOutline::from((1..).zip(indents).map(row).collect());
        assert_eq!(outline.passed.keys().copied().collect::<Vec<_>>(), [1, 2]);
    }

    #[test]
    fn a_row_that_is_switched_off_is_passed_over_for_that() {
        let mut plan = vec![entry(1, Some(1.0), None), entry(2, Some(1.0), None)];
        plan[1].is_active = false;
        assert_eq!(PlanOutline::from(plan).passed, BTreeMap::from([(2, INACTIVE)]));
    }
}
