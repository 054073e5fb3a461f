//! Tests that the log of a CI job and the messages to the manager show no more than the copy.

use super::*;

/// Runs headsup as a CI job does. Its messages are in a log that more people read than the brief.
pub(super) fn logged(dir: &Path, args: &[&str]) -> String {
    let summary = dir.join("summary.md");
    let output = Command::new(env!("CARGO_BIN_EXE_headsup"))
        .args(args)
        .envs([("CI", "true"), ("GITHUB_ACTIONS", "true")])
        .env("GITHUB_STEP_SUMMARY", &summary)
        .output()
        .unwrap();
    let summary = std::fs::read_to_string(summary).unwrap_or_default();
    String::from_utf8_lossy(&output.stdout).into_owned() + &String::from_utf8_lossy(&output.stderr) + &summary
}

/// Replaces text in one file of a team.
pub(super) fn change(dir: &Path, file: &str, from: &str, to: &str) {
    let text = std::fs::read_to_string(dir.join(file)).unwrap();
    assert!(text.contains(from), "{file} has no {from}");
    std::fs::write(dir.join(file), text.replace(from, to)).unwrap();
}

#[test]
fn the_log_of_a_ci_job_shows_no_more_than_the_shared_copy() {
    let root = tempfile::tempdir().unwrap();
    let dir = root.path().join("team");
    let variant =
        Variant { seed: "thelog".into(), concern: "concern", stage: "private", yes: "yes", concerns_for_boss: true };
    let planted = team(&dir, &variant);
    let base = dir.to_str().unwrap();
    let check = |step: &str, said: String| {
        assert!(!said.is_empty(), "{step} says nothing");
        // File names are known from the repository in which the job runs.
        for word in planted.iter().filter(|word| !word.allowed.contains(&Shared) && word.field != "file in private/") {
            assert!(!said.contains(&word.word), "{step}: {} is in the log: {said}", word.field);
        }
    };
    let day = ["--as-of", "2026-11-20"];
    check("render", logged(&dir, &[&["render", base], &day[..]].concat()));
    check("week", logged(&dir, &[&["--verbose", "week", base, "--yes"], &day[..]].concat()));
    check("batch", logged(&dir, &[&["--verbose", "batch", root.path().to_str().unwrap()], &day[..]].concat()));
    let granted = planted.iter().find(|word| word.field == "ask a1: id").unwrap();
    let said = logged(&dir, &[&["record", base, "--grant", &format!("a1{}", granted.word)], &day[..]].concat());
    assert!(said.contains("history/2026-11-20.json"), "{said}");

    // A task with the key of another one, an unknown status, and a reference similar to a confidential name.
    let name = &planted.iter().find(|word| word.field == "milestone: name").unwrap().word;
    change(&dir, "data/tasks.csv", "doing,2026-10-05,,", "Stalled,2026-10-05,,");
    let key = &planted.iter().find(|word| word.field == "task 7: key").unwrap().word;
    let other = &planted.iter().find(|word| word.field == "task 8: key").unwrap().word;
    change(&dir, "data/tasks.csv", other, key);
    change(&dir, "data/agreements.csv", "2026-11-18,", "2026-11-18,x");
    change(&dir, "data/wins.csv", "2026-11-18", "the 18th");
    std::fs::write(dir.join("data/objectives.csv"), "objective\nSpeed\n".to_owned() + name + "\n").unwrap();
    for format in ["text", "json", "github"] {
        check(format, logged(&dir, &[&["check", base, "--format", format], &day[..]].concat()));
    }
    check("a failing render", logged(&dir, &[&["render", base], &day[..]].concat()));
    check(
        "a failing batch",
        logged(&dir, &["--verbose", "batch", root.path().to_str().unwrap(), "--as-of", "2026-11-20"]),
    );
}

#[test]
#[ignore = "needs .ci/tools"]
fn a_win_drafted_from_a_confidential_milestone_is_shown_only_to_the_manager() {
    let dir = tempfile::tempdir().unwrap();
    let variant =
        Variant { seed: "drafts".into(), concern: "concern", stage: "raised", yes: "yes", concerns_for_boss: false };
    let planted = team(dir.path(), &variant);
    let base = dir.path().to_str().unwrap();
    let name = &planted.iter().find(|word| word.field == "milestone: name").unwrap().word;
    let text = std::fs::read_to_string(dir.path().join("data/milestones.csv")).unwrap();
    let text =
        text.replace(",reason,", ",done_on,reason,").replace(",,,,\n", ",,,,,\n").replace(",20%,", ",100%,2026-11-17,");
    std::fs::write(dir.path().join("data/milestones.csv"), text).unwrap();
    let wins = std::fs::read_to_string(dir.path().join("data/wins.csv")).unwrap();
    let said = printed(&["week", base, "--as-of", "2026-11-20", "--yes"]);
    let drafts: Vec<&str> =
        said.lines().filter(|line| line.starts_with("Finished, and not among the wins: ")).collect();
    assert!(drafts.iter().any(|line| line.contains(&format!("{name} is done"))), "{said}");
    // Finished tasks of an open milestone become an open draft, which contains no confidential task, and these get no
    // draft of their own.
    assert!(drafts.iter().any(|line| line.contains("of An open milestone are finished")), "{said}");
    let holds =
        |text: &str, field: &str| planted.iter().any(|it| it.field.starts_with(field) && text.contains(&it.word));
    assert!(drafts.iter().all(|line| !holds(line, "task ")), "{said}");
    // A win that nobody has seen is not written.
    assert_eq!(std::fs::read_to_string(dir.path().join("data/wins.csv")).unwrap(), wins);
    for (_, text) in outputs(dir.path(), Shared) {
        assert!(!text.contains(name.as_str()));
    }
}
