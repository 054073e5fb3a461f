//! The quality of past forecasts: how often they held, and their losses compared with simple methods.

use serde::Serialize;

use super::{HORIZONS, Kind, PastForecast};

/// Score of all forecasts of one kind and horizon.
#[derive(Debug, Clone, PartialEq, Serialize, schemars::JsonSchema)]
pub struct Score {
    pub kind: Kind,
    pub weeks: u32,
    pub n: u32,
    /// Share of forecasts whose P50 held; null if there are none.
    pub p50_held: Option<f64>,
    pub p85_held: Option<f64>,
    /// For counts: share of forecasts whose P85 was exceeded, without ties.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub p85_exceeded: Option<f64>,
    /// 90 % confidence interval of the share that holds. Forecasts a week apart share most of their outcome, so the
    /// sample counts as n ÷ weeks.
    pub p50_interval: Option<[f64; 2]>,
    pub p85_interval: Option<[f64; 2]>,
    /// Mean pinball loss of P50 and P85 together, in tasks or days, averaged over the series; only of forecasts that
    /// the simple methods can make too.
    pub loss: Option<f64>,
    /// Loss of resampling the last 12 weeks.
    pub loss_plain: Option<f64>,
    /// Loss of a negative binomial on 26 weeks.
    pub loss_nb: Option<f64>,
}

impl Score {
    /// Sums up forecasts of one kind and horizon.
    pub fn of(kind: Kind, weeks: u32, made: &[&PastForecast]) -> Self {
        let made: Vec<&PastForecast> =
            made.iter().filter(|made| made.kind == kind && made.weeks == weeks).copied().collect();
        let n = made.len();
        let mean = |held: &dyn Fn(&PastForecast) -> f64| {
            (n > 0).then(|| made.iter().map(|made| held(made)).sum::<f64>() / n as f64)
        };
        let interval = |share: Option<f64>| Some(wilson(share?, n as f64 / f64::from(weeks)));
        let (p50_held, p85_held) = (mean(&PastForecast::p50_held), mean(&PastForecast::p85_held));
        let loss = |method: usize| mean_over_series(&made, method);
        let exceeded = |made: &PastForecast| if made.actual > made.p85 { 1.0 } else { 0.0 };
        Self {
            kind,
            weeks,
            n: n as u32,
            p85_exceeded: mean(&exceeded).filter(|_| kind == Kind::Count),
            p50_interval: interval(p50_held),
            p85_interval: interval(p85_held),
            loss: loss(0),
            loss_plain: loss(1),
            loss_nb: loss(2),
            p50_held,
            p85_held,
        }
    }
}

/// Returns the mean loss of a method over the series, each with the mean of its own forecasts.
fn mean_over_series(made: &[&PastForecast], method: usize) -> Option<f64> {
    let of_series = made.chunk_by(|one, other| one.series == other.series);
    let mean = |made: &[&PastForecast]| {
        let losses: Vec<f64> = made.iter().filter_map(|made| Some(made.losses?[method])).collect();
        (!losses.is_empty()).then(|| losses.iter().sum::<f64>() / losses.len() as f64)
    };
    let means: Vec<f64> = of_series.filter_map(mean).collect();
    (!means.is_empty()).then(|| means.iter().sum::<f64>() / means.len() as f64)
}

/// Returns the 90 % confidence interval of a share observed in `n` trials (Wilson 1927).
///
/// Worked example: 0.85 of 20: 0.68 to 0.94.
fn wilson(share: f64, n: f64) -> [f64; 2] {
    const Z: f64 = 1.645;
    let n = n.max(1.0);
    let middle = (share + Z * Z / (2.0 * n)) / (1.0 + Z * Z / n);
    let half = Z / (1.0 + Z * Z / n) * (share * (1.0 - share) / n + Z * Z / (4.0 * n * n)).sqrt();
    [(middle - half).max(0.0), (middle + half).min(1.0)]
}

/// The record of all series.
#[derive(Debug, Clone, PartialEq, Serialize, schemars::JsonSchema)]
pub struct Record {
    pub schema: &'static str,
    pub horizons: Vec<Score>,
    pub forecasts: Vec<PastForecast>,
}

impl Record {
    pub fn of(forecasts: Vec<PastForecast>) -> Self {
        let horizons = scores(&forecasts.iter().collect::<Vec<_>>());
        Self { schema: "headsup.backtest/1", horizons, forecasts }
    }
}

/// Returns a score for each kind and horizon.
pub fn scores(made: &[&PastForecast]) -> Vec<Score> {
    let cells = Kind::BOTH.into_iter().flat_map(|kind| HORIZONS.map(|weeks| (kind, weeks)));
    cells.map(|(kind, weeks)| Score::of(kind, weeks, made)).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_interval_equals_wilsons_example() {
        let [low, high] = wilson(0.85, 20.0);
        assert!((low - 0.677).abs() < 0.005 && (high - 0.939).abs() < 0.005, "{low} {high}");
        assert_eq!(wilson(1.0, 1e9)[1], 1.0);
    }
}
