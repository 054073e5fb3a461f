//! Rows of metrics that have numbers but no date or no name: `headsup inspect` reports them as reading does.

use super::{Recognised, periods};
use crate::lexicon;
use crate::problem::{Failure, Place};
use crate::source::metrics::lacks;
use crate::table::{Inspection, Kind};
use crate::team::TableKind;

/// A row with numbers but without a date or a name.
pub struct Lacking {
    pub place: Place,
    pub message: String,
}

/// Returns these rows of a recognised file, in its order.
pub fn rows(inspection: &Inspection, found: &Recognised<'_>) -> Result<Vec<Lacking>, Failure> {
    let first = |field: &str| found.positions(field).next();
    if found.table != TableKind::Metrics || inspection.header_line == 0 {
        return Ok(Vec::new());
    }
    let periods: Vec<usize> = periods(inspection).map(|column| column.position).collect();
    let (needed, values): (Vec<(usize, &str)>, Vec<usize>) = match (first("date"), first("metric"), first("value")) {
        (Some(date), Some(name), Some(value)) => (vec![(date, "date"), (name, "name")], vec![value]),
        (Some(date), ..) => {
            let is_metric = |column: &&crate::table::Column| {
                column.kind == Kind::Number && !lexicon::is_id(&column.name) && column.position != date
            };
            (vec![(date, "date")], inspection.columns.iter().filter(is_metric).map(|column| column.position).collect())
        }
        (None, Some(name), _) => (vec![(name, "name")], periods),
        _ => return Ok(Vec::new()),
    };
    let mut rows = Vec::new();
    inspection.rows(&mut |row| {
        let has_value = || values.iter().any(|column| row.text(*column).is_some());
        if let Some((column, called)) = needed.iter().find(|(column, _)| row.text(*column).is_none())
            && has_value()
        {
            rows.push(Lacking { place: row.place(*column), message: lacks(called) });
        }
    })?;
    Ok(rows)
}
