//! The values to judge, and the properties of their metric.

/// The mean moving range of independent normal values is 1.128 σ (d₂ for pairs).
const D2: f64 = 1.128;

/// The properties of a metric that decide how its values are judged.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(crate) struct Nature {
    /// Whether its changes are judged, because it is a stock or a running total.
    pub by_changes: bool,
    /// Whether it may restart from zero, because it is a running total.
    pub resets: bool,
    /// Whether it is a whole number of events.
    pub is_count: bool,
    /// Number of the newest periods, which are never in the baseline: eight weeks, two months.
    pub recent: usize,
    /// Number of periods in a year.
    pub year: usize,
    pub floor: Option<f64>,
    pub ceiling: Option<f64>,
    /// The smallest difference that is visible in print.
    pub printed: f64,
}

/// Known values of a metric, oldest first, each with the number of its period.
pub(crate) type Values<'a> = &'a [(usize, f64)];

/// Returns the spread of an XmR chart: σ = max(mR̄ ÷ 1.128, SD); `fitted` parameters were fitted to the values.
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
    // The rounding errors of a constant series are not a spread.
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
