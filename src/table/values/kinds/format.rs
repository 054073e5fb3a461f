//! How the cells of a column become values.

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

/// How the cells of a column become values.
#[derive(Debug, Clone, PartialEq)]
pub(crate) enum CellFormat {
    Date {
        order: Option<DateOrder>,
        fiscal_years: bool,
    },
    /// Whole numbers that stand for days.
    IntegerDate(IntegerDate),
    /// As chrono's strftime writes it; configured.
    Pattern(String),
    Number {
        decimal: char,
        unit: String,
        scaled: bool,
        /// They name something — a house, a postal code, a telephone — so that their sum means nothing: text, read as
        /// numbers only where a field asks for them.
        code: bool,
    },
    /// In hours.
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

/// A column's format, and what is to be said about it.
#[derive(Debug, Clone)]
pub(crate) struct Decision {
    pub format: CellFormat,
    /// Why the cells cannot be read with certainty.
    pub doubt: Option<Problem>,
    /// Worth knowing: the cells are read, but may mean something else.
    pub notes: Vec<Problem>,
}
