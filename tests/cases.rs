//! The cases that are folders, each a test of its own name: `cargo test --test cases table/asana`.
//!
//! `tests/cases/table/NAME/` holds an export, `input.csv`, and what `headsup inspect --format json` must say of it, worked
//! out by hand: `expected.json` names what matters of the answer; what it leaves out may be anything.

use std::path::{Path, PathBuf};
use std::process::{Command, ExitCode};

use libtest_mimic::{Arguments, Failed, Trial};
use serde_json::Value;

fn main() -> ExitCode {
    let arguments = Arguments::from_args();
    let trials = folders("table").into_iter().map(|(name, folder)| Trial::test(name, move || table(&folder))).collect();
    libtest_mimic::run(&arguments, trials).exit_code()
}

/// The case folders of one kind, with the names of their tests.
fn folders(kind: &str) -> Vec<(String, PathBuf)> {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/cases").join(kind);
    let entries = std::fs::read_dir(&root).unwrap_or_else(|e| panic!("{}: {e}", root.display()));
    let mut found: Vec<(String, PathBuf)> = entries
        .map(|entry| entry.expect("a case").path())
        .map(|path| (format!("{kind}/{}", path.file_name().unwrap_or_default().to_string_lossy()), path))
        .collect();
    found.sort();
    assert!(!found.is_empty(), "there is no case in {}", root.display());
    found
}

/// Reads an export and compares.
fn table(folder: &Path) -> Result<(), Failed> {
    let text = std::fs::read(folder.join("expected.json")).map_err(|e| format!("expected.json: {e}"))?;
    let expected: Value = serde_json::from_slice(&text)?;
    let input = folder.join("input.csv");
    let output =
        Command::new(env!("CARGO_BIN_EXE_headsup")).args(["inspect", "--format", "json"]).arg(input).output()?;
    let answer: Value = serde_json::from_slice(&output.stdout)
        .map_err(|e| format!("{e}\n{}", String::from_utf8_lossy(&output.stderr)))?;
    let mut differences = Vec::new();
    compare("", &expected, &answer, &mut differences);
    let exit = output.status.code().unwrap_or(-1);
    if expected.get("exit").and_then(Value::as_i64).unwrap_or(0) != i64::from(exit) {
        differences.push(format!("exit code {exit}, problems {}", answer["problems"]));
    }
    let count = |key: &str| answer[key].as_u64().unwrap_or(u64::MAX);
    let skipped = answer["skipped"].as_array().map_or(0, Vec::len) as u64;
    if count("records") != count("read") + skipped {
        differences.push("records are not read + skipped".to_owned());
    }
    if differences.is_empty() { Ok(()) } else { Err(differences.join("\n").into()) }
}

/// Collects where `actual` is not as `expected`: objects may have more keys, problems more members.
fn compare(path: &str, expected: &Value, actual: &Value, differences: &mut Vec<String>) {
    match (expected, actual) {
        (Value::Object(wanted), Value::Object(found)) if !path.ends_with("/values") => {
            for (key, value) in wanted.iter().filter(|(key, _)| *key != "exit") {
                compare(&format!("{path}/{key}"), value, found.get(key).unwrap_or(&Value::Null), differences);
            }
        }
        (Value::Array(wanted), Value::Array(found)) if path == "/problems" => {
            for problem in wanted {
                let fits = |candidate: &&Value| {
                    let mut own = Vec::new();
                    compare("problem", problem, candidate, &mut own);
                    own.is_empty()
                };
                if !found.iter().any(|candidate| fits(&candidate)) {
                    differences.push(format!("{path}: no {problem} among {actual}"));
                }
            }
        }
        (Value::Array(wanted), Value::Array(found)) if wanted.len() == found.len() => {
            for (i, (wanted, found)) in wanted.iter().zip(found).enumerate() {
                compare(&format!("{path}/{i}"), wanted, found, differences);
            }
        }
        (Value::Number(wanted), Value::Number(found)) if wanted.as_f64() == found.as_f64() => {}
        (Value::Object(wanted), Value::Object(found)) if wanted.iter().all(|(k, v)| found.get(k) == Some(v)) => {}
        _ if expected == actual => {}
        _ => differences.push(format!("{path}: {actual} should be {expected}")),
    }
}
