//! Finds the header line, as opposed to a title, a preamble, or the first data row of a file without a header.

use crate::lexicon;
use crate::table::layout::inner::HeaderWords;
use crate::table::layout::naming::typed_columns;
use crate::table::layout::naming::{
    are_objects, completes, has_slips, is_whole, names_columns, names_more, tells_names,
};
use crate::table::layout::sample::{CellType, SampleRow};

/// Most lines of a preamble.
const MAX_PREAMBLE_LINES: usize = 60;
/// Most lines of a header: names, units, the wording of a question.
const MAX_HEADER_LINES: usize = 3;
/// Number of rows below a header that are compared with it.
const COMPARED_ROWS: usize = 200;
/// If a table is this many times longer than a block of names and values above it, it is the main table of the file.
const MUCH_LONGER: usize = 10;

/// Returns the index of the header among the sample's rows, or `None` if there is no header.
pub(crate) fn find(rows: &[SampleRow]) -> Option<usize> {
    in_rows(rows).or_else(|| in_comment(rows))
}

/// Finds a header in a comment directly above rows without one, such as `# pxname,svname,qcur`.
fn in_comment(rows: &[SampleRow]) -> Option<usize> {
    let first = rows.iter().position(SampleRow::is_tabular)?;
    let i = rows[..first].iter().rposition(|row| row.is_comment)?;
    let own = rows[i].cells.len();
    let below = below(rows, i);
    let alike = below.iter().filter(|row| row.cells.len() == own).count();
    (own > 2 && rows[i].filled() * 2 > own && names_columns(&rows[i]) && alike * 10 >= below.len() * 9).then_some(i)
}

/// Finds the header among the rows that are not comments.
fn in_rows(rows: &[SampleRow]) -> Option<usize> {
    let candidates: Vec<usize> = (0..rows.len().min(MAX_PREAMBLE_LINES)).filter(|i| rows[*i].is_tabular()).collect();
    for &i in &candidates {
        let below = below(rows, i);
        if !is_wide_enough(&rows[i], &below) {
            continue;
        }
        if !names_columns(&rows[i]) && !stands_out(&rows[i], &below) {
            // A full row of data before any header means that there is none. A few odd cells above a table are its
            // preamble.
            if is_data_like(&rows[i], &below) {
                return fuller_below(rows, i);
            }
            continue;
        }
        if is_narrow_preamble(&rows[i], &below, &rows[i + 1..]) {
            continue;
        }
        if let Some(better) = better_below(rows, i, &below) {
            return Some(better);
        }
        let is_data = repeats_itself(&rows[i], &below) && continued(rows, i, &[]) == 0;
        return if is_data { None } else { Some(i) };
    }
    None
}

/// Returns the rows of the table that starts below row `i`, up to the next gap. A gap directly below row `i` is
/// skipped.
pub(crate) fn below<'r, 't>(rows: &'r [SampleRow<'t>], i: usize) -> Vec<&'r SampleRow<'t>> {
    let mut block: Vec<&SampleRow<'t>> = Vec::new();
    for row in rows.get(i + 1..).unwrap_or_default() {
        if (row.after_gap || row.is_comment) && !block.is_empty() || block.len() >= COMPARED_ROWS {
            break;
        }
        if row.is_tabular() {
            block.push(row);
        }
    }
    block
}

/// Returns whether a row has at least half as many cells as the rows below usually have.
fn is_wide_enough(row: &SampleRow, below: &[&SampleRow]) -> bool {
    let mut fills: Vec<usize> = below.iter().map(|r| r.filled()).collect();
    fills.sort_unstable();
    let usual = fills.get(fills.len() / 2).copied().unwrap_or(1);
    row.filled() * 2 >= usual && row.filled() > 0
}

/// Counts the names above typed columns, which distinguish a header from data.
fn contrast(row: &SampleRow, below: &[&SampleRow]) -> usize {
    let typed = typed_columns(below);
    row.types().iter().zip(typed).filter(|(cell_type, typed)| typed.is_some() && **cell_type == CellType::Text).count()
}

/// Returns whether row `i` has names above numbers or dates.
pub(crate) fn stands_above(rows: &[SampleRow], i: usize) -> bool {
    contrast(&rows[i], &below(rows, i)) > 0
}

/// Returns whether a row has more words than values above typed columns: a header may have a name like `404s` or `30d`.
/// Or it has so many words that the values among them are names, such as the points after each question.
fn stands_out(row: &SampleRow, below: &[&SampleRow]) -> bool {
    let alike = row
        .types()
        .iter()
        .zip(typed_columns(below))
        .filter(|(cell_type, typed)| typed.as_ref() == Some(cell_type))
        .count();
    let words = row.types().iter().filter(|cell_type| **cell_type == CellType::Text).count();
    let contrast = contrast(row, below);
    contrast > alike || (contrast > 2 && words * 2 >= row.filled())
}

/// Returns whether a row has a number or a date where the rows below have one, and no word there.
fn is_data_like(row: &SampleRow, below: &[&SampleRow]) -> bool {
    let typed = typed_columns(below);
    let mut agree = 0;
    for (column, typed) in typed.iter().enumerate() {
        match (typed, row.cell_type(column)) {
            (Some(typed), cell_type) if cell_type == *typed => agree += 1,
            (Some(_), CellType::Text) => return false,
            _ => {}
        }
    }
    // In a file of one row, there is nothing below to compare with.
    below.is_empty() && row.cells.len() > 1 || agree > 0
}

/// Returns whether a block is a preamble: it is small and above a much wider table, such as `Account;DE12` above a bank
/// statement, or it consists of names and values above a wider table that is many times longer.
fn is_narrow_preamble(row: &SampleRow, below: &[&SampleRow], after: &[SampleRow]) -> bool {
    let widest = after.iter().filter(|r| r.is_tabular()).map(SampleRow::filled).max().unwrap_or(0);
    let own = below.iter().map(|r| r.filled()).max().unwrap_or(0).max(row.filled());
    let wider = || after.iter().filter(|r| r.is_tabular() && r.filled() > own).count();
    let is_form = || own <= 2 && wider() >= below.len() * MUCH_LONGER;
    (own * 2 <= widest && (below.len() < 3 || contrast(row, below) == 0) || is_form()) && !below.is_empty()
        || (row.filled() == 1 && widest > 1 && row.cells.len() < 2)
}

/// Finds a better header a few lines below: the rows of a preamble can look like names.
fn better_below(rows: &[SampleRow], i: usize, below: &[&SampleRow]) -> Option<usize> {
    let typed = typed_columns(below);
    let breaks_types = |row: &SampleRow| {
        typed.iter().enumerate().any(|(column, typed)| typed.is_some() && row.cell_type(column) == CellType::Text)
    };
    let is_of_headers = |row: &SampleRow| row.cells.iter().all(|name| name.is_empty() || lexicon::is_header(name));
    // A header of known names that lacks one of them is still the header of the rows below it.
    let is_known = rows[i].filled() > 1 && is_of_headers(&rows[i]);
    let own = contrast(&rows[i], below);
    let mut better = None;
    for (k, row) in rows.iter().enumerate().skip(i + 1).take(15) {
        if !row.is_tabular() {
            continue;
        }
        let wider = row.filled() > rows[i].filled() && row.cells.len() > rows[i].cells.len();
        let finer = distinct(row) > distinct(&rows[i]);
        let fuller = row.filled() > rows[i].filled() || (breaks_types(row) && own > 0);
        let candidate = names_columns(row)
            && row.cells != rows[i].cells
            && !has_slips(row, &typed)
            && (!is_known || is_of_headers(row));
        let below_it = self::below(rows, k);
        let stands_out = contrast(row, &below_it);
        if candidate
            && is_wide_enough(row, &below_it)
            && (((wider || finer) && stands_out >= own.max(1)) || (fuller && stands_out > own))
        {
            better = Some(k);
        } else if !breaks_types(row) && !wider {
            break;
        }
    }
    better
}

/// Returns how many different names a row has: a row that names groups of columns repeats names.
fn distinct(row: &SampleRow) -> usize {
    let names = row.cells.iter().filter(|cell| !cell.is_empty());
    names.collect::<std::collections::BTreeSet<_>>().len()
}

/// Finds a header below cells that resemble the data in their columns, for example a date or a number in a form above
/// the table.
fn fuller_below(rows: &[SampleRow], i: usize) -> Option<usize> {
    let candidates = rows.iter().enumerate().skip(i + 1).take(15);
    let mut fuller = candidates.filter(|(_, row)| row.is_tabular() && row.filled() > rows[i].filled());
    fuller
        .find(|(k, row)| {
            let below = below(rows, *k);
            names_columns(row) && is_wide_enough(row, &below) && contrast(row, &below) > 1
        })
        .map(|(k, _)| k)
}

/// Returns the number of rows that continue the header directly above them with units or the wording of questions. Such
/// rows have names in columns of numbers or dates, or in columns without a header, or they contain JSON objects as in
/// Qualtrics. A row that fills the required columns, at least one of each list of `required`, does not continue the
/// header unless its cells are names.
pub(crate) fn continued(rows: &[SampleRow], header: usize, required: &[Vec<usize>]) -> usize {
    let lines = |n: usize| rows.iter().skip(header + 1).take(n);
    let goes_on = |n: usize| {
        let typed = typed_columns(&below(rows, header + n));
        let is_line = |row: &SampleRow| {
            names_more(row, &typed) && (!is_whole(row, required) || tells_names(row, &rows[header], &typed))
        };
        lines(n).len() == n
            && lines(n).all(|row| row.is_tabular() && !row.after_gap && row.cells != rows[header].cells)
            && (lines(n).all(is_line) || rows.get(header + n).is_some_and(are_objects))
    };
    let completes = || lines(1).any(|row| !row.after_gap && completes(row, &rows[header]));
    (1..MAX_HEADER_LINES).rev().find(|n| goes_on(*n)).unwrap_or_else(|| usize::from(completes()))
}

/// Returns the index, among the rows of a table, of the header of another table directly below it: a row with names
/// where the rows above have numbers or dates, whose own rows are as wide as itself, and wider, narrower or of other
/// types than the rows above.
pub(crate) fn next_below(rows: &[&SampleRow]) -> Option<usize> {
    let typed = typed_columns(&rows[..rows.len().min(COMPARED_ROWS)]);
    let breaks_types = |row: &SampleRow, typed: &[Option<CellType>]| {
        let mut types = typed.iter().enumerate().filter(|(_, typed)| typed.is_some()).map(|(i, _)| row.cell_type(i));
        types.clone().any(|cell_type| cell_type == CellType::Text)
            && types.all(|cell_type| matches!(cell_type, CellType::Text | CellType::Blank))
    };
    let is_header = |i: usize| {
        let (above, row, below) = (&rows[..i], rows[i], &rows[i + 1..rows.len().min(i + 1 + COMPARED_ROWS)]);
        let (before, after) = (typed_columns(above), typed_columns(below));
        let is_wide = |other: &&&SampleRow| other.cells.len() == row.cells.len();
        let (wide_above, wide_below) = (above.iter().filter(is_wide).count(), below.iter().filter(is_wide).count());
        let turned = before.iter().zip(&after).filter(|(own, next)| own.is_some() && own != next).count();
        let is_other =
            wide_above * 10 <= above.len() || turned * 2 >= before.iter().filter(|typed| typed.is_some()).count();
        breaks_types(row, &before) && wide_below * 10 >= below.len() * 9 && contrast(row, below) > 0 && is_other
    };
    let all_names = |row: &SampleRow| {
        row.cells.len() > 1
            && row.types().iter().all(|cell_type| *cell_type == CellType::Text)
            && distinct(row) == row.cells.len()
    };
    // There must be enough rows above to see what is usual, and one below.
    (2..rows.len().saturating_sub(1))
        .find(|i| all_names(rows[*i]) && breaks_types(rows[*i], &typed[..]) && is_header(*i))
}

/// Returns the names of the header. A missing name is taken from the next line of the header, or from the line above in
/// a header of two lines.
pub(crate) fn names(rows: &[SampleRow], header: usize, required: &[Vec<usize>]) -> Vec<String> {
    let mut names: Vec<String> = rows[header].cells.iter().map(|name| name.clone().into_owned()).collect();
    if let Some(first) = names.first_mut().filter(|_| rows[header].is_comment) {
        *first = first.trim_start_matches(['#', ' ']).to_owned();
    }
    let below = rows.iter().skip(header + 1).take(continued(rows, header, required));
    let above = header.checked_sub(1).map(|i| &rows[i]).filter(|row| !rows[header].after_gap && row.filled() > 1);
    for row in below.filter(|row| !are_objects(row)).chain(above) {
        for (name, other) in names.iter_mut().zip(&row.cells).filter(|(name, _)| name.is_empty()) {
            *name = other.clone().into_owned();
        }
    }
    names
}

/// Returns whether the rows have one more cell than the header, at their beginning: R writes no header above row names.
pub(crate) fn lacks_row_names(rows: &[SampleRow], header: usize) -> bool {
    let (names, below) = (&rows[header], below(rows, header));
    let is_wider =
        |row: &&SampleRow| row.cells.len() == names.cells.len() + 1 && row.types().last() != Some(&CellType::Blank);
    let mut firsts = std::collections::BTreeSet::new();
    names.filled() == names.cells.len()
        && below.len() > 1
        && below.iter().all(is_wider)
        && below.iter().all(|row| row.cells.first().is_some_and(|first| firsts.insert(first)))
        // A date is not a row name.
        && !below.iter().all(|row| row.types().first() == Some(&CellType::Date))
}

/// Returns whether the words of the first row occur again below in the same columns, so that it is data: `Bug, Done,
/// Ann` above other bugs of Ann.
fn repeats_itself(row: &SampleRow, below: &[&SampleRow]) -> bool {
    let others: Vec<&SampleRow> = below.iter().copied().filter(|r| r.cells != row.cells).collect();
    // Headers of inner tables repeat names, too.
    let others = HeaderWords::of(&row.cells).without_inner_tables(&others);
    if contrast(row, &others) > 0 || others.len() < 3 {
        return false;
    }
    let comes_again = |column: usize| {
        let cell = &row.cells[column];
        row.cell_type(column) == CellType::Text && others.iter().any(|r| r.cells.get(column) == Some(cell))
    };
    (0..row.cells.len()).filter(|column| comes_again(*column)).count() >= 2
}
