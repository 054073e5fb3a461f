//! One cell → the numbers it can mean. `1,234` gives two: [`super::kinds`] settles the decimal sign for the whole column.
//!
//! A number may carry a sign, parentheses (negative, as accountants write), a currency, a percent sign, a unit, a bound
//! (`< 10%`), blanks or apostrophes between groups of three, an exponent. Its value keeps the unit of the file: `45%` is 45.

mod durations;

pub use durations::{clock as read_clock, read as read_duration};

/// No number is written longer.
const LONGEST: usize = 48;

/// What one cell can mean as a number.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Reading<'a> {
    /// The value if `.` is the decimal sign; None if it cannot be.
    pub point: Option<f64>,
    /// The value if `,` is the decimal sign.
    pub comma: Option<f64>,
    /// `%`, a currency or a unit; empty without one.
    pub unit: &'a str,
    /// Starts with a zero that has no meaning in a number, as codes do: `00123`.
    pub padded: bool,
    /// `< 10`: the value is the bound.
    pub bound: bool,
    /// A whole number without any sign between its digits.
    pub plain: bool,
}

impl Reading<'_> {
    pub fn value(&self, decimal: char) -> Option<f64> {
        if decimal == ',' { self.comma } else { self.point }
    }

    /// Whether the decimal sign makes a difference.
    pub fn is_open(&self) -> bool {
        self.point.is_some() && self.comma.is_some() && self.point != self.comma
    }
}

/// Reads a trimmed cell; None if it is no number.
pub fn read(text: &str) -> Option<Reading<'_>> {
    if let Some(decimal) = Decimal::read(text.as_bytes()) {
        return Some(decimal.reading());
    }
    if text.len() > LONGEST || begins_a_word(text) || !text.bytes().any(|b| b.is_ascii_digit()) {
        return None;
    }
    let mut rest = text;
    let mut negative = false;
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
    let mut unit = "";
    // A sign can stand before or after the currency: `-$5`, `$-5`.
    for _ in 0..2 {
        rest = take_sign(rest, &mut negative);
        if unit.is_empty() {
            (unit, rest) = take_currency(rest);
        }
    }
    if !rest.starts_with(is_part) {
        return None;
    }
    let digits_end = rest.find(|c: char| !is_part(c)).unwrap_or(rest.len());
    let (mut body, mut tail) = rest.split_at(digits_end);
    let body_end = body.trim_end_matches(|c: char| !c.is_ascii_digit() && !matches!(c, '.' | ','));
    tail = if body_end.len() < body.len() && tail.is_empty() { "" } else { tail };
    body = body_end;
    let exponent = take_exponent(&mut tail);
    let mut tail = tail.trim();
    if let Some(before) = tail.strip_suffix(['-', '−']) {
        // SAP writes the sign last.
        if negative {
            return None;
        }
        negative = true;
        tail = before.trim_end();
    }
    if !tail.is_empty() {
        // `$1.2M`: thousands and millions count, the currency is the same all over the column.
        if (!unit.is_empty() && super::kinds::scale(tail).is_none()) || !is_unit(tail) {
            return None;
        }
        unit = tail;
    }
    // `45%`, `-€12.50`: what is left is written as programs do, mostly.
    if let Some(decimal) = Decimal::read(body.as_bytes()).filter(|_| exponent.is_none()) {
        return Some(Reading { unit, bound, ..Decimal { negative, ..decimal }.reading() });
    }
    let digits = Digits::of(body)?;
    let value = |decimal: char| digits.value(decimal, exponent).map(|v| if negative { -v } else { v });
    let plain = exponent.is_none() && body.bytes().all(|b| b.is_ascii_digit());
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

/// Digits with at most one point, as programs write numbers: read without looking for anything else.
#[derive(Debug, Clone, Copy)]
pub struct Decimal {
    negative: bool,
    /// All digits as one whole number.
    digits: u64,
    whole_digits: usize,
    fraction_digits: usize,
    leads_with_zero: bool,
}

impl Decimal {
    /// So many digits are exact in an f64, and so are the powers of ten that divide them.
    const MOST_DIGITS: usize = 15;
    const POWERS: [f64; Self::MOST_DIGITS + 1] =
        [1e0, 1e1, 1e2, 1e3, 1e4, 1e5, 1e6, 1e7, 1e8, 1e9, 1e10, 1e11, 1e12, 1e13, 1e14, 1e15];

    #[inline]
    pub fn read(text: &[u8]) -> Option<Self> {
        let (negative, body) = match text {
            [b'-', body @ ..] => (true, body),
            body => (false, body),
        };
        if body.len() > Self::MOST_DIGITS + 1 {
            return None;
        }
        let (whole, after) = leading_digits(0, body);
        let whole_digits = body.len() - after.len();
        let (digits, fraction_digits) = match after {
            [] => (whole, 0),
            [b'.', fraction @ ..] => match leading_digits(whole, fraction) {
                (digits, []) if !fraction.is_empty() => (digits, fraction.len()),
                _ => return None,
            },
            _ => return None,
        };
        (whole_digits > 0 && whole_digits + fraction_digits <= Self::MOST_DIGITS).then_some(Self {
            negative,
            digits,
            whole_digits,
            fraction_digits,
            leads_with_zero: body.first() == Some(&b'0'),
        })
    }

    /// The value with a decimal point. One exact division rounds right (Clinger 1990).
    pub fn value(&self) -> f64 {
        self.signed(self.digits as f64 / Self::POWERS.get(self.fraction_digits).copied().unwrap_or(1.0))
    }

    fn signed(&self, value: f64) -> f64 {
        if self.negative { -value } else { value }
    }

    #[inline]
    pub fn reading(&self) -> Reading<'static> {
        let plain = self.fraction_digits == 0;
        let groups = self.fraction_digits == 3 && self.whole_digits <= 3 && !self.leads_with_zero;
        Reading {
            point: Some(self.value()),
            comma: if plain || groups { Some(self.signed(self.digits as f64)) } else { None },
            unit: "",
            padded: plain && self.whole_digits > 2 && self.leads_with_zero,
            bound: false,
            plain,
        }
    }
}

/// Goes on with `value` by the digits that `text` starts with; what follows them.
#[inline]
fn leading_digits(mut value: u64, text: &[u8]) -> (u64, &[u8]) {
    let mut digits = 0;
    for byte in text {
        let digit = byte.wrapping_sub(b'0');
        if digit > 9 {
            break;
        }
        value = value * 10 + u64::from(digit);
        digits += 1;
    }
    (value, text.get(digits..).unwrap_or_default())
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

/// Whether a text begins with a letter that no currency does: then it is no number.
fn begins_a_word(text: &str) -> bool {
    text.bytes().next().is_some_and(|b| {
        b.is_ascii_alphabetic() && !CURRENCIES.iter().any(|currency| currency.as_bytes().first() == Some(&b))
    })
}

/// Whether a unit is a currency.
pub fn is_currency(unit: &str) -> bool {
    CURRENCIES.contains(&unit)
}

/// A currency before the digits: a sign, or a code of ISO 4217.
fn take_currency(text: &str) -> (&str, &str) {
    let Some(first) = text.bytes().next().filter(|b| !b.is_ascii_digit()) else { return ("", text) };
    // Most words are told by their first letter.
    let begins = |currency: &&&str| currency.as_bytes().first() == Some(&first) && text.starts_with(**currency);
    match CURRENCIES.iter().find(begins) {
        Some(currency) => {
            let (currency, rest) = text.split_at(currency.len());
            (currency, rest.trim_start())
        }
        None => ("", text),
    }
}

/// Digits and what may stand between them.
fn is_part(c: char) -> bool {
    c.is_ascii_digit() || matches!(c, '.' | ',' | '\'' | '’' | ' ' | '\u{a0}' | '\u{202f}' | '\u{2009}')
}

/// `E+05` after the digits.
fn take_exponent(tail: &mut &str) -> Option<i32> {
    let rest = tail.strip_prefix(['e', 'E'])?;
    let sign = usize::from(rest.starts_with(['+', '-']));
    let n = sign + rest[sign..].bytes().take_while(u8::is_ascii_digit).count();
    let exponent = rest[..n].parse().ok()?;
    *tail = &rest[n..];
    Some(exponent)
}

/// One short word, as `ms`, `EUR`, `km/h`, `%`, `pp`.
fn is_unit(text: &str) -> bool {
    text.chars().count() <= 8
        && text.chars().all(|c| {
            c.is_alphabetic()
                || matches!(c, '%' | '‰' | '/' | '²' | '³' | '°' | '$' | '€' | '£' | '¥' | '₹' | '₽' | '₩' | '₺')
        })
}

/// The digits of a number and the signs between them.
struct Digits<'a> {
    body: &'a str,
    /// Of the last `.` and the last `,`.
    last_point: Option<usize>,
    last_comma: Option<usize>,
}

impl<'a> Digits<'a> {
    fn of(body: &'a str) -> Option<Self> {
        body.bytes().any(|b| b.is_ascii_digit()).then(|| Self {
            body,
            last_point: body.rfind('.'),
            last_comma: body.rfind(','),
        })
    }

    /// The value with `decimal` as the decimal sign; None if the groups do not come out.
    fn value(&self, decimal: char, exponent: Option<i32>) -> Option<f64> {
        let (own, other) =
            if decimal == '.' { (self.last_point, self.last_comma) } else { (self.last_comma, self.last_point) };
        let (whole, fraction) = match own {
            Some(at) => (&self.body[..at], &self.body[at + 1..]),
            None => (self.body, ""),
        };
        if !fraction.bytes().all(|b| b.is_ascii_digit()) || (whole.is_empty() && fraction.is_empty()) {
            return None;
        }
        if other.is_some_and(|at| at >= whole.len()) || !groups_are_right(whole, decimal) {
            return None;
        }
        let digits = || whole.bytes().chain(fraction.bytes()).filter(u8::is_ascii_digit);
        if exponent.is_none() && digits().count() <= Decimal::MOST_DIGITS {
            let all = digits().fold(0, |value, digit| value * 10 + u64::from(digit - b'0'));
            return Some(all as f64 / Decimal::POWERS.get(fraction.len()).copied().unwrap_or(1.0));
        }
        let mut text: String = whole.chars().filter(char::is_ascii_digit).collect();
        text.push('.');
        text.push_str(fraction);
        if let Some(exponent) = exponent {
            text.push_str(&format!("e{exponent}"));
        }
        fast_float2::parse(&text).ok().filter(|v: &f64| v.is_finite())
    }
}

/// Whole digits are in groups of three behind one sign (or two and three, as in India), or in none.
fn groups_are_right(whole: &str, decimal: char) -> bool {
    let is_digit = |c: char| c.is_ascii_digit();
    let Some(sign) = whole.chars().find(|c| !is_digit(*c)) else { return true };
    if sign == decimal || whole.chars().any(|c| !is_digit(c) && c != sign) {
        return false;
    }
    let mut groups = whole.split(sign);
    let (Some(first), Some(last)) = (groups.next(), groups.next_back()) else { return false };
    let threes = groups.clone().all(|g| g.len() == 3);
    let indian = sign == ',' && first.len() <= 2 && groups.all(|g| g.len() == 2);
    // `0,123` is no group.
    let leads = (1..=3).contains(&first.len()) && !first.starts_with('0');
    leads && last.len() == 3 && (threes || indian)
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
