//! Signals: the three rules by which a metric has left its usual range. All else is noise and gets no sentence.
//!
//! Source: Wheeler, *Making Sense of Data* (2003), detection rules 1 to 3; xmrit.com.

use chrono::NaiveDate;

use super::{Range, Rule, Signal};
use crate::team::Better;

/// On which side of the centre a point lies, and how far out.
#[derive(Clone, Copy, PartialEq)]
struct Lie {
    above: bool,
    outside: bool,
    nearer_limit: bool,
}

/// Every rule that `weeks` (closing day and value, oldest first, without gaps filled) complete, oldest first.
///
/// A rule is reported for each week that it holds at: the ninth week on one side is a signal as the eighth was.
pub fn find(weeks: &[(NaiveDate, f64)], range: &Range, better: Option<Better>) -> Vec<Signal> {
    let lies: Vec<Option<Lie>> = weeks.iter().map(|(_, value)| lie(*value, range)).collect();
    let mut signals = Vec::new();
    for (at, (week, _)) in weeks.iter().enumerate() {
        let Some(here) = lies[at] else { continue };
        let same_side = |back: usize| &lies[(at + 1).saturating_sub(back)..=at];
        let on_our_side = |lie: &&Option<Lie>| lie.is_some_and(|lie| lie.above == here.above);
        let eight = same_side(8);
        let near = same_side(4).iter().filter(on_our_side).filter(|lie| lie.is_some_and(|lie| lie.nearer_limit));
        let rules = [
            (Rule::OutsideLimit, here.outside),
            (Rule::EightOneSide, eight.len() == 8 && eight.iter().filter(on_our_side).count() == 8),
            (Rule::ThreeOfFour, here.nearer_limit && near.count() >= 3),
        ];
        let favourable = better.map(|better| (better == Better::Up) == here.above);
        let held = rules.into_iter().filter(|(_, holds)| *holds);
        signals.extend(held.map(|(rule, _)| Signal { week: *week, rule, favourable }));
    }
    signals
}

/// None on the centre itself. Comparisons leave room for rounding, so that a constant series has no signal.
fn lie(value: f64, range: &Range) -> Option<Lie> {
    let rounding = 1e-9 * (value.abs() + range.centre.abs());
    let (distance, reach) = ((value - range.centre).abs(), range.upper - range.centre);
    (distance > rounding).then_some(Lie {
        above: value > range.centre,
        outside: distance > reach + rounding,
        nearer_limit: distance > reach / 2.0 + rounding,
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use chrono::Days;

    /// Centre 10, limits 4 and 16; halfway at 7 and 13.
    const RANGE: Range = Range { centre: 10.0, lower: 4.0, upper: 16.0, provisional: false, points: 20 };

    fn found(values: &[f64], better: Option<Better>) -> Vec<(usize, Rule, Option<bool>)> {
        let first: NaiveDate = "2026-01-04".parse().expect("a date");
        let weeks: Vec<_> = values.iter().enumerate().map(|(i, v)| (first + Days::new(7 * i as u64), *v)).collect();
        let place = |week| weeks.iter().position(|(w, _)| *w == week).expect("a week of ours");
        find(&weeks, &RANGE, better).into_iter().map(|s| (place(s.week), s.rule, s.favourable)).collect()
    }

    #[test]
    fn a_point_outside_a_limit_is_a_signal_and_one_on_it_is_not() {
        assert_eq!(found(&[10.0, 16.1], Some(Better::Down)), [(1, Rule::OutsideLimit, Some(false))]);
        assert_eq!(found(&[9.0, 3.9], Some(Better::Down)), [(1, Rule::OutsideLimit, Some(true))]);
        assert_eq!(found(&[16.0, 4.0], None), []);
    }

    #[test]
    fn eight_in_a_row_on_one_side() {
        assert_eq!(found(&[11.0; 7], None), []);
        assert_eq!(found(&[11.0; 9], None), [(7, Rule::EightOneSide, None), (8, Rule::EightOneSide, None)]);
        // A point on the centre breaks the run.
        assert_eq!(found(&[11.0, 11.0, 11.0, 11.0, 10.0, 11.0, 11.0, 11.0, 11.0], None), []);
    }

    #[test]
    fn three_of_four_nearer_a_limit_than_the_centre() {
        assert_eq!(found(&[14.0, 9.0, 14.0, 14.0], None), [(3, Rule::ThreeOfFour, None)]);
        // Completed by the third such point, not by the quiet one after it.
        assert_eq!(found(&[14.0, 14.0, 14.0, 9.0], None), [(2, Rule::ThreeOfFour, None)]);
        assert_eq!(found(&[14.0, 6.0, 14.0, 6.0], None), []);
        assert_eq!(found(&[13.0, 13.0, 13.0], None), []);
    }

    #[test]
    fn a_constant_series_has_no_signal() {
        let values = [0.1 + 0.2; 20];
        let range = super::super::range::usual(&values).expect("enough points");
        let first: NaiveDate = "2026-01-04".parse().expect("a date");
        let weeks: Vec<_> = values.iter().enumerate().map(|(i, v)| (first + Days::new(7 * i as u64), *v)).collect();
        assert_eq!(find(&weeks, &range, None), []);
    }
}
