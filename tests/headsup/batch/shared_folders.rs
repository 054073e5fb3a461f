//! Folders that a service and several managers share: files that one of them may not read or write do not stop the
//! others.

#![cfg(unix)]

use std::os::unix::fs::PermissionsExt as _;
use std::path::{Path, PathBuf};
use std::process::{Command, Output};

use tempfile::TempDir;

use super::{AS_OF, json, organisation};
use crate::program::{copy, s};

/// User and group ids that need no entry in the user database.
const NOBODY: u32 = 65534;
const SERVICE: u32 = 60001;
const MANAGER: u32 = 60002;
const TEAM: u32 = 60100;

fn is_root() -> bool {
    let id = Command::new("id").arg("-u").output().expect("id runs");
    id.stdout.starts_with(b"0\n")
}

fn mode(path: &Path, mode: u32) {
    std::fs::set_permissions(path, std::fs::Permissions::from_mode(mode)).unwrap();
}

/// Creates a folder that every user may enter, with a copy of the program.
fn open_folder(root: &TempDir) -> PathBuf {
    mode(root.path(), 0o755);
    let program = root.path().join("headsup");
    // Another process copies the program: a file that this process has open for writing would be busy when it is
    // executed.
    let copied = Command::new("cp").args([env!("CARGO_BIN_EXE_headsup"), s(&program)]).status().unwrap();
    assert!(copied.success());
    mode(&program, 0o755);
    program
}

fn chown(path: &Path, owner: &str) {
    let changed = Command::new("chown").args(["-R", owner, s(path)]).status().unwrap();
    assert!(changed.success());
}

/// Runs the program as a user with limited permissions: the current user, or nobody instead of root.
fn as_ordinary_user(program: &Path, args: &[&str]) -> Output {
    if is_root() { as_user(NOBODY, NOBODY, program, args) } else { Command::new(program).args(args).output().unwrap() }
}

fn as_user(user: u32, group: u32, program: &Path, args: &[&str]) -> Output {
    let mut command = Command::new("setpriv");
    command.env_remove("CI").env_remove("GITHUB_ACTIONS");
    command.args([format!("--reuid={user}"), format!("--regid={group}"), "--clear-groups".to_owned()]);
    command.arg(program).args(args).output().expect("setpriv (util-linux) runs")
}

fn said(output: &Output) -> String {
    String::from_utf8_lossy(&output.stderr).into_owned()
}

#[test]
fn an_unreadable_folder_is_skipped_and_listed() {
    let root = organisation(2);
    let program = open_folder(&root);
    let (teams, out) = (root.path().join("teams"), root.path().join("out"));
    std::fs::create_dir_all(teams.join("lost+found")).unwrap();
    std::fs::create_dir(&out).unwrap();
    if is_root() {
        chown(&teams, "65534:65534");
        chown(&out, "65534:65534");
        chown(&teams.join("lost+found"), "0:0");
    }
    mode(&teams.join("lost+found"), 0o000);
    let output =
        as_ordinary_user(&program, &["batch", s(&teams), "--as-of", AS_OF, "--format", "html", "--out", s(&out)]);
    mode(&teams.join("lost+found"), 0o755);
    assert_eq!(output.status.code(), Some(0), "{}", said(&output));
    assert!(said(&output).contains("\"lost+found\" is passed over: it cannot be read"), "{}", said(&output));
    let result = json(&out.join("batch.json"));
    assert_eq!(result["passed_over"][0]["path"], "lost+found");
    assert_eq!(result["counts"]["made"], 2);
}

#[test]
fn a_service_without_access_to_private_makes_the_shared_copy_with_a_message() {
    let root = tempfile::tempdir().unwrap();
    let program = open_folder(&root);
    let team = root.path().join("curation");
    copy(&Path::new(env!("CARGO_MANIFEST_DIR")).join("examples/curation"), &team);
    let out = root.path().join("out");
    std::fs::create_dir(&out).unwrap();
    if is_root() {
        chown(&out, "65534:65534");
    }
    mode(&team.join("private"), if is_root() { 0o700 } else { 0o000 });
    let render = |copy: &str| {
        let args = ["render", s(&team), "--as-of", AS_OF, "--for", copy, "--format", "html", "--out", s(&out)];
        as_ordinary_user(&program, &args)
    };
    let (shared, boss) = (render("shared"), render("boss"));
    mode(&team.join("private"), 0o700);
    assert_eq!(shared.status.code(), Some(0), "{}", said(&shared));
    assert!(said(&shared).contains("3 files in private/ cannot be read here; they are left out"), "{}", said(&shared));
    // The boss copy would lack asks, so it is refused.
    assert!(matches!(boss.status.code(), Some(65 | 74)), "{}", said(&boss));
}

/// The service writes to the team's history through its group, and the manager reads what it recorded.
#[test]
#[ignore = "needs .ci/tools"]
fn a_service_and_a_manager_share_the_history() {
    assert!(is_root(), "this test changes users by setpriv: run it as root");
    let root = organisation(1);
    let program = open_folder(&root);
    let (teams, out) = (root.path().join("teams"), root.path().join("out"));
    let team = teams.join("apac/Team 01");
    let history = team.join("history");
    std::fs::create_dir(&history).unwrap();
    std::fs::create_dir(&out).unwrap();
    chown(&team, &format!("{MANAGER}:{TEAM}"));
    chown(&out, &format!("{SERVICE}:{TEAM}"));
    mode(&history, 0o2770);
    let run = |user: u32, args: &[&str]| as_user(user, TEAM, &program, args);
    let record = |as_of: &str| {
        let args =
            ["batch", s(&teams), "--as-of", as_of, "--on", as_of, "--record", "--format", "html", "--out", s(&out)];
        run(SERVICE, &args)
    };
    let recorded = record("2026-11-13");
    assert_eq!(recorded.status.code(), Some(0), "{}", said(&recorded));
    let kept = history.join("2026-11-13.json").metadata().unwrap();
    assert_eq!(kept.permissions().mode() & 0o777, 0o660);
    let of_manager = out.parent().unwrap().join("managers");
    std::fs::create_dir(&of_manager).unwrap();
    chown(&of_manager, &format!("{MANAGER}:{TEAM}"));
    let render = run(MANAGER, &["render", s(&team), "--as-of", AS_OF, "--format", "json", "--out", s(&of_manager)]);
    assert_eq!(render.status.code(), Some(0), "{}", said(&render));
    let brief = json(&of_manager.join("2026-11-20-brief-boss.json"));
    assert_eq!(brief["since"], "2026-11-13");
    // The manager records too, and the service reads this.
    let recorded = run(MANAGER, &["record", s(&team), "--as-of", AS_OF, "--out", s(&of_manager)]);
    assert_eq!(recorded.status.code(), Some(0), "{}", said(&recorded));
    let next = record("2026-11-27");
    assert_eq!(next.status.code(), Some(0), "{}", said(&next));
    assert_eq!(std::fs::read_dir(&history).unwrap().count(), 3);
}

#[test]
fn a_service_that_may_not_write_to_the_team_keeps_a_separate_history() {
    let root = organisation(1);
    let program = open_folder(&root);
    let teams = root.path().join("teams");
    let (out, kept) = (root.path().join("out"), root.path().join("kept"));
    for folder in [&out, &kept] {
        std::fs::create_dir(folder).unwrap();
        if is_root() {
            chown(folder, "65534:65534");
        }
    }
    let team = teams.join("apac/Team 01");
    mode(&team, 0o555);
    let run = |as_of: &str, more: &[&str]| {
        let args = ["batch", s(&teams), "--as-of", as_of, "--format", "json", "--out", s(&out)];
        as_ordinary_user(&program, &[&args[..], more].concat())
    };
    let refused = run("2026-11-13", &["--record", "--on", "2026-11-13"]);
    let recorded = run("2026-11-13", &["--record", "--on", "2026-11-13", "--history", s(&kept)]);
    let next = run(AS_OF, &["--history", s(&kept)]);
    mode(&team, 0o755);
    assert_eq!(refused.status.code(), Some(1), "{}", said(&refused));
    assert_eq!(recorded.status.code(), Some(0), "{}", said(&recorded));
    assert_eq!(next.status.code(), Some(0), "{}", said(&next));
    assert!(kept.join("apac/Team 01/2026-11-13.json").exists() && !team.join("history").exists());
    assert_eq!(json(&out.join("apac/Team 01/2026-11-20-brief-shared.json"))["since"], "2026-11-13");
}
