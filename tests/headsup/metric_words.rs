//! What the brief says of a metric agrees with the numbers that it prints: ranges, trends, paths, units.

use serde_json::Value;

use crate::metric_faults::{metric, rows, told};

const AS_OF: &str = "2026-11-20";
const RATE: &str = "kind = \"rate\"\nbetter = \"up\"\nunit = \"%\"";

/// Rose for fifteen weeks, and fell back: all between 95.9 and 97.3.
const FLATTENED: [f64; 22] = [
    96.1, 96.4, 95.9, 96.0, 96.3, 96.6, 96.2, 96.3, 96.8, 96.5, 96.9, 97.1, 97.0, 97.0, 97.3, 96.6, 96.5, 96.6, 96.5,
    96.6, 96.3, 96.0,
];

#[test]
fn a_trend_that_ended_is_not_carried_on() {
    for count in 14..=FLATTENED.len() {
        let csv = rows("date,Uptime", AS_OF, 7, &FLATTENED[..count]);
        let told = told(&metric("Uptime", RATE), &csv, AS_OF);
        let range = &told.metric("Uptime")["range"];
        // The highest value ever was 97.3.
        assert!(range["upper"].as_f64().expect("a range") < 97.8, "{count}: {range}");
        assert!(!told.page.contains("for the worse"), "{count}: {}", told.page);
    }
}

#[test]
fn growth_that_holds_is_called_a_trend_and_not_usual() {
    let grown = |week: i32| 100.0 * 1.02f64.powi(week) * (1.0 + 0.01 * f64::from(week * 7 % 5 - 2));
    let values: Vec<f64> = (0..60).map(grown).chain([290.0]).map(|value| (value * 10.0).round() / 10.0).collect();
    let kind = "kind = \"flow\"\nbetter = \"up\"";
    let steady = told(&metric("Orders", kind), &rows("date,Orders", AS_OF, 7, &values[..60]), AS_OF);
    assert!(steady.page.contains("on its trend 301–344") && !steady.page.contains("usual 3"), "{}", steady.page);
    let fallen = told(&metric("Orders", kind), &rows("date,Orders", AS_OF, 7, &values), AS_OF);
    assert!(fallen.page.contains("left its trend, for the worse: 290, on its trend 3"), "{}", fallen.page);
    assert!(fallen.page.contains("below its trend, 3") && !fallen.page.contains("usually"), "{}", fallen.page);
}

#[test]
fn a_stock_has_a_usual_change_and_its_amounts_a_unit_each() {
    let stock = |week: i32| f64::from(1204 + 6 * week + week * 7 % 5);
    let values: Vec<f64> = (0..40).map(stock).chain([1400.0]).collect();
    let sections = metric("MRR", "kind = \"stock\"\nbetter = \"up\"\nunit = \"k€\"");
    let told = told(&sections, &rows("date,MRR", AS_OF, 7, &values), AS_OF);
    let said = "changed unusually, for the worse: €1,400k (−€41k), usual change −€4k to +€16k";
    assert!(told.page.contains(said), "{}", told.page);
    assert!(told.page.contains("−€41k · **usual change −4 to +16"), "{}", told.page);
}

#[test]
fn a_value_outside_the_printed_range_is_never_at_its_edge() {
    let steady = [4.0, 9.0, 6.0, 11.0, 5.0, 8.0, 7.0, 10.0, 6.0, 9.0, 5.0, 8.0, 7.0];
    let kind = "kind = \"rate\"\nbetter = \"down\"";
    let of = |newest: f64, rest: &str| {
        let values = [&steady[..], &steady, &[newest]].concat();
        told(&metric("Lag", &format!("{kind}\n{rest}")), &rows("date,Lag", AS_OF, 7, &values), AS_OF)
    };
    let limits = of(7.0, "");
    let upper = limits.metric("Lag")["range"]["upper"].as_f64().expect("a range").floor();
    for (newest, word) in [
        (upper - 2.0, "○ as usual"),
        (upper, "○ at the edge of usual"),
        (upper + 1.0, "○ above the usual range, no signal yet"),
    ] {
        let page = of(newest, "").page;
        assert!(page.contains(word), "{newest}, up to {upper}: {page}");
    }
    // Beside the verdict on a target, the line above says so.
    let page = of(upper + 1.0, "target = 8").page;
    assert!(page.contains("above usual ") && page.contains("misses target 8"), "{page}");
}

#[test]
fn a_signal_of_the_week_before_is_not_told_of_the_newest_value() {
    let steady = [96.1, 96.4, 95.9, 96.0, 96.3, 96.6, 96.2, 96.3, 96.4, 96.1];
    let values = [&steady[..], &steady, &steady, &[91.2, 96.3]].concat();
    let told = told(&metric("Success", RATE), &rows("date,Success", AS_OF, 7, &values), AS_OF);
    let said = "left its usual range, for the worse: 91.2% (week ending 13 Nov), now 96.3%";
    assert!(told.page.contains(said), "{}", told.page);
    assert!(told.page.contains("below the usual range, for the worse (week ending 13 Nov)"), "{}", told.page);
}

#[test]
fn less_than_a_person_behind_is_on_the_path() {
    let sections = |target: u32| metric("Headcount", &format!("kind = \"stock\"\nbetter = \"up\"\ntarget = {target}"));
    let csv = "date,Headcount\n2026-09-30,22\n2026-10-31,23\n2026-11-20,23\n";
    // On the paths it would be 23.1, and 24.2.
    let near = told(&sections(24), csv, AS_OF);
    assert_eq!(near.metric("Headcount")["path"]["on_path"], Value::Bool(true));
    assert!(near.page.contains("path today 23 · ● on the path to 24"), "{}", near.page);
    let far = told(&sections(26), csv, AS_OF);
    assert!(far.page.contains("it would be 24; target 26"), "{}", far.page);
    // Nobody misses a target before its day.
    assert!(far.page.contains("## Metrics\n"), "{}", far.page);
}

#[test]
fn a_percentage_by_its_name_has_its_sign_and_changes_in_points() {
    let csv = rows("date,Uptime %", AS_OF, 7, &FLATTENED);
    let told = told(&metric("Uptime %", "kind = \"rate\"\nbetter = \"up\""), &csv, AS_OF);
    assert!(told.page.contains("**96.0%** −0.30 pts"), "{}", told.page);
}
