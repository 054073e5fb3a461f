//! Tests of metrics that were once wrong, each with the right value, and of similar ones in other words, units and
//! languages.

use std::process::Command;

use chrono::{Days, NaiveDate};
use serde_json::Value;

use crate::program::headsup;

/// A team folder with one metrics file: its brief as JSON and as Markdown, and the messages of `check`.
pub(crate) struct Told {
    pub brief: Value,
    pub page: String,
    pub check: String,
}

impl Told {
    pub(crate) fn metric(&self, name: &str) -> &Value {
        let metrics = self.brief["metrics"].as_array().expect("metrics");
        metrics.iter().find(|metric| metric["name"] == name).unwrap_or_else(|| panic!("no metric {name}: {metrics:?}"))
    }
}

pub(crate) fn told(sections: &str, csv: &str, as_of: &str) -> Told {
    let dir = tempfile::tempdir().expect("a folder");
    let config = format!(
        "version = 1\n[team]\nname = \"T\"\n[calendar]\nweek_ends = \"friday\"\n[[source]]\ntable = \"metrics\"\nfile = \"m.csv\"\n{sections}"
    );
    std::fs::write(dir.path().join("headsup.toml"), config).expect("a config");
    std::fs::write(dir.path().join("m.csv"), csv).expect("an export");
    let run = |arguments: &[&str]| {
        let output = headsup().args(arguments).arg(dir.path()).args(["--as-of", as_of]).output().expect("headsup runs");
        let errors = String::from_utf8_lossy(&output.stderr).into_owned();
        assert!(output.status.success(), "{errors}");
        (String::from_utf8(output.stdout).expect("UTF-8").replace('\u{a0}', " "), errors)
    };
    let render = |format: &str| run(&["render", "--format", format, "--out", "-"]).0;
    Told {
        brief: serde_json::from_str(&render("json")).expect("JSON"),
        page: render("md").replace('\\', ""),
        check: run(&["check"]).1,
    }
}

pub(crate) fn metric(name: &str, rest: &str) -> String {
    format!("[[metric]]\nname = \"{name}\"\n{rest}\n")
}

/// Returns `header` and a row for each value; the rows are `days` days apart, and the last one is on `last`.
pub(crate) fn rows(header: &str, last: &str, days: u64, values: &[f64]) -> String {
    let last: NaiveDate = last.parse().expect("a date");
    let row = |(back, value): (usize, &f64)| format!("{},{value}\n", last - Days::new(days * back as u64));
    let rows: Vec<String> = values.iter().rev().enumerate().map(row).collect();
    format!("{header}\n{}", rows.into_iter().rev().collect::<String>())
}

#[track_caller]
fn near(found: &Value, expected: f64) {
    assert!(found.as_f64().is_some_and(|found| (found - expected).abs() < 1e-9), "{found}, not {expected}");
}

#[test]
fn a_loss_that_turns_into_a_profit_has_no_percentage() {
    for (name, unit) in [("Net result", ""), ("Ergebnis", "unit = \"€\""), ("Résultat", "unit = \"k€\"")] {
        let csv = rows(&format!("date,{name}"), "2026-11-20", 7, &[-1000.0, -950.0, 1250.5]);
        let told = told(&metric(name, &format!("kind = \"flow\"\n{unit}")), &csv, "2026-11-20");
        let found = told.metric(name);
        assert_eq!((&found["wow"], &found["mom"]), (&Value::Null, &Value::Null));
        near(&found["wow_diff"], 2200.5);
        assert!(!told.page.contains("−231"), "{}", told.page);
    }
}

#[test]
fn a_loss_that_is_halved_is_a_difference_too() {
    let csv = rows("date,Profit", "2026-11-20", 7, &[-100.0, -99.0, -48.0]);
    let told = told(&metric("Profit", "aggregate = \"sum\"\nunit = \"k$\""), &csv, "2026-11-20");
    near(&told.metric("Profit")["wow_diff"], 51.0);
    assert!(told.page.contains("+$51k") && !told.page.contains("51.5"), "{}", told.page);
}

#[test]
fn to_date_figures_need_both_years() {
    let first: NaiveDate = "2025-09-01".parse().expect("a date");
    let last: NaiveDate = "2026-11-13".parse().expect("a date");
    let days = first.iter_days().take_while(|day| *day <= last);
    let rows: String = days
        .filter(|day| chrono::Datelike::weekday(day).number_from_monday() < 6)
        .map(|day| format!("{day},10\n"))
        .collect();
    let told = told(&metric("Quotes", "aggregate = \"sum\""), &format!("date,Quotes\n{rows}"), "2026-11-16");
    let found = told.metric("Quotes");
    assert_eq!(found["ytd_yoy"], Value::Null);
    near(&found["ytd"], 2270.0);
    near(&found["qtd_yoy"], 0.0);
}

#[test]
fn invoiced_amounts_add_up_in_every_language() {
    for name in ["Invoiced", "Umsatz", "Chiffre d'affaires", "Ingresos", "Receita", "Tickets résolus", "Bestellungen"]
    {
        let told = told("", &format!("Month,{name}\n2026-08,12000\n2026-09,15000\n2026-10,18000\n"), "2026-11-20");
        let found = told.metric(name);
        assert_eq!(found["kind"], "flow", "{name}");
        near(&found["ytd"], 45_000.0);
        near(&found["qtd"], 18_000.0);
    }
}

#[test]
fn rates_are_averaged_stocks_use_the_last_value_and_unknown_kinds_are_not_added() {
    let csv = |name: &str| format!("Month,{name}\n2026-08,12\n2026-09,15\n2026-10,18\n");
    for (name, kind, ytd) in [
        ("NPS", Value::from("rate"), Some(15.0)),
        ("Erstantwortzeit (h)", Value::from("rate"), Some(15.0)),
        ("Headcount", Value::from("stock"), Some(18.0)),
        ("Backlog", Value::from("stock"), Some(18.0)),
        ("Widgets", Value::Null, None),
    ] {
        let told = told("", &csv(name), "2026-11-20");
        let found = told.metric(name);
        assert_eq!(found["kind"], kind, "{name}");
        assert_eq!(found["ytd"].as_f64().map(|ytd| (ytd * 1e6).round() / 1e6), ytd.map(|ytd: f64| ytd), "{name}");
        near(&found["latest"], 18.0);
        assert_eq!(told.check.contains("kind = \"flow\""), kind.is_null(), "{name}: {}", told.check);
    }
}

#[test]
fn a_configured_kind_overrules_the_aggregate_and_the_name() {
    let csv = "Month,Tickets closed\n2026-08,12\n2026-09,15\n2026-10,18\n";
    for (given, kind, ytd) in [
        ("kind = \"stock\"", "stock", 18.0),
        ("kind = \"rate\"", "rate", 15.0),
        ("aggregate = \"mean\"", "rate", 15.0),
        ("", "flow", 45.0),
    ] {
        let told = told(&metric("Tickets closed", given), csv, "2026-11-20");
        let found = told.metric("Tickets closed");
        assert_eq!(found["kind"], kind, "{given}");
        near(&found["ytd"], ytd);
    }
}

#[test]
fn no_limit_is_below_zero_or_above_100_percent() {
    for name in ["Backlog items", "Vorfälle", "Incidents"] {
        let csv = rows(&format!("date,{name}"), "2026-11-20", 7, &[5.0, 3.0, 2.0, 4.0, 3.0, 2.0, 1.0, 0.0, 0.0, 0.0]);
        let told = told(&metric(name, "aggregate = \"sum\"\nbetter = \"down\""), &csv, "2026-11-20");
        near(&told.metric(name)["range"]["lower"], 0.0);
        assert!(!told.page.contains("−1"), "{}", told.page);
    }
    let uptime: Vec<f64> = (0..40).map(|week| 100.0 - f64::from(week * 7 % 5) / 4.0).collect();
    let told = told(
        &metric("Uptime", "kind = \"rate\"\nunit = \"%\""),
        &rows("date,Uptime", "2026-11-20", 7, &uptime),
        "2026-11-20",
    );
    near(&told.metric("Uptime")["range"]["upper"], 100.0);
}

#[test]
fn small_counts_have_integer_limits_and_a_burst_is_news() {
    let quiet: Vec<f64> = (0..40).map(|week| f64::from([0, 0, 1, 0, 0, 2, 0, 1][week % 8])).collect();
    let section = metric("Escalations", "kind = \"flow\"\nbetter = \"down\"");
    let usual = told(&section, &rows("date,Escalations", "2026-11-20", 7, &quiet), "2026-11-20");
    let range = &usual.metric("Escalations")["range"];
    assert_eq!((&range["basis"], range["lower"].as_f64()), (&Value::from("counts"), Some(0.0)));
    assert_eq!(range["upper"].as_f64().map(f64::fract), Some(0.0));
    let burst = [&quiet[..], &[6.0]].concat();
    let told = told(&section, &rows("date,Escalations", "2026-11-20", 7, &burst), "2026-11-20");
    let signal = &told.metric("Escalations")["signals"][0];
    assert_eq!(
        (&signal["rule"], &signal["is_news"], &signal["favourable"]),
        (&"outside_limit".into(), &true.into(), &false.into())
    );
}

#[test]
fn a_fall_from_a_new_level_is_measured_from_that_level() {
    let around =
        |level: f64, weeks: usize| (0..weeks).map(move |week| level + [0.0, 2.0, -1.0, 1.0, 3.0, -2.0][week % 6]);
    let values: Vec<f64> = around(50.0, 26).chain(around(80.0, 20)).chain([66.0]).collect();
    for (name, kind) in [("Active users", "last"), ("Satisfaction", "mean"), ("Orders", "sum")] {
        let csv = rows(&format!("date,{name}"), "2026-11-20", 7, &values);
        let told = told(&metric(name, &format!("aggregate = \"{kind}\"\nbetter = \"up\"")), &csv, "2026-11-20");
        let found = told.metric(name);
        assert_eq!(found["level_since"], "2026-07-03", "{name}: {found}");
        let last = found["signals"].as_array().and_then(|all| all.last()).expect("a signal");
        assert_eq!(
            (&last["favourable"], &last["is_news"], &last["since"]),
            (&false.into(), &true.into(), &"2026-11-20".into())
        );
        assert!(told.check.contains("baseline = \"2026-07-03\""), "{}", told.check);
        assert!(!told.page.contains("for the better"), "{}", told.page);
        assert!(told.page.contains("fell to 66 from the level of 8") && told.page.contains("3 July"), "{}", told.page);
    }
}

#[test]
fn an_old_step_is_not_news_and_a_baseline_confirms_it() {
    let around =
        |level: f64, weeks: usize| (0..weeks).map(move |week| level + [0.0, 2.0, -1.0, 1.0, 3.0, -2.0][week % 6]);
    let values: Vec<f64> = around(50.0, 30).chain(around(80.0, 30)).collect();
    let csv = rows("date,Calls", "2026-11-20", 7, &values);
    let open = told(&metric("Calls", "kind = \"flow\""), &csv, "2026-11-20");
    let signals = open.metric("Calls")["signals"].as_array().expect("signals").clone();
    assert!(!signals.is_empty() && signals.iter().all(|signal| signal["is_news"] == false), "{signals:?}");
    assert!(open.page.contains("No signal this week"), "{}", open.page);
    let since = open.metric("Calls")["level_since"].as_str().expect("a level").to_owned();
    let settled = told(&metric("Calls", &format!("kind = \"flow\"\nbaseline = \"{since}\"")), &csv, "2026-11-20");
    assert_eq!((&settled.metric("Calls")["level_since"], settled.check.contains("baseline")), (&Value::Null, false));
    near(&settled.metric("Calls")["range"]["points"], 22.0);
}

#[test]
fn weekly_rows_make_months_by_their_days() {
    // A revenue that grows weekly, with months of four and of five Sundays.
    let values: Vec<f64> = (0..104).map(|week| 100.0 * 1.005f64.powi(week)).collect();
    for aggregate in ["sum", "mean"] {
        let csv = rows("date,Revenue", "2026-11-15", 7, &values);
        let told = told(&metric("Revenue", &format!("aggregate = \"{aggregate}\"")), &csv, "2026-11-20");
        let found = told.metric("Revenue");
        for change in ["mom", "mtd_yoy", "qtd_yoy"] {
            let value = found[change].as_f64().unwrap_or_else(|| panic!("no {change}: {found}"));
            assert!((0.0..0.35).contains(&value), "{aggregate} {change}: {value}");
        }
    }
}

#[test]
fn a_missing_day_is_not_a_signal_and_weeks_are_compared_by_their_days() {
    let first: NaiveDate = "2025-08-20".parse().expect("a date");
    let last: NaiveDate = "2026-11-20".parse().expect("a date");
    let missing: NaiveDate = "2026-11-18".parse().expect("a date");
    let days = first.iter_days().take_while(|day| *day <= last).filter(|day| *day != missing);
    let rows: String = days.map(|day| format!("{day},10\n")).collect();
    let told = told(&metric("Orders", "aggregate = \"sum\""), &format!("date,Orders\n{rows}"), "2026-11-20");
    let found = told.metric("Orders");
    near(&found["latest"], 60.0);
    near(&found["wow"], 0.0);
    near(&found["yoy"], 0.0);
    assert_eq!(found["signals"], Value::Array(Vec::new()));
    assert!(told.page.contains("6 of 7 days"), "{}", told.page);
}

#[test]
fn revenue_per_order_changes_in_percent() {
    let weeks: String = (0..20)
        .map(|week| {
            let day = "2026-11-20".parse::<NaiveDate>().expect("a date") - Days::new(7 * (19 - week));
            format!("{day},{},100\n", if week == 19 { 1300 } else { 1250 })
        })
        .collect();
    let ratio = "aggregate = \"ratio\"\nnumerator = \"Revenue\"\ndenominator = \"Orders\"\nunit = \"$\"";
    let told = told(&metric("Revenue an order", ratio), &format!("date,Revenue,Orders\n{weeks}"), "2026-11-20");
    near(&told.metric("Revenue an order")["wow"], 0.04);
    assert!(told.page.contains("+4.0") && !told.page.contains("50.00 pts"), "{}", told.page);
    assert!(told.page.contains("$13.00"), "{}", told.page);
}

#[test]
fn a_value_outside_its_range_is_never_printed_like_a_limit() {
    let values = [
        31.0, 24.0, 37.0, 32.0, 24.0, 32.0, 29.0, 31.0, 25.0, 29.0, 36.0, 27.0, 30.0, 25.0, 25.0, 33.0, 32.0, 32.0,
        28.0, 26.0, 33.0, 29.0, 33.0, 31.0, 35.0, 44.0,
    ];
    for name in ["Calls", "Anrufe", "Llamadas"] {
        let csv = rows(&format!("date,{name}"), "2026-11-20", 7, &values);
        let told = told(&metric(name, "kind = \"flow\"\nbetter = \"down\""), &csv, "2026-11-20");
        let upper = told.metric(name)["range"]["upper"].as_f64().expect("a range");
        assert!((43.5..44.0).contains(&upper), "{upper}");
        assert!(!told.page.contains("–44 ") && told.page.contains("–43.6"), "{}", told.page);
    }
}

#[test]
fn a_stock_with_a_target_has_a_path_and_no_range() {
    let stock: Vec<f64> = (0..20).map(|week| 10_000.0 + 70.0 * f64::from(week)).collect();
    let csv = rows("date,Suppliers matched", "2026-11-20", 7, &stock);
    let told =
        told(&metric("Suppliers matched", "kind = \"stock\"\nbetter = \"up\"\ntarget = 15000"), &csv, "2026-11-20");
    let found = told.metric("Suppliers matched");
    assert_eq!(found["range"], Value::Null);
    assert_eq!((found["path"]["to"].as_f64(), found["path"]["on_path"].as_bool()), (Some(15_000.0), Some(false)));
    assert!(told.page.contains("behind the path to 15"), "{}", told.page);
}

#[test]
fn hours_of_a_time_log_are_a_flow_and_its_row_numbers_are_not_a_metric() {
    let dir = tempfile::tempdir().expect("a folder");
    let export = dir.path().join("time.csv");
    std::fs::write(&export, "#,Date,User,Hours\n160,2026-11-02,Ana,2.0\n161,2026-11-03,Bo,4.5\n162,2026-11-10,Ana,3.0\n163,2026-11-17,Bo,6.0\n").expect("an export");
    let team = dir.path().join("team");
    let run = |command: &mut Command| {
        let output = command.output().expect("headsup runs");
        assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
        output.stdout
    };
    run(headsup().arg("init").arg(&team).arg("--from").arg(&export).args(["--as-of", "2026-11-20"]));
    let brief =
        run(headsup().arg("render").arg(&team).args(["--as-of", "2026-11-20", "--format", "json", "--out", "-"]));
    let brief: Value = serde_json::from_slice(&brief).expect("JSON");
    let names: Vec<&str> =
        brief["metrics"].as_array().into_iter().flatten().filter_map(|metric| metric["name"].as_str()).collect();
    assert_eq!(names, ["Hours"]);
    let hours = &brief["metrics"][0];
    assert_eq!(hours["kind"], "flow", "{hours}");
    near(&hours["qtd"], 15.5);
}
