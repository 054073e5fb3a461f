//! Headings in a list: rows of one cell that name the group of the rows below them, in the column of titles or in
//! another one. Only [`super::PlanOutline`] uses it.

use std::collections::BTreeSet;

use crate::problem::Failure;
use crate::table::{Inspection, Row};

/// Rows in which a heading is looked for before all are read.
const FIRST_ROWS: usize = 100;
/// Minimum number of rows with only a title that are headings: a single one may be a task of which nothing else is known
/// yet.
const MIN_HEADINGS: usize = 2;
/// Minimum number of columns of a list with headings.
const MIN_COLUMNS: usize = 3;

/// The rows of one cell that do not belong to a list, by their lines.
#[derive(Debug, Default, PartialEq)]
pub(super) struct Headings {
    pub headings: BTreeSet<u64>,
    /// Notes below the total of a list.
    pub notes: BTreeSet<u64>,
}

/// A row that may be a heading, or a row below one.
struct Shape {
    line: u64,
    /// The only filled column, if it has words.
    alone: Option<usize>,
    /// Whether it is a row of several cells that the structure of the file skips, such as a total.
    is_total: bool,
}

/// Returns the headings and notes of a list. `title` is the column of titles.
pub(super) fn of(inspection: &Inspection, title: Option<usize>) -> Result<Headings, Failure> {
    if inspection.columns.len() < MIN_COLUMNS || inspection.header_line == 0 || inspection.reads_all_rows() {
        return Ok(Headings::default());
    }
    let mut may_have = inspection.skipped_rows > 0;
    inspection.first_rows(FIRST_ROWS, false, &mut |row| may_have |= alone(row).is_some())?;
    if !may_have {
        return Ok(Headings::default());
    }
    let mut shapes: Vec<Shape> = Vec::new();
    inspection.rows(&mut |row| shapes.push(Shape { line: row.line(), alone: alone(row), is_total: false }))?;
    let read: BTreeSet<u64> = shapes.iter().map(|shape| shape.line).collect();
    if inspection.skipped_rows > 0 {
        inspection.skipped_rows(&mut |row| {
            shapes.push(Shape { line: row.line(), alone: alone(row), is_total: alone(row).is_none() });
        })?;
        shapes.sort_by_key(|shape| shape.line);
    }
    // The structure of the file may skip them already.
    let notes = &notes(&shapes) & &read;
    shapes.retain(|shape| !shape.is_total);
    Ok(Headings { headings: headings(&shapes, title), notes })
}

/// Rows of one cell below the last total, which no fuller row follows.
fn notes(shapes: &[Shape]) -> BTreeSet<u64> {
    let Some(total) = shapes.iter().rposition(|shape| shape.is_total) else { return BTreeSet::new() };
    let below = &shapes[total + 1..];
    let are_notes = total > 0 && below.iter().all(|shape| shape.alone.is_some());
    below.iter().filter(|_| are_notes).map(|shape| shape.line).collect()
}

/// Returns the only filled column of a row, if its cell has words.
fn alone(row: &Row<'_>) -> Option<usize> {
    let mut filled = row.filled();
    let column = filled.next().filter(|_| filled.next().is_none())?;
    let is_value = row.is_date(column) || row.as_number(column).is_some();
    (!is_value && !row.is_wide()).then_some(column)
}

/// Rows of one cell are headings if they stand in one column and each has fuller rows below it. In the column of titles
/// the list must also begin with one.
fn headings(shapes: &[Shape], title: Option<usize>) -> BTreeSet<u64> {
    // Notes below the last row are not headings.
    let end = shapes.iter().rposition(|shape| shape.alone.is_none()).map_or(0, |last| last + 1);
    let shapes = &shapes[..end];
    let mut found = shapes.iter().filter(|shape| shape.alone.is_some());
    let Some(column) = found.next().and_then(|first| first.alone) else { return BTreeSet::new() };
    let count = 1 + found.clone().count();
    let is_of_titles = title == Some(column);
    let stand_alone = shapes.windows(2).all(|pair| pair[0].alone.is_none() || pair[1].alone.is_none());
    let begins = shapes.first().is_some_and(|first| first.alone.is_some());
    let is_like_one = found.all(|shape| shape.alone == Some(column))
        && stand_alone
        && 2 * count <= shapes.len()
        && (!is_of_titles || (begins && count >= MIN_HEADINGS));
    match is_like_one {
        true => shapes.iter().filter(|shape| shape.alone.is_some()).map(|shape| shape.line).collect(),
        false => BTreeSet::new(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Returns the lines of headings; a digit is the column of the only cell, `-` a fuller row, `t` a total.
    fn found(rows: &str) -> Vec<u64> {
        let shapes = shapes(rows);
        headings(&shapes, Some(1)).into_iter().collect()
    }

    fn shapes(rows: &str) -> Vec<Shape> {
        let alone = |c: char| c.to_digit(10).map(|column| column as usize);
        (2..).zip(rows.chars()).map(|(line, c)| Shape { line, alone: alone(c), is_total: c == 't' }).collect()
    }

    #[test]
    fn a_note_stands_below_the_total() {
        assert_eq!(notes(&shapes("---t1")), [6].into());
        assert_eq!(notes(&shapes("---t11")), [6, 7].into());
        for rows in ["---1", "--t1-", "t1", "---t"] {
            assert!(notes(&shapes(rows)).is_empty(), "{rows}");
        }
    }

    #[test]
    fn headings_head_the_rows_below_them() {
        assert_eq!(found("1--1--1-"), [2, 5, 8]);
        assert_eq!(found("0--0-"), [2, 5]);
        assert_eq!(found("-0--"), [3], "in a column that names no row");
        assert_eq!(found("0--0-0"), [2, 5], "the last is a note");
    }

    #[test]
    fn a_title_alone_may_be_a_task() {
        for rows in ["1---", "-1--1-", "1--1--11-", "11--", "1-1", "----", "0--1-", ""] {
            assert!(found(rows).is_empty(), "{rows}");
        }
    }
}
