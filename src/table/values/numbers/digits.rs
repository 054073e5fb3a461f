//! Digits and the signs between them: `639,678`, `1.234,5`, `12 34 567`. One walk tells what they are worth with either
//! decimal sign.

use super::decimal::Decimal;

/// The digits of a number and the signs between them.
pub(crate) struct Digits<'a> {
    body: &'a str,
    /// All digits as one whole number: right for as many as an f64 holds.
    all: u64,
    count: usize,
    /// How many stand behind the last sign.
    last: usize,
    /// The first sign between digits, and how often it stands there.
    sign: Option<(char, usize)>,
    /// What stands once behind all of those: a decimal sign, or nothing makes sense.
    point: Option<char>,
    /// The digits around the first sign are groups of three (or two and three, as in India): before the point, if there
    /// is one.
    are_grouped: bool,
}

/// How the digits between signs stand in groups, as far as they were seen.
struct Groups {
    leads: bool,
    first: usize,
    threes: bool,
    twos: bool,
}

impl Groups {
    /// `0,123` is no group.
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
    /// None where there are none, or where signs stand as in no number.
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

    /// Whether they are a whole number without any sign.
    pub(crate) fn are_bare(&self) -> bool {
        self.sign.is_none()
    }

    /// The value with `decimal` as the decimal sign; None if the groups do not come out.
    pub(crate) fn value(&self, decimal: char, exponent: Option<i32>) -> Option<f64> {
        let fraction = match (self.sign, self.point) {
            (None, _) => 0,
            (Some((sign, times)), None) if sign == decimal => Some(self.last).filter(|_| times == 1)?,
            (Some(_), None) => Some(0).filter(|_| self.are_grouped)?,
            (Some(_), Some(point)) => Some(self.last).filter(|_| point == decimal && self.are_grouped)?,
        };
        if exponent.is_none() && self.count <= Decimal::MOST_DIGITS {
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
