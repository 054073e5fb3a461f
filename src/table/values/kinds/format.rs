//! How the cells of a column are converted to values.

use crate::problem::Problem;
use crate::table::options::DateOrder;
use crate::table::values::dates::IntegerDate;

/// What a column holds.
#[derive(Debug, Clone, Copy, PartialEq, Eq, serde::Serialize, schemars::JsonSchema)]
#[serde(rename_all = "lowercase")]
pub enum Kind {
    Date,
    Number,
    Text,
    List,
}

/// How the cells of a column are converted to values.
#[derive(Debug, Clone, PartialEq)]
pub(crate) enum CellFormat {
    Date {
        order: Option<DateOrder>,
        fiscal_years: bool,
    },
    /// Whole numbers that represent days.
    IntegerDate(IntegerDate),
    /// A configured format in chrono's strftime syntax.
    Pattern(String),
    Number {
        decimal: char,
        unit: String,
        scaled: bool,
        /// Whether the numbers identify something – a house, a postal code, a telephone – so that their sum has no
        /// meaning. Such a column is text, and is read as numbers only if a field asks for them.
        code: bool,
    },
    /// Durations, read as hours.
    Duration,
    Text,
    List {
        separator: Option<char>,
    },
}

impl CellFormat {
    pub(crate) fn kind(&self) -> Kind {
        match self {
            CellFormat::Date { .. } | CellFormat::IntegerDate(_) | CellFormat::Pattern(_) => Kind::Date,
            CellFormat::Number { code: false, .. } | CellFormat::Duration => Kind::Number,
            CellFormat::Number { code: true, .. } | CellFormat::Text => Kind::Text,
            CellFormat::List { .. } => Kind::List,
        }
    }
}

/// The format of a column, and the problems found with it.
#[derive(Debug, Clone)]
pub(crate) struct Decision {
    pub format: CellFormat,
    /// Why the cells are ambiguous.
    pub doubt: Option<Problem>,
    /// Notes: the cells are read, but may mean something else.
    pub notes: Vec<Problem>,
}
