//! Tests of `headsup record` from the outside: what it keeps, what it refuses, and that a log keeps its format.

mod conversation;
mod logs;

use std::path::Path;
use std::process::{Command, Output};

use headsup::source::append;
use headsup::team::TableKind;

const CONFIG: &str = r#"version = 1
[team]
name = "Curation"
manager = "Dana Reyes"
boss = "Alex Kim"
[[source]]
table = "objectives"
file = "data/objectives.csv"
[[source]]
table = "milestones"
file = "data/milestones.csv"
[[source]]
table = "asks"
file = "data/asks.csv"
delimiter = ";"
[[source]]
table = "agreements"
file = "data/agreements.csv"
[[source]]
table = "goals"
file = "private/goals.csv"
"#;

/// A log of asks with semicolons, CRLF, its own column order, and no line ending at the end.
const ASKS: &str = "text;id;asked_on;status;answered_on;answer;stage;about;milestone;mine\r\n\
    \"One developer; for two weeks\";A-01;2026-11-10;open;;;raised;;;kept\r\n\
    Move the release;A-02;2026-11-10;open;;;raised;date;M-1;";

fn team() -> tempfile::TempDir {
    let dir = tempfile::tempdir().expect("a folder");
    let write = |name: &str, text: &str| {
        let path = dir.path().join(name);
        std::fs::create_dir_all(path.parent().expect("a folder")).expect("a folder");
        std::fs::write(path, text).expect("a file");
    };
    write("headsup.toml", CONFIG);
    write(
        "data/objectives.csv",
        "id,objective,quarter,agreed_on,wording,agreed_wording\n\
         O,Dataset,Q4 2026,2026-10-02,Customers look up and score risk,Customers look up risk\n",
    );
    write(
        "data/milestones.csv",
        "id,objective,milestone,agreed_due,due,progress\nM-1,O,Release,2026-12-04,2026-12-13,0.4\n",
    );
    write("data/asks.csv", ASKS);
    write("data/agreements.csv", "date,what,objective,milestone,from,to,with\n2026-10-02,confirm,O,,,,Alex Kim\n");
    write("private/goals.csv", "date,goal,who,feedback\n2026-10-02,Senior Manager,me,\n");
    dir
}

fn headsup(dir: &Path, arguments: &[&str]) -> Output {
    Command::new(env!("CARGO_BIN_EXE_headsup"))
        .args(arguments.iter().take(1))
        .arg(dir)
        .args(arguments.iter().skip(1))
        .env_remove("CI")
        .env_remove("GITHUB_ACTIONS")
        .env("NO_COLOR", "1")
        .stdin(std::process::Stdio::null())
        .output()
        .expect("the program runs")
}

fn render(dir: &Path, as_of: &str) {
    let output = headsup(dir, &["render", "--as-of", as_of, "--format", "json"]);
    assert!(output.status.success(), "{}", said(&output));
}

fn said(output: &Output) -> String {
    String::from_utf8_lossy(&output.stderr).into_owned()
}

fn read(dir: &Path, name: &str) -> String {
    std::fs::read_to_string(dir.join(name)).expect("the file is there")
}

#[test]
fn it_keeps_the_snapshot_that_was_rendered() {
    let dir = team();
    let dir = dir.path();
    render(dir, "2026-11-20");
    let rendered = read(dir, "out/2026-11-20-snapshot.json");
    // The data have changed since; the 1:1 was based on what was rendered.
    let later = read(dir, "data/milestones.csv").replace("0.4", "0.8");
    std::fs::write(dir.join("data/milestones.csv"), later).expect("a file");
    let output = headsup(dir, &["record", "--as-of", "2026-11-20"]);
    assert!(output.status.success(), "{}", said(&output));
    assert_eq!(read(dir, "history/2026-11-20.json"), rendered);
    #[cfg(unix)]
    {
        use std::os::unix::fs::PermissionsExt as _;
        let mode = std::fs::metadata(dir.join("history/2026-11-20.json")).expect("a file").permissions().mode();
        assert_eq!(mode & 0o077, 0);
    }
    // Nothing was decided, so no log has changed.
    assert_eq!(read(dir, "data/asks.csv"), ASKS);
}

#[test]
fn recording_twice_on_a_day_is_refused_without_replace() {
    let dir = team();
    let dir = dir.path();
    render(dir, "2026-11-20");
    assert!(headsup(dir, &["record", "--as-of", "2026-11-20"]).status.success());
    let again = headsup(dir, &["record", "--as-of", "2026-11-20"]);
    assert_eq!(again.status.code(), Some(65));
    assert!(said(&again).contains("--replace"), "{}", said(&again));
    assert!(headsup(dir, &["record", "--as-of", "2026-11-20", "--replace"]).status.success());
}

#[test]
fn an_agreed_date_that_differs_from_the_due_date_is_reported() {
    let dir = team();
    let dir = dir.path();
    render(dir, "2026-11-20");
    let record = |agreed: &str| {
        headsup(dir, &["record", "--as-of", "2026-11-20", "--replace", "--agree", &format!("date:M-1={agreed}")])
    };
    let output = record("2026-12-18");
    assert!(output.status.success(), "{}", said(&output));
    assert!(
        said(&output).contains("M-1 is agreed for 2026-12-18 and its due date says 2026-12-13"),
        "{}",
        said(&output)
    );
    assert!(!said(&record("2026-12-13")).contains("its due date says"));
}

#[test]
fn without_a_rendered_brief_there_is_nothing_to_keep() {
    let dir = team();
    let output = headsup(dir.path(), &["record", "--as-of", "2026-11-20"]);
    assert_eq!(output.status.code(), Some(65));
    assert!(said(&output).contains("headsup render"), "{}", said(&output));
    assert!(!dir.path().join("history").exists());
}

#[test]
fn missing_items_are_refused_before_anything_is_written() {
    let dir = team();
    let dir = dir.path();
    render(dir, "2026-11-20");
    let flags = ["record", "--as-of", "2026-11-20", "--grant", "A-01", "A-03", "--agree", "date:M-2", "mood:O"];
    let output = headsup(dir, &flags);
    assert_eq!(output.status.code(), Some(65));
    for expected in ["A-03", "did you mean", "M-2", "mood:O"] {
        assert!(said(&output).contains(expected), "{expected}: {}", said(&output));
    }
    assert_eq!(read(dir, "data/asks.csv"), ASKS);
    assert!(!dir.join("history").exists());
}

#[test]
fn the_next_brief_compares_with_what_was_recorded() {
    let dir = team();
    let dir = dir.path();
    render(dir, "2026-11-13");
    assert!(headsup(dir, &["record", "--as-of", "2026-11-13", "--grant", "A-01"]).status.success());
    render(dir, "2026-11-20");
    let brief: serde_json::Value = serde_json::from_str(&read(dir, "out/2026-11-20-brief-boss.json")).expect("a brief");
    let decided: Vec<&str> =
        brief["decided"].as_array().expect("a list").iter().filter_map(|it| it["ask"].as_str()).collect();
    assert_eq!(decided, ["A-01"]);
    assert!(brief["objectives"][0]["milestones"][0]["slip_since_days"].is_i64());
}
