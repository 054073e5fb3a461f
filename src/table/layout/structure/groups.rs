//! Names of groups: rows of one cell that a file shows to head the rows below them.

use std::borrow::Cow;

use crate::table::layout::sample::{CellType, SampleRow};
use crate::table::layout::totals::is_total;

/// The column that alone is filled right above a header that is said again.
pub(crate) fn column(header: &[Cow<'_, str>], below: &[SampleRow]) -> Option<usize> {
    let again = below.windows(2).find(|pair| pair[1].cells == header && pair[0].filled() == 1)?;
    alone(&again[0])
}

/// The column that alone is filled at the head of each of several blocks of rows, each with a total at its end: no row
/// stands there alone but right below the header or a total.
pub(crate) fn of_totals(body: &[&SampleRow]) -> Option<usize> {
    let first = body.first().filter(|row| row.types().contains(&CellType::Text) && row.cells.len() > 2)?;
    let column = alone(first)?;
    let heads: Vec<usize> =
        (0..body.len()).filter(|at| alone(body[*at]) == Some(column) && !is_total(body[*at])).collect();
    let ends = heads.iter().skip(1).copied().chain([body.len()]);
    let is_block = |(head, end): (&usize, usize)| {
        let rows = &body[head + 1..end];
        let total = rows.iter().position(|row| is_total(row));
        // Behind the last block stand the total of all and notes.
        total.is_some_and(|at| at > 0 && (end == body.len() || at + 1 == rows.len()))
    };
    (heads.len() > 1 && heads.iter().zip(ends).all(is_block)).then_some(column)
}

/// The one column that is filled.
fn alone(row: &SampleRow) -> Option<usize> {
    let mut filled = (0..row.cells.len()).filter(|column| row.cell_type(*column) != CellType::Blank);
    filled.next().filter(|_| filled.next().is_none())
}
