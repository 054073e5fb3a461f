//! Tests that no row of a file is skipped without a message: `check` and `render` report the same rows as `inspect`,
//! and every row below the header is either read or reported.

use proptest::prelude::*;
use serde_json::Value;
use tempfile::TempDir;

use crate::program::{run, s};

const AS_OF: &str = "2026-11-20";

/// Creates a folder whose config reads one file as a table.
fn folder(table: &str, more: &str, text: &str) -> TempDir {
    let dir = tempfile::tempdir().expect("a folder");
    let config = format!(
        "[team]\nname = \"T\"\n[[source]]\ntable = \"{table}\"\nfile = \"rows.csv\"\nbad_rows = \"skip\"\n{more}"
    );
    std::fs::write(dir.path().join("rows.csv"), text).expect("a file");
    std::fs::write(dir.path().join("headsup.toml"), config).expect("a config");
    dir
}

fn json(args: &[&str]) -> Value {
    let output = run(args);
    serde_json::from_slice(&output.stdout)
        .unwrap_or_else(|error| panic!("{args:?}: {error}: {}", String::from_utf8_lossy(&output.stderr)))
}

fn problems(answer: &Value) -> &[Value] {
    answer["problems"].as_array().map_or(&[], Vec::as_slice)
}

/// Returns how many rows the problems report as left out, as a whole or because of an unreadable cell.
fn said(problems: &[Value]) -> u64 {
    let of = |problem: &Value| -> u64 {
        let message = problem["message"].as_str().unwrap_or_default();
        let first_number = || message.split(|c: char| !c.is_ascii_digit()).find_map(|part| part.parse().ok());
        match problem["code"].as_str().unwrap_or_default() {
            "rows-skipped" => first_number().unwrap_or(0),
            "row-left-out" => 1,
            "no-work" => message.rsplit("; ").next().and_then(|end| end.split(' ').next()?.parse().ok()).unwrap_or(0),
            _ => 0,
        }
    };
    problems.iter().map(of).sum()
}

/// Returns how many rows are not read because of a cell.
fn by_cells(problems: &[Value]) -> u64 {
    let lines: std::collections::BTreeSet<u64> = problems
        .iter()
        .filter(|problem| problem["message"].as_str().is_some_and(|it| it.ends_with("the row is skipped")))
        .filter_map(|problem| problem["place"]["line"].as_u64())
        .collect();
    lines.len() as u64
}

/// Checks what the three commands report for a file with this number of rows.
fn all_are_told(table: &str, more: &str, text: &str, rows: u64) -> Result<(), String> {
    let dir = folder(table, more, text);
    let file = dir.path().join("rows.csv");
    let inspected = json(&["inspect", s(&file), "--table", table, "--format", "json"]);
    let listed = inspected["skipped"].as_array().map_or(0, Vec::len) as u64;
    let say = |what: String| Err(format!("{what}\n{text}\n{inspected}"));
    if inspected["records"] != rows || inspected["read"].as_u64() != Some(rows - listed) {
        return say(format!("inspect: {rows} rows are {} read and {listed} skipped", inspected["read"]));
    }
    if said(problems(&inspected)) != listed {
        return say(format!("inspect says {} of {listed} skipped rows", said(problems(&inspected))));
    }
    let checked = json(&["check", s(dir.path()), "--as-of", AS_OF, "--format", "json"]);
    let rendered = json(&["render", s(dir.path()), "--as-of", AS_OF, "--for", "me", "--format", "json", "--out", "-"]);
    let source = &rendered["sources"][0];
    let (records, read, skipped) =
        (source["records"].as_u64(), source["read"].as_u64(), source["skipped"].as_u64().unwrap_or(0));
    if records != Some(rows) || read != Some(rows - skipped) {
        return say(format!("render: {rows} rows are {source}"));
    }
    for (command, answer) in [("check", &checked), ("render", &rendered)] {
        let told = said(problems(answer)) + by_cells(problems(answer));
        if told != skipped {
            return say(format!("{command} says {told} of {skipped} skipped rows: {}", answer["problems"]));
        }
    }
    Ok(())
}

/// Headers with rows below, of which the first is unusual, and the number of rows.
const ODD_FIRST_ROWS: [(&str, &str); 14] = [
    (
        "milestones",
        "objective,milestone,agreed_due,due\nA,Beta,2026-13-45,2026-13-45\nA,Gamma,2026-11-30,2026-12-04\nA,Delta,2026-12-11,2026-12-11\n",
    ),
    (
        "milestones",
        "objective,milestone,agreed_due,due\nA,Beta,2026-13-45,2026-11-30\nA,Gamma,2026-11-30,2026-12-04\nA,Delta,2026-12-11,2026-12-11\n",
    ),
    (
        "milestones",
        "Objective,Milestone,Agreed,Due\nA,Beta,soon,later\nA,Gamma,2026-11-30,2026-12-04\nA,Delta,2026-12-11,2026-12-11\n",
    ),
    (
        "milestones",
        "Ziel;Meilenstein;Vereinbart;Fällig\nA;Beta;31.13.2026;45.11.2026\nA;Gamma;30.11.2026;04.12.2026\nA;Delta;11.12.2026;11.12.2026\n",
    ),
    (
        "milestones",
        "Ziel;Meilenstein;Vereinbart;Fällig\nA;Beta;bald mal;nach Ostern\nA;Gamma;30.11.2026;04.12.2026\nA;Delta;11.12.2026;11.12.2026\n",
    ),
    (
        "milestones",
        "Objectif;Jalon;Date convenue;Échéance\nA;Bêta;31/31/2026;99/11/2026\nA;Gamma;30/11/2026;04/12/2026\nA;Delta;11/12/2026;11/12/2026\n",
    ),
    (
        "milestones",
        "Objetivo,Hito,Fecha acordada,Fecha límite\nA,Beta,31/31/2026,99/11/2026\nA,Gamma,30/11/2026,14/12/2026\nA,Delta,21/12/2026,11/12/2026\n",
    ),
    (
        "milestones",
        "Milestone,Due,Agreed\nBeta,30 Feb 2026,31 Nov 2026\nGamma,30 Nov 2026,4 Dec 2026\nDelta,11 Dec 2026,11 Dec 2026\n",
    ),
    (
        "tasks",
        "Title,Status,Created,Due\nFix import,Open,2026-31-31,2026-99-99\nShip search,Doing,2026-11-02,2026-12-01\nDocs,Open,2026-11-03,2026-12-02\n",
    ),
    (
        "tasks",
        "Title,,Created,Due\nFix import,Open,2026-31-31,2026-99-99\nShip search,Doing,2026-11-02,2026-12-01\nDocs,Open,2026-11-03,2026-12-02\n",
    ),
    (
        "tasks",
        "Title,,Created,Due\nFix import,Open,whenever,someday\nShip search,Doing,2026-11-02,2026-12-01\nDocs,Open,2026-11-03,2026-12-02\n",
    ),
    (
        "tasks",
        "Key,Title,Points,Due\nA-1,Fix import,1O,2O26-11-20\nA-2,Ship search,3,2026-12-01\nA-3,Docs,5,2026-12-02\n",
    ),
    ("metrics", "date,visits,orders\n2026-31-11,1OO,x5\n2026-11-02,110,6\n2026-11-03,90,4\n"),
    ("metrics", "Tag;Besuche;Aufträge\n32.11.2026;1OO;5O\n02.11.2026;110;6\n03.11.2026;90;4\n"),
];

#[test]
fn an_unusual_first_row_is_not_part_of_the_header() {
    for (table, text) in ODD_FIRST_ROWS {
        let dir = folder(table, "", text);
        let file = dir.path().join("rows.csv");
        let inspected = json(&["inspect", s(&file), "--table", table, "--format", "json"]);
        let header: Vec<&str> = text.lines().next().unwrap_or_default().split([',', ';']).collect();
        let name = inspected["columns"][0]["name"].as_str();
        assert_eq!((&inspected["header_line"], name), (&1.into(), header.first().copied()), "{text}{inspected}");
        assert_eq!((&inspected["records"], &inspected["read"]), (&3.into(), &3.into()), "{text}{inspected}");
        assert!(!inspected["problems"].to_string().contains("rows-skipped"), "{text}{inspected}");
        let checked = json(&["check", s(dir.path()), "--as-of", AS_OF, "--format", "json"]).to_string();
        assert!(checked.contains("bad-date") || checked.contains("bad-number"), "{text}{checked}");
        all_are_told(table, "", text, 3).unwrap_or_else(|why| panic!("{why}"));
    }
}

#[test]
fn a_second_line_of_a_header_is_reported() {
    for (table, text, rows, read) in [
        (
            "milestones",
            "Objective,Milestone,Agreed,Due\nZiel,Meilenstein,Vereinbart,Fällig\nA,Beta,2026-11-20,2026-11-27\nA,Gamma,2026-11-30,2026-12-04\n",
            3,
            2,
        ),
        (
            "milestones",
            "Objective,Milestone,Agreed,Due\n(text),(text),(yyyy-mm-dd),(yyyy-mm-dd)\nA,Beta,2026-11-20,2026-11-27\nA,Gamma,2026-11-30,2026-12-04\n",
            3,
            2,
        ),
        (
            "milestones",
            "Objective,Milestone,Agreed,Due\n,,YYYY-MM-DD,YYYY-MM-DD\nA,Beta,2026-11-20,2026-11-27\nA,Gamma,2026-11-30,2026-12-04\n",
            3,
            2,
        ),
        (
            "milestones",
            "Ziel;Meilenstein;Vereinbart;Fällig\nText;Text;TT.MM.JJJJ;TT.MM.JJJJ\nObjective;Milestone;Agreed date;Due date\nA;Beta;20.11.2026;27.11.2026\nA;Gamma;30.11.2026;04.12.2026\n",
            4,
            2,
        ),
        ("metrics", "date,visits,revenue\n,count,EUR\n2026-11-02,110,6\n2026-11-03,90,4\n", 3, 2),
        ("metrics", "Tag;Besuche;Umsatz\n(Datum);(Anzahl);(Tsd. EUR)\n02.11.2026;110;6\n03.11.2026;90;4\n", 3, 2),
    ] {
        let dir = folder(table, "", text);
        let inspected = json(&["inspect", s(&dir.path().join("rows.csv")), "--table", table, "--format", "json"]);
        assert_eq!((&inspected["records"], &inspected["read"]), (&rows.into(), &read.into()), "{text}{inspected}");
        all_are_told(table, "", text, rows).unwrap_or_else(|why| panic!("{why}"));
    }
}

#[test]
fn every_reason_to_skip_a_row_is_reported_everywhere() {
    let five = "Ann,Fix import,Open,2026-11-20\nBob,Ship search,Open,2026-12-01\nCid,Write docs,Done,2026-11-02\n\
                Dee,Alerts,Open,2026-12-09\nEva,Schema,Done,2026-11-03\n";
    let head = "Assignee,Title,Status,Due\n";
    for (reason, text, rows) in [
        ("the header again", format!("{head}{five}{head}Fay,Pilot,Open,2026-12-12\n"), 7),
        ("it begins with #", format!("{head}{five}# Old idea,Drop it,Open,2026-12-12\n"), 6),
        ("one cell alone", format!("{head}{five}see the board,,,\n"), 6),
        (
            "another table",
            format!("{head}{five}\nRisk,Likelihood,Impact,Owner,Mitigation\nFire,Low,High,Ann,Hose\n"),
            7,
        ),
        (
            "a table inside",
            format!("{head}{five},Title,Assignee,Due\n,Part one,Ann,2026-12-01\n,Part two,Bob,2026-12-02\n"),
            8,
        ),
    ] {
        let dir = folder("tasks", "", &text);
        let checked = json(&["check", s(dir.path()), "--as-of", AS_OF, "--format", "json"]).to_string();
        assert!(checked.contains(reason), "{reason}: {checked}");
        all_are_told("tasks", "", &text, rows).unwrap_or_else(|why| panic!("{why}"));
    }
    let sums = "date,team,visits,orders\n2026-11-02,north,110,6\n2026-11-03,north,90,4\n2026-11-04,north,80,3\n2026-11-05,north,70,5\n2026-11-06,north,60,2\n";
    for (reason, last) in [
        ("a total of other rows", "Total,,410,20\n"),
        ("only numbers", ",,410,20\n"),
        ("words where", "as of,friday,checked,by Ann\n"),
    ] {
        let text = format!("{sums}{last}");
        let dir = folder("metrics", "", &text);
        let checked = json(&["check", s(dir.path()), "--as-of", AS_OF, "--format", "json"]).to_string();
        assert!(checked.contains(reason), "{reason}: {checked}");
        all_are_told("metrics", "", &text, 6).unwrap_or_else(|why| panic!("{why}"));
    }
}

/// Rows of a plan as people write them: complete, with mistakes, totals, groups, notes, repeated headers and comments.
const ROWS: [&str; 16] = [
    "A,Beta,2026-11-20,2026-11-27,Ann",
    "A,Gamma,2026-11-30,2026-12-04,Bob",
    "B,Delta,2026-12-11,2026-12-11,Ann",
    "B,Eps,2026-13-45,2026-13-45,Ann",
    "B,Zeta,soon,later,Bob",
    ",Eta,,,",
    "Phase two,,,,",
    "Total,,,,4",
    "Objective,Milestone,Agreed,Due,Owner",
    "Ziel,Meilenstein,Vereinbart,Fällig,Wer",
    "(text),(text),(date),(date),(name)",
    "# Old,Theta,2026-12-11,2026-12-11,Ann",
    "# a note",
    "",
    ",,,,",
    "Risk,Chance,Impact,,",
];

proptest! {
    #![proptest_config(ProptestConfig { cases: 25, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn rows_are_read_or_reported(picks in proptest::collection::vec(0_usize..ROWS.len(), 1..14)) {
        // Each row has a different name, so that none repeats another.
        let names = ["Beta", "Gamma", "Delta", "Eps", "Zeta", "Eta", "Theta"];
        let mut text = "Objective,Milestone,Agreed,Due,Owner\n".to_owned();
        let mut rows = 0;
        for (n, pick) in picks.iter().enumerate() {
            let mut row = ROWS[*pick].to_owned();
            for name in names {
                row = row.replace(&format!(",{name},"), &format!(",{name}{n},"));
            }
            rows += u64::from(row.contains(|c: char| c != ',') && row != "# a note");
            text += &row;
            text.push('\n');
        }
        // At least one picked row must be a data row.
        prop_assume!(picks.iter().any(|pick| *pick < 3));
        all_are_told("milestones", "", &text, rows).map_err(TestCaseError::fail)?;
    }
}
