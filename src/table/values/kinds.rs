//! Decides the kind and the format of each column from all of its cells.
//!
//! If a column's own cells leave the order of day and month or the decimal sign open, the other columns of the file
//! decide. If they do not, the column is ambiguous: a [`Problem`] shows both readings and the config line that decides.

mod describe;
mod doubts;
mod format;
mod notes;
mod shape;
mod tally;
mod units;
mod vocabulary;
mod votes;
mod weeks;

pub(crate) use describe::describe;
pub use format::Kind;
pub(crate) use format::{CellFormat, Decision};
pub(crate) use tally::Tally;
pub(crate) use vocabulary::{is_date_header, is_missing, is_no_value};
pub(crate) use votes::Example;

use crate::lexicon;
use crate::problem::Problem;
use crate::table::options::{DateOrder, ReadingOptions};
use crate::table::values::dates::IntegerDate;
use tally::SEPARATORS;

/// What the columns of a file show about each other.
struct Votes {
    /// The shape of a date (separator, short year), and the order that the columns with this shape have.
    orders: Vec<((char, bool), DateOrder)>,
    decimal: Option<char>,
    delimiter: char,
}

/// Decides all columns of a file. `headers` and `tallies` belong together by position.
pub(crate) fn decide(
    headers: &[String],
    repeated: &[bool],
    tallies: &[Tally],
    options: &ReadingOptions,
    delimiter: char,
) -> Vec<Decision> {
    let votes = Votes {
        orders: tallies.iter().filter_map(|t| Some((t.shape?, own_order(t)?))).collect(),
        decimal: file_decimal(tallies),
        delimiter,
    };
    let columns = headers.iter().zip(repeated).zip(tallies);
    columns
        .map(|((header, repeated), tally)| {
            Column { header, repeated: *repeated, tally, options, votes: &votes }.decide()
        })
        .collect()
}

/// Returns the order that the column's own cells show: the one of a large majority of the cells that show any.
fn own_order(tally: &Tally) -> Option<DateOrder> {
    let votes = tally.orders;
    let (dmy, mdy) = (votes.dmy_only, votes.mdy_only);
    if dmy > 0 && mdy * 10 <= dmy {
        return Some(DateOrder::Dmy);
    }
    if mdy > 0 && dmy * 10 <= mdy {
        return Some(DateOrder::Mdy);
    }
    if votes.ymd_only > 0 && dmy + mdy == 0 {
        return Some(DateOrder::Ymd);
    }
    // Nobody writes the month first in a date with dots.
    matches!(tally.shape, Some(('.', _)) if dmy == 0 && mdy == 0).then_some(DateOrder::Dmy)
}

/// Returns the decimal sign that the file's columns show, or `None` if they show none or disagree.
fn file_decimal(tallies: &[Tally]) -> Option<char> {
    let numeric = tallies.iter().filter(|t| is_mostly(t.units.iter().map(|(_, n)| n).sum(), t));
    let (mut point, mut comma) = (0, 0);
    for tally in numeric {
        match own_decimal(tally) {
            Some('.') => point += 1,
            Some(_) => comma += 1,
            None => {}
        }
    }
    match (point, comma) {
        (1.., 0) => Some('.'),
        (0, 1..) => Some(','),
        _ => None,
    }
}

fn own_decimal(tally: &Tally) -> Option<char> {
    let votes = tally.decimals;
    if votes.point_only > 0 && votes.comma_only * 10 <= votes.point_only {
        Some('.')
    } else if votes.comma_only > 0 && votes.point_only * 10 <= votes.comma_only {
        Some(',')
    } else {
        None
    }
}

/// Returns whether a number of cells is nearly all: nine of ten if there are at least ten, otherwise all. The others
/// are reported.
fn is_mostly(n: u64, tally: &Tally) -> bool {
    let of = tally.filled - tally.no_value;
    n > 0 && (n == of || (of >= 10 && n * 10 >= of * 9))
}

/// Returns whether two of three cells are dates. The other cells are reported and do not make the column text. Words
/// for a week or a month count as dates if there are other dates.
fn are_dates(tally: &Tally) -> bool {
    let (of, dates) = (tally.filled - tally.no_value, tally.dates + tally.spans);
    tally.dates > 0 && (dates == of || (tally.dates > 1 && dates * 3 >= of * 2))
}

/// The days of 2015 and of 2040 as a spreadsheet counts them.
const SERIAL_DAYS: (f64, f64) = (42_005.0, 51_501.0);

struct Column<'a> {
    header: &'a str,
    repeated: bool,
    tally: &'a Tally,
    options: &'a ReadingOptions,
    votes: &'a Votes,
}

impl Column<'_> {
    fn decide(&self) -> Decision {
        if let Some(decision) = self.configured() {
            return decision;
        }
        let tally = self.tally;
        if tally.filled == tally.no_value {
            return self.words();
        }
        if let Some(form) = self.integer_date() {
            return settled(CellFormat::IntegerDate(form));
        }
        if are_dates(tally) {
            let mut dates = self.dates();
            dates.notes.extend((tally.spans_without_year > 0).then(|| self.no_year()));
            return dates;
        }
        if self.are_periods() {
            let mut periods = self.dates();
            periods.notes.push(self.no_year());
            return periods;
        }
        if is_mostly(tally.relative, tally) || (tally.relative > 0 && tally.relative + tally.dates == tally.filled) {
            return Decision { doubt: Some(self.relative_dates()), ..self.words() };
        }
        if let Some(unit) = self.usual_of_one_kind() {
            let mut numbers = self.numbers(unit, true);
            numbers.notes.push(self.converted());
            return numbers;
        }
        let is_clock = is_mostly(tally.clocks, tally) && vocabulary::promises_durations(self.header);
        let is_time_sheet = is_mostly(tally.short_clocks + tally.clocks + tally.durations, tally)
            && vocabulary::promises_work(self.header);
        if is_clock || is_time_sheet || (is_mostly(tally.durations, tally) && !self.has_one_unit()) {
            return settled(CellFormat::Duration);
        }
        if let Some((unit, scaled)) = self.unit() {
            let is_dotted_name =
                vocabulary::promises_versions(self.header) || vocabulary::promises_addresses(self.header);
            let is_id = !unit.is_empty() && vocabulary::promises_ids(self.header);
            if tally.padded > 0 || (is_dotted_name && tally.plain < tally.filled) || is_id {
                return settled(CellFormat::Text);
            }
            if self.are_codes() {
                return settled(CellFormat::Number { decimal: '.', unit: String::new(), scaled: false, code: true });
            }
            let mut numbers = self.numbers(unit, scaled);
            numbers.doubt = numbers.doubt.or_else(|| self.mixed_units());
            return numbers;
        }
        self.words()
    }

    /// Returns the format that `[source.formats]` sets for the column.
    fn configured(&self) -> Option<Decision> {
        let (_, format) = self.options.formats.iter().find(|(name, _)| name.eq_ignore_ascii_case(self.header))?;
        let date = |order| Some(settled(CellFormat::Date { order, fiscal_years: false }));
        let number = |decimal| settled(CellFormat::Number { decimal, unit: String::new(), scaled: false, code: false });
        match format.as_str() {
            "dmy" => date(Some(DateOrder::Dmy)),
            "mdy" => date(Some(DateOrder::Mdy)),
            "ymd" => date(Some(DateOrder::Ymd)),
            "month" => date(None),
            "fiscal-year" => Some(settled(CellFormat::Date { order: None, fiscal_years: true })),
            "text" => Some(settled(CellFormat::Text)),
            "list" => Some(settled(CellFormat::List { separator: self.separator() })),
            "number" => Some(self.numbers(self.unit().map_or(String::new(), |(unit, _)| unit), false)),
            "decimal-point" => Some(number('.')),
            "decimal-comma" => Some(number(',')),
            "duration" => Some(settled(CellFormat::Duration)),
            pattern if pattern.contains('%') => Some(settled(CellFormat::Pattern(pattern.to_owned()))),
            unknown => {
                let problem = Problem::error("unknown-format", format!("there is no format called `{unknown}`")).help(
                    "use dmy, mdy, ymd, month, fiscal-year, number, decimal-point, decimal-comma, duration, text, list or a pattern as `%d.%m.%Y`",
                );
                Some(Decision { doubt: Some(problem), ..settled(CellFormat::Text) })
            }
        }
    }

    /// Returns how whole numbers represent days, if the header promises dates and every number can be one.
    fn integer_date(&self) -> Option<IntegerDate> {
        let tally = self.tally;
        let numbers: u64 = tally.units.iter().map(|(_, n)| n).sum();
        if numbers + tally.no_value < tally.filled {
            return None;
        }
        if !vocabulary::is_date_header(self.header) {
            // In other languages too, below a header of dates and of nothing else, days of these years are days.
            let is_of_our_years = tally.least >= Some(SERIAL_DAYS.0) && tally.most <= Some(SERIAL_DAYS.1);
            let is_serial = is_of_our_years && lexicon::is_only_date_header(self.header);
            return IntegerDate::ALL.into_iter().find(|form| is_serial && *form == IntegerDate::ExcelSerial);
        }
        IntegerDate::ALL.into_iter().zip(tally.no_integer_dates).find(|(_, ruled_out)| !ruled_out).map(|(form, _)| form)
    }

    fn dates(&self) -> Decision {
        let tally = self.tally;
        let months = tally.month_only + tally.month_or_fiscal_year;
        if tally.fiscal_year_only > 0
            && tally.month_only == 0
            && tally.fiscal_year_only + tally.month_or_fiscal_year == tally.dates
        {
            return settled(CellFormat::Date { order: None, fiscal_years: true });
        }
        if tally.month_or_fiscal_year > 0 && tally.month_or_fiscal_year == tally.dates {
            return Decision {
                doubt: Some(self.month_or_fiscal_year()),
                ..settled(CellFormat::Date { order: None, fiscal_years: false })
            };
        }
        let votes = tally.orders;
        let needs_order = tally.shape.is_some() || votes.dmy_only + votes.mdy_only + votes.open > 0;
        if months > 0 || !needs_order {
            return settled(CellFormat::Date { order: self.options.date_order, fiscal_years: false });
        }
        let by_others = || {
            let is_of_shape = |(shape, _): &&(_, _)| tally.shape.is_none_or(|own| own == *shape);
            let mut orders = self.votes.orders.iter().filter(is_of_shape).map(|(_, order)| *order);
            let first = orders.next()?;
            orders.all(|order| order == first).then_some(first)
        };
        let found = || own_order(tally).or_else(by_others).or(self.options.usual_date_order);
        let order = self.options.date_order.or_else(found);
        let contradicts = tally.orders.dmy_only > 0 && tally.orders.mdy_only > 0 && order.is_none();
        let doubt = match order {
            Some(_) => None,
            None if contradicts => Some(self.contradicting_orders()),
            None if tally.orders.open > 0 => Some(self.open_order()),
            None => None,
        };
        Decision { doubt, ..settled(CellFormat::Date { order: order.or(Some(DateOrder::Dmy)), fiscal_years: false }) }
    }

    /// Returns whether whole numbers are codes that identify something, which some of the cells show: `34B`, `+49 30
    /// 1234567`.
    fn are_codes(&self) -> bool {
        let tally = self.tally;
        let all: u64 = tally.units.iter().map(|(_, n)| n).sum();
        let is_minority = tally.glued > 0 && tally.glued * 2 < all;
        tally.plain == all && (tally.codes > 0 || tally.names > 0 || is_minority)
    }

    fn numbers(&self, unit: String, scaled: bool) -> Decision {
        let tally = self.tally;
        let votes = tally.decimals;
        let mut doubt = None;
        let decimal = self.options.decimal.or_else(|| own_decimal(tally)).unwrap_or_else(|| {
            let contradicts = votes.point_only > 0 && votes.comma_only > 0;
            let open = votes.open_comma + votes.open_point > 0;
            match self.votes.decimal {
                _ if contradicts => {
                    doubt = Some(self.contradicting_decimals());
                    '.'
                }
                Some(decimal) => decimal,
                None if !open => '.',
                None => self.decimal_by_groups().unwrap_or_else(|| {
                    doubt = Some(self.open_decimal());
                    '.'
                }),
            }
        });
        Decision {
            doubt,
            notes: self.number_notes(),
            format: CellFormat::Number { decimal, unit, scaled, code: false },
        }
    }

    /// Returns the decimal sign that the file's habits suggest for `1,234`, if no other number of the file decides it.
    ///
    /// Programs that separate cells with `;` do so because `,` is their decimal sign, and those that separate with `,`
    /// use `.`. Numbers of four digits without a separator show that digits are not grouped.
    fn decimal_by_groups(&self) -> Option<char> {
        let votes = self.tally.decimals;
        let (sign, other) = match (votes.open_comma, votes.open_point) {
            (1.., 0) => (',', '.'),
            (0, 1..) => ('.', ','),
            // `1,234` and `1.234` both occur.
            _ => return None,
        };
        let habit = match self.votes.delimiter {
            ',' => Some('.'),
            // `;` separates cells where `,` is the decimal sign, but in many other files too.
            _ => None,
        };
        let groups = match (votes.long_plain, votes.short_plain) {
            (0, 1..) => Some(other),
            (1.., _) => Some(sign),
            (0, 0) => None,
        };
        match (habit, groups) {
            // In a file separated by commas, `1.204` beside `980` may be as a spreadsheet displayed it, with `.`
            // between groups.
            (Some(habit), Some(groups)) if habit != groups && (habit == ',' || sign == '.') => None,
            (Some(habit), _) => Some(habit),
            (None, groups) => groups,
        }
    }

    /// Decides between text and lists of texts.
    fn words(&self) -> Decision {
        let tally = self.tally;
        let bracketed = tally.filled > 0 && tally.bracketed == tally.filled;
        let listed =
            vocabulary::promises_lists(self.header) && !tally.long_parts && tally.separated.iter().any(|n| *n > 0);
        if self.repeated || bracketed || listed {
            return settled(CellFormat::List { separator: self.separator() });
        }
        settled(CellFormat::Text)
    }

    /// Returns the separator that most of the cells have. In a repeated column, a comma may belong to the text.
    fn separator(&self) -> Option<char> {
        let tally = self.tally;
        if tally.long_parts || (self.repeated && !vocabulary::promises_lists(self.header)) {
            return None;
        }
        let counts = SEPARATORS.into_iter().zip(tally.separated).filter(|(_, n)| *n > 0);
        // The first one of those with the highest count.
        counts.rev().max_by_key(|(_, n)| *n).map(|(separator, _)| separator)
    }
}

fn settled(format: CellFormat) -> Decision {
    Decision { format, doubt: None, notes: Vec::new() }
}
