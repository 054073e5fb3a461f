//! Tests of what `record` writes into the logs of the team: in the format of the file, and completely.

use super::*;

#[test]
fn decisions_are_appended_in_the_format_of_the_file() {
    let dir = team();
    let dir = dir.path();
    render(dir, "2026-11-20");
    let flags = [
        "record",
        "--as-of",
        "2026-11-20",
        "--grant",
        "A-01=Yes; from December",
        "A-02",
        "--agree",
        "wording:O",
        "--feedback",
        "Run one project",
    ];
    let output = headsup(dir, &flags);
    assert!(output.status.success(), "{}", said(&output));
    let asks = read(dir, "data/asks.csv");
    let added = asks.strip_prefix(ASKS).expect("what was there is untouched");
    assert_eq!(
        added,
        "\r\n\"One developer; for two weeks\";A-01;2026-11-10;granted;2026-11-20;\"Yes; from December\";raised;;;kept\r\n\
         Move the release;A-02;2026-11-10;granted;2026-11-20;;raised;date;M-1;\r\n"
    );
    // The ask was about a date, so the promised date is agreed.
    let agreements = read(dir, "data/agreements.csv");
    let rows: Vec<&str> = agreements.lines().skip(2).collect();
    assert_eq!(
        rows,
        [
            "2026-11-20,date,O,M-1,2026-12-04,2026-12-13,Alex Kim",
            "2026-11-20,wording,O,,Customers look up risk,Customers look up and score risk,Alex Kim",
        ]
    );
    assert!(read(dir, "private/goals.csv").ends_with("2026-11-20,Senior Manager,me,Run one project\n"));
    // Repeating the command, as after an interrupted run, writes nothing twice.
    let mut flags = flags.to_vec();
    flags.push("--replace");
    assert!(headsup(dir, &flags).status.success());
    assert_eq!(read(dir, "data/asks.csv"), asks);
    assert_eq!(read(dir, "data/agreements.csv"), agreements);
}

/// Appends an answer to the asks in a file with the contents `asks`, and returns the file.
fn granted(asks: &[u8], source: &str) -> Vec<u8> {
    let dir = team();
    let config = CONFIG.replace("delimiter = \";\"\n", source);
    std::fs::write(dir.path().join("headsup.toml"), config).expect("a file");
    std::fs::write(dir.path().join("data/asks.csv"), asks).expect("a file");
    let (config, _) = headsup::config::Config::load(dir.path()).expect("a config");
    let on = chrono::NaiveDate::from_ymd_opt(2026, 11, 20).expect("a date");
    let changes = [("status", "granted".into()), ("answered_on", on.into()), ("answer", "Grüße, Zoë".into())];
    append::amend(&config, TableKind::Asks, append::Which::Id("A-1"), &changes).expect("the row fits");
    std::fs::read(dir.path().join("data/asks.csv")).expect("the file is there")
}

#[test]
fn a_date_is_written_as_the_file_writes_dates() {
    let asks = "id,text,asked_on,status,answered_on,answer\n\
        A-0,Before,30.10.2026,granted,13.11.2026,Yes\nA-1,A course,2.11.2026,open,,\n";
    let written = String::from_utf8(granted(asks.as_bytes(), "")).expect("UTF-8");
    assert_eq!(written.strip_prefix(asks), Some("A-1,A course,2.11.2026,granted,20.11.2026,\"Grüße, Zoë\"\n"));
}

#[test]
fn a_row_is_written_in_the_files_encoding() {
    let asks = "id;text;status;answered_on;answer\r\nA-1;Prüfung;open;;\r\n";
    let row = "A-1;Prüfung;granted;2026-11-20;Grüße, Zoë\r\n";
    let utf_16 = |text: &str| text.encode_utf16().flat_map(u16::to_le_bytes).collect::<Vec<u8>>();
    let latin = |text: &str| text.chars().map(|c| c as u8).collect::<Vec<u8>>();
    let marked = [vec![0xFF, 0xFE], utf_16(asks)].concat();
    assert_eq!(granted(&marked, ""), [marked.clone(), utf_16(row)].concat());
    assert_eq!(granted(&latin(asks), ""), latin(&format!("{asks}{row}")));
    let marked = format!("\u{feff}{asks}");
    assert_eq!(granted(marked.as_bytes(), ""), format!("{marked}{row}").into_bytes());
}

#[test]
fn simultaneous_writers_lose_nothing() {
    let dir = team();
    let (config, _) = headsup::config::Config::load(dir.path()).expect("a config");
    let on = chrono::NaiveDate::from_ymd_opt(2026, 11, 20).expect("a date");
    std::thread::scope(|scope| {
        for writer in 0..4 {
            let config = &config;
            scope.spawn(move || {
                for row in 0..5 {
                    let to = format!("label-{writer}-{row}");
                    let fields = [("date", on.into()), ("what", "scope".into()), ("to", to.as_str().into())];
                    append::add(config, TableKind::Agreements, false, &fields).expect("the row fits");
                }
            });
        }
    });
    let agreements = read(dir.path(), "data/agreements.csv");
    assert_eq!(agreements.lines().count(), 2 + 20);
    assert!((0..4).all(|writer| (0..5).all(|row| agreements.contains(&format!(",label-{writer}-{row},")))));
}

#[test]
fn a_table_without_a_log_gets_one() {
    let dir = team();
    let (config, _) = headsup::config::Config::load(dir.path()).expect("a config");
    let on = chrono::NaiveDate::from_ymd_opt(2026, 11, 20).expect("a date");
    let fields = [("date", on.into()), ("text", "A win".into())];
    let added = append::add(&config, TableKind::Wins, false, &fields).expect("a log is made");
    assert!(added.is_new_log);
    assert!(read(dir.path(), "data/wins.csv").ends_with("\n2026-11-20,A win,,,,,,,,,,,,,\n"));
    assert!(read(dir.path(), "headsup.toml").ends_with("[[source]]\ntable = \"wins\"\nfile = \"data/wins.csv\"\n"));
    let (config, _) = headsup::config::Config::load(dir.path()).expect("a config");
    assert!(!append::add(&config, TableKind::Wins, false, &fields).expect("it is there").is_new_log);
}
