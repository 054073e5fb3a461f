//! Tests of the roll-up, and of the boss's copy beside the manager's: every file of a batch, its messages at a terminal
//! and in a CI job, and the boss's files beside an agenda contain only what their copy may show.

use std::path::Path;

use headsup::redact::Audience::{self, Boss, Me, Shared};

use super::canaries::{self, found};
use super::ways::{WAYS, Way};
use super::{Planted, Variant, change, logged, printed, team};

const FORMATS: &str = "html,md,txt,json";

/// Returns all files below a folder, with their names.
fn below(dir: &Path) -> Vec<(String, String)> {
    let mut files = Vec::new();
    for entry in std::fs::read_dir(dir).unwrap().flatten() {
        let (path, name) = (entry.path(), entry.file_name().to_string_lossy().into_owned());
        if path.is_dir() {
            files.extend(below(&path).into_iter().map(|(file, text)| (format!("{name}/{file}"), text)));
        } else {
            files.push((name, String::from_utf8_lossy(&std::fs::read(path).unwrap()).into_owned()));
        }
    }
    files
}

/// Returns the results of a batch of all teams below `root`, in a CI job and at a terminal: its files, its records and
/// its messages.
fn batch(root: &Path, audience: Audience) -> Vec<(String, String)> {
    let made = tempfile::tempdir().unwrap();
    let [out, history] = ["out", "history"].map(|name| made.path().join(name).to_string_lossy().into_owned());
    let mut args = vec!["batch", root.to_str().unwrap(), "--as-of", "2026-11-20", "--format", FORMATS, "--out", &out];
    args.extend(["--for", audience.name(), "--record", "--history", &history]);
    if audience == Boss {
        args.extend(["--group-by", "boss"]);
    }
    let mut all = vec![("the log of a job".to_owned(), logged(made.path(), &args))];
    all.extend(below(made.path()));
    all.push(("the terminal".into(), printed(&args)));
    all
}

#[test]
fn no_canary_is_in_a_roll_up_for_other_readers() {
    let mut shown = 0;
    for &way in WAYS {
        for fails in [false, true] {
            let root = tempfile::tempdir().unwrap();
            // The teams have the same boss, so that conflicts between them are shown too.
            let cages = ["One", "Two"].map(|name| {
                let dir = root.path().join(name);
                std::fs::create_dir(&dir).unwrap();
                let cage = canaries::team(&dir, way, true);
                change(&dir, "headsup.toml", "name = \"Team\"", &format!("name = \"{name}\""));
                if fails {
                    // Only rows with canaries have this date.
                    change(&dir, "headsup.toml", "on_error = \"banner\"\n", "");
                    for (file, text) in below(&dir).into_iter().filter(|(file, _)| file.ends_with(".csv")) {
                        std::fs::write(dir.join(file), text.replace("2026-11-18", "the 18th")).unwrap();
                    }
                }
                cage
            });
            for audience in [Shared, Boss] {
                let outputs = batch(root.path(), audience);
                let page = |name: &str| name.starts_with("out/") && !name.contains("/One/") && !name.contains("/Two/");
                assert!(outputs.iter().filter(|(name, _)| page(name)).count() >= 2, "{way:?}: {outputs:?}");
                for (name, text) in outputs {
                    // Both teams have the same canaries.
                    let found = found(&cages[0], &text);
                    let is_boss_copy = audience == Boss && name.starts_with("out/") && !name.contains("snapshot");
                    let is_allowed = |what: &&str| match way {
                        Way::Milestone => is_boss_copy,
                        _ => is_boss_copy && !what.starts_with("tasks."),
                    };
                    shown += found.len();
                    let leaks: Vec<&str> = found.into_iter().filter(|what| !is_allowed(what)).collect();
                    assert_eq!(leaks, [] as [&str; 0], "{way:?}, fails: {fails}: {name} of the {audience:?} roll-up");
                }
            }
        }
    }
    // A canary that is never printed would prove nothing.
    assert!(shown > 100, "{shown}");
}

/// Checks that no output contains a word of a team that its copy for `audience` must not contain.
fn assert_without(planted: &[Planted], audience: Audience, outputs: &[(String, String)]) {
    for (name, text) in outputs {
        let (is_log, is_terminal) = (name == "the log of a job", name == "the terminal");
        let reader = if is_log { Shared } else { audience };
        for word in planted.iter().filter(|word| !word.allowed.contains(&reader)) {
            // At the manager's terminal a file name is not a leak, and the readers of the log have the repository.
            if word.field != "file in private/" || !(is_log || is_terminal) {
                assert!(!text.contains(&word.word), "{} is in {name} ({audience:?}): {text}", word.field);
            }
        }
    }
}

#[test]
fn a_roll_up_shows_what_the_copies_may_show_and_each_boss_gets_a_separate_page() {
    for (concern, stage) in [("concern", "private"), ("signal", "agreed"), ("worry", "")] {
        let root = tempfile::tempdir().unwrap();
        let variant = |seed: &str| Variant { seed: seed.into(), concern, stage, yes: "yes", concerns_for_boss: false };
        let alex = team(&root.path().join("alex"), &variant("ofalex"));
        let kim = team(&root.path().join("kim"), &variant("ofkimm"));
        change(&root.path().join("kim"), "headsup.toml", "boss = \"Alex\"", "boss = \"Kim\"");
        for audience in [Shared, Boss] {
            let outputs = batch(root.path(), audience);
            assert_without(&alex, audience, &outputs);
            assert_without(&kim, audience, &outputs);
            if audience == Boss {
                for (boss, other) in [("alex", &kim), ("kim", &alex)] {
                    let name = format!("out/boss-{boss}-");
                    let page: Vec<_> = outputs.iter().filter(|(file, _)| file.starts_with(&name)).cloned().collect();
                    assert_eq!(page.len(), 1, "{boss}");
                    // Nothing of the other team may appear.
                    for word in other {
                        assert!(!page[0].1.contains(&word.word), "{} is on the page of {boss}", word.field);
                    }
                }
            }
        }
    }
}

#[test]
fn the_boss_files_beside_an_agenda_contain_nothing_for_the_manager_only() {
    for (concern, stage) in [("concern", "private"), ("signal", ""), ("Konzern?", "agreed")] {
        let dir = tempfile::tempdir().unwrap();
        let variant = Variant { seed: "agenda".into(), concern, stage, yes: "yes", concerns_for_boss: false };
        let planted = team(dir.path(), &variant);
        let base = dir.path().to_str().unwrap();
        let said = printed(&["render", base, "--as-of", "2026-11-20", "--for", "me", "--format", FORMATS]);
        let files = below(&dir.path().join("out"));
        let of = |copy: &str| {
            let name = format!("2026-11-20-brief-{copy}.");
            files.iter().filter(|(file, _)| file.starts_with(&name)).cloned().collect::<Vec<_>>()
        };
        // The boss's copy is made from data for the boss only.
        assert_eq!((of("me").len(), of("boss").len()), (4, 3), "{said}");
        assert_without(&planted, Boss, &of("boss"));
        assert_without(&planted, Me, &of("me"));
        // The other page contains what this one must not.
        let (_, agenda) = of("me").into_iter().find(|(file, _)| file.ends_with(".html")).expect("the page");
        let mine = planted.iter().filter(|word| !word.allowed.contains(&Boss) && agenda.contains(&word.word));
        assert!(mine.count() >= 3, "{agenda}");
        // If it is made alone, the boss copy is the same.
        std::fs::remove_dir_all(dir.path().join("out")).unwrap();
        printed(&["render", base, "--as-of", "2026-11-20", "--for", "boss", "--format", FORMATS]);
        let alone = below(&dir.path().join("out"));
        for (name, text) in of("boss") {
            let other = alone.iter().find(|(file, _)| *file == name).expect("the same file");
            assert!(other.1 == text, "{name} differs from the one that is made alone");
        }
    }
}
