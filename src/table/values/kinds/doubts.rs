//! Problems of ambiguous columns: both readings, and the line of the config that decides.

use super::{Column, Example};
use crate::problem::{Problem, Severity};
use crate::table::options::DateOrder;

impl Column<'_> {
    pub(super) fn open_order(&self) -> Problem {
        let example = self.tally.first_open.as_deref();
        self.doubt("date-order", example, |text| {
            let reading = crate::table::values::dates::read(text);
            let day = |order| reading.and_then(|r| r.day(Some(order))).map_or(String::new(), |d| d.format("%-d %B %Y").to_string());
            match reading {
                Some(_) => format!(": `{text}` can be {} or {}", day(DateOrder::Dmy), day(DateOrder::Mdy)),
                None => format!(": `{text}`"),
            }
        }, format!("whether day or month comes first in column `{}` cannot be told from its cells", self.header))
        .help(format!("say `date_order = \"dmy\"` or `date_order = \"mdy\"` in this [[source]], or `formats = {{ {:?} = \"dmy\" }}`", self.header))
    }

    pub(super) fn contradicting_orders(&self) -> Problem {
        let (dmy, mdy) = (self.tally.first_dmy.as_deref(), self.tally.first_mdy.as_deref());
        self.doubt("date-order", mdy, |text| match dmy {
            Some(dmy) => format!(": `{}` in line {} has the day first, `{text}` the month", dmy.text, dmy.place.line),
            None => String::new(),
        }, format!("column `{}` mixes two orders of day and month", self.header))
        .help("export the column again with one date format; `date_order` in this [[source]] settles which rows are wrong")
    }

    pub(super) fn month_or_fiscal_year(&self) -> Problem {
        self.doubt(
            "month-or-fiscal-year",
            self.tally.first_open.as_deref(),
            |text| {
                format!(": `{text}` can be a month or the fiscal year that begins in {}", text.get(..4).unwrap_or(text))
            },
            format!("column `{}` can hold months or fiscal years", self.header),
        )
        .help(format!(
            "say `formats = {{ {0:?} = \"month\" }}` or `formats = {{ {0:?} = \"fiscal-year\" }}` in this [[source]]",
            self.header
        ))
    }

    pub(super) fn relative_dates(&self) -> Problem {
        self.doubt(
            "relative-date",
            self.tally.first_relative.as_deref(),
            |text| format!(": `{text}`"),
            format!("column `{}` counts from the day of the export, which the file does not tell", self.header),
        )
        .help("export again with absolute dates")
    }

    pub(super) fn open_decimal(&self) -> Problem {
        self.doubt(
            "decimal-sign",
            self.tally.first_open.as_deref(),
            |text| {
                let reading = crate::table::values::numbers::read(text);
                let value = |decimal| reading.and_then(|r| r.value(decimal)).map_or(String::new(), |v| v.to_string());
                format!(": `{text}` can be {} or {}", value('.'), value(','))
            },
            format!("the decimal sign of column `{}` cannot be told from its cells", self.header),
        )
        .help("say `decimal = \".\"` or `decimal = \",\"` in this [[source]]")
    }

    pub(super) fn contradicting_decimals(&self) -> Problem {
        let (point, comma) = (self.tally.first_point.as_deref(), self.tally.first_comma.as_deref());
        self.doubt(
            "decimal-sign",
            comma,
            |text| match point {
                Some(point) => format!(": `{}` in line {} has a point, `{text}` a comma", point.text, point.place.line),
                None => String::new(),
            },
            format!("column `{}` mixes two decimal signs", self.header),
        )
        .help(
            "export the column again with one number format; `decimal` in this [[source]] settles which rows are wrong",
        )
    }

    /// Returns the note that numbers in several units are converted to one.
    pub(super) fn converted(&self) -> Problem {
        let mut all: Vec<&(String, u64)> = self.tally.units.iter().collect();
        all.sort_by_key(|(_, n)| std::cmp::Reverse(*n));
        let units: Vec<String> = all.into_iter().map(|(unit, n)| format!("`{unit}` ({n})")).collect();
        let message =
            format!("column `{}` has numbers in {}; they are read in the first", self.header, units.join(", "));
        let problem = Problem::note("converted-units", message).help("nothing, if that is what they are");
        match self.tally.first_number.as_deref() {
            Some(example) => problem.at(example.place.clone()),
            None => problem,
        }
    }

    pub(super) fn units_differ(&self, usual: &str, odd: &str, example: Option<&Example>) -> Problem {
        self.doubt(
            "mixed-units",
            example,
            |text| format!(": `{text}`"),
            format!("column `{}` has numbers in `{usual}` and in `{odd}`", self.header),
        )
        .help(format!(
            "write all of them in one unit, or split the column in two: one for `{usual}`, one for `{odd}`; `formats = {{ {:?} = \"number\" }}` reads them as they stand",
            self.header
        ))
    }

    /// Returns an error at `example`. `shown`, which describes its text, is used only if cells may be quoted.
    fn doubt(
        &self,
        code: &'static str,
        example: Option<&Example>,
        shown: impl Fn(&str) -> String,
        message: String,
    ) -> Problem {
        let Some(example) = example else { return Problem::error(code, message) };
        let quoted = if example.place.excerpt.is_some() { shown(&example.text) } else { String::new() };
        Problem::new(Severity::Error, code, message + &quoted).at(example.place.clone())
    }
}
