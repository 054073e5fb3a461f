//! Tests of `headsup check` and `headsup schema` from the outside.

use std::path::Path;
use std::process::{Command, Output};

fn headsup(dir: &Path, arguments: &[&str]) -> Output {
    let mut command = Command::new(env!("CARGO_BIN_EXE_headsup"));
    command.args(arguments).current_dir(dir).env_remove("GITHUB_ACTIONS").env_remove("CI").env("NO_COLOR", "1");
    command.output().unwrap()
}

fn folder(config: &str, tasks: &str) -> tempfile::TempDir {
    let dir = tempfile::tempdir().unwrap();
    std::fs::write(dir.path().join("headsup.toml"), config).unwrap();
    std::fs::write(dir.path().join("tasks.csv"), tasks).unwrap();
    dir
}

const CONFIG: &str = "[team]\nname = \"Curation\"\n[[source]]\ntable = \"tasks\"\nfile = \"tasks.csv\"\n";

#[test]
fn a_folder_without_problems_exits_0() {
    let dir = folder(CONFIG, "key,title,status\nA,First,Done\n");
    let out = headsup(dir.path(), &["check", "--as-of", "2026-11-20", "--strict"]);
    assert_eq!((out.status.code(), out.stdout.as_slice()), (Some(0), b"".as_slice()));
    assert_eq!(String::from_utf8_lossy(&out.stderr), "./headsup.toml is in order\n");
}

#[test]
fn errors_of_config_and_data_exit_65_with_place_and_help() {
    let dir = folder(&CONFIG.replace("tasks.csv", "task.csv"), "key,title\n");
    let out = headsup(dir.path(), &["check", "--as-of", "2026-11-20"]);
    let said = String::from_utf8_lossy(&out.stderr);
    assert_eq!(out.status.code(), Some(65));
    assert!(said.contains("headsup.toml:5:1") && said.contains("did you mean \"tasks.csv\"?"), "{said}");
}

#[test]
fn warnings_exit_1_only_with_strict() {
    let dir = folder(CONFIG, "key,title,status\nA,First,Zzz\n");
    let arguments = ["check", "--as-of", "2026-11-20", "--format", "json"];
    let out = headsup(dir.path(), &arguments);
    assert_eq!(out.status.code(), Some(0));
    let problems: serde_json::Value = serde_json::from_slice(&out.stdout).unwrap();
    assert!(problems.to_string().contains("unmapped-status"), "{problems}");
    assert_eq!(headsup(dir.path(), &[&arguments[..], &["--strict"]].concat()).status.code(), Some(1));
}

#[test]
fn github_gets_annotations() {
    let dir = folder(CONFIG, "key,title,status\nA,First,Zzz\n");
    let out = headsup(dir.path(), &["check", "--as-of", "2026-11-20", "--format", "github"]);
    let said = String::from_utf8_lossy(&out.stdout);
    assert!(said.contains("::warning file=") && said.contains("line=2"), "{said}");
}

#[test]
fn a_private_file_that_git_tracks_is_warned_about() {
    let dir = folder(CONFIG, "key,title,status\nA,First,Done\n");
    std::fs::create_dir(dir.path().join("private")).unwrap();
    std::fs::write(dir.path().join("private/concerns.csv"), "date,person,text\n").unwrap();
    let git = |arguments: &[&str]| Command::new("git").args(arguments).current_dir(dir.path()).output().unwrap();
    git(&["init", "-q"]);
    let quiet = headsup(dir.path(), &["check", "--as-of", "2026-11-20", "--strict"]);
    assert_eq!(quiet.status.code(), Some(0));
    git(&["add", "-f", "private"]);
    let out = headsup(dir.path(), &["check", "--as-of", "2026-11-20", "--strict"]);
    assert_eq!(out.status.code(), Some(1));
    assert!(String::from_utf8_lossy(&out.stderr).contains("git rm --cached private/concerns.csv"));
}

#[test]
fn the_schema_names_every_key() {
    let out = headsup(Path::new("."), &["schema"]);
    let schema: serde_json::Value = serde_json::from_slice(&out.stdout).unwrap();
    for pointer in [
        "/properties/team/properties/boss",
        "/properties/source/items/properties/columns",
        "/properties/metric/items/properties/where",
        "/properties/brief/properties/every",
    ] {
        assert!(schema.pointer(pointer).is_some(), "{pointer}");
    }
}

#[test]
fn several_kinds_of_errors_are_reported_at_once() {
    let dir = tempfile::tempdir().unwrap();
    let write = |name: &str, text: &str| std::fs::write(dir.path().join(name), text).unwrap();
    write(
        "headsup.toml",
        "[team]\nname = \"T\"\n[brief]\npagse = 2\n[[source]]\ntable = \"objectives\"\nfile = \"objectives.csv\"\n\
[[source]]\ntable = \"milestones\"\nfile = \"milestones.csv\"\n[[source]]\ntable = \"wins\"\nfile = \"gone.csv\"\n",
    );
    write("objectives.csv", "id,objective\nSP,Speed\n");
    write(
        "milestones.csv",
        "objective,milestone,agreed_due\nSP,One,2026-12-04\nSpede,Two,2026-12-11\nSP,Three,2026-13-45\nSP,Four,2026-12-18\n",
    );
    for command in ["check", "render"] {
        let output = std::process::Command::new(env!("CARGO_BIN_EXE_headsup"))
            .args([command, dir.path().to_str().unwrap(), "--as-of", "2026-11-20"])
            .env_remove("CI")
            .output()
            .unwrap();
        let said = String::from_utf8_lossy(&output.stderr).into_owned();
        assert_eq!(output.status.code(), Some(65), "{command}: {said}");
        for told in ["pagse", "gone.csv", "2026-13-45", "Spede", "did you mean"] {
            assert!(said.contains(told), "{command} does not tell of {told}: {said}");
        }
        assert!(!dir.path().join("out").exists(), "{command} wrote something");
    }
}

#[test]
fn what_the_page_leaves_out_is_reported_with_lines_to_paste() {
    let dir = tempfile::tempdir().unwrap();
    let write = |name: &str, text: &str| std::fs::write(dir.path().join(name), text).unwrap();
    write(
        "headsup.toml",
        "[team]\nname = \"T\"\n[[source]]\ntable = \"tasks\"\nfile = \"tasks.csv\"\npreset = \"linear\"\ncadence = 8\n\
[[source]]\ntable = \"milestones\"\nfile = \"milestones.csv\"\n[[source]]\ntable = \"wins\"\nfile = \"wins.csv\"\n",
    );
    write(
        "tasks.csv",
        "ID,Title,Status,Created,Completed,Squad mood\nA-1,One,Done,2026-10-01,2026-10-16,fine\nA-2,Two,Todo,2026-10-01,,fine\n",
    );
    write("milestones.csv", "objective,milestone,agreed_due\nUpdate speed,Release,2026-11-06\n");
    write("wins.csv", "date,text,objective\n2026-11-18,A win,Update sped\n");
    let out = headsup(dir.path(), &["check", "--as-of", "2026-11-20"]);
    let said = String::from_utf8_lossy(&out.stderr);
    assert_eq!(out.status.code(), Some(0), "{said}");
    for told in [
        "warning[stale]",
        "(in Linear: ",
        "cadence = 35",
        "warning[unknown-objective]",
        "did you mean \"Update speed\"?",
        "note[unread-columns]",
        "Squad mood",
        "note[no-reason]: late, and no reason is given: Release",
    ] {
        assert!(said.contains(told), "{told}: {said}");
    }
}

#[test]
fn a_missing_folder_and_a_file_in_its_place_are_reported() {
    let dir = folder(CONFIG, "key,title\n");
    std::fs::create_dir(dir.path().join("curation")).unwrap();
    let said = |named: &str| {
        let out = headsup(dir.path(), &["check", named]);
        assert_eq!(out.status.code(), Some(65));
        String::from_utf8_lossy(&out.stderr).into_owned()
    };
    let missing = said("curatoin");
    assert!(
        missing.contains("there is no folder curatoin") && missing.contains("did you mean \"curation\"?"),
        "{missing}"
    );
    assert!(said("tasks.csv").contains("headsup inspect tasks.csv"));
    assert!(said("curation").contains("headsup init DIR --from EXPORT.csv"));
}
