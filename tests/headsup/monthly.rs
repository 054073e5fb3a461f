//! Tests of metrics with a row for each month, quarter or week: a row stands for the whole period, and is as recent as
//! its end.

use std::process::Command;

use serde_json::Value;

/// Returns the brief of a folder with one metrics file, as JSON and as Markdown.
fn brief(metrics: &str, as_of: &str) -> (Value, String) {
    let dir = tempfile::tempdir().expect("a folder");
    let config = "version = 1\n[team]\nname = \"Billing\"\n[[source]]\ntable = \"metrics\"\nfile = \"metrics.csv\"\n";
    std::fs::write(dir.path().join("headsup.toml"), config).expect("a config");
    std::fs::write(dir.path().join("metrics.csv"), metrics).expect("an export");
    let render = |format: &str| {
        let run = Command::new(env!("CARGO_BIN_EXE_headsup"))
            .args(["render", "--as-of", as_of, "--format", format, "--out", "-"])
            .arg(dir.path())
            .output()
            .expect("headsup runs");
        assert!(run.status.success(), "{}", String::from_utf8_lossy(&run.stderr));
        String::from_utf8(run.stdout).expect("UTF-8").replace('\u{a0}', " ")
    };
    (serde_json::from_str(&render("json")).expect("JSON"), render("md"))
}

fn near(found: &Value, expected: f64) -> bool {
    found.as_f64().is_some_and(|found| (found - expected).abs() < 1e-9)
}

#[test]
fn a_row_of_a_month_stands_for_the_whole_month() {
    let ends = ["2025-10-31", "2026-08-31", "2026-09-30", "2026-10-31"];
    let firsts = ["2025-10-01", "2026-08-01", "2026-09-01", "2026-10-01"];
    for dates in [ends, firsts] {
        let rows: Vec<String> =
            dates.iter().zip([80, 100, 100, 120]).map(|(on, mrr)| format!("{on},{mrr}\n")).collect();
        let (json, page) = brief(&format!("date,MRR\n{}", rows.concat()), "2026-11-20");
        let metric = &json["metrics"][0];
        assert_eq!((&metric["grain"], &metric["wow"]), (&Value::from("month"), &Value::Null), "{dates:?}");
        assert!(near(&metric["latest"], 120.0) && near(&metric["mom"], 0.2) && near(&metric["yoy"], 0.5), "{metric}");
        let last = metric["periods"].as_array().and_then(|all| all.last());
        assert_eq!(last.map(|point| &point["ending"]), Some(&Value::from("2026-10-31")));
        assert_eq!(json["stale"], Value::Array(Vec::new()), "October is not old in November");
        assert!(page.contains("data to 31 Oct"), "{page}");
        assert!(page.contains("October") && !page.contains("week ending"), "{page}");
    }
}

#[test]
fn the_current_month_is_not_compared_and_a_missing_one_is_reported() {
    let rows = "month,Signups\n2026-08,90\n2026-09,100\n2026-10,120\n2026-11,7\n";
    let (json, _) = brief(rows, "2026-11-20");
    let metric = &json["metrics"][0];
    assert!(near(&metric["latest"], 120.0) && near(&metric["mom"], 0.2), "{metric}");
    assert!(near(&metric["partial"]["value"], 7.0), "{metric}");
    // In early December, the row of November is missing.
    let until_october = rows.replace("2026-11,7\n", "");
    assert_eq!(brief(&until_october, "2026-12-08").0["stale"], Value::Array(Vec::new()));
    let (json, page) = brief(&until_october, "2026-12-10");
    assert_eq!(json["stale"][0]["days"], 40);
    assert!(page.contains("31 October"), "{page}");
}

#[test]
fn rows_of_quarters_are_recognised_by_their_months() {
    let (json, page) = brief("quarter,NPS\n2026-Q1,30\n2026-Q2,33\n2026-Q3,40\n", "2026-11-20");
    let metric = &json["metrics"][0];
    assert_eq!(
        (&metric["grain"], &metric["mom"], &metric["mtd"]),
        (&Value::from("quarter"), &Value::Null, &Value::Null)
    );
    assert!(near(&metric["latest"], 40.0) && near(&metric["qtd"], 40.0), "{metric}");
    assert_eq!(json["stale"], Value::Array(Vec::new()));
    assert!(page.contains("Jul–Sep"), "{page}");
}

#[test]
fn a_week_dated_with_its_first_day_is_as_new_as_its_last() {
    // The rows are dated on Mondays; the week of the 9th ended on the 15th, five days ago.
    let (json, page) = brief("week,Visits\n2026-10-26,8\n2026-11-02,10\n2026-11-09,12\n", "2026-11-20");
    assert!(page.contains("data to 15 Nov"), "{page}");
    assert_eq!(json["stale"], Value::Array(Vec::new()));
    let metric = &json["metrics"][0];
    assert!(near(&metric["latest"], 12.0) && near(&metric["wow"], 0.2), "{metric}");
    assert!(!page.contains("week ending"), "{page}");
}

#[test]
fn a_value_of_an_older_week_names_its_week() {
    let october = (1..=31).map(|day| format!("2026-10-{day:02},5\n"));
    let rows: String = october.chain((1..=8).map(|day| format!("2026-11-{day:02},6\n"))).collect();
    let (_, page) = brief(&format!("date,Orders\n{rows}"), "2026-11-16");
    assert!(page.contains("week ending 8 Nov"), "{page}");
}
