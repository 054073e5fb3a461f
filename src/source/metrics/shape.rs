//! The three shapes of a metrics file.

use chrono::NaiveDate;

use crate::source::mapping::Mapping;
use crate::table::{Inspection, Kind};

/// How the rows of a file contain metrics, with the relevant columns.
pub(crate) enum Shape {
    Long {
        date: usize,
        name: usize,
        value: usize,
    },
    Wide {
        date: usize,
    },
    /// Names and values without dates: every value is of the day that the data are of.
    Undated {
        name: usize,
        value: usize,
    },
    /// Period of each column that has one.
    Periods {
        name: usize,
        periods: Vec<(usize, NaiveDate)>,
    },
}

impl Shape {
    /// None: the file has neither dates nor names with values.
    pub(crate) fn of(inspection: &Inspection, mapping: &Mapping<'_>) -> Option<Self> {
        let first = |field: &str| mapping.columns(field).first().copied();
        let periods: Vec<(usize, NaiveDate)> =
            inspection.columns.iter().filter_map(|column| Some((column.position, column.period?))).collect();
        let text = || inspection.columns.iter().find(|column| column.kind == Kind::Text).map(|column| column.position);
        match (first("date"), first("metric"), first("value")) {
            (Some(date), Some(name), Some(value)) => Some(Shape::Long { date, name, value }),
            (Some(date), ..) => Some(Shape::Wide { date }),
            (None, name, _) if periods.len() > 1 => Some(Shape::Periods { name: name.or_else(text)?, periods }),
            (None, Some(name), Some(value)) => Some(Shape::Undated { name, value }),
            _ => None,
        }
    }
}
