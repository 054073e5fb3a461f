//! Tests that a copy equals, byte for byte, that of a team without the withheld rows: in every format, over recorded
//! weeks, with their records. The only exception are counts that a copy may show, so these teams have none.

use std::collections::BTreeMap;
use std::path::Path;

use super::canaries::team;
use super::printed;
use super::ways::Way;

const WEEKS: [&str; 3] = ["2026-11-06", "2026-11-13", "2026-11-20"];

/// Renders and records each week, then renders the last one in every format. Returns all files of it, and the records.
fn outputs(dir: &Path, audience: &str, formats: &str) -> BTreeMap<String, Vec<u8>> {
    let base = dir.to_str().unwrap();
    for week in &WEEKS[..2] {
        printed(&["render", base, "--as-of", week, "--for", audience, "--format", "json"]);
        printed(&["record", base, "--as-of", week]);
    }
    let _ = std::fs::remove_dir_all(dir.join("out"));
    let said = printed(&["render", base, "--as-of", WEEKS[2], "--for", audience, "--format", formats]);
    let mut files = BTreeMap::new();
    for folder in ["out", "history"] {
        for file in std::fs::read_dir(dir.join(folder)).unwrap_or_else(|_| panic!("{said}")).flatten() {
            let name = format!("{folder}/{}", file.file_name().to_string_lossy());
            // The snapshot beside a brief is for the manager: it contains what the boss copy could show.
            if !(folder == "out" && name.ends_with("snapshot.json")) {
                files.insert(name, std::fs::read(file.path()).unwrap());
            }
        }
    }
    files
}

fn assert_alike(what: &str, with: &Path, without: &Path, audience: &str) {
    let (with, without) =
        (outputs(with, audience, "pdf,html,md,txt,json"), outputs(without, audience, "pdf,html,md,txt,json"));
    assert_eq!(with.keys().collect::<Vec<_>>(), without.keys().collect::<Vec<_>>(), "{what}");
    assert!(with.keys().filter(|name| name.starts_with("history/")).count() >= 2, "{what}: {:?}", with.keys());
    for (name, bytes) in &with {
        let other = &without[name];
        let (text, other_text) = (String::from_utf8_lossy(bytes), String::from_utf8_lossy(other));
        let differ = text.lines().zip(other_text.lines()).find(|(one, other)| one != other);
        assert!(bytes == other, "{what}: {audience} {name} differs: {differ:.300?}");
    }
}

#[test]
fn a_shared_copy_is_that_of_a_team_without_the_withheld_rows_over_recorded_weeks() {
    for way in [Way::PrivateFile, Way::Mark, Way::LaterMark] {
        let (with, without) = (tempfile::tempdir().unwrap(), tempfile::tempdir().unwrap());
        team(with.path(), way, true);
        team(without.path(), way, false);
        if way != Way::PrivateFile {
            // Marked tasks are counted, and a file of metrics with a marked row is for the manager only.
            for file in ["data/tasks.csv", "data/metrics.csv"] {
                std::fs::copy(without.path().join(file), with.path().join(file)).unwrap();
            }
        }
        assert_alike(&format!("{way:?}"), with.path(), without.path(), "shared");
    }
}

/// Rows that the boss must not see are concerns, signals, and the tasks of private files.
#[test]
fn a_boss_copy_is_that_of_a_team_without_the_withheld_rows_over_recorded_weeks() {
    let notes = "date,person,kind,text,hypothesis,next_step,raised_on,closed_on\n";
    let shown = "2026-11-16,Ada Osei,highlight,Led the review,,,,\n";
    let withheld = "2026-11-04,Ada Osei,concern,Leaves early,tired,talk,,\n2026-11-11,Li Wu,signal,Quiet in meetings,,,,\n2026-11-11,Li Wu,odd word,Anything,,,,\n2026-08-01,Li Wu,concern,Old,,,,2026-08-10\n";
    let tasks = "key,title,status,milestone,created,done_on,labels\n";
    let private = "P-1,Reorganise,doing,m1,2026-10-05,,\nP-2,Interviews,done,m1,2026-10-05,2026-11-18,\nP-3,x,zzz,,2026-10-05,,\n";
    let (with, without) = (tempfile::tempdir().unwrap(), tempfile::tempdir().unwrap());
    for (dir, has_them) in [(with.path(), true), (without.path(), false)] {
        team(dir, Way::Mark, false);
        std::fs::write(dir.join("data/people.csv"), format!("{notes}{shown}{}", if has_them { withheld } else { "" }))
            .unwrap();
        std::fs::write(dir.join("private/tasks.csv"), format!("{tasks}{}", if has_them { private } else { "" }))
            .unwrap();
        let config = std::fs::read_to_string(dir.join("headsup.toml")).unwrap()
            + "[[source]]\ntable = \"tasks\"\nfile = \"private/tasks.csv\"\n";
        std::fs::write(dir.join("headsup.toml"), config).unwrap();
    }
    assert_alike("boss", with.path(), without.path(), "boss");
}

/// Concerns that were closed at least 90 days ago disappear from all output, even the manager's.
#[test]
fn a_concern_that_was_closed_long_ago_is_not_shown() {
    let notes = "date,person,kind,text,hypothesis,next_step,raised_on,closed_on\n2026-11-16,Ada Osei,highlight,Led the review,,,,\n";
    let closed = "2026-07-01,Ada Osei,concern,SECRET concern,SECRET guess,SECRET step,2026-07-10,2026-08-10\n";
    let dir = tempfile::tempdir().unwrap();
    team(dir.path(), Way::Mark, false);
    std::fs::write(dir.path().join("data/people.csv"), format!("{notes}{closed}")).unwrap();
    let config = std::fs::read_to_string(dir.path().join("headsup.toml")).unwrap();
    let config = config.replace("[brief]", "[brief]\nconcerns = true");
    std::fs::write(dir.path().join("headsup.toml"), config).unwrap();
    for audience in ["me", "boss", "shared"] {
        for (name, bytes) in outputs(dir.path(), audience, "html,md,txt,json") {
            assert!(!String::from_utf8_lossy(&bytes).contains("SECRET"), "{audience}: {name}");
        }
    }
    let base = dir.path().to_str().unwrap();
    let said = printed(&["week", base, "--as-of", "2026-11-20", "--yes"]);
    assert!(!said.contains("SECRET"), "{said}");
}

/// The shared copy shows news about people only once, and never the reason for a day off.
#[test]
fn a_shared_copy_has_only_new_notes_and_no_reason_for_a_day_off() {
    let notes = "date,person,kind,text,before,ask\n2026-11-05,Ada Osei,highlight,Told before,,A-7\n2026-11-16,Ada Osei,highlight,Told now,,\n";
    let events = "date,text,kind,until\n2026-11-11,Surgery,off,2026-11-12\n2026-11-17,Release party,,\n";
    let dir = tempfile::tempdir().unwrap();
    team(dir.path(), Way::Mark, false);
    std::fs::write(dir.path().join("data/people.csv"), notes).unwrap();
    std::fs::write(dir.path().join("data/events.csv"), events).unwrap();
    for audience in ["boss", "shared"] {
        for (name, bytes) in outputs(dir.path(), audience, "html,md,txt,json") {
            let text = String::from_utf8_lossy(&bytes).into_owned();
            assert!(!text.contains("Surgery"), "{audience}: {name}");
            assert!(audience == "boss" || !text.contains("Told before"), "{audience}: {name}");
            if name.ends_with(".md") && audience == "shared" {
                assert!(text.contains("Told now"), "{name}: {text}");
            }
        }
    }
}
