//! Tests of how exports are understood without a config: `init` makes a team from them, `inspect` shows how they are
//! read, and each case contains the right result. Every kind of fault that was found in real exports is here, with
//! variants in other languages and from other tools.

mod files;
mod metrics;
mod milestones;
mod tasks;

use std::path::Path;

use headsup::config::Config;
use headsup::problem::{Failure, Problem};
use headsup::redact::{Audience, redact};
use headsup::source;
use headsup::team::{MetricKind, TaskStatus, Team};
use serde_json::Value;
use tempfile::TempDir;

use crate::program::{ends, run, s};

const AS_OF: &str = "2026-11-20";

/// Creates a folder `team` with `init` from these exports, which are beside it.
fn init(exports: &[(&str, &str)]) -> TempDir {
    let dir = tempfile::tempdir().expect("a folder");
    let output = init_in(&dir, exports);
    assert_eq!(output.status.code(), Some(0), "{}", String::from_utf8_lossy(&output.stderr));
    dir
}

fn init_in(dir: &TempDir, exports: &[(&str, &str)]) -> std::process::Output {
    let team = dir.path().join("team");
    let mut args = vec!["init".to_owned(), s(&team).to_owned(), "--as-of".into(), AS_OF.into(), "--from".into()];
    for (name, text) in exports {
        let path = dir.path().join(name);
        std::fs::write(&path, text).expect("a file");
        args.push(s(&path).to_owned());
    }
    run(&args.iter().map(String::as_str).collect::<Vec<_>>())
}

fn config(dir: &TempDir) -> String {
    std::fs::read_to_string(dir.path().join("team/headsup.toml")).expect("a config")
}

fn load(dir: &Path) -> Result<(Team, Vec<Problem>), Vec<Problem>> {
    let (config, _) = Config::load(dir).expect("a sound config");
    match source::load(&config, AS_OF.parse().expect("a date")) {
        Ok((team, problems)) => Ok((redact(&team, Audience::Me, true).into_parts().0, problems.0)),
        Err(Failure::Input(problems)) => Err(problems.0),
        Err(other) => panic!("{other:?}"),
    }
}

/// Returns the team of these exports, and its problems.
fn team(exports: &[(&str, &str)]) -> (Team, Vec<Problem>) {
    let dir = init(exports);
    load(&dir.path().join("team")).unwrap_or_else(|problems| panic!("{problems:?}"))
}

/// Creates a folder with this config below `[team]`, and these files.
fn folder(config: &str, files: &[(&str, &str)]) -> TempDir {
    let dir = tempfile::tempdir().expect("a folder");
    std::fs::create_dir(dir.path().join("data")).expect("a folder");
    for (name, text) in files {
        std::fs::write(dir.path().join(name), text).expect("a file");
    }
    std::fs::write(dir.path().join("headsup.toml"), format!("[team]\nname = \"T\"\n{config}")).expect("a config");
    dir
}

fn source_of(table: &str, file: &str) -> String {
    format!("[[source]]\ntable = \"{table}\"\nfile = \"{file}\"\n")
}

/// Returns what `inspect --format json` prints, and its exit code.
fn inspected(name: &str, text: &str) -> (Value, i32) {
    let dir = tempfile::tempdir().expect("a folder");
    let path = dir.path().join(name);
    std::fs::write(&path, text).expect("a file");
    let output = run(&["inspect", s(&path), "--format", "json"]);
    let json = serde_json::from_slice(&output.stdout)
        .unwrap_or_else(|error| panic!("{error}: {}", String::from_utf8_lossy(&output.stderr)));
    (json, output.status.code().unwrap_or(-1))
}

fn field_of<'a>(json: &'a Value, column: &str) -> &'a str {
    let columns = json["columns"].as_array().expect("columns");
    let column = columns.iter().find(|it| it["name"] == column).unwrap_or_else(|| panic!("no {column} in {json}"));
    column["field"].as_str().unwrap_or_default()
}

fn codes(problems: &[Problem]) -> Vec<&str> {
    problems.iter().map(|problem| problem.code).filter(|code| *code != "placeholder").collect()
}

fn titles(team: &Team) -> Vec<&str> {
    team.tasks.iter().map(|task| task.title.as_str()).collect()
}

fn names(team: &Team) -> Vec<&str> {
    team.milestones.iter().map(|milestone| milestone.name.as_str()).collect()
}

/// Returns the values of a metric by day.
fn values(team: &Team, name: &str) -> Vec<(String, f64)> {
    let metric = team.metrics.iter().find(|metric| metric.name == name).unwrap_or_else(|| panic!("no {name}"));
    metric.days.iter().filter(|(_, day)| day.count > 0).map(|(on, day)| (on.to_string(), day.last)).collect()
}
