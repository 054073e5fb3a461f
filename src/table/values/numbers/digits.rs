//! Digits with separators: `639,678`, `1.234,5`, `12 34 567`. A single pass gives the value for either decimal sign.

use super::decimal::Decimal;

/// The digits of a number and the separators between them.
pub(crate) struct Digits<'a> {
    body: &'a str,
    /// All digits as one whole number, correct for as many digits as an f64 represents.
    all: u64,
    count: usize,
    /// Number of digits after the last separator.
    last: usize,
    /// The first separator, and how often it occurs.
    sign: Option<(char, usize)>,
    /// A different separator that occurs once after all others, and must be the decimal sign.
    point: Option<char>,
    /// Whether the first separator divides the digits before the decimal sign into groups of three (or of two and
    /// three, as in India).
    are_grouped: bool,
}

/// The state of checking the groups of digits.
struct Groups {
    leads: bool,
    first: usize,
    threes: bool,
    twos: bool,
}

impl Groups {
    /// `0,123` does not begin a group.
    fn start(body: &str, first: usize) -> Self {
        Self { leads: (1..=3).contains(&first) && !body.starts_with('0'), first, threes: true, twos: true }
    }

    fn between(&mut self, digits: usize) {
        self.threes &= digits == 3;
        self.twos &= digits == 2;
    }

    fn end_right(&self, sign: char, last: usize) -> bool {
        let is_indian = sign == ',' && self.first <= 2 && self.twos;
        self.leads && last == 3 && (self.threes || is_indian)
    }
}

impl<'a> Digits<'a> {
    /// Parses digits. Returns `None` if there are none, or if the separators are not those of a number.
    pub(crate) fn of(body: &'a str) -> Option<Self> {
        let mut digits = Self { body, all: 0, count: 0, last: 0, sign: None, point: None, are_grouped: false };
        let mut groups = Groups::start(body, 0);
        for c in body.chars() {
            if let Some(digit) = c.to_digit(10) {
                digits.all = digits.all.wrapping_mul(10).wrapping_add(u64::from(digit));
                digits.count += 1;
                digits.last += 1;
                continue;
            }
            match &mut digits.sign {
                _ if digits.point.is_some() => return None,
                None => {
                    groups = Groups::start(body, digits.last);
                    digits.sign = Some((c, 1));
                }
                Some((sign, times)) if *sign == c => {
                    groups.between(digits.last);
                    *times += 1;
                }
                Some((sign, _)) => {
                    digits.are_grouped = groups.end_right(*sign, digits.last);
                    digits.point = Some(c);
                }
            }
            digits.last = 0;
        }
        if let (Some((sign, _)), None) = (digits.sign, digits.point) {
            digits.are_grouped = groups.end_right(sign, digits.last);
        }
        (digits.count > 0).then_some(digits)
    }

    /// Returns whether this is a whole number without separators.
    pub(crate) fn are_bare(&self) -> bool {
        self.sign.is_none()
    }

    /// Returns the value with `decimal` as the decimal sign, or `None` if the groups are then wrong.
    pub(crate) fn value(&self, decimal: char, exponent: Option<i32>) -> Option<f64> {
        let fraction = match (self.sign, self.point) {
            (None, _) => 0,
            (Some((sign, times)), None) if sign == decimal => Some(self.last).filter(|_| times == 1)?,
            (Some(_), None) => Some(0).filter(|_| self.are_grouped)?,
            (Some(_), Some(point)) => Some(self.last).filter(|_| point == decimal && self.are_grouped)?,
        };
        if exponent.is_none() && self.count <= Decimal::MAX_EXACT_DIGITS {
            return Some(self.all as f64 / Decimal::POWERS.get(fraction).copied().unwrap_or(1.0));
        }
        let mut text: String = self.body.chars().filter(char::is_ascii_digit).collect();
        text.insert(self.count - fraction, '.');
        if let Some(exponent) = exponent {
            text.push_str(&format!("e{exponent}"));
        }
        fast_float2::parse(&text).ok().filter(|v: &f64| v.is_finite())
    }
}
