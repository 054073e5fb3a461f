//! Reads the possible numbers of a cell. `1,234` gives two: [`crate::table::values::kinds`] decides the decimal sign
//! for the whole column.
//!
//! A number may have a sign, parentheses (negative, as in accounting), a currency, a percent sign, a unit, a bound (`<
//! 10%`), spaces or apostrophes between groups of three digits, and an exponent. Its value is in the unit of the file:
//! `45%` is 45.

mod decimal;
mod digits;
mod durations;
mod reading;
mod scale;

pub(crate) use decimal::Decimal;
use digits::Digits;
pub(crate) use durations::{clock as read_clock, hours_and_minutes as read_hours_and_minutes, read as read_duration};
pub(crate) use reading::Reading;
pub(crate) use scale::are_of_one_kind;
pub use scale::{conversion, scale};

use crate::table::values::leading::leading;

/// Most bytes of a number.
const LONGEST: usize = 48;
/// Most letters of a unit.
const LONGEST_UNIT: usize = 8;

/// Parses a trimmed cell. Returns `None` if it is not a number.
pub(crate) fn read(text: &str) -> Option<Reading<'_>> {
    if let Some(decimal) = Decimal::read(text.as_bytes()) {
        return Some(decimal.reading());
    }
    if text.len() > LONGEST || !text.bytes().any(|b| b.is_ascii_digit()) {
        return None;
    }
    if begins_a_word(text) {
        return read_bounded(text);
    }
    let Before { mut negative, bound, mut unit, rest } = Before::of(text)?;
    let (body, tail) = rest.split_at(leading(rest, is_part));
    let body = match body.as_bytes() {
        [.., b'0'..=b'9'] => body,
        _ => body.trim_end_matches(|c: char| !c.is_ascii_digit() && !matches!(c, '.' | ',')),
    };
    let mut exponent = None;
    if !tail.is_empty() {
        let after = After::of(tail);
        // SAP writes the sign at the end.
        if after.negative && negative {
            return None;
        }
        negative |= after.negative;
        if !after.unit.is_empty() {
            // In `$1.2M`, the factor matters and the currency does not: it is the same in the whole column.
            if (!unit.is_empty() && scale(after.unit).is_none()) || !is_unit(after.unit) {
                return None;
            }
            unit = after.unit;
        }
        exponent = after.exponent;
    }
    // `45%`, `-€12.50`: the rest is usually a number as programs write it.
    if let Some(decimal) = Decimal::read(body.as_bytes()).filter(|_| exponent.is_none()) {
        return Some(Reading { unit, bound, ..decimal.with_sign(negative).reading() });
    }
    let digits = Digits::of(body)?;
    let value = |decimal: char| digits.value(decimal, exponent).map(|v| if negative { -v } else { v });
    let plain = exponent.is_none() && digits.are_bare();
    Some(Reading {
        point: value('.'),
        comma: value(','),
        unit,
        padded: plain && body.len() > 2 && body.starts_with('0'),
        bound,
        plain,
    })
    .filter(|r| r.point.is_some() || r.comma.is_some())
}

/// Whether a cell is a number in some unit, with either decimal sign.
pub fn is_amount(text: &str) -> bool {
    read(text).is_some()
}

/// Whether a cell is a time such as `3:40`, which can be hours and minutes, or minutes and seconds.
pub fn is_short_clock(text: &str) -> bool {
    read_hours_and_minutes(text).is_some()
}

/// Reads a bound that begins with a word: `max. 10`, `min. 95 %`, `mind. 3`. A word without the point is not read as a
/// bound: it may be any word.
fn read_bounded(text: &str) -> Option<Reading<'_>> {
    let (word, rest) = text.split_once('.')?;
    let is_bound = matches!(word.to_ascii_lowercase().as_str(), "max" | "min" | "mind" | "mín" | "máx" | "maks");
    let rest = rest.trim_start();
    let reading = if is_bound && rest.starts_with(|c: char| c.is_ascii_digit()) { read(rest) } else { None };
    reading.map(|reading| Reading { bound: true, ..reading })
}

/// The text before the digits, and the rest.
struct Before<'a> {
    negative: bool,
    bound: bool,
    unit: &'a str,
    rest: &'a str,
}

impl<'a> Before<'a> {
    fn of(text: &'a str) -> Option<Self> {
        let (mut negative, mut unit, mut rest) = (false, "", text);
        // Usually there is none.
        if text.as_bytes().first().is_some_and(u8::is_ascii_digit) {
            return Some(Self { negative, bound: false, unit, rest });
        }
        if let Some(inner) = rest.strip_prefix('(').and_then(|r| r.strip_suffix(')')) {
            negative = true;
            rest = inner.trim();
        }
        let before_bound = rest;
        rest = rest.trim_start_matches(['<', '>', '≤', '≥', '=', '~', '≈']);
        let bound = rest.len() < before_bound.len();
        if bound && before_bound.starts_with('=') {
            return None;
        }
        rest = rest.trim_start();
        // The sign may precede or follow the currency: `-$5`, `$-5`.
        for _ in 0..2 {
            rest = take_sign(rest, &mut negative);
            if unit.is_empty() {
                (unit, rest) = take_currency(rest);
            }
        }
        rest.starts_with(is_part).then_some(Self { negative, bound, unit, rest })
    }
}

/// The text after the digits.
struct After<'a> {
    exponent: Option<i32>,
    negative: bool,
    unit: &'a str,
}

impl<'a> After<'a> {
    fn of(mut tail: &'a str) -> Self {
        let exponent = take_exponent(&mut tail);
        let tail = tail.trim();
        match tail.strip_suffix(['-', '−']) {
            Some(unit) => Self { exponent, negative: true, unit: unit.trim_end() },
            None => Self { exponent, negative: false, unit: tail },
        }
    }
}

fn take_sign<'a>(text: &'a str, negative: &mut bool) -> &'a str {
    match text.strip_prefix(['-', '−', '–']) {
        Some(rest) if !*negative => {
            *negative = true;
            rest.trim_start()
        }
        _ => text.strip_prefix('+').unwrap_or(text).trim_start(),
    }
}

const CURRENCIES: [&str; 37] = [
    "US$", "R$", "A$", "C$", "$", "€", "£", "¥", "₹", "₽", "₩", "₺", "USD", "EUR", "GBP", "CHF", "JPY", "CNY", "INR",
    "CAD", "AUD", "NZD", "SEK", "NOK", "DKK", "PLN", "CZK", "HUF", "BRL", "MXN", "ZAR", "RUB", "TRY", "KRW", "SGD",
    "HKD", "ILS",
];

/// Returns whether a text begins with a letter that does not belong to a currency: then it is not a number.
fn begins_a_word(text: &str) -> bool {
    text.starts_with(|c: char| c.is_ascii_alphabetic()) && take_currency(text).0.is_empty()
}

/// Returns whether a unit is a currency.
pub(crate) fn is_currency(unit: &str) -> bool {
    CURRENCIES.contains(&unit)
}

/// Splits a currency from the digits after it: a sign, or a code of ISO 4217.
fn take_currency(text: &str) -> (&str, &str) {
    // Most words are rejected by their first letters, since currency codes have no small letters.
    let first = match text.as_bytes() {
        [] | [b'0'..=b'9', ..] | [_, b'a'..=b'z', ..] => return ("", text),
        [first, ..] => *first,
    };
    let begins = |currency: &&&str| currency.as_bytes()[0] == first && text.starts_with(**currency);
    match CURRENCIES.iter().find(begins) {
        Some(currency) => {
            let (currency, rest) = text.split_at(currency.len());
            (currency, rest.trim_start())
        }
        None => ("", text),
    }
}

/// Returns whether a character is a digit or may separate digits.
fn is_part(c: char) -> bool {
    c.is_ascii_digit() || matches!(c, '.' | ',' | '\'' | '’' | ' ' | '\u{a0}' | '\u{202f}' | '\u{2009}')
}

/// Reads an exponent such as `E+05` after the digits, or returns `None` if there is none.
fn take_exponent(tail: &mut &str) -> Option<i32> {
    let rest = tail.strip_prefix(['e', 'E'])?;
    let sign = usize::from(rest.starts_with(['+', '-']));
    let n = sign + rest[sign..].bytes().take_while(u8::is_ascii_digit).count();
    let exponent = rest[..n].parse().ok()?;
    *tail = &rest[n..];
    Some(exponent)
}

/// Returns whether a text is one short word such as `ms`, `EUR`, `km/h`, `%`, `pp`.
fn is_unit(text: &str) -> bool {
    let is_part = |c: char| {
        c.is_alphabetic()
            || matches!(c, '%' | '‰' | '/' | '²' | '³' | '°' | '$' | '€' | '£' | '¥' | '₹' | '₽' | '₩' | '₺')
    };
    text.chars().enumerate().all(|(i, c)| i < LONGEST_UNIT && is_part(c))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn both(text: &str) -> (Option<f64>, Option<f64>) {
        read(text).map_or((None, None), |r| (r.point, r.comma))
    }

    #[test]
    fn the_decimal_sign_is_left_open_where_it_is() {
        assert_eq!(both("1,234"), (Some(1234.0), Some(1.234)));
        assert_eq!(both("1.234"), (Some(1.234), Some(1234.0)));
        assert_eq!(both("1.234,56"), (None, Some(1234.56)));
        assert_eq!(both("1,234.56"), (Some(1234.56), None));
        assert_eq!(both("1,234,567"), (Some(1_234_567.0), None));
        assert_eq!(both("1.234.567"), (None, Some(1_234_567.0)));
        assert_eq!(both("0.123"), (Some(0.123), None));
        assert_eq!(both("12.5"), (Some(12.5), None));
        assert_eq!(both("12,34,567"), (Some(1_234_567.0), None));
        assert_eq!(both("1 234,5"), (None, Some(1234.5)));
        assert_eq!(both("1 234"), (Some(1234.0), Some(1234.0)));
        assert_eq!(both("1'234.50"), (Some(1234.5), None));
        assert_eq!(both("42"), (Some(42.0), Some(42.0)));
    }

    #[test]
    fn signs_units_and_bounds() {
        for (text, value, unit) in [
            ("(12)", -12.0, ""),
            ("45%", 45.0, "%"),
            ("45 %", 45.0, "%"),
            ("$1,234.00", 1234.0, "$"),
            ("-$5", -5.0, "$"),
            ("$-5", -5.0, "$"),
            ("$1.5M", 1.5, "M"),
            ("($5.00)", -5.0, "$"),
            ("12.5 EUR", 12.5, "EUR"),
            ("USD 12", 12.0, "USD"),
            ("5.50-", -5.5, ""),
            ("−3", -3.0, ""),
            ("+3", 3.0, ""),
            ("< 10%", 10.0, "%"),
            ("<1", 1.0, ""),
            ("1.2E+05", 120_000.0, ""),
            ("12 ms", 12.0, "ms"),
            ("max. 10", 10.0, ""),
            ("Min. 95 %", 95.0, "%"),
            (".5", 0.5, ""),
        ] {
            let reading = read(text).unwrap_or_else(|| panic!("{text}"));
            assert_eq!((reading.point, reading.unit), (Some(value), unit), "{text}");
        }
        assert!(read("< 10%").unwrap().bound);
        assert!(read("00123").unwrap().padded && !read("0").unwrap().padded && !read("05").unwrap().padded);
    }

    #[test]
    fn what_is_no_number() {
        for text in [
            "",
            "-",
            "--",
            ".",
            "n/a",
            "abc",
            "1.2.3",
            "1,23,4",
            "12 Main Street",
            "2026-11-20",
            "1:30",
            "#12",
            "PROJ-1",
            "1 2",
            "12,",
            "$",
            "%",
            "NaN",
            "inf",
            "1e999",
            "=1+2",
            "3 a b",
            "--5",
            "1..2",
        ] {
            let read = read(text).filter(|r| r.point.is_some());
            assert_eq!(read, None, "{text}");
        }
    }
}
