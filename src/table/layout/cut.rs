//! Cells that were split in two, because they contain the delimiter without being quoted. If this happens in every row,
//! all rows are longer than the header, and the cells after the split are below the wrong names.
//!
//! [`crate::table::layout::sniffed`] looks for them in the sample; [`crate::table::Inspection`] refuses the file if
//! there are any.

use crate::table::layout::header::below;
use crate::table::layout::sample::{CellType, Sample, SampleRow};
use crate::table::text::records::{Dialect, Records};

/// The cell that is probably split in each row.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct SplitCells {
    /// Name of its column in the header.
    pub column: String,
    /// Whether it is a number, split at the sign between its digits; otherwise it is a text, split at a comma or
    /// another sign in it.
    pub is_number: bool,
}

/// Finds the split cell in rows that are longer than their header.
///
/// The second half of a number has three digits, as between thousands separators. The second half of a text begins with
/// the space that follows a comma in a sentence, unlike all other cells.
pub(crate) fn find(rows: &[SampleRow], header: usize, sample: &Sample, dialect: Dialect) -> Option<SplitCells> {
    let width = rows.get(header)?.cells.len();
    let below = below(rows, header);
    let wider: Vec<&SampleRow> = below.iter().filter(|row| row.cells.len() > width).copied().collect();
    if wider.len() < 2 || wider.len() * 2 <= below.len() || wider.iter().any(|row| ends_blank(row)) {
        return None;
    }
    let number = (0..width).rev().find(|column| is_cut_number(&wider, *column, width)).map(|column| (column, true));
    let (column, is_number) =
        number.or_else(|| Some((after_blank(&wider, sample, dialect)?.checked_sub(1)?, false)))?;
    let column = rows.get(header)?.cells.get(column).map(|name| name.trim().to_owned())?;
    Some(SplitCells { column, is_number })
}

fn ends_blank(row: &SampleRow) -> bool {
    row.types().last() == Some(&CellType::Blank)
}

/// Returns whether the cell and the next one are the halves of a number in all rows. Since two columns of whole numbers
/// look alike, a half must begin with a zero, unless the two cells are the last ones.
fn is_cut_number(rows: &[&SampleRow], column: usize, width: usize) -> bool {
    let digits = |cell: &str| !cell.is_empty() && cell.bytes().all(|b| b.is_ascii_digit());
    let halves = |row: &SampleRow| Some((row.cells.get(column)?.to_string(), row.cells.get(column + 1)?.to_string()));
    let is_cut = |row: &&SampleRow| {
        halves(row).is_some_and(|(whole, rest)| {
            digits(&whole) && digits(&rest) && whole.len() <= 3 && rest.len() == 3 && !whole.starts_with('0')
        })
    };
    let has_zero = |row: &&SampleRow| halves(row).is_some_and(|(_, rest)| rest.starts_with('0'));
    rows.iter().all(is_cut) && (column + 1 == width || rows.iter().any(has_zero))
}

/// Returns the only column whose cells begin with a space in all of the rows. In other columns no cell may begin with a
/// space.
fn after_blank(rows: &[&SampleRow], sample: &Sample, dialect: Dialect) -> Option<usize> {
    let mut records = Records::new(sample.text(), 1, dialect);
    let mut wanted = rows.iter().map(|row| row.line).peekable();
    let mut only = None;
    while let (Some(record), Some(line)) = (records.next(), wanted.peek().copied()) {
        if record.line != line {
            continue;
        }
        wanted.next();
        let mut found = (0..record.width()).filter(|column| record.begins_blank(*column));
        let (first, second) = (found.next()?, found.next());
        if second.is_some() || only.is_some_and(|only| only != first) {
            return None;
        }
        only = Some(first);
    }
    only
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::table::layout::delimiter;

    fn cut(text: &str) -> Option<(String, bool)> {
        let sample = Sample::read(text.as_bytes()).expect("a sample");
        let found = delimiter::find(&sample, Some(','), "t.csv").expect("a dialect");
        find(&found.rows, 0, &sample, found.dialect).map(|cut| (cut.column, cut.is_number))
    }

    #[test]
    fn a_text_is_split_where_the_second_half_begins_with_a_space() {
        let text = "Key,Title,Status\nA-1,Fix import, export,Done\nA-2,Add ten, then more,Open\n";
        assert_eq!(cut(text), Some(("Title".to_owned(), false)));
        // Without the space, the rows may as well begin with row names.
        assert_eq!(cut(&text.replace(", ", ",")), None);
        // Some files have a space after every comma.
        assert_eq!(cut("a,b\nx, 1, 2\ny, 3, 4\n"), None);
    }

    #[test]
    fn a_number_is_split_where_the_second_half_has_three_digits() {
        assert_eq!(cut("Year,Turnover\n2023,15,091\n2024,21,183\n"), Some(("Turnover".to_owned(), true)));
        assert_eq!(cut("Day,Revenue,Orders\n2026-11-02,1,200,5\n2026-11-03,1,050,6\n"), Some(("Revenue".into(), true)));
        // The file has row names and two columns of whole numbers.
        assert_eq!(cut("hp,disp,cyl\nMazda,21,160,6\nDatsun,22,108,4\n"), None);
    }
}
