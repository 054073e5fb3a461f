//! Tests of the questions of `headsup init` at a pseudo-terminal, and that a script is asked nothing.

use std::process::Command;

use rexpect::session::{PtySession, spawn_command};

const PATIENCE_MS: u64 = 60_000;
const DOWN: &str = "\x1b[B";

const BOARD: &str = "Key,Title,Status,Sprint,Release,Due\n\
    T-1,Wire the pump,Done,Sprint 7,Pilot,2026-11-13\n\
    T-2,Calibrate,Doing,Sprint 8,Pilot,2026-11-27\n\
    T-3,Write the handbook,Incubating,Sprint 8,Launch,2026-12-04\n\
    T-4,Train the users,Incubating,Sprint 9,Launch,2026-12-11\n\
    T-5,Ship,To Do,Sprint 9,Launch,2026-12-18\n";

struct Folder(tempfile::TempDir);

impl Folder {
    fn new(name: &str, text: &str) -> (Self, String) {
        let dir = tempfile::tempdir().expect("a folder");
        let path = dir.path().join(name);
        std::fs::write(&path, text).expect("a file");
        let path = path.display().to_string();
        (Self(dir), path)
    }

    fn command(&self, export: &str) -> Command {
        let mut command = Command::new(env!("CARGO_BIN_EXE_headsup"));
        command.arg("init").arg(self.0.path().join("team")).args(["--as-of", "2026-11-20", "--from", export]);
        for name in ["CI", "GITHUB_ACTIONS", "GITLAB_CI", "SOURCE_DATE_EPOCH"] {
            command.env_remove(name);
        }
        command.env("NO_COLOR", "1").env("TERM", "xterm");
        command
    }

    fn config(&self) -> String {
        std::fs::read_to_string(self.0.path().join("team/headsup.toml")).expect("a config")
    }
}

#[track_caller]
fn see(session: &mut PtySession, text: &str) {
    if let Err(error) = session.exp_string(text) {
        panic!("{text:?} is not seen: {error}");
    }
}

fn press(session: &mut PtySession, keys: &[&str]) {
    for key in keys {
        session.send(key).and_then(|_| session.flush()).expect("a key is pressed");
    }
}

#[track_caller]
fn ends_well(mut session: PtySession) {
    session.exp_eof().expect("the program ends");
    let status = session.process().wait().expect("a status");
    assert!(matches!(status, rexpect::process::WaitStatus::Exited(_, 0)), "{status:?}");
}

#[test]
fn the_manager_is_asked_what_only_they_know() {
    let (folder, export) = Folder::new("board.csv", BOARD);
    let mut session = spawn_command(folder.command(&export), Some(PATIENCE_MS)).expect("the program runs");
    see(&mut session, "On which day does your week close?");
    press(&mut session, &[DOWN, "\r"]);
    see(&mut session, "Which of these are your milestones?");
    see(&mut session, "Release (tasks): Launch 3, Pilot 2");
    press(&mut session, &["\r"]);
    see(&mut session, "What does \"Incubating\" mean? 2 tasks");
    press(&mut session, &[DOWN, DOWN, DOWN, "\r"]);
    ends_well(session);
    let config = folder.config();
    for line in ["week_ends = \"sunday\"", "milestone = \"Release\"", "paused = [\"Incubating\"]"] {
        assert!(config.contains(line), "{line}: {config}");
    }
}

#[test]
fn the_manager_may_choose_other_milestones_or_none() {
    for (keys, line) in [(&[DOWN, "\r"][..], "milestone = \"Sprint\""), (&[DOWN, DOWN, "\r"], "milestone = []")] {
        let (folder, export) = Folder::new("board.csv", BOARD);
        let mut session = spawn_command(folder.command(&export), Some(PATIENCE_MS)).expect("the program runs");
        see(&mut session, "On which day does your week close?");
        press(&mut session, &["\r"]);
        see(&mut session, "none of these");
        press(&mut session, keys);
        see(&mut session, "What does \"Incubating\" mean?");
        press(&mut session, &["\r"]);
        ends_well(session);
        let config = folder.config();
        assert!(config.contains(line) && config.contains("# say what these mean"), "{line}: {config}");
    }
}

#[test]
fn the_table_of_a_file_is_asked_if_it_is_in_doubt() {
    let (folder, export) = Folder::new("odd.csv", "Thing,Remark\nRegale,gut\nBoden,schlecht\n");
    let mut session = spawn_command(folder.command(&export), Some(PATIENCE_MS)).expect("the program runs");
    see(&mut session, "What does");
    see(&mut session, "tasks: the work");
    press(&mut session, &[DOWN, DOWN, "\r"]);
    see(&mut session, "On which day does your week close?");
    press(&mut session, &["\r"]);
    session.exp_eof().expect("the program ends");
}

#[test]
fn a_script_is_asked_nothing() {
    let (folder, export) = Folder::new("board.csv", BOARD);
    let output = folder.command(&export).stdin(std::process::Stdio::null()).output().expect("it runs");
    assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
    let config = folder.config();
    assert!(config.contains("milestone = \"Release\"") && config.contains("# say what these mean"), "{config}");
    assert!(config.contains("or the day on which your week closes"), "{config}");
}

#[test]
fn one_column_serves_one_field() {
    let list = "Nr;Actie;Eigenaar;Project;Startdatum;Deadline;Status\n1;Scanners bestellen;Jan;Magazijn;01-10-2026;16-10-2026;Afgerond\n\
        2;Scanners uitrollen;Jan;Magazijn;19-10-2026;27-11-2026;Bezig\n3;Contract verlengen;Kees;Vervoer;02-11-2026;30-11-2026;Bezig\n\
        4;Routes testen;Kees;Vervoer;23-11-2026;11-12-2026;Bezig\n";
    let (folder, export) = Folder::new("actielijst.csv", list);
    let mut session = spawn_command(folder.command(&export), Some(PATIENCE_MS)).expect("the program runs");
    see(&mut session, "On which day does your week close?");
    press(&mut session, &["\r"]);
    see(&mut session, "Project (tasks): Magazijn 2, Vervoer 2");
    press(&mut session, &["\r"]);
    ends_well(session);
    let config = folder.config();
    assert_eq!(config.matches("\"Project\"").count(), 1, "{config}");
}
