//! What goes wrong around the program: disks, permissions, pipes, surroundings, files of odd shapes. Each ends in the
//! right result or a clear error, and nothing of the user's is lost.

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

/// headsup as somebody to whom permissions apply, which they do not to root.
fn as_nobody(dir: &Path) -> Command {
    if !is_root() {
        return headsup();
    }
    // The folder that the program was built in may be closed to others.
    let program = dir.join("headsup");
    std::fs::copy(env!("CARGO_BIN_EXE_headsup"), &program).unwrap();
    std::fs::set_permissions(dir, std::fs::Permissions::from_mode(0o755)).unwrap();
    let mut command = Command::new("setpriv");
    command.args(["--reuid=65534", "--regid=65534", "--clear-groups"]).arg(program).env_remove("CI");
    command
}

#[test]
fn a_folder_that_cannot_be_written_keeps_what_it_has() {
    let team = team();
    let out = team.path().join("out");
    std::fs::create_dir(&out).unwrap();
    let old = out.join("2026-11-20-brief-boss.html");
    std::fs::write(&old, "last week's").unwrap();
    std::fs::set_permissions(&out, std::fs::Permissions::from_mode(0o555)).unwrap();
    let output = as_nobody(team.path()).args(render(s(team.path()), "html", s(&out))).output().unwrap();
    assert_eq!(output.status.code(), Some(74), "{}", said(&output));
    assert!(said(&output).contains("2026-11-20-brief-boss.html"), "{}", said(&output));
    assert_eq!((names(&out).len(), std::fs::read(&old).unwrap()), (1, b"last week's".to_vec()));
}

#[test]
fn a_file_where_the_folder_should_be_is_kept() {
    let team = team();
    let out = team.path().join("out");
    std::fs::write(&out, "mine").unwrap();
    let (_, said) = ends(&render(s(team.path()), "html", s(&out)), 74);
    assert!(said.contains(s(&out)), "{said}");
    assert_eq!(std::fs::read(&out).unwrap(), b"mine");
}

/// A small disk, where the machine lets us have one; gone when dropped.
struct Disk(PathBuf);

impl Disk {
    fn of(size: &str, at: PathBuf) -> Option<Self> {
        std::fs::create_dir_all(&at).unwrap();
        let mount =
            Command::new("mount").args(["-t", "tmpfs", "-o", &format!("size={size}"), "tmpfs"]).arg(&at).output();
        if mount.is_ok_and(|mount| mount.status.success()) {
            return Some(Self(at));
        }
        eprintln!("skipped: this user or machine may not mount a small disk");
        None
    }
}

impl Drop for Disk {
    fn drop(&mut self) {
        let _ = Command::new("umount").arg(&self.0).status();
    }
}

#[test]
fn a_full_disk_keeps_the_old_brief_and_no_half_of_a_new_one() {
    let team = team();
    let Some(disk) = Disk::of("16k", team.path().join("out")) else {
        return;
    };
    let old = disk.0.join("2026-11-20-brief-boss.html");
    std::fs::write(&old, "last week's").unwrap();
    let (_, said) = ends(&render(s(team.path()), "html", s(&disk.0)), 74);
    assert!(said.contains("No space left"), "{said}");
    assert_eq!((names(&disk.0).len(), std::fs::read(&old).unwrap()), (1, b"last week's".to_vec()));
}

/// The example on a small disk that is then filled to its last byte.
#[test]
fn a_full_disk_keeps_the_logs_and_the_history() {
    let home = tempfile::tempdir().unwrap();
    let Some(disk) = Disk::of("2m", home.path().join("team")) else {
        return;
    };
    copy(&Path::new(env!("CARGO_MANIFEST_DIR")).join("examples/curation"), &disk.0);
    ends(&["render", s(&disk.0), "--as-of", AS_OF, "--format", "json"], 0);
    let before = files(&disk.0);
    let filler = std::fs::write(disk.0.join("filler"), vec![0; 4 << 20]);
    assert!(filler.is_err(), "the disk is not full");
    for args in [
        &["add", "--team-dir", s(&disk.0), "win", "One more"][..],
        &["record", s(&disk.0), "--as-of", AS_OF, "--replace", "--grant", "A-07"],
        &["render", s(&disk.0), "--as-of", "2026-11-13", "--format", "md"],
        &["batch", s(&disk.0), "--as-of", "2026-11-13", "--format", "md"],
    ] {
        let output = headsup().args(args).output().unwrap();
        assert_eq!(output.status.code(), Some(74), "{args:?}: {}", said(&output));
        assert!(said(&output).contains("No space left"), "{args:?}: {}", said(&output));
        let mut after = files(&disk.0);
        after.remove(Path::new("filler"));
        assert!(after == before, "{args:?} changed a file");
    }
}

/// The disk is full in the middle of a batch: the briefs that went before are whole, the others are not there.
#[test]
fn a_disk_that_fills_keeps_what_was_made_and_no_half() {
    let home = tempfile::tempdir().unwrap();
    let Some(disk) = Disk::of("400k", home.path().join("out")) else {
        return;
    };
    let teams = home.path().join("teams");
    (1..=8).for_each(|n| small_team(&teams.join(format!("team-{n}")), &format!("Team {n}")));
    let output = headsup()
        .args(["batch", s(&teams), "--as-of", AS_OF, "--format", "html,md", "--jobs", "2", "--out", s(&disk.0)])
        .output()
        .unwrap();
    assert!(matches!(output.status.code(), Some(1 | 74)), "{}", said(&output));
    assert!(said(&output).contains("No space left"), "{}", said(&output));
    let found = files(&disk.0);
    let of = |team: &str| found.keys().filter(|path| path.starts_with(team)).count();
    let counts: Vec<usize> = (1..=8).map(|n| of(&format!("team-{n}"))).collect();
    assert!(counts.contains(&3) && counts.contains(&0) && counts.iter().all(|n| matches!(n, 0 | 3)), "{counts:?}");
    assert!(found.iter().all(|(_, bytes)| !bytes.is_empty()), "{:?}", found.keys());
}

/// All files below a folder.
fn files(dir: &Path) -> BTreeMap<PathBuf, Vec<u8>> {
    let (mut found, mut open) = (BTreeMap::new(), vec![dir.to_owned()]);
    while let Some(next) = open.pop() {
        for entry in std::fs::read_dir(next).unwrap() {
            let path = entry.unwrap().path();
            if path.is_dir() {
                open.push(path);
            } else {
                found.insert(path.strip_prefix(dir).unwrap().to_owned(), std::fs::read(path).unwrap());
            }
        }
    }
    found
}

#[test]
fn a_reader_that_went_away_is_no_fault() {
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
    // The ends of what can be reckoned with: no date there may be added to.
    for clock in ["yesterday", "8210266876799", "-8334601228800", "99999999999999999999"] {
        let output = headsup().args(["render", path]).env("SOURCE_DATE_EPOCH", clock).output().unwrap();
        assert_eq!(output.status.code(), Some(2), "{clock}: {}", said(&output));
    }
    for date in ["+262142-12-31", "-262143-01-01", "12026-11-20", "2026-02-30"] {
        ends(&["render", path, &format!("--as-of={date}")], 2);
    }
}

#[test]
fn a_pipe_is_refused_before_it_is_read() {
    let team = team();
    let metrics = team.path().join("data/metrics.csv");
    std::fs::remove_file(&metrics).unwrap();
    assert!(Command::new("mkfifo").arg(&metrics).status().unwrap().success());
    for args in [&render(s(team.path()), "json", "-")[..], &["inspect", s(&metrics)]] {
        // Nobody writes into it: to open it would be to wait for ever.
        let (_, said) = ends(args, 65);
        assert!(said.contains("a pipe or a device") && said.contains("metrics.csv"), "{said}");
    }
}

#[test]
fn a_pipe_among_the_files_of_the_team_is_refused_too() {
    for name in
        ["headsup.toml", "templates/html/list.hbs", "history/2026-11-13.json", "presets/own.toml", "fonts/own.ttf"]
    {
        let team = team();
        let pipe = team.path().join(name);
        std::fs::create_dir_all(pipe.parent().unwrap()).unwrap();
        let _ = std::fs::remove_file(&pipe);
        assert!(Command::new("mkfifo").arg(&pipe).status().unwrap().success());
        let (_, said) = ends(&render(s(team.path()), "html", "-"), 65);
        assert!(said.contains("a pipe or a device") && said.contains(name), "{said}");
    }
    let team = team();
    let pipe = team.path().join("meeting.ics");
    assert!(Command::new("mkfifo").arg(&pipe).status().unwrap().success());
    ends(&["invite", s(team.path()), "--as-of", AS_OF, "--event", s(&pipe)], 65);
}

#[test]
fn a_file_that_changes_while_it_is_read_is_said_and_not_half_believed() {
    let team = team();
    let metrics = team.path().join("data/metrics.csv");
    let inspection = headsup::table::infer(&metrics, "data/metrics.csv", &Default::default(), true).unwrap();
    let mut text = std::fs::read_to_string(&metrics).unwrap();
    text.push_str("2026-11-27,999\n");
    std::fs::write(&metrics, text).unwrap();
    let failure = inspection.rows(&mut |_| {}).unwrap_err();
    assert_eq!(failure.exit_code(), 75);
    assert!(failure.to_string().contains("data/metrics.csv changed while it was read"), "{failure}");
}

/// Environment, umask and folder of a run.
type Surroundings<'a> = (&'a [(&'a str, &'a str)], &'a str, &'a str);

#[test]
fn the_surroundings_leave_no_trace_in_the_bytes() {
    let example = Path::new(env!("CARGO_MANIFEST_DIR")).join("examples/curation");
    let formats = "pdf,html,md,txt,json";
    let elsewhere = tempfile::tempdir().unwrap();
    let mut kept: Option<Vec<(String, Vec<u8>)>> = None;
    // Environment, umask, folder: nothing at all set; then far from each other in time, language and threads.
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
    // Not a font, a locale, a time zone, a home, a /tmp, a /proc nor a device: the program, what it is linked to, the team.
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
    // Four pages of the manager's copy, its data, four pages of the boss's, and the snapshot.
    assert_eq!(names(&here).len(), 10);
    for name in names(&here) {
        assert!(
            std::fs::read(here.join(&name)).unwrap() == std::fs::read(alone.join(&name)).unwrap(),
            "{name} differs"
        );
    }
}

#[test]
fn a_source_that_is_gone_or_no_file_is_named() {
    let team = team();
    let metrics = team.path().join("data/metrics.csv");
    std::fs::remove_file(&metrics).unwrap();
    symlink("nowhere.csv", &metrics).unwrap();
    let out = team.path().join("out");
    let (_, message) = ends(&render(s(team.path()), "json", s(&out)), 65);
    assert!(message.contains("data/metrics.csv"), "{message}");
    std::fs::remove_file(&metrics).unwrap();
    std::fs::create_dir(&metrics).unwrap();
    let output = headsup().args(render(s(team.path()), "json", s(&out))).output().unwrap();
    let said = said(&output);
    assert!(matches!(output.status.code(), Some(65 | 74)) && said.contains("data/metrics.csv"), "{said}");
    assert!(!out.exists());
}

#[test]
fn ten_thousand_columns_are_read() {
    let team = team();
    let row = |first: &str, cell: &dyn Fn(usize) -> String| {
        let cells: Vec<String> = (0..10_000).map(cell).collect();
        format!("{first},{}\n", cells.join(","))
    };
    let mut text = row("date", &|n| if n == 7_777 { "errors".into() } else { format!("c{n}") });
    for day in ["2026-11-06", "2026-11-13", "2026-11-20"] {
        text += &row(day, &|n| (n % 10).to_string());
    }
    std::fs::write(team.path().join("data/metrics.csv"), text).unwrap();
    let brief: Value = serde_json::from_str(&ends(&render(s(team.path()), "json", "-"), 0).0).unwrap();
    assert_eq!(brief["metrics"][0]["latest"], 7.0, "{}", brief["metrics"]);
}

#[test]
#[ignore = "needs .ci/tools"]
fn a_cell_of_64_kib_is_read_whole_and_cut_where_a_pdf_cannot_hold_it() {
    let team = team();
    let long = "All feeds of the supplier-risk dataset ".repeat(64 * 1024 / 39);
    let text = format!("milestone,objective,agreed_due,progress,reason\n\"{long}\",Speed,2026-11-06,40%,\"{long}\"\n");
    std::fs::write(team.path().join("data/milestones.csv"), text).unwrap();
    let out = team.path().join("out");
    let (_, message) = ends(&render(s(team.path()), "pdf,html,json", s(&out)), 0);
    assert!(message.contains("has more than 4000 characters: cut in the PDF"), "{message}");
    let brief: Value = serde_json::from_slice(&std::fs::read(out.join("2026-11-20-brief-boss.json")).unwrap()).unwrap();
    assert_eq!(brief["objectives"][0]["milestones"][0]["name"], long.trim());
    let pdf = out.join("2026-11-20-brief-boss.pdf");
    let (sound, message) = peer("qpdf", &["--check", s(&pdf)]);
    assert!(sound, "{message}");
}

#[test]
fn one_bad_row_in_a_million_is_one_error_with_its_line() {
    let team = team();
    let mut text = "date,metric,value\n".to_owned();
    let days: Vec<chrono::NaiveDate> =
        "2025-11-20".parse::<chrono::NaiveDate>().unwrap().iter_days().take(365).collect();
    for row in 0..1_000_000 {
        let day = days[row % days.len()];
        let value = if row == 777_776 { "12..5".to_owned() } else { (row % 9).to_string() };
        text += &format!("{day},errors,{value}\n");
    }
    std::fs::write(team.path().join("data/metrics.csv"), text).unwrap();
    let out = team.path().join("out");
    let (_, said) = ends(&render(s(team.path()), "json", s(&out)), 65);
    assert_eq!(said.matches("error[").count(), 1, "{said}");
    assert!(said.contains("data/metrics.csv:777778:") && said.contains("12..5"), "{said}");
    assert!(!out.exists());
}
