//! The possible meanings of a cell as a number. [`super::read`] parses it.

/// The possible meanings of a cell as a number.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(crate) struct Reading<'a> {
    /// The value if `.` is the decimal sign. `None` if it cannot be.
    pub point: Option<f64>,
    /// The value if `,` is the decimal sign. `None` if it cannot be.
    pub comma: Option<f64>,
    /// `%`, a currency or a unit. Empty if there is none.
    pub unit: &'a str,
    /// Whether it starts with a zero that is redundant in a number, as in codes: `00123`.
    pub padded: bool,
    /// Whether it is a bound, such as `< 10`. The value is then 10.
    pub bound: bool,
    /// Whether it is a whole number without separators between its digits.
    pub plain: bool,
}

impl Reading<'_> {
    pub(crate) fn value(&self, decimal: char) -> Option<f64> {
        if decimal == ',' { self.comma } else { self.point }
    }

    /// Returns whether the decimal sign makes a difference.
    pub(crate) fn is_open(&self) -> bool {
        self.point.is_some() && self.comma.is_some() && self.point != self.comma
    }
}
