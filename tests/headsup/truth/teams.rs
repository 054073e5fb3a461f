//! The truth test: made teams, each rendered in process, and what the judge says of their briefs.

use std::collections::BTreeMap;

use headsup::config::Format;
use headsup::pipeline::{self, Request};
use headsup::redact::Audience;
use rayon::prelude::*;

use super::judge::{Faults, Judge};
use super::made::Team;

/// Teams that the suite looks at; `HEADSUP_TRUTH_TEAMS` names another number.
const TEAMS: u64 = 60;

fn judged(seed: u64) -> (Faults, String) {
    let team = Team::made(seed);
    let dir = tempfile::tempdir().expect("a folder");
    team.write(dir.path());
    let audience = match team.copy {
        "me" => Audience::Me,
        "shared" => Audience::Shared,
        _ => Audience::Boss,
    };
    let formats = Some(vec![Format::Md, Format::Json]);
    let request = Request { as_of: team.as_of, on: team.on, since: None, audience, formats };
    let brief = match pipeline::run(dir.path(), &request) {
        Ok(brief) => brief,
        Err(error) => return (vec![("a legal team is refused", format!("{error}"))], String::new()),
    };
    let text = |format| String::from_utf8(brief.bytes(format).expect("the format").to_vec()).expect("UTF-8");
    let json = serde_json::from_str(&text(Format::Json)).expect("JSON");
    let markdown = text(Format::Md);
    (Judge::of(&team, &markdown, &json), markdown)
}

#[test]
fn no_made_team_reads_what_is_not_so() {
    let teams = std::env::var("HEADSUP_TRUTH_TEAMS").ok().and_then(|n| n.parse().ok()).unwrap_or(TEAMS);
    let found: Vec<(u64, Faults)> = (0..teams)
        .into_par_iter()
        .map(|seed| (seed, judged(seed).0))
        .filter(|(_, faults)| !faults.is_empty())
        .collect();
    let mut kinds: BTreeMap<&str, Vec<(u64, &str)>> = BTreeMap::new();
    for (seed, faults) in &found {
        faults.iter().for_each(|(kind, what)| kinds.entry(kind).or_default().push((*seed, what)));
    }
    let mut report = String::new();
    for (kind, faults) in &kinds {
        report += &format!("\n{kind}: {} in\n", faults.len());
        faults.iter().take(6).for_each(|(seed, what)| report += &format!("  team {seed}: {what}\n"));
    }
    assert!(found.is_empty(), "{} of {teams} teams{report}", found.len());
}

/// `HEADSUP_TRUTH_SEED=17 cargo test …by_hand_one_team -- --ignored --nocapture`: one team's files and brief, to look at.
#[test]
#[ignore = "prints one team"]
fn by_hand_one_team() {
    let seed = std::env::var("HEADSUP_TRUTH_SEED").ok().and_then(|seed| seed.parse().ok()).unwrap_or_default();
    let dir = tempfile::tempdir().expect("a folder");
    let team = Team::made(seed);
    team.write(dir.path());
    let mut files: Vec<_> = std::fs::read_dir(dir.path()).expect("a folder").flatten().map(|it| it.path()).collect();
    files.sort();
    for file in files {
        println!("--- {}\n{}", file.display(), std::fs::read_to_string(&file).expect("a file"));
    }
    let (faults, markdown) = judged(seed);
    println!("=== {} as of {}\n{markdown}\n=== {faults:#?}", team.copy, team.as_of);
}
