//! `headsup record` from the outside: what it keeps, what it refuses, and that a log stays the file it was.

use std::path::Path;
use std::process::{Command, Output};

use headsup::source::append;
use headsup::team::TableKind;

const CONFIG: &str = r#"version = 1
[team]
name = "Curation"
manager = "Dana Reyes"
boss = "Alex Kim"
[[source]]
table = "objectives"
file = "data/objectives.csv"
[[source]]
table = "milestones"
file = "data/milestones.csv"
[[source]]
table = "asks"
file = "data/asks.csv"
delimiter = ";"
[[source]]
table = "agreements"
file = "data/agreements.csv"
[[source]]
table = "goals"
file = "private/goals.csv"
"#;

/// A log of asks with semicolons, CRLF, its own order of columns and no final line end.
const ASKS: &str = "text;id;asked_on;status;answered_on;answer;stage;about;milestone;mine\r\n\
    \"One developer; for two weeks\";A-01;2026-11-10;open;;;raised;;;kept\r\n\
    Move the release;A-02;2026-11-10;open;;;raised;date;M-1;";

fn team() -> tempfile::TempDir {
    let dir = tempfile::tempdir().expect("a folder");
    let write = |name: &str, text: &str| {
        let path = dir.path().join(name);
        std::fs::create_dir_all(path.parent().expect("a folder")).expect("a folder");
        std::fs::write(path, text).expect("a file");
    };
    write("headsup.toml", CONFIG);
    write(
        "data/objectives.csv",
        "id,objective,quarter,agreed_on,wording,agreed_wording\n\
         O,Dataset,Q4 2026,2026-10-02,Customers look up and score risk,Customers look up risk\n",
    );
    write(
        "data/milestones.csv",
        "id,objective,milestone,agreed_due,due,progress\nM-1,O,Release,2026-12-04,2026-12-13,0.4\n",
    );
    write("data/asks.csv", ASKS);
    write("data/agreements.csv", "date,what,objective,milestone,from,to,with\n2026-10-02,confirm,O,,,,Alex Kim\n");
    write("private/goals.csv", "date,goal,who,feedback\n2026-10-02,Senior Manager,me,\n");
    dir
}

fn headsup(dir: &Path, arguments: &[&str]) -> Output {
    Command::new(env!("CARGO_BIN_EXE_headsup"))
        .args(arguments.iter().take(1))
        .arg(dir)
        .args(arguments.iter().skip(1))
        .env_remove("CI")
        .env_remove("GITHUB_ACTIONS")
        .env("NO_COLOR", "1")
        .stdin(std::process::Stdio::null())
        .output()
        .expect("the program runs")
}

fn render(dir: &Path, as_of: &str) {
    let output = headsup(dir, &["render", "--as-of", as_of, "--format", "json"]);
    assert!(output.status.success(), "{}", said(&output));
}

fn said(output: &Output) -> String {
    String::from_utf8_lossy(&output.stderr).into_owned()
}

fn read(dir: &Path, name: &str) -> String {
    std::fs::read_to_string(dir.join(name)).expect("the file is there")
}

#[test]
fn it_keeps_the_very_snapshot_that_was_rendered() {
    let dir = team();
    let dir = dir.path();
    render(dir, "2026-11-20");
    let rendered = read(dir, "out/2026-11-20-snapshot.json");
    // The data moved on since: the 1:1 saw what was rendered.
    let later = read(dir, "data/milestones.csv").replace("0.4", "0.8");
    std::fs::write(dir.join("data/milestones.csv"), later).expect("a file");
    let output = headsup(dir, &["record", "--as-of", "2026-11-20"]);
    assert!(output.status.success(), "{}", said(&output));
    assert_eq!(read(dir, "history/2026-11-20.json"), rendered);
    #[cfg(unix)]
    {
        use std::os::unix::fs::PermissionsExt as _;
        let mode = std::fs::metadata(dir.join("history/2026-11-20.json")).expect("a file").permissions().mode();
        assert_eq!(mode & 0o077, 0);
    }
    // Nothing was decided, so no log changed.
    assert_eq!(read(dir, "data/asks.csv"), ASKS);
}

#[test]
fn twice_on_a_day_is_refused_without_replace() {
    let dir = team();
    let dir = dir.path();
    render(dir, "2026-11-20");
    assert!(headsup(dir, &["record", "--as-of", "2026-11-20"]).status.success());
    let again = headsup(dir, &["record", "--as-of", "2026-11-20"]);
    assert_eq!(again.status.code(), Some(65));
    assert!(said(&again).contains("--replace"), "{}", said(&again));
    assert!(headsup(dir, &["record", "--as-of", "2026-11-20", "--replace"]).status.success());
}

#[test]
fn a_date_agreed_that_is_not_the_due_date_is_pointed_out() {
    let dir = team();
    let dir = dir.path();
    render(dir, "2026-11-20");
    let record = |agreed: &str| {
        headsup(dir, &["record", "--as-of", "2026-11-20", "--replace", "--agree", &format!("date:M-1={agreed}")])
    };
    let output = record("2026-12-18");
    assert!(output.status.success(), "{}", said(&output));
    assert!(
        said(&output).contains("M-1 is agreed for 2026-12-18 and its due date says 2026-12-13"),
        "{}",
        said(&output)
    );
    assert!(!said(&record("2026-12-13")).contains("its due date says"));
}

#[test]
fn without_a_rendered_brief_there_is_nothing_to_keep() {
    let dir = team();
    let output = headsup(dir.path(), &["record", "--as-of", "2026-11-20"]);
    assert_eq!(output.status.code(), Some(65));
    assert!(said(&output).contains("headsup render"), "{}", said(&output));
    assert!(!dir.path().join("history").exists());
}

#[test]
fn decisions_are_appended_in_the_manner_of_the_file() {
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
    // The ask about a date agreed to the date that is promised.
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
    // Said again, as after a run that was cut short: nothing is written twice.
    let mut flags = flags.to_vec();
    flags.push("--replace");
    assert!(headsup(dir, &flags).status.success());
    assert_eq!(read(dir, "data/asks.csv"), asks);
    assert_eq!(read(dir, "data/agreements.csv"), agreements);
}

#[test]
fn what_is_not_there_is_refused_before_anything_is_written() {
    let dir = team();
    let dir = dir.path();
    render(dir, "2026-11-20");
    let flags = ["record", "--as-of", "2026-11-20", "--grant", "A-01", "A-03", "--agree", "date:M-2", "mood:O"];
    let output = headsup(dir, &flags);
    assert_eq!(output.status.code(), Some(65));
    for expected in ["A-03", "did you mean", "M-2", "mood:O"] {
        assert!(said(&output).contains(expected), "{expected}: {}", said(&output));
    }
    assert_eq!(read(dir, "data/asks.csv"), ASKS);
    assert!(!dir.join("history").exists());
}

#[test]
fn the_next_brief_compares_with_what_was_recorded() {
    let dir = team();
    let dir = dir.path();
    render(dir, "2026-11-13");
    assert!(headsup(dir, &["record", "--as-of", "2026-11-13", "--grant", "A-01"]).status.success());
    render(dir, "2026-11-20");
    let brief: serde_json::Value = serde_json::from_str(&read(dir, "out/2026-11-20-brief-boss.json")).expect("a brief");
    let decided: Vec<&str> =
        brief["decided"].as_array().expect("a list").iter().filter_map(|it| it["ask"].as_str()).collect();
    assert_eq!(decided, ["A-01"]);
    assert!(brief["objectives"][0]["milestones"][0]["slip_since_days"].is_i64());
}

/// Appends an answer to the asks of a team whose file holds `asks`, and returns the file.
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
fn writers_at_the_same_time_lose_nothing() {
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
    assert!(read(dir.path(), "data/wins.csv").ends_with("\n2026-11-20,A win,,,,,,,,,,,\n"));
    assert!(read(dir.path(), "headsup.toml").ends_with("[[source]]\ntable = \"wins\"\nfile = \"data/wins.csv\"\n"));
    let (config, _) = headsup::config::Config::load(dir.path()).expect("a config");
    assert!(!append::add(&config, TableKind::Wins, false, &fields).expect("it is there").is_new_log);
}

#[test]
fn what_contradicts_itself_is_refused_before_anything_is_written() {
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
fn a_closed_ask_stays_closed_and_one_decided_anew_on_the_day_keeps_no_old_words() {
    let dir = team();
    let dir = dir.path();
    render(dir, "2026-11-20");
    assert!(headsup(dir, &["record", "--as-of", "2026-11-20", "--grant", "A-01=Yes, from December"]).status.success());
    // The same 1:1, recorded anew: the ask was declined after all.
    let corrected = headsup(dir, &["record", "--as-of", "2026-11-20", "--replace", "--decline", "A-01"]);
    assert!(corrected.status.success(), "{}", said(&corrected));
    let asks = read(dir, "data/asks.csv");
    assert!(asks.ends_with("A-01;2026-11-10;declined;2026-11-20;;raised;;;kept\r\n"), "{asks}");
    // A later one cannot answer it again.
    render(dir, "2026-11-27");
    let output = headsup(dir, &["record", "--as-of", "2026-11-27", "--grant", "A-01"]);
    assert_eq!(output.status.code(), Some(65));
    assert!(said(&output).contains("A-01 was declined on 2026-11-20"), "{}", said(&output));
    assert!(said(&output).contains("headsup add ask"), "{}", said(&output));
    assert_eq!(read(dir, "data/asks.csv"), asks);
}

const CONCERNS: &str = "id,date,person,kind,text,raised_on,closed_on\n\
    P-04,2026-11-06,A. Osei,concern,late twice,,\n,2026-11-09,M. Laurent,signal,quiet in reviews,,\n";

/// The team with a private request, a resource that was granted, and two concerns, one of them without an id.
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
fn all_that_a_conversation_settles_has_a_flag_with_printed_ids() {
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
    // A note without an id is one note, and now it is raised.
    render(dir, "2026-11-27");
    let agenda = headsup(dir, &["render", "--as-of", "2026-11-27", "--for", "me", "--format", "json", "--out", "-"]);
    let brief: serde_json::Value = serde_json::from_slice(&agenda.stdout).expect("a brief");
    let concerns = brief["concerns"].as_array().expect("a list");
    assert_eq!(concerns.len(), 2);
    assert!(concerns.iter().all(|concern| concern["raised_on"] == "2026-11-20"), "{concerns:?}");
    // What was withdrawn is neither open nor decided.
    let asks = brief["asks"].as_array().expect("a list");
    assert!(asks.iter().all(|ask| ask["id"] != "A-04"), "{asks:?}");
    assert!(brief["decided"].as_array().expect("a list").iter().all(|it| it["ask"] != "A-04"));
}

#[test]
fn undo_takes_back_just_what_the_last_record_wrote() {
    let dir = team_with_concerns();
    let dir = dir.path();
    let before = ["data/asks.csv", "data/agreements.csv", "private/concerns.csv", "private/goals.csv"]
        .map(|name| (name, read(dir, name)));
    render(dir, "2026-11-20");
    let flags = ["record", "--as-of", "2026-11-20", "--grant", "A-01=Yes", "--raised", "P-04", "--agree", "wording:O"];
    assert!(headsup(dir, &flags).status.success());
    // What came later stays.
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
    // There is one undo for one record.
    let again = headsup(dir, &["record", "--undo"]);
    assert_eq!(again.status.code(), Some(65));
    // Recorded again, with a row that somebody changed since: nothing is taken back.
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
