//! The weekly batch of an organisation: with broken teams, run twice, killed, split over machines, and read in a
//! browser.

mod recording;
mod results;
mod shared_folders;

use std::collections::BTreeMap;
use std::io::ErrorKind;
use std::os::unix::process::CommandExt as _;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};
use std::time::{Duration, Instant, SystemTime};

use serde_json::Value;
use tempfile::TempDir;

use crate::program::{ends, headsup, peer, s, small_team, tool};

const AS_OF: &str = "2026-11-20";
/// Time after which a hanging test fails; it is not a measurement.
const HANG: Duration = Duration::from_secs(120);

/// Creates teams without errors below `teams/`.
fn organisation(teams: usize) -> TempDir {
    let root = tempfile::tempdir().unwrap();
    for n in 1..=teams {
        let region = ["emea", "apac", "amer"][n % 3];
        small_team(&root.path().join(format!("teams/{region}/Team {n:02}")), &format!("Team {n:02}"));
    }
    root
}

/// Breaks three of the teams in different ways.
fn break_three(root: &Path) {
    let change = |file: &str, from: &str, to: &str| {
        let path = root.join("teams").join(file);
        let text = std::fs::read_to_string(&path).unwrap().replacen(from, to, 1);
        std::fs::write(path, text).unwrap();
    };
    change("amer/Team 02/headsup.toml", "manager", "manger");
    std::fs::remove_file(root.join("teams/apac/Team 04/data/metrics.csv")).unwrap();
    // No date can be read; if only one of two were wrong, it would be a warning.
    change("emea/Team 06/data/milestones.csv", "2026-11-06,2026-12-11", "2026-31-31,2026-31-31");
}

fn batch<'a>(root: &'a str, out: &'a str, more: &[&'a str]) -> Vec<&'a str> {
    [&["batch", root, "--as-of", AS_OF, "--format", "html,json", "--out", out], more].concat()
}

/// Returns all files below a folder: their bytes, and when they were written.
fn files(dir: &Path) -> BTreeMap<PathBuf, (Vec<u8>, SystemTime)> {
    let (mut found, mut open) = (BTreeMap::new(), vec![dir.to_owned()]);
    while let Some(next) = open.pop() {
        for entry in std::fs::read_dir(next).unwrap() {
            let path = entry.unwrap().path();
            if path.is_dir() {
                open.push(path);
            } else {
                let look = || -> std::io::Result<_> { Ok((std::fs::read(&path)?, path.metadata()?.modified()?)) };
                match look() {
                    Ok(file) => drop(found.insert(path.strip_prefix(dir).unwrap().to_owned(), file)),
                    // While a batch runs, a temporary file may be renamed between listing and reading.
                    Err(error) if error.kind() == ErrorKind::NotFound => {}
                    Err(error) => panic!("{}: {error}", path.display()),
                }
            }
        }
    }
    found
}

/// Returns all files below a folder, without the times of the run in them.
fn bytes(dir: &Path) -> BTreeMap<PathBuf, Vec<u8>> {
    let timeless = |(name, (bytes, _)): (PathBuf, (Vec<u8>, SystemTime))| match name.ends_with("batch.json") {
        true => {
            let mut batch: Value = serde_json::from_slice(&bytes).unwrap();
            (batch["started"], batch["ended"]) = (Value::Null, Value::Null);
            batch["teams"].as_array_mut().unwrap().iter_mut().for_each(|team| team["seconds"] = Value::Null);
            (name, batch.to_string().into_bytes())
        }
        false => (name, bytes),
    };
    files(dir).into_iter().map(timeless).collect()
}

fn json(path: &Path) -> Value {
    serde_json::from_slice(&std::fs::read(path).unwrap()).unwrap()
}

#[test]
fn broken_teams_do_not_stop_others_and_a_second_run_changes_nothing() {
    let root = organisation(24);
    break_three(root.path());
    let (teams, out) = (root.path().join("teams"), root.path().join("out"));
    // The table of failures is printed even with --quiet, so that cron mails it.
    let (printed, said) = ends(&batch(s(&teams), s(&out), &["--quiet"]), 1);
    assert_eq!(printed.trim(), s(&out.join("index.html")));
    let reasons = [
        ("amer/Team 02", "headsup.toml:3: ", "manger"),
        ("apac/Team 04", "headsup.toml:", "data/metrics.csv"),
        ("emea/Team 06", "data/milestones.csv:2: ", "due"),
    ];
    let lines: Vec<&str> = said.lines().collect();
    assert_eq!(lines.len(), 4, "{said}");
    for ((team, place, word), line) in reasons.iter().zip(&lines) {
        assert!(line.starts_with(&format!("{team}  exit 65  {place}")) && line.contains(word), "{line}");
    }
    assert!(lines[3].contains("3 of 24 teams have no brief"), "{said}");

    let found = files(&out);
    let briefs = found.keys().filter(|name| name.ends_with("2026-11-20-brief-shared.html")).count();
    assert_eq!((briefs, found.len()), (21, 21 * 3 + 2), "{:?}", found.keys());
    let result = json(&out.join("batch.json"));
    assert_eq!(
        (&result["schema"], &result["as_of"], &result["copy"]),
        (&"headsup.batch/1".into(), &AS_OF.into(), &"shared".into())
    );
    let all = result["teams"].as_array().unwrap();
    assert_eq!(all.len(), 24);
    for team in all {
        let path = team["path"].as_str().unwrap();
        let broken = reasons.iter().any(|(broken, ..)| *broken == path);
        assert_eq!((team["failed"].is_object(), team["brief"].is_object()), (broken, !broken), "{team}");
        if !broken {
            let brief = json(&out.join(path).join("2026-11-20-brief-shared.json"));
            assert_eq!((&team["team"], &team["brief"]["headline"]), (&brief["team"], &brief["headline"]), "{path}");
            for file in team["brief"]["files"].as_array().unwrap() {
                assert!(out.join(path).join(file.as_str().unwrap()).is_file(), "{path}/{file}");
            }
        }
    }
    let page = std::fs::read_to_string(out.join("index.html")).unwrap();
    assert_eq!(page.matches("<tr id=\"t").count(), 21);
    assert!(
        page.contains("<th scope=\"row\"><bdi>emea/Team 06</bdi> <span class=\"sub\"><bdi>Dana Reyes</bdi></span></th><td>data/milestones.csv:2: "),
        "{page}"
    );
    assert!(page.contains("href=\"emea/Team%2003/2026-11-20-brief-shared.html\""), "{page}");

    ends(&batch(s(&teams), s(&out), &[]), 1);
    assert!(files(&out) == found, "running again changed a file");
}

#[test]
fn a_batch_that_was_killed_is_complete_after_a_second_run() {
    let root = organisation(10);
    let teams = root.path().join("teams");
    let whole = root.path().join("whole");
    ends(&batch(s(&teams), s(&whole), &[]), 0);
    // Either only the main program is killed, so that its workers must notice; or all processes, in the middle of a
    // file.
    for (after, all_at_once) in [(1, false), (2, true), (5, true)] {
        let out = root.path().join(format!("out-{after}"));
        let mut child = headsup()
            .args(batch(s(&teams), s(&out), &[]))
            .stdout(Stdio::null())
            .stderr(Stdio::null())
            .process_group(0)
            .spawn()
            .unwrap();
        let begun = Instant::now();
        let written = || if out.exists() { files(&out).len() } else { 0 };
        while written() < after && begun.elapsed() < HANG {
            std::thread::sleep(Duration::from_millis(2));
        }
        if all_at_once {
            let killed = Command::new("kill").args(["-KILL", "--", &format!("-{}", child.id())]).status().unwrap();
            assert!(killed.success());
        } else {
            child.kill().unwrap();
        }
        assert!(!child.wait().unwrap().success(), "it ended before it could be killed");
        assert!(!out.join("batch.json").exists());
        ends(&batch(s(&teams), s(&out), &[]), 0);
        assert!(bytes(&out) == bytes(&whole), "{:?}", files(&out).keys());
    }
}

/// A worker that dies is replaced, and the team that it was working on has no brief.
#[test]
#[cfg(target_os = "linux")]
fn a_worker_that_dies_affects_at_most_one_team() {
    let root = organisation(12);
    let (teams, out) = (root.path().join("teams"), root.path().join("out"));
    let mut child = headsup()
        .args(batch(s(&teams), s(&out), &["--jobs", "1", "--quiet"]))
        .stdout(Stdio::null())
        .stderr(Stdio::null())
        .spawn()
        .unwrap();
    // On a busy machine, everything may be finished by then.
    let is_at_work = || out.exists() && files(&out).len() > 3;
    while child.try_wait().unwrap().is_none() {
        if let (true, Some(worker)) = (is_at_work(), child_of(child.id())) {
            Command::new("kill").args(["-KILL", &worker]).status().unwrap();
            break;
        }
        std::thread::sleep(Duration::from_millis(1));
    }
    assert!(matches!(child.wait().unwrap().code(), Some(0 | 1)));
    let result = json(&out.join("batch.json"));
    let (made, failed): (Vec<_>, Vec<_>) =
        result["teams"].as_array().unwrap().iter().partition(|t| t["brief"].is_object());
    assert!(failed.len() <= 1 && made.len() + failed.len() == 12, "{failed:?}");
    assert!(failed.iter().all(|team| team["failed"]["exit"] == 70), "{failed:?}");
    for team in made {
        assert!(out.join(team["path"].as_str().unwrap()).join("2026-11-20-brief-shared.html").is_file(), "{team}");
    }
    ends(&batch(s(&teams), s(&out), &[]), 0);
    assert!(files(&out).keys().all(|name| !name.to_string_lossy().contains("partial")), "{:?}", files(&out).keys());
}

/// Returns the first child of a process, or `None` if it has none.
#[cfg(target_os = "linux")]
fn child_of(process: u32) -> Option<String> {
    std::fs::read_dir(format!("/proc/{process}/task")).ok()?.flatten().find_map(|thread| {
        let children = std::fs::read_to_string(thread.path().join("children")).ok()?;
        children.split_whitespace().next().map(str::to_owned)
    })
}

#[test]
fn four_merged_shards_equal_one_run() {
    let root = organisation(12);
    break_three(root.path());
    let (teams, whole, parts) = (root.path().join("teams"), root.path().join("whole"), root.path().join("parts"));
    ends(&batch(s(&teams), s(&whole), &[]), 1);
    for shard in ["1/4", "2/4", "4/4"] {
        let code = run_shard(&teams, &parts, shard);
        assert!(code == Some(0) || code == Some(1), "{shard}: {code:?}");
    }
    let merge = ["batch", s(&parts), "--merge"];
    let (_, said) = ends(&merge, 2);
    assert!(said.contains("missing 3/4"), "{said}");
    assert!(!parts.join("batch.json").exists() && !parts.join("index.html").exists());

    run_shard(&teams, &parts, "3/4");
    let (_, said) = ends(&merge, 1);
    assert!(said.contains("3 of 12 teams have no brief"), "{said}");
    let mut merged = bytes(&parts);
    merged.retain(|name, _| !name.to_string_lossy().contains("-of-4.json"));
    assert!(merged == bytes(&whole), "the shards joined differ from one run");

    let other_day =
        ["batch", s(&teams), "--as-of", "2026-11-13", "--format", "json", "--shard", "3/4", "--out", s(&parts)];
    assert!(matches!(headsup().args(other_day).output().unwrap().status.code(), Some(0 | 1)));
    let (_, said) = ends(&merge, 2);
    assert!(said.contains("2026-11-13") && said.contains(AS_OF), "{said}");
}

fn run_shard(teams: &Path, out: &Path, shard: &str) -> Option<i32> {
    headsup().args(batch(s(teams), s(out), &["--shard", shard])).output().unwrap().status.code()
}

#[test]
fn an_invalid_batch_is_refused() {
    let empty = tempfile::tempdir().unwrap();
    let (_, said) = ends(&["batch", s(empty.path()), "--as-of", AS_OF], 2);
    assert!(said.contains("no headsup.toml below"), "{said}");
    let (_, said) = ends(&["batch", s(empty.path()), "--merge"], 2);
    assert!(said.contains("no shards here"), "{said}");
    ends(&["batch", s(&empty.path().join("gone")), "--as-of", AS_OF], 74);
    ends(&["batch", s(empty.path()), "--shard", "5/4"], 2);
    assert_eq!(files(empty.path()).len(), 0);
}

/// Returns the example, a team in trouble, one with an unusual name, and a broken one. They are written once for the
/// browser tests.
fn for_readers() -> TempDir {
    let root = tempfile::tempdir().unwrap();
    let teams = root.path().join("teams");
    let example = Path::new(env!("CARGO_MANIFEST_DIR")).join("examples/curation");
    crate::program::copy(&example, &teams.join("curation"));
    for (path, name) in [("emea/Données & <co>", "Données & <co>"), ("emea/broken", "Broken"), ("intake", "Intake")] {
        small_team(&teams.join(path), name);
    }
    std::fs::write(teams.join("emea/broken/data/milestones.csv"), "objective,milestone,due\nSpeed,A,31/31/26\n")
        .unwrap();
    ends(&batch(s(&teams), s(&root.path().join("out")), &[]), 1);
    root
}

#[test]
#[ignore = "needs .ci/tools"]
fn the_page_is_valid_and_accessible_and_links_to_a_brief() {
    let root = for_readers();
    let index = root.path().join("out/index.html");
    let jar = tool("node_modules/vnu-jar/build/dist/vnu.jar");
    // The validator only checks for a nonce; that the policy's hash allows our script is tested in the browser.
    let policy = "Inline script violates Content Security Policy.*";
    let (content, said) = peer("java", &["-jar", s(&jar), "--Werror", "--filterpattern", policy, s(&index)]);
    assert!(content && said.is_empty(), "{said}");
    tool("node_modules/axe-core/axe.min.js");
    let (content, said) = peer("node", &[".ci/browse.mjs", s(&index)]);
    assert!(content && said.trim() == "[]", "{said}");

    let (content, said) = peer("node", &["tests/peers/follow.mjs", s(&index)]);
    assert!(content, "{said}");
    let seen: Value = serde_json::from_str(&said).unwrap();
    assert_eq!(seen["promised"], seen["found"]);
    assert!(seen["address"].as_str().unwrap().ends_with("/2026-11-20-brief-shared.html"), "{said}");
    assert!(seen["charts"].as_u64() > Some(0), "{said}");
}
