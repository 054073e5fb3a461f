//! Exports in the manner of many tools, each with what `headsup inspect --format json` must say of it, worked out by
//! hand. `tests/cases/table/NAME/expected.json` names what matters of the answer; what it leaves out may be anything.

mod far;
mod roundtrip;
mod spectrum;

use std::path::{Path, PathBuf};
use std::process::Command;

use serde_json::Value;

fn cases() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/cases/table")
}

/// The answer and the exit code of `inspect`.
fn inspect(file: &Path) -> (Value, i32) {
    let output = Command::new(env!("CARGO_BIN_EXE_headsup"))
        .args(["inspect", "--format", "json"])
        .arg(file)
        .output()
        .expect("headsup runs");
    let answer = serde_json::from_slice(&output.stdout)
        .unwrap_or_else(|e| panic!("{}: {e}\n{}", file.display(), String::from_utf8_lossy(&output.stderr)));
    (answer, output.status.code().unwrap_or(-1))
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

#[test]
fn every_case_is_read_as_expected() {
    let mut failures = Vec::new();
    let mut names: Vec<PathBuf> =
        std::fs::read_dir(cases()).expect("cases").map(|e| e.expect("a case").path()).collect();
    names.sort();
    assert!(names.len() >= 40, "the cases are there");
    for case in names {
        let expected: Value =
            serde_json::from_slice(&std::fs::read(case.join("expected.json")).expect("expected.json")).expect("JSON");
        let (answer, exit) = inspect(&case.join("input.csv"));
        let mut differences = Vec::new();
        compare("", &expected, &answer, &mut differences);
        if expected.get("exit").and_then(Value::as_i64).unwrap_or(0) != i64::from(exit) {
            differences.push(format!("exit code {exit}, problems {}", answer["problems"]));
        }
        let count = |key: &str| answer[key].as_u64().unwrap_or(u64::MAX);
        let skipped = answer["skipped"].as_array().map_or(0, Vec::len) as u64;
        if count("records") != count("read") + skipped {
            differences.push("records are not read + skipped".to_owned());
        }
        if !differences.is_empty() {
            failures.push(format!("{}:\n  {}", case.display(), differences.join("\n  ")));
        }
    }
    assert!(failures.is_empty(), "\n{}", failures.join("\n"));
}
