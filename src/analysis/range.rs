//! The usual range of a metric: the XmR chart, or process behaviour chart. [`super::signal`] looks for what leaves it.
//!
//! Source: Wheeler, *Making Sense of Data* (2003); Wheeler, *Understanding Variation* (2000); xmrit.com.

use super::Range;

/// Fewer points than this make no range.
const LEAST: usize = 6;
/// A range on fewer points than this is provisional.
const SETTLED: usize = 17;
/// Natural process limits lie this many mean moving ranges from the centre: 3 ÷ d₂ for d₂ = 1.128, pairs of points.
const PER_MOVING_RANGE: f64 = 2.66;

/// Centre X̄ and limits X̄ ± 2.66·mR̄ of `values`, oldest first; None for fewer than 6.
///
/// mR̄ is the mean of |xᵢ − xᵢ₋₁|. Worked example: 10 12 11 13 12 14 has X̄ = 12 and moving ranges 2 1 2 1 2, so
/// mR̄ = 1.6 and the limits are 12 ± 4.256.
pub fn usual(values: &[f64]) -> Option<Range> {
    if values.len() < LEAST {
        return None;
    }
    let points = values.len() as f64;
    let centre = values.iter().sum::<f64>() / points;
    let moving = values.windows(2).map(|pair| (pair[1] - pair[0]).abs()).sum::<f64>() / (points - 1.0);
    let reach = PER_MOVING_RANGE * moving;
    Some(Range {
        centre,
        lower: centre - reach,
        upper: centre + reach,
        provisional: values.len() < SETTLED,
        points: values.len() as u32,
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn the_worked_example_holds() {
        let range = usual(&[10.0, 12.0, 11.0, 13.0, 12.0, 14.0]).expect("six points make a range");
        assert!((range.centre - 12.0).abs() < 1e-12);
        assert!((range.lower - 7.744).abs() < 1e-12);
        assert!((range.upper - 16.256).abs() < 1e-12);
        assert!(range.provisional);
    }

    #[test]
    fn five_points_make_no_range_and_seventeen_settle_it() {
        assert_eq!(usual(&[1.0, 2.0, 3.0, 4.0, 5.0]), None);
        assert!(usual(&[3.0; 16]).is_some_and(|range| range.provisional));
        assert!(usual(&[3.0; 17]).is_some_and(|range| !range.provisional));
    }

    proptest! {
        #[test]
        fn a_constant_series_has_a_point_for_a_range(value in -1e6..1e6f64, points in 6usize..60) {
            let range = usual(&vec![value; points]).expect("enough points");
            prop_assert!((range.upper - range.lower).abs() < 1e-9);
            prop_assert!((range.centre - value).abs() <= 1e-9 * value.abs());
        }

        #[test]
        fn the_range_moves_and_grows_with_its_values(
            values in proptest::collection::vec(-100.0..100.0f64, 6..40), by in -50.0..50.0f64, times in 0.1..5.0f64,
        ) {
            let range = usual(&values).expect("enough points");
            let moved = usual(&values.iter().map(|v| v * times + by).collect::<Vec<_>>()).expect("as many points");
            prop_assert!((moved.upper - (range.upper * times + by)).abs() < 1e-6);
            prop_assert!((moved.lower - (range.lower * times + by)).abs() < 1e-6);
        }
    }
}
