//! Fast parsing of numbers as programs write them, which are most cells of large files. [`super::read`], counting and
//! reading try it before anything else.

use super::Reading;

/// A number that consists of digits with at most one point or comma, and is parsed without checking for anything else.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Decimal {
    negative: bool,
    /// All digits as one whole number.
    digits: u64,
    whole_digits: usize,
    fraction_digits: usize,
    leads_with_zero: bool,
    /// Whether the separator is a comma, which is a decimal sign or separates thousands.
    has_comma: bool,
}

impl Decimal {
    /// Maximum number of digits that an f64 represents exactly, and the greatest power of ten that divides them exactly.
    pub(crate) const MAX_EXACT_DIGITS: usize = 15;
    pub(crate) const POWERS: [f64; Self::MAX_EXACT_DIGITS + 1] =
        [1e0, 1e1, 1e2, 1e3, 1e4, 1e5, 1e6, 1e7, 1e8, 1e9, 1e10, 1e11, 1e12, 1e13, 1e14, 1e15];

    #[inline]
    pub(crate) fn read(text: &[u8]) -> Option<Self> {
        let (negative, body) = match text {
            [b'-', body @ ..] => (true, body),
            body => (false, body),
        };
        if body.len() > Self::MAX_EXACT_DIGITS + 1 {
            return None;
        }
        let (whole, after) = leading_digits(0, body);
        let whole_digits = body.len() - after.len();
        let (digits, fraction_digits) = match after {
            [] => (whole, 0),
            [b'.' | b',', fraction @ ..] => match leading_digits(whole, fraction) {
                (digits, []) if !fraction.is_empty() => (digits, fraction.len()),
                _ => return None,
            },
            _ => return None,
        };
        (whole_digits > 0 && whole_digits + fraction_digits <= Self::MAX_EXACT_DIGITS).then_some(Self {
            negative,
            digits,
            whole_digits,
            fraction_digits,
            leads_with_zero: body.first() == Some(&b'0'),
            has_comma: after.first() == Some(&b','),
        })
    }

    /// Returns the value, with the separator as decimal sign. A single exact division rounds correctly (Clinger 1990).
    fn value(&self) -> f64 {
        self.signed(self.digits as f64 / Self::POWERS.get(self.fraction_digits).copied().unwrap_or(1.0))
    }

    /// Returns the number with its sign.
    pub(crate) fn with_sign(self, negative: bool) -> Self {
        Self { negative, ..self }
    }

    fn signed(&self, value: f64) -> f64 {
        if self.negative { -value } else { value }
    }

    #[inline]
    pub(crate) fn reading(&self) -> Reading<'static> {
        let plain = self.fraction_digits == 0;
        let groups = self.fraction_digits == 3 && self.whole_digits <= 3 && !self.leads_with_zero;
        let own = Some(self.value());
        let other = if plain || groups { Some(self.signed(self.digits as f64)) } else { None };
        let (point, comma) = if self.has_comma { (other, own) } else { (own, other) };
        Reading {
            point,
            comma,
            unit: "",
            padded: plain && self.whole_digits > 2 && self.leads_with_zero,
            bound: false,
            plain,
        }
    }
}

/// Appends the digits at the beginning of `text` to `value`. Returns the new value and the remaining text.
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
