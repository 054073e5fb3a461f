//! The results of a batch: `batch.json`, pages for bosses, and only as many old briefs as requested.

use std::path::Path;

use super::{AS_OF, batch, break_three, files, json, organisation};
use crate::program::{ends, s};

/// Sets the manager and the boss of a team.
fn with_people(team: &Path, manager: &str, boss: &str) {
    let path = team.join("headsup.toml");
    let toml = std::fs::read_to_string(&path).unwrap();
    let address = manager.to_lowercase();
    let people = format!("manager = \"{manager}\"\nmanager_email = \"{address}@example.org\"\nboss = \"{boss}\"\n");
    std::fs::write(path, toml.replace("manager = \"Dana Reyes\"\n", &people)).unwrap();
}

#[test]
fn batch_json_names_teams_without_a_brief_and_the_reason() {
    let root = organisation(6);
    let (teams, out) = (root.path().join("teams"), root.path().join("out"));
    with_people(&teams.join("emea/Team 06"), "Noor", "Alex Kim");
    break_three(root.path());
    ends(&batch(s(&teams), s(&out), &[]), 1);
    let result = json(&out.join("batch.json"));
    assert_eq!(result["version"], env!("CARGO_PKG_VERSION"));
    let counts = &result["counts"];
    assert_eq!((&counts["teams"], &counts["made"], &counts["failed"]), (&6.into(), &3.into(), &3.into()));
    assert!(result["started"].as_str() <= result["ended"].as_str() && result["started"].is_string());
    let team = result["teams"].as_array().unwrap().iter().find(|team| team["path"] == "emea/Team 06").unwrap();
    assert_eq!(
        (&team["manager"], &team["manager_email"], &team["boss"]),
        (&"Noor".into(), &"noor@example.org".into(), &"Alex Kim".into())
    );
    let failed = &team["failed"];
    assert_eq!(
        (&failed["exit"], &failed["code"], &failed["file"], &failed["line"]),
        (&65.into(), &"bad-date".into(), &"data/milestones.csv".into(), &2.into()),
        "{failed}"
    );
    // The page shows the failed team above all others, with the person to contact.
    let page = std::fs::read_to_string(out.join("index.html")).unwrap();
    assert!(page.contains("<a href=\"mailto:noor@example.org\"><bdi>Noor</bdi></a>"), "{page}");
    assert!(page.find("id=\"failed\"") < page.find("id=\"teams\""), "{page}");
    let made = result["teams"].as_array().unwrap().iter().find(|team| team["brief"].is_object()).unwrap();
    assert!(made["seconds"].as_f64() > Some(0.0) && made["as_of"] == AS_OF, "{made}");
}

#[test]
fn two_bosses_do_not_read_one_page_of_boss_copies() {
    let root = organisation(3);
    let (teams, out) = (root.path().join("teams"), root.path().join("out"));
    with_people(&teams.join("apac/Team 01"), "Dana", "Alex Kim");
    with_people(&teams.join("amer/Team 02"), "Noor", "Alex Kim");
    with_people(&teams.join("emea/Team 03"), "Sam", "Jo Bell");
    let (_, said) = ends(&batch(s(&teams), s(&out), &["--for", "boss"]), 77);
    assert!(said.contains("Alex Kim, Jo Bell") && said.contains("--group-by boss"), "{said}");
    assert!(!out.exists());
    // A shard is refused like the whole batch, since it would be merged.
    ends(&batch(s(&teams), s(&out), &["--for", "boss", "--shard", "1/40"]), 77);
    ends(&batch(s(&teams), s(&out), &[]), 0);
    assert!(out.join("index.html").exists());

    let (printed, _) = ends(&batch(s(&teams), s(&out), &["--for", "boss", "--group-by", "boss"]), 0);
    let pages: Vec<&Path> = printed.lines().map(Path::new).collect();
    assert_eq!(pages.len(), 2, "{printed}");
    let [alex, jo] = [0, 1].map(|n| std::fs::read_to_string(pages[n]).unwrap());
    assert_eq!((alex.matches("<tr id=\"t").count(), jo.matches("<tr id=\"t").count()), (2, 1));
    assert!(!alex.contains("Team 03") && !jo.contains("Team 01") && !jo.contains("Team 02"));
    // An overview page of all teams would have been left from last week.
    assert!(!out.join("index.html").exists());
    // With only one boss, the pages need not be grouped.
    with_people(&teams.join("emea/Team 03"), "Sam", "Jo Bell");
    let toml = teams.join("emea/Team 03/headsup.toml");
    std::fs::write(&toml, std::fs::read_to_string(&toml).unwrap().replace("Jo Bell", "Alex Kim")).unwrap();
    ends(&batch(s(&teams), s(&out), &["--for", "boss"]), 0);
    assert!(out.join("index.html").exists() && !pages[0].exists());
}

#[test]
fn old_briefs_are_pruned() {
    let root = organisation(2);
    let (teams, out) = (root.path().join("teams"), root.path().join("out"));
    for as_of in ["2026-11-06", "2026-11-13", "2026-11-20"] {
        let args = ["batch", s(&teams), "--as-of", as_of, "--format", "html", "--out", s(&out)];
        ends(&[&args[..], if as_of == AS_OF { &["--keep", "2"] } else { &[] }].concat(), 0);
    }
    let names: Vec<String> = files(&out).keys().map(|name| name.to_string_lossy().into_owned()).collect();
    assert_eq!(names.iter().filter(|name| name.contains("2026-11-06")).count(), 0, "{names:?}");
    assert_eq!(names.iter().filter(|name| name.contains("2026-11-13")).count(), 4, "{names:?}");
    assert_eq!(names.iter().filter(|name| name.contains("2026-11-20")).count(), 4, "{names:?}");
}
