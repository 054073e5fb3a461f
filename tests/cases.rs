//! Tests from folders of cases, each with its own name: `cargo test --test cases table/asana`.
//!
//! `tests/cases/table/NAME/` contains an export, `input.csv`, and `expected.json`, which was worked out by hand: what
//! `headsup inspect --format json` must print. Parts that it leaves out may have any value.
//!
//! `tests/cases/faults/NAME/` contains exports that were once read wrongly, alone or as a team folder. `expected.json`
//! contains the date, the exports for `init`, the date after a 1:1 and the file that is replaced then, and sentences
//! that the boss's page or a message must contain, or must not contain.

use std::path::{Path, PathBuf};
use std::process::{Command, ExitCode, Stdio};

use libtest_mimic::{Arguments, Failed, Trial};
use serde_json::Value;

fn main() -> ExitCode {
    let arguments = Arguments::from_args();
    let of = |kind: &str, test: fn(&Path) -> Result<(), Failed>| {
        folders(kind).into_iter().map(move |(name, folder)| Trial::test(name, move || test(&folder)))
    };
    let trials = of("table", table).chain(of("faults", fault)).collect();
    libtest_mimic::run(&arguments, trials).exit_code()
}

/// Returns the case folders of one kind, with the names of their tests.
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

/// Returns the program as it runs at a terminal: in a CI job it would make the copy that may be shared.
fn headsup() -> Command {
    let mut command = Command::new(env!("CARGO_BIN_EXE_headsup"));
    for name in ["CI", "GITHUB_ACTIONS", "GITHUB_STEP_SUMMARY", "SOURCE_DATE_EPOCH"] {
        command.env_remove(name);
    }
    command
}

/// Returns what a program printed on both streams, with plain spaces and without Markdown syntax.
fn said(args: &[&str], code: i64) -> Result<String, Failed> {
    let output = headsup().args(args).stdin(Stdio::null()).output()?;
    let text = [output.stdout, output.stderr].map(|bytes| String::from_utf8_lossy(&bytes).into_owned()).concat();
    match output.status.code().map(i64::from) == Some(code) {
        true => Ok(text.replace(['\u{a0}', '\u{202f}'], " ").replace(['*', '\\', '\u{2060}'], "")),
        false => Err(format!("{args:?} ended with {:?}: {text}", output.status.code()).into()),
    }
}

/// Makes the brief of a team and searches it for sentences.
fn fault(folder: &Path) -> Result<(), Failed> {
    let expected: Value = serde_json::from_slice(&std::fs::read(folder.join("expected.json"))?)?;
    let list =
        |key: &str| -> Vec<&str> { expected[key].as_array().into_iter().flatten().filter_map(Value::as_str).collect() };
    let made = tempfile::tempdir()?;
    let (dir, code) = (made.path().join("team"), expected["code"].as_i64().unwrap_or(0));
    let team = dir.to_str().ok_or("a path")?;
    let mut as_of = expected["as_of"].as_str().unwrap_or("2026-11-20");
    let mut text = String::new();
    if list("from").is_empty() {
        copy(folder, &dir)?;
    } else {
        let from: Vec<String> =
            list("from").iter().map(|file| folder.join(file).to_string_lossy().into_owned()).collect();
        let from = from.iter().flat_map(|file| ["--from", file]);
        let args: Vec<&str> = ["init", team, "--as-of", as_of].into_iter().chain(from).collect();
        text += &said(&args, code)?;
    }
    if let Some([file, by]) = expected["then"]["replace"].as_array().map(Vec::as_slice) {
        said(&["render", team, "--as-of", as_of, "--format", "md"], 0)?;
        said(&["record", team, "--as-of", as_of], 0)?;
        let place = |file: &Value| dir.join(file.as_str().unwrap_or_default());
        std::fs::copy(place(by), place(file))?;
        as_of = expected["then"]["as_of"].as_str().unwrap_or(as_of);
    }
    if code == 0 {
        text += &said(&["render", team, "--as-of", as_of, "--format", "md", "--out", "-"], 0)?;
    }
    let checked = if list("check").is_empty() { String::new() } else { said(&["check", team, "--as-of", as_of], 0)? };
    let missing = list("says").into_iter().filter(|line| !text.contains(line));
    let missing = missing.chain(list("check").into_iter().filter(|line| !checked.contains(line)));
    let wrong = list("never").into_iter().filter(|line| text.contains(line));
    let differences: Vec<String> =
        missing.map(|line| format!("unsaid: {line}")).chain(wrong.map(|line| format!("said: {line}"))).collect();
    if differences.is_empty() { Ok(()) } else { Err(format!("{}\n{text}", differences.join("\n")).into()) }
}

/// Copies a folder with its subfolders.
fn copy(from: &Path, to: &Path) -> std::io::Result<()> {
    std::fs::create_dir_all(to)?;
    for entry in std::fs::read_dir(from)? {
        let entry = entry?;
        let (path, to) = (entry.path(), to.join(entry.file_name()));
        if path.is_dir() { copy(&path, &to)? } else { std::fs::copy(&path, &to).map(drop)? }
    }
    Ok(())
}

/// Inspects an export and compares the result.
fn table(folder: &Path) -> Result<(), Failed> {
    let text = std::fs::read(folder.join("expected.json")).map_err(|e| format!("expected.json: {e}"))?;
    let expected: Value = serde_json::from_slice(&text)?;
    let input = folder.join("input.csv");
    let output = headsup().args(["inspect", "--format", "json"]).arg(input).output()?;
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

/// Collects the differences between `actual` and `expected`. Objects may have more keys, and problems more members.
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
