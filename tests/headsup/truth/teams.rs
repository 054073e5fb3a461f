//! The truth test: generated teams are rendered in this process, and the judge checks their briefs.

use std::collections::BTreeMap;

use headsup::config::Format;
use headsup::pipeline::{self, Request};
use headsup::redact::Audience;
use rayon::prelude::*;
use serde_json::Value;

use super::judge::{Faults, Judge, effect, named};
use super::made::{Team, Work};

/// Number of teams in the suite; `HEADSUP_TRUTH_TEAMS` sets another number.
const TEAMS: u64 = 60;

fn judged(seed: u64) -> (Faults, String) {
    let team = Team::made(seed);
    let (markdown, json) = match rendered(&team) {
        Ok(rendered) => rendered,
        Err(error) => return (vec![("a legal team is refused", error)], String::new()),
    };
    let mut faults = Judge::of(&team, &markdown, &json);
    faults.extend(granted(&team, &json));
    (faults, markdown)
}

/// Compares the stated effect of each ask with the brief of a team that has dropped those tasks.
fn granted(team: &Team, json: &Value) -> Faults {
    let mut faults = Vec::new();
    for ask in &team.asks {
        let Some(effect) = effect(json, ask).filter(|effect| effect["moved"].is_null()) else { continue };
        let keys: Vec<&str> = named(team, ask).iter().map(|task| task.key.as_str()).collect();
        let mut then = team.clone();
        for task in then.tasks.iter_mut().filter(|task| keys.contains(&task.key.as_str())) {
            (task.work, task.done_on) = (Work::Dropped, None);
        }
        let Ok((_, json)) = rendered(&then) else { continue };
        let lanes = json["objectives"].as_array().into_iter().flatten();
        let mut lanes = lanes.flat_map(|objective| objective["milestones"].as_array().into_iter().flatten());
        let milestone = lanes.find(|it| it["id"] == effect["milestone"]);
        let Some(forecast) = milestone.map(|it| &it["forecast"]) else { continue };
        let differs = |said: &str, computed: &str| !effect[said].is_null() && effect[said] != forecast[computed];
        if differs("p50_to", "p50") || differs("odds_to", "odds") || differs("p85_to", "p85") {
            faults.push(("an effect is not that of its tasks", format!("{}: {effect}, it is {forecast}", ask.text)));
        }
    }
    faults
}

/// Returns the Markdown and the JSON of a team.
fn rendered(team: &Team) -> Result<(String, Value), String> {
    let dir = tempfile::tempdir().expect("a folder");
    team.write(dir.path());
    let audience = match team.copy {
        "me" => Audience::Me,
        "shared" => Audience::Shared,
        _ => Audience::Boss,
    };
    let formats = Some(vec![Format::Md, Format::Json]);
    let request = Request { as_of: team.as_of, on: team.on, since: None, audience, formats };
    let brief = pipeline::run(dir.path(), &request).map_err(|error| error.to_string())?;
    let text = |format| String::from_utf8(brief.bytes(format).expect("the format").to_vec()).expect("UTF-8");
    let json = serde_json::from_str(&text(Format::Json)).expect("JSON");
    Ok((text(Format::Md), json))
}

#[test]
fn no_brief_of_a_generated_team_is_false() {
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

/// Prints one team's files and brief: `HEADSUP_TRUTH_SEED=17 cargo test …by_hand_one_team -- --ignored --nocapture`.
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
