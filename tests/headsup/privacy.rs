//! Tests that nothing confidential leaks. In a team, every field that some copy must not show contains a unique word.
//! All copies are made in all formats, and each word is searched for where it must not be.

mod attached;
mod attacks;
mod bounds;
mod canaries;
mod delivery;
mod differential;
mod hostile;
mod levels;
mod limits;
mod logs;
mod marks;
mod matrix;
mod people_and_paths;
mod planted;
mod rolled;
mod ways;

use std::collections::BTreeSet;
use std::path::Path;
use std::process::Command;

use headsup::config::Format;
use headsup::pipeline::{self, Request};
use headsup::redact::Audience::{self, Boss, Me, Shared};
use proptest::prelude::*;
use proptest::test_runner::{Config, TestRunner};

use logs::{change, logged};
use planted::{Planted, Variant, outputs, printed, sent, team, unpacked, variants};

#[test]
#[ignore = "needs .ci/tools"]
fn no_secret_word_is_in_output_for_other_readers() {
    let mut runner = TestRunner::new_with_rng(
        Config { cases: 10, failure_persistence: None, ..Config::default() },
        proptest::test_runner::TestRng::deterministic_rng(proptest::test_runner::RngAlgorithm::ChaCha),
    );
    runner
        .run(&variants(), |variant| {
            let dir = tempfile::tempdir().unwrap();
            let planted = team(dir.path(), &variant);
            for audience in [Me, Boss, Shared] {
                for (name, text) in outputs(dir.path(), audience) {
                    for word in planted.iter().filter(|word| !word.allowed.contains(&audience)) {
                        prop_assert!(
                            !text.contains(&word.word),
                            "{} is in {name} of the {} copy",
                            word.field,
                            audience.name()
                        );
                    }
                    if audience == Me && name == "Html" {
                        for word in planted.iter().filter(|word| word.printed) {
                            prop_assert!(
                                text.contains(&word.word),
                                "{} is nowhere, so its absence proves nothing",
                                word.field
                            );
                        }
                    }
                }
            }
            Ok(())
        })
        .unwrap_or_else(|error| panic!("{error}"));
}

#[test]
fn calendar_mail_and_batch_contain_only_the_shared_copy() {
    let root = tempfile::tempdir().unwrap();
    let dir = root.path().join("team");
    let variant =
        Variant { seed: "delive".into(), concern: "concern", stage: "private", yes: "yes", concerns_for_boss: true };
    let planted = team(&dir, &variant);
    let base = dir.to_str().unwrap();
    let said = [
        sent(&["invite", base, "--as-of", "2026-11-20", "--out", "-"]).replace("\r\n ", ""),
        sent(&["mail", base, "--as-of", "2026-11-20", "--to", "x@example.org", "--out", "-"]),
        printed(&["batch", root.path().to_str().unwrap(), "--as-of", "2026-11-20"]),
        std::fs::read_to_string(root.path().join("out/index.html")).unwrap(),
        std::fs::read_to_string(root.path().join("out/batch.json")).unwrap(),
    ];
    for (n, text) in said.iter().enumerate() {
        for word in planted.iter().filter(|word| !word.allowed.contains(&Shared)) {
            // The messages are shown to the manager at their own terminal, where a file name is not a leak.
            if n < 3 && word.field == "file in private/" {
                continue;
            }
            assert!(!text.contains(&word.word), "{} is in output {n}: {text}", word.field);
        }
    }
}

#[test]
fn snapshots_contain_no_concern_and_no_sentence() {
    let dir = tempfile::tempdir().unwrap();
    let variant =
        Variant { seed: "snapsh".into(), concern: "signal", stage: "private", yes: "yes", concerns_for_boss: true };
    let planted = team(dir.path(), &variant);
    printed(&["render", dir.path().to_str().unwrap(), "--as-of", "2026-11-20", "--for", "me", "--format", "json"]);
    let snapshot = std::fs::read_to_string(dir.path().join("out/2026-11-20-snapshot.json")).unwrap();
    let ids: BTreeSet<&str> =
        planted.iter().filter(|word| snapshot.contains(&word.word)).map(|word| word.field.as_str()).collect();
    assert_eq!(ids, BTreeSet::new(), "{snapshot}");
}

#[test]
fn an_error_in_a_private_table_shows_the_place_but_not_the_text() {
    let dir = tempfile::tempdir().unwrap();
    let variant =
        Variant { seed: "errors".into(), concern: "concern", stage: "private", yes: "yes", concerns_for_boss: false };
    let planted = team(dir.path(), &variant);
    for entry in ["private", "data"] {
        for file in std::fs::read_dir(dir.path().join(entry)).unwrap() {
            let path = file.unwrap().path();
            let text = std::fs::read_to_string(&path).unwrap();
            std::fs::write(&path, text.replace("2026-11-18", "the 18th").replace("2026-11-10", "the 10th")).unwrap();
        }
    }
    for format in ["text", "json", "github"] {
        let said = printed(&["check", dir.path().to_str().unwrap(), "--as-of", "2026-11-20", "--format", format]);
        assert!(said.contains("asks.csv"), "{said}");
        let quoted = ["concern", "highlight", "ask", "granted ask", "my goal", "team goal", "agreement"];
        for word in planted.iter().filter(|word| quoted.iter().any(|table| word.field.starts_with(table))) {
            assert!(!said.contains(&word.word), "{format}: {} is quoted: {said}", word.field);
        }
    }
}
