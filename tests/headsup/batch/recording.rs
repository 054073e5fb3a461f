//! Tests of `batch --record`: only known 1:1s are recorded, at most once within four days, each on the team's own date.

use std::path::Path;

use super::{AS_OF, batch, files, json, organisation};
use crate::program::{ends, headsup, s, small_team};

/// Adds `[calendar]` lines to a team's config.
fn with_calendar(team: &Path, lines: &str) {
    let path = team.join("headsup.toml");
    let toml = std::fs::read_to_string(&path).unwrap();
    std::fs::write(path, format!("{toml}[calendar]\n{lines}\n")).unwrap();
}

fn history(team: &Path) -> Vec<String> {
    let Ok(entries) = std::fs::read_dir(team.join("history")) else { return Vec::new() };
    let mut names: Vec<String> = entries.map(|entry| entry.unwrap().file_name().into_string().unwrap()).collect();
    names.sort();
    names
}

#[test]
fn recording_keeps_each_teams_snapshot_in_its_history() {
    let root = organisation(3);
    let (teams, out) = (root.path().join("teams"), root.path().join("out"));
    ends(&batch(s(&teams), s(&out), &[]), 0);
    assert!(!files(&teams).keys().any(|name| name.components().any(|part| part.as_os_str() == "history")));
    ends(&batch(s(&teams), s(&out), &["--record", "--on", AS_OF]), 0);
    for team in ["apac/Team 01", "amer/Team 02", "emea/Team 03"] {
        let kept = std::fs::read(teams.join(team).join("history/2026-11-20.json")).unwrap();
        assert_eq!(kept, std::fs::read(out.join(team).join("2026-11-20-snapshot.json")).unwrap(), "{team}");
    }
    // The brief of the next week uses the recorded 1:1.
    let next = ["batch", s(&teams), "--as-of", "2026-11-27", "--format", "json", "--out", s(&out)];
    ends(&next, 0);
    assert_eq!(json(&out.join("apac/Team 01/2026-11-27-brief-shared.json"))["since"], AS_OF);
}

#[test]
fn only_a_meeting_that_is_known_is_recorded() {
    let root = organisation(2);
    let (teams, out) = (root.path().join("teams"), root.path().join("out"));
    let (known, unknown) = (teams.join("apac/Team 01"), teams.join("amer/Team 02"));
    with_calendar(&known, "one_on_one = \"friday\"");
    // This is a Wednesday; the 1:1 is two days later.
    let run =
        ["batch", s(&teams), "--as-of", "2026-11-18", "--format", "json", "--out", s(&out), "--record", "--quiet"];
    let (_, said) = ends(&run, 0);
    assert!(said.contains("amer/Team 02  not recorded: no 1:1 is known") && said.contains("--on DATE"), "{said}");
    assert_eq!((history(&known), history(&unknown)), (vec!["2026-11-18.json".to_owned()], Vec::new()));
    assert_eq!(json(&known.join("history/2026-11-18.json"))["on"], "2026-11-20");
    let result = json(&out.join("batch.json"));
    assert_eq!(result["counts"]["recorded"], 1);
    assert_eq!(
        (&result["teams"][1]["recorded"], &result["teams"][0]["recorded"].is_null()),
        (&"2026-11-20".into(), &true)
    );
}

#[test]
fn one_meeting_is_not_recorded_twice() {
    let root = organisation(1);
    let (teams, out) = (root.path().join("teams"), root.path().join("out"));
    let team = teams.join("apac/Team 01");
    with_calendar(&team, "one_on_one = \"friday\"");
    let run = |as_of: &str, more: &[&str]| {
        let args = ["batch", s(&teams), "--as-of", as_of, "--format", "json", "--out", s(&out), "--record"];
        ends(&[&args, more].concat(), 0).1
    };
    // In a job that runs daily, the snapshot of the first day is kept.
    run("2026-11-17", &[]);
    for day in ["2026-11-18", "2026-11-19", "2026-11-20"] {
        let said = run(day, &[]);
        assert!(said.contains("not recorded: a 1:1 was recorded for 2026-11-17, within 4 days"), "{day}: {said}");
        assert_eq!(history(&team), ["2026-11-17.json"], "{day}");
    }
    // Running again with the same numbers does not record anything.
    assert!(!run("2026-11-17", &[]).contains("not recorded"));
    // First the later day replaces the snapshot; then next week's is added.
    run("2026-11-20", &["--replace"]);
    assert_eq!(history(&team), ["2026-11-20.json"]);
    run("2026-11-27", &[]);
    assert_eq!(history(&team), ["2026-11-20.json", "2026-11-27.json"]);
}

/// At six on Friday in Tokyo, it is Thursday evening in UTC.
#[test]
fn each_team_has_its_own_today() {
    let root = tempfile::tempdir().unwrap();
    let (teams, out) = (root.path().join("teams"), root.path().join("out"));
    for (name, zone) in [("tokyo", "Asia/Tokyo"), ("lisbon", "Europe/Lisbon")] {
        small_team(&teams.join(name), name);
        with_calendar(&teams.join(name), &format!("timezone = \"{zone}\"\none_on_one = \"friday\""));
    }
    let args = ["batch", s(&teams), "--format", "json", "--out", s(&out), "--record"];
    // The time is 2026-11-19 21:00 UTC.
    let output = headsup().args(args).env("SOURCE_DATE_EPOCH", "1795122000").output().unwrap();
    assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
    assert!(out.join("tokyo/2026-11-20-brief-shared.json").exists());
    assert!(out.join("lisbon/2026-11-19-brief-shared.json").exists());
    assert_eq!(history(&teams.join("tokyo")), ["2026-11-20.json"]);
    let result = json(&out.join("batch.json"));
    let dates: Vec<_> = result["teams"].as_array().unwrap().iter().map(|team| team["as_of"].clone()).collect();
    assert_eq!(dates, ["2026-11-19", "2026-11-20"]);
    assert_eq!((&result["as_of"], &result["started"]), (&"2026-11-19".into(), &"2026-11-19T21:00:00Z".into()));
}
