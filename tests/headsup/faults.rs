//! Tests of problems around the program: disks, permissions, pipes, the environment, unusual files. Each leads to the
//! right result or a clear error, and no data of the user are lost.

mod disks;
mod inputs;

use std::collections::BTreeMap;
use std::os::unix::fs::{PermissionsExt as _, symlink};
use std::path::{Path, PathBuf};
use std::process::{Command, Output, Stdio};

use serde_json::Value;
use tempfile::TempDir;

use crate::program::{copy, ends, headsup, peer, s, small_team};

const AS_OF: &str = "2026-11-20";

fn team() -> TempDir {
    let dir = tempfile::tempdir().unwrap();
    small_team(dir.path(), "Curation");
    dir
}

fn render<'a>(team: &'a str, format: &'a str, out: &'a str) -> [&'a str; 8] {
    ["render", team, "--as-of", AS_OF, "--format", format, "--out", out]
}

fn names(dir: &Path) -> Vec<String> {
    let mut names: Vec<String> =
        std::fs::read_dir(dir).unwrap().map(|e| e.unwrap().file_name().into_string().unwrap()).collect();
    names.sort();
    names
}

fn said(output: &Output) -> String {
    String::from_utf8_lossy(&output.stderr).into_owned()
}

fn is_root() -> bool {
    Command::new("id").arg("-u").output().unwrap().stdout == b"0\n"
}

/// Runs headsup as a user to whom permissions apply, unlike root.
fn as_nobody(dir: &Path) -> Command {
    if !is_root() {
        return headsup();
    }
    // Other users may not be able to enter the folder in which the program was built.
    let program = dir.join("headsup");
    std::fs::copy(env!("CARGO_BIN_EXE_headsup"), &program).unwrap();
    std::fs::set_permissions(dir, std::fs::Permissions::from_mode(0o755)).unwrap();
    let mut command = Command::new("setpriv");
    command.args(["--reuid=65534", "--regid=65534", "--clear-groups"]).arg(program).env_remove("CI");
    command
}

#[test]
fn a_reader_that_went_away_is_not_an_error() {
    let team = team();
    let path = s(team.path());
    let metrics = team.path().join("data/metrics.csv");
    for args in [
        &render(path, "html", "-")[..],
        &render(path, "html", s(&team.path().join("out"))),
        &["--help"],
        &["schema"],
        &["man"],
        &["completions", "bash"],
        &["check", path, "--as-of", AS_OF, "--format", "json"],
        &["inspect", s(&metrics), "--format", "json"],
        &["invite", path, "--as-of", AS_OF, "--out", "-"],
        &["add", "--help"],
    ] {
        let mut child = headsup().args(args).stdout(Stdio::piped()).stderr(Stdio::piped()).spawn().unwrap();
        drop(child.stdout.take());
        let output = child.wait_with_output().unwrap();
        assert!(output.status.success() && !said(&output).contains("panicked"), "{args:?}: {}", said(&output));
    }
}

#[test]
fn a_clock_that_is_wrong_ends_in_a_brief_or_a_reason() {
    let team = team();
    let path = s(team.path());
    for (clock, year) in [("0", "1970"), ("4102444800", "2100"), ("253402300799", "9999")] {
        for args in [
            &["render", path, "--format", "html,json"][..],
            &["invite", path, "--out", "-"],
            &["mail", path, "--out", "-", "--to", "alex@example.org"],
            &["week", path, "--yes"],
            &["batch", path],
        ] {
            let output = headsup().args(args).env("SOURCE_DATE_EPOCH", clock).output().unwrap();
            let code = output.status.code();
            assert!(matches!(code, Some(0 | 1 | 2 | 65)), "{args:?} in {year}: {code:?} {}", said(&output));
            assert!(
                !said(&output).contains("panicked") && !said(&output).contains("a fault of headsup"),
                "{}",
                said(&output)
            );
            assert!(code == Some(0) || !said(&output).is_empty());
        }
    }
    // These times are at the limits of date arithmetic, so no date can be added to them.
    for clock in ["yesterday", "8210266876799", "-8334601228800", "99999999999999999999"] {
        let output = headsup().args(["render", path]).env("SOURCE_DATE_EPOCH", clock).output().unwrap();
        assert_eq!(output.status.code(), Some(2), "{clock}: {}", said(&output));
    }
    for date in ["+262142-12-31", "-262143-01-01", "12026-11-20", "2026-02-30"] {
        ends(&["render", path, &format!("--as-of={date}")], 2);
    }
}

/// Environment, umask and working directory of a run.
type Surroundings<'a> = (&'a [(&'a str, &'a str)], &'a str, &'a str);

#[test]
fn the_environment_does_not_change_the_bytes() {
    let example = Path::new(env!("CARGO_MANIFEST_DIR")).join("examples/curation");
    let formats = "pdf,html,md,txt,json";
    let elsewhere = tempfile::tempdir().unwrap();
    let mut kept: Option<Vec<(String, Vec<u8>)>> = None;
    // The first has no variables at all; the others differ in time, language and number of threads.
    let surroundings: [Surroundings; 3] = [
        (&[], "022", "a"),
        (
            &[
                ("TZ", "Pacific/Kiritimati"),
                ("LANG", "de_DE.UTF-8"),
                ("LC_ALL", "tr_TR.UTF-8"),
                ("RAYON_NUM_THREADS", "1"),
            ],
            "077",
            "b/much deeper & odd",
        ),
        (
            &[
                ("TZ", "America/Adak"),
                ("LANG", "C"),
                ("HOME", "/nonexistent"),
                ("RAYON_NUM_THREADS", "7"),
                ("COLUMNS", "20"),
                ("NO_COLOR", "1"),
            ],
            "000",
            "c",
        ),
    ];
    for (variables, umask, folder) in surroundings {
        let team = elsewhere.path().join(folder);
        copy(&example, &team);
        let out = team.join("fresh");
        let output = Command::new("/bin/sh")
            .args(["-c", &format!("umask {umask}; exec \"$@\""), "sh", env!("CARGO_BIN_EXE_headsup")])
            .args(["render", ".", "--as-of", AS_OF, "--format", formats, "--out", "fresh"])
            .current_dir(&team)
            .env_clear()
            .envs(variables.iter().copied())
            .stdin(Stdio::null())
            .output()
            .unwrap();
        assert!(output.status.success(), "{}", said(&output));
        let made: Vec<_> =
            names(&out).into_iter().map(|name| (name.clone(), std::fs::read(out.join(name)).unwrap())).collect();
        assert_eq!(made.len(), 6, "{:?}", names(&out));
        match &kept {
            None => kept = Some(made),
            Some(kept) => {
                for ((name, first), (_, now)) in kept.iter().zip(&made) {
                    assert!(first == now, "{name} differs in {folder}");
                }
            }
        }
    }
}

#[test]
fn a_machine_with_nothing_on_it_makes_the_same_bytes() {
    // There are no fonts, locales, time zones, home, /tmp, /proc or devices: only the program, its libraries, and the
    // team.
    let machine = tempfile::tempdir_in(env!("CARGO_TARGET_TMPDIR")).unwrap();
    let within = |path: &Path| machine.path().join(path.strip_prefix("/").unwrap_or(path));
    let program = Path::new(env!("CARGO_BIN_EXE_headsup"));
    let linked = Command::new("ldd").arg(program).output().unwrap();
    let linked = String::from_utf8(linked.stdout).unwrap();
    let libraries = linked.split_whitespace().filter(|word| word.starts_with('/')).map(Path::new);
    let mut copied = 0;
    for library in libraries {
        std::fs::create_dir_all(within(library).parent().unwrap()).unwrap();
        std::fs::copy(library, within(library)).unwrap();
        copied += 1;
    }
    assert!(copied > 1, "{linked}");
    std::fs::hard_link(program, machine.path().join("headsup")).unwrap();
    copy(&Path::new(env!("CARGO_MANIFEST_DIR")).join("examples/curation"), &machine.path().join("team"));

    let render = |out: &'static str| {
        ["render", "team", "--as-of", AS_OF, "--for", "me", "--format", "pdf,html,md,txt,json", "--out", out]
    };
    let here = headsup().args(render("here")).current_dir(machine.path()).output().unwrap();
    assert!(here.status.success(), "{}", said(&here));
    let mut enter = if is_root() {
        Command::new("/usr/sbin/chroot")
    } else {
        let mut unshare = Command::new("/usr/bin/unshare");
        unshare.args(["--user", "--map-root-user", "/usr/sbin/chroot"]);
        unshare
    };
    let alone = enter
        .args([s(machine.path()), "/headsup"])
        .args(render("alone"))
        .env_clear()
        .stdin(Stdio::null())
        .output()
        .unwrap();
    assert!(alone.status.success(), "{}", said(&alone));
    let (here, alone) = (machine.path().join("here"), machine.path().join("alone"));
    assert_eq!(names(&here), names(&alone));
    // Four pages of the manager's copy, its data, four pages of the boss's copy, and the snapshot.
    assert_eq!(names(&here).len(), 10);
    for name in names(&here) {
        assert!(
            std::fs::read(here.join(&name)).unwrap() == std::fs::read(alone.join(&name)).unwrap(),
            "{name} differs"
        );
    }
}
