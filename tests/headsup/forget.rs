//! Tests of `headsup forget`: after it, no file of the team names the person.

use std::path::Path;

use crate::program::{copy, ends, run, s};

fn files(dir: &Path) -> Vec<(String, Vec<u8>)> {
    let mut found = Vec::new();
    for entry in std::fs::read_dir(dir).expect("a folder") {
        let path = entry.expect("an entry").path();
        if path.is_dir() {
            found.extend(files(&path));
        } else {
            found.push((path.display().to_string(), std::fs::read(&path).expect("a file")));
        }
    }
    found
}

#[test]
fn a_person_leaves_no_trace_and_the_brief_can_still_be_made() {
    let team = tempfile::tempdir().expect("a folder");
    let dir = team.path();
    copy(Path::new("examples/curation"), dir);
    for copy in ["boss", "me"] {
        ends(&["render", s(dir), "--as-of", "2026-11-20", "--for", copy, "--format", "html,json"], 0);
    }
    ends(&["mail", s(dir), "--as-of", "2026-11-20"], 0);
    ends(&["record", s(dir), "--as-of", "2026-11-20"], 0);
    let holds = |bytes: &[u8]| String::from_utf8_lossy(bytes).to_lowercase().contains("m. laurent");
    let naming = files(dir).iter().filter(|(_, bytes)| holds(bytes)).count();
    assert!(naming >= 4, "the example names somebody in {naming} files");
    let before: Vec<String> = files(dir).into_iter().map(|(name, _)| name).collect();
    // With --dry-run it says what it would do, and changes nothing.
    let (_, said) = ends(&["forget", "M. Laurent", s(dir), "--dry-run"], 0);
    assert!(said.contains("rows deleted") && said.contains("nothing was changed"), "{said}");
    ends(&["forget", "M. Laurent", s(dir)], 2);
    assert_eq!(files(dir).into_iter().map(|(name, _)| name).collect::<Vec<_>>(), before);
    ends(&["forget", "M. Laurent", s(dir), "--yes"], 0);
    for (name, bytes) in files(dir) {
        assert!(!holds(&bytes), "{name}");
        assert!(!name.ends_with(".eml") && !name.ends_with(".pdf"), "{name}");
    }
    ends(&["render", s(dir), "--as-of", "2026-11-27", "--for", "me", "--format", "json"], 0);
    let (_, said) = ends(&["forget", "M. Laurent", s(dir), "--yes"], 0);
    assert!(said.contains("no file"), "{said}");
    assert_eq!(run(&["forget", "Dana Reyes", s(dir), "--yes"]).status.code(), Some(2));
}

#[test]
fn an_unknown_name_deletes_nothing() {
    let team = tempfile::tempdir().expect("a folder");
    let dir = team.path();
    copy(Path::new("examples/curation"), dir);
    ends(&["mail", s(dir), "--as-of", "2026-11-20"], 0);
    let before = files(dir);
    assert!(before.iter().any(|(name, _)| name.ends_with(".eml")));
    let (_, said) = ends(&["forget", "Nobody Here", s(dir), "--yes"], 0);
    assert!(said.contains("names Nobody Here; PDFs, mails and invites cannot be searched and are kept"), "{said}");
    assert_eq!(files(dir), before);
}
