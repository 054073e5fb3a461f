//! Tests the whole product: each way to become confidential × every command × a CI job and a terminal × three recorded
//! weeks, including the page of the preview, the roll-up, and the text of the PDFs. A canary is in every field of every
//! declared table.

use std::io::{BufRead as _, BufReader, Read as _, Write as _};
use std::net::TcpStream;
use std::path::Path;
use std::process::{Command, Stdio};

use headsup::tables::TABLES;

use super::canaries::{Cage, found, team};
use super::logs::logged;
use super::planted::printed;
use super::ways::{WAYS, Way};

const WEEKS: [&str; 3] = ["2026-11-06", "2026-11-13", "2026-11-20"];

/// Returns the messages at a terminal.
#[cfg(unix)]
fn at_terminal(args: &[String]) -> String {
    let mut command = Command::new(env!("CARGO_BIN_EXE_headsup"));
    command.args(args).env("NO_COLOR", "1").env("TERM", "xterm");
    for name in ["CI", "GITHUB_ACTIONS", "GITLAB_CI", "GITHUB_STEP_SUMMARY"] {
        command.env_remove(name);
    }
    let mut session = rexpect::session::spawn_command(command, Some(60_000)).expect("the program runs");
    session.exp_eof().unwrap_or_default()
}

#[cfg(not(unix))]
fn at_terminal(args: &[String]) -> String {
    printed(&args.iter().map(String::as_str).collect::<Vec<_>>())
}

fn line(words: &[&str]) -> Vec<String> {
    words.iter().map(|word| (*word).to_owned()).collect()
}

/// Returns commands that never mention a confidential row.
fn silent(base: &str, made: &Path, as_of: &str) -> Vec<Vec<String>> {
    let file = |name: &str| made.join(name).to_string_lossy().into_owned();
    let [out, roll, mail, event, data] = ["out", "roll", "a.eml", "a.ics", "data"].map(file);
    let dated = |words: &[&str]| line(&[words, &["--as-of", as_of]].concat());
    vec![
        dated(&["check", base]),
        dated(&["check", base, "--format", "json"]),
        dated(&["check", base, "--format", "github"]),
        dated(&["check", base, "--strict"]),
        dated(&["render", base, "--for", "me", "--out", &out]),
        dated(&["render", base, "--for", "shared", "--format", "html,md,txt,json", "--out", &out]),
        dated(&["record", base, "--grant", "nope"]),
        dated(&["record", base, "--agree", "date:nope"]),
        dated(&["backtest", base]),
        dated(&["batch", base, "--out", &roll]),
        dated(&["batch", base, "--for", "shared", "--format", "json,md", "--out", &roll]),
        dated(&["mail", base, "--for", "shared", "--out", &mail]),
        dated(&["invite", base, "--for", "shared", "--out", &event]),
        dated(&["templates", "data", base, "--for", "shared", "--out", &data]),
    ]
}

/// Returns commands that show managers their own rows at a terminal, but show nothing in the log of a CI job.
fn silent_in_ci(base: &str, as_of: &str) -> Vec<Vec<String>> {
    let mut all = vec![
        line(&["week", base, "--as-of", as_of, "--yes"]),
        line(&["record", base, "--as-of", as_of]),
        line(&["record", base, "--as-of", as_of, "--undo"]),
        line(&["forget", "Nobody Known", "--team-dir", base]),
    ];
    // Adds a row to each table that `add` supports, with a reference to a missing item.
    for table in TABLES {
        let Some(item) = &table.item else { continue };
        let mut words = vec!["add", "--team-dir", base, "--date", as_of, item.name];
        words.extend(item.positional.iter().map(|name| table.field(name).map_or("x", |field| field.example)));
        for field in ["milestone", "objective", "metric"] {
            if table.field(field).is_some() && !item.positional.contains(&field) {
                let option = format!("--{field}");
                all.push(line(&[&words[..], &[option.as_str(), "nope"]].concat()));
            }
        }
        all.push(line(&words));
    }
    for table in TABLES {
        for folder in ["private", "data"] {
            let file = format!("{base}/{folder}/{}.csv", table.name);
            all.extend(["text", "json", "csv"].map(|format| line(&["inspect", &file, "--format", format])));
        }
    }
    all
}

/// Returns the pages of the preview for a copy.
fn watched(base: &str, audience: &str) -> String {
    let mut child = Command::new(env!("CARGO_BIN_EXE_headsup"))
        .args(["watch", base, "--as-of", WEEKS[2], "--for", audience])
        .env_remove("CI")
        .stdout(Stdio::piped())
        .stderr(Stdio::null())
        .spawn()
        .unwrap();
    let mut address = String::new();
    BufReader::new(child.stdout.take().unwrap()).read_line(&mut address).unwrap();
    let (host, path) = address.trim().strip_prefix("http://").and_then(|rest| rest.split_once('/')).unwrap();
    let mut all = String::new();
    for page in ["", "brief.html", "version?0"] {
        let mut stream = TcpStream::connect(host).unwrap();
        write!(stream, "GET /{path}{page} HTTP/1.1\r\nHost: {host}\r\nConnection: close\r\n\r\n").unwrap();
        let mut answer = Vec::new();
        stream.read_to_end(&mut answer).unwrap();
        all += &String::from_utf8_lossy(&answer);
    }
    child.kill().unwrap();
    child.wait().unwrap();
    all
}

/// Returns whether the boss copy may contain a text: everything except tasks, but including those of a confidential
/// milestone.
fn is_for_boss(way: Way, what: &str) -> bool {
    way == Way::Milestone || !what.starts_with("tasks.")
}

fn assert_none(cage: &Cage, text: &str, may: impl Fn(&str) -> bool, where_: &str) {
    let leaks: Vec<&str> = found(cage, text).into_iter().filter(|what| !may(what)).collect();
    assert!(leaks.is_empty(), "{where_}: {leaks:?}\n{text:.2000}");
}

/// Returns all output for a team in its third week, after the same rows were reported in the weeks before.
fn three_weeks(way: Way, is_marked_late: bool) {
    let dir = tempfile::tempdir().unwrap();
    let cage = team(dir.path(), way, true);
    let base = dir.path().to_str().unwrap();
    let data: Vec<_> = std::fs::read_dir(dir.path().join("data")).unwrap().flatten().map(|it| it.path()).collect();
    let change = |from: &str, to: &str| {
        for file in data.iter().filter(|file| !file.is_dir()) {
            let text = std::fs::read_to_string(file).unwrap();
            if text.contains(from) {
                std::fs::write(file, text.replace(from, to)).unwrap();
            }
        }
    };
    change("2026-11-18", "2026-11-04");
    if is_marked_late {
        // It was not known yet that they would be confidential.
        change("\"yes\"", "\"\"");
    }
    for week in &WEEKS[..2] {
        printed(&["render", base, "--as-of", week, "--format", "json"]);
        printed(&["record", base, "--as-of", week]);
    }
    if is_marked_late {
        for file in data.iter().filter(|file| !file.is_dir()) {
            let text = std::fs::read_to_string(file).unwrap();
            let header: Vec<&str> = text.lines().next().unwrap_or_default().split(',').collect();
            let Some(column) = header.iter().position(|name| *name == "\"confidential\"") else { continue };
            let row = |row: &str| {
                let mut cells: Vec<&str> = row.split(',').collect();
                if row.contains("Qcanary") {
                    cells[column] = "\"yes\"";
                }
                cells.join(",") + "\n"
            };
            std::fs::write(file, text.lines().map(row).collect::<String>()).unwrap();
        }
    }
    let made = tempfile::tempdir().unwrap();
    for args in silent(base, made.path(), WEEKS[2]) {
        let words: Vec<&str> = args.iter().map(String::as_str).collect();
        assert_none(&cage, &logged(made.path(), &words), |_| false, &format!("{way:?}: the log of {words:?}"));
        // At a terminal, managers are told which metrics have no kind, and which asks a copy leaves out.
        let is_managers = |what: &str| what.starts_with("metrics.metric") || what.starts_with("asks.id");
        assert_none(&cage, &at_terminal(&args), is_managers, &format!("{way:?}: the terminal of {words:?}"));
    }
    for args in silent_in_ci(base, WEEKS[2]) {
        let words: Vec<&str> = args.iter().map(String::as_str).collect();
        assert_none(&cage, &logged(made.path(), &words), |_| false, &format!("{way:?}: the log of {words:?}"));
    }
    printed(&["render", base, "--as-of", WEEKS[2], "--format", "json"]);
    printed(&["record", base, "--as-of", WEEKS[2]]);
    for kept in std::fs::read_dir(dir.path().join("history")).unwrap().flatten() {
        let text = std::fs::read_to_string(kept.path()).unwrap();
        assert_none(&cage, &text, |_| false, &format!("{way:?}: {:?}", kept.file_name()));
        assert!(!text.contains('~'), "{text}");
    }
    for (audience, boss) in [("shared", false), ("boss", true)] {
        let may = |what: &str| boss && is_for_boss(way, what);
        assert_none(&cage, &watched(base, audience), may, &format!("{way:?}: the preview of {audience}"));
        let out = made.path().join(format!("copy-{audience}"));
        printed(&[
            "render",
            base,
            "--as-of",
            WEEKS[2],
            "--for",
            audience,
            "--format",
            "html,md,txt,json",
            "--out",
            out.to_str().unwrap(),
        ]);
        let mut files = 0;
        for file in std::fs::read_dir(&out).unwrap().flatten() {
            let name = file.file_name().to_string_lossy().into_owned();
            let text = std::fs::read_to_string(file.path()).unwrap();
            let is_snapshot = name.contains("snapshot");
            assert_none(&cage, &text, |what| !is_snapshot && may(what), &format!("{way:?}: {name}"));
            files += 1;
        }
        assert!(files >= 4, "{way:?}: {files} files of {audience}");
    }
}

#[test]
fn nothing_confidential_is_shown_in_the_third_week() {
    three_weeks(Way::Glob, false);
    three_weeks(Way::Mark, true);
}

#[test]
#[ignore = "takes minutes"]
fn by_hand_every_way_is_silent_over_three_weeks() {
    for &way in WAYS {
        three_weeks(way, false);
        if matches!(way, Way::Mark | Way::EarlierMark | Way::LaterMark) {
            three_weeks(way, true);
        }
    }
}

#[test]
#[ignore = "needs .ci/tools"]
fn no_canary_is_in_the_text_of_a_pdf() {
    for &way in WAYS {
        let dir = tempfile::tempdir().unwrap();
        let cage = team(dir.path(), way, true);
        let base = dir.path().to_str().unwrap();
        for audience in ["shared", "boss"] {
            printed(&["render", base, "--as-of", WEEKS[2], "--for", audience, "--format", "pdf"]);
            let pdf = dir.path().join(format!("out/{}-brief-{audience}.pdf", WEEKS[2]));
            let run =
                Command::new("pdftotext").arg("-raw").arg(&pdf).arg("-").output().expect("pdftotext; run .ci/tools");
            let text = String::from_utf8_lossy(&run.stdout).replace("-\n", "").replace('\n', "");
            assert!(text.len() > 500, "{way:?}: {text}");
            assert_none(
                &cage,
                &text,
                |what| audience == "boss" && is_for_boss(way, what),
                &format!("{way:?}: {audience}"),
            );
            // The metadata of the file, outside of its pages.
            let bytes = String::from_utf8_lossy(&std::fs::read(&pdf).unwrap()).into_owned();
            assert_none(&cage, &bytes, |_| audience == "boss", &format!("{way:?}: the bytes of {audience}"));
        }
    }
}
