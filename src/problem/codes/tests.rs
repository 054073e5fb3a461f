//! Tests that every code in the sources is registered, and that every registered code is used.

use std::collections::BTreeSet;
use std::path::Path;

use super::*;

#[test]
fn names_are_unique_and_each_entry_is_complete() {
    let names: BTreeSet<&str> = all().map(|code| code.name).collect();
    assert_eq!(names.len(), all().count());
    for code in all() {
        let name = code.name;
        assert!(name.chars().all(|c| c.is_ascii_lowercase() || c == '-'), "{name}");
        assert!(code.meaning.ends_with('.') && code.help.ends_with('.'), "{name}");
        assert!(!code.example.is_empty() && !code.example.ends_with('.'), "{name}: a message has no final stop");
    }
}

/// Collects the sources without their tests.
fn sources(dir: &Path, found: &mut String) {
    for entry in std::fs::read_dir(dir).unwrap() {
        let path = entry.unwrap().path();
        let name = path.file_name().unwrap().to_str().unwrap();
        if path.is_dir() && name != "codes" && name != "tests" {
            sources(&path, found);
        } else if name.ends_with(".rs") && !name.ends_with("tests.rs") && name != "codes.rs" {
            let text = std::fs::read_to_string(&path).unwrap();
            *found += text.split("\n#[cfg(test)]\nmod ").next().unwrap();
        }
    }
}

#[test]
fn the_codes_in_the_sources_equal_the_registry() {
    let mut text = String::new();
    sources(&Path::new(env!("CARGO_MANIFEST_DIR")).join("src"), &mut text);
    let mut made = BTreeSet::new();
    for call in ["Problem::error(", "Problem::warning(", "Problem::note("] {
        for (at, _) in text.match_indices(call) {
            let first = text[at + call.len()..].trim_start();
            if let Some(code) = first.strip_prefix('"').and_then(|rest| rest.split('"').next()) {
                made.insert(code);
            }
        }
    }
    let unknown: Vec<_> = made.iter().filter(|code| find(code).is_none()).collect();
    assert!(unknown.is_empty(), "not in src/problem/codes/: {unknown:?}");
    // A code may also be assigned to a variable or passed as an argument.
    let idle: Vec<_> = all().map(|code| code.name).filter(|name| !text.contains(&format!("\"{name}\""))).collect();
    assert!(idle.is_empty(), "no problem has the code: {idle:?}");
}
