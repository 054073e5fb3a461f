//! What one cell can mean as a number. [`super::read`] reads it.

/// What one cell can mean as a number.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(crate) struct Reading<'a> {
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
    pub(crate) fn value(&self, decimal: char) -> Option<f64> {
        if decimal == ',' { self.comma } else { self.point }
    }

    /// Whether the decimal sign makes a difference.
    pub(crate) fn is_open(&self) -> bool {
        self.point.is_some() && self.comma.is_some() && self.point != self.comma
    }
}
