//! Tests that the fast paths of counting give the same result as the general path.

use proptest::prelude::*;

use super::*;

/// Generates cells of every kind, including nonsense. Most of them occur several times in a column.
fn cells() -> impl Strategy<Value = Vec<String>> {
    let cell = prop_oneof![
        4 => "-?[0-9]{1,4}[.,][0-9]{1,4}",
        4 => "[0-9]{1,2}",
        2 => "[0-9]{3,17}",
        4 => "2026-0[1-9]-1[0-9]",
        2 => "[01][0-9][/.][01][0-9][/.](20)?26",
        2 => "20[12][0-9]-1[0-3]",
        1 => "2026-11-20[T ]09:[0-9]{2}:00Z?",
        4 => "[a-c]{1,2}|In Progress|Done|error_rate",
        2 => "[0-9]{1,2},[0-9]{3}|[0-9]\\.[0-9]{3},[0-9]{2}|\\([0-9]\\)|< [0-9]%",
        2 => "[0-9]{1,2} ?(%|ms|h|K|M|EUR|days|pp|kg|m|km/h)",
        2 => "n/a|-|--|none|TBD|\\.|0000-00-00|\\[\\]",
        1 => "[1-9] days ago|2d 4h|\\[a, b\\]|a; b; c|x\\|y",
        1 => "[ -~é€]{0,50}",
    ];
    prop::collection::vec(cell.prop_map(|cell| cell.trim().to_owned()), 0..60)
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 300, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn cells_are_counted_as_if_one_by_one(cells in cells(), remembered in prop_oneof![Just(0), Just(2), Just(64)]) {
        let mut short = Counting::new(remembered);
        let mut long = Tally::default();
        for (line, cell) in (1..).zip(&cells) {
            let place = || Place::at("test.csv", line, 1);
            if !short.count_by_look(cell, &place) {
                short.count(cell, &place);
            }
            long.count(cell, 1, &|| Example::of(cell, place()));
        }
        prop_assert_eq!(short.tallies().0, long);
    }

    #[test]
    fn columns_are_counted_alike_in_any_blocks(cells in cells(), cut in 0_usize..60) {
        let tally = |cells: &[String], first: u64| {
            let mut counting = Counting::new(8);
            for (line, cell) in (first..).zip(cells) {
                let place = || Place::at("test.csv", line, 1);
                if !counting.count_by_look(cell, &place) {
                    counting.count(cell, &place);
                }
            }
            counting.tallies().0
        };
        let (above, below) = cells.split_at(cut.min(cells.len()));
        let mut merged = tally(above, 1);
        merged.merge(tally(below, 1 + above.len() as u64));
        // With more units than are stored, it does not matter which ones are: this is not a column of numbers.
        prop_assume!(merged.units.len() < 8);
        prop_assert_eq!(merged, tally(&cells, 1));
    }
}
