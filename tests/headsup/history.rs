//! Tests of snapshots as files: which are read, which are refused, and the messages.

use std::path::Path;

use chrono::NaiveDate;
use headsup::history::{History, Recorded, Snapshot};
use headsup::problem::Problems;
use proptest::prelude::*;
use proptest::test_runner::RngSeed;

fn day(text: &str) -> NaiveDate {
    text.parse().expect("a date")
}

fn snapshot(as_of: &str) -> String {
    format!(
        r#"{{"schema":"headsup.snapshot/1","version":1,"as_of":"{as_of}","on":"{as_of}","quarter_start":"2026-10-01",
"objectives":{{"O":{{"status":"late","progress":0.4}}}},
"milestones":{{"M":{{"objective":"O","agreed":"2026-12-04","due":null,"p50":"2026-12-13","done_on":null,"slip_days":9,"progress":0.4,"status":"late"}}}},
"tasks":{{"T-1":{{"milestone":"M","done":true,"estimate":3.0}},"T-2":{{"milestone":null,"objective":"O","done":false}}}},
"asks":["A-1"],"next":["T-2"],"metrics":{{"Records in error":0.58}},"shown":["needed from you"]}}"#
    )
}

/// Creates a team folder with these files in `history/`.
fn folder(files: &[(&str, &str)]) -> tempfile::TempDir {
    let dir = tempfile::tempdir().expect("a folder");
    std::fs::create_dir(dir.path().join("history")).expect("a folder");
    for (name, text) in files {
        std::fs::write(dir.path().join("history").join(name), text).expect("a file");
    }
    dir
}

fn load(dir: &Path, as_of: &str) -> (History, Problems) {
    let (recorded, problems) = Recorded::load(dir, day(as_of)).expect("the folder can be read");
    (recorded.history(true), problems)
}

fn said(problems: &Problems) -> Vec<(String, u64, &'static str)> {
    let place = |problem: &headsup::problem::Problem| problem.place.clone().expect("a place");
    problems.0.iter().map(|problem| (place(problem).file, place(problem).line, problem.code)).collect()
}

#[test]
fn one_to_ones_before_as_of_are_read_oldest_first() {
    let dir = folder(&[
        ("2026-11-13.json", &snapshot("2026-11-13")),
        ("2026-11-06.json", &snapshot("2026-11-06")),
        ("2026-11-20.json", &snapshot("2026-11-20")),
        ("notes.txt", "not a snapshot"),
        (".2026-11-06.json.swp.json", "left by an editor"),
    ]);
    let (history, problems) = load(dir.path(), "2026-11-20");
    assert!(problems.is_empty(), "{problems:?}");
    let dates: Vec<NaiveDate> = history.snapshots.iter().map(|snapshot| snapshot.as_of).collect();
    assert_eq!(dates, [day("2026-11-06"), day("2026-11-13")]);
    assert_eq!(history.last().map(|last| last.as_of), Some(day("2026-11-13")));
}

#[test]
fn a_team_without_the_folder_has_no_history() {
    let dir = tempfile::tempdir().expect("a folder");
    let (history, problems) = load(dir.path(), "2026-11-20");
    assert!(history.snapshots.is_empty() && problems.is_empty());
}

#[test]
fn every_problem_is_reported_with_its_place() {
    let broken = snapshot("2026-10-02").replace("\"asks\":[\"A-1\"]", "\"asks\":[\"A-1\",]");
    let newer = snapshot("2026-10-09").replace("snapshot/1\",\"version\":1", "snapshot/2\",\"version\":2");
    let dir = folder(&[
        ("2026-10-02.json", &broken),
        ("2026-10-09.json", &newer),
        ("2026-10-23.json", "{\"schema\":\"package\",\"version\":1}"),
        ("2026-10-30.json", &snapshot("2026-10-30").replace("\"2026-12-04\"", "\"+99999-12-04\"")),
        ("copy of 2026-11-06.json", &snapshot("2026-11-06")),
    ]);
    let (_, problems) = load(dir.path(), "2026-11-20");
    let expected = [
        ("history/2026-10-02.json", 5, "bad-snapshot"),
        ("history/2026-10-09.json", 0, "unknown-version"),
        ("history/2026-10-23.json", 0, "no-snapshot"),
        ("history/2026-10-30.json", 0, "bad-date"),
        ("history/copy of 2026-11-06.json", 0, "misnamed-snapshot"),
    ];
    assert_eq!(said(&problems), expected.map(|(file, line, code)| (file.to_owned(), line, code)));
    assert!(problems.has_errors());
    assert!(problems.0[1].message.contains("version 2"), "{}", problems.0[1].message);
}

#[test]
fn a_field_of_a_later_release_is_ignored_within_a_version() {
    let more = snapshot("2026-10-16").replace("\"metrics\"", "\"mood\":1,\"metrics\"");
    let dir = folder(&[("2026-10-16.json", &more)]);
    let (history, problems) = load(dir.path(), "2026-11-20");
    assert!(problems.is_empty(), "{problems:?}");
    let plain = Snapshot::parse(snapshot("2026-10-16").as_bytes(), "it").expect("a snapshot");
    assert_eq!(history.snapshots, [plain]);
}

#[test]
fn a_snapshot_is_written_unchanged() {
    let snapshot = Snapshot::parse(snapshot("2026-11-13").as_bytes(), "it").expect("a snapshot");
    let again = Snapshot::parse(snapshot.to_json().as_bytes(), "it").expect("a snapshot");
    assert_eq!(snapshot, again);
    assert_eq!(snapshot.to_json(), again.to_json());
}

proptest! {
    #![proptest_config(ProptestConfig { failure_persistence: None, rng_seed: RngSeed::Fixed(3), ..ProptestConfig::default() })]

    #[test]
    fn any_bytes_are_a_snapshot_or_a_problem(bytes in prop::collection::vec(any::<u8>(), 0..200), cut in 0usize..600) {
        let whole = snapshot("2026-11-13");
        let mut mangled = whole.as_bytes().get(..cut).unwrap_or_default().to_vec();
        mangled.extend(&bytes);
        if let Err(problems) = Snapshot::parse(&mangled, "it") {
            prop_assert!(problems.has_errors());
        }
    }
}
