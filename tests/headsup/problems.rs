//! Tests of the messages for the most frequent problems: each folder in tests/cases/problems/ is named after a code,
//! and contains everything that `headsup check` prints. `HEADSUP_BLESS=1` rewrites these files.

use std::process::Command;

#[test]
fn each_problem_is_printed_with_its_place_and_help() {
    let cases = std::path::Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/cases/problems");
    let mut folders: Vec<_> = std::fs::read_dir(cases).unwrap().map(|entry| entry.unwrap().path()).collect();
    folders.sort();
    let mut wrong = Vec::new();
    for folder in &folders {
        let code = folder.file_name().unwrap().to_str().unwrap();
        let mut check = Command::new(env!("CARGO_BIN_EXE_headsup"));
        check.args(["check", "--as-of", "2026-11-20"]).current_dir(folder).env("NO_COLOR", "1");
        let output = check.env_remove("GITHUB_ACTIONS").env_remove("CI").output().unwrap();
        let said = String::from_utf8(output.stderr).unwrap();
        assert!(said.contains(&format!("[{code}]")), "{code}:\n{said}");
        let kept = folder.join("stderr.txt");
        if std::env::var_os("HEADSUP_BLESS").is_some() {
            std::fs::write(&kept, &said).unwrap();
        } else if std::fs::read_to_string(&kept).unwrap_or_default() != said {
            wrong.push(format!("{code} says now:\n{said}"));
        }
    }
    assert!(folders.len() >= 20 && wrong.is_empty(), "{}", wrong.join("\n"));
}
