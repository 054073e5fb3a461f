//! What of a file is which part of a series, and which rows are not of it. [`super`] reads the rows by it.

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
    /// Of a long file: what its rows are to the series.
    pub role: Role,
    /// Of a long file: the metric's name, as it is compared.
    pub name: String,
    /// Of a wide file.
    pub columns: Vec<(Role, usize)>,
    /// Rows count if each of these columns holds one of its words.
    pub filter: Vec<(usize, Vec<String>)>,
}

impl Pick {
    /// Whether the row has anything in the columns of the series.
    pub(crate) fn has_cell(&self, record: &Record<'_, '_>) -> bool {
        self.columns.iter().any(|(_, column)| record.cell(*column).is_some())
    }

    /// Whether the row passes `where`.
    pub(crate) fn keeps(&self, record: &Record<'_, '_>) -> bool {
        let holds = |(column, words): &(usize, Vec<String>)| {
            record.cell(*column).is_some_and(|cell| words.contains(&normal(&cell)))
        };
        self.filter.iter().all(holds)
    }
}

/// Says that a row has numbers and lacks what they are of: the first of these cells that is blank, with what it is called.
pub(crate) fn lacking(record: &mut Record<'_, '_>, cells: &[(usize, &str)]) {
    if let Some((column, called)) = cells.iter().find(|(column, _)| record.cell(*column).is_none()) {
        record.leave_out(*column, &lacks(called), "fill the cell in, or delete the row");
    }
}

/// Why the columns that are read cannot be read with certainty, each once. Units that belong to rows are told there.
pub(crate) fn doubts(file: &Opened<'_>, shape: &Shape, picks: &[Pick]) -> Vec<Problem> {
    let column = |at: usize| file.inspection.columns.get(at);
    let doubts: Vec<&Problem> = match shape {
        // The value of a long file is a field, of which the mapping says it.
        Shape::Long { .. } => Vec::new(),
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

/// What is said of a row that lacks its date or its name.
pub fn lacks(called: &str) -> String {
    format!("this row has numbers and no {called} beside them; it is not read")
}
