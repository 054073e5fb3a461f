//! Tables side by side: a spreadsheet with several tables is exported with blank columns between them. One of them is
//! read, which [`crate::table::layout::sniffed`] selects. A blank column inside a table does not split it.

use std::borrow::Cow;
use std::ops::Range;

use crate::table::layout::header;
use crate::table::layout::sample::SampleRow;
use crate::table::layout::totals;
use crate::table::layout::window::Window;

/// The columns of the table that is read, and the tables beside it.
#[derive(Debug, Clone)]
pub(crate) struct Beside {
    /// The columns of the table that is read.
    pub own: Window,
    pub others: Vec<Other>,
}

/// A table that is not read.
#[derive(Debug, Clone)]
pub(crate) struct Other {
    pub columns: Range<usize>,
    /// Line of its header, or of its first row.
    pub line: u64,
    pub names: Vec<String>,
}

impl Beside {
    /// Finds the tables of a sheet, if it has several. The one that is read is the one whose header contains most of
    /// the names `wanted`; if several are equal, it is the leftmost one with a header.
    pub(crate) fn find(rows: &[SampleRow], wanted: &[String]) -> Option<Self> {
        let runs = runs(rows);
        if runs.len() < 2 {
            return None;
        }
        let mut parts: Vec<Part> = Vec::new();
        for columns in runs {
            let part = Part::of(rows, columns);
            match parts.last_mut() {
                Some(left) if !left.is_apart_from(&part) => {
                    *left = Part::of(rows, left.columns.start..part.columns.end)
                }
                _ => parts.push(part),
            }
        }
        let rank = |part: &Part| {
            (part.names().iter().filter(|name| wanted.iter().any(|own| own == *name)).count(), part.header.is_some())
        };
        // `max_by_key` returns the last of equal elements.
        let (own, _) = parts.iter().enumerate().rev().max_by_key(|(_, part)| rank(part)).filter(|_| parts.len() > 1)?;
        let window = Window(parts[own].columns.clone());
        parts.remove(own);
        Some(Self { own: window, others: parts.into_iter().map(Part::other).collect() })
    }
}

/// Columns between two blank ones.
struct Part<'t> {
    columns: Range<usize>,
    rows: Vec<SampleRow<'t>>,
    header: Option<usize>,
    /// The last row with several cells filled.
    end: usize,
    /// Whether every row from the header to the end has cells in these columns.
    is_solid: bool,
}

impl<'t> Part<'t> {
    fn of(all: &[SampleRow<'t>], columns: Range<usize>) -> Self {
        let rows = Window(columns.clone()).rows(all);
        let header = header::find(&rows);
        let is_row = |i: &usize| all[*i].is_tabular() && all[*i].filled() > 1 && !totals::is_total(&all[*i]);
        let first = header.map_or(0, |i| i + 1);
        let end = (first..rows.len()).filter(is_row).rfind(|i| rows[*i].filled() > 0).unwrap_or(first);
        let is_solid = (first..end).filter(is_row).all(|i| rows[i].filled() > 0);
        Self { columns, rows, header, end, is_solid }
    }

    fn names(&self) -> &[Cow<'t, str>] {
        self.header.map_or(&[], |i| &self.rows[i].cells)
    }

    /// Returns whether the columns to the right are a separate table: they begin with the same name, have their header
    /// on another line, or end in another row, although neither table has a gap. Lists of one column are columns of one
    /// table.
    fn is_apart_from(&self, right: &Part) -> bool {
        if self.columns.len() < 2 || right.columns.len() < 2 {
            return false;
        }
        let begins_again = self.header == right.header && self.names().first() == right.names().first();
        let ends_elsewhere = self.end != right.end && self.is_solid && right.is_solid && self.shorter(right).is_full();
        self.header.is_some() && (begins_again || self.has_other_header(right) || ends_elsewhere)
    }

    /// Returns whether the right part has its header on a line that does not contain names of this part.
    fn has_other_header(&self, right: &Part) -> bool {
        let (Some(own), Some(other)) = (self.header, right.header) else { return false };
        let is_header = |part: &Part, i: usize| header::stands_above(&part.rows, i);
        own != other && is_header(self, own) && is_header(right, other) && !is_header(right, own)
    }

    fn shorter<'p>(&'p self, right: &'p Part<'t>) -> &'p Part<'t> {
        if self.end < right.end { self } else { right }
    }

    /// Returns whether the part has at least two rows and hardly any blank cell, unlike a column in which few rows have
    /// a word.
    fn is_full(&self) -> bool {
        let first = self.header.map_or(0, |i| i + 1);
        let rows = || self.rows[first..=self.end].iter().filter(|row| row.filled() > 0);
        let filled: usize = rows().map(SampleRow::filled).sum();
        rows().count() > 1 && filled * 5 >= rows().count() * self.columns.len() * 4
    }

    fn other(self) -> Other {
        let first = self.header.or_else(|| self.rows.iter().position(|row| row.filled() > 0));
        let named = self.header.map_or(&[][..], |i| &self.rows[i].cells);
        Other {
            line: first.map_or(0, |i| self.rows[i].line),
            names: named.iter().filter(|name| !name.is_empty()).map(|name| name.clone().into_owned()).collect(),
            columns: self.columns,
        }
    }
}

/// Returns the runs of columns that are separated by columns without cells in the sample.
fn runs(rows: &[SampleRow]) -> Vec<Range<usize>> {
    let width = rows.iter().map(|row| row.cells.len()).max().unwrap_or(0);
    let mut is_filled = vec![false; width];
    let mut blank = width;
    for row in rows.iter().filter(|row| !row.is_ruling && !row.is_comment) {
        for (cell, filled) in row.cells.iter().zip(&mut is_filled) {
            if !*filled && !cell.is_empty() {
                *filled = true;
                blank -= 1;
            }
        }
        // Most files have no blank column.
        if blank == 0 {
            break;
        }
    }
    let mut runs: Vec<Range<usize>> = Vec::new();
    for column in (0..width).filter(|column| is_filled[*column]) {
        match runs.last_mut() {
            Some(run) if run.end == column => run.end += 1,
            _ => runs.push(column..column + 1),
        }
    }
    runs
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::table::layout::sample::Sample;
    use crate::table::text::records::Dialect;

    /// Returns the columns of the table that is read, and the first columns of the others.
    fn beside(text: &str, wanted: &[&str]) -> Option<(Range<usize>, Vec<usize>)> {
        let sample = Sample::read(text.as_bytes()).unwrap();
        let rows = sample.rows(Dialect::of(b','));
        let wanted: Vec<String> = wanted.iter().map(|name| (*name).to_owned()).collect();
        let found = Beside::find(&rows, &wanted)?;
        Some((found.own.0, found.others.into_iter().map(|other| other.columns.start).collect()))
    }

    #[test]
    fn the_table_with_the_wanted_columns_is_read_otherwise_the_leftmost() {
        let text = "Name,Hours,,Region,Sales\nAnn,3,,North,12\nBob,4,,South,15\n,,,West,7\n";
        assert_eq!(beside(text, &[]), Some((0..2, vec![3])));
        assert_eq!(beside(text, &["Sales"]), Some((3..5, vec![0])));
        assert_eq!(beside(text, &["Sales", "Name", "Hours"]), Some((0..2, vec![3])));
        let legend = "Total,18,,Name,Hours\nMean,4,,Ann,3\nMost,9,,Bob,6\n,,,Cid,9\n,,,Dee,2\n";
        assert_eq!(beside(legend, &[]), None, "what has no header parts nothing");
    }

    #[test]
    fn a_blank_column_in_a_table_does_not_split_it() {
        for text in [
            "Name,Hours,,Region,Sales\nAnn,3,,North,12\nBob,4,,South,15\n",
            "Key,Title,,Comment,Reviewer\nA-1,x,,good,Ann\nA-2,y,,,\nA-3,z,,,\n",
            "Key,Title,,Comment,Reviewer\nA-1,x,,,\nA-2,y,,fine,Ann\nA-3,z,,,\nA-4,z,,no,Bob\nA-5,z,,,\n",
            "Team,Lead,,Jan,Feb\nNorth,Ann,,1,2\nSouth,Bob,,3,4\nTotal,,,4,6\nas of today,,,,\n",
            "Branch,,Name,Hours\nNorth,,Ann,1\n,,Bob,2\nSouth,,Cid,3\n,,Dee,4\n",
            "a,b,,,\nx,1,,u,v\ny,2,,u,w\nz,3,,t,w\n",
        ] {
            assert_eq!(beside(text, &[]), None, "{text}");
        }
    }
}
