//! Runs the program in a fixed environment and in temporary folders. Several test files use this.

use std::path::{Path, PathBuf};
use std::process::{Command, Output, Stdio};

/// Returns a command for headsup, without the environment variables that it uses.
pub fn headsup() -> Command {
    let mut command = Command::new(env!("CARGO_BIN_EXE_headsup"));
    for name in ["CI", "GITHUB_ACTIONS", "GITHUB_STEP_SUMMARY", "SOURCE_DATE_EPOCH"] {
        command.env_remove(name);
    }
    command.stdin(Stdio::null());
    command
}

/// Runs headsup until it ends.
pub fn run(args: &[&str]) -> Output {
    headsup().args(args).output().expect("headsup runs")
}

/// Runs headsup, checks the exit code, and returns what it printed on stdout and on stderr.
pub fn ends(args: &[&str], code: i32) -> (String, String) {
    let output = run(args);
    let text = |bytes: &[u8]| String::from_utf8_lossy(bytes).into_owned();
    assert_eq!(output.status.code(), Some(code), "{args:?}: {}", text(&output.stderr));
    (text(&output.stdout), text(&output.stderr))
}

/// Returns the path of something that `.ci/tools` installs.
pub fn tool(path: &str) -> PathBuf {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("target/tools").join(path);
    assert!(path.exists(), "{} is missing; `.ci/tools` installs it", path.display());
    path
}

/// Runs another program in the repository. Returns whether it succeeded, and its output.
pub fn peer(program: impl AsRef<Path>, args: &[&str]) -> (bool, String) {
    let program = program.as_ref();
    let output = Command::new(program)
        .args(args)
        .current_dir(env!("CARGO_MANIFEST_DIR"))
        .output()
        .unwrap_or_else(|e| panic!("{} cannot be run ({e}); `.ci/tools` installs it", program.display()));
    let said = String::from_utf8_lossy(&output.stdout).into_owned() + &String::from_utf8_lossy(&output.stderr);
    (output.status.success(), said)
}

pub fn s(path: &Path) -> &str {
    path.to_str().expect("a path in UTF-8")
}

/// Copies a folder with its subfolders.
pub fn copy(from: &Path, to: &Path) {
    std::fs::create_dir_all(to).expect("the folder can be made");
    for entry in std::fs::read_dir(from).expect("a folder") {
        let entry = entry.expect("an entry");
        let target = to.join(entry.file_name());
        if entry.path().is_dir() {
            copy(&entry.path(), &target);
        } else {
            std::fs::copy(entry.path(), target).expect("the file can be copied");
        }
    }
}

/// Creates a small team: two milestones, twelve weeks of one metric.
pub fn small_team(dir: &Path, name: &str) {
    std::fs::create_dir_all(dir.join("data")).expect("the folder can be made");
    let toml = format!(
        "[team]\nname = \"{name}\"\nmanager = \"Dana Reyes\"\n\
[[source]]\ntable = \"milestones\"\nfile = \"data/milestones.csv\"\n\
[[source]]\ntable = \"metrics\"\nfile = \"data/metrics.csv\"\n\
[[metric]]\nname = \"Records in error\"\ncolumn = \"errors\"\naggregate = \"mean\"\nbetter = \"down\"\n"
    );
    let milestones = "objective,milestone,agreed_due,due,progress,as_of\n\
Speed,First feeds,2026-11-06,2026-12-11,40%,2026-11-19\nSpeed,All feeds,2026-12-18,2026-12-18,10%,2026-11-19\n";
    let mut metrics = "date,errors\n".to_owned();
    let first: chrono::NaiveDate = "2026-09-04".parse().expect("a date");
    for (week, value) in first.iter_weeks().zip([4, 5, 4, 6, 5, 4, 5, 5, 6, 4, 5, 9]) {
        metrics.push_str(&format!("{week},{value}\n"));
    }
    for (file, text) in [("headsup.toml", &*toml), ("data/milestones.csv", milestones), ("data/metrics.csv", &metrics)]
    {
        std::fs::write(dir.join(file), text).expect("the file can be written");
    }
}
