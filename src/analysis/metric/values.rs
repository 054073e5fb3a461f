//! The values that are judged, and what is known of them.

/// The mean moving range of independent normal values is 1.128 σ (d₂ for pairs).
const D2: f64 = 1.128;

/// What is known of a metric besides its values.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(crate) struct Nature {
    /// A stock or a running total: what can be unusual is its change.
    pub by_changes: bool,
    /// A running total may start again from nothing.
    pub resets: bool,
    /// Whole numbers of things that happened.
    pub is_count: bool,
    /// The newest periods, which never make the baseline: eight weeks, two months.
    pub recent: usize,
    /// Periods in a year.
    pub year: usize,
    pub floor: Option<f64>,
    pub ceiling: Option<f64>,
    /// The smallest difference that shows in print.
    pub printed: f64,
}

/// Known values of a metric, oldest first, each with the number of its period.
pub(crate) type Values<'a> = &'a [(usize, f64)];

/// The spread of an XmR chart: σ = max(mR̄ ÷ 1.128, SD); `fitted` numbers were fitted to the values.
///
/// The values below have moving ranges 2 1 2 1 2, so mR̄ ÷ 1.128 = 1.418, which is more than their SD of 1.414:
///
/// ```
/// use headsup::analysis::metric::sigma;
///
/// let sigma = sigma(&[10.0, 12.0, 11.0, 13.0, 12.0, 14.0], 1);
/// assert_eq!(format!("{sigma:.3}"), "1.418");
/// ```
pub fn sigma(values: &[f64], fitted: usize) -> f64 {
    let count = values.len() as f64;
    if values.len() <= fitted.max(1) {
        return 0.0;
    }
    let centre = mean(values);
    let squares: f64 = values.iter().map(|value| (value - centre).powi(2)).sum();
    let moving = values.windows(2).map(|pair| (pair[1] - pair[0]).abs()).sum::<f64>() / (count - 1.0);
    let sigma = (moving / D2).max((squares / (count - fitted as f64)).sqrt());
    // What rounding leaves of a constant series is no spread.
    if sigma <= 1e-9 * centre.abs() { 0.0 } else { sigma }
}

pub(crate) fn mean(values: &[f64]) -> f64 {
    values.iter().sum::<f64>() / values.len().max(1) as f64
}

pub(crate) fn median(values: &[f64]) -> f64 {
    let mut sorted = values.to_vec();
    sorted.sort_by(f64::total_cmp);
    let half = sorted.len() / 2;
    match (sorted.get(half), half.checked_sub(1).and_then(|below| sorted.get(below))) {
        (Some(upper), Some(lower)) if sorted.len().is_multiple_of(2) => (lower + upper) / 2.0,
        (Some(middle), _) => *middle,
        _ => f64::NAN,
    }
}
