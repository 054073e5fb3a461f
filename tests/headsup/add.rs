//! `headsup add` and `headsup week`, as a manager and a script run them.

use std::path::Path;
use std::process::{Command, Output, Stdio};

use tempfile::TempDir;

fn copy(from: &Path, to: &Path) {
    std::fs::create_dir_all(to).unwrap();
    for entry in std::fs::read_dir(from).unwrap() {
        let entry = entry.unwrap();
        let target = to.join(entry.file_name());
        if entry.file_type().unwrap().is_dir() {
            copy(&entry.path(), &target);
        } else {
            std::fs::copy(entry.path(), target).unwrap();
        }
    }
}

fn example() -> TempDir {
    let dir = tempfile::tempdir().unwrap();
    copy(Path::new("examples/curation"), dir.path());
    dir
}

fn start(dir: &Path, args: &[&str]) -> std::process::Child {
    Command::new(env!("CARGO_BIN_EXE_headsup"))
        .args(args)
        .current_dir(dir)
        .env_remove("CI")
        .stdin(Stdio::null())
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .spawn()
        .unwrap()
}

fn run(dir: &Path, args: &[&str]) -> Output {
    let output = start(dir, args).wait_with_output().unwrap();
    assert!(output.status.success(), "{args:?}: {}", String::from_utf8_lossy(&output.stderr));
    output
}

fn last_line(dir: &Path, file: &str) -> String {
    std::fs::read_to_string(dir.join(file)).unwrap().lines().last().unwrap().to_owned()
}

#[test]
fn a_row_is_added_to_the_right_file_and_its_contents_are_kept() {
    let team = example();
    let dir = team.path();
    let before = std::fs::read(dir.join("data/wins.csv")).unwrap();
    run(dir, &["add", "--date", "2026-11-20", "win", "Said \"done\", twice", "--kind", "quality"]);
    let after = std::fs::read(dir.join("data/wins.csv")).unwrap();
    assert_eq!(after[..before.len()], before);
    assert!(last_line(dir, "data/wins.csv").starts_with("2026-11-20,\"Said \"\"done\"\", twice\",quality"));

    run(dir, &["add", "--date", "2026-11-20", "person", "A. Osei", "late twice", "--kind", "concern"]);
    assert!(last_line(dir, "private/concerns.csv").starts_with("2026-11-20,A. Osei,concern,late twice"));
    run(dir, &["add", "--date", "2026-11-20", "agreement", "date", "--milestone", "SR-3", "--to", "2026-12-13"]);
    assert!(last_line(dir, "data/agreements.csv").contains("2026-12-13"));
}

#[test]
fn simultaneous_writers_lose_nothing_and_use_no_id_twice() {
    let team = example();
    let texts: Vec<String> = (0..8).map(|n| format!("Parallel {n}")).collect();
    let children: Vec<_> =
        texts.iter().map(|text| start(team.path(), &["add", "--date", "2026-11-20", "ask", text])).collect();
    for child in children {
        let output = child.wait_with_output().unwrap();
        assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
    }
    let log = std::fs::read_to_string(team.path().join("data/asks.csv")).unwrap();
    assert!(texts.iter().all(|text| log.contains(text.as_str())), "{log}");
    let mut ids: Vec<&str> =
        log.lines().filter(|line| line.contains("Parallel")).map(|line| line.split(',').next().unwrap()).collect();
    ids.sort_unstable();
    assert_eq!(ids, ["A-09", "A-10", "A-11", "A-12", "A-13", "A-14", "A-15", "A-16"]);
}

#[test]
fn a_row_that_would_be_misread_is_refused_and_nothing_is_written() {
    let team = example();
    let before = std::fs::read(team.path().join("data/goals.csv")).unwrap();
    let child = start(
        team.path(),
        &["add", "agreement", "date", "--milestone", "SR-3", "--with", "Alex", "--from", "x", "--date", "not-a-date"],
    );
    assert_eq!(child.wait_with_output().unwrap().status.code(), Some(2));
    assert_eq!(std::fs::read(team.path().join("data/goals.csv")).unwrap(), before);
}

#[test]
fn what_render_would_refuse_is_refused_before_it_is_written() {
    let team = example();
    let before = std::fs::read(team.path().join("data/asks.csv")).unwrap();
    for (args, code) in [
        (&["add", "win", ""][..], 2),
        (&["add", "win", "hi", "--kind", "bogus"], 2),
        (&["add", "agreement", "dates"], 2),
        (&["add", "--date", "2026-11-20", "ask", "hi", "--objective", "O77"], 65),
        (&["add", "--date", "2026-11-20", "agreement", "date", "--milestone", "SR-9"], 65),
    ] {
        let output = start(team.path(), args).wait_with_output().unwrap();
        assert_eq!(output.status.code(), Some(code), "{args:?}: {}", String::from_utf8_lossy(&output.stderr));
    }
    assert_eq!(std::fs::read(team.path().join("data/asks.csv")).unwrap(), before);
}

#[test]
fn a_week_in_a_script_lists_what_waits_makes_the_brief_and_writes_nothing_else() {
    let team = example();
    let logs = ["data/wins.csv", "data/asks.csv", "data/milestones.csv", "data/events.csv", "headsup.toml"];
    let before = logs.map(|log| std::fs::read(team.path().join(log)).unwrap());
    // The day is the Friday after a milestone was finished, which no win mentions.
    let output = run(team.path(), &["week", "--as-of", "2026-10-16", "--yes"]);
    let said = String::from_utf8_lossy(&output.stderr);
    assert!(said.contains("Finished, and not among the wins: "), "{said}");
    assert!(team.path().join("out/2026-10-16-brief-boss.pdf").exists());

    let output = run(team.path(), &["week", "--as-of", "2026-11-20", "--yes"]);
    let said = String::from_utf8_lossy(&output.stderr);
    assert!(said.contains("Unanswered: ") && said.contains("Not raised yet: "), "{said}");
    assert_eq!(logs.map(|log| std::fs::read(team.path().join(log)).unwrap()), before);
}

#[test]
fn the_log_of_a_ci_job_contains_only_counts() {
    let team = example();
    let output = Command::new(env!("CARGO_BIN_EXE_headsup"))
        .args(["week", "--as-of", "2026-11-20"])
        .current_dir(team.path())
        .env("CI", "true")
        .env_remove("GITHUB_ACTIONS")
        .stdin(Stdio::null())
        .output()
        .unwrap();
    let said = String::from_utf8_lossy(&output.stderr);
    assert!(output.status.success(), "{said}");
    assert!(said.lines().any(|line| line.starts_with("Unanswered: ") && line[12..].parse::<u32>().is_ok()), "{said}");
    assert!(!said.contains("supplier scoring") && !said.contains("Not raised yet: "), "{said}");
}

#[test]
fn dates_are_read_as_people_write_them_and_an_ask_says_who_will_see_it() {
    let team = example();
    let output = Command::new(env!("CARGO_BIN_EXE_headsup"))
        .args(["add", "--date", "20.11.2026", "ask", "A second reviewer", "--needed-by", "next friday"])
        .current_dir(team.path())
        .env_remove("CI")
        // Friday 20 November 2026.
        .env("SOURCE_DATE_EPOCH", "1795132800")
        .stdin(Stdio::null())
        .output()
        .unwrap();
    let said = String::from_utf8_lossy(&output.stderr);
    assert!(output.status.success(), "{said}");
    assert!(said.contains("A-09 is in the copies me and boss, and not in shared until it is raised"), "{said}");
    let row = last_line(team.path(), "data/asks.csv");
    assert!(row.contains("2026-11-20") && row.contains("2026-11-27"), "{row}");
    let output = start(team.path(), &["add", "ask", "x", "--needed-by", "11/12/2026"]).wait_with_output().unwrap();
    let said = String::from_utf8_lossy(&output.stderr);
    assert_eq!(output.status.code(), Some(2));
    assert!(said.contains("it may mean 2026-12-11 or 2026-11-12"), "{said}");
}

#[test]
fn every_argument_of_add_has_a_help_text() {
    for item in ["win", "ask", "person", "goal", "agreement", "event", "risk"] {
        let output = run(Path::new("."), &["add", item, "--help"]);
        let help = String::from_utf8_lossy(&output.stdout);
        // The help text of an option is on the same line or on the next one.
        let lines: Vec<&str> = help.lines().collect();
        for (at, line) in lines.iter().enumerate().filter(|(_, line)| line.trim_start().starts_with("--")) {
            let below = lines.get(at + 1).copied().unwrap_or_default();
            let on_it = line.trim_start().split("  ").filter(|part| !part.trim().is_empty()).count() > 1;
            let is_told = on_it || (below.starts_with("          ") && !below.trim_start().starts_with('-'));
            assert!(is_told, "{item}: {line}");
        }
        assert!(help.contains(", for example "), "{help}");
    }
}
