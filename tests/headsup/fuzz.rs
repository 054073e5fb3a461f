//! Replays the inputs that fuzzing collected: each one in `tests/fuzz/corpus` is passed to the check of its target.
//! `tests/fuzz/run` collects them.

use std::path::Path;

#[path = "../fuzz/checks/config.rs"]
mod config;
#[path = "../fuzz/checks/history.rs"]
mod history;
#[path = "../fuzz/checks/ics.rs"]
mod ics;
#[path = "../fuzz/checks/table.rs"]
mod table;
#[path = "../fuzz/checks/team.rs"]
mod team;

/// Runs the check of a target on its corpus. If it panics, the input is named.
fn replay(target: &str, check: fn(&[u8])) {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/fuzz/corpus").join(target);
    let mut inputs: Vec<_> = std::fs::read_dir(&folder).unwrap().map(|entry| entry.unwrap().path()).collect();
    inputs.sort();
    assert!(inputs.len() >= 20, "{} holds {} inputs", folder.display(), inputs.len());
    for input in inputs {
        let bytes = std::fs::read(&input).unwrap();
        let ended = std::panic::catch_unwind(|| check(&bytes));
        assert!(ended.is_ok(), "{} fails", input.display());
    }
}

#[test]
fn the_corpus_is_read_or_refused_as_headsup_toml() {
    replay("config", config::check);
}

#[test]
fn the_corpus_is_read_or_refused_as_a_snapshot() {
    replay("history", history::check);
}

#[test]
fn the_corpus_is_read_or_refused_as_a_calendar() {
    replay("ics", ics::check);
}

#[test]
fn the_corpus_is_read_or_refused_as_an_export() {
    replay("table", table::check);
}

#[test]
fn the_corpus_is_read_or_refused_as_a_table_of_a_team() {
    replay("team", team::check);
}
