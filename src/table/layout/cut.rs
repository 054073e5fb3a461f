//! Cells that were cut in two: they hold the delimiter, and no quotes stand around them. Where that is so in every row,
//! all rows are longer than the header, and what stands behind the cut is not what its header says.
//!
//! [`crate::table::layout::outline`] asks, with the sample; [`crate::table::Inspection`] refuses such a file by what is found.

use crate::table::layout::header::below;
use crate::table::layout::sample::{CellType, Sample, SampleRow};
use crate::table::text::records::{Dialect, Records};

/// The cell that most likely is cut in each row.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct SplitCells {
    /// The header's name for it.
    pub column: String,
    /// It is a number, cut at the sign between its digits; else a text, cut at a sign of its own.
    pub is_number: bool,
}

/// The cut cell of rows that are longer than their header.
///
/// Of numbers the second half is three digits, as between thousands; of texts it begins with the blank that follows a
/// comma in a sentence, as no other cell does.
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

/// Whether the cell and the next are the halves of a number in all rows. Two columns of whole numbers look alike, so
/// that before the last two cells it takes a half that begins with a zero, as no number does.
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

/// The one column whose cells begin with a blank in all of the rows, where no other's does in any.
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
    fn a_text_is_cut_where_the_second_half_begins_with_a_blank() {
        let text = "Key,Title,Status\nA-1,Fix import, export,Done\nA-2,Add ten, then more,Open\n";
        assert_eq!(cut(text), Some(("Title".to_owned(), false)));
        // Without the blank it may as well be a file whose rows have names.
        assert_eq!(cut(&text.replace(", ", ",")), None);
        // Blanks behind every comma are a way of writing.
        assert_eq!(cut("a,b\nx, 1, 2\ny, 3, 4\n"), None);
    }

    #[test]
    fn a_number_is_cut_where_the_second_half_is_three_digits() {
        assert_eq!(cut("Year,Turnover\n2023,15,091\n2024,21,183\n"), Some(("Turnover".to_owned(), true)));
        assert_eq!(cut("Day,Revenue,Orders\n2026-11-02,1,200,5\n2026-11-03,1,050,6\n"), Some(("Revenue".into(), true)));
        // Names of rows, and two columns of whole numbers.
        assert_eq!(cut("hp,disp,cyl\nMazda,21,160,6\nDatsun,22,108,4\n"), None);
    }
}
