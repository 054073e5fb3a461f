//! Tests the examples for CI, schedulers, clusters and warehouses by running them or by checking them with the program
//! they are written for; and compares the documentation with the program.

mod ci;
mod cluster;
mod install;
mod readme;
mod warehouse;

use std::collections::BTreeSet;
use std::path::{Path, PathBuf};

use serde_json::Value;

use crate::program::{ends, peer, tool};

pub fn repository(path: &str) -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join(path)
}

pub fn read(path: &str) -> String {
    std::fs::read_to_string(repository(path)).unwrap_or_else(|e| panic!("{path}: {e}"))
}

/// Runs a Python script that prints JSON, with the packages that `.ci/tools` installs.
pub fn python(script: &str, args: &[&str]) -> Value {
    let (content, said) = peer(tool("python/bin/python"), &[&["-c", script], args].concat());
    assert!(content, "{said}");
    serde_json::from_str(&said).unwrap_or_else(|e| panic!("{e}: {said}"))
}

/// Text before a command in Markdown, YAML, a shell script, a crontab and a systemd unit.
const BEFORE_A_CALL: [&str; 8] = ["`", "/", "- ", "  ", "run: ", "\"", "lock ", "|| "];

/// Returns the calls of headsup in a text: the words after each `headsup` that begins a command.
pub fn calls(text: &str) -> Vec<Vec<String>> {
    let mut found = Vec::new();
    for line in text.replace("\\|", "|").lines().filter(|line| !line.trim_start().starts_with("# ")) {
        for (at, _) in line.match_indices("headsup ") {
            let before = &line[..at];
            let command = line[at + "headsup ".len()..].split(['`', ';', '#']).next().unwrap_or_default();
            // In prose, `headsup` is only a name; `test -x …/headsup || …` calls another program.
            let begins = before.is_empty() || BEFORE_A_CALL.iter().any(|end| before.ends_with(end));
            if !begins || command.starts_with("||") {
                continue;
            }
            found.push(command.split_whitespace().map(|word| word.trim_matches(['"', ',']).to_owned()).collect());
        }
    }
    found
}

/// Returns the command of a call and its flags, without values.
pub fn parts(call: &[String]) -> (Option<&str>, BTreeSet<&str>) {
    let command = call.iter().map(String::as_str).find(|word| !word.starts_with('-'));
    (
        command,
        call.iter().filter(|word| word.starts_with("--")).map(|word| word.split('=').next().unwrap_or(word)).collect(),
    )
}

/// Returns the help of a command, and every flag in it.
pub fn help(command: &[&str]) -> (String, BTreeSet<String>) {
    let (text, _) = ends(&[command, &["--help"]].concat(), 0);
    let flags = text.split(|c: char| !(c.is_ascii_alphanumeric() || c == '-')).filter(|word| word.starts_with("--"));
    let flags = flags.map(str::to_owned).collect();
    (text, flags)
}

/// Returns the commands that `headsup --help` lists.
pub fn commands() -> BTreeSet<String> {
    listed(&help(&[]).0)
}

/// Returns the commands that a help text lists.
pub fn listed(help: &str) -> BTreeSet<String> {
    let list = help.split("Commands:\n").nth(1).and_then(|rest| rest.split("\n\n").next()).unwrap_or_default();
    let names = list.lines().filter_map(|line| line.strip_prefix("  ").filter(|line| !line.starts_with(' ')));
    names.filter_map(|line| line.split_whitespace().next()).filter(|name| *name != "help").map(str::to_owned).collect()
}

/// Returns the flags of a command and its subcommands.
pub fn flags_of(command: &str) -> BTreeSet<String> {
    let (text, mut flags) = help(&[command]);
    for below in listed(&text) {
        flags.extend(help(&[command, &below]).1);
    }
    flags
}

#[track_caller]
pub fn assert_exists(place: &str, call: &[String], known: &BTreeSet<String>) {
    let (Some(command), flags) = parts(call) else { return };
    assert!(known.contains(command), "{place} calls `headsup {}`, and there is no {command}", call.join(" "));
    let has = flags_of(command);
    for flag in flags {
        assert!(has.contains(flag), "{place} calls `headsup {}`, and {command} has no {flag}", call.join(" "));
    }
}
