//! Tests of weeks and quarters without a year, as columns and as rows of metrics.

use serde_json::Value;

use crate::program::{ends, run, s};

/// Returns the weeks of a metric that have a value, and the messages of `inspect` and `init`; `name` is the file name.
fn read(name: &str, text: &str, as_of: &str) -> (Vec<(String, f64)>, String) {
    let dir = tempfile::tempdir().expect("a folder");
    let (file, team) = (dir.path().join(name), dir.path().join("team"));
    std::fs::write(&file, text).expect("a file");
    let said = run(&["inspect", s(&file)]);
    ends(&["init", s(&team), "--as-of", as_of, "--from", s(&file)], 0);
    let (json, _) = ends(&["render", s(&team), "--as-of", as_of, "--format", "json", "--out", "-"], 0);
    let json: Value = serde_json::from_str(&json).expect("JSON");
    let weeks = json["metrics"][0]["weeks"].as_array().cloned().unwrap_or_default();
    let value = |week: &Value| Some((week["ending"].as_str()?.to_owned(), week["value"].as_f64()?));
    (weeks.iter().filter_map(value).collect(), String::from_utf8_lossy(&said.stderr).into_owned())
}

#[test]
fn weeks_without_a_year_are_the_latest_that_have_begun() {
    let three = [("2026-10-30", 35.0), ("2026-11-06", 38.0), ("2026-11-13", 41.0)];
    for text in [
        "Kennzahl;Ziel;KW 44;KW 45;KW 46;KW 47\nTickets;40;35;38;41;\n",
        "KPI,Target,W44,W45,W46\nTickets,40,35,38,41\n",
        "Indicateur;Semaine 44;Semaine 45;Semaine 46\nTickets;35;38;41\n",
        "Week,Tickets\nW44,35\nW45,38\nW46,41\n",
        "KW;Tickets\n44;35\n45;38\n46;41\n",
        "Date,Tickets\nweek 44,35\nweek 45,38\nweek 46,41\n",
    ] {
        let (weeks, said) = read("kpis.csv", text, "2026-11-20");
        let weeks: Vec<(&str, f64)> = weeks.iter().map(|(on, value)| (on.as_str(), *value)).collect();
        assert_eq!(weeks, three, "{text}");
        assert!(said.contains("no-year"), "{text}{said}");
    }
    let (weeks, _) = read("kpis.csv", "KPI,W45,W46\nTickets,38,41\n", "2026-11-20");
    assert_eq!(weeks.len(), 2);
    // These weeks are around the turn of the year.
    let (weeks, _) = read("w.csv", "Week,Tickets\nW51,35\nW52,38\nW1,41\nW2,40\n", "2027-01-20");
    let ends: Vec<&str> = weeks.iter().map(|(on, _)| on.as_str()).collect();
    assert_eq!(ends, ["2026-12-20", "2026-12-27", "2027-01-10", "2027-01-17"]);
}

#[test]
fn the_year_is_that_of_the_title_or_of_the_files_name() {
    for (name, text) in [
        ("kpis.csv", "Metrics 2025,,,\nKPI,Q1,Q2,Q3\nRevenue,1,2,3\n"),
        ("kpis-2025.csv", "KPI,Q1,Q2,Q3\nRevenue,1,2,3\n"),
    ] {
        let (_, said) = read(name, text, "2026-11-20");
        assert!(said.contains("January 2025 to July 2025"), "{said}");
    }
    let (_, said) = read("kpis-2026-11-20.csv", "KPI,Q1,Q2,Q3\nRevenue,1,2,3\n", "2026-11-20");
    assert!(said.contains("January 2026 to July 2026"), "{said}");
}

#[test]
fn a_count_is_not_a_week() {
    let dir = tempfile::tempdir().expect("a folder");
    let file = dir.path().join("t.csv");
    std::fs::write(&file, "Team,Weeks\nNorth,4\nSouth,7\n").expect("a file");
    let output = run(&["inspect", s(&file), "--format", "json"]);
    let json: Value = serde_json::from_slice(&output.stdout).expect("JSON");
    assert_eq!(json["columns"][1]["kind"], "number", "{json}");
}
