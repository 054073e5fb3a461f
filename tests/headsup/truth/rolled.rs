//! Judges the roll-up of generated teams: its counts are the sums of those in the teams' briefs, it contains every
//! decision that is due, and nothing that a copy must not show.

use std::path::Path;

use chrono::NaiveDate;
use serde_json::Value;

use super::judge::{Faults, Judge};
use super::made::Team;
use crate::program::{ends, s};

/// Number of teams on one page.
const TEAMS: u64 = 4;

/// Returns the text of a page without tags, line by line.
fn said(html: &str) -> Vec<String> {
    let mut text = String::new();
    let mut rest = html;
    while let Some(at) = rest.find('<') {
        text += &rest[..at];
        let after = &rest[at..];
        let end = ["<style", "<script"].iter().find(|tag| after.starts_with(**tag));
        let close = end.map_or(">", |tag| if *tag == "<style" { "</style>" } else { "</script>" });
        rest = after.find(close).map_or("", |to| &after[to + close.len()..]);
        text.push('\n');
    }
    for (entity, sign) in [("&lt;", "<"), ("&gt;", ">"), ("&quot;", "\""), ("&#x27;", "'"), ("&amp;", "&")] {
        text = text.replace(entity, sign);
    }
    let text = text.replace(['\u{a0}', '\u{202f}'], " ").replace('\u{2060}', "");
    text.lines().map(str::trim).filter(|line| !line.is_empty()).map(str::to_owned).collect()
}

/// Returns the contents of all files of a team.
fn files(dir: &Path) -> String {
    let files = std::fs::read_dir(dir).expect("a folder").flatten();
    files.filter_map(|file| std::fs::read_to_string(file.path()).ok()).collect()
}

fn judged(first: u64, copy: &'static str) -> Faults {
    let root = tempfile::tempdir().expect("a folder");
    let as_of: NaiveDate = "2026-11-20".parse().expect("a date");
    let teams: Vec<(Team, std::path::PathBuf)> = (first..first + TEAMS)
        .map(|seed| {
            let team = Team { copy, on: None, ..Team::made_on(seed, Some(as_of)) };
            let dir = root.path().join(format!("team{seed}"));
            std::fs::create_dir(&dir).expect("a folder");
            team.write(&dir);
            let config = dir.join("headsup.toml");
            let toml =
                std::fs::read_to_string(&config).expect("a config").replace("Nordlicht", &format!("Team {seed}"));
            std::fs::write(config, toml).expect("a config");
            (team, dir)
        })
        .collect();
    let out = root.path().join("out");
    let mut args = vec!["batch", s(root.path()), "--as-of", "2026-11-20", "--format", "json", "--out", s(&out)];
    args.extend(["--for", copy]);
    ends(&args, 0);
    let lines = said(&std::fs::read_to_string(out.join("index.html")).expect("a page"));
    let mut faults = Vec::new();
    let mut objectives: Vec<Value> = Vec::new();
    for (team, dir) in &teams {
        let name = dir.file_name().expect("a name").to_string_lossy().into_owned();
        let file = out.join(name).join(format!("2026-11-20-brief-{copy}.json"));
        let json: Value = serde_json::from_str(&std::fs::read_to_string(file).expect("a brief")).expect("JSON");
        objectives.extend(json["objectives"].as_array().into_iter().flatten().cloned());
        let others: String = teams.iter().filter(|(_, other)| other != dir).map(|(_, other)| files(other)).collect();
        faults.extend(Judge::of_roll_up(team, &lines, &json, &others));
    }
    // In the totals, each number is followed by its label.
    let counted = |word: &str| {
        let at = lines.iter().position(|line| line == word)?;
        lines.get(at.checked_sub(1)?)?.parse::<usize>().ok()
    };
    let standing = |status: &str| objectives.iter().filter(|objective| objective["status"] == status).count();
    let counts =
        [("late", "late"), ("at risk", "at_risk"), ("on pace", "on_pace"), ("ahead", "ahead"), ("done", "done")];
    for (word, status) in counts {
        // Objectives that are red by their team's word are counted with the late ones, and named.
        let found = counted(word).or_else(|| counted(&format!("{word} or red"))).unwrap_or(0);
        if found != standing(status) && lines.iter().any(|line| line == "objectives" || line == "objective") {
            faults.push(("the roll-up does not add up", format!("{word}: {found}, it is {}", standing(status))));
        }
    }
    if counted("objectives").is_some_and(|all| all != objectives.len()) {
        faults.push(("the roll-up does not add up", format!("objectives, it is {}", objectives.len())));
    }
    faults
}

#[test]
fn no_roll_up_of_generated_teams_is_false() {
    let pages = std::env::var("HEADSUP_TRUTH_TEAMS").ok().and_then(|n| n.parse().ok()).unwrap_or(16u64) / TEAMS;
    let mut report = String::new();
    for page in 0..pages {
        let copy = if page % 2 == 0 { "boss" } else { "shared" };
        for (kind, what) in judged(5_000 + page * TEAMS, copy).into_iter().take(6) {
            report += &format!("{kind}: page {page}, {copy}: {what}\n");
        }
    }
    assert!(report.is_empty(), "{report}");
}
