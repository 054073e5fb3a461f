//! Names of groups: rows of one cell that head the rows below them.

use std::borrow::Cow;

use crate::table::layout::sample::{CellType, SampleRow};
use crate::table::layout::totals::is_total;

/// Returns the only column that is filled directly above a repeated header, or `None` if there is no such column.
pub(crate) fn column(header: &[Cow<'_, str>], below: &[SampleRow]) -> Option<usize> {
    let again = below.windows(2).find(|pair| pair[1].cells == header && pair[0].filled() == 1)?;
    alone(&again[0])
}

/// Returns the column of group names in a file of several blocks, each with a name at its beginning and a total at its
/// end. Rows with a single cell must occur only directly below the header or a total.
pub(crate) fn of_totals(body: &[&SampleRow]) -> Option<usize> {
    let first = body.first().filter(|row| row.types().contains(&CellType::Text) && row.cells.len() > 2)?;
    let column = alone(first)?;
    let heads: Vec<usize> =
        (0..body.len()).filter(|at| alone(body[*at]) == Some(column) && !is_total(body[*at])).collect();
    let ends = heads.iter().skip(1).copied().chain([body.len()]);
    let is_block = |(head, end): (&usize, usize)| {
        let rows = &body[head + 1..end];
        let total = rows.iter().position(|row| is_total(row));
        // After the last block come the grand total and notes.
        total.is_some_and(|at| at > 0 && (end == body.len() || at + 1 == rows.len()))
    };
    (heads.len() > 1 && heads.iter().zip(ends).all(is_block)).then_some(column)
}

/// Returns the filled column if there is exactly one.
fn alone(row: &SampleRow) -> Option<usize> {
    let mut filled = (0..row.cells.len()).filter(|column| row.cell_type(*column) != CellType::Blank);
    filled.next().filter(|_| filled.next().is_none())
}
