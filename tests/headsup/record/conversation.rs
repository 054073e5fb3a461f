//! Tests of the decisions of a conversation: their flags, contradictions, and undo.

use super::*;

#[test]
fn contradictions_are_refused_before_anything_is_written() {
    let dir = team();
    let dir = dir.path();
    render(dir, "2026-11-20");
    let flags =
        ["record", "--as-of", "2026-11-20", "--grant", "A-01", "--decline", "A-01", "--agree", "date:M-1=1999-01-01"];
    let output = headsup(dir, &flags);
    assert_eq!(output.status.code(), Some(65));
    for expected in [
        "A-01 cannot be both granted and declined",
        "name it after --grant or after --decline",
        "1999-01-01, agreed for \"M-1\", lies before Q4 2026",
        "the quarter began on 2026-10-01",
    ] {
        assert!(said(&output).contains(expected), "{expected}: {}", said(&output));
    }
    let dates = ["record", "--as-of", "2026-11-20", "--agree", "date:M-1=2026-12-10", "date:M-1=2026-12-11"];
    let output = headsup(dir, &dates);
    assert_eq!(output.status.code(), Some(65));
    assert!(said(&output).contains("M-1 cannot be agreed for both 2026-12-10 and 2026-12-11"), "{}", said(&output));
    assert_eq!(read(dir, "data/asks.csv"), ASKS);
    assert!(!dir.join("history").exists());
}

#[test]
fn a_closed_ask_stays_closed_and_a_corrected_one_loses_its_old_answer() {
    let dir = team();
    let dir = dir.path();
    render(dir, "2026-11-20");
    assert!(headsup(dir, &["record", "--as-of", "2026-11-20", "--grant", "A-01=Yes, from December"]).status.success());
    // The same 1:1 is recorded again: the ask was declined after all.
    let corrected = headsup(dir, &["record", "--as-of", "2026-11-20", "--replace", "--decline", "A-01"]);
    assert!(corrected.status.success(), "{}", said(&corrected));
    let asks = read(dir, "data/asks.csv");
    assert!(asks.ends_with("A-01;2026-11-10;declined;2026-11-20;;raised;;;kept\r\n"), "{asks}");
    // A later 1:1 cannot answer it again.
    render(dir, "2026-11-27");
    let output = headsup(dir, &["record", "--as-of", "2026-11-27", "--grant", "A-01"]);
    assert_eq!(output.status.code(), Some(65));
    assert!(said(&output).contains("A-01 was declined on 2026-11-20"), "{}", said(&output));
    assert!(said(&output).contains("headsup add ask"), "{}", said(&output));
    assert_eq!(read(dir, "data/asks.csv"), asks);
}

const CONCERNS: &str = "id,date,person,kind,text,raised_on,closed_on\n\
    P-04,2026-11-06,A. Osei,concern,late twice,,\n,2026-11-09,M. Laurent,signal,quiet in reviews,,\n";

/// Creates the team with a private request, a granted resource, and two concerns, one of them without an id.
fn team_with_concerns() -> tempfile::TempDir {
    let dir = team();
    let asks = "id,text,asked_on,status,answered_on,answer,stage,kind,needed_from,needed_by,delivered_on\n\
        A-01,One developer,2026-11-10,open,,,raised,resource,,2026-11-20,\n\
        A-02,A week of their reviewer,2026-11-10,open,,,private,,Platform,,\n\
        A-03,A licence,2026-10-10,granted,2026-10-16,,raised,expense,,,\n\
        A-04,An old wish,2026-10-10,open,,,raised,,,,\n";
    let config =
        CONFIG.replace("delimiter = \";\"\n", "") + "[[source]]\ntable = \"people\"\nfile = \"private/concerns.csv\"\n";
    std::fs::write(dir.path().join("headsup.toml"), config).expect("a file");
    std::fs::write(dir.path().join("data/asks.csv"), asks).expect("a file");
    std::fs::write(dir.path().join("private/concerns.csv"), CONCERNS).expect("a file");
    dir
}

#[test]
fn every_decision_has_a_flag_that_takes_printed_ids() {
    let dir = team_with_concerns();
    let dir = dir.path();
    render(dir, "2026-11-20");
    let flags = [
        "record",
        "--as-of",
        "2026-11-20",
        "--defer",
        "A-01=4.12.2026",
        "--sounded",
        "A-02",
        "--delivered",
        "A-03",
        "--withdraw",
        "A-04",
        "--raised",
        "P-04",
        "M. Laurent",
    ];
    let output = headsup(dir, &flags);
    assert!(output.status.success(), "{}", said(&output));
    let asks = read(dir, "data/asks.csv");
    let rows: Vec<&str> = asks.lines().skip(5).collect();
    assert_eq!(
        rows,
        [
            "A-01,One developer,2026-11-10,open,,,raised,resource,,2026-12-04,",
            "A-04,An old wish,2026-10-10,withdrawn,2026-11-20,,raised,,,,",
            "A-02,A week of their reviewer,2026-11-10,open,,,agreed,,Platform,,",
            "A-03,A licence,2026-10-10,granted,2026-10-16,,raised,expense,,,2026-11-20",
        ]
    );
    let concerns = read(dir, "private/concerns.csv");
    let rows: Vec<&str> = concerns.lines().skip(3).collect();
    assert_eq!(
        rows,
        [
            "P-04,2026-11-06,A. Osei,concern,late twice,2026-11-20,",
            ",2026-11-09,M. Laurent,signal,quiet in reviews,2026-11-20,",
        ]
    );
    // A note without an id stays one note, which is now raised.
    render(dir, "2026-11-27");
    let agenda = headsup(dir, &["render", "--as-of", "2026-11-27", "--for", "me", "--format", "json", "--out", "-"]);
    let brief: serde_json::Value = serde_json::from_slice(&agenda.stdout).expect("a brief");
    let concerns = brief["concerns"].as_array().expect("a list");
    assert_eq!(concerns.len(), 2);
    assert!(concerns.iter().all(|concern| concern["raised_on"] == "2026-11-20"), "{concerns:?}");
    // A withdrawn ask is neither open nor decided.
    let asks = brief["asks"].as_array().expect("a list");
    assert!(asks.iter().all(|ask| ask["id"] != "A-04"), "{asks:?}");
    assert!(brief["decided"].as_array().expect("a list").iter().all(|it| it["ask"] != "A-04"));
}

#[test]
fn undo_removes_only_what_the_last_record_wrote() {
    let dir = team_with_concerns();
    let dir = dir.path();
    let before = ["data/asks.csv", "data/agreements.csv", "private/concerns.csv", "private/goals.csv"]
        .map(|name| (name, read(dir, name)));
    render(dir, "2026-11-20");
    let flags = ["record", "--as-of", "2026-11-20", "--grant", "A-01=Yes", "--raised", "P-04", "--agree", "wording:O"];
    assert!(headsup(dir, &flags).status.success());
    // Later rows are kept.
    let later = read(dir, "data/asks.csv") + "A-05,Later,2026-11-21,open,,,raised,,,,\n";
    std::fs::write(dir.join("data/asks.csv"), later).expect("a file");
    let output = headsup(dir, &["record", "--undo"]);
    assert!(output.status.success(), "{}", said(&output));
    assert!(
        said(&output).contains("took back the record of 2026-11-20 and the 3 rows that it wrote"),
        "{}",
        said(&output)
    );
    for (name, text) in before {
        let text = if name == "data/asks.csv" { text + "A-05,Later,2026-11-21,open,,,raised,,,,\n" } else { text };
        assert_eq!(read(dir, name), text, "{name}");
    }
    assert!(!dir.join("history/2026-11-20.json").exists());
    let shown = read(dir, "private/shown.json");
    let shown: serde_json::Value = serde_json::from_str(&shown).expect("JSON");
    assert_eq!(shown["recorded"], serde_json::json!({}));
    // Each record can be undone once.
    let again = headsup(dir, &["record", "--undo"]);
    assert_eq!(again.status.code(), Some(65));
    // It is recorded again, and somebody changes a row: then undo changes nothing.
    assert!(headsup(dir, &["record", "--as-of", "2026-11-20", "--grant", "A-01=Yes"]).status.success());
    let changed = read(dir, "data/asks.csv").replace("2026-11-20,Yes", "2026-11-20,No!");
    std::fs::write(dir.join("data/asks.csv"), &changed).expect("a file");
    assert_eq!(headsup(dir, &["record", "--undo"]).status.code(), Some(65));
    assert_eq!(read(dir, "data/asks.csv"), changed);
    assert!(dir.join("history/2026-11-20.json").exists());
}

#[test]
fn a_deferral_needs_its_date_and_a_concern_its_name() {
    let dir = team_with_concerns();
    let dir = dir.path();
    render(dir, "2026-11-20");
    let flags = ["record", "--as-of", "2026-11-20", "--defer", "A-01", "--raised", "P-05", "--delivered", "A-02"];
    let output = headsup(dir, &flags);
    assert_eq!(output.status.code(), Some(65));
    for expected in ["until when A-01 is deferred", "did you mean \"P-04\"?", "A-02 was not granted"] {
        assert!(said(&output).contains(expected), "{expected}: {}", said(&output));
    }
    assert_eq!(read(dir, "private/concerns.csv"), CONCERNS);
}
