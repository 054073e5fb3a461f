//! Selects the cells of a file that belong to a series, and the rows that do not. [`super`] uses it to read rows.

use std::collections::BTreeSet;

use super::series::Role;
use super::shape::Shape;
use crate::preset::normal;
use crate::problem::Problem;
use crate::source::Opened;
use crate::source::record::Record;

/// One part of a series in one file.
pub(crate) struct Pick {
    pub series: usize,
    /// Role of the rows in the series, in a long file.
    pub role: Role,
    /// Normalised name of the metric, in a long file.
    pub name: String,
    /// Columns and their roles, in a wide file.
    pub columns: Vec<(Role, usize)>,
    /// A row counts if each of these columns has one of its words.
    pub filter: Vec<(usize, Vec<String>)>,
}

impl Pick {
    /// Returns whether the row has a cell in the columns of the series.
    pub(crate) fn has_cell(&self, record: &Record<'_, '_>) -> bool {
        self.columns.iter().any(|(_, column)| record.cell(*column).is_some())
    }

    /// Returns whether the row matches `where`.
    pub(crate) fn keeps(&self, record: &Record<'_, '_>) -> bool {
        let holds = |(column, words): &(usize, Vec<String>)| {
            record.cell(*column).is_some_and(|cell| words.contains(&normal(&cell)))
        };
        self.filter.iter().all(holds)
    }
}

/// Reports that a row has numbers but lacks their date or name: the first blank one of these cells, given with their
/// names.
pub(crate) fn lacking(record: &mut Record<'_, '_>, cells: &[(usize, &str)]) {
    if let Some((column, called)) = cells.iter().find(|(column, _)| record.cell(*column).is_none()) {
        record.leave_out(*column, &lacks(called), "fill the cell in, or delete the row");
    }
}

/// Returns why columns that are used are ambiguous, each reason once. If units belong to rows, their problems are
/// reported there.
pub(crate) fn doubts(file: &Opened<'_>, shape: &Shape, picks: &[Pick]) -> Vec<Problem> {
    let column = |at: usize| file.inspection.columns.get(at);
    let doubts: Vec<&Problem> = match shape {
        // The value of a long file is a field, so the mapping reports its problems.
        Shape::Long { .. } | Shape::Undated { .. } => Vec::new(),
        Shape::Wide { .. } => {
            let used: BTreeSet<usize> = picks.iter().flat_map(|pick| pick.columns.iter().map(|(_, at)| *at)).collect();
            used.into_iter().filter_map(|at| column(at)?.doubt.as_ref()).collect()
        }
        Shape::Periods { periods, .. } => {
            let of_periods = periods.iter().filter_map(|(at, _)| column(*at)?.doubt.as_ref());
            of_periods.filter(|doubt| doubt.code != "mixed-units").take(1).collect()
        }
    };
    let said = |doubt: &Problem| if file.is_private { doubt.clone().concealed() } else { doubt.clone() };
    doubts.into_iter().map(said).collect()
}

/// Describes that a row lacks its date or its name.
pub fn lacks(called: &str) -> String {
    format!("this row has numbers and no {called} beside them; it is not read")
}
