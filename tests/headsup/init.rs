//! Tests of `headsup init`: the folder works at once, with files to fill in or from exports, and nothing is
//! overwritten.

use std::path::{Path, PathBuf};
use std::process::{Command, Output};

use chrono::NaiveDate;
use headsup::config::Config;
use headsup::problem::Problem;
use headsup::redact::{Audience, redact};
use headsup::source;
use headsup::team::Team;

fn headsup(dir: &Path, arguments: &[&str]) -> Output {
    let mut command = Command::new(env!("CARGO_BIN_EXE_headsup"));
    command.args(arguments).current_dir(dir).env_remove("GITHUB_ACTIONS").env_remove("CI").env("NO_COLOR", "1");
    command.output().unwrap()
}

fn load(dir: &Path) -> (Team, Vec<Problem>) {
    let (config, _) = Config::load(dir).unwrap();
    let (team, problems) = source::load(&config, NaiveDate::from_ymd_opt(2026, 11, 20).unwrap()).unwrap();
    (redact(&team, Audience::Me, true).into_parts().0, problems.0)
}

/// Replaces the placeholders that `init` wrote with the team's own words.
fn overwrite(folder: &Path) {
    let own: [(&str, &[(&str, &str)]); 3] = [
        ("headsup.toml", &[("Your Name", "Dana Reyes"), ("Your Boss", "Alex Kim")]),
        ("data/objectives.csv", &[("Our first objective", "Faster close"), ("Say in one", "In one")]),
        ("data/milestones.csv", &[("First step", "Beta"), ("Second step", "Pilot"), ("Third step", "Launch")]),
    ];
    for (file, pairs) in own {
        let file = folder.join(file);
        let text = std::fs::read_to_string(&file).unwrap();
        std::fs::write(&file, pairs.iter().fold(text, |text, (from, to)| text.replace(from, to))).unwrap();
    }
}

fn sample(name: &str) -> String {
    PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("data/samples").join(name).display().to_string()
}

#[test]
fn a_new_folder_plans_the_quarter_and_has_no_problems() {
    let dir = tempfile::tempdir().unwrap();
    let out = headsup(dir.path(), &["init", "curation", "--as-of", "2026-11-20"]);
    assert_eq!(out.status.code(), Some(0), "{}", String::from_utf8_lossy(&out.stderr));
    let folder = dir.path().join("curation");
    let (team, problems) = load(&folder);
    assert!(problems.iter().all(|problem| problem.code == "placeholder"), "{problems:?}");
    assert!(!String::from_utf8_lossy(&out.stderr).contains("placeholder"), "the next steps say it");
    assert_eq!((team.name.as_str(), team.objectives.len(), team.milestones.len()), ("Curation", 1, 3));
    // 41 days of the quarter are left, and a third of them leads to Thursday, 3 December.
    assert_eq!(team.milestones[0].due, NaiveDate::from_ymd_opt(2026, 12, 3));
    assert_eq!(std::fs::read_to_string(folder.join(".gitignore")).unwrap(), "private/\nout/\n");
    overwrite(&folder);
    let check = headsup(dir.path(), &["check", "curation", "--as-of", "2026-11-20", "--strict"]);
    assert_eq!(check.status.code(), Some(0));
}

#[test]
fn existing_files_are_refused_and_nothing_is_written() {
    let dir = tempfile::tempdir().unwrap();
    std::fs::write(dir.path().join("headsup.toml"), "mine").unwrap();
    let out = headsup(dir.path(), &["init", "."]);
    assert_eq!(out.status.code(), Some(2));
    assert!(String::from_utf8_lossy(&out.stderr).contains("headsup.toml is there already"));
    assert_eq!(std::fs::read_to_string(dir.path().join("headsup.toml")).unwrap(), "mine");
    assert_eq!(std::fs::read_dir(dir.path()).unwrap().count(), 1);
}

#[test]
fn exports_become_a_working_folder() {
    let dir = tempfile::tempdir().unwrap();
    let out = headsup(
        dir.path(),
        &["init", "curation", "--as-of", "2026-11-20", "--from", &sample("jira.csv"), &sample("ga4.csv")],
    );
    assert_eq!(out.status.code(), Some(0), "{}", String::from_utf8_lossy(&out.stderr));
    let folder = dir.path().join("curation");
    assert_eq!(std::fs::read(folder.join("data/jira.csv")).unwrap(), std::fs::read(sample("jira.csv")).unwrap());
    let config = std::fs::read_to_string(folder.join("headsup.toml")).unwrap();
    for line in [
        "preset = \"jira\"",
        "milestone = \"Fix versions\"",
        "done = [\"Done\"]",
        "preset = \"ga4\"",
        "name = \"Active users\"",
    ] {
        assert!(config.contains(line), "{line}\n{config}");
    }
    assert!(config.contains("# not read: ") && config.contains("\"Last Viewed\""), "{config}");
    let (team, problems) = load(&folder);
    // No file gives due dates for the versions, so none are invented.
    assert!(problems.iter().all(|problem| problem.code == "no-date"), "{problems:?}");
    assert!(team.milestones.iter().all(|milestone| milestone.due.is_none()));
    assert_eq!(team.tasks.len(), 5);
    let milestones: Vec<&str> = team.milestones.iter().map(|milestone| milestone.name.as_str()).collect();
    assert_eq!(milestones, ["Ingest profiled", "First ten feeds"]);
    assert_eq!(team.metrics.len(), 4);
}

#[test]
fn every_sample_is_imported() {
    let samples = std::fs::read_dir(PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("data/samples")).unwrap();
    let samples: Vec<String> = samples.map(|entry| entry.unwrap().path().display().to_string()).collect();
    let mut arguments = vec!["init", "team", "--as-of", "2026-11-20", "--from"];
    arguments.extend(samples.iter().map(String::as_str));
    let dir = tempfile::tempdir().unwrap();
    let out = headsup(dir.path(), &arguments);
    // The folder is made; two trackers use the same numbers for different tasks, which is reported as an error.
    assert_eq!(out.status.code(), Some(65), "{}", String::from_utf8_lossy(&out.stderr));
    assert!(
        String::from_utf8_lossy(&out.stderr).contains("which cannot be rendered before these problems are settled")
    );
    let (config, _) = Config::load(&dir.path().join("team")).unwrap();
    let from_exports = config.sources.iter().filter(|source| !source.columns.is_empty()).count();
    // One of them is the list of epics of an export, which are its milestones.
    assert_eq!(from_exports, samples.len() + 1);
}

#[test]
fn an_unknown_export_is_reported_and_nothing_is_written() {
    let dir = tempfile::tempdir().unwrap();
    std::fs::write(dir.path().join("odd.csv"), "alpha,beta\n1,2\n").unwrap();
    let out = headsup(dir.path(), &["init", "team", "--from", "odd.csv"]);
    assert_eq!(out.status.code(), Some(65));
    assert!(String::from_utf8_lossy(&out.stderr).contains("cannot be told what odd.csv holds"));
    assert!(!dir.path().join("team").exists());
}

#[test]
fn render_reports_placeholders_of_init_until_they_are_replaced() {
    let dir = tempfile::tempdir().unwrap();
    let run = |arguments: &[&str]| {
        let out = headsup(dir.path(), arguments);
        (out.status.code(), String::from_utf8_lossy(&out.stderr).into_owned())
    };
    assert_eq!(run(&["init", "team", "--as-of", "2026-11-20"]).0, Some(0));
    let render = ["render", "team", "--as-of", "2026-11-20", "--format", "md"];
    let (code, said) = run(&render);
    assert_eq!(code, Some(0), "{said}");
    let places = [
        "headsup.toml:6:",
        "headsup.toml:7:",
        "objectives.csv:2:",
        "milestones.csv:2:",
        "milestones.csv:3:",
        "milestones.csv:4:",
    ];
    for place in places {
        assert!(said.contains(place), "{place}: {said}");
    }
    assert_eq!(said.matches("warning[placeholder]").count(), 7, "{said}");
    overwrite(&dir.path().join("team"));
    let (code, said) = run(&render);
    assert_eq!(code, Some(0), "{said}");
    assert!(!said.contains("placeholder"), "{said}");
}
