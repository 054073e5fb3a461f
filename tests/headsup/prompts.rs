//! Tests of the questions of `headsup record` and `headsup week`, which are answered through a pseudo-terminal.

use std::path::Path;
use std::process::Command;

use rexpect::session::{PtySession, spawn_command};

const PATIENCE_MS: u64 = 60_000;
const DOWN: &str = "\x1b[B";
const CTRL_C: char = 'c';
const SHOW_CURSOR: &str = "\x1b[?25h";

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
[[source]]
table = "agreements"
file = "data/agreements.csv"
[[source]]
table = "wins"
file = "data/wins.csv"
[[source]]
table = "goals"
file = "private/goals.csv"
"#;

const ASKS: &str = "id,text,asked_on,status,answered_on,answer,stage,objective\n\
    A-01,One developer,2026-11-10,open,,,raised,O\n\
    A-02,The review,2026-11-12,open,,,raised,O\n";

/// Creates a team with two open asks, a milestone promised late, a finished one without a win, and a goal of the
/// manager's.
fn team() -> tempfile::TempDir {
    let dir = tempfile::tempdir().expect("a folder");
    let write = |name: &str, text: &str| {
        let path = dir.path().join(name);
        std::fs::create_dir_all(path.parent().expect("a folder")).expect("a folder");
        std::fs::write(path, text).expect("a file");
    };
    write("headsup.toml", CONFIG);
    write("data/objectives.csv", "id,objective,quarter,agreed_on\nO,Dataset,Q4 2026,2026-10-02\n");
    write(
        "data/milestones.csv",
        "id,objective,milestone,agreed_due,due,done_on,progress,reason\n\
         M-1,O,Schema,2026-11-13,2026-11-13,2026-11-17,,\n\
         M-2,O,Release,2026-11-18,2026-12-13,,0.4,\n",
    );
    write("data/asks.csv", ASKS);
    write("data/agreements.csv", "date,what,objective,milestone,from,to,with\n");
    write("data/wins.csv", "date,text,kind,objective\n");
    write("private/goals.csv", "date,goal,who,feedback\n2026-10-02,Senior Manager,me,\n");
    dir
}

fn command(dir: &Path, arguments: &[&str]) -> Command {
    let mut command = Command::new(env!("CARGO_BIN_EXE_headsup"));
    command.args(arguments.iter().take(1)).arg(dir).args(arguments.iter().skip(1));
    for name in ["CI", "GITHUB_ACTIONS", "GITLAB_CI", "SOURCE_DATE_EPOCH"] {
        command.env_remove(name);
    }
    command.env("NO_COLOR", "1").env("TERM", "xterm");
    command
}

/// Starts headsup at a pseudo-terminal.
fn start(dir: &Path, arguments: &[&str]) -> PtySession {
    spawn_command(command(dir, arguments), Some(PATIENCE_MS)).expect("the program runs")
}

fn recorded(dir: &Path) -> PtySession {
    let rendered = command(dir, &["render", "--as-of", "2026-11-20", "--format", "json"]).output().expect("it runs");
    assert!(rendered.status.success(), "{}", String::from_utf8_lossy(&rendered.stderr));
    start(dir, &["record", "--as-of", "2026-11-20"])
}

fn read(dir: &Path, name: &str) -> String {
    std::fs::read_to_string(dir.join(name)).expect("the file is there")
}

#[track_caller]
fn see(session: &mut PtySession, text: &str) {
    if let Err(error) = session.exp_string(text) {
        panic!("{text:?} is not seen: {error}");
    }
}

/// Waits for the end and returns the exit code.
#[track_caller]
fn end(mut session: PtySession) -> Option<i32> {
    session.exp_eof().expect("the program ends");
    match session.process().wait().expect("a status") {
        rexpect::process::WaitStatus::Exited(_, code) => Some(code),
        _ => None,
    }
}

fn press(session: &mut PtySession, keys: &str) {
    session.send(keys).and_then(|_| session.flush()).expect("a key is pressed");
}

#[test]
fn record_asks_for_all_decisions() {
    let dir = team();
    let dir = dir.path();
    let mut session = recorded(dir);
    see(&mut session, "One developer");
    press(&mut session, DOWN);
    press(&mut session, "\r");
    see(&mut session, "The boss's words");
    press(&mut session, "Yes, from December\r");
    see(&mut session, "The review");
    press(&mut session, "\r");
    see(&mut session, "Release: was 2026-12-13 agreed?");
    // Other keys than those for yes and no are ignored.
    press(&mut session, "xy");
    see(&mut session, "Feedback on your own goal");
    press(&mut session, "More delegation\r");
    assert_eq!(end(session), Some(0));
    assert!(
        read(dir, "data/asks.csv")
            .ends_with("A-01,One developer,2026-11-10,granted,2026-11-20,\"Yes, from December\",raised,O\n")
    );
    assert!(read(dir, "data/agreements.csv").contains("2026-11-20,date,O,M-2,2026-11-18,2026-12-13,Alex Kim"));
    assert!(read(dir, "private/goals.csv").ends_with("2026-11-20,Senior Manager,me,More delegation\n"));
    assert!(dir.join("history/2026-11-20.json").exists());
}

#[test]
fn enter_decides_nothing() {
    let dir = team();
    let dir = dir.path();
    let mut session = recorded(dir);
    for question in ["One developer", "The review", "was 2026-12-13 agreed?", "Feedback on your own goal"] {
        see(&mut session, question);
        press(&mut session, "\r");
    }
    assert_eq!(end(session), Some(0));
    assert_eq!(read(dir, "data/asks.csv"), ASKS);
    assert_eq!(read(dir, "data/agreements.csv").lines().count(), 1);
    assert!(dir.join("history/2026-11-20.json").exists());
}

#[test]
fn interrupted_questions_write_nothing() {
    let dir = team();
    let dir = dir.path();
    let mut session = recorded(dir);
    see(&mut session, "One developer");
    press(&mut session, DOWN);
    press(&mut session, "\r");
    see(&mut session, "The boss's words");
    session.send_control(CTRL_C).expect("a key is pressed");
    assert_eq!(end(session), Some(130));
    assert_eq!(read(dir, "data/asks.csv"), ASKS);
    assert!(!dir.join("history").exists());
}

#[test]
fn the_cursor_is_restored_and_a_closed_terminal_ends_the_questions() {
    let dir = team();
    let dir = dir.path();
    let mut session = recorded(dir);
    see(&mut session, "not discussed");
    session.send_control(CTRL_C).expect("a key is pressed");
    see(&mut session, SHOW_CURSOR);
    assert_eq!(end(session), Some(130));

    let mut session = recorded(dir);
    see(&mut session, "One developer");
    drop(session);
    assert_eq!(read(dir, "data/asks.csv"), ASKS);
    assert!(!dir.join("history").exists());
}

#[test]
fn week_writes_reasons_and_wins_and_asks_nothing_twice() {
    let dir = team();
    let dir = dir.path();
    let mut session = start(dir, &["week", "--as-of", "2026-11-20"]);
    see(&mut session, "No reason given: Release is late");
    see(&mut session, "Because");
    press(&mut session, "the vendor is late\r");
    see(&mut session, "Is it a win? Schema is done");
    // Enter means "not this week"; the next answer is "no win", followed by the kinds.
    for _ in 0..4 {
        press(&mut session, DOWN);
    }
    press(&mut session, "\r");
    see(&mut session, "As the boss should read it");
    press(&mut session, " and in use\r");
    see(&mut session, "What shows it?");
    press(&mut session, "\r");
    see(&mut session, "Unanswered: One developer (A-01)");
    assert_eq!(end(session), Some(0));
    assert_eq!(read(dir, "data/wins.csv").lines().last(), Some("2026-11-17,Schema is done and in use,feature,O"));
    assert!(read(dir, "data/milestones.csv").trim_end().ends_with("0.4,the vendor is late"));
    assert!(dir.join("out/2026-11-20-brief-boss.pdf").exists());
    // Answered questions are not asked again.
    let mut again = start(dir, &["week", "--as-of", "2026-11-20"]);
    let said = again.exp_eof().expect("it ends");
    assert!(!said.contains("win?") && !said.contains("Because"), "{said}");
}

#[test]
fn no_win_is_final_and_open_questions_are_asked_again_after_the_next_meeting() {
    let dir = team();
    let dir = dir.path();
    let mut session = start(dir, &["week", "--as-of", "2026-11-20"]);
    see(&mut session, "Because");
    press(&mut session, "\r");
    see(&mut session, "Is it a win?");
    press(&mut session, DOWN);
    press(&mut session, "\r");
    assert_eq!(end(session), Some(0));
    let mut same_week = start(dir, &["week", "--as-of", "2026-11-20"]);
    let said = same_week.exp_eof().expect("it ends");
    assert!(!said.contains("Because") && !said.contains("Is it a win?"), "{said}");
    assert!(
        command(dir, &["record", "--as-of", "2026-11-20"])
            .stdin(std::process::Stdio::null())
            .output()
            .expect("it runs")
            .status
            .success()
    );
    let mut next = start(dir, &["week", "--as-of", "2026-11-27"]);
    see(&mut next, "Because");
    press(&mut next, "\r");
    let said = next.exp_eof().expect("it ends");
    assert!(!said.contains("Is it a win?"), "{said}");
    assert_eq!(read(dir, "data/wins.csv").lines().count(), 1);
}

#[test]
fn week_asks_what_an_unknown_status_means_and_writes_it_into_the_config() {
    let dir = team();
    let dir = dir.path();
    let config = CONFIG.to_owned() + "[[source]]\ntable = \"tasks\"\nfile = \"data/tasks.csv\"\n";
    std::fs::write(dir.join("headsup.toml"), config).expect("a file");
    let tasks = "key,title,status,milestone\nT-1,One,Eingelagert,M-2\nT-2,Two,Done,M-2\n";
    std::fs::write(dir.join("data/tasks.csv"), tasks).expect("a file");
    let mut session = start(dir, &["week", "--as-of", "2026-11-20"]);
    see(&mut session, "What does the status \"Eingelagert\" mean?");
    for _ in 0..3 {
        press(&mut session, DOWN);
    }
    press(&mut session, "\r");
    see(&mut session, "written to headsup.toml");
    see(&mut session, "Because");
    press(&mut session, "\r");
    see(&mut session, "Is it a win?");
    press(&mut session, "\r");
    assert_eq!(end(session), Some(0));
    assert!(read(dir, "headsup.toml").ends_with("[source.values.status]\npaused = [\"Eingelagert\"]\n"));
    let checked = command(dir, &["check", "--as-of", "2026-11-20"]).output().expect("it runs");
    assert!(!String::from_utf8_lossy(&checked.stderr).contains("unmapped-status"));
}

#[test]
fn a_win_of_a_confidential_milestone_is_confidential_or_not_written() {
    let dir = team();
    let dir = dir.path();
    let milestones = read(dir, "data/milestones.csv").replace(",reason\n", ",reason,confidential\n");
    let milestones = milestones.replace("2026-11-17,,\n", "2026-11-17,,,yes\n").replace("0.4,\n", "0.4,the vendor,\n");
    std::fs::write(dir.join("data/milestones.csv"), milestones).expect("a file");
    let take = |dir: &Path| {
        let mut session = start(dir, &["week", "--as-of", "2026-11-20"]);
        see(&mut session, "Is it a win? Schema is done");
        for _ in 0..5 {
            press(&mut session, DOWN);
        }
        press(&mut session, "\r");
        see(&mut session, "As the boss should read it");
        press(&mut session, "\r");
        session
    };
    let mut session = take(dir);
    see(&mut session, "What shows it?");
    press(&mut session, "\r");
    see(&mut session, "add a column `confidential`");
    assert_eq!(end(session), Some(0));
    assert_eq!(read(dir, "data/wins.csv").lines().count(), 1);
    std::fs::write(dir.join("data/wins.csv"), "date,text,kind,objective,confidential\n").expect("a file");
    let mut session = take(dir);
    see(&mut session, "What shows it?");
    press(&mut session, "\r");
    assert_eq!(end(session), Some(0));
    assert_eq!(read(dir, "data/wins.csv").lines().last(), Some("2026-11-17,Schema is done,dataset,O,yes"));
}

#[test]
fn remarks_on_a_trackers_milestone_are_kept_in_a_separate_log() {
    let dir = team();
    let dir = dir.path();
    let config = CONFIG.replace(
        "table = \"milestones\"\nfile = \"data/milestones.csv\"",
        "table = \"milestones\"\nfile = \"data/tracker.csv\"\nwhere = { Type = \"Epic\" }\n\
         [source.columns]\nid = \"Key\"\nmilestone = \"Summary\"\ndue = \"Target\"",
    ) + "[[source]]\ntable = \"tasks\"\nfile = \"data/tracker.csv\"\nwhere = { Type = \"Task\" }\n";
    std::fs::write(dir.join("headsup.toml"), config).expect("a file");
    let export = "Key,Summary,Type,Status,Target\nE-1,Release,Epic,Open,2026-11-06\nE-2,Later,Epic,Open,2026-12-18\nT-1,One,Task,Open,\n";
    std::fs::write(dir.join("data/tracker.csv"), export).expect("a file");
    let mut session = start(dir, &["week", "--as-of", "2026-11-20"]);
    see(&mut session, "Release was due on 2026-11-06 and is not reported done");
    press(&mut session, "\r");
    see(&mut session, "Release is late");
    see(&mut session, "Because");
    press(&mut session, "the vendor is late\r");
    assert_eq!(end(session), Some(0));
    // The export is unchanged; the remark is in a separate log, which the next export does not replace.
    assert_eq!(read(dir, "data/tracker.csv"), export);
    let reasons = read(dir, "data/reasons.csv");
    assert!(reasons.contains("E-1,Release,,,the vendor is late,2026-11-20"), "{reasons}");
    let brief =
        command(dir, &["render", "--as-of", "2026-11-20", "--format", "json", "--out", "-"]).output().expect("it runs");
    let brief = String::from_utf8_lossy(&brief.stdout).into_owned();
    assert!(
        brief.contains("\"reason\": \"the vendor is late\"") && brief.contains("\"due\": \"2026-12-18\""),
        "{brief}"
    );
}

#[test]
fn a_date_and_a_reason_of_one_walk_share_one_log() {
    let dir = team();
    let dir = dir.path();
    let config = CONFIG.replace("data/milestones.csv", "data/m.csv");
    std::fs::write(dir.join("headsup.toml"), config).expect("a file");
    std::fs::remove_file(dir.join("data/milestones.csv")).expect("a file");
    let list = "Objective,Milestone,Due,Done\nO,Pilot,2026-11-11,\nO,Launch,,\n";
    std::fs::write(dir.join("data/m.csv"), list).expect("a file");
    let mut session = start(dir, &["week", "--as-of", "2026-11-20"]);
    see(&mut session, "When is Launch due?");
    press(&mut session, "18 Dec 2026\r");
    see(&mut session, "Done, or a new date?");
    press(&mut session, "\r");
    see(&mut session, "Because");
    press(&mut session, "ill\r");
    assert_eq!(end(session), Some(0));
    assert_eq!(read(dir, "headsup.toml").matches("data/reasons.csv").count(), 1);
    let check = command(dir, &["check"]).output().expect("it runs");
    let said = String::from_utf8_lossy(&check.stdout).into_owned() + &String::from_utf8_lossy(&check.stderr);
    assert!(!said.contains("repeated-file") && !said.contains("no-date"), "{said}");
}

#[test]
fn titles_of_tasks_are_no_win_by_enter() {
    let dir = team();
    let dir = dir.path();
    let config = CONFIG.to_owned() + "[[source]]\ntable = \"tasks\"\nfile = \"data/tasks.csv\"\n";
    std::fs::write(dir.join("headsup.toml"), config).expect("a file");
    let milestones = read(dir, "data/milestones.csv").replace("2026-11-17,,", ",,").replace("0.4,", "0.4,ill");
    let milestones = milestones.replace("2026-11-13,2026-11-13", "2026-12-11,2026-12-11");
    std::fs::write(dir.join("data/milestones.csv"), milestones).expect("a file");
    let tasks = "key,title,milestone,status,done_on\nT-1,Fix it,M-1,Done,2026-11-18\nT-2,Mend it,M-1,Done,2026-11-18\n";
    std::fs::write(dir.join("data/tasks.csv"), tasks).expect("a file");
    let mut session = start(dir, &["week", "--as-of", "2026-11-20"]);
    see(&mut session, "Is it a win? 2");
    press(&mut session, DOWN);
    press(&mut session, DOWN);
    press(&mut session, "\r");
    see(&mut session, "As the boss should read it");
    press(&mut session, "\r");
    assert_eq!(end(session), Some(0));
    assert_eq!(read(dir, "data/wins.csv").lines().count(), 1);
}

#[test]
fn an_overdue_milestone_is_done_or_gets_a_new_date_whatever_its_reason() {
    let dir = team();
    let dir = dir.path();
    let config = CONFIG.to_owned() + "[[source]]\ntable = \"milestones\"\nfile = \"data/list.csv\"\n";
    std::fs::write(dir.join("headsup.toml"), config).expect("a file");
    let log = "id,milestone,agreed_due,due,status,reason\nM-1,Move,2026-11-06,2026-11-06,in progress,ill\n";
    std::fs::write(dir.join("data/milestones.csv"), log).expect("a file");
    let list = "Milestone,Due,Status,Comment\nPilot,2026-11-11,in progress,the vendor is late\n\
        Beta,2026-11-12,in progress,\n";
    std::fs::write(dir.join("data/list.csv"), list).expect("a file");
    let mut session = start(dir, &["week", "--as-of", "2026-11-20"]);
    see(&mut session, "Move was due on 2026-11-06");
    press(&mut session, "done\r");
    see(&mut session, "Pilot was due on 2026-11-11");
    press(&mut session, "18 Dec 2026\r");
    // An answer that is neither is asked for again. "Done" is kept beside a list that the team does not edit, and what
    // is done needs no reason for being late.
    see(&mut session, "Beta was due on 2026-11-12");
    press(&mut session, "perhaps\r");
    see(&mut session, "Done, or a new date?");
    press(&mut session, "fertig\r");
    assert_eq!(end(session), Some(0));
    assert!(read(dir, "data/milestones.csv").contains(",done,"));
    assert!(read(dir, "data/reasons.csv").contains("Beta,,done,"));
    let brief = command(dir, &["render", "--as-of", "2026-11-20", "--format", "md", "--out", "-"]).output();
    let brief = String::from_utf8_lossy(&brief.expect("it runs").stdout).replace('\u{a0}', " ");
    assert!(brief.contains("| Pilot | 11 Nov | 11 Nov | 18 Dec | 18 Dec | late"), "{brief}");
    assert!(brief.contains("| Beta | 12 Nov | 12 Nov | 12 Nov |  | done"), "{brief}");
}
