//! Tests of completions in a real bash: ids come from the team, file names from the folder, options from the script.

use std::path::Path;
use std::process::Command;

use rexpect::session::{PtySession, spawn_command};

use crate::program::s;

fn team() -> tempfile::TempDir {
    let dir = tempfile::tempdir().expect("a folder");
    let write = |name: &str, text: &str| std::fs::write(dir.path().join(name), text).expect("a file");
    write(
        "headsup.toml",
        "[team]\nname = \"T\"\nmembers = [\"Ann Osei\"]\n[[source]]\ntable = \"milestones\"\nfile = \"plan.csv\"\n\
         [[source]]\ntable = \"asks\"\nfile = \"asks.csv\"\n",
    );
    write("plan.csv", "objective,milestone,agreed_due,due\nSpeed,First feeds,2026-12-04,2026-12-04\n");
    write(
        "asks.csv",
        "id,text,asked_on,stage,status,answered_on\nA-01,One reviewer,2026-11-10,raised,open,\nA-02,The review,2026-11-01,raised,granted,2026-11-03\n\
         B-03,A raise,2026-11-10,private,open,\n",
    );
    write("other notes.csv", "a,b\n1,2\n");
    dir
}

/// Starts a bash in the folder, with the completions loaded.
fn bash(dir: &Path) -> PtySession {
    let mut command = Command::new("bash");
    command.args(["--norc", "--noprofile", "-i"]).current_dir(dir).env("PS1", "$ ").env("TERM", "dumb");
    let program = Path::new(env!("CARGO_BIN_EXE_headsup")).parent().expect("a folder");
    let path = std::env::var("PATH").unwrap_or_default();
    command.env("PATH", format!("{}:{path}", program.display()));
    // In a CI job only what may be shared is offered.
    for name in ["CI", "GITHUB_ACTIONS"] {
        command.env_remove(name);
    }
    let mut session = spawn_command(command, Some(60_000)).expect("bash starts");
    session.send_line("bind 'set bell-style none'; source <(headsup completions bash); echo re''ady").expect("a line");
    session.exp_string("ready").expect("it is ready");
    session
}

/// Returns the line after pressing Tab at its end. The line is printed instead of run.
fn completed(session: &mut PtySession, line: &str) -> String {
    session.send(&format!("{line}\t")).expect("keys");
    session.flush().expect("keys");
    // The shell calls the program in the meantime.
    std::thread::sleep(std::time::Duration::from_millis(2500));
    session.send("\x01printf '<%s>\\n' \x05 end\n").expect("keys");
    session.flush().expect("keys");
    let (_, said) = session.exp_regex("<headsup>(?s:.)*<end>").expect("the words");
    said.lines().filter_map(|line| line.trim().strip_prefix('<')?.strip_suffix('>')).collect::<Vec<_>>().join(" ")
}

#[test]
fn bash_completes_ids_names_files_and_options() {
    let dir = team();
    let mut session = bash(dir.path());
    for (line, wanted) in [
        ("headsup record --grant A", "headsup record --grant A-01 end"),
        ("headsup record --sounded ", "headsup record --sounded B-03 end"),
        ("headsup record --grant A-01 --delivered ", "headsup record --grant A-01 --delivered A-02 end"),
        ("headsup inspect oth", "headsup inspect other notes.csv end"),
        ("headsup forget A", "headsup forget Ann Osei end"),
        ("headsup add win --milestone Fi", "headsup add win --milestone First feeds end"),
        ("headsup help bad-sh", "headsup help bad-share end"),
        ("headsup record --gra", "headsup record --grant end"),
        ("headsup ren", "headsup render end"),
    ] {
        assert_eq!(completed(&mut session, line), wanted, "{line}");
    }
}

#[test]
fn only_words_that_fit_the_option_are_offered() {
    let dir = team();
    let words = |line: &str| {
        let mut command = crate::program::headsup();
        let output = command.arg("complete-words").arg("--").args(line.split(' ')).current_dir(dir.path()).output();
        String::from_utf8_lossy(&output.expect("it runs").stdout).lines().map(str::to_owned).collect::<Vec<_>>()
    };
    assert_eq!(words("record --grant "), ["A-01", "B-03"]);
    assert_eq!(words("record . --decline b"), ["B-03"]);
    assert_eq!(words("inspect "), ["asks.csv", "other notes.csv", "plan.csv"]);
    assert_eq!(words("init new --from p"), ["plan.csv"]);
    let nested = format!("record {} --raised ", s(dir.path()));
    assert_eq!(words(&nested), ["B-03"]);
    // If the config cannot be read, nothing is offered and no error is printed.
    std::fs::write(dir.path().join("headsup.toml"), "[team").expect("a file");
    assert!(words("record --grant ").is_empty());
}
